//! `kronika serve`

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use jiff::tz::TimeZone;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::{Common, Failure, Finding};
use crate::interaction::extract;
use crate::outgoing::Outgoing;
use crate::user::invitation;
use crate::user::openid::Providers;
use crate::user::passkey::Passkeys;
use crate::web::app::{App, router};
use crate::web::limit::Limits;
use crate::web::listen::{self, Manner};
use crate::web::public::Public;
use crate::web::tls::{self, TlsError};
use crate::web::upload::Uploads;
use crate::web::work::Work;

/// Run the archive's pages
#[derive(Args)]
#[command(
    after_help = "Example:\n  kronika serve --data /srv/kronika --listen 127.0.0.1:7700\n\n\
    For anything but this machine give it a certificate with --tls-cert and --tls-key, or put a reverse proxy with TLS in\n\
    front and say so with --behind-tls."
)]
pub struct Serve {
    #[command(flatten)]
    common: Common,
    /// Address to listen on; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:7700", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// Zone in which days begin and times are shown
    #[arg(long, default_value = "Europe/Warsaw", value_name = "ZONE")]
    zone: String,
    /// Certificate with its chain (PEM), to speak TLS without a proxy in front
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// Key of the certificate (PEM, without a password)
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Browsers come through TLS: keep cookies to it
    #[arg(long)]
    behind_tls: bool,
    /// A reverse proxy is in front: believe the last address in its X-Forwarded-For
    #[arg(long)]
    behind_proxy: bool,
    /// Address under which people reach the pages, for links and passkeys; requests for another host are refused
    #[arg(long, env = "KRONIKA_URL", value_name = "URL")]
    public_url: Option<String>,
    /// Requests that one person may make; whoever is not signed in, half as many from one address
    #[arg(long, value_name = "NUMBER", default_value_t = Limits::USUAL)]
    requests_a_minute: u32,
    /// Write the address to this file once requests are answered
    #[arg(long, value_name = "FILE")]
    address_file: Option<PathBuf>,
}

impl Serve {
    pub async fn run(self) -> Result<Finding, Failure> {
        let zone = TimeZone::get(&self.zone).map_err(|_| {
            Failure::new(format!(
                "{:?} is no time zone; give one like Europe/Warsaw",
                self.zone
            ))
        })?;
        let given = self.public_url.as_deref().map(Public::parse).transpose();
        let given = given.map_err(|error| Failure::new(error.to_string()))?;
        let tls = match (&self.tls_cert, &self.tls_key) {
            (Some(certificate), Some(key)) => Some(tls::acceptor(certificate, key)?),
            _ => None,
        };
        let listener = self.bind().await?;
        let archive = self.common.open().await?;
        let outgoing = Outgoing::new(&archive.config.outgoing);
        let outgoing = outgoing.map_err(|error| Failure::new(error.to_string()))?;
        let providers = Providers::load(&archive).await?;
        let work = Work::default();
        work.resume(&archive).await?;
        let address = listener.local_addr()?;
        let scheme = if tls.is_some() { "https" } else { "http" };
        let public = given.unwrap_or_else(|| Public::of(address, scheme));
        let app = App {
            archive: archive.clone(),
            zone,
            work,
            watch: Arc::default(),
            gate: Arc::default(),
            limits: Arc::new(Limits::a_minute(self.requests_a_minute)),
            uploads: Uploads::default(),
            steps: Arc::default(),
            providers: Arc::new(providers),
            passkeys: Arc::new(Passkeys::at(public.url())),
            outgoing: Arc::new(outgoing),
            public,
            behind_tls: self.behind_tls || tls.is_some(),
            behind_proxy: self.behind_proxy,
        };
        invite_first_owner(&app).await?;
        if let Some(path) = &self.address_file {
            std::fs::write(path, format!("{scheme}://{address}\n"))?;
        }
        println!("Kronika answers at {scheme}://{address}");
        let behind_proxy = self.behind_proxy;
        run(app, listener, Manner { tls, behind_proxy }).await
    }

    async fn bind(&self) -> Result<TcpListener, Failure> {
        let bound = TcpListener::bind(self.listen).await;
        bound.map_err(|error| match error.kind() {
            std::io::ErrorKind::AddrInUse => Failure::new(format!(
                "{} is taken by another program; choose another port with --listen",
                self.listen
            )),
            _ => Failure::new(format!("{} cannot be listened on: {error}", self.listen)),
        })
    }
}

/// Serves until asked to stop; what was recorded is sealed then.
async fn run(app: App, listener: TcpListener, manner: Manner) -> Result<Finding, Failure> {
    let chores = Chores::begin(&app);
    listen::serve(listener, router(app.clone()), manner, stopped(app.clone())).await;
    chores.end(&app).await?;
    Ok(Finding::Fine)
}

impl From<TlsError> for Failure {
    fn from(error: TlsError) -> Failure {
        Failure::new(error.to_string())
    }
}

/// What the server does beside answering.
struct Chores {
    sealer: JoinHandle<()>,
    others: Vec<JoinHandle<()>>,
}

impl Chores {
    fn begin(app: &App) -> Chores {
        let sealing = app.archive.clone();
        let (reading, looking, noting) = (app.archive.clone(), app.clone(), app.clone());
        Chores {
            sealer: tokio::spawn(async move { sealing.sealer.run(&sealing).await }),
            others: vec![
                tokio::spawn(async move { extract::run(&reading).await }),
                tokio::spawn(async move { looking.watch.run(&looking.archive).await }),
                tokio::spawn(async move { noting.gate.run(&noting.archive).await }),
            ],
        }
    }

    /// Ends them, and writes what they had not written yet.
    async fn end(self, app: &App) -> Result<(), Failure> {
        let archive = &app.archive;
        self.sealer.abort();
        self.others.iter().for_each(JoinHandle::abort);
        app.gate.report(archive).await?;
        app.watch
            .write(archive)
            .await
            .map_err(|error| Failure::new(error.to_string()))?;
        let _ = self.sealer.await;
        archive.sealer.seal(archive).await?;
        Ok(archive.db.settle().await?)
    }
}

/// Waits until the server is to stop. What was looked at is written at once: whoever still watches an event stream may
/// not let it end in good order.
async fn stopped(app: App) {
    asked_to_stop().await;
    if let Err(error) = app.watch.write(&app.archive).await {
        tracing::error!(%error, "what was looked at could not be written");
    }
}

/// Whoever has the console makes the first account.
async fn invite_first_owner(app: &App) -> Result<(), Failure> {
    if let Some(token) = invitation::invite_first_owner(&app.archive).await? {
        println!("Nobody has an account yet. Make the owner's, once and within a week, at");
        println!("  {}", app.public.link(&format!("/invitations/{token}")));
    }
    Ok(())
}

/// Ctrl-C, or what `kill` and service managers send.
async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} },
        Err(_) => drop(interrupt.await),
    }
    // Event streams never end by themselves; whoever still watches after this is cut off.
    tokio::spawn(async {
        tokio::time::sleep(std::time::Duration::from_secs(3)).await;
        std::process::exit(0);
    });
}

//! `kronika serve`

mod chores;
mod hall;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use jiff::tz::TimeZone;
use tokio::net::TcpListener;

use super::{Common, Failure, Finding};
use crate::archive::Archive;
use crate::instance::{Instance, Public};
use crate::outgoing::Outgoing;
use crate::user::invitation;
use crate::user::openid::Providers;
use crate::user::passkey::Passkeys;
use crate::web::app::{App, router};
use crate::web::hall::{Hall, Seat};
use crate::web::limit::Limits;
use crate::web::listen::{self, Manner};
use crate::web::packages::Packages;
use crate::web::tls::{Certificate, TlsError};
use crate::web::upload::Uploads;
use crate::web::work::Work;
use crate::webhook::courier::Courier;

use chores::Chores;
use hall::Porter;

/// Run the archive's pages, or those of all archives of an instance
#[derive(Args, Clone)]
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
    /// Certificate with its chain (PEM), to speak TLS without a proxy in front; renewed files are used within seconds
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
        match Instance::find(&self.common.base()) {
            Some(instance) if self.common.archive.is_none() => self.run_instance(instance).await,
            _ => self.run_archive().await,
        }
    }

    /// One archive, at every address under which it is reached.
    async fn run_archive(self) -> Result<Finding, Failure> {
        let given = self.public_url.as_deref().map(Public::parse).transpose();
        let given = given.map_err(|error| Failure::new(error.to_string()))?;
        let manner = self.manner()?;
        let listener = self.bind().await?;
        let archive = self.common.open().await?;
        let address = listener.local_addr()?;
        let scheme = self.scheme();
        let public = given.unwrap_or_else(|| Public::of(address, scheme));
        let app = self.app(archive, public, None).await?;
        invite_first_owner(&app).await?;
        self.tell(&format!("{scheme}://{address}"))?;
        let chores = Chores::begin(&app);
        let stopped = stopped(vec![app.clone()]);
        listen::serve(listener, router(app.clone()), manner, stopped).await;
        chores.end(&app).await?;
        Ok(Finding::Fine)
    }

    /// All archives of an instance that are open, each at its own address.
    async fn run_instance(self, instance: Instance) -> Result<Finding, Failure> {
        if self.public_url.is_some() {
            return Err(Failure::new(
                "each archive of this server has an address of its own: see `kronika archive list`",
            ));
        }
        let (manner, zone) = (self.manner()?, self.zone()?);
        let listener = self.bind().await?;
        let unlock = self.common.unlock()?;
        let address = format!("{}://{}", self.scheme(), listener.local_addr()?);
        let hall = Hall::new(zone);
        let mut porter = Porter::new(instance, unlock, self, hall.clone());
        porter.follow().await;
        porter.serve.tell(&address)?;
        let (end, ended) = tokio::sync::oneshot::channel::<()>();
        let following = tokio::spawn(async move {
            porter.run(async { drop(ended.await) }).await;
            porter
        });
        let apps = hall.clone();
        listen::serve(listener, hall.router(), manner, async move {
            stopped(apps.apps()).await
        })
        .await;
        drop(end);
        if let Ok(porter) = following.await {
            porter.end().await;
        }
        Ok(Finding::Fine)
    }

    /// What the pages of an archive work with.
    async fn app(&self, archive: Arc<Archive>, public: Public, seat: Option<Seat>) -> Result<App, Failure> {
        let outgoing = Outgoing::new(&archive.config.outgoing);
        let outgoing = Arc::new(outgoing.map_err(|error| Failure::new(error.to_string()))?);
        let courier = Courier::new(archive.clone(), outgoing.clone(), public.origin());
        let providers = Providers::load(&archive).await?;
        let work = Work::default();
        work.resume(&archive).await?;
        Ok(App {
            archive,
            zone: self.zone()?,
            work,
            watch: Arc::default(),
            gate: Arc::default(),
            limits: Arc::new(Limits::a_minute(self.requests_a_minute)),
            packages: Packages::default(),
            uploads: Uploads::default(),
            steps: Arc::default(),
            providers: Arc::new(providers),
            passkeys: Arc::new(Passkeys::at(public.url())),
            courier: Arc::new(courier),
            outgoing,
            public,
            seat,
            closed: Arc::default(),
            behind_tls: self.behind_tls || self.tls_cert.is_some(),
            behind_proxy: self.behind_proxy,
        })
    }

    fn zone(&self) -> Result<TimeZone, Failure> {
        TimeZone::get(&self.zone).map_err(|_| {
            Failure::new(format!(
                "{:?} is no time zone; give one like Europe/Warsaw",
                self.zone
            ))
        })
    }

    fn scheme(&self) -> &'static str {
        if self.tls_cert.is_some() { "https" } else { "http" }
    }

    fn manner(&self) -> Result<Manner, Failure> {
        let tls = match (&self.tls_cert, &self.tls_key) {
            (Some(certificate), Some(key)) => {
                let certificate = Arc::new(Certificate::read(certificate, key)?);
                tokio::spawn(certificate.clone().follow());
                Some(certificate)
            }
            _ => None,
        };
        Ok(Manner {
            tls,
            behind_proxy: self.behind_proxy,
        })
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

    /// Says where requests are answered from now on.
    fn tell(&self, address: &str) -> Result<(), Failure> {
        if let Some(path) = &self.address_file {
            std::fs::write(path, format!("{address}\n"))?;
        }
        println!("Kronika answers at {address}");
        Ok(())
    }
}

impl From<TlsError> for Failure {
    fn from(error: TlsError) -> Failure {
        Failure::new(error.to_string())
    }
}

/// Waits until the server is to stop. What was looked at is written at once: whoever still watches an event stream may
/// not let it end in good order.
async fn stopped(apps: Vec<App>) {
    asked_to_stop().await;
    for app in apps {
        if let Err(error) = app.watch.write(&app.archive).await {
            tracing::error!(%error, "what was looked at could not be written");
        }
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
pub(super) async fn asked_to_stop() {
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

//! `kronika serve`

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use jiff::tz::TimeZone;
use tokio::net::TcpListener;

use super::{Common, Failure, Finding};
use crate::interaction::extract;
use crate::web::app::{App, router};
use crate::web::work::Work;

/// Run the archive's pages
#[derive(Args)]
#[command(
    after_help = "Example:\n  kronika serve --data /srv/kronika --listen 127.0.0.1:7700\n\n\
    Put a reverse proxy with TLS in front of it for anything but this machine, and say so with --behind-tls."
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
    /// Browsers come through TLS: keep the session's cookie to it
    #[arg(long)]
    behind_tls: bool,
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
        let listener = TcpListener::bind(self.listen)
            .await
            .map_err(|error| match error.kind() {
                std::io::ErrorKind::AddrInUse => Failure::new(format!(
                    "{} is taken by another program; choose another port with --listen",
                    self.listen
                )),
                _ => Failure::new(format!("{} cannot be listened on: {error}", self.listen)),
            })?;
        let archive = self.common.open().await?;
        let work = Work::default();
        work.resume(&archive).await?;
        let app = App {
            archive: archive.clone(),
            zone,
            work,
            gate: Arc::default(),
            behind_tls: self.behind_tls,
        };
        let address = listener.local_addr()?;
        if let Some(path) = &self.address_file {
            std::fs::write(path, format!("http://{address}\n"))?;
        }
        println!("Kronika answers at http://{address}");

        let (sealing, reading) = (archive.clone(), archive.clone());
        let sealer = tokio::spawn(async move { sealing.sealer.run(&sealing).await });
        let reader = tokio::spawn(async move { extract::run(&reading).await });
        let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
        let outcome = axum::serve(listener, service)
            .with_graceful_shutdown(asked_to_stop())
            .await;
        sealer.abort();
        reader.abort();
        let _ = sealer.await;
        archive.sealer.seal(&archive).await?;
        archive.db.settle().await?;
        outcome?;
        Ok(Finding::Fine)
    }
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

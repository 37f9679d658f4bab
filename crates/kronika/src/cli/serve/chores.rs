//! What the server does beside answering.

use tokio::task::JoinHandle;

use crate::cli::Failure;
use crate::interaction::extract;
use crate::journal::{cosign, timestamp};
use crate::web::app::App;

pub struct Chores {
    sealer: JoinHandle<()>,
    others: Vec<JoinHandle<()>>,
}

impl Chores {
    pub fn begin(app: &App) -> Chores {
        let sealing = app.archive.clone();
        let (reading, witnessing) = (app.archive.clone(), app.archive.clone());
        let stamping = app.archive.clone();
        let (looking, noting, refusing) = (app.clone(), app.clone(), app.clone());
        let telling = app.courier.clone();
        Chores {
            sealer: tokio::spawn(async move {
                // Witnesses first: whoever was put back to an older state must not sign on top of it.
                let _ = cosign::ask_all(&sealing).await;
                sealing.sealer.run(&sealing).await;
            }),
            others: vec![
                tokio::spawn(async move { extract::run(&reading).await }),
                tokio::spawn(async move { looking.watch.run(&looking.archive).await }),
                tokio::spawn(async move { cosign::run(&witnessing).await }),
                tokio::spawn(async move { timestamp::run(&stamping).await }),
                tokio::spawn(async move { noting.gate.run(&noting.archive).await }),
                tokio::spawn(async move { refusing.limits.run(&refusing.archive).await }),
                tokio::spawn(telling.run()),
            ],
        }
    }

    /// Ends them, and writes what they had not written yet.
    pub async fn end(self, app: &App) -> Result<(), Failure> {
        let archive = &app.archive;
        self.sealer.abort();
        self.others.iter().for_each(JoinHandle::abort);
        app.gate.report(archive).await?;
        app.limits.report(archive).await?;
        app.watch
            .write(archive)
            .await
            .map_err(|error| Failure::new(error.to_string()))?;
        let _ = self.sealer.await;
        archive.sealer.seal(archive).await?;
        Ok(archive.db.settle().await?)
    }
}

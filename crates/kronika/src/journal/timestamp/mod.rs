//! Has the journal's checkpoints stamped by authorities that vouch for the time (RFC 3161).
//!
//! A token says: this checkpoint existed then. It rests on the authority's key and clock alone, and courts of the European
//! Union presume the time of a qualified one to be right. Each token is an entry of the journal itself, so every later one
//! stamps the earlier ones again and they outlive their certificates.

mod ask;
mod project;
pub mod store;
mod trust;

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::archive::Archive;
use crate::outgoing::{Outgoing, OutgoingError, Settings as OutgoingSettings};
use crate::storage::StorageError;

pub use ask::{StampError, stamp};
pub use project::project;
pub use trust::{TrustError, check};

/// After a failure authorities are asked again after this long.
const AGAIN: Duration = Duration::from_secs(60);

/// `[timestamps]` in `kronika.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// A checkpoint is stamped this often, if anything was recorded since.
    #[serde(default = "hourly")]
    pub every_minutes: u32,
    /// Asked in this order, until one answers.
    #[serde(default)]
    pub authority: Vec<Authority>,
}

fn hourly() -> u32 {
    60
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            every_minutes: hourly(),
            authority: Vec::new(),
        }
    }
}

impl Settings {
    pub fn is_usual(&self) -> bool {
        *self == Settings::default()
    }
}

/// One authority that stamps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// What we call it.
    pub name: String,
    pub url: String,
    /// Certificates that are believed (PEM or DER): its root, from somewhere else than its answers.
    pub roots: PathBuf,
    /// Its list of revoked certificates, if it is kept on this machine.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub revoked: Option<PathBuf>,
}

/// A client for the authorities of the settings. Whoever wrote them meant their hosts to be asked.
fn client(archive: &Archive) -> Result<Outgoing, OutgoingError> {
    let mut settings = OutgoingSettings::clone(&archive.config.outgoing);
    let urls = archive.config.timestamps.authority.iter();
    let hosts = urls.filter_map(|one| url::Url::parse(&one.url).ok()?.host_str().map(str::to_owned));
    settings.allow.extend(hosts);
    Outgoing::new(&settings)
}

/// Stamps now and then, for as long as the server runs.
pub async fn run(archive: &Archive) {
    let settings = &archive.config.timestamps;
    if settings.authority.is_empty() {
        return std::future::pending().await;
    }
    let interval = Duration::from_secs(u64::from(settings.every_minutes.max(1)) * 60);
    loop {
        let pause = match due(archive).await {
            Ok(false) => interval.min(AGAIN * 5),
            Ok(true) => match stamp(archive).await {
                Ok(_) => interval,
                Err(error) => {
                    tracing::warn!(%error, "no checkpoint could be stamped");
                    AGAIN
                }
            },
            Err(error) => {
                tracing::error!(%error, "what was stamped could not be read");
                AGAIN
            }
        };
        tokio::time::sleep(pause).await;
    }
}

/// Whether the journal grew by more than the last token itself, and that token is old enough.
async fn due(archive: &Archive) -> Result<bool, StorageError> {
    let conn = &mut archive.db.read().await?;
    let Some((size, _, _)) = crate::journal::store::latest_checkpoint(conn).await? else {
        return Ok(false);
    };
    let Some(last) = store::newest(conn).await? else {
        return Ok(true);
    };
    let interval = i64::from(archive.config.timestamps.every_minutes) * 60 * 1_000_000;
    Ok(size > last.size + 1 && archive.clock.now() - last.stamped_at >= interval)
}

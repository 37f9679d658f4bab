//! `kronika objects`

use clap::Subcommand;
use serde_json::json;

use super::output::grouped;
use super::{Common, Failure, Finding};
use crate::archive::Archive;
use crate::journal::stray;
use crate::storage::objects::Stored;

/// Large content, beside the database
#[derive(Subcommand)]
pub enum Command {
    /// Remove objects that no record refers to: what a crash left, older than a day
    ///
    /// Content is put before it is recorded, so a crash between the two leaves an object that nothing refers to. It is
    /// encrypted with a key that was never kept: nobody can read it. `kronika verify` says how much of it there is.
    #[command(
        after_help = "Examples:\n  kronika objects clean --dry-run\n  kronika objects clean\n\n\
        Not right after a restore: of an archive that was put back to an older state, what nothing refers to may be\n\
        what was recorded since. Kronika refuses it as long as the newest checkpoint beside the keys tells."
    )]
    Clean {
        #[command(flatten)]
        common: Common,
        /// Only say what would be removed
        #[arg(long)]
        dry_run: bool,
        /// No other archive keeps objects in this bucket under this prefix
        #[arg(long)]
        own_bucket: bool,
    },
}

impl Command {
    pub async fn run(self) -> Result<Finding, Failure> {
        let Command::Clean {
            common,
            dry_run,
            own_bucket,
        } = self;
        let archive = common.open().await?;
        if !dry_run && !own_bucket {
            refuse_shared(&archive)?;
        }
        let cleaned = stray::clean(&archive, dry_run).await?;
        let (removed, kept) = (&cleaned.removed, &cleaned.kept);
        if common.json {
            let names: Vec<&str> = removed.iter().map(|object| object.name.as_str()).collect();
            say!(
                "{}",
                json!({
                    "removed": if dry_run { 0 } else { removed.len() },
                    "found": removed.len(), "bytes": bytes(removed), "kept": kept.len(), "objects": names,
                })
            );
            return Ok(Finding::Fine);
        }
        let what = if dry_run { "would be removed" } else { "removed" };
        say!(
            "{:>12}  objects {what}, {}",
            grouped(removed.len() as u64),
            size(removed)
        );
        if !kept.is_empty() {
            say!(
                "{:>12}  younger than a day stay, {}: an import may be about to record them",
                grouped(kept.len() as u64),
                size(kept)
            );
        }
        Ok(Finding::Fine)
    }
}

/// Objects have no mark of their archive, and two archives in one place would take each other's for strays.
fn refuse_shared(archive: &Archive) -> Result<(), Failure> {
    match &archive.config.s3 {
        None => Ok(()),
        Some(place) => Err(Failure::new(format!(
            "objects are in bucket {:?} under {:?}; say --own-bucket if no other archive keeps any there",
            place.bucket, place.prefix
        ))),
    }
}

fn bytes(objects: &[Stored]) -> u64 {
    objects.iter().map(|object| object.bytes).sum()
}

fn size(objects: &[Stored]) -> String {
    format!("{:.1} MB", bytes(objects) as f64 / 1e6)
}

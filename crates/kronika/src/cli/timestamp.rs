//! `kronika timestamp`: the journal's checkpoints, stamped by authorities that vouch for the time

use clap::Subcommand;
use jiff::Timestamp;
use serde_json::json;

use super::{Common, Failure, Finding};
use crate::journal::timestamp::{self, store};

/// Have the journal's checkpoints stamped by authorities that vouch for the time (RFC 3161)
#[derive(Subcommand)]
#[command(
    after_help = "Authorities stand in kronika.toml, under [timestamps]; a running server asks them by itself.\n\n\
    Examples:\n  kronika timestamp now\n  kronika timestamp list --json"
)]
pub enum Command {
    /// Have the newest checkpoint stamped now
    Now {
        #[command(flatten)]
        common: Common,
    },
    /// List what was stamped
    List {
        #[command(flatten)]
        common: Common,
    },
}

impl Command {
    pub async fn run(self) -> Result<Finding, Failure> {
        match self {
            Command::Now { common } => now(&common).await,
            Command::List { common } => list(&common).await,
        }
    }
}

async fn now(common: &Common) -> Result<Finding, Failure> {
    let archive = common.open().await?;
    archive.sealer.seal(&archive).await?;
    let stamped = timestamp::stamp(&archive).await;
    let stamped = stamped.map_err(|error| Failure::new(format!("nothing was stamped: {error}")))?;
    archive.sealer.seal(&archive).await?;
    show(common, stamped.size, stamped.stamped_at, &stamped.authority);
    Ok(Finding::Fine)
}

async fn list(common: &Common) -> Result<Finding, Failure> {
    let archive = common.open().await?;
    for row in store::all(&mut archive.db.read().await?).await? {
        show(common, row.size.unsigned_abs(), row.stamped_at, &row.authority);
    }
    Ok(Finding::Fine)
}

fn show(common: &Common, size: u64, at: i64, authority: &str) {
    let at = Timestamp::from_microsecond(at).map_or_else(|_| String::new(), |at| at.to_string());
    if common.json {
        say!(
            "{}",
            json!({"size": size, "stamped_at": at, "authority": authority})
        );
    } else {
        say!("{size:>12} entries existed at {at}, says {authority}");
    }
}

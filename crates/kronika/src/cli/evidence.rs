//! `kronika evidence`: packages that prove to a stranger what was recorded

use std::path::PathBuf;

use clap::Subcommand;
use jiff::Timestamp;
use serde_json::json;

use super::output::grouped;
use super::{Common, Failure, Finding};
use crate::evidence::{self, EvidenceError, Made, Purpose, store};

/// Packages that prove to a stranger what was recorded
#[derive(Subcommand)]
#[command(
    after_help = "A package is one ZIP file (BagIt inside): originals byte for byte, what opens the journal's commitments to \
    them, proofs under one checkpoint, cosignatures and time stamps where there are any, all leaves of the journal, who saw \
    what. Whoever gets it checks it with `kronika-verify FILE`, in a browser with kronika-verify.html, or by hand as its \
    README says. Making one is recorded.\n\n\
    Examples:\n  kronika evidence create --client 'Stolarnia Dąb' --purpose 'Sprawa I C 12/26' --out dab.zip\n  \
    kronika evidence list --json"
)]
pub enum Command {
    /// Put all that is recorded with a client into a package
    Create {
        #[command(flatten)]
        common: Common,
        /// Name or id of the client
        #[arg(long)]
        client: String,
        /// File to make
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// What it is for, in a line; stands in the package and in the journal
        #[arg(long, default_value = "")]
        purpose: String,
        /// Whom it is for; stands in the journal
        #[arg(long, default_value = "")]
        recipient: String,
    },
    /// List the packages that were made
    List {
        #[command(flatten)]
        common: Common,
    },
}

impl From<EvidenceError> for Failure {
    fn from(error: EvidenceError) -> Failure {
        Failure::new(error.to_string())
    }
}

impl Command {
    pub async fn run(self) -> Result<Finding, Failure> {
        match self {
            Command::List { common } => list(&common).await,
            Command::Create {
                common,
                client,
                out,
                purpose,
                recipient,
            } => {
                let purpose = Purpose {
                    purpose: &purpose,
                    recipient: &recipient,
                    by: "kronika",
                };
                create(&common, &client, purpose, out).await
            }
        }
    }
}

async fn create(
    common: &Common,
    client: &str,
    purpose: Purpose<'_>,
    out: PathBuf,
) -> Result<Finding, Failure> {
    if out.exists() {
        return Err(Failure::new(format!(
            "{} exists already; choose another file",
            out.display()
        )));
    }
    let archive = common.open().await?;
    let client = super::client::named(&mut archive.db.read().await?, client).await?;
    let Made { items, size, sha256 } = evidence::make(&archive, client, purpose, &out).await?;
    archive.sealer.seal(&archive).await?;
    if common.json {
        say!(
            "{}",
            json!({"out": out, "items": items, "size": size, "sha256": sha256})
        );
    } else {
        say!("{} interactions are in {}", grouped(items), out.display());
        say!("SHA-256 {sha256}");
        say!("Check it with: kronika-verify {}", out.display());
    }
    Ok(Finding::Fine)
}

async fn list(common: &Common) -> Result<Finding, Failure> {
    let archive = common.open().await?;
    for row in store::list(&mut archive.db.read().await?, None).await? {
        let at = Timestamp::from_microsecond(row.made_at).map_or_else(|_| String::new(), |at| at.to_string());
        if common.json {
            say!(
                "{}",
                json!({"made_at": at, "made_by": row.made_by, "client": row.client_id.to_string(), "items": row.items,
                    "purpose": row.purpose, "recipient": row.recipient, "size": row.size, "sha256": row.sha256})
            );
        } else {
            say!("{at}  {:>7}  {}  {}", row.items, row.sha256, row.purpose);
        }
    }
    Ok(Finding::Fine)
}

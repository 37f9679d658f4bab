//! `kronika export`

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::output::grouped;
use super::{Common, Failure, Finding};
use crate::access::log::{self, Look, LookKind};
use crate::client::export::{Exported, export};

/// Give a client's interactions out: originals, an index, proofs
#[derive(Args)]
#[command(
    after_help = "Makes a folder with the originals byte for byte, index.csv and index.jsonl, a proof file for \
    each record, the checkpoint and the journal's public key. docs/VERIFY.md says how a stranger checks it.\n\n\
    Example:\n  kronika export --client 'Stolarnia Dąb' --out ./dab"
)]
pub struct Export {
    #[command(flatten)]
    common: Common,
    /// Name or id of the client
    #[arg(long)]
    client: String,
    /// Folder to make; it must not exist
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Export {
    pub async fn run(self) -> Result<Finding, Failure> {
        let archive = self.common.open().await?;
        let client = super::client::named(&mut archive.db.read().await?, &self.client).await?;
        archive.sealer.seal(&archive).await?;
        let out = self
            .out
            .clone()
            .unwrap_or_else(|| PathBuf::from(format!("kronika-export-{client}")));
        let exported = export(&archive, client, &out)
            .await
            .map_err(|error| Failure::new(error.to_string()))?;
        let look = Look {
            at: archive.clock.now(),
            by: "kronika".to_owned(),
            kind: LookKind::Exported,
            client: Some(client),
            interaction: None,
            detail: String::new(),
        };
        log::act::write(&archive, vec![look])
            .await
            .map_err(|error| Failure::new(error.to_string()))?;
        archive.sealer.seal(&archive).await?;
        let Exported { interactions, bytes } = exported;
        if self.common.json {
            say!(
                "{}",
                json!({"out": out, "interactions": interactions, "bytes": bytes})
            );
        } else {
            say!("{} interactions are in {}", grouped(interactions), out.display());
        }
        Ok(Finding::Fine)
    }
}

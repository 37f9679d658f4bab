//! `kronika seal`: what proves one interaction

use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::output::grouped;
use super::{Common, Failure, Finding};
use crate::archive::id::InteractionKey;
use crate::interaction::read::{Whole, whole};
use crate::journal::prove::{Proven, prove};
use crate::journal::receipt::receipt;

/// Show what proves an interaction: recorded, witnessed, timestamped, since when
#[derive(Args)]
#[command(
    after_help = "A receipt is one file: whoever has the original checks it with\n  \
    kronika-verify RECEIPT --original FILE\n\n\
    Examples:\n  kronika seal 0d2k9z81m3p4q\n  kronika seal 0d2k9z81m3p4q --receipt offer.tlog-proof\n\n\
    Exit status: 0 it is sealed, 1 it is not yet, or does not agree with the journal, 2 it could not be done."
)]
pub struct Seal {
    #[command(flatten)]
    common: Common,
    /// Id of the interaction, as `kronika search --json` and its page's address have it
    interaction: InteractionKey,
    /// Write a receipt to this file
    #[arg(long, value_name = "FILE")]
    receipt: Option<PathBuf>,
}

impl Seal {
    pub async fn run(self) -> Result<Finding, Failure> {
        let archive = self.common.open().await?;
        archive.sealer.seal(&archive).await?;
        let conn = &mut archive.db.read().await?;
        let key = self.interaction;
        let absent = || {
            Failure::new(format!(
                "there is no interaction {key}; see `kronika search --json`"
            ))
        };
        let whole = whole(&archive, conn, key).await?.ok_or_else(absent)?;
        let proven = prove(&archive, conn, whole.original_record)
            .await?
            .ok_or_else(absent)?;
        if let Some(file) = &self.receipt {
            let text = receipt(&archive, conn, whole.original_record).await?;
            let text = text.ok_or_else(|| Failure::new("it is not sealed yet; try again in a moment"))?;
            if file.exists() {
                let file = file.display();
                return Err(Failure::new(format!(
                    "{file} exists already; choose another file"
                )));
            }
            std::fs::write(file, text)?;
        }
        if self.common.json {
            say!("{}", as_json(&whole, &proven));
        } else {
            tell(&whole, &proven);
        }
        Ok(match &proven.place {
            Some(place) if place.holds => Finding::Fine,
            _ => Finding::NeedsALook,
        })
    }
}

fn time(at: i64) -> String {
    Timestamp::from_microsecond(at).map_or_else(|_| String::new(), |at| at.to_string())
}

fn level(proven: &Proven) -> &'static str {
    match (&proven.place, &proven.witnessed, &proven.stamped) {
        (None, _, _) => "pending",
        (_, _, Some(_)) => "timestamped",
        (_, Some(_), None) => "witnessed",
        (Some(_), None, None) => "recorded",
    }
}

fn as_json(whole: &Whole, proven: &Proven) -> serde_json::Value {
    let place = proven.place.as_ref();
    let parts = whole.recorded.parts.iter();
    let part = |part: &crate::interaction::PartFacts| json!({"part": part.number, "media_type": part.media_type, "name": part.filename, "size": part.size});
    json!({
        "interaction": whole.recorded.interaction.to_string(),
        "level": level(proven),
        "claimed_at": whole.recorded.claimed_at.map(time),
        "captured_at": time(whole.meta.captured_at),
        "entry": place.map(|place| place.index),
        "holds": place.map(|place| place.holds),
        "signed_at": place.map(|place| time(place.signed_at)),
        "witnessed_at": proven.witnessed.as_ref().map(|witnessed| time(witnessed.since())),
        "stamped_at": proven.stamped.as_ref().map(|stamped| time(stamped.stamped_at)),
        "absent_at": proven.absent_at.map(time),
        "sha256": whole.recorded.sha256,
        "parts": parts.map(part).collect::<Vec<_>>(),
    })
}

fn tell(whole: &Whole, proven: &Proven) {
    say!("{}: {}", level(proven), whole.recorded.subject);
    if let Some(at) = whole.recorded.claimed_at {
        say!("claimed      {}  by the message itself", time(at));
    }
    if let Some(at) = proven.absent_at {
        say!(
            "not there    {}  by whoever vouched for the journal without it",
            time(at)
        );
    }
    say!(
        "captured     {}  by the archive's clock",
        time(whole.meta.captured_at)
    );
    match &proven.place {
        None => say!("It is not sealed yet."),
        Some(place) => {
            let (index, size) = (grouped(place.index), grouped(place.head.size));
            say!("signed       {}  entry {index} of {size}", time(place.signed_at));
            if !place.holds {
                say!(
                    "WRONG        it does not agree with the journal; keep the original and run `kronika verify`"
                );
            }
        }
    }
    if let Some(witnessed) = &proven.witnessed {
        let names: Vec<&str> = witnessed.by.iter().map(|(name, _)| name.as_str()).collect();
        say!(
            "witnessed    {}  by {}",
            time(witnessed.since()),
            names.join(", ")
        );
    }
    if let Some(stamped) = &proven.stamped {
        say!(
            "timestamped  {}  by {}",
            time(stamped.stamped_at),
            stamped.authority
        );
    }
    say!("SHA-256      {}", whole.recorded.sha256);
    for part in &whole.recorded.parts {
        say!("part {:<7} {} {}", part.number, part.media_type, part.filename);
    }
}

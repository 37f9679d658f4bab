//! `kronika evidence`: packages that prove to a stranger what was recorded

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde_json::json;

use super::output::grouped;
use super::search::local_zone;
use super::{Common, Failure, Finding};
use crate::access::Scope;
use crate::archive::Archive;
use crate::archive::id::{EvidenceId, InteractionKey};
use crate::evidence::store::{self, Which};
use crate::evidence::{Choice, EvidenceError, Given, Recipient, Request, Withheld, Wording, make};
use crate::web::locale::Locale;
use crate::web::wording::Worded;

/// Packages that prove to a stranger what was recorded
#[derive(Subcommand)]
#[command(
    after_help = "A package is one ZIP file (BagIt inside): originals byte for byte, what opens the journal's commitments to \
    them, proofs under one checkpoint, cosignatures and time stamps where there are any, all leaves of the journal, who saw \
    what. Whoever gets it checks it with `kronika-verify FILE`, in a browser with kronika-verify.html, or by hand as its \
    README says. Making one is recorded.\n\n\
    Examples:\n  kronika evidence create --client 'Stolarnia Dąb' --purpose 'Sprawa I C 12/26' --out dab.zip\n  \
    kronika evidence create --query 'reklamacja' --from 2026-01-01 --out complaints.zip\n  \
    kronika evidence create --thread 0d2k9z81m3p4q --withhold 0d2k9z81m3p4q/2 --reason 'another client' --out one.zip\n  \
    kronika evidence list --json"
)]
pub enum Command {
    /// Put what is recorded into a package: of a client, a conversation, a search, a period, or all of these together
    Create(Box<Create>),
    /// List the packages that were made
    List {
        #[command(flatten)]
        common: Common,
    },
}

#[derive(Args)]
pub struct Create {
    #[command(flatten)]
    common: Common,
    /// Of this client (name or id)
    #[arg(long)]
    client: Option<String>,
    /// Of the conversation that this interaction is in
    #[arg(long, value_name = "ID")]
    thread: Option<InteractionKey>,
    /// What a search finds
    #[arg(long)]
    query: Option<String>,
    /// This interaction; can be given several times
    #[arg(long, value_name = "ID")]
    interaction: Vec<InteractionKey>,
    /// Claimed on this day or later (YYYY-MM-DD)
    #[arg(long, value_name = "DAY")]
    from: Option<Date>,
    /// Claimed on this day or earlier
    #[arg(long, value_name = "DAY")]
    to: Option<Date>,
    /// Keep this interaction back, or one part of it (ID/PART, as `kronika seal ID` lists them; ID/text for its words)
    #[arg(long, value_name = "ID[/PART]")]
    withhold: Vec<String>,
    /// Why something is kept back; stands in its place
    #[arg(long, default_value = "")]
    reason: String,
    /// File to make
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// What it is for, in a line; stands in the package and in the journal
    #[arg(long, default_value = "")]
    purpose: String,
    /// Whom it is for; stands in the journal
    #[arg(long = "for", value_name = "WHO", default_value = "")]
    recipient: String,
    /// Language of the readable report
    #[arg(long, value_name = "CODE", default_value = "en", value_parser = ["en", "pl", "sk", "ru"])]
    language: String,
    /// Encrypt it to this key of age (age1…)
    #[arg(long = "recipient", value_name = "AGE-KEY")]
    encrypt_to: Option<Recipient>,
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
            Command::Create(create) => create.run().await,
        }
    }
}

impl Create {
    async fn run(self) -> Result<Finding, Failure> {
        if self.out.exists() {
            let out = self.out.display();
            return Err(Failure::new(format!("{out} exists already; choose another file")));
        }
        let archive = self.common.open().await?;
        let zone = local_zone();
        let request = self.request(&archive, &zone).await?;
        let id = EvidenceId(archive.ids.next(archive.clock.now()));
        let folder = self.out.parent().filter(|folder| !folder.as_os_str().is_empty());
        let seen = (Scope::everything(), &zone);
        let ready = make(&archive, (id, &request), seen, folder.unwrap_or(Path::new("."))).await?;
        keep(ready.file, &self.out)?;
        archive.sealer.seal(&archive).await?;
        self.say(&ready.given);
        Ok(Finding::Fine)
    }

    async fn request(&self, archive: &Archive, zone: &TimeZone) -> Result<Request, Failure> {
        let client = match &self.client {
            Some(client) => Some(super::client::named(&mut archive.db.read().await?, client).await?),
            None => None,
        };
        let choice = Choice {
            client,
            thread: self.thread,
            query: self.query.clone().unwrap_or_default(),
            picked: self.interaction.clone(),
            from: self.from.map(|day| midnight(day, zone)).transpose()?,
            before: self
                .to
                .map(|day| midnight(day.saturating_add(1.day()), zone))
                .transpose()?,
            known_by: None,
        };
        if choice.is_open() {
            return Err(Failure::new(
                "say what goes in: --client, --thread, --query, --interaction, --from or --to",
            ));
        }
        Ok(Request {
            withheld: withheld(&self.withhold, &self.reason)?,
            purpose: self.purpose.clone(),
            recipient: self.recipient.clone(),
            encrypt_to: self.encrypt_to.clone(),
            zone_name: TimeZone::try_system()
                .ok()
                .and_then(|zone| zone.iana_name().map(str::to_owned))
                .unwrap_or("UTC".to_owned()),
            wording: Locale::of_code(&self.language)
                .map(|locale| Arc::new(Worded(locale)) as Arc<dyn Wording>),
            ..Request::of(choice, "kronika")
        })
    }

    fn say(&self, given: &Given) {
        let out = self.out.display();
        let items = given.interactions.len() as u64;
        if self.common.json {
            say!(
                "{}",
                json!({"id": given.evidence.to_string(), "out": self.out, "items": items, "withheld": given.withheld,
                    "reports": given.reports, "size": given.size, "sha256": given.sha256})
            );
            return;
        }
        say!("{} interactions are in {out}", grouped(items));
        say!("SHA-256 {}", given.sha256);
        if given.reports == 0 {
            say!(
                "The readable report is not in it: the program kronika-report is not beside kronika, or failed"
            );
        }
        match &self.encrypt_to {
            Some(_) => say!("Open it with: age --decrypt --identity KEY-FILE --output package.zip {out}"),
            None => say!("Check it with: kronika-verify {out}"),
        }
    }
}

/// Writes what has no name yet beside the place where it belongs, and moves it there.
fn keep(mut package: std::fs::File, out: &Path) -> Result<(), Failure> {
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    std::io::copy(&mut package, &mut file)?;
    file.as_file().sync_all()?;
    let kept = file.persist_noclobber(out);
    kept.map(drop)
        .map_err(|error| Failure::new(format!("{}: {}", out.display(), error.error)))
}

fn midnight(day: Date, zone: &TimeZone) -> Result<i64, Failure> {
    let start = day.to_zoned(zone.clone());
    let start = start.map_err(|error| Failure::new(format!("{day}: {error}")))?;
    Ok(start.timestamp().as_microsecond())
}

/// `ID` for a whole interaction, `ID/PART` for one part of it.
fn withheld(named: &[String], reason: &str) -> Result<Withheld, Failure> {
    let mut withheld = Withheld {
        reason: reason.to_owned(),
        ..Withheld::default()
    };
    for name in named {
        let (interaction, part) = match name.split_once('/') {
            Some((interaction, part)) => (interaction, Some(part)),
            None => (name.as_str(), None),
        };
        let interaction: InteractionKey = interaction
            .parse()
            .map_err(|_| Failure::new(format!("{name:?} names no interaction")))?;
        match part {
            None => withheld.interactions.insert(interaction),
            Some(part) => withheld.parts.insert((interaction, part.to_owned())),
        };
    }
    Ok(withheld)
}

async fn list(common: &Common) -> Result<Finding, Failure> {
    let archive = common.open().await?;
    let conn = &mut archive.db.read().await?;
    for row in store::list(conn, Scope::everything(), Which::default(), i64::MAX).await? {
        let at = Timestamp::from_microsecond(row.made_at).map_or_else(|_| String::new(), |at| at.to_string());
        if common.json {
            say!(
                "{}",
                json!({"id": EvidenceId(row.id).to_string(), "made_at": at, "made_by": row.made_by,
                    "choice": serde_json::from_str::<serde_json::Value>(&row.choice).unwrap_or_default(),
                    "items": row.items, "withheld": row.withheld, "purpose": row.purpose,
                    "recipient": row.recipient, "encrypted_to": row.encrypted_to, "size": row.size,
                    "sha256": row.sha256})
            );
        } else {
            say!("{at}  {:>7}  {}  {}", row.items, row.sha256, row.purpose);
        }
    }
    Ok(Finding::Fine)
}

//! The readable report and the vCons of a package, from what the package discloses and nothing else.
//!
//! Originals are opened a second time for it, one by one: what is printed is read from them again.

mod conversation;
mod exhibit;
mod worker;

use kronika_report::model::{
    Hole, HoleKind, Identifier, Language, LogLine, Numbering, Parties, Party, Proof, Report, Seal, Seen,
};
use kronika_report::volume::split;
use kronika_tlog::Hash;
use kronika_tlog::checkpoint::Checkpoint;
use kronika_tlog::note::Note;

use self::exhibit::Told;
use super::gather::Gathered;
use super::{EvidenceError, Request, Stage};
use crate::archive::Archive;
use crate::archive::id::{ClientId, EvidenceId, InteractionKey};
use crate::assignment::book::Own;
use crate::assignment::store as assignments;
use crate::client::store as clients;
use crate::storage::Conn;

/// Words and drawings that only whoever shows pages has.
pub trait Wording: Send + Sync {
    /// What the report is written in.
    fn language(&self) -> Language;
    /// What a line of the log says was done.
    fn act(&self, kind: &str) -> String;
    /// How the seal of a leaf is drawn.
    fn seal(&self, leaf: &Hash) -> Seal;
}

/// Puts the report and the conversations into a package. Without the worker beside us, or when it fails, the package goes
/// without a report: it proves nothing that the rest does not.
pub async fn add(
    archive: &Archive,
    (evidence, request): (EvidenceId, &Request),
    gathered: &mut Gathered,
) -> Result<(), EvidenceError> {
    let conn = &mut archive.db.read().await?;
    let mut told = Vec::with_capacity(gathered.sources.len());
    let of = gathered.sources.len() as u64;
    for place in 0..gathered.sources.len() {
        told.push(exhibit::tell(archive, conn, (gathered, place), request.wording.as_deref()).await?);
        request.show(Stage::Reading {
            done: told.len() as u64,
            of,
        });
    }
    gathered.package.conversations =
        conversation::all(archive, conn, &told, gathered.package.made_at).await?;
    let Some(wording) = &request.wording else {
        return Ok(());
    };
    let report = Report {
        language: wording.language(),
        time_zone: request.zone_name.clone(),
        organisation: gathered.package.organisation.clone(),
        purpose: request.purpose.clone(),
        recipient: request.recipient.clone(),
        made_at: gathered.package.made_at,
        made_by: request.by.clone(),
        package: format!("kronika-{evidence}.zip"),
        volume: None,
        parties: parties(conn, &told).await?,
        holes: holes(conn, gathered).await?,
        agreements: Vec::new(),
        log: log(gathered, wording.as_ref()),
        proof: proof(conn, gathered).await?,
        exhibits: told.into_iter().map(|told| told.exhibit).collect(),
    };
    let volumes = split(report);
    let of = volumes.len() as u64;
    for (done, volume) in (0..).zip(volumes) {
        request.show(Stage::Reporting { done, of });
        match worker::typeset(&volume).await {
            Ok(pdf) => gathered.package.reports.push(pdf),
            Err(error) => {
                tracing::warn!(%error, "a package goes without its readable report");
                gathered.package.reports.clear();
                break;
            }
        }
    }
    Ok(())
}

/// The clients of what is told, and those of ours who took part in it.
async fn parties(conn: &mut Conn, told: &[Told]) -> Result<Parties, EvidenceError> {
    let mut parties = Parties::default();
    let mut known: Vec<ClientId> = told
        .iter()
        .flat_map(|told| told.clients.iter().copied())
        .collect();
    known.sort_unstable();
    known.dedup();
    for client in known {
        let Some(found) = clients::find(conn, client).await? else {
            continue;
        };
        let addresses = clients::addresses(conn, client).await?;
        let tax_id = found.facts.tax_id;
        parties.clients.push(Party {
            name: found.facts.name,
            role: String::new(),
            identifiers: match tax_id.as_str() {
                "" => Vec::new(),
                _ => vec![Identifier {
                    name: "NIP / IČO / ИНН / VAT".to_owned(),
                    value: tax_id,
                }],
            },
            addresses: addresses.into_iter().map(|address| address.value).collect(),
        });
    }
    parties.people = our_people(&assignments::own(conn).await?, told);
    Ok(parties)
}

fn our_people(own: &Own, told: &[Told]) -> Vec<Party> {
    let mut people: Vec<Party> = Vec::new();
    for person in told
        .iter()
        .flat_map(Told::people)
        .filter(|person| own.has(&person.address))
    {
        let address = vec![person.address.clone()];
        match people.iter_mut().find(|known| known.addresses == address) {
            Some(known) if known.name.is_empty() => known.name.clone_from(&person.name),
            Some(_) => (),
            None => people.push(Party {
                name: person.name.clone(),
                addresses: address,
                ..Party::default()
            }),
        }
    }
    people
}

/// Records of the client's file that are no exhibits although they might have been.
async fn holes(conn: &mut Conn, gathered: &Gathered) -> Result<Vec<Hole>, EvidenceError> {
    let mut holes = Vec::new();
    for file in &gathered.package.completeness {
        let client = name_of(conn, &file.client).await?;
        let missing = file
            .records
            .iter()
            .filter_map(|place| Some((place, place.hole.as_ref()?)));
        // Acts about the client were never something to show.
        let missing = missing.filter(|(_, reason)| !reason.starts_with(super::gather::NO_INTERACTION));
        holes.extend(missing.map(|(place, reason)| Hole {
            client: client.clone(),
            number: place.number,
            kind: HoleKind::Withheld,
            reason: reason.clone(),
            by: String::new(),
            at: None,
        }));
    }
    Ok(holes)
}

async fn name_of(conn: &mut Conn, client: &str) -> Result<String, EvidenceError> {
    let found = match client.parse::<ClientId>() {
        Ok(id) => clients::find(conn, id).await?,
        Err(_) => None,
    };
    Ok(found.map_or_else(|| client.to_owned(), |client| client.facts.name))
}

fn log(gathered: &Gathered, wording: &dyn Wording) -> Vec<LogLine> {
    let number = |key: &InteractionKey| {
        let place = gathered
            .sources
            .iter()
            .position(|source| source.interaction == *key)?;
        Some(place as u64 + 1)
    };
    let lines = gathered.log.iter().map(|line| LogLine {
        at: line.at,
        who: line.by.clone(),
        what: match line.detail.as_str() {
            "" => wording.act(&line.kind),
            detail => format!("{}: {detail}", wording.act(&line.kind)),
        },
        exhibit: line.interaction.as_ref().and_then(number),
    });
    lines.collect()
}

async fn proof(conn: &mut Conn, gathered: &Gathered) -> Result<Proof, EvidenceError> {
    let journal = &gathered.package.journal;
    let wrong = |error: &dyn std::fmt::Display| EvidenceError::Proof(error.to_string());
    let note = Note::parse(journal.checkpoint.as_bytes()).map_err(|error| wrong(&error))?;
    let checkpoint: Checkpoint = note.text().parse().map_err(|error| wrong(&error))?;
    let mut numbering = Vec::new();
    for file in &gathered.package.completeness {
        numbering.push(Numbering {
            client: name_of(conn, &file.client).await?,
            from: file.from,
            to: file.to,
            shown: file.records.iter().filter(|place| place.item.is_some()).count() as u64,
        });
    }
    let seen = |seen: &[(String, i64)]| {
        seen.iter()
            .map(|(name, at)| Seen {
                name: name.clone(),
                at: *at,
            })
            .collect()
    };
    Ok(Proof {
        origin: checkpoint.origin().to_owned(),
        size: checkpoint.head().size,
        root: data_encoding::BASE64.encode(checkpoint.head().root.as_bytes()),
        key: journal.key.clone(),
        witnesses: seen(&gathered.witnesses),
        timestamps: seen(&gathered.stamps),
        numbering,
    })
}

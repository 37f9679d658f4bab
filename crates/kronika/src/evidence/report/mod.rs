//! The readable report and the vCons of a package, from what the package discloses and nothing else.
//!
//! Originals are opened a second time for it, one by one: what is printed is read from them again.

mod conversation;
mod exhibit;
mod worker;

use std::collections::{HashMap, HashSet};

use kronika_evidence::Place;
use kronika_report::model::{
    Exhibit, Hole, HoleKind, Identifier, Language, LogLine, Numbering, Parties, Party, Proof, Report, Seal,
    Seen,
};
use kronika_report::volume::split;
use kronika_tlog::Hash;
use kronika_tlog::checkpoint::Checkpoint;
use kronika_tlog::note::Note;

use self::exhibit::Told;
use super::file::{IN_PART, NOT_CHOSEN, WITHHELD};
use super::gather::Gathered;
use super::{EvidenceError, Request, Stage, choice};
use crate::access::Scope;
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
    (gathered, scope): (&mut Gathered, Scope<'_>),
) -> Result<(), EvidenceError> {
    let conn = &mut archive.db.read().await?;
    let mut told = Vec::with_capacity(gathered.sources.len());
    let mut pictures = Pictures::default();
    let of = gathered.sources.len() as u64;
    for place in 0..gathered.sources.len() {
        let mut one = exhibit::tell(archive, conn, (gathered, place), request.wording.as_deref()).await?;
        pictures.thin(&mut one.exhibit);
        told.push(one);
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
        parties: parties(conn, scope, (request, &told)).await?,
        holes: holes(conn, (request, gathered)).await?,
        agreements: Vec::new(),
        log: log(gathered, wording.as_ref()),
        proof: proof(conn, gathered).await?,
        exhibits: told.into_iter().map(|told| told.exhibit).collect(),
    };
    gathered.package.reports = typeset(request, report).await;
    Ok(())
}

/// All volumes, or none.
async fn typeset(request: &Request, report: Report) -> Vec<Vec<u8>> {
    let volumes = split(report);
    let of = volumes.len() as u64;
    let mut pdfs = Vec::with_capacity(volumes.len());
    for (done, volume) in (0..).zip(volumes) {
        request.show(Stage::Reporting { done, of });
        match worker::typeset(&volume).await {
            Ok(pdf) => pdfs.push(pdf),
            Err(error) => {
                tracing::warn!(%error, "a package goes without its readable report");
                return Vec::new();
            }
        }
    }
    pdfs
}

/// Pictures are printed until there are too many of them: the report is held in memory until it is typeset.
#[derive(Default)]
struct Pictures {
    bytes: usize,
}

impl Pictures {
    /// In base64.
    const MOST: usize = 48 * 1024 * 1024;

    fn thin(&mut self, exhibit: &mut Exhibit) {
        for attachment in &mut exhibit.attachments {
            self.bytes += attachment.thumbnail.as_ref().map_or(0, String::len);
            if self.bytes > Pictures::MOST {
                attachment.thumbnail = None;
            }
        }
    }
}

/// The clients whom the maker sees, with the addresses that occur in what is told, and those of ours who took part in it.
async fn parties(
    conn: &mut Conn,
    scope: Scope<'_>,
    (request, told): (&Request, &[Told]),
) -> Result<Parties, EvidenceError> {
    let mut parties = Parties::default();
    let told_of: HashSet<&str> = told
        .iter()
        .flat_map(Told::people)
        .map(|person| person.address.as_str())
        .collect();
    let given: Vec<InteractionKey> = told.iter().map(|told| told.interaction).collect();
    let mut clients = choice::seen_clients(conn, scope, &given).await?;
    clients.extend(request.choice.client.filter(|client| !clients.contains(client)));
    for client in clients {
        let Some(found) = clients::find(conn, client).await? else {
            continue;
        };
        let addresses = clients::addresses(conn, client).await?;
        let addresses = addresses.into_iter().map(|address| address.value);
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
            addresses: addresses
                .filter(|address| told_of.contains(address.as_str()))
                .collect(),
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

/// What is not shown: interactions that were withheld, and those of the client's file that were not chosen.
async fn holes(
    conn: &mut Conn,
    (request, gathered): (&Request, &Gathered),
) -> Result<Vec<Hole>, EvidenceError> {
    let hole = |client: &str, number: Option<u64>, kind: HoleKind| Hole {
        client: client.to_owned(),
        number,
        kind,
        reason: if kind == HoleKind::Withheld {
            request.withheld.reason.clone()
        } else {
            String::new()
        },
        by: String::new(),
        at: None,
    };
    let mut holes = Vec::new();
    let mut numbered: HashSet<&str> = HashSet::new();
    for file in &gathered.package.completeness {
        let client = name_of(conn, &file.client).await?;
        for place in &file.records {
            let number = Some(place.number);
            match place.hole.as_deref() {
                Some(NOT_CHOSEN) => holes.push(hole(&client, number, HoleKind::NotChosen)),
                Some(why) if why.starts_with(WITHHELD) => {
                    numbered.insert(&place.commitment);
                    holes.push(hole(&client, number, HoleKind::Withheld));
                }
                _ => (),
            }
        }
    }
    let others = gathered.package.tombstones.iter();
    let others = others.filter(|tombstone| !numbered.contains(tombstone.commitment.as_str()));
    holes.extend(others.map(|_| hole("", None, HoleKind::Withheld)));
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
    let numbers: HashMap<InteractionKey, u64> = gathered
        .sources
        .iter()
        .map(|source| source.interaction)
        .zip(1..)
        .collect();
    let lines = gathered.log.iter().map(|line| LogLine {
        at: line.at,
        who: line.by.clone(),
        what: wording.act(&line.kind),
        exhibit: line.interaction.and_then(|key| numbers.get(&key).copied()),
    });
    lines.collect()
}

/// Whether a number is an exhibit, if only in part.
fn is_shown(place: &Place) -> bool {
    place.item.is_some() || place.hole.as_deref() == Some(IN_PART)
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
            shown: file.records.iter().filter(|place| is_shown(place)).count() as u64,
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

//! What goes into a package: items with their openings and proofs, holes, custody.

use std::collections::{BTreeMap, HashMap};

use kronika_evidence::opening::Hole;
use kronika_evidence::{ClientFile, Disclosed, Item, Package, Place, Tombstone};
use kronika_tlog::Hash;
use kronika_tlog::note::Note;
use kronika_tlog::proof::Proof;
use serde_json::{Value, json};

use super::choice::{self, Chosen, LogLine, Withheld};
use super::journal::{self, Frozen};
use super::own;
use super::{EvidenceError, Request, Stage};
use crate::archive::Archive;
use crate::archive::id::{ClientId, EvidenceId, InteractionKey, RecordId};
use crate::interaction::PartFacts;
use crate::journal::act::Act;
use crate::journal::load::{self, Opened};
use crate::journal::prove;
use crate::on_db;
use crate::storage::Conn;

/// A package but for its originals, and where those are.
pub struct Gathered {
    pub package: Package,
    /// What is behind each item, in their order.
    pub sources: Vec<ItemSource>,
    pub leaves: Vec<u8>,
    /// Who cosigned the checkpoint and which authorities stamped the journal, each with the time by their own clock.
    pub witnesses: Vec<(String, i64)>,
    pub stamps: Vec<(String, i64)>,
    /// What is known of who saw and did what.
    pub log: Vec<LogLine>,
}

/// Where an item's content comes from.
pub struct ItemSource {
    pub interaction: InteractionKey,
    pub record: RecordId,
    /// As they were committed.
    pub parts: Vec<PartFacts>,
}

/// Gathers what was chosen, but for what is withheld.
pub async fn gather(
    archive: &Archive,
    (evidence, request): (EvidenceId, &Request),
    chosen: &[Chosen],
) -> Result<Gathered, EvidenceError> {
    let conn = &mut archive.db.read().await?;
    let frozen = journal::freeze(archive, conn).await?;
    let gathering = Gathering {
        archive,
        frozen: &frozen,
        withheld: &request.withheld,
        client: request.choice.client,
    };
    let (mut items, mut sources, mut tombstones) = (Vec::new(), Vec::new(), Vec::new());
    for (done, one) in (1..).zip(chosen) {
        if request.withheld.interactions.contains(&one.interaction) {
            tombstones.extend(gathering.tombstone(conn, *one).await?);
        } else if let Some((item, source)) = gathering.item(conn, *one).await? {
            items.push(item);
            sources.push(source);
        }
        request.show(Stage::Gathering {
            done,
            of: chosen.len() as u64,
        });
    }
    if items.is_empty() {
        return Err(EvidenceError::Nothing);
    }
    let completeness = match request.choice.client {
        Some(client) => vec![
            gathering
                .file_of(conn, client, (request, &items, &tombstones))
                .await?,
        ],
        None => Vec::new(),
    };
    let given: Vec<InteractionKey> = sources.iter().map(|source| source.interaction).collect();
    let log = choice::log_lines(conn, request.choice.client, &given).await?;
    Ok(Gathered {
        package: Package {
            folder: format!("kronika-{evidence}"),
            made_at: archive.clock.now(),
            organisation: archive.config.origin.clone(),
            description: String::new(),
            items,
            completeness,
            tombstones,
            custody: log.iter().map(custody).collect(),
            reports: Vec::new(),
            conversations: Vec::new(),
            dkim: Vec::new(),
            journal: frozen.journal,
        },
        sources,
        leaves: frozen.leaves,
        witnesses: frozen.witnesses,
        stamps: frozen.stamps,
        log,
    })
}

struct Gathering<'a> {
    archive: &'a Archive,
    frozen: &'a Frozen,
    withheld: &'a Withheld,
    /// Whose interactions these are, if they are chosen by client.
    client: Option<ClientId>,
}

impl Gathering<'_> {
    /// One record with what is disclosed of it. `None` if it was sealed after the journal was frozen.
    async fn item(&self, conn: &mut Conn, one: Chosen) -> Result<Option<(Item, ItemSource)>, EvidenceError> {
        let opened = load::open(self.archive, conn, one.original).await?;
        let wrong = |error: &dyn std::fmt::Display| EvidenceError::Proof(error.to_string());
        let checkpoint = self.frozen.journal.checkpoint.as_bytes();
        let checkpoint = Note::parse(checkpoint).map_err(|error| wrong(&error))?;
        let Some((leaf, index, path)) = prove::path(conn, one.original, self.frozen.size).await? else {
            return Ok(None);
        };
        let parts = own::parts(self.archive, conn, (one, self.client, &opened)).await?;
        let shown = Shown::of(&parts, self.withheld, one.interaction)?;
        let item = Item {
            leaf,
            proof: Proof {
                extra: None,
                index,
                path,
                checkpoint,
            },
            parts: opened.row.parts.clone(),
            disclosed: shown.disclosed(&opened),
            withheld: shown.holes(&self.withheld.reason),
            meta: shown.meta.then_some(opened.meta_bytes),
        };
        let source = ItemSource {
            interaction: one.interaction,
            record: one.original,
            parts,
        };
        Ok(Some((item, source)))
    }

    /// What stands in place of an interaction that is withheld as a whole.
    async fn tombstone(&self, conn: &mut Conn, one: Chosen) -> Result<Option<Tombstone>, EvidenceError> {
        let Some((leaf, index, _)) = prove::path(conn, one.original, self.frozen.size).await? else {
            return Ok(None);
        };
        Ok(Some(Tombstone {
            journal_index: index,
            commitment: format!("{:x}", leaf.commitment),
            erased: false,
            by: None,
            at: None,
            reason: self.withheld.reason.clone(),
        }))
    }

    /// Numbers in the client's file: all of them when all is asked for, else from the first item to the last. Each is an
    /// item, or a hole that says what kind of record it is.
    async fn file_of(
        &self,
        conn: &mut Conn,
        client: ClientId,
        (request, items, tombstones): (&Request, &[Item], &[Tombstone]),
    ) -> Result<ClientFile, EvidenceError> {
        const SQL: &str =
            "SELECT k.record_id FROM record_key k JOIN journal_leaf l ON l.record_id = k.record_id
            WHERE k.kek_id = $1 AND l.position < $2 ORDER BY l.position";
        let size = self.frozen.size.cast_signed();
        let readable: Vec<i64> =
            on_db!(conn, c => sqlx::query_scalar(SQL).bind(client.0).bind(size).fetch_all(c).await)?;
        let with_meta = (1..).zip(items).filter(|(_, item)| item.meta.is_some());
        let items: HashMap<Hash, u64> = with_meta
            .map(|(number, item)| (item.leaf.commitment, number))
            .collect();
        let holes: BTreeMap<&str, &str> = tombstones
            .iter()
            .map(|hole| (hole.commitment.as_str(), hole.reason.as_str()))
            .collect();
        let mut records = Vec::new();
        for record in readable {
            let opened = load::open(self.archive, conn, RecordId(record)).await?;
            let meta = opened.meta()?;
            let Some(place) = meta.files.iter().find(|place| place.client == client) else {
                continue;
            };
            let commitment = format!("{:x}", opened.row.commitment);
            let item = items.get(&opened.row.commitment).copied();
            let hole = item.is_none().then(|| match holes.get(commitment.as_str()) {
                Some(reason) => format!("withheld: {reason}"),
                None => why(&meta.act),
            });
            records.push(Place {
                number: place.number.unsigned_abs(),
                commitment,
                item,
                hole,
            });
        }
        records.sort_by_key(|place| place.number);
        if !request.choice.is_whole_client() {
            records = between_items(records);
        }
        Ok(ClientFile {
            client: client.to_string(),
            from: records.first().map_or(0, |place| place.number),
            to: records.last().map_or(0, |place| place.number),
            records,
        })
    }
}

/// From the first item to the last.
fn between_items(mut records: Vec<Place>) -> Vec<Place> {
    let first = records
        .iter()
        .position(|place| place.item.is_some())
        .unwrap_or_default();
    let last = records
        .iter()
        .rposition(|place| place.item.is_some())
        .map_or(0, |last| last + 1);
    records.truncate(last);
    records.drain(..first.min(last));
    records
}

/// How the word begins for a record that nobody could look for here.
pub const NO_INTERACTION: &str = "not an interaction";

/// What kind of record stands where there is no item.
fn why(act: &Act) -> String {
    let value = serde_json::to_value(act).unwrap_or_default();
    let kind = value.as_object().and_then(|act| act.keys().next().cloned());
    match act {
        Act::Interaction(_) | Act::Reread { .. } => "an interaction that is not given out here".to_owned(),
        _ => format!("{NO_INTERACTION}: {}", kind.unwrap_or_default()),
    }
}

/// What is shown of a record.
struct Shown<'a> {
    parts: &'a [PartFacts],
    /// Whether the original goes in as it is; then its parts need no word.
    whole: bool,
    /// Not when the text is withheld, for the metadata quotes its beginning.
    meta: bool,
    /// Indexes of the parts that are kept back.
    hidden: Vec<usize>,
}

impl<'a> Shown<'a> {
    /// What holds a withheld part is withheld with it, and what is in it too.
    fn of(
        parts: &'a [PartFacts],
        withheld: &Withheld,
        interaction: InteractionKey,
    ) -> Result<Shown<'a>, EvidenceError> {
        let named: Vec<&PartFacts> = parts
            .iter()
            .filter(|part| withheld.parts.contains(&(interaction, part.number.clone())))
            .collect();
        let asked = withheld.parts.range((interaction, String::new())..);
        if asked.take_while(|(of, _)| *of == interaction).count() != named.len() {
            return Err(EvidenceError::NoPart(interaction));
        }
        let is_hidden = |part: &PartFacts| named.iter().any(|named| touch(named, part));
        let hidden: Vec<usize> = (0..)
            .zip(parts)
            .filter(|(_, part)| is_hidden(part))
            .map(|(at, _)| at)
            .collect();
        Ok(Shown {
            parts,
            whole: hidden.is_empty(),
            meta: hidden.iter().all(|at| parts[*at].is_attachment()),
            hidden,
        })
    }

    fn disclosed(&self, opened: &Opened) -> Vec<Disclosed> {
        let part = |number: u16, name: String, size: usize| Disclosed {
            number,
            name,
            salt: opened.salt.part(number),
            size: size as u64,
        };
        let mut disclosed = Vec::new();
        if self.meta {
            disclosed.push(part(0, "meta".to_owned(), opened.meta_bytes.len()));
        }
        if self.whole {
            disclosed.push(part(1, "original".to_owned(), opened.row.content_size));
            return disclosed;
        }
        for (number, facts) in (2..).zip(self.parts) {
            if !self.hidden.contains(&(usize::from(number) - 2)) {
                disclosed.push(part(number, format!("part/{}", facts.number), facts.size));
            }
        }
        disclosed
    }

    fn holes(&self, reason: &str) -> Vec<Hole> {
        let hole = |number: u16, name: String, reason: &str| Hole {
            number,
            name,
            reason: reason.to_owned(),
        };
        let mut holes = Vec::new();
        if !self.meta {
            holes.push(hole(0, "meta".to_owned(), "it quotes a part that is withheld"));
        }
        if self.whole {
            return holes;
        }
        holes.push(hole(1, "original".to_owned(), "it holds a part that is withheld"));
        for (number, facts) in (2..).zip(self.parts) {
            if self.hidden.contains(&(usize::from(number) - 2)) {
                holes.push(hole(number, format!("part/{}", facts.number), reason));
            }
        }
        holes
    }
}

/// Whether one part is the other, holds it, or is in it.
fn touch(one: &PartFacts, other: &PartFacts) -> bool {
    let holds = |outer: &str, inner: &str| {
        inner
            .strip_prefix(outer)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    holds(&one.number, &other.number)
        || holds(&other.number, &one.number)
        || (one.start < other.end && other.start < one.end)
}

/// Who did or saw something with what is given, by the archive's word.
fn custody(line: &LogLine) -> Value {
    let at = jiff::Timestamp::from_microsecond(line.at).map_or_else(|_| String::new(), |at| at.to_string());
    let interaction = line.interaction.map(|key| key.to_string());
    json!({"at": at, "by": line.by, "kind": line.kind, "interaction": interaction, "detail": line.detail})
}

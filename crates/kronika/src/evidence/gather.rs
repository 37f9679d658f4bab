//! What goes into a package: items with their openings and proofs, holes, custody.

use std::collections::HashSet;

use kronika_evidence::{Item, Package, Tombstone};
use kronika_tlog::note::Note;
use kronika_tlog::proof::Proof;
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;

use super::choice::{self, Chosen, LogLine, Withheld};
use super::journal::{self, Frozen};
use super::shown::Shown;
use super::{EvidenceError, Request, Stage, file, own};
use crate::access::Scope;
use crate::archive::Archive;
use crate::archive::id::{ClientId, EvidenceId, InteractionKey, RecordId};
use crate::interaction::PartFacts;
use crate::journal::act::{Act, Meta};
use crate::journal::load;
use crate::journal::prove;
use crate::on_db;
use crate::storage::{Conn, StorageError};

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

impl Gathered {
    /// Whether nothing of the client's file was kept back, as far as its numbers tell.
    pub fn is_everything(&self) -> bool {
        let places = self.package.completeness.iter().flat_map(|file| &file.records);
        let is_act = |hole: &String| hole.starts_with(file::NO_INTERACTION);
        self.package.tombstones.is_empty()
            && self.package.items.iter().all(|item| item.withheld.is_empty())
            && places.filter_map(|place| place.hole.as_ref()).all(is_act)
    }
}

/// Where an item's content comes from.
pub struct ItemSource {
    pub interaction: InteractionKey,
    /// The conversation that it is in now.
    pub thread: InteractionKey,
    pub record: RecordId,
    /// Whether who wrote what to whom can be read in what is given.
    pub tells: bool,
    /// As they were committed.
    pub parts: Vec<PartFacts>,
}

/// Gathers what was chosen, but for what is withheld.
pub async fn gather(
    archive: &Archive,
    (evidence, request): (EvidenceId, &Request),
    (chosen, scope): (&[Chosen], Scope<'_>),
) -> Result<Gathered, EvidenceError> {
    let conn = &mut archive.db.read().await?;
    let frozen = journal::freeze(archive, conn).await?;
    let gathering = Gathering {
        archive,
        frozen: &frozen,
        withheld: &request.withheld,
        client: request.choice.client,
        seen: seen_clients(conn, scope).await?,
    };
    let (mut items, mut sources, mut tombstones) = (Vec::new(), Vec::new(), Vec::new());
    for (done, one) in (1..).zip(chosen) {
        if request.withheld.interactions.contains(&one.interaction) {
            tombstones.extend(gathering.tombstone(conn, *one).await?);
        } else if let Some((item, source)) = gathering.item(conn, *one).await? {
            items.push(item);
            sources.push(source);
        }
        let of = chosen.len() as u64;
        request.show(Stage::Gathering { done, of });
    }
    if items.is_empty() {
        return Err(EvidenceError::Nothing);
    }
    let file = match request.choice.client {
        Some(client) => {
            let given = file::Given {
                items: &items,
                tombstones: &tombstones,
                size: frozen.size,
            };
            file::of(archive, conn, client, (request, &given)).await?
        }
        None => None,
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
            completeness: file.into_iter().collect(),
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
    /// Clients whom the maker sees; `None` when that is all of them.
    seen: Option<HashSet<ClientId>>,
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
        let meta = opened.meta()?;
        let hides_meta = self.names_unseen(&meta);
        let parts = own::parts(self.archive, conn, (one, self.client, &opened)).await?;
        let shown = Shown::of(&parts, (self.withheld, one.interaction), hides_meta)?;
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
            meta: shown.has_meta().then(|| opened.meta_bytes.clone()),
        };
        let source = ItemSource {
            interaction: one.interaction,
            thread: one.thread,
            record: one.original,
            tells: shown.tells(),
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

    /// Whether a record's metadata names a client whom the maker does not see.
    fn names_unseen(&self, meta: &Meta) -> bool {
        let Some(seen) = &self.seen else { return false };
        let assigned = match &meta.act {
            Act::Interaction(recorded) => recorded.assigned.as_slice(),
            _ => &[],
        };
        let files = meta.files.iter().map(|place| place.client);
        files
            .chain(assigned.iter().map(|assigned| assigned.client))
            .any(|client| !seen.contains(&client))
    }
}

async fn seen_clients(conn: &mut Conn, scope: Scope<'_>) -> Result<Option<HashSet<ClientId>>, StorageError> {
    if scope.sees_every_client() {
        return Ok(None);
    }
    let sql = format!("SELECT c.id FROM client c WHERE {}", scope.clients("c"));
    let ids: Vec<i64> = on_db!(conn, c => sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(c).await)?;
    Ok(Some(ids.into_iter().map(ClientId).collect()))
}

/// Who did or saw something with what is given, by the archive's word. What was typed or looked for is not told: it may
/// be about others, or about what is withheld.
fn custody(line: &LogLine) -> Value {
    let at = jiff::Timestamp::from_microsecond(line.at).map_or_else(|_| String::new(), |at| at.to_string());
    let interaction = line.interaction.map(|key| key.to_string());
    json!({"at": at, "by": line.by, "kind": line.kind, "interaction": interaction})
}

//! What a package is asked to hold, and what of that is kept back.

use std::collections::{BTreeSet, HashSet};

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;

use super::EvidenceError;
use crate::access::Scope;
use crate::archive::id::{ClientId, InteractionKey, RecordId};
use crate::on_db;
use crate::search::query::Query;
use crate::search::run::{self, Order, Page};
use crate::storage::{Conn, StorageError};

/// Most interactions of one package: what is known of each is held in memory while it is made.
pub const MOST: usize = 10_000;

/// What is asked for. What is given is all of it together: of this client, and in this period, and so on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client: Option<ClientId>,
    /// An interaction of the conversation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread: Option<InteractionKey>,
    /// As it is written in the search.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub query: String,
    /// Picked one by one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub picked: Vec<InteractionKey>,
    /// Claimed at this instant or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<i64>,
    /// Claimed before this instant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<i64>,
    /// Captured at this instant or earlier: what comes in after somebody looked it through is not given out unseen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_by: Option<i64>,
}

/// What is kept back of what is chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Withheld {
    pub interactions: BTreeSet<InteractionKey>,
    /// Parts of others, by their numbers in the message, or `text` for its own words.
    pub parts: BTreeSet<(InteractionKey, String)>,
    /// In a line; it stands wherever something is missing.
    pub reason: String,
}

/// An interaction that goes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    pub interaction: InteractionKey,
    /// The conversation that it is in now.
    pub thread: InteractionKey,
    pub original: RecordId,
}

impl Choice {
    /// Whether anything narrows it at all.
    pub fn is_open(&self) -> bool {
        self.client.is_none()
            && self.thread.is_none()
            && self.query.trim().is_empty()
            && self.picked.is_empty()
            && self.from.is_none()
            && self.before.is_none()
    }

    /// Whether it is all that is recorded with the client.
    pub fn is_whole_client(&self) -> bool {
        let whole = Choice {
            client: self.client,
            known_by: self.known_by,
            ..Choice::default()
        };
        self.client.is_some() && *self == whole
    }

    /// What is chosen and seen, sealed, in the order of claimed times.
    pub async fn find(
        &self,
        conn: &mut Conn,
        scope: Scope<'_>,
        zone: &TimeZone,
    ) -> Result<Vec<Chosen>, EvidenceError> {
        if self.is_open() {
            return Ok(Vec::new());
        }
        let mut conditions = vec![scope.interactions("i")];
        conditions.extend(self.conditions());
        if !self.query.trim().is_empty() {
            conditions.push(one_of(&self.found(conn, scope, zone).await?));
        }
        let sql = format!(
            "SELECT i.interaction_key, i.thread_key, i.original_record FROM interaction i
            JOIN journal_leaf l ON l.record_id = i.original_record
            WHERE {} ORDER BY i.interaction_key LIMIT {}",
            conditions.join(" AND "),
            MOST + 1
        );
        let rows: Vec<(i64, i64, i64)> =
            on_db!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).fetch_all(c).await)?;
        if rows.len() > MOST {
            return Err(EvidenceError::TooMany);
        }
        let chosen = rows.into_iter().map(|(key, thread, record)| Chosen {
            interaction: InteractionKey(key),
            thread: InteractionKey(thread),
            original: RecordId(record),
        });
        Ok(chosen.collect())
    }

    /// What the search finds. What narrows the choice narrows the search, so that nothing old is lost behind what is new
    /// elsewhere; where it cannot, too many hits are an error, not a cut.
    async fn found(
        &self,
        conn: &mut Conn,
        scope: Scope<'_>,
        zone: &TimeZone,
    ) -> Result<Vec<InteractionKey>, EvidenceError> {
        let mut query = Query::parse(&format!("{} ", self.query.trim()), zone);
        let filters = &mut query.filters;
        if filters.client.is_none() {
            filters.client = self.client.map(|client| client.to_string());
        }
        filters.after = filters.after.into_iter().chain(self.from).max();
        filters.before = filters.before.into_iter().chain(self.before).min();
        let page = Page {
            order: Order::Newest,
            before: None,
            limit: MOST as i64 + 1,
        };
        let found = run::find(conn, scope, &query, page).await?;
        if found.len() > MOST {
            Err(EvidenceError::TooMany)
        } else {
            Ok(found)
        }
    }

    /// Only numbers of our own are written into the text.
    fn conditions(&self) -> Vec<String> {
        let mut all = Vec::new();
        if let Some(ClientId(id)) = self.client {
            all.push(format!(
                "i.interaction_key IN (SELECT a.interaction_key FROM assignment a WHERE a.client_id = {id})"
            ));
        }
        if let Some(InteractionKey(key)) = self.thread {
            all.push(format!(
                "i.thread_key = (SELECT t.thread_key FROM interaction t WHERE t.interaction_key = {key})"
            ));
        }
        if !self.picked.is_empty() {
            all.push(one_of(&self.picked));
        }
        if let Some(from) = self.from {
            all.push(format!(
                "i.interaction_key >= {}",
                InteractionKey::first_at(from).0
            ));
        }
        if let Some(before) = self.before {
            all.push(format!(
                "i.interaction_key < {}",
                InteractionKey::first_at(before).0
            ));
        }
        if let Some(known_by) = self.known_by {
            all.push(format!("i.captured_at <= {known_by}"));
        }
        all
    }
}

impl Withheld {
    /// Whether something of an interaction is kept back, but not the whole.
    pub fn has_part_of(&self, interaction: InteractionKey) -> bool {
        self.parts_of(interaction).next().is_some()
    }

    /// What is withheld of an interaction, by the parts' numbers or as the text.
    pub fn parts_of(&self, interaction: InteractionKey) -> impl Iterator<Item = &str> {
        let from = self.parts.range((interaction, String::new())..);
        from.take_while(move |(of, _)| *of == interaction)
            .map(|(_, part)| part.as_str())
    }

    pub fn is_empty(&self) -> bool {
        self.interactions.is_empty() && self.parts.is_empty()
    }
}

fn one_of(keys: &[InteractionKey]) -> String {
    if keys.is_empty() {
        return "1 = 0".to_owned();
    }
    let numbers: Vec<String> = keys.iter().map(|key| key.0.to_string()).collect();
    format!("i.interaction_key IN ({})", numbers.join(", "))
}

/// Everyone who took part in the chosen interactions, by address, with the number of interactions; the most frequent
/// first.
pub async fn people(conn: &mut Conn, chosen: &[Chosen]) -> Result<Vec<(String, String, i64)>, StorageError> {
    let keys: Vec<InteractionKey> = chosen.iter().map(|one| one.interaction).collect();
    let sql = format!(
        "SELECT i.address, MAX(i.name), COUNT(DISTINCT i.interaction_key) AS times FROM participant i
        WHERE {} GROUP BY i.address ORDER BY times DESC, i.address",
        one_of(&keys)
    );
    on_db!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).fetch_all(c).await)
}

/// The clients of the chosen interactions.
pub async fn clients(conn: &mut Conn, chosen: &[InteractionKey]) -> Result<Vec<ClientId>, StorageError> {
    let sql = format!(
        "SELECT DISTINCT i.client_id FROM assignment i WHERE {} ORDER BY i.client_id",
        one_of(chosen)
    );
    let ids: Vec<i64> = on_db!(conn, c => sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(c).await)?;
    Ok(ids.into_iter().map(ClientId).collect())
}

/// Those of them whom one sees, by name.
pub async fn seen_clients(
    conn: &mut Conn,
    scope: Scope<'_>,
    chosen: &[InteractionKey],
) -> Result<Vec<ClientId>, StorageError> {
    let sql = format!(
        "SELECT c.id FROM client c WHERE {} AND c.id IN (SELECT i.client_id FROM assignment i WHERE {})
        ORDER BY c.name_folded, c.id",
        scope.clients("c"),
        one_of(chosen)
    );
    let ids: Vec<i64> = on_db!(conn, c => sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(c).await)?;
    Ok(ids.into_iter().map(ClientId).collect())
}

/// How many of them one sees.
pub async fn count_seen(
    conn: &mut Conn,
    scope: Scope<'_>,
    chosen: &[InteractionKey],
) -> Result<i64, StorageError> {
    let sql = format!(
        "SELECT COUNT(*) FROM interaction i WHERE {} AND {}",
        scope.interactions("i"),
        one_of(chosen)
    );
    on_db!(conn, c => sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(c).await)
}

/// A line of the log about what is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    pub at: i64,
    pub by: String,
    pub kind: String,
    pub interaction: Option<InteractionKey>,
}

/// Log lines about what is chosen: of the interactions, and of the client if the package is about one.
pub async fn log_lines(
    conn: &mut Conn,
    client: Option<ClientId>,
    chosen: &[InteractionKey],
) -> Result<Vec<LogLine>, StorageError> {
    type Row = (i64, String, String, Option<i64>);
    let client = client.map_or_else(String::new, |ClientId(id)| {
        format!(" OR (i.client_id = {id} AND i.interaction_key IS NULL)")
    });
    let sql = format!(
        "SELECT i.happened_at, i.by_name, i.kind, i.interaction_key FROM log_entry i
        WHERE {}{client} ORDER BY i.happened_at, i.record_id, i.position",
        one_of(chosen)
    );
    let rows: Vec<Row> = on_db!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).fetch_all(c).await)?;
    let line = |(at, by, kind, interaction): Row| LogLine {
        at,
        by,
        kind,
        interaction: interaction.map(InteractionKey),
    };
    Ok(rows.into_iter().map(line).collect())
}

/// What tells one list of chosen interactions from another, in hexadecimal.
pub fn digest(chosen: &[Chosen]) -> String {
    let mut hash = Sha256::new();
    for one in chosen {
        hash.update(one.interaction.0.to_be_bytes());
    }
    data_encoding::HEXLOWER.encode(&hash.finalize())
}

/// Those that may be withheld: an order that names anything else is refused.
pub fn stray(withheld: &Withheld, chosen: &[Chosen]) -> Option<InteractionKey> {
    let known: HashSet<InteractionKey> = chosen.iter().map(|one| one.interaction).collect();
    let parts = withheld.parts.iter().map(|(interaction, _)| interaction);
    withheld
        .interactions
        .iter()
        .chain(parts)
        .find(|key| !known.contains(key))
        .copied()
}

//! What a package is asked to hold, and what of that is kept back.

use std::collections::{BTreeSet, HashSet};

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
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
    /// Parts of others, by their numbers in the message.
    pub parts: BTreeSet<(InteractionKey, String)>,
    /// In a line; it stands wherever something is missing.
    pub reason: String,
}

/// An interaction that goes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    pub interaction: InteractionKey,
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
            let query = Query::parse(&format!("{} ", self.query.trim()), zone);
            let page = Page {
                order: Order::Newest,
                before: None,
                limit: MOST as i64 + 1,
            };
            conditions.push(one_of(&run::find(conn, scope, &query, page).await?));
        }
        let sql = format!(
            "SELECT i.interaction_key, i.original_record FROM interaction i
            JOIN journal_leaf l ON l.record_id = i.original_record
            WHERE {} ORDER BY i.interaction_key LIMIT {}",
            conditions.join(" AND "),
            MOST + 1
        );
        let rows: Vec<(i64, i64)> = on_db!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).fetch_all(c).await)?;
        if rows.len() > MOST {
            return Err(EvidenceError::TooMany);
        }
        let chosen = rows.into_iter().map(|(key, record)| Chosen {
            interaction: InteractionKey(key),
            original: RecordId(record),
        });
        Ok(chosen.collect())
    }

    /// Only numbers of our own are written into the text.
    fn conditions(&self) -> Vec<String> {
        let mut all = Vec::new();
        if let Some(ClientId(id)) = self.client {
            all.push(format!(
                "EXISTS (SELECT 1 FROM assignment a WHERE a.interaction_key = i.interaction_key AND a.client_id = {id})"
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
        self.parts
            .range((interaction, String::new())..)
            .next()
            .is_some_and(|(of, _)| *of == interaction)
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

/// A line of the log about what is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    pub at: i64,
    pub by: String,
    pub kind: String,
    pub interaction: Option<InteractionKey>,
    pub detail: String,
}

/// Log lines about what is chosen: of the interactions, and of the client if the package is about one.
pub async fn log_lines(
    conn: &mut Conn,
    client: Option<ClientId>,
    chosen: &[InteractionKey],
) -> Result<Vec<LogLine>, StorageError> {
    type Row = (i64, String, String, Option<i64>, String);
    let client = client.map_or_else(String::new, |ClientId(id)| {
        format!(" OR (i.client_id = {id} AND i.interaction_key IS NULL)")
    });
    let sql = format!(
        "SELECT i.happened_at, i.by_name, i.kind, i.interaction_key, i.detail FROM log_entry i
        WHERE {}{client} ORDER BY i.happened_at, i.record_id, i.position",
        one_of(chosen)
    );
    let rows: Vec<Row> = on_db!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).fetch_all(c).await)?;
    let line = |(at, by, kind, interaction, detail): Row| LogLine {
        at,
        by,
        kind,
        interaction: interaction.map(InteractionKey),
        detail,
    };
    Ok(rows.into_iter().map(line).collect())
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

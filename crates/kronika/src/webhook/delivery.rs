//! What is to be sent, was sent, or could not be: no part of what the archive records.

use sqlx::{AssertSqlSafe, FromRow};

use super::event::{Event, EventKind};
use crate::access::Scope;
use crate::archive::id::{ClientId, DeliveryId, InteractionKey, RecordId, WebhookId};
use crate::on_db;
use crate::storage::bulk::{self, Value};
use crate::storage::{Conn, StorageError};

/// What was delivered stays visible for so long (microseconds).
const KEPT_FOR: i64 = 14 * 24 * 3600 * 1_000_000;

/// How a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// To be sent, now or later.
    Waiting,
    Delivered,
    /// A dead letter: it was tried for the last time.
    Dead,
}

impl State {
    pub const ALL: [State; 3] = [State::Waiting, State::Delivered, State::Dead];

    pub fn name(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Delivered => "delivered",
            State::Dead => "dead",
        }
    }

    pub fn named(name: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// One event on its way to one webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub id: DeliveryId,
    pub webhook: WebhookId,
    pub event: Event,
    pub record: RecordId,
    /// Which of the record's events it is.
    pub number: i64,
    /// Where the record stands in the journal; a test stands nowhere.
    pub position: Option<i64>,
    pub happened_at: i64,
    pub state: State,
    pub tries: i64,
    pub next_at: i64,
    pub tried_at: Option<i64>,
    /// The status of the last answer.
    pub status: Option<i64>,
    /// The name of what the last try failed by.
    pub reason: Option<String>,
}

impl Delivery {
    /// What is the same whenever this event is told, to whomever.
    pub fn event_id(&self) -> String {
        format!("{}-{}", self.record, self.number)
    }
}

#[derive(FromRow)]
struct Row {
    id: i64,
    webhook_id: i64,
    event: String,
    record_id: i64,
    number: i64,
    position: Option<i64>,
    happened_at: i64,
    client_id: Option<i64>,
    interaction_key: Option<i64>,
    state: String,
    tries: i64,
    next_at: i64,
    tried_at: Option<i64>,
    status: Option<i64>,
    reason: Option<String>,
}

const COLUMNS: &str =
    "d.id, d.webhook_id, d.event, d.record_id, d.number, d.position, d.happened_at, d.client_id,
    d.interaction_key, d.state, d.tries, d.next_at, d.tried_at, d.status, d.reason";

impl TryFrom<Row> for Delivery {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Delivery, StorageError> {
        let unknown = |what: &str| StorageError::Inconsistent(format!("unknown delivery {what:?}"));
        Ok(Delivery {
            id: DeliveryId(row.id),
            webhook: WebhookId(row.webhook_id),
            event: Event {
                kind: EventKind::named(&row.event).ok_or_else(|| unknown(&row.event))?,
                interaction: row.interaction_key.map(InteractionKey),
                client: row.client_id.map(ClientId),
            },
            record: RecordId(row.record_id),
            number: row.number,
            position: row.position,
            happened_at: row.happened_at,
            state: State::named(&row.state).ok_or_else(|| unknown(&row.state))?,
            tries: row.tries,
            next_at: row.next_at,
            tried_at: row.tried_at,
            status: row.status,
            reason: row.reason,
        })
    }
}

/// Puts events into the queue. What is there already stays as it is.
pub(super) async fn insert(conn: &mut Conn, deliveries: &[Delivery]) -> Result<(), StorageError> {
    let columns = [
        "id",
        "webhook_id",
        "event",
        "record_id",
        "number",
        "position",
        "happened_at",
        "client_id",
        "interaction_key",
        "state",
        "tries",
        "next_at",
    ];
    let rows: Vec<Vec<Value<'_>>> = deliveries
        .iter()
        .map(|one| {
            vec![
                Value::Int(one.id.0),
                Value::Int(one.webhook.0),
                Value::Text(one.event.kind.name()),
                Value::Int(one.record.0),
                Value::Int(one.number),
                Value::MaybeInt(one.position),
                Value::Int(one.happened_at),
                Value::MaybeInt(one.event.client.map(|client| client.0)),
                Value::MaybeInt(one.event.interaction.map(|key| key.0)),
                Value::Text(one.state.name()),
                Value::Int(one.tries),
                Value::Int(one.next_at),
            ]
        })
        .collect();
    let target = ("local_webhook_delivery", columns.as_slice());
    bulk::insert(conn, target, &rows, "ON CONFLICT DO NOTHING").await
}

/// Which deliveries of a webhook are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked {
    pub state: Option<State>,
    pub before: Option<DeliveryId>,
    /// This one only.
    pub id: Option<DeliveryId>,
}

/// Deliveries whose events are seen, newest first.
pub async fn list(
    conn: &mut Conn,
    scope: Scope<'_>,
    webhook: WebhookId,
    (asked, limit): (Asked, i64),
) -> Result<Vec<Delivery>, StorageError> {
    let mut conditions = seen(scope, webhook);
    if let Some(state) = asked.state {
        conditions.push(format!("d.state = '{}'", state.name()));
    }
    if let Some(DeliveryId(before)) = asked.before {
        conditions.push(format!("d.id < {before}"));
    }
    if let Some(DeliveryId(id)) = asked.id {
        conditions.push(format!("d.id = {id}"));
    }
    let sql = format!(
        "SELECT {COLUMNS} {FROM} WHERE {} ORDER BY d.id DESC LIMIT $1",
        conditions.join(" AND ")
    );
    let rows: Vec<Row> =
        on_db!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).bind(limit).fetch_all(c).await)?;
    rows.into_iter().map(Delivery::try_from).collect()
}

const FROM: &str = "FROM local_webhook_delivery d LEFT JOIN client c ON c.id = d.client_id
    LEFT JOIN interaction i ON i.interaction_key = d.interaction_key";

/// A delivery about what is not seen is none.
fn seen(scope: Scope<'_>, webhook: WebhookId) -> Vec<String> {
    vec![
        format!("d.webhook_id = {}", webhook.0),
        format!(
            "(d.client_id IS NULL OR (c.id IS NOT NULL AND {}))",
            scope.clients("c")
        ),
        format!(
            "(d.interaction_key IS NULL OR (i.interaction_key IS NOT NULL AND {}))",
            scope.interactions("i")
        ),
    ]
}

/// How many deliveries there are in each state, of those that are seen.
pub async fn tally(
    conn: &mut Conn,
    scope: Scope<'_>,
    webhook: WebhookId,
) -> Result<Vec<(State, u64)>, StorageError> {
    let sql = format!(
        "SELECT d.state, COUNT(*) {FROM} WHERE {} GROUP BY d.state",
        seen(scope, webhook).join(" AND ")
    );
    let rows: Vec<(String, i64)> = on_db!(conn, c => sqlx::query_as(AssertSqlSafe(sql)).fetch_all(c).await)?;
    let known = rows.into_iter().filter_map(|(state, count)| {
        let state = State::named(&state)?;
        Some((state, count.unsigned_abs()))
    });
    Ok(known.collect())
}

/// What is to be sent now, oldest first.
pub(super) async fn due(
    conn: &mut Conn,
    webhook: WebhookId,
    (now, limit): (i64, i64),
) -> Result<Vec<Delivery>, StorageError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM local_webhook_delivery d
        WHERE d.webhook_id = $1 AND d.state = 'waiting' AND d.next_at <= $2 ORDER BY d.next_at, d.id LIMIT $3"
    );
    let rows: Vec<Row> = on_db!(conn, c => {
        sqlx::query_as(AssertSqlSafe(sql)).bind(webhook.0).bind(now).bind(limit).fetch_all(c).await
    })?;
    rows.into_iter().map(Delivery::try_from).collect()
}

/// When the next one of a webhook is to be sent.
pub(super) async fn next_at(conn: &mut Conn, webhook: WebhookId) -> Result<Option<i64>, StorageError> {
    const SQL: &str =
        "SELECT MIN(next_at) FROM local_webhook_delivery WHERE webhook_id = $1 AND state = 'waiting'";
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(webhook.0).fetch_one(c).await)
}

/// What became of a try.
pub(super) struct Tried {
    pub state: State,
    pub tries: i64,
    pub next_at: i64,
    pub tried_at: i64,
    pub status: Option<i64>,
    pub reason: Option<&'static str>,
}

pub(super) async fn note(conn: &mut Conn, id: DeliveryId, tried: Tried) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE local_webhook_delivery SET state = $2, tries = $3, next_at = $4, tried_at = $5,
        status = $6, reason = $7 WHERE id = $1";
    let reason = tried.reason.map(str::to_owned);
    on_db!(conn, c => sqlx::query(SQL).bind(id.0).bind(tried.state.name()).bind(tried.tries).bind(tried.next_at)
        .bind(tried.tried_at).bind(tried.status).bind(reason).execute(c).await.map(drop))
}

/// Takes out what may not be told.
pub(super) async fn withdraw(conn: &mut Conn, id: DeliveryId) -> Result<(), StorageError> {
    const SQL: &str = "DELETE FROM local_webhook_delivery WHERE id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(id.0).execute(c).await.map(drop))
}

/// Takes out what was delivered long ago. Dead letters stay until they are replayed or their webhook is removed.
pub(super) async fn forget_old(conn: &mut Conn, now: i64) -> Result<(), StorageError> {
    const OLD: &str = "DELETE FROM local_webhook_delivery WHERE state = 'delivered' AND tried_at < $1";
    // What was read for a webhook in the moment it was removed.
    const ORPHANED: &str = "DELETE FROM local_webhook_delivery WHERE webhook_id NOT IN
        (SELECT webhook_id FROM local_webhook_state)";
    on_db!(conn, c => sqlx::query(OLD).bind(now - KEPT_FOR).execute(c).await.map(drop))?;
    on_db!(conn, c => sqlx::query(ORPHANED).execute(c).await.map(drop))
}

/// Sends one once more, whatever became of it.
pub(super) async fn replay(conn: &mut Conn, id: DeliveryId, now: i64) -> Result<(), StorageError> {
    const SQL: &str =
        "UPDATE local_webhook_delivery SET state = 'waiting', tries = 0, next_at = $2 WHERE id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(id.0).bind(now).execute(c).await.map(drop))
}

/// Sends all dead letters once more.
pub(super) async fn replay_dead(conn: &mut Conn, webhook: WebhookId, now: i64) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE local_webhook_delivery SET state = 'waiting', tries = 0, next_at = $2
        WHERE webhook_id = $1 AND state = 'dead'";
    on_db!(conn, c => sqlx::query(SQL).bind(webhook.0).bind(now).execute(c).await.map(drop))
}

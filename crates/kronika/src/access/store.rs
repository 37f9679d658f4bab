//! Teams and what decides about clients and interactions, in the tables.

use sqlx::AssertSqlSafe;

use super::decide::{ClientAccess, InteractionAccess};
use super::{Covers, Openness, Role, Scope, Sensitivity};
use crate::archive::id::{AccountId, ClientId, InteractionKey, TeamId};
use crate::on_db;
use crate::storage::bulk::placeholders;
use crate::storage::{Conn, StorageError};

/// How many values one IN list carries.
const AT_ONCE: usize = 400;

/// One thing that decides what a person sees.
pub enum Fact {
    Team(TeamId),
    Address(String),
    Grant(Covers),
    /// Some client is not open.
    SomeClosed,
    /// Some interaction is private or restricted.
    SomeGuarded,
}

/// All that decides what an account sees at `now`.
pub async fn facts_of(conn: &mut Conn, account: AccountId, now: i64) -> Result<Vec<Fact>, StorageError> {
    const SQL: &str = "SELECT 'team' AS kind, team_id AS first, CAST(NULL AS BIGINT) AS second, '' AS word
            FROM team_member WHERE account_id = $1
        UNION ALL SELECT 'address', NULL, NULL, address FROM account_address WHERE account_id = $1
        UNION ALL SELECT 'grant', client_id, thread_key, covers FROM access_grant
            WHERE account_id = $1 AND valid_from <= $2 AND (valid_until IS NULL OR valid_until > $2)
            AND ended_at IS NULL
        UNION ALL SELECT * FROM
            (SELECT 'closed', id, CAST(NULL AS BIGINT), '' FROM client WHERE openness <> 'open' LIMIT 1) AS closed
        UNION ALL SELECT * FROM
            (SELECT 'guarded', interaction_key, CAST(NULL AS BIGINT), '' FROM interaction
                WHERE sensitivity <> 'team' LIMIT 1) AS guarded";
    type Row = (String, Option<i64>, Option<i64>, String);
    let rows: Vec<Row> = on_db!(conn, c => sqlx::query_as(SQL).bind(account.0).bind(now).fetch_all(c).await)?;
    rows.into_iter()
        .map(|(kind, first, second, word)| {
            Ok(match kind.as_str() {
                "team" => Fact::Team(TeamId(first.unwrap_or_default())),
                "address" => Fact::Address(word),
                "grant" => Fact::Grant(covers(&word, first, second)?),
                "closed" => Fact::SomeClosed,
                _ => Fact::SomeGuarded,
            })
        })
        .collect()
}

pub(super) fn covers(name: &str, client: Option<i64>, thread: Option<i64>) -> Result<Covers, StorageError> {
    match (name, client, thread) {
        ("everything", _, _) => Ok(Covers::Everything),
        ("client", Some(client), _) => Ok(Covers::Client(ClientId(client))),
        ("thread", _, Some(thread)) => Ok(Covers::Thread(InteractionKey(thread))),
        _ => Err(unknown("grant", name)),
    }
}

fn unknown(what: &str, name: &str) -> StorageError {
    StorageError::Inconsistent(format!("unknown {what} {name:?}"))
}

/// What decides who sees a client; `None` when there is none.
pub async fn client_access(conn: &mut Conn, client: ClientId) -> Result<Option<ClientAccess>, StorageError> {
    const SQL: &str = "SELECT 'client' AS kind, id AS number, openness AS word FROM client WHERE id = $1
        UNION ALL SELECT 'team', team_id, '' FROM client_team WHERE client_id = $1
        UNION ALL SELECT 'person', account_id, '' FROM client_person WHERE client_id = $1";
    let rows: Vec<(String, i64, String)> =
        on_db!(conn, c => sqlx::query_as(SQL).bind(client.0).fetch_all(c).await)?;
    let Some((_, _, openness)) = rows.iter().find(|(kind, _, _)| kind == "client") else {
        return Ok(None);
    };
    let openness = Openness::named(openness).ok_or_else(|| unknown("openness", openness))?;
    let ids = |wanted: &str| {
        let some = rows.iter().filter(move |(kind, _, _)| kind == wanted);
        some.map(|(_, id, _)| *id).collect::<Vec<i64>>()
    };
    Ok(Some(ClientAccess {
        client,
        openness,
        teams: ids("team").into_iter().map(TeamId).collect(),
        people: ids("person").into_iter().map(AccountId).collect(),
    }))
}

/// What decides who sees an interaction; `None` when there is none.
pub async fn interaction_access(
    conn: &mut Conn,
    interaction: InteractionKey,
) -> Result<Option<InteractionAccess>, StorageError> {
    const SQL: &str =
        "SELECT 'interaction' AS kind, thread_key AS number, sensitivity AS word FROM interaction
            WHERE interaction_key = $1
        UNION ALL SELECT 'person', account_id, '' FROM interaction_person WHERE interaction_key = $1
        UNION ALL SELECT 'participant', 0, address FROM participant WHERE interaction_key = $1
        UNION ALL SELECT 'assigned', client_id, '' FROM assignment WHERE interaction_key = $1";
    let rows: Vec<(String, i64, String)> =
        on_db!(conn, c => sqlx::query_as(SQL).bind(interaction.0).fetch_all(c).await)?;
    let (mut found, mut clients) = (None, Vec::new());
    let (mut people, mut participants) = (Vec::new(), Vec::new());
    for (kind, number, word) in rows {
        match kind.as_str() {
            "interaction" => {
                let sensitivity = Sensitivity::named(&word).ok_or_else(|| unknown("sensitivity", &word))?;
                found = Some((InteractionKey(number), sensitivity));
            }
            "person" => people.push(AccountId(number)),
            "participant" => participants.push(word),
            _ => clients.extend(client_access(conn, ClientId(number)).await?),
        }
    }
    Ok(found.map(|(thread, sensitivity)| InteractionAccess {
        interaction,
        thread,
        sensitivity,
        people,
        participants,
        clients,
    }))
}

/// A team with its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    pub id: TeamId,
    pub name: String,
    pub members: Vec<AccountId>,
}

/// All teams, by name.
pub async fn teams(conn: &mut Conn) -> Result<Vec<Team>, StorageError> {
    const TEAMS: &str = "SELECT id, name FROM team ORDER BY name, id";
    const MEMBERS: &str = "SELECT team_id, account_id FROM team_member ORDER BY account_id";
    let teams: Vec<(i64, String)> = on_db!(conn, c => sqlx::query_as(TEAMS).fetch_all(c).await)?;
    let members: Vec<(i64, i64)> = on_db!(conn, c => sqlx::query_as(MEMBERS).fetch_all(c).await)?;
    let of = |team: i64| {
        let theirs = members.iter().filter(|(id, _)| *id == team);
        theirs.map(|(_, account)| AccountId(*account)).collect()
    };
    Ok(teams
        .into_iter()
        .map(|(id, name)| Team {
            id: TeamId(id),
            name,
            members: of(id),
        })
        .collect())
}

/// An account, as far as access is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Someone {
    pub id: AccountId,
    pub name: String,
    pub role: Option<Role>,
    pub addresses: Vec<String>,
}

/// Everyone with an account, by name.
pub async fn people(conn: &mut Conn) -> Result<Vec<Someone>, StorageError> {
    const PEOPLE: &str = "SELECT id, name, role FROM account WHERE removed_at IS NULL ORDER BY name";
    const ADDRESSES: &str = "SELECT account_id, address FROM account_address ORDER BY address";
    let people: Vec<(i64, String, String)> = on_db!(conn, c => sqlx::query_as(PEOPLE).fetch_all(c).await)?;
    let addresses: Vec<(i64, String)> = on_db!(conn, c => sqlx::query_as(ADDRESSES).fetch_all(c).await)?;
    let of = |account: i64| {
        let theirs = addresses.iter().filter(|(id, _)| *id == account);
        theirs.map(|(_, address)| address.clone()).collect()
    };
    Ok(people
        .into_iter()
        .map(|(id, name, role)| Someone {
            id: AccountId(id),
            name,
            role: Role::named(&role),
            addresses: of(id),
        })
        .collect())
}

/// Those of these interactions that are seen, in their order.
pub async fn seen(
    conn: &mut Conn,
    scope: Scope<'_>,
    keys: Vec<InteractionKey>,
) -> Result<Vec<InteractionKey>, StorageError> {
    if scope.is_everything() {
        return Ok(keys);
    }
    let mut seen = std::collections::HashSet::new();
    for some in keys.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT i.interaction_key FROM interaction i WHERE i.interaction_key IN ({}) AND {}",
            placeholders(0, some.len()),
            scope.interactions("i")
        );
        let found: Vec<i64> = on_db!(conn, c => {
            let mut query = sqlx::query_scalar(AssertSqlSafe(sql));
            for key in some {
                query = query.bind(key.0);
            }
            query.fetch_all(c).await
        })?;
        seen.extend(found);
    }
    Ok(keys.into_iter().filter(|key| seen.contains(&key.0)).collect())
}

/// The interactions of a thread, oldest first.
pub async fn thread(conn: &mut Conn, thread: InteractionKey) -> Result<Vec<InteractionKey>, StorageError> {
    const SQL: &str =
        "SELECT interaction_key FROM interaction WHERE thread_key = $1 ORDER BY interaction_key";
    let keys: Vec<i64> = on_db!(conn, c => sqlx::query_scalar(SQL).bind(thread.0).fetch_all(c).await)?;
    Ok(keys.into_iter().map(InteractionKey).collect())
}

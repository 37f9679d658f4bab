//! Makes the tables' rows from acts about access.

use super::{Covers, Openness, Sensitivity};
use crate::archive::id::{AccountId, ClientId, InteractionKey, TeamId};
use crate::interaction::project::{count_again, count_thread_again, uncount};
use crate::journal::act::Act;
use crate::journal::append::Appended;
use crate::on_db;
use crate::storage::bulk::{self, Value};
use crate::storage::{Conn, StorageError};

/// Projects an act about access; other acts are passed over.
pub async fn project(conn: &mut Conn, appended: &Appended) -> Result<(), StorageError> {
    let at = appended.meta.captured_at;
    match &appended.meta.act {
        Act::TeamAdded { team, name } => add_team(conn, *team, name, at).await,
        Act::TeamRenamed { team, name } => {
            const SQL: &str = "UPDATE team SET name = $2 WHERE id = $1";
            let name = name.clone();
            on_db!(conn, c => sqlx::query(SQL).bind(team.0).bind(name).execute(c).await.map(drop))
        }
        Act::TeamRemoved { team } => remove_team(conn, *team).await,
        Act::TeamMembersSet { team, members } => {
            let ids: Vec<i64> = members.iter().map(|account| account.0).collect();
            set(conn, ("team_member", ["team_id", "account_id"]), team.0, &ids).await
        }
        Act::ClientAccessSet {
            client,
            openness,
            teams,
            people,
        } => set_client(conn, *client, *openness, (teams, people)).await,
        Act::SensitivitySet {
            interactions,
            thread,
            sensitivity,
            people,
        } => set_sensitivity(conn, (interactions, *thread), *sensitivity, people).await,
        Act::GrantMade { .. } => make_grant(conn, &appended.meta.act, &appended.meta.by).await,
        Act::GrantEnded { grant } => {
            const SQL: &str = "UPDATE access_grant SET ended_at = $2 WHERE id = $1";
            on_db!(conn, c => sqlx::query(SQL).bind(grant.0).bind(at).execute(c).await.map(drop))
        }
        Act::AccountAddressesSet { account, addresses } => set_addresses(conn, *account, addresses).await,
        _ => Ok(()),
    }
}

async fn add_team(conn: &mut Conn, team: TeamId, name: &str, at: i64) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO team (id, name, added_at) VALUES ($1, $2, $3)";
    let name = name.to_owned();
    on_db!(conn, c => sqlx::query(SQL).bind(team.0).bind(name).bind(at).execute(c).await.map(drop))
}

async fn remove_team(conn: &mut Conn, team: TeamId) -> Result<(), StorageError> {
    const GONE: [&str; 3] = [
        "DELETE FROM team WHERE id = $1",
        "DELETE FROM team_member WHERE team_id = $1",
        "DELETE FROM client_team WHERE team_id = $1",
    ];
    for sql in GONE {
        on_db!(conn, c => sqlx::query(sql).bind(team.0).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// Puts these and only these values beside `of` into a table of pairs.
async fn set(
    conn: &mut Conn,
    (table, columns): (&'static str, [&'static str; 2]),
    of: i64,
    values: &[i64],
) -> Result<(), StorageError> {
    let gone = sqlx::AssertSqlSafe(format!("DELETE FROM {table} WHERE {} = $1", columns[0]));
    on_db!(conn, c => sqlx::query(gone).bind(of).execute(c).await.map(drop))?;
    let rows: Vec<Vec<Value<'_>>> = values
        .iter()
        .map(|value| vec![Value::Int(of), Value::Int(*value)])
        .collect();
    bulk::insert(conn, (table, &columns), &rows, "ON CONFLICT DO NOTHING").await
}

async fn set_client(
    conn: &mut Conn,
    client: ClientId,
    openness: Openness,
    (teams, people): (&[TeamId], &[AccountId]),
) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE client SET openness = $2 WHERE id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(client.0).bind(openness.name()).execute(c).await.map(drop))?;
    let teams: Vec<i64> = teams.iter().map(|team| team.0).collect();
    let people: Vec<i64> = people.iter().map(|account| account.0).collect();
    set(conn, ("client_team", ["client_id", "team_id"]), client.0, &teams).await?;
    set(
        conn,
        ("client_person", ["client_id", "account_id"]),
        client.0,
        &people,
    )
    .await
}

async fn set_sensitivity(
    conn: &mut Conn,
    (interactions, thread): (&[InteractionKey], Option<InteractionKey>),
    sensitivity: Sensitivity,
    people: &[AccountId],
) -> Result<(), StorageError> {
    const SQL: &str =
        "UPDATE interaction SET sensitivity = $2, sensitivity_chosen = 1 WHERE interaction_key = $1";
    const THREAD: &str = "SELECT thread_key FROM interaction WHERE interaction_key = $1";
    let people: Vec<i64> = people.iter().map(|account| account.0).collect();
    let mut threads = Vec::new();
    for key in interactions {
        uncount(conn, *key, None).await?;
        on_db!(conn, c => sqlx::query(SQL).bind(key.0).bind(sensitivity.name()).execute(c).await.map(drop))?;
        count_again(conn, *key).await?;
        set(
            conn,
            ("interaction_person", ["interaction_key", "account_id"]),
            key.0,
            &people,
        )
        .await?;
        let of: Option<i64> =
            on_db!(conn, c => sqlx::query_scalar(THREAD).bind(key.0).fetch_optional(c).await)?;
        threads.extend(of);
    }
    threads.sort_unstable();
    threads.dedup();
    for thread in threads {
        count_thread_again(conn, InteractionKey(thread)).await?;
    }
    match thread {
        Some(thread) => inherit(conn, thread, sensitivity, &people).await,
        None => Ok(()),
    }
}

/// What later messages of a thread inherit from now on.
pub async fn inherit(
    conn: &mut Conn,
    thread: InteractionKey,
    sensitivity: Sensitivity,
    people: &[i64],
) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO thread_sensitivity (thread_key, sensitivity) VALUES ($1, $2)
        ON CONFLICT (thread_key) DO UPDATE SET sensitivity = excluded.sensitivity";
    on_db!(conn, c => sqlx::query(SQL).bind(thread.0).bind(sensitivity.name()).execute(c).await.map(drop))?;
    let target = ("thread_person", ["thread_key", "account_id"]);
    set(conn, target, thread.0, people).await
}

async fn make_grant(conn: &mut Conn, act: &Act, by: &str) -> Result<(), StorageError> {
    let Act::GrantMade {
        grant,
        account,
        covers,
        valid_from,
        valid_until,
    } = act
    else {
        return Ok(());
    };
    let (name, client, thread) = match covers {
        Covers::Everything => ("everything", None, None),
        Covers::Client(client) => ("client", Some(client.0), None),
        Covers::Thread(thread) => ("thread", None, Some(thread.0)),
    };
    let row = vec![
        Value::Int(grant.0),
        Value::Int(account.0),
        Value::Text(name),
        Value::MaybeInt(client),
        Value::MaybeInt(thread),
        Value::Int(*valid_from),
        Value::MaybeInt(*valid_until),
        Value::Text(by),
    ];
    let columns = [
        "id",
        "account_id",
        "covers",
        "client_id",
        "thread_key",
        "valid_from",
        "valid_until",
        "given_by",
    ];
    bulk::insert(conn, ("access_grant", &columns), &[row], "").await
}

async fn set_addresses(
    conn: &mut Conn,
    account: AccountId,
    addresses: &[String],
) -> Result<(), StorageError> {
    const GONE: &str = "DELETE FROM account_address WHERE account_id = $1";
    on_db!(conn, c => sqlx::query(GONE).bind(account.0).execute(c).await.map(drop))?;
    let rows: Vec<Vec<Value<'_>>> = addresses
        .iter()
        .map(|address| vec![Value::Int(account.0), Value::Text(address)])
        .collect();
    let target = ("account_address", ["account_id", "address"].as_slice());
    bulk::insert(conn, target, &rows, "ON CONFLICT DO NOTHING").await
}

//! Makes the tables' rows from acts of assigning.

use super::{Assigned, Why};
use crate::access::Sensitivity;
use crate::archive::id::{ClientId, InteractionKey, RuleId};
use crate::client::AddressKind;
use sqlx::FromRow;

use crate::interaction::project::{
    Assignment, Kind, assign, count_thread_again, insert_changes, settle, uncount,
};
use crate::journal::act::Act;
use crate::journal::append::Appended;
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// Projects assigning, unassigning, ignoring and restoring.
pub async fn project(conn: &mut Conn, appended: &Appended) -> Result<(), StorageError> {
    match &appended.meta.act {
        Act::Assigned { interactions, to } => assign_all(conn, appended, interactions, to).await,
        Act::Unassigned {
            interaction,
            client,
            reason,
        } => unassign(conn, appended, *interaction, (*client, reason)).await,
        Act::Ignored { interaction, reason } => set_ignored(conn, *interaction, Some(reason)).await,
        Act::Restored { interaction } => set_ignored(conn, *interaction, None).await,
        _ => Ok(()),
    }
}

/// Puts interactions with a client, by the act in `appended`.
pub async fn assign_all(
    conn: &mut Conn,
    appended: &Appended,
    interactions: &[InteractionKey],
    to: &Assigned,
) -> Result<(), StorageError> {
    const SEEN_TO: &str = "UPDATE interaction SET ignored_for = NULL WHERE interaction_key = $1";
    let mut found = Vec::with_capacity(interactions.len());
    for interaction in interactions {
        settle(conn, *interaction, true).await?;
        found.push(Standing::of(conn, *interaction).await?);
        on_db!(conn, c => sqlx::query(SEEN_TO).bind(interaction.0).execute(c).await.map(drop))?;
    }
    let assignments: Vec<Assignment<'_>> = found
        .iter()
        .map(|standing| standing.assignment(appended, to))
        .collect();
    assign(conn, &assignments).await
}

/// What the counts of clients and threads need to know of an interaction.
#[derive(FromRow)]
struct Standing {
    interaction_key: i64,
    thread_key: i64,
    channel: String,
    direction: String,
    attachment_count: i64,
    sensitivity: String,
}

impl Standing {
    async fn of(conn: &mut Conn, interaction: InteractionKey) -> Result<Standing, StorageError> {
        const SQL: &str =
            "SELECT interaction_key, thread_key, channel, direction, attachment_count, sensitivity
            FROM interaction WHERE interaction_key = $1";
        on_db!(conn, c => sqlx::query_as(SQL).bind(interaction.0).fetch_one(c).await)
    }

    fn assignment<'a>(&'a self, appended: &'a Appended, assigned: &'a Assigned) -> Assignment<'a> {
        Assignment {
            interaction: InteractionKey(self.interaction_key),
            thread: InteractionKey(self.thread_key),
            kind: Kind {
                channel: &self.channel,
                direction: &self.direction,
                attachments: self.attachment_count > 0,
            },
            assigned,
            record: appended.record,
            by: &appended.meta.by,
            at: appended.meta.captured_at,
            guarded: self.sensitivity != Sensitivity::Team.name(),
        }
    }
}

async fn unassign(
    conn: &mut Conn,
    appended: &Appended,
    interaction: InteractionKey,
    (client, reason): (ClientId, &str),
) -> Result<(), StorageError> {
    const GONE: &str = "DELETE FROM assignment WHERE client_id = $1 AND interaction_key = $2";
    const FEWER: &str =
        "UPDATE interaction SET assigned_count = assigned_count - 1 WHERE interaction_key = $1";
    const LEFT: &str = "SELECT assigned_count FROM interaction WHERE interaction_key = $1";
    uncount(conn, interaction, Some(client)).await?;
    on_db!(conn, c => sqlx::query(GONE).bind(client.0).bind(interaction.0).execute(c).await.map(drop))?;
    on_db!(conn, c => sqlx::query(FEWER).bind(interaction.0).execute(c).await.map(drop))?;
    let left: i64 = on_db!(conn, c => sqlx::query_scalar(LEFT).bind(interaction.0).fetch_one(c).await)?;
    if left == 0 {
        settle(conn, interaction, false).await?;
    }
    let standing = Standing::of(conn, interaction).await?;
    count_thread_again(conn, InteractionKey(standing.thread_key)).await?;
    let assigned = Assigned {
        client,
        why: Why::Person,
        detail: reason.to_owned(),
    };
    let change = [standing.assignment(appended, &assigned)];
    insert_changes(conn, &change, "removed").await
}

async fn set_ignored(
    conn: &mut Conn,
    interaction: InteractionKey,
    reason: Option<&str>,
) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE interaction SET ignored_for = $2 WHERE interaction_key = $1";
    let reason = reason.map(str::to_owned);
    on_db!(conn, c => sqlx::query(SQL).bind(interaction.0).bind(reason).execute(c).await.map(drop))
}

/// Makes an address or domain ours.
pub async fn add_own(conn: &mut Conn, kind: AddressKind, value: &str, at: i64) -> Result<(), StorageError> {
    const SQL: &str =
        "INSERT INTO own_address (kind, value, added_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    let value = value.to_owned();
    on_db!(conn, c => sqlx::query(SQL).bind(kind.name()).bind(value).bind(at).execute(c).await.map(drop))
}

pub async fn remove_own(conn: &mut Conn, kind: AddressKind, value: &str) -> Result<(), StorageError> {
    const SQL: &str = "DELETE FROM own_address WHERE kind = $1 AND value = $2";
    let value = value.to_owned();
    on_db!(conn, c => sqlx::query(SQL).bind(kind.name()).bind(value).execute(c).await.map(drop))
}

/// Adds a rule and assigns what it found waiting.
pub async fn add_rule(conn: &mut Conn, appended: &Appended) -> Result<(), StorageError> {
    let Act::RuleAdded {
        rule,
        field,
        needle,
        client,
        assigned,
    } = &appended.meta.act
    else {
        return Ok(());
    };
    const SQL: &str =
        "INSERT INTO assignment_rule (id, field, needle, client_id, added_at) VALUES ($1, $2, $3, $4, $5)";
    let (text, at) = (needle.clone(), appended.meta.captured_at);
    on_db!(conn, c => sqlx::query(SQL).bind(rule.0).bind(field.name()).bind(text).bind(client.0).bind(at)
        .execute(c).await.map(drop))?;
    let to = Assigned {
        client: *client,
        why: Why::Rule,
        detail: format!("{}: {needle}", field.name()),
    };
    assign_all(conn, appended, assigned, &to).await
}

pub async fn remove_rule(conn: &mut Conn, rule: RuleId) -> Result<(), StorageError> {
    const SQL: &str = "DELETE FROM assignment_rule WHERE id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(rule.0).execute(c).await.map(drop))
}

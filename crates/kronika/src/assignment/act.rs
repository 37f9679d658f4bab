//! Assigning by people: to a client, away from one, aside. Every step is recorded and keeps the history.

use super::book::Rule;
use super::{Assigned, Field, Why, store};
use crate::access::store::{client_access, interaction_access, seen};
use crate::access::{Doer, Scope};
use crate::archive::Archive;
use crate::archive::id::{ClientId, InteractionKey, RecordId, RuleId};
use crate::client::{AddressError, AddressKind};
use crate::journal::act::Act;
use crate::journal::append::AppendError;
use crate::journal::perform::conclude;
use crate::journal::store::{delete_wrap, insert_wraps, wraps};
use crate::on_db;
use crate::secrecy::{INBOX_KEY, KeyringError};
use crate::storage::{Conn, StorageError};

#[derive(Debug, thiserror::Error)]
pub enum AssignError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Append(#[from] AppendError),
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    #[error(transparent)]
    Address(#[from] AddressError),
    #[error("interaction {0} does not exist")]
    NoInteraction(InteractionKey),
    #[error("client {0} does not exist")]
    NoClient(ClientId),
    #[error("a rule needs some text to look for")]
    EmptyRule,
}

/// Puts an interaction with a client, and with it what still waits of its thread and the person sees.
pub async fn assign<'a>(
    archive: &Archive,
    interaction: InteractionKey,
    (client, reason): (ClientId, &str),
    by: impl Into<Doer<'a>>,
) -> Result<(), AssignError> {
    let by = by.into();
    let mut tx = archive.db.begin_recording().await?;
    require_interaction(&mut tx, interaction, by.scope).await?;
    require_client(&mut tx, client, by.scope).await?;
    let waiting = store::waiting_in_thread_of(&mut tx, interaction).await?;
    let waiting = seen(&mut tx, by.scope, waiting).await?;
    let interactions = without_those_of(&mut tx, waiting, client).await?;
    if interactions.is_empty() {
        return Ok(tx.give_up().await?);
    }
    give_keys(archive, &mut tx, &interactions, client).await?;
    let to = Assigned {
        client,
        why: Why::Person,
        detail: reason.to_owned(),
    };
    conclude(archive, tx, Act::Assigned { interactions, to }, by.name).await?;
    Ok(())
}

/// Takes an interaction away from a client.
pub async fn unassign<'a>(
    archive: &Archive,
    interaction: InteractionKey,
    (client, reason): (ClientId, &str),
    by: impl Into<Doer<'a>>,
) -> Result<(), AssignError> {
    let by = by.into();
    let mut tx = archive.db.begin_recording().await?;
    if !by.scope.is_everything() {
        require_interaction(&mut tx, interaction, by.scope).await?;
        require_client(&mut tx, client, by.scope).await?;
    }
    let others = without_those_of(&mut tx, vec![interaction], client).await?;
    if !others.is_empty() {
        return Ok(tx.give_up().await?);
    }
    let act = Act::Unassigned {
        interaction,
        client,
        reason: reason.to_owned(),
    };
    take_key(archive, &mut tx, interaction, client).await?;
    conclude(archive, tx, act, by.name).await?;
    Ok(())
}

/// Puts an interaction aside: it leaves the inbox without belonging to a client.
pub async fn ignore<'a>(
    archive: &Archive,
    interaction: InteractionKey,
    reason: &str,
    by: impl Into<Doer<'a>>,
) -> Result<(), AssignError> {
    let act = Act::Ignored {
        interaction,
        reason: reason.to_owned(),
    };
    on_interaction(archive, interaction, act, by.into()).await
}

/// Brings an ignored interaction back into the inbox.
pub async fn restore<'a>(
    archive: &Archive,
    interaction: InteractionKey,
    by: impl Into<Doer<'a>>,
) -> Result<(), AssignError> {
    on_interaction(archive, interaction, Act::Restored { interaction }, by.into()).await
}

async fn on_interaction(
    archive: &Archive,
    interaction: InteractionKey,
    act: Act,
    by: Doer<'_>,
) -> Result<(), AssignError> {
    let mut tx = archive.db.begin_recording().await?;
    require_interaction(&mut tx, interaction, by.scope).await?;
    conclude(archive, tx, act, by.name).await?;
    Ok(())
}

/// Makes an address or domain our own; it decides the direction of what is recorded from now on.
pub async fn add_own(archive: &Archive, kind: AddressKind, text: &str, by: &str) -> Result<(), AssignError> {
    let value = kind.read(text)?;
    let tx = archive.db.begin_recording().await?;
    conclude(archive, tx, Act::OwnAddressAdded { kind, value }, by).await?;
    Ok(())
}

pub async fn remove_own(
    archive: &Archive,
    kind: AddressKind,
    value: &str,
    by: &str,
) -> Result<(), AssignError> {
    let tx = archive.db.begin_recording().await?;
    conclude(
        archive,
        tx,
        Act::OwnAddressRemoved {
            kind,
            value: value.to_owned(),
        },
        by,
    )
    .await?;
    Ok(())
}

/// Adds a rule and lets it look through the inbox, as far as the person sees it.
pub async fn add_rule<'a>(
    archive: &Archive,
    (field, text): (Field, &str),
    client: ClientId,
    by: impl Into<Doer<'a>>,
) -> Result<RuleId, AssignError> {
    let by = by.into();
    let needle = kronika_lexicon::fold(text.trim());
    if needle.is_empty() {
        return Err(AssignError::EmptyRule);
    }
    let rule = RuleId(archive.ids.next(archive.clock.now()));
    let mut tx = archive.db.begin_recording().await?;
    require_client(&mut tx, client, by.scope).await?;
    let described = Rule {
        id: rule,
        field,
        needle: needle.clone(),
        client,
    };
    let assigned = super::rule::waiting(&mut tx, &described).await?;
    let assigned = seen(&mut tx, by.scope, assigned).await?;
    give_keys(archive, &mut tx, &assigned, client).await?;
    conclude(
        archive,
        tx,
        Act::RuleAdded {
            rule,
            field,
            needle,
            client,
            assigned,
        },
        by.name,
    )
    .await?;
    Ok(rule)
}

/// Removes a rule; one whose client the person does not see is left alone.
pub async fn remove_rule<'a>(
    archive: &Archive,
    rule: RuleId,
    by: impl Into<Doer<'a>>,
) -> Result<(), AssignError> {
    let by = by.into();
    let mut tx = archive.db.begin_recording().await?;
    let rules = store::rules(&mut tx).await?;
    if let Some(known) = rules.iter().find(|known| known.id == rule) {
        require_client(&mut tx, known.client, by.scope).await?;
    }
    conclude(archive, tx, Act::RuleRemoved { rule }, by.name).await?;
    Ok(())
}

/// Refuses what does not exist and what is not seen, alike.
async fn require_interaction(
    conn: &mut Conn,
    key: InteractionKey,
    scope: Scope<'_>,
) -> Result<(), AssignError> {
    let found = interaction_access(conn, key).await?;
    let seen = found.filter(|facts| scope.sees_interaction(facts));
    seen.map(drop).ok_or(AssignError::NoInteraction(key))
}

async fn require_client(conn: &mut Conn, client: ClientId, scope: Scope<'_>) -> Result<(), AssignError> {
    let found = client_access(conn, client).await?;
    let seen = found.filter(|facts| scope.sees_client(facts));
    seen.map(drop).ok_or(AssignError::NoClient(client))
}

async fn without_those_of(
    conn: &mut Conn,
    interactions: Vec<InteractionKey>,
    client: ClientId,
) -> Result<Vec<InteractionKey>, StorageError> {
    const SQL: &str = "SELECT interaction_key FROM assignment WHERE client_id = $1 AND interaction_key = $2";
    let mut others = Vec::with_capacity(interactions.len());
    for key in interactions {
        let there: Option<i64> =
            on_db!(conn, c => sqlx::query_scalar(SQL).bind(client.0).bind(key.0).fetch_optional(c).await)?;
        if there.is_none() {
            others.push(key);
        }
    }
    Ok(others)
}

/// Everything stored of an interaction: its record, its original, copies seen elsewhere.
async fn records_of(conn: &mut Conn, key: InteractionKey) -> Result<Vec<RecordId>, StorageError> {
    const SQL: &str = "SELECT record_id FROM interaction WHERE interaction_key = $1
        UNION SELECT original_record FROM interaction WHERE interaction_key = $1
        UNION SELECT record_id FROM sighting WHERE interaction_key = $1";
    let rows: Vec<i64> = on_db!(conn, c => sqlx::query_scalar(SQL).bind(key.0).fetch_all(c).await)?;
    Ok(rows.into_iter().map(RecordId).collect())
}

/// Lets a client's key open these interactions; what belonged to nobody no longer opens with the common key.
pub async fn give_keys(
    archive: &Archive,
    conn: &mut Conn,
    interactions: &[InteractionKey],
    client: ClientId,
) -> Result<(), AssignError> {
    for interaction in interactions {
        for record in records_of(conn, *interaction).await? {
            let key = archive.keyring.unwrap(&wraps(conn, record).await?).await?;
            let wrapped = archive.keyring.wrap(&key, client.0).await?;
            insert_wraps(conn, &[(record.0, client.0, wrapped)]).await?;
            delete_wrap(conn, record, INBOX_KEY).await?;
        }
    }
    Ok(())
}

/// Takes a client's key off an interaction; what belongs to nobody then opens with the common key.
async fn take_key(
    archive: &Archive,
    conn: &mut Conn,
    interaction: InteractionKey,
    client: ClientId,
) -> Result<(), AssignError> {
    for record in records_of(conn, interaction).await? {
        let present = wraps(conn, record).await?;
        if present.iter().all(|(kek, _)| *kek == client.0) {
            let key = archive.keyring.unwrap(&present).await?;
            let wrapped = archive.keyring.wrap(&key, INBOX_KEY).await?;
            insert_wraps(conn, &[(record.0, INBOX_KEY, wrapped)]).await?;
        }
        delete_wrap(conn, record, client.0).await?;
    }
    Ok(())
}

//! Adding and changing clients and what points at them.

use super::store::Client;
use super::{AddressError, AddressKind, ClientFacts};
use crate::access::Doer;
use crate::access::store::seen;
use crate::archive::Archive;
use crate::archive::id::ClientId;
use crate::assignment::act::{AssignError, give_keys};
use crate::assignment::store::waiting_for;
use crate::journal::act::Act;
use crate::journal::append::AppendError;
use crate::journal::perform::conclude;
use crate::secrecy::KeyringError;
use crate::storage::StorageError;

#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    #[error("a client needs a name")]
    NoName,
    #[error("client {0} does not exist")]
    Absent(ClientId),
    #[error(transparent)]
    Address(#[from] AddressError),
    #[error("{0} is our own address; it cannot point at a client")]
    OwnAddress(String),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Append(#[from] AppendError),
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    #[error(transparent)]
    Assign(#[from] AssignError),
}

/// Adds a client, with a key of its own.
pub async fn add(archive: &Archive, facts: ClientFacts, by: &str) -> Result<ClientId, ClientError> {
    let facts = tidy(facts)?;
    let now = archive.clock.now();
    let client = ClientId(archive.ids.next(now));
    // The key first: a key without a client does no harm, a client without a key could not be recorded for.
    archive.keyring.ensure(client.0, now).await?;
    let tx = archive.db.begin_recording().await?;
    conclude(archive, tx, Act::ClientAdded { client, facts }, by).await?;
    Ok(client)
}

pub async fn change(
    archive: &Archive,
    client: ClientId,
    facts: ClientFacts,
    by: &str,
) -> Result<(), ClientError> {
    let facts = tidy(facts)?;
    let mut tx = archive.db.begin_recording().await?;
    super::store::find(&mut tx, client)
        .await?
        .ok_or(ClientError::Absent(client))?;
    conclude(archive, tx, Act::ClientChanged { client, facts }, by).await?;
    Ok(())
}

/// Changes a client to what `edit` makes of what is known now; nothing when that is nothing.
pub async fn amend(
    archive: &Archive,
    client: ClientId,
    by: &str,
    edit: impl FnOnce(&Client) -> Option<ClientFacts>,
) -> Result<Option<()>, ClientError> {
    let mut tx = archive.db.begin_recording().await?;
    let now = super::store::find(&mut tx, client).await?;
    let now = now.ok_or(ClientError::Absent(client))?;
    let Some(facts) = edit(&now) else {
        tx.give_up().await?;
        return Ok(None);
    };
    let facts = tidy(facts)?;
    if facts == now.facts {
        tx.give_up().await?;
        return Ok(Some(()));
    }
    conclude(archive, tx, Act::ClientChanged { client, facts }, by).await?;
    Ok(Some(()))
}

/// An address or domain as a person gives it.
pub struct NewAddress<'a> {
    pub kind: AddressKind,
    pub value: &'a str,
    pub name: &'a str,
    pub role: &'a str,
}

/// Lets an address or domain point at a client, and brings what waited for it and the person sees: whose mailbox the
/// rest is decides about it themselves. Returns how much that was.
pub async fn add_address<'a>(
    archive: &Archive,
    client: ClientId,
    address: NewAddress<'_>,
    by: impl Into<Doer<'a>>,
) -> Result<usize, ClientError> {
    let by = by.into();
    let kind = address.kind;
    let value = kind.read(address.value)?;
    let mut tx = archive.db.begin_recording().await?;
    super::store::find(&mut tx, client)
        .await?
        .ok_or(ClientError::Absent(client))?;
    let own = crate::assignment::store::own(&mut tx).await?;
    if own.has(&value) || own.has_domain(&value) {
        return Err(ClientError::OwnAddress(value));
    }
    if super::store::has_address(&mut tx, client, kind, &value).await? {
        tx.give_up().await?;
        return Ok(0);
    }
    let assigned = waiting_for(&mut tx, kind, &value, &own).await?;
    let assigned = seen(&mut tx, by.scope, assigned).await?;
    let found = assigned.len();
    give_keys(archive, &mut tx, &assigned, client).await?;
    let (name, role) = (address.name.trim().to_owned(), address.role.trim().to_owned());
    conclude(
        archive,
        tx,
        Act::AddressAdded {
            client,
            kind,
            value,
            name,
            role,
            assigned,
        },
        by.name,
    )
    .await?;
    Ok(found)
}

/// An address no longer points at a client. What was assigned by it stays.
pub async fn remove_address(
    archive: &Archive,
    client: ClientId,
    (kind, value): (AddressKind, &str),
    by: &str,
) -> Result<(), ClientError> {
    let mut tx = archive.db.begin_recording().await?;
    if super::store::has_address(&mut tx, client, kind, value).await? {
        let act = Act::AddressRemoved {
            client,
            kind,
            value: value.to_owned(),
        };
        conclude(archive, tx, act, by).await?;
    }
    Ok(())
}

fn tidy(facts: ClientFacts) -> Result<ClientFacts, ClientError> {
    let name = facts.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(ClientError::NoName);
    }
    let language = match facts.language.as_str() {
        known @ ("pl" | "sk" | "ru" | "en") => known.to_owned(),
        _ => "en".to_owned(),
    };
    Ok(ClientFacts {
        name,
        language,
        city: facts.city.trim().to_owned(),
        tax_id: facts.tax_id.trim().to_owned(),
    })
}

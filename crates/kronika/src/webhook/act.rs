//! What a person can do to webhooks.

use super::delivery::{self, Asked, Delivery, State};
use super::event::{Event, EventKind};
use super::sign::{OVERLAP, Secret};
use super::{LONGEST_NAME, LONGEST_URL, MOST, PausedFor, Webhook, WebhookChange, store};
use crate::access::{Person, Scope};
use crate::archive::Archive;
use crate::archive::id::{DeliveryId, RecordId, WebhookId};
use crate::journal::act::Act;
use crate::journal::append::AppendError;
use crate::journal::perform::{conclude, perform};
use crate::outgoing::{Outgoing, OutgoingError};
use crate::storage::{Conn, StorageError};

#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    #[error("a webhook needs a name of at most 60 characters that says who is told")]
    Name,
    #[error("choose at least one kind of event")]
    NoEvent,
    #[error("there are 30 webhooks already; remove one first")]
    TooMany,
    #[error("{0}")]
    Address(OutgoingError),
    #[error("there is no such webhook")]
    Absent,
    #[error("there is no such delivery")]
    NoDelivery,
    #[error(
        "the webhook tells what somebody else sees, so only they can do that; pause or remove it instead"
    )]
    NotYours,
    #[error("it was changed meanwhile")]
    Changed,
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Append(#[from] AppendError),
}

/// What a person says of a webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub name: String,
    pub url: String,
    pub events: Vec<EventKind>,
}

impl Wanted {
    /// As it is kept, if it can be. The address is looked up.
    async fn checked(self, outgoing: &Outgoing) -> Result<Wanted, WebhookError> {
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || name.chars().count() > LONGEST_NAME || name.contains('\0') {
            return Err(WebhookError::Name);
        }
        let mut events = self.events;
        events.retain(|kind| EventKind::ALL.contains(kind));
        events.sort_unstable();
        events.dedup();
        if events.is_empty() {
            return Err(WebhookError::NoEvent);
        }
        if self.url.len() > LONGEST_URL {
            return Err(WebhookError::Address(OutgoingError::Malformed));
        }
        let url = outgoing
            .check(self.url.trim())
            .await
            .map_err(WebhookError::Address)?;
        Ok(Wanted {
            name,
            url: url.to_string(),
            events,
        })
    }
}

/// Makes a webhook, and gives its secret: it is never shown again.
pub async fn make(
    archive: &Archive,
    outgoing: &Outgoing,
    wanted: Wanted,
    person: &Person,
) -> Result<(WebhookId, Secret), WebhookError> {
    let Wanted { name, url, events } = wanted.checked(outgoing).await?;
    let mut tx = archive.db.begin_recording().await?;
    if store::list(&mut tx).await?.len() >= MOST {
        tx.give_up().await?;
        return Err(WebhookError::TooMany);
    }
    let webhook = WebhookId(archive.ids.next(archive.clock.now()));
    let secret = Secret::fresh();
    store::begin(&mut tx, webhook, secret.sealed(archive, webhook)).await?;
    let change = WebhookChange::Made {
        account: person.account,
        name,
        url,
        events,
    };
    conclude(archive, tx, Act::Webhook { webhook, change }, &person.name).await?;
    Ok((webhook, secret))
}

/// Changes what a webhook is told, and where. `amend` is given it as it is now, and says what it shall be, or `None`
/// when it is not what it was. Nothing is recorded when nothing changes.
pub async fn change(
    archive: &Archive,
    outgoing: &Outgoing,
    webhook: WebhookId,
    person: &Person,
    amend: impl FnOnce(&Webhook) -> Option<Wanted>,
) -> Result<(), WebhookError> {
    let known = yours(&mut archive.db.read().await?, webhook, person).await?;
    let wanted = amend(&known).ok_or(WebhookError::Changed)?;
    let Wanted { name, url, events } = wanted.checked(outgoing).await?;
    if (&name, &url, &events) == (&known.name, &known.url, &known.events) {
        return Ok(());
    }
    let mut tx = archive.db.begin_recording().await?;
    if yours(&mut tx, webhook, person).await? != known {
        tx.give_up().await?;
        return Err(WebhookError::Changed);
    }
    let change = WebhookChange::Changed { name, url, events };
    conclude(archive, tx, Act::Webhook { webhook, change }, &person.name).await?;
    Ok(())
}

async fn require(conn: &mut Conn, webhook: WebhookId) -> Result<Webhook, WebhookError> {
    store::find(conn, webhook).await?.ok_or(WebhookError::Absent)
}

/// A webhook of this person.
pub async fn yours(conn: &mut Conn, webhook: WebhookId, person: &Person) -> Result<Webhook, WebhookError> {
    let known = require(conn, webhook).await?;
    match known.account == person.account {
        true => Ok(known),
        false => Err(WebhookError::NotYours),
    }
}

/// Stops a webhook until it is resumed. What happens meanwhile is told then.
pub async fn pause(
    archive: &Archive,
    webhook: WebhookId,
    why: PausedFor,
    by: &str,
) -> Result<(), WebhookError> {
    let mut tx = archive.db.begin_recording().await?;
    if require(&mut tx, webhook).await?.paused.is_some() {
        return Ok(tx.give_up().await?);
    }
    let change = WebhookChange::Paused { why };
    conclude(archive, tx, Act::Webhook { webhook, change }, by).await?;
    Ok(())
}

pub async fn resume(archive: &Archive, webhook: WebhookId, person: &Person) -> Result<(), WebhookError> {
    let mut tx = archive.db.begin_recording().await?;
    if yours(&mut tx, webhook, person).await?.paused.is_none() {
        return Ok(tx.give_up().await?);
    }
    let change = WebhookChange::Resumed;
    conclude(archive, tx, Act::Webhook { webhook, change }, &person.name).await?;
    Ok(())
}

/// Gives a webhook a new secret. The one before signs beside it for a day.
pub async fn rotate(archive: &Archive, webhook: WebhookId, person: &Person) -> Result<Secret, WebhookError> {
    let mut tx = archive.db.begin_recording().await?;
    yours(&mut tx, webhook, person).await?;
    let secret = Secret::fresh();
    let until = archive.clock.now() + OVERLAP;
    store::rotate(&mut tx, webhook, secret.sealed(archive, webhook), until).await?;
    let change = WebhookChange::SecretRotated;
    conclude(archive, tx, Act::Webhook { webhook, change }, &person.name).await?;
    Ok(secret)
}

/// Removes a webhook with all that waits for it.
pub async fn remove(archive: &Archive, webhook: WebhookId, by: &str) -> Result<(), WebhookError> {
    let mut tx = archive.db.begin_recording().await?;
    require(&mut tx, webhook).await?;
    let change = WebhookChange::Removed;
    perform(archive, &mut tx, Act::Webhook { webhook, change }, by).await?;
    store::forget(&mut tx, webhook).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(())
}

/// Tells a webhook that it is being tried.
pub async fn test(
    archive: &Archive,
    webhook: WebhookId,
    person: &Person,
) -> Result<DeliveryId, WebhookError> {
    let now = archive.clock.now();
    let mut tx = archive.db.begin().await?;
    yours(&mut tx, webhook, person).await?;
    let delivery = Delivery {
        id: DeliveryId(archive.ids.next(now)),
        webhook,
        event: Event {
            kind: EventKind::Test,
            interaction: None,
            client: None,
        },
        // There is no such record; what counts is that the id is nobody else's.
        record: RecordId(archive.ids.next(now)),
        number: 0,
        position: None,
        happened_at: now,
        state: State::Waiting,
        tries: 0,
        next_at: now,
        tried_at: None,
        status: None,
        reason: None,
    };
    delivery::insert(&mut tx, std::slice::from_ref(&delivery)).await?;
    tx.commit().await?;
    Ok(delivery.id)
}

/// Sends one delivery once more, with all its tries before it.
pub async fn replay(
    archive: &Archive,
    (webhook, id): (WebhookId, DeliveryId),
    person: &Person,
) -> Result<(), WebhookError> {
    let mut tx = archive.db.begin().await?;
    yours(&mut tx, webhook, person).await?;
    let this = Asked {
        id: Some(id),
        ..Asked::default()
    };
    let seen = delivery::list(&mut tx, Scope::of(person).later(), webhook, (this, 1)).await?;
    if seen.is_empty() {
        return Err(WebhookError::NoDelivery);
    }
    delivery::replay(&mut tx, id, archive.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Sends all dead letters of a webhook once more.
pub async fn replay_dead(archive: &Archive, webhook: WebhookId, person: &Person) -> Result<(), WebhookError> {
    let mut tx = archive.db.begin().await?;
    yours(&mut tx, webhook, person).await?;
    delivery::replay_dead(&mut tx, webhook, archive.clock.now()).await?;
    Ok(tx.commit().await?)
}

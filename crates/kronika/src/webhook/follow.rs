//! Reads the journal on, and puts into the queue what there is to tell.

use super::delivery::{self, Delivery, State};
use super::event::events_of;
use super::{Webhook, store};
use crate::access::{Person, Scope};
use crate::archive::Archive;
use crate::archive::id::DeliveryId;
use crate::journal::load::{self, Entry, LoadError};
use crate::storage::Conn;

/// Entries that are read in one go.
const AT_ONCE: i64 = 200;

/// A webhook that listens, and how far it has come.
struct Listener {
    webhook: Webhook,
    person: Person,
    position: i64,
}

/// Reads some entries for every webhook that has not; whether there may be more. What was read and what is to be told
/// of it are durable together.
pub(super) async fn follow(archive: &Archive) -> Result<bool, LoadError> {
    let mut listeners = listeners(archive, &mut archive.db.read().await?).await?;
    listeners.sort_by_key(|listener| listener.position);
    let mut more = false;
    // Whoever was paused for long and has much to read keeps nobody else waiting.
    for abreast in listeners.chunk_by(|one, other| one.position == other.position) {
        more |= follow_together(archive, abreast).await?;
    }
    Ok(more)
}

/// The same for webhooks that have come equally far.
async fn follow_together(archive: &Archive, listeners: &[Listener]) -> Result<bool, LoadError> {
    let Some(first) = listeners.first().map(|listener| listener.position) else {
        return Ok(false);
    };
    let mut conn = archive.db.read().await?;
    let entries = load::entries(archive, &mut conn, first, AT_ONCE).await?;
    let Some(last) = entries.last().map(|entry| entry.position) else {
        return Ok(false);
    };
    let mut told = Vec::new();
    for listener in listeners {
        told.extend(to_tell(archive, &mut conn, listener, &entries).await?);
    }
    drop(conn);
    let mut tx = archive.db.begin().await?;
    delivery::insert(&mut tx, &told).await?;
    for listener in listeners {
        store::advance(&mut tx, listener.webhook.id, last + 1).await?;
    }
    tx.commit().await?;
    Ok(entries.len() as i64 == AT_ONCE)
}

async fn listeners(archive: &Archive, conn: &mut Conn) -> Result<Vec<Listener>, LoadError> {
    let mut listeners = Vec::new();
    for webhook in store::going_on(conn).await? {
        let person = store::person(conn, &webhook, archive.clock.now()).await?;
        let position = store::position(conn, webhook.id).await?;
        if let (Some(person), Some(position)) = (person, position) {
            listeners.push(Listener {
                webhook,
                person,
                position,
            });
        }
    }
    Ok(listeners)
}

/// What of these entries a webhook wants and may be told. It is asked again when it is told.
async fn to_tell(
    archive: &Archive,
    conn: &mut Conn,
    listener: &Listener,
    entries: &[Entry],
) -> Result<Vec<Delivery>, LoadError> {
    let scope = Scope::of(&listener.person).later();
    let mut told = Vec::new();
    for entry in entries {
        let Some(meta) = &entry.meta else { continue };
        for (number, event) in (0..).zip(events_of(&meta.act)) {
            if !listener.webhook.events.contains(&event.kind) || !event.is_seen(conn, scope).await? {
                continue;
            }
            let now = archive.clock.now();
            told.push(Delivery {
                id: DeliveryId(archive.ids.next(now)),
                webhook: listener.webhook.id,
                event,
                record: entry.record,
                number,
                position: Some(entry.position),
                happened_at: meta.captured_at,
                state: State::Waiting,
                tries: 0,
                next_at: now,
                tried_at: None,
                status: None,
                reason: None,
            });
        }
    }
    Ok(told)
}

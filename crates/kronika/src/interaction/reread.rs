//! Reading an unreadable original again, as after an upgrade with a better reader.

use super::prepare;
use super::project::{Projected, captured};
use super::read::whole;
use super::record::{Place, recorded, wanted_key};
use super::store;
use crate::access::Scope;
use crate::archive::Archive;
use crate::archive::id::InteractionKey;
use crate::assignment;
use crate::assignment::Assigned;
use crate::assignment::act::{AssignError, give_keys};
use crate::journal::act::Act;
use crate::journal::append::{AppendError, Appender, Draft};
use crate::journal::load::LoadError;
use crate::storage::StorageError;

#[derive(Debug, thiserror::Error)]
pub enum RereadError {
    #[error("interaction {0} does not exist")]
    Absent(InteractionKey),
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Append(#[from] AppendError),
    #[error(transparent)]
    Assign(#[from] AssignError),
}

/// Reads it again. Gives the interaction's key, which is a new one if it could now be read; what was recorded first
/// stays in the journal.
pub async fn reread(archive: &Archive, key: InteractionKey, by: &str) -> Result<InteractionKey, RereadError> {
    let mut tx = archive.db.begin().await?;
    let old = whole(archive, &mut tx, key)
        .await?
        .ok_or(RereadError::Absent(key))?;
    let reading = prepare::read(&old.original);
    if old.recorded.unreadable.is_none() || reading.facts.unreadable.is_some() {
        return Ok(key);
    }
    let facts = &reading.facts;
    let mut fresh = wanted_key(facts, old.meta.captured_at);
    while store::taken(&mut tx, &[fresh]).await?.contains(&fresh) {
        fresh = fresh.following();
    }
    let book = assignment::store::book(&mut tx, facts.participants.iter(), &[]).await?;
    let mut assigned = book.decide(&facts.subject, &facts.participants, None);
    // What a person decided while it could not be read still holds.
    for shown in assignment::store::of_interaction(&mut tx, Scope::everything(), key).await? {
        if assigned.iter().all(|known| known.client != shown.client) {
            assigned.push(Assigned {
                client: shown.client,
                why: shown.why,
                detail: shown.detail,
            });
        }
    }
    let place = Place {
        key: fresh,
        thread: fresh,
        joins: Vec::new(),
        assigned,
    };
    let recorded = Box::new(recorded(facts, old.recorded.source, place, &book));
    let clients: Vec<_> = recorded.assigned.iter().map(|assigned| assigned.client).collect();

    let mut appender = Appender::begin(archive, &mut tx, &clients).await?;
    let act = Act::Reread {
        replaces: key,
        original: old.original_record,
        recorded,
    };
    let appended = appender.append(Draft::of(act, by, archive.clock.now())).await?;
    appender.finish().await?;
    captured(
        &mut tx,
        &[Projected {
            appended: &appended,
            words: Some(&reading.words),
        }],
    )
    .await?;
    for client in clients {
        give_keys(archive, &mut tx, &[fresh], client).await?;
    }
    tx.commit().await?;
    archive.sealer.wake();
    Ok(fresh)
}

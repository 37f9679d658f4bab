//! Reading an unreadable original again, as after an upgrade with a better reader.

use super::desk::Desk;
use super::prepare::{Incoming, prepare};
use super::project::{Projected, captured};
use super::read::whole;
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
    #[error("it can be read now, and is the same message as interaction {0}; this one can be ignored")]
    Known(InteractionKey),
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
    let mut tx = archive.db.begin_recording().await?;
    let old = whole(archive, &mut tx, key)
        .await?
        .ok_or(RereadError::Absent(key))?;
    let incoming = Incoming {
        source: old.recorded.source.clone(),
        captured_at: old.meta.captured_at,
        bytes: old.original,
    };
    let prepared = prepare(&archive.config.origin, incoming);
    if old.recorded.unreadable.is_none() || prepared.facts.unreadable.is_some() {
        tx.give_up().await?;
        return Ok(key);
    }
    let mut desk = Desk::open(&mut tx, std::slice::from_ref(&prepared)).await?;
    if let Some(known) = desk.known(&prepared) {
        return Err(RereadError::Known(known));
    }
    let mut recorded = desk.interaction(&mut tx, &prepared).await?;
    // What a person decided while it could not be read still holds.
    for shown in assignment::store::of_interaction(&mut tx, Scope::everything(), key).await? {
        if recorded.assigned.iter().all(|known| known.client != shown.client) {
            recorded.assigned.push(Assigned {
                client: shown.client,
                why: shown.why,
                detail: shown.detail,
            });
        }
    }
    let (fresh, recorded) = (recorded.interaction, Box::new(recorded));
    let clients: Vec<_> = recorded.assigned.iter().map(|assigned| assigned.client).collect();

    let mut appender = Appender::begin(archive, &mut tx, &clients).await?;
    let act = Act::Reread {
        replaces: key,
        original: old.original_record,
        recorded,
    };
    let appended = appender.append(Draft::of(act, by, archive.clock.now())).await?;
    appender.finish().await?;
    let projected = Projected {
        appended: &appended,
        words: Some(&prepared.words),
    };
    captured(&mut tx, &[projected]).await?;
    for client in clients {
        give_keys(archive, &mut tx, &[fresh], client).await?;
    }
    tx.commit().await?;
    archive.sealer.wake();
    Ok(fresh)
}

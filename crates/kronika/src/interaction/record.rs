//! Recording: what was captured becomes part of the archive, in one transaction.

use std::collections::{HashMap, HashSet};

use super::Recorded;
use super::desk::{Decision, Desk};
use super::prepare::Prepared;
use super::project::{self, Projected};
use super::store;
use crate::archive::Archive;
use crate::archive::id::{ClientId, InteractionKey};
use crate::assignment::act::{AssignError, give_keys};
use crate::assignment::{self, Assigned, Why};
use crate::journal::act::Act;
use crate::journal::append::{AppendError, Appended, Appender, Draft};
use crate::journal::perform::perform;
use crate::search::index::Words;
use crate::storage::{Conn, StorageError, crash_point};

#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Append(#[from] AppendError),
    #[error(transparent)]
    Assign(#[from] AssignError),
}

/// What became of one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Recorded(InteractionKey),
    /// Recorded as it is, because it could not be read.
    Unreadable(InteractionKey),
    /// Its content was known; that it was seen here too is now recorded.
    SeenAgain(InteractionKey),
    /// This very source was known; nothing changed.
    Already(InteractionKey),
}

/// Records messages, in their order. All are durable once this returns; none is recorded if it fails.
pub async fn record(archive: &Archive, mut batch: Vec<Prepared>) -> Result<Vec<Outcome>, RecordError> {
    store_large(archive, &mut batch).await?;
    crash_point("stored");
    let mut tx = archive.db.begin_recording().await?;
    crash_point("begun");
    let mut desk = Desk::open(&mut tx, &batch).await?;
    let (decisions, outcomes) = desk.decide(&mut tx, batch).await?;
    write(archive, &mut tx, decisions).await?;
    crash_point("written");
    tx.commit().await?;
    crash_point("committed");
    archive.sealer.wake();
    Ok(outcomes)
}

/// Puts large originals where they belong, so that the transaction need not wait for it. What is known already is
/// passed over: nothing would ever refer to the object.
async fn store_large(archive: &Archive, batch: &mut [Prepared]) -> Result<(), StorageError> {
    let large: Vec<&mut Prepared> = batch
        .iter_mut()
        .filter(|prepared| prepared.original.is_large())
        .collect();
    if large.is_empty() {
        return Ok(());
    }
    let contents: Vec<[u8; 32]> = large.iter().map(|prepared| prepared.facts.content_id).collect();
    let known = store::contents(&mut archive.db.read().await?, &contents).await?;
    let mut stored: HashSet<[u8; 32]> = known.into_values().map(|content| content.digest).collect();
    for prepared in large {
        if stored.insert(prepared.facts.digest) {
            prepared.original.store(archive).await?;
        }
    }
    Ok(())
}

async fn write(archive: &Archive, conn: &mut Conn, decisions: Vec<Decision>) -> Result<(), RecordError> {
    let belongs = belonging(conn, &decisions).await?;
    let arrived = arrived_with_clients(&decisions);
    let clients: Vec<ClientId> = belongs.values().flatten().copied().collect();
    let mut appended: Vec<(Appended, Option<Words>)> = Vec::with_capacity(decisions.len());
    let mut appender = Appender::begin(archive, conn, &clients).await?;
    for decision in decisions {
        let readers = belongs.get(&decision.interaction()).cloned().unwrap_or_default();
        let (act, words, prepared) = match decision {
            Decision::New {
                recorded,
                mut prepared,
            } => (
                Act::Interaction(recorded),
                Some(std::mem::take(&mut prepared.words)),
                prepared,
            ),
            Decision::Sighting {
                interaction,
                same_bytes,
                prepared,
            } => {
                let source = prepared.source.clone();
                (
                    Act::Sighted {
                        interaction,
                        source,
                        same_bytes,
                    },
                    None,
                    prepared,
                )
            }
        };
        let keep = !matches!(act, Act::Sighted { same_bytes: true, .. });
        let by = prepared.source.connector.clone();
        let original = keep.then_some(prepared.original);
        let draft = Draft {
            act,
            by,
            captured_at: prepared.captured_at,
            original,
            readers,
        };
        appended.push((appender.append(draft).await?, words));
    }
    appender.finish().await?;
    crash_point("appended");
    let projected: Vec<Projected<'_>> = appended
        .iter()
        .map(|(appended, words)| Projected {
            appended,
            words: words.as_ref(),
        })
        .collect();
    project::captured(conn, &projected).await?;
    bring_waiting(archive, conn, &arrived).await
}

/// New messages that belong to somebody and continue a known thread.
fn arrived_with_clients(decisions: &[Decision]) -> Vec<InteractionKey> {
    let continues = |recorded: &Recorded| {
        let alone = recorded.thread == recorded.interaction && recorded.joins.is_empty();
        !alone && !recorded.assigned.is_empty()
    };
    let arrived = decisions.iter().filter_map(|decision| match decision {
        Decision::New { recorded, .. } if continues(recorded) => Some(recorded.interaction),
        _ => None,
    });
    arrived.collect()
}

/// What waited in the threads of these messages goes where its thread now is: the client's own message may come after
/// our answer to it. What a person took away from a client stays where that person left it.
async fn bring_waiting(
    archive: &Archive,
    conn: &mut Conn,
    arrived: &[InteractionKey],
) -> Result<(), RecordError> {
    let waiting = assignment::store::waiting_beside(conn, arrived).await?;
    let threads: Vec<InteractionKey> = waiting.keys().copied().collect();
    let clients = assignment::store::clients_of_threads(conn, &threads).await?;
    for (thread, interactions) in waiting {
        for client in clients.get(&thread).into_iter().flatten() {
            give_keys(archive, conn, &interactions, *client).await?;
            let to = Assigned {
                client: *client,
                why: Why::Thread,
                detail: thread.to_string(),
            };
            let interactions = interactions.clone();
            perform(archive, conn, Act::Assigned { interactions, to }, "kronika").await?;
        }
    }
    Ok(())
}

/// The clients of every interaction at hand: a copy of what belongs to a client opens with that client's key too.
async fn belonging(
    conn: &mut Conn,
    decisions: &[Decision],
) -> Result<HashMap<InteractionKey, Vec<ClientId>>, StorageError> {
    let sighted: Vec<InteractionKey> = decisions
        .iter()
        .filter(|decision| matches!(decision, Decision::Sighting { .. }))
        .map(Decision::interaction)
        .collect();
    let mut belongs = assignment::store::clients_of(conn, &sighted).await?;
    for decision in decisions {
        if let Decision::New { recorded, .. } = decision {
            let clients = recorded.assigned.iter().map(|assigned| assigned.client).collect();
            belongs.insert(recorded.interaction, clients);
        }
    }
    Ok(belongs)
}

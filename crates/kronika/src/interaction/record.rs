//! Recording: what was captured becomes part of the archive, in one transaction.

use std::collections::{HashMap, HashSet};

use super::prepare::{Facts, Prepared, hex};
use super::project::{self, Projected};
use super::store::{self, KnownContent};
use super::{Recorded, Source};
use crate::archive::Archive;
use crate::archive::id::{ClientId, InteractionKey};
use crate::assignment::{self, Assigned, Book};
use crate::journal::act::Act;
use crate::journal::append::{AppendError, Appended, Appender, Draft};
use crate::search::index::Words;
use crate::storage::{Conn, StorageError, crash_point};

#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Append(#[from] AppendError),
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

/// What is to be written of one message.
enum Decision {
    New {
        recorded: Box<Recorded>,
        prepared: Box<Prepared>,
    },
    Sighting {
        interaction: InteractionKey,
        same_bytes: bool,
        prepared: Box<Prepared>,
    },
}

impl Decision {
    fn interaction(&self) -> InteractionKey {
        match self {
            Decision::New { recorded, .. } => recorded.interaction,
            Decision::Sighting { interaction, .. } => *interaction,
        }
    }
}

/// What the archive already knows of the messages at hand.
struct Desk {
    sources: HashMap<[u8; 16], InteractionKey>,
    contents: HashMap<[u8; 32], KnownContent>,
    /// Threads by the hash of a message's id.
    threads: HashMap<i64, InteractionKey>,
    /// Keys that are taken.
    keys: HashSet<InteractionKey>,
    book: Book,
}

impl Desk {
    async fn open(conn: &mut Conn, batch: &[Prepared]) -> Result<Desk, StorageError> {
        let sources: Vec<[u8; 16]> = batch.iter().map(|prepared| prepared.source.id()).collect();
        let contents: Vec<[u8; 32]> = batch.iter().map(|prepared| prepared.facts.content_id).collect();
        let messages: Vec<i64> = batch
            .iter()
            .flat_map(|prepared| mentioned(&prepared.facts))
            .map(message_hash)
            .collect();
        let threads = store::threads(conn, &messages).await?;
        let mut thread_keys: Vec<InteractionKey> = threads.values().copied().collect();
        thread_keys.sort_unstable();
        thread_keys.dedup();
        let keys: Vec<InteractionKey> = batch
            .iter()
            .map(|prepared| wanted_key(&prepared.facts, prepared.captured_at))
            .collect();
        let people = batch.iter().flat_map(|prepared| &prepared.facts.participants);
        Ok(Desk {
            sources: store::sources(conn, &sources).await?,
            contents: store::contents(conn, &contents).await?,
            book: assignment::store::book(conn, people, &thread_keys).await?,
            threads,
            keys: store::taken(conn, &keys).await?,
        })
    }

    async fn decide(
        &mut self,
        conn: &mut Conn,
        batch: Vec<Prepared>,
    ) -> Result<(Vec<Decision>, Vec<Outcome>), StorageError> {
        let mut decisions = Vec::with_capacity(batch.len());
        let mut outcomes = Vec::with_capacity(batch.len());
        for prepared in batch {
            let source = prepared.source.id();
            if let Some(known) = self.sources.get(&source) {
                outcomes.push(Outcome::Already(*known));
                continue;
            }
            if let Some(known) = self.contents.get(&prepared.facts.content_id) {
                let (interaction, same_bytes) = (known.interaction, known.digest == prepared.facts.digest);
                self.sources.insert(source, interaction);
                outcomes.push(Outcome::SeenAgain(interaction));
                decisions.push(Decision::Sighting {
                    interaction,
                    same_bytes,
                    prepared: Box::new(prepared),
                });
                continue;
            }
            let recorded = self.interaction(conn, &prepared).await?;
            let key = recorded.interaction;
            self.sources.insert(source, key);
            let known = KnownContent {
                interaction: key,
                digest: prepared.facts.digest,
            };
            self.contents.insert(prepared.facts.content_id, known);
            outcomes.push(match recorded.unreadable {
                None => Outcome::Recorded(key),
                Some(_) => Outcome::Unreadable(key),
            });
            decisions.push(Decision::New {
                recorded: Box::new(recorded),
                prepared: Box::new(prepared),
            });
        }
        Ok((decisions, outcomes))
    }

    /// The full facts of a new interaction: its key, thread, direction and clients.
    async fn interaction(&mut self, conn: &mut Conn, prepared: &Prepared) -> Result<Recorded, StorageError> {
        let facts = &prepared.facts;
        let key = self.free_key(conn, prepared).await?;
        let (known, joins) = self.thread(facts, key);
        let assigned = self.book.decide(&facts.subject, &facts.participants, known);
        let thread = known.unwrap_or(key);
        self.add_to_thread(thread, assigned.iter().map(|assigned| assigned.client));
        Ok(recorded(
            facts,
            prepared.source.clone(),
            Place {
                key,
                thread,
                joins,
                assigned,
            },
            &self.book,
        ))
    }

    /// What comes later finds the thread with these clients.
    fn add_to_thread(&mut self, thread: InteractionKey, clients: impl IntoIterator<Item = ClientId>) {
        let there = self.book.threads.entry(thread).or_default();
        for client in clients {
            if !there.contains(&client) {
                there.push(client);
            }
        }
    }

    /// A key for the claimed time that no other interaction has.
    async fn free_key(
        &mut self,
        conn: &mut Conn,
        prepared: &Prepared,
    ) -> Result<InteractionKey, StorageError> {
        let mut key = wanted_key(&prepared.facts, prepared.captured_at);
        while !self.keys.insert(key) {
            key = key.following();
            if store::taken(conn, &[key]).await?.contains(&key) {
                self.keys.insert(key);
            }
        }
        Ok(key)
    }

    /// The thread that the message belongs to, if one is known, and others it shows to be the same.
    fn thread(
        &mut self,
        facts: &Facts,
        key: InteractionKey,
    ) -> (Option<InteractionKey>, Vec<InteractionKey>) {
        let hashes: Vec<i64> = mentioned(facts).map(message_hash).collect();
        let mut found: Vec<InteractionKey> = hashes
            .iter()
            .filter_map(|hash| self.threads.get(hash).copied())
            .collect();
        found.sort_unstable();
        found.dedup();
        let mut found = found.into_iter();
        let (thread, joins) = (found.next(), found.collect::<Vec<_>>());
        if let Some(target) = thread {
            self.threads
                .values_mut()
                .filter(|other| joins.contains(other))
                .for_each(|other| *other = target);
            // Whose one of the threads is, theirs is the whole.
            let clients: Vec<ClientId> = joins
                .iter()
                .filter_map(|other| self.book.threads.remove(other))
                .flatten()
                .collect();
            self.add_to_thread(target, clients);
        }
        for hash in hashes {
            self.threads.insert(hash, thread.unwrap_or(key));
        }
        (thread, joins)
    }
}

/// The key an interaction gets when no other has it. A claimed time that is absent or in the future gives way to ours.
pub(super) fn wanted_key(facts: &Facts, captured_at: i64) -> InteractionKey {
    let claimed = facts.claimed_at.filter(|claimed| *claimed <= captured_at + A_DAY);
    let [a, b, c, d, ..] = facts.content_id;
    InteractionKey::at(claimed.unwrap_or(captured_at), u32::from_be_bytes([a, b, c, d]))
}

/// A day in microseconds: clocks of senders are allowed to be this wrong.
const A_DAY: i64 = 24 * 3600 * 1_000_000;

/// Where an interaction stands among others.
pub(super) struct Place {
    pub key: InteractionKey,
    pub thread: InteractionKey,
    pub joins: Vec<InteractionKey>,
    pub assigned: Vec<Assigned>,
}

pub(super) fn recorded(facts: &Facts, source: Source, place: Place, book: &Book) -> Recorded {
    Recorded {
        interaction: place.key,
        channel: facts.channel,
        direction: book.own.direction(&facts.participants),
        nature: facts.nature.clone(),
        subject: facts.subject.clone(),
        preview: facts.preview.clone(),
        claimed_at: facts.claimed_at,
        message_id: facts.message_id.clone(),
        references: facts.references.clone(),
        participants: facts.participants.clone(),
        parts: facts.parts.clone(),
        content_id: hex(&facts.content_id),
        sha256: hex(&facts.digest),
        size: facts.size,
        unreadable: facts.unreadable.clone(),
        source,
        assigned: place.assigned,
        thread: place.thread,
        joins: place.joins,
    }
}

/// The message's own id and those it refers to.
fn mentioned(facts: &Facts) -> impl Iterator<Item = &str> {
    facts
        .message_id
        .as_deref()
        .into_iter()
        .chain(facts.references.iter().map(String::as_str))
}

/// A message id as the thread table knows it: the first 64 bits of its SHA-256.
pub fn message_hash(id: &str) -> i64 {
    use sha2::{Digest, Sha256};
    let digest: [u8; 32] = Sha256::digest(id.as_bytes()).into();
    let [a, b, c, d, e, f, g, h, ..] = digest;
    i64::from_be_bytes([a, b, c, d, e, f, g, h])
}

async fn write(archive: &Archive, conn: &mut Conn, decisions: Vec<Decision>) -> Result<(), RecordError> {
    let belongs = belonging(conn, &decisions).await?;
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

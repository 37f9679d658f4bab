//! Deciding what each message of a batch is: new or known, in which thread, whose.

use std::collections::{HashMap, HashSet};

use super::prepare::{Facts, Prepared, hex};
use super::record::Outcome;
use super::store::{self, KnownContent};
use super::{Recorded, Source};
use crate::archive::id::{ClientId, InteractionKey};
use crate::assignment::{self, Assigned, Book};
use crate::storage::{Conn, StorageError};

/// What is to be written of one message.
pub(super) enum Decision {
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
    pub(super) fn interaction(&self) -> InteractionKey {
        match self {
            Decision::New { recorded, .. } => recorded.interaction,
            Decision::Sighting { interaction, .. } => *interaction,
        }
    }
}

/// What the archive already knows of the messages at hand.
pub(super) struct Desk {
    sources: HashMap<[u8; 16], InteractionKey>,
    contents: HashMap<[u8; 32], KnownContent>,
    /// Threads by the hash of a message's id.
    threads: HashMap<i64, InteractionKey>,
    /// Keys that are taken.
    keys: HashSet<InteractionKey>,
    book: Book,
}

impl Desk {
    pub(super) async fn open(conn: &mut Conn, batch: &[Prepared]) -> Result<Desk, StorageError> {
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

    /// What to write of each message, and what became of each.
    pub(super) async fn decide(
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

    /// The interaction that says the same already.
    pub(super) fn known(&self, prepared: &Prepared) -> Option<InteractionKey> {
        let known = self.contents.get(&prepared.facts.content_id);
        known.map(|known| known.interaction)
    }

    /// The full facts of a new interaction: its key, thread, direction and clients.
    pub(super) async fn interaction(
        &mut self,
        conn: &mut Conn,
        prepared: &Prepared,
    ) -> Result<Recorded, StorageError> {
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
fn wanted_key(facts: &Facts, captured_at: i64) -> InteractionKey {
    let claimed = facts.claimed_at.filter(|claimed| *claimed <= captured_at + A_DAY);
    let [a, b, c, d, ..] = facts.content_id;
    InteractionKey::at(claimed.unwrap_or(captured_at), u32::from_be_bytes([a, b, c, d]))
}

/// A day in microseconds: clocks of senders are allowed to be this wrong.
const A_DAY: i64 = 24 * 3600 * 1_000_000;

/// Where an interaction stands among others.
struct Place {
    key: InteractionKey,
    thread: InteractionKey,
    joins: Vec<InteractionKey>,
    assigned: Vec<Assigned>,
}

fn recorded(facts: &Facts, source: Source, place: Place, book: &Book) -> Recorded {
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

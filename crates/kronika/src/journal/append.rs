//! Writes acts into the journal: commitment, encryption and the row that the sealer will pick up.
//!
//! All of it happens in the caller's transaction, so an act and what it changes are durable together or not at all.

use std::collections::HashMap;

use data_encoding::HEXLOWER;
use kronika_tlog::Hash;
use kronika_tlog::commitment::{self, Kind, RecordSalt};

use super::act::{Act, FilePlace, Meta};
use super::store::{self, RecordRow};
use crate::archive::Archive;
use crate::archive::id::{ClientId, RecordId};
use crate::secrecy::{Content, INBOX_KEY, KeyringError, RecordKey, seal_stream};
use crate::storage::objects::{INLINE_LIMIT, fresh_name};
use crate::storage::{Conn, StorageError, crash_point};

#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Keyring(#[from] KeyringError),
}

/// An act about to be written, with its original if it has one.
pub struct Draft {
    pub act: Act,
    pub by: String,
    pub captured_at: i64,
    pub original: Option<Original>,
    /// Whose keys open it although it has no number in their files.
    pub readers: Vec<ClientId>,
}

impl Draft {
    pub fn of(act: Act, by: &str, captured_at: i64) -> Draft {
        Draft {
            act,
            by: by.to_owned(),
            captured_at,
            original: None,
            readers: Vec::new(),
        }
    }
}

/// Original bytes, hashed and encrypted, ready to be stored. Made outside the transaction: it is the costly half.
pub struct Original {
    key: RecordKey,
    salt: RecordSalt,
    /// Commitments of the parts after `meta`, in order.
    parts: Vec<Hash>,
    content: StoredContent,
    size: usize,
}

enum StoredContent {
    Inline(Vec<u8>),
    Object { name: String, bytes: Option<Vec<u8>> },
}

impl Original {
    /// Commits to the original as `original` and to each `(name, bytes)` of it, then encrypts it.
    pub fn prepare(
        origin: &str,
        original: &[u8],
        parts: &[(String, std::borrow::Cow<'_, [u8]>)],
    ) -> Original {
        let key = RecordKey::new();
        let salt = RecordSalt::from(rand::random::<[u8; 32]>());
        let mut commits = Vec::with_capacity(parts.len() + 1);
        commits.push(part(&salt, 1, "original", original));
        for (position, (name, bytes)) in (2..).zip(parts) {
            commits.push(part(&salt, position, name, bytes));
        }
        let packed = Content::pack(original);
        let bound_to = binding(origin, &commits[0]);
        let content = if packed.len() <= INLINE_LIMIT {
            StoredContent::Inline(key.seal(&packed, &bound_to))
        } else {
            StoredContent::Object {
                name: fresh_name(),
                bytes: Some(seal_stream(&key, &packed, &bound_to)),
            }
        };
        Original {
            key,
            salt,
            parts: commits,
            content,
            size: original.len(),
        }
    }

    /// Whether it goes to the object store.
    pub fn is_large(&self) -> bool {
        matches!(self.content, StoredContent::Object { .. })
    }

    /// Puts large content where it belongs, unless that was done. Best done before the transaction that refers to it.
    pub async fn store(&mut self, archive: &Archive) -> Result<(), StorageError> {
        if let StoredContent::Object { name, bytes } = &mut self.content
            && let Some(bytes) = bytes.take()
        {
            archive.objects.put(name, bytes).await?;
            crash_point("object");
        }
        Ok(())
    }
}

/// What ciphertext is bound to: the archive and the commitment of the part it holds.
pub fn binding(origin: &str, part: &Hash) -> Vec<u8> {
    [origin.as_bytes(), b"\0", part.as_bytes()].concat()
}

/// A record as written.
#[derive(Debug, Clone)]
pub struct Appended {
    pub record: RecordId,
    pub commitment: Hash,
    pub meta: Meta,
}

/// Writes acts within one transaction. Nothing reaches the database before [`finish`](Appender::finish).
pub struct Appender<'a> {
    archive: &'a Archive,
    conn: &'a mut Conn,
    heads: HashMap<ClientId, (i64, Hash)>,
    rows: Vec<RecordRow>,
    wraps: Vec<(i64, i64, Vec<u8>)>,
}

impl<'a> Appender<'a> {
    /// Begins; `clients` are those whose files will be written to, so that their last numbers are read at once. The
    /// transaction must be one that [records](crate::storage::Db::begin_recording), else the numbers may be old.
    pub async fn begin(
        archive: &'a Archive,
        conn: &'a mut Conn,
        clients: &[ClientId],
    ) -> Result<Appender<'a>, AppendError> {
        let heads = store::file_heads(conn, clients).await?;
        Ok(Appender {
            archive,
            conn,
            heads,
            rows: Vec::new(),
            wraps: Vec::new(),
        })
    }

    /// Takes one act: gives it its place in every client's file, commits to it and encrypts it.
    pub async fn append(&mut self, draft: Draft) -> Result<Appended, AppendError> {
        let record = RecordId(self.archive.ids.next(self.archive.clock.now()));
        let clients = distinct(draft.act.clients());
        let files = clients.iter().map(|client| self.place(*client)).collect();
        let meta = Meta {
            v: 1,
            captured_at: draft.captured_at,
            by: draft.by,
            files,
            act: draft.act,
        };
        let bytes = serde_json::to_vec(&meta)
            .map_err(|error| StorageError::Inconsistent(format!("metadata cannot be written: {error}")))?;
        let mut original = draft.original.unwrap_or_else(Original::none);
        original.store(self.archive).await?;
        if kind_of(&meta.act).is_open() {
            // It hides nothing, so anyone may open it.
            original.salt = RecordSalt::open();
        }

        let meta_part = part(&original.salt, 0, "meta", &bytes);
        let parts: Vec<Hash> = std::iter::once(meta_part).chain(original.parts).collect();
        let commitment = commitment::commit_record(&parts).map_err(|error| {
            StorageError::Inconsistent(format!("a record cannot be committed to: {error}"))
        })?;
        for (client, file) in clients.iter().zip(&meta.files) {
            self.heads.insert(*client, (file.number, commitment));
        }

        let sealed_meta = original.key.seal(
            &[original.salt.as_bytes().as_slice(), &bytes].concat(),
            &binding(&self.archive.config.origin, &meta_part),
        );
        let readers = distinct([clients, draft.readers].concat());
        self.wrap(record, &original.key, &readers).await?;
        let (inline, object) = match original.content {
            StoredContent::Inline(bytes) if bytes.is_empty() => (None, None),
            StoredContent::Inline(bytes) => (Some(bytes), None),
            StoredContent::Object { name, .. } => (None, Some(name)),
        };
        self.rows.push(RecordRow {
            id: record,
            kind: kind_of(&meta.act),
            captured_at: meta.captured_at,
            commitment,
            parts,
            sealed_meta,
            sealed_content: inline,
            content_object: object,
            content_size: original.size,
        });
        Ok(Appended {
            record,
            commitment,
            meta,
        })
    }

    /// Writes everything taken. The transaction stays the caller's to commit.
    pub async fn finish(self) -> Result<(), AppendError> {
        store::insert_records(self.conn, &self.rows).await?;
        store::insert_wraps(self.conn, &self.wraps).await?;
        store::set_file_heads(self.conn, &self.heads).await?;
        Ok(())
    }

    fn place(&self, client: ClientId) -> FilePlace {
        match self.heads.get(&client) {
            None => FilePlace {
                client,
                number: 1,
                previous: None,
            },
            Some((number, commitment)) => FilePlace {
                client,
                number: number + 1,
                previous: Some(HEXLOWER.encode(commitment.as_bytes())),
            },
        }
    }

    async fn wrap(
        &mut self,
        record: RecordId,
        key: &RecordKey,
        readers: &[ClientId],
    ) -> Result<(), AppendError> {
        let keyring = &self.archive.keyring;
        if readers.is_empty() {
            self.wraps
                .push((record.0, INBOX_KEY, keyring.wrap(key, INBOX_KEY).await?));
        }
        for client in readers {
            self.wraps
                .push((record.0, client.0, keyring.wrap(key, client.0).await?));
        }
        Ok(())
    }
}

impl Original {
    /// For acts that have no original.
    fn none() -> Original {
        Original {
            key: RecordKey::new(),
            salt: RecordSalt::from(rand::random::<[u8; 32]>()),
            parts: Vec::new(),
            content: StoredContent::Inline(Vec::new()),
            size: 0,
        }
    }
}

/// The commitment of one part.
pub fn part(salt: &RecordSalt, number: u16, name: &str, bytes: &[u8]) -> Hash {
    commitment::commit_part(&salt.part(number), name, bytes).expect("part names are shorter than 256 bytes")
}

fn kind_of(act: &Act) -> Kind {
    match act {
        Act::Founded { .. } => Kind::Genesis,
        Act::Reread { .. } => Kind::Supersede,
        Act::Timestamped { .. } => Kind::Anchor,
        _ => Kind::Record,
    }
}

fn distinct(mut clients: Vec<ClientId>) -> Vec<ClientId> {
    clients.sort_unstable();
    clients.dedup();
    clients
}

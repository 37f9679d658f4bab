//! What the index holds, to be compared with what it should: for `kronika verify --words`.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use futures::TryStreamExt;

use super::index::{Words, vector};
use crate::archive::id::InteractionKey;
use crate::on_db;
use crate::storage::{Conn, SAME_PLACE, StorageError};

/// The index's contents. PostgreSQL compares by itself; an FTS5 index without content can only be read word by word,
/// so its rows are told apart by a sum over their words.
pub enum Held {
    Sums {
        sums: HashMap<i64, Sum>,
        /// Keyed anew each time, so that nobody can plan two texts of one sum.
        hasher: RandomState,
    },
    Asked,
}

/// How many words a row has, and the sum of their hashes: the same in whatever order they come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    words: u64,
    hash: u64,
}

impl Sum {
    fn add(&mut self, hash: u64) {
        self.words += 1;
        self.hash = self.hash.wrapping_add(hash);
    }
}

/// The index's fields, in order.
const FIELDS: [&str; 4] = ["subject", "people", "body", "attachment"];

impl Held {
    pub async fn load(conn: &mut Conn) -> Result<Held, StorageError> {
        const TABLE: &str =
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.held_word USING fts5vocab('main', 'search', 'instance')";
        const WORDS: &str = "SELECT term, doc, col, offset FROM temp.held_word";
        let Conn::Sqlite(sqlite) = conn else {
            return Ok(Held::Asked);
        };
        sqlx::query(TABLE).execute(&mut **sqlite).await?;
        let (mut sums, hasher) = (HashMap::<i64, Sum>::new(), RandomState::new());
        let mut words = sqlx::query_as::<_, (String, i64, String, i64)>(WORDS).fetch(&mut **sqlite);
        while let Some((term, row, field, place)) = words.try_next().await? {
            let hash = hasher.hash_one((term.as_str(), field.as_str(), place));
            sums.entry(row).or_default().add(hash);
        }
        Ok(Held::Sums { sums, hasher })
    }

    /// Whether the index holds exactly these words of an interaction. Each is asked about once.
    pub async fn agrees(
        &mut self,
        conn: &mut Conn,
        key: InteractionKey,
        words: &Words,
    ) -> Result<bool, StorageError> {
        const SAME: &str = "SELECT words = $2::tsvector FROM search WHERE interaction_key = $1";
        match self {
            Held::Sums { sums, hasher } => {
                let held = sums.remove(&key.0).unwrap_or_default();
                Ok(held == sum_of(words, hasher))
            }
            Held::Asked => {
                let vector = vector(words);
                let same: Option<bool> = on_db!(conn, c => sqlx::query_scalar(SAME).bind(key.0).bind(vector).fetch_optional(c).await)?;
                Ok(same.unwrap_or(false))
            }
        }
    }

    /// How many rows belong to no interaction, once all were asked about.
    pub async fn stray(&self, conn: &mut Conn) -> Result<u64, StorageError> {
        const SQL: &str = "SELECT COUNT(*) FROM search s
            LEFT JOIN interaction i ON i.interaction_key = s.interaction_key WHERE i.interaction_key IS NULL";
        match self {
            Held::Sums { sums, .. } => Ok(sums.len() as u64),
            Held::Asked => {
                let stray: i64 = on_db!(conn, c => sqlx::query_scalar(SQL).fetch_one(c).await)?;
                Ok(stray.unsigned_abs())
            }
        }
    }
}

/// The sum that FTS5 would give for these words: a word marked [`SAME_PLACE`] stands where the one before it does.
fn sum_of(words: &Words, hasher: &RandomState) -> Sum {
    let mut sum = Sum::default();
    for (field, text) in FIELDS.into_iter().zip(words.fields()) {
        let mut place = -1_i64;
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let term = match word.strip_prefix(SAME_PLACE as char) {
                Some(term) if place >= 0 => term,
                Some(term) => {
                    place += 1;
                    term
                }
                None => {
                    place += 1;
                    word
                }
            };
            sum.add(hasher.hash_one((term, field, place)));
        }
    }
    sum
}

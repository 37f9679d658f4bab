//! The index: analysed words in four fields, one row an interaction.

use std::collections::HashMap;
use std::fmt::Write;

use crate::archive::id::InteractionKey;
use crate::interaction::Participant;
use crate::on_db;
use crate::storage::bulk::{self, Value};
use crate::storage::{Conn, SAME_PLACE, StorageError};

/// Analysed words of one interaction, ready for either database: words parted by spaces, one that shares the
/// position of the word before it marked with [`SAME_PLACE`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    pub subject: String,
    pub people: String,
    pub body: String,
    pub attachment: String,
}

/// Marks a word of the sender or of a receiver, so that `from:anna` finds Anna's letters and not those to her.
pub const FROM_MARK: char = '<';
pub const TO_MARK: char = '>';

/// Body text beyond this many bytes is not searched: no person wrote it.
const BODY_LIMIT: usize = 2 * 1024 * 1024;

impl Words {
    pub fn of(subject: &str, participants: &[Participant], body: &str) -> Words {
        let mut people = Feed::default();
        for participant in participants {
            people.person(participant);
        }
        Words {
            subject: analysed(subject),
            people: people.text,
            body: analysed(cut(body, BODY_LIMIT)),
            attachment: String::new(),
        }
    }

    /// The names and the text of attachments.
    #[must_use]
    pub fn with_attachments<'a>(mut self, texts: impl Iterator<Item = &'a str>) -> Words {
        for text in texts {
            let words = analysed(cut(text, BODY_LIMIT));
            if !self.attachment.is_empty() && !words.is_empty() {
                self.attachment.push(' ');
            }
            self.attachment.push_str(&words);
        }
        self
    }

    pub(super) fn fields(&self) -> [&str; 4] {
        [&self.subject, &self.people, &self.body, &self.attachment]
    }
}

/// Text cut at a character boundary.
fn cut(text: &str, limit: usize) -> &str {
    &text[..text.floor_char_boundary(limit)]
}

fn analysed(text: &str) -> String {
    let mut feed = Feed::default();
    feed.text.reserve(text.len() + text.len() / 4);
    feed.add(text, None);
    feed.text
}

/// Collects words.
#[derive(Default)]
struct Feed {
    text: String,
}

impl Feed {
    fn add(&mut self, text: &str, mark: Option<char>) {
        let mut last = None;
        kronika_lexicon::document(text, &mut |token: kronika_lexicon::Token<'_>| {
            let same = last == Some(token.position);
            last = Some(token.position);
            self.word(token.term, same);
            if let Some(mark) = mark {
                self.text.push(' ');
                self.text.push(SAME_PLACE as char);
                self.text.push(mark);
                self.text.push_str(token.term);
            }
        });
    }

    fn word(&mut self, term: &str, same_place: bool) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        if same_place {
            self.text.push(SAME_PLACE as char);
        }
        self.text.push_str(term);
    }

    fn person(&mut self, participant: &Participant) {
        let mark = match participant.role.as_str() {
            "from" | "sender" | "reply_to" => FROM_MARK,
            _ => TO_MARK,
        };
        self.add(&participant.name, Some(mark));
        self.add(&participant.address, Some(mark));
    }
}

/// Adds the index rows of interactions.
pub async fn insert(conn: &mut Conn, rows: &[(InteractionKey, &Words)]) -> Result<(), StorageError> {
    match conn {
        Conn::Sqlite(_) => {
            let values: Vec<Vec<Value<'_>>> = rows
                .iter()
                .map(|(key, words)| {
                    let [subject, people, body, attachment] = words.fields();
                    vec![
                        Value::Int(key.0),
                        Value::Text(subject),
                        Value::Text(people),
                        Value::Text(body),
                        Value::Text(attachment),
                    ]
                })
                .collect();
            let columns = ["rowid", "subject", "people", "body", "attachment"];
            bulk::insert(conn, ("search", &columns), &values, "").await
        }
        Conn::Postgres(_) => {
            const SQL: &str = "INSERT INTO search (interaction_key, words) VALUES ($1, $2::tsvector)";
            for (key, words) in rows {
                let vector = vector(words);
                on_db!(conn, c => sqlx::query(SQL).bind(key.0).bind(vector).execute(c).await.map(drop))?;
            }
            Ok(())
        }
    }
}

/// Takes an interaction out of the index. `words` must be what was put in: FTS5 without content cannot know.
pub async fn remove(conn: &mut Conn, key: InteractionKey, words: &Words) -> Result<(), StorageError> {
    match conn {
        Conn::Sqlite(_) => {
            const SQL: &str = "INSERT INTO search (search, rowid, subject, people, body, attachment)
                VALUES ('delete', $1, $2, $3, $4, $5)";
            let [subject, people, body, attachment] = words.fields().map(str::to_owned);
            on_db!(conn, c => sqlx::query(SQL).bind(key.0).bind(subject).bind(people).bind(body)
                .bind(attachment).execute(c).await.map(drop))?;
        }
        Conn::Postgres(_) => {
            const SQL: &str = "DELETE FROM search WHERE interaction_key = $1";
            on_db!(conn, c => sqlx::query(SQL).bind(key.0).execute(c).await.map(drop))?;
        }
    }
    Ok(())
}

/// PostgreSQL's largest position; words beyond it are found, but not in phrases.
const LAST_POSITION: u32 = 16_383;
/// A tsvector may hold a megabyte of words; what a lexeme costs beside its letters is counted in.
const VECTOR_LIMIT: usize = 900_000;

/// The words as a `tsvector` literal, each field a weight: A subject, B people, C body, D attachments.
pub(super) fn vector(words: &Words) -> String {
    let mut places: HashMap<&str, Vec<(u32, char)>> = HashMap::new();
    let (mut position, mut size) = (0, 0);
    for (field, weight) in words.fields().into_iter().zip(['A', 'B', 'C', 'D']) {
        for word in field.split(' ').filter(|word| !word.is_empty()) {
            let term = match word.strip_prefix(SAME_PLACE as char) {
                Some(term) => term,
                None => {
                    position += 1;
                    word
                }
            };
            let known = places.entry(term).or_insert_with(|| {
                size += term.len() + 4;
                Vec::new()
            });
            // At most 255 positions of one word are kept.
            if known.len() < 255 {
                size += 2;
                known.push((position.min(LAST_POSITION), weight));
            }
            if size > VECTOR_LIMIT {
                return literal(&places);
            }
        }
        // A phrase does not reach across fields.
        position += 2;
    }
    literal(&places)
}

fn literal(places: &HashMap<&str, Vec<(u32, char)>>) -> String {
    let mut text = String::new();
    for (term, positions) in places {
        let _ = write!(text, "'{}':", quoted(term));
        for (n, (position, weight)) in positions.iter().enumerate() {
            let _ = write!(text, "{}{position}{weight}", if n == 0 { "" } else { "," });
        }
        text.push(' ');
    }
    text
}

/// A term inside the quotes of a `tsvector` or `tsquery` literal.
pub fn quoted(term: &str) -> String {
    term.replace('\\', "\\\\").replace('\'', "''")
}

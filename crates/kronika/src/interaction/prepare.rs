//! Everything about a new interaction that needs no database: reading, hashing, encrypting, analysing. The costly
//! part, done on as many threads as there are, before the transaction.

use std::borrow::Cow;

use data_encoding::HEXLOWER;
use kronika_intake::document;
use kronika_intake::mail::{self, Captured, Nature, PartKind, Role};
use sha2::{Digest, Sha256};

use super::extract::TEXT_LIMIT;
use super::read::{decode, text_state};
use super::{Channel, PartFacts, Participant, Source};
use crate::journal::append::Original;
use crate::search::index::Words;

/// A message as it came, and from where.
pub struct Incoming {
    pub source: Source,
    /// When we received it: microseconds since 1970 UTC.
    pub captured_at: i64,
    pub bytes: Vec<u8>,
}

/// A message ready to be recorded.
pub struct Prepared {
    pub source: Source,
    pub captured_at: i64,
    pub facts: Facts,
    pub words: Words,
    pub original: Original,
}

/// What a message says of itself, in the archive's own terms.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    pub channel: Channel,
    pub nature: String,
    pub subject: String,
    pub preview: String,
    pub claimed_at: Option<i64>,
    pub message_id: Option<String>,
    pub references: Vec<String>,
    pub participants: Vec<Participant>,
    pub parts: Vec<PartFacts>,
    pub content_id: [u8; 32],
    /// SHA-256 of the exact bytes: tells a true copy from the same content in other wrapping.
    pub digest: [u8; 32],
    pub size: usize,
    pub unreadable: Option<String>,
}

/// Reads, hashes, encrypts and analyses one message. Never fails: what cannot be read is kept as it is, with the
/// reason.
pub fn prepare(origin: &str, incoming: Incoming) -> Prepared {
    let Incoming {
        source,
        captured_at,
        bytes,
    } = incoming;
    let reading = read(&bytes);
    let parts: Vec<(String, Cow<'_, [u8]>)> = reading
        .captured
        .iter()
        .flat_map(|captured| &captured.parts)
        .map(|part| (format!("part/{}", part.number), mail::decode(part, &bytes)))
        .collect();
    let original = Original::prepare(origin, &bytes, &parts);
    drop(parts);
    Prepared {
        source,
        captured_at,
        facts: reading.facts,
        words: reading.words,
        original,
    }
}

/// What reading a message gives.
pub struct Reading {
    pub facts: Facts,
    pub words: Words,
    /// The reader's own view, when the message could be read.
    pub captured: Option<Captured>,
}

/// Reads a message; also what `rebuild` does with a stored one.
pub fn read(bytes: &[u8]) -> Reading {
    match mail::capture(bytes) {
        Ok(captured) => {
            let facts = facts_of(&captured, bytes);
            let body = mail::reading(bytes, &captured).text;
            let names = captured.parts.iter().filter_map(|part| part.filename.as_deref());
            let texts = document_texts(&facts, bytes);
            let texts = texts.iter().map(|(_, text)| text.as_str());
            let words =
                Words::of(&facts.subject, &facts.participants, &body).with_attachments(names.chain(texts));
            Reading {
                facts,
                words,
                captured: Some(captured),
            }
        }
        Err(unreadable) => {
            let facts = unreadable_facts(unreadable.code(), bytes);
            Reading {
                facts,
                words: Words::default(),
                captured: None,
            }
        }
    }
}

/// The texts of those attachments that can be read in this process, bounded in time and memory, with their names.
pub fn document_texts(facts: &Facts, bytes: &[u8]) -> Vec<(String, String)> {
    let attachments = facts
        .parts
        .iter()
        .filter(|part| part.is_attachment() && text_state(part) == "none");
    attachments
        .filter_map(|part| {
            let content = decode(part, bytes)?;
            let text = document::text(&part.media_type, &part.filename, &content, TEXT_LIMIT).ok()??;
            Some((part.filename.clone(), text))
        })
        .collect()
}

fn facts_of(captured: &Captured, bytes: &[u8]) -> Facts {
    let mut references = captured.references.clone();
    references.extend(
        captured
            .in_reply_to
            .iter()
            .filter(|id| !captured.references.contains(id))
            .cloned(),
    );
    Facts {
        channel: Channel::Email,
        nature: nature(captured.nature).to_owned(),
        subject: storable(&captured.subject),
        preview: storable(&captured.preview),
        claimed_at: captured.claimed_at,
        message_id: captured.message_id.as_deref().map(storable),
        references: references.iter().map(|id| storable(id)).collect(),
        participants: captured.participants.iter().map(participant).collect(),
        parts: captured.parts.iter().map(part_facts).collect(),
        content_id: captured.content_id,
        digest: Sha256::digest(bytes).into(),
        size: bytes.len(),
        unreadable: None,
    }
}

/// Text as every database takes it: PostgreSQL refuses U+0000.
pub fn storable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// Nothing is known of it but its bytes.
fn unreadable_facts(reason: &str, bytes: &[u8]) -> Facts {
    let digest = Sha256::digest(bytes).into();
    Facts {
        channel: Channel::Email,
        nature: "personal".to_owned(),
        subject: String::new(),
        preview: String::new(),
        claimed_at: None,
        message_id: None,
        references: Vec::new(),
        participants: Vec::new(),
        parts: Vec::new(),
        content_id: digest,
        digest,
        size: bytes.len(),
        unreadable: Some(reason.to_owned()),
    }
}

fn nature(nature: Nature) -> &'static str {
    match nature {
        Nature::Personal => "personal",
        Nature::Newsletter => "newsletter",
        Nature::AutoReply => "auto_reply",
        Nature::Bounce => "bounce",
        Nature::Invitation => "invitation",
    }
}

fn participant(participant: &mail::Participant) -> Participant {
    let role = match participant.role {
        Role::From => "from",
        Role::Sender => "sender",
        Role::ReplyTo => "reply_to",
        Role::To => "to",
        Role::Cc => "cc",
        Role::Bcc => "bcc",
    };
    Participant {
        role: role.to_owned(),
        name: storable(&participant.name),
        address: storable(&participant.address),
    }
}

fn part_facts(part: &mail::Part) -> PartFacts {
    let kind = match part.kind {
        PartKind::Headers => "headers",
        PartKind::Text => "text",
        PartKind::Html => "html",
        PartKind::Attachment => "attachment",
        PartKind::Nested => "nested",
        PartKind::Calendar => "calendar",
    };
    PartFacts {
        number: part.number.clone(),
        kind: kind.to_owned(),
        media_type: storable(&part.media_type),
        filename: storable(part.filename.as_deref().unwrap_or_default()),
        transfer: part.transfer.to_string(),
        start: part.range.start,
        end: part.range.end,
        size: part.size,
    }
}

/// A hash as the committed metadata writes it.
pub fn hex(hash: &[u8; 32]) -> String {
    HEXLOWER.encode(hash)
}

//! What makes two deliveries the same message.
//!
//! The identity is SHA-256 over the digests of, in this order, the Message-ID, Date, From, To, Cc and Subject
//! fields and the body. A field's value is taken unfolded, with each run of white space as one space and none at
//! either end, and each occurrence ends with a line feed. The body's lines end with a line feed, lines of nothing
//! at its end are left out, and `>` before a `From ` at the start of a line (mailboxes quote it so) as well.
//! So Received, Delivered-To, Status and the like, and the kind of line ending, make no difference.
//! Identities are stored: this must never change.

use sha2::{Digest, Sha256};

use super::head::Head;
use super::header::{Field, line_end, trim_newline};

const VERSION: &[u8] = b"kronika mail content 1\n";
const FIELDS: [&str; 6] = ["Message-ID", "Date", "From", "To", "Cc", "Subject"];

/// A digest for each of the fields that make a message itself.
#[derive(Clone, Default)]
pub(super) struct Fingerprint([Sha256; FIELDS.len()]);

impl Fingerprint {
    pub fn header(&mut self, field: Field<'_>) {
        if let Some(digest) = FIELDS
            .iter()
            .position(|name| field.is(name))
            .and_then(|at| self.0.get_mut(at))
        {
            let mut words = field
                .value
                .split(u8::is_ascii_whitespace)
                .filter(|word| !word.is_empty());
            if let Some(first) = words.next() {
                digest.update(first);
            }
            for word in words {
                digest.update(b" ");
                digest.update(word);
            }
            digest.update(b"\n");
        }
    }
}

pub(super) fn content_id(head: &Head<'_>, body: &[u8]) -> [u8; 32] {
    let mut digest = Sha256::new_with_prefix(VERSION);
    for field in &head.fingerprint.0 {
        digest.update(field.clone().finalize());
    }
    digest.update(body_digest(body));
    digest.finalize().into()
}

/// Bytes are hashed in the longest runs that need no change, which for most bodies is nearly all.
fn body_digest(body: &[u8]) -> [u8; 32] {
    let body = body.trim_ascii_end();
    let mut digest = Sha256::new();
    let (mut run, mut at) = (0, 0);
    while at < body.len() {
        let end = line_end(body, at);
        let line = body.get(at..end).unwrap_or_default();
        let text = trim_newline(line);
        let quotes = if text.first() == Some(&b'>') {
            from_quotes(text)
        } else {
            0
        };
        if quotes > 0 {
            digest.update(body.get(run..at).unwrap_or_default());
            run = at + quotes;
        }
        if text.len() + 1 < line.len() {
            digest.update(body.get(run..at + text.len()).unwrap_or_default());
            digest.update(b"\n");
            run = end;
        }
        at = end;
    }
    digest.update(body.get(run..).unwrap_or_default());
    digest.finalize().into()
}

/// The number of `>` before a `From ` at the start of a line.
fn from_quotes(line: &[u8]) -> usize {
    let quotes = line.iter().take_while(|b| **b == b'>').count();
    if line.get(quotes..).is_some_and(|rest| rest.starts_with(b"From ")) {
        quotes
    } else {
        0
    }
}

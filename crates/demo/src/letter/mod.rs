//! Turns written threads into mail: addresses, quotes, signatures, MIME.

mod calendar;
mod desk;
mod headers;
mod hours;
mod html;
mod parts;
mod report;
mod style;
mod text;

use jiff::Zoned;

use crate::script::{Directory, Fault, Scripts, Somebody};
use desk::Desk;

/// A message ready for the mailboxes.
#[derive(Debug)]
pub struct Letter<'s> {
    /// The thread it was written in.
    pub file: &'s str,
    /// When it was sent.
    pub at: Zoned,
    /// Sender.
    pub from: Somebody<'s>,
    /// Its Message-ID without angle brackets.
    pub message_id: String,
    /// Where bounces of it would go; empty for bounces and automatic replies (RFC 5321, section 4.5.5).
    pub return_path: String,
    /// The mailboxes that keep it.
    pub kept_by: Vec<Kept>,
    /// The message as its sender's program made it, lines ended by CRLF.
    pub bytes: Vec<u8>,
}

/// A mailbox that keeps a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Staff key of the mailbox.
    pub mailbox: String,
    /// Its address.
    pub address: String,
    /// Whether its owner sent the message.
    pub sent: bool,
}

/// Writes all letters, in order of time; tells every fault found in the texts.
pub fn write_all(scripts: &Scripts) -> Result<Vec<Letter<'_>>, Vec<Fault>> {
    let directory = Directory::new(&scripts.office, &scripts.clients)?;
    let mut letters = Vec::new();
    let mut faults = Vec::new();
    for thread in &scripts.threads {
        match Desk::new(directory, &scripts.office, thread) {
            Ok(desk) => {
                let (written, wrong) = desk.write();
                letters.extend(written);
                faults.extend(wrong);
            }
            Err(fault) => faults.push(fault),
        }
    }
    letters.sort_by(|a, b| (&a.at, a.file).cmp(&(&b.at, b.file)));
    if faults.is_empty() {
        Ok(letters)
    } else {
        Err(faults)
    }
}

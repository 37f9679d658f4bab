//! One message of Internet mail (RFC 5322, MIME) as the facts an archive records about it.
//!
//! [`capture`] reads a message once and says who, when, what about and which parts it has, each part as a range
//! of the original bytes; [`decode`] gives a part's content from that range. [`capture`] uses at most eight times
//! the message's size in memory (plus a fixed 64 KiB): what a message holds beyond some generous limits
//! (`structure.rs`, `head.rs`) stays in the original, but is not listed piece by piece.

mod address;
mod blocks;
mod boundary;
mod charset;
mod date;
mod encoded_word;
mod guard;
mod head;
mod header;
mod html;
mod identity;
mod lead_in;
mod nature;
mod parameter;
mod preview;
mod reading;
mod sanitise;
mod structure;
mod style;
mod tnef;
mod transfer;
mod uuencode;

use std::borrow::Cow;
use std::ops::Range;

pub use blocks::{Block, BlockKind};
pub use nature::Nature;
pub use reading::{Reading, reading};
pub use sanitise::{Sanitised, sanitised};
pub use transfer::{Transfer, Wrapping};

/// What a message says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captured {
    /// The Message-ID without its angle brackets.
    pub message_id: Option<String>,
    /// The ids of In-Reply-To, in order.
    pub in_reply_to: Vec<String>,
    /// The ids of References, oldest first.
    pub references: Vec<String>,
    /// The subject, decoded; empty when there is none.
    pub subject: String,
    /// The Date header in microseconds since 1970 (UTC). `None` when absent, unreadable or not between 1980 and 2100.
    pub claimed_at: Option<i64>,
    /// Everybody the address headers name, in the order of the headers.
    pub participants: Vec<Participant>,
    /// The header block first, then the leaves of the MIME tree in order.
    pub parts: Vec<Part>,
    /// About the first 200 characters of what the sender wrote, without quotations.
    pub preview: String,
    /// What sort of message this is.
    pub nature: Nature,
    /// The same for every copy of the same message, whichever way it was delivered (`identity.rs`).
    pub content_id: [u8; 32],
}

/// Why somebody is named in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    From,
    Sender,
    ReplyTo,
    To,
    Cc,
    Bcc,
}

/// Somebody an address header names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    pub role: Role,
    /// The display name, decoded; empty when there is none.
    pub name: String,
    /// The address in lower case; empty when only a name was given.
    pub address: String,
}

/// What a part is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartKind {
    /// The message's own header block.
    Headers,
    /// Plain text meant to be read in place.
    Text,
    /// HTML meant to be read in place.
    Html,
    /// Anything else.
    Attachment,
    /// A whole message (message/rfc822); its own leaves follow, numbered below it, unless it is itself encoded.
    Nested,
    /// An iCalendar object.
    Calendar,
}

/// How the lines of a text/plain part are to be joined (RFC 3676).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Flow {
    #[default]
    Fixed,
    Flowed,
    /// Flowed, and the space at the end of a soft line break is not part of the text.
    FlowedDelSp,
}

/// A piece of a message: where it lies, and how it is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// As IMAP numbers sections: `1`, `1.2`; `headers` for the header block. What was found inside a leaf
    /// (winmail.dat, uuencoded files) is numbered below it.
    pub number: String,
    pub kind: PartKind,
    /// Lower case, without parameters.
    pub media_type: String,
    /// The charset the part claims, lower case.
    pub charset: Option<String>,
    pub flow: Flow,
    /// A bare file name: no folders, no control characters.
    pub filename: Option<String>,
    /// The Content-ID without its angle brackets.
    pub content_id: Option<String>,
    /// Whether the part is meant to be shown inside the text rather than beside it.
    pub inline: bool,
    /// The number of the part this one was unpacked from.
    pub container: Option<String>,
    /// Where the still encoded content lies in the message.
    pub range: Range<usize>,
    pub transfer: Transfer,
    /// The number of bytes once decoded.
    pub size: usize,
}

/// Bytes that are not a message, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("there is nothing in it")]
    Empty,
    #[error("it is binary data, not a message")]
    Binary,
    #[error("it has no header line")]
    NoHeader,
}

impl Unreadable {
    /// A stable name for this reason.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Binary => "binary",
            Self::NoHeader => "no-header",
        }
    }
}

/// Reads a message.
///
/// # Errors
/// Only when nothing in `raw` can be taken for a header of a message; a damaged message is captured as far as
/// it can be understood.
pub fn capture(raw: &[u8]) -> Result<Captured, Unreadable> {
    let head = head::Head::read(raw)?;
    let parts = structure::parts(raw, &head);
    let text = head::Texts::of(&head, &parts);
    Ok(Captured {
        message_id: text.message_id(),
        in_reply_to: text.ids(head.in_reply_to),
        references: text.ids(head.references),
        subject: text.subject(),
        claimed_at: head.date.and_then(date::microseconds),
        participants: text.participants(raw.len()),
        preview: preview::preview(raw, &parts),
        nature: nature::nature(&head, &parts),
        content_id: identity::content_id(&head, raw.get(head.body..).unwrap_or_default()),
        parts,
    })
}

/// The fields of a header block in their order, names as written, values unfolded and decoded: for people to read.
#[must_use]
pub fn header_fields(block: &[u8]) -> Vec<(String, String)> {
    header::Fields::new(block)
        .map(|field| {
            let name = String::from_utf8_lossy(field.name).into_owned();
            (
                name,
                encoded_word::decode(field.value, None)
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" "),
            )
        })
        .collect()
}

/// The content of a part, as it was before it was encoded for transfer.
///
/// The outcome depends on the part's range and transfer alone and must never change: digests of it are in
/// journals. A range outside `raw` is empty.
#[must_use]
pub fn decode<'a>(part: &Part, raw: &'a [u8]) -> Cow<'a, [u8]> {
    transfer::decode(part.transfer, raw.get(part.range.clone()).unwrap_or_default())
}

/// Whether some bytes start with fields of a header, one of them known from mail.
pub(crate) fn starts_as_header(bytes: &[u8]) -> bool {
    header::Fields::new(bytes)
        .take(20)
        .any(|field| header::is_known(field.name))
}

/// A mailbox's name as IMAP encodes it (modified UTF-7, RFC 3501, section 5.1.3), decoded.
pub(crate) fn mailbox_name(name: &str) -> String {
    charset::modified_utf7(name)
}

/// Text of an unknown charset.
pub fn unlabelled_text(bytes: &[u8]) -> Cow<'_, str> {
    charset::unlabelled(bytes)
}

/// The text of an HTML document of an unknown charset.
pub(crate) fn html_text(bytes: &[u8]) -> String {
    html::text(&charset::decode(bytes, reading::declared_charset(bytes)))
}

//! A message as somebody reads it.

use std::borrow::Cow;

use super::blocks::{Block, blocks};
use super::{Captured, Flow, Part, PartKind, charset, decode, html};

/// The text of a message, and what its passages are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The best plain text: the sender's own, or what their HTML says. Lines end with a line feed.
    pub text: String,
    /// The whole text, by what its passages are.
    pub blocks: Vec<Block>,
    /// The HTML, decoded and otherwise as it came. Not safe to show: see [`super::sanitised`].
    pub html: Option<String>,
}

/// Reads a captured message. Nested messages are not read; capture them of their own.
#[must_use]
pub fn reading(raw: &[u8], message: &Captured) -> Reading {
    let of_kind = |kind| own_parts(&message.parts).filter(move |part| part.kind == kind);
    let html = of_kind(PartKind::Html)
        .next()
        .map(|part| html_of(part, raw).into_owned());
    let mut text = String::new();
    for part in of_kind(PartKind::Text) {
        append(&mut text, &text_of(part, raw));
    }
    if text.trim().is_empty() {
        for part in of_kind(PartKind::Html) {
            append(&mut text, &html::text(&html_of(part, raw)));
        }
    }
    Reading {
        blocks: blocks(&text),
        text,
        html,
    }
}

fn append(text: &mut String, more: &str) {
    let more = more.trim_end();
    if !text.is_empty() && !more.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(more);
}

/// The parts that are not inside a nested message.
pub(super) fn own_parts(parts: &[Part]) -> impl Iterator<Item = &Part> {
    let mut nested: Option<&str> = None;
    parts.iter().filter(move |part| {
        let inside = nested.is_some_and(|number| {
            part.number
                .strip_prefix(number)
                .is_some_and(|rest| rest.starts_with('.'))
        });
        if !inside {
            nested = (part.kind == PartKind::Nested).then_some(part.number.as_str());
        }
        !inside
    })
}

/// The text of a text part, its lines joined if it asks for that.
fn text_of(part: &Part, raw: &[u8]) -> String {
    let bytes = decode(part, raw);
    let text = charset::decode(&bytes, part.charset.as_deref().map(str::as_bytes));
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    match part.flow {
        Flow::Fixed if !text.contains('\r') => text.to_owned(),
        Flow::Fixed => text.replace("\r\n", "\n").replace('\r', "\n"),
        Flow::Flowed => unflowed(text, false),
        Flow::FlowedDelSp => unflowed(text, true),
    }
}

/// The HTML of an HTML part; a charset the header doesn't name may be named in the document.
pub(super) fn html_of<'a>(part: &Part, raw: &'a [u8]) -> Cow<'a, str> {
    let bytes = decode(part, raw);
    let label = part
        .charset
        .as_deref()
        .map(str::as_bytes)
        .or_else(|| declared_charset(&bytes));
    match bytes {
        Cow::Borrowed(bytes) => charset::decode(bytes, label),
        Cow::Owned(ref bytes) => Cow::Owned(charset::decode(bytes, label).into_owned()),
    }
}

/// What `<meta charset=…>` near the start says.
pub(super) fn declared_charset(html: &[u8]) -> Option<&[u8]> {
    const LOOKED_AT_BYTES: usize = 2048;
    let start = html.get(..LOOKED_AT_BYTES).unwrap_or(html);
    let at = memchr::memmem::find(start, b"charset=").or_else(|| memchr::memmem::find(start, b"CHARSET="))?;
    let value = start.get(at + 8..)?.trim_ascii_start();
    let value = value
        .strip_prefix(b"\"")
        .or_else(|| value.strip_prefix(b"'"))
        .unwrap_or(value);
    let end = value
        .iter()
        .position(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'-' | b'_'))?;
    value.get(..end).filter(|label| !label.is_empty())
}

/// Joins lines as format=flowed asks (RFC 3676): a line that ends with a space goes on on the next one, if that is
/// quoted as deep; the space that protects a line's start is dropped.
fn unflowed(text: &str, delete_space: bool) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let line = line.trim_end_matches('\r');
        let unquoted = line.trim_start_matches('>');
        let depth = line.len() - unquoted.len();
        let content = unquoted.strip_prefix(' ').unwrap_or(unquoted);
        let is_signature = content == "-- ";
        if open.is_some() && (open != Some(depth) || is_signature) {
            joined.push('\n');
            open = None;
        }
        if open.is_none() {
            joined.extend(std::iter::repeat_n('>', depth));
            if depth > 0 {
                joined.push(' ');
            }
        }
        let soft = content.ends_with(' ') && !is_signature;
        joined.push_str(if soft && delete_space {
            content.strip_suffix(' ').unwrap_or(content)
        } else {
            content
        });
        open = soft.then_some(depth);
        if !soft {
            joined.push('\n');
        }
    }
    joined
}

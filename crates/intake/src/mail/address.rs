//! Address fields (RFC 5322, section 3.4), as they are written rather than as they should be.

use encoding_rs::Encoding;

use super::encoded_word;
use super::{Participant, Role};

/// How deep comments may lie within comments before they are text.
const MAX_COMMENT_DEPTH: usize = 16;
/// How far the end of an address in angle brackets is looked for.
const MAX_ANGLE_BYTES: usize = 2048;

/// Everybody in an address field, at most `limit` of them.
pub(super) fn participants(
    value: &[u8],
    role: Role,
    charset: Option<&'static Encoding>,
    limit: usize,
) -> Vec<Participant> {
    let mut list = List {
        role,
        charset,
        limit,
        found: Vec::new(),
        current: Mailbox::default(),
    };
    let mut rest = value;
    while list.found.len() < limit
        && let [first, after @ ..] = rest
    {
        rest = match first {
            b'"' => quoted(after, &mut list.current.phrase),
            b'(' => comment(after, &mut list.current.comment),
            b'<' => angle(after, &mut list.current.angle),
            b',' | b';' => {
                list.finish();
                after
            }
            // The name of a group, unless it is part of an address or of nothing.
            b':' if !list.current.has_at => {
                list.current = Mailbox::default();
                after
            }
            b'=' => {
                let length = encoded_word::length_at_start(rest).unwrap_or(1);
                let (word, after) = rest.split_at(length.min(rest.len()));
                list.current.phrase.extend_from_slice(word);
                after
            }
            other => {
                list.current.has_at |= *other == b'@';
                list.current.phrase.push(*other);
                after
            }
        };
    }
    list.finish();
    list.found
}

#[derive(Default)]
struct Mailbox {
    phrase: Vec<u8>,
    comment: Vec<u8>,
    angle: Option<Vec<u8>>,
    /// An `@` stood outside of quotes.
    has_at: bool,
}

struct List {
    role: Role,
    charset: Option<&'static Encoding>,
    limit: usize,
    found: Vec<Participant>,
    current: Mailbox,
}

impl List {
    fn finish(&mut self) {
        let Mailbox {
            phrase,
            comment,
            angle,
            has_at,
        } = std::mem::take(&mut self.current);
        let text = |bytes: &[u8]| encoded_word::decode(bytes, self.charset);
        let bare = angle.is_none() && has_at;
        let address = angle.unwrap_or_else(|| if bare { phrase.clone() } else { Vec::new() });
        let address = address_of(&text(&address));
        let mut name = if bare { String::new() } else { text(&phrase) };
        if name.is_empty() {
            name = text(&comment);
        }
        let name = name
            .trim_matches(|c: char| c == '\'' || c.is_whitespace())
            .to_owned();
        if (!name.is_empty() || !address.is_empty()) && self.found.len() < self.limit {
            self.found.push(Participant {
                role: self.role,
                name,
                address,
            });
        }
    }
}

/// An address without its source route, quotes left as they are, in lower case.
fn address_of(text: &str) -> String {
    let text = match text.split_once(':') {
        Some((route, address)) if route.trim_start().starts_with('@') => address,
        _ => text,
    };
    let text = text.trim().strip_prefix("mailto:").unwrap_or(text);
    text.chars()
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}

fn quoted<'a>(mut rest: &'a [u8], phrase: &mut Vec<u8>) -> &'a [u8] {
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (b'"', _) => return rest,
            (b'\\', [escaped, after @ ..]) => {
                phrase.push(*escaped);
                rest = after;
            }
            _ => phrase.push(*first),
        }
    }
    rest
}

fn comment<'a>(mut rest: &'a [u8], comment: &mut Vec<u8>) -> &'a [u8] {
    let mut depth = 1;
    if !comment.is_empty() {
        comment.push(b' ');
    }
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (b')', _) => {
                depth -= 1;
                if depth == 0 {
                    return rest;
                }
            }
            (b'(', _) if depth < MAX_COMMENT_DEPTH => depth += 1,
            (b'\\', [escaped, after @ ..]) => {
                comment.push(*escaped);
                rest = after;
                continue;
            }
            _ => {}
        }
        comment.push(*first);
    }
    rest
}

/// The inside of `<…>`; when the end is missing, up to the next comma.
fn angle<'a>(rest: &'a [u8], angle: &mut Option<Vec<u8>>) -> &'a [u8] {
    let near = rest.get(..MAX_ANGLE_BYTES).unwrap_or(rest);
    let end = memchr::memchr(b'>', near);
    let (inside, after) = match end {
        Some(end) => (rest.get(..end), rest.get(end + 1..)),
        None => {
            let end = memchr::memchr(b',', near).unwrap_or(near.len());
            (rest.get(..end), rest.get(end..))
        }
    };
    // The last of several is the address: `Name <name> <address>`.
    *angle = Some(inside.unwrap_or_default().to_vec());
    after.unwrap_or_default()
}

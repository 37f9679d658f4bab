//! A structured field: a value and its parameters (RFC 2045, section 5.1; continuations and charsets RFC 2231).

use std::borrow::Cow;

use super::transfer::hex;
use super::{charset, encoded_word};

const MAX_PARAMETERS: usize = 64;

/// A field such as `text/plain; charset=utf-8`.
#[derive(Debug, Default)]
pub(super) struct Structured<'a> {
    /// What stands before the first semicolon, lower case.
    pub value: String,
    parameters: Vec<Pair<'a>>,
}

impl<'a> Structured<'a> {
    pub fn of(field: &'a [u8]) -> Self {
        let end = field
            .iter()
            .position(|b| matches!(b, b';' | b'('))
            .unwrap_or(field.len());
        let value = String::from_utf8_lossy(field.get(..end).unwrap_or_default());
        let value = value.chars().filter(|c| !c.is_whitespace() && !c.is_control());
        let mut structured = Self {
            value: value.flat_map(char::to_lowercase).collect(),
            parameters: Vec::new(),
        };
        let mut rest = field.get(end..).unwrap_or_default();
        while structured.parameters.len() < MAX_PARAMETERS
            && let Some(start) = memchr::memchr(b';', rest)
        {
            let Some(((name, value), after)) = parameter(rest.get(start + 1..).unwrap_or_default()) else {
                break;
            };
            rest = after;
            if !name.is_empty() {
                structured.parameters.push((name, value));
            }
        }
        structured
    }

    /// A parameter as it stands, which is enough for those that are never encoded.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        let (_, value) = self
            .parameters
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name.as_bytes()))?;
        Some(value)
    }

    /// Whether a parameter has this value, whatever the case.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.get(name)
            .is_some_and(|found| found.eq_ignore_ascii_case(value.as_bytes()))
    }

    /// A parameter as text: put together and decoded by RFC 2231, or by RFC 2047, as programs do that know no better.
    pub fn text(&self, name: &str) -> Option<String> {
        self.extended(name)
            .or_else(|| self.get(name).map(|value| encoded_word::decode(value, None)))
    }

    fn extended(&self, name: &str) -> Option<String> {
        let mut segments: Vec<(u16, bool, &[u8])> = self
            .parameters
            .iter()
            .filter_map(|(key, value)| {
                let (number, encoded) = segment(key, name)?;
                Some((number, encoded, value.as_ref()))
            })
            .collect();
        segments.sort_by_key(|(number, ..)| *number);
        let (_, first_is_encoded, first) = segments.first()?;
        let mut quotes = first.splitn(3, |b| *b == b'\'');
        let label = match (first_is_encoded, quotes.next(), quotes.next(), quotes.next()) {
            (true, Some(label), Some(_), Some(_)) => Some(label),
            _ => None,
        };
        let mut bytes = Vec::new();
        for (at, (_, encoded, value)) in segments.iter().enumerate() {
            let skip = if at == 0 && label.is_some() { 2 } else { 0 };
            let value = value.splitn(skip + 1, |b| *b == b'\'').last().unwrap_or_default();
            if *encoded {
                percent_decode(value, &mut bytes)
            } else {
                bytes.extend_from_slice(value)
            }
        }
        Some(match label {
            Some(label) if !label.is_empty() => charset::decode(&bytes, Some(label)).into_owned(),
            _ => encoded_word::decode(&bytes, None),
        })
    }
}

/// For a key such as `filename*1*`, the number of the segment and whether it is percent-encoded.
fn segment(key: &[u8], name: &str) -> Option<(u16, bool)> {
    let start = key
        .get(..name.len())
        .filter(|start| start.eq_ignore_ascii_case(name.as_bytes()))?;
    let rest = key.get(start.len()..)?.strip_prefix(b"*")?;
    let (number, encoded) = match rest.strip_suffix(b"*") {
        Some(number) => (number, true),
        None => (rest, rest.is_empty()),
    };
    if number.is_empty() {
        return Some((0, true));
    }
    Some((std::str::from_utf8(number).ok()?.parse().ok()?, encoded))
}

fn percent_decode(mut value: &[u8], bytes: &mut Vec<u8>) {
    while let [first, after @ ..] = value {
        value = after;
        match (first, after) {
            (b'%', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                bytes.push((hex(*high) << 4) | hex(*low));
                value = after;
            }
            _ => bytes.push(*first),
        }
    }
}

/// A parameter's name and value.
type Pair<'a> = (&'a [u8], Cow<'a, [u8]>);

/// The parameter at the start of `rest`, and what follows.
fn parameter(rest: &[u8]) -> Option<(Pair<'_>, &[u8])> {
    let stop = memchr::memchr2(b'=', b';', rest)?;
    let name = rest.get(..stop)?.trim_ascii();
    if rest.get(stop) == Some(&b';') {
        return Some(((b"", Cow::Borrowed(b"")), rest.get(stop..)?));
    }
    let value = rest.get(stop + 1..)?.trim_ascii_start();
    match value.strip_prefix(b"\"") {
        Some(quoted) => {
            let (value, after) = quoted_value(quoted);
            Some(((name, value), after))
        }
        None => {
            // Spaces in a bare value are wrong and common; a comment after it is right and rare.
            let end = memchr::memchr(b';', value).unwrap_or(value.len());
            let bare = value.get(..end)?;
            let bare = bare
                .split(|b| *b == b'(')
                .next()
                .filter(|start| !start.is_empty())
                .unwrap_or(bare);
            Some(((name, Cow::Borrowed(bare.trim_ascii_end())), value.get(end..)?))
        }
    }
}

fn quoted_value(quoted: &[u8]) -> (Cow<'_, [u8]>, &[u8]) {
    let mut end = 0;
    let mut escaped = false;
    while let Some(byte) = quoted.get(end) {
        match byte {
            b'"' => break,
            b'\\' => {
                escaped = true;
                end += 1;
            }
            _ => {}
        }
        end += 1;
    }
    let inside = quoted.get(..end).unwrap_or(quoted);
    let after = quoted.get(end + 1..).unwrap_or_default();
    if !escaped {
        return (Cow::Borrowed(inside), after);
    }
    let mut value = Vec::with_capacity(inside.len());
    let mut bytes = inside.iter();
    while let Some(byte) = bytes.next() {
        // A backslash before a letter is a Windows path that nobody quoted.
        match (byte, bytes.as_slice().first()) {
            (b'\\', Some(b'"' | b'\\')) => value.extend(bytes.next()),
            _ => value.push(*byte),
        }
    }
    (Cow::Owned(value), after)
}

/// A bare file name of what a sender called a file: the last component of a path, without control characters or
/// marks that turn the direction of writing (which make `gpj.exe` of `exe.jpg`). `None` when nothing is left.
pub(super) fn file_name(text: &str) -> Option<String> {
    const MAX_CHARS: usize = 255;
    let last = text
        .rsplit(['/', '\\'])
        .find(|component| !component.trim().is_empty())?;
    let turns =
        |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}');
    let name: String = last
        .chars()
        .filter(|c| !c.is_control() && !turns(*c))
        .take(MAX_CHARS)
        .collect();
    let name = name.trim();
    let usable = !name.is_empty() && !name.chars().all(|c| c == '.');
    usable.then(|| name.to_owned())
}

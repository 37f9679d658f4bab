//! Encoded words in header fields (RFC 2047), and header text that should have used them.

use encoding_rs::Encoding;
use memchr::memmem;

use super::charset;
use super::transfer::{base64, hex};

/// The text of a field, unfolded and decoded. Bytes beyond ASCII that nobody labelled are UTF-8 if they can be,
/// else of the charset given, else of one that is guessed.
///
/// Neighbouring encoded words of one charset are joined before they are decoded, since programs split them in the
/// middle of characters; but not of a charset with shifts, whose every word begins and ends unshifted. Line ends and control characters become spaces.
pub(super) fn decode(value: &[u8], unlabelled: Option<&'static Encoding>) -> String {
    if let Some(text) = plain(value) {
        return text.to_owned();
    }
    let mut text = String::with_capacity(value.len());
    let mut word: Option<(&[u8], Vec<u8>)> = None;
    let mut rest = value;
    while !rest.is_empty() {
        let start = memmem::find(rest, b"=?").unwrap_or(rest.len());
        let (literal, from_word) = rest.split_at(start);
        let encoded = EncodedWord::at_start(from_word);
        let joins = encoded.is_some() && word.is_some() && literal.iter().all(u8::is_ascii_whitespace);
        if !joins {
            flush(&mut word, &mut text);
            push(&mut text, &charset::utf8_or(literal, unlabelled));
        }
        let Some(encoded) = encoded else {
            let marker = from_word.len().min(2);
            text.extend(from_word.iter().take(marker).map(|b| char::from(*b)));
            rest = from_word.get(marker..).unwrap_or_default();
            continue;
        };
        let same = |label: &[u8]| label.eq_ignore_ascii_case(encoded.charset) && !charset::has_shifts(label);
        if word.as_ref().is_some_and(|(label, _)| !same(label)) {
            flush(&mut word, &mut text);
        }
        encoded.decode_into(&mut word.get_or_insert_with(|| (encoded.charset, Vec::new())).1);
        rest = from_word.get(encoded.length..).unwrap_or_default();
    }
    flush(&mut word, &mut text);
    text.trim().to_owned()
}

/// Text that needs no decoding at all, as most does.
fn plain(value: &[u8]) -> Option<&str> {
    let simple = value.iter().all(|b| (b' '..0x7F).contains(b)) && memmem::find(value, b"=?").is_none();
    let text = std::str::from_utf8(value).ok()?;
    simple.then(|| text.trim())
}

fn flush(word: &mut Option<(&[u8], Vec<u8>)>, text: &mut String) {
    if let Some((label, bytes)) = word.take() {
        push(text, &charset::decode(&bytes, Some(label)));
    }
}

/// Appends, with each line end and the white space around it as one space, and no control characters.
fn push(text: &mut String, piece: &str) {
    let mut folding = false;
    for c in piece.chars() {
        folding = (folding && matches!(c, ' ' | '\t')) || matches!(c, '\r' | '\n');
        if !folding {
            text.push(if c.is_control() { ' ' } else { c });
        } else if !text.ends_with(' ') {
            text.push(' ');
        }
    }
}

/// The encoded word at the start of `bytes`, and its length; used to step over it.
pub(super) fn length_at_start(bytes: &[u8]) -> Option<usize> {
    EncodedWord::at_start(bytes).map(|word| word.length)
}

struct EncodedWord<'a> {
    charset: &'a [u8],
    base64: bool,
    payload: &'a [u8],
    length: usize,
}

impl<'a> EncodedWord<'a> {
    fn at_start(bytes: &'a [u8]) -> Option<Self> {
        /// A charset label is never longer than this.
        const MAX_LABEL: usize = 64;
        let inner = bytes.strip_prefix(b"=?")?;
        let label = inner.iter().take(MAX_LABEL).position(|b| *b == b'?')?;
        let charset = inner.get(..label)?;
        let [encoding, b'?', payload @ ..] = inner.get(label + 1..)? else {
            return None;
        };
        let base64 = match encoding {
            b'B' | b'b' => true,
            b'Q' | b'q' => false,
            _ => return None,
        };
        let end = end_of(payload)?;
        // RFC 2231 lets a language follow the charset.
        let charset = charset.split(|b| *b == b'*').next().unwrap_or_default();
        Some(Self {
            charset,
            base64,
            payload: payload.get(..end)?,
            length: 2 + label + 3 + end + 2,
        })
    }

    fn decode_into(&self, bytes: &mut Vec<u8>) {
        if self.base64 {
            return base64(self.payload, bytes);
        }
        let mut rest = self.payload;
        while let [first, after @ ..] = rest {
            match (first, after) {
                (b'=', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                    bytes.push((hex(*high) << 4) | hex(*low));
                    rest = after;
                    continue;
                }
                (b'_', _) => bytes.push(b' '),
                (b'\r' | b'\n', _) => {}
                _ => bytes.push(*first),
            }
            rest = after;
        }
    }
}

/// Where the payload ends: at the first `?=`. A line end inside is forgiven, another word's start is not.
fn end_of(payload: &[u8]) -> Option<usize> {
    let end = memchr::memchr(b'?', payload)?;
    (payload.get(end + 1) == Some(&b'=')).then_some(end)
}

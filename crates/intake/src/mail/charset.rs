//! Bytes to text, in whatever charset mail claims, mislabels or leaves out.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_2, UTF_8, WINDOWS_1250, WINDOWS_1252};

/// How much of an unlabelled text is looked at to guess its charset.
const GUESS_BYTES: usize = 16 * 1024;

/// What a label asks for.
#[derive(Clone, Copy)]
enum Charset {
    Utf7,
    Known(&'static Encoding),
    /// Labelled ASCII or Latin 1, which is what programs write that don't know.
    Doubtful,
    Unknown,
}

/// Decodes text whose sender labelled it so.
///
/// A label is believed unless the bytes contradict it: valid UTF-8 beyond ASCII is UTF-8 whatever it is called,
/// and bytes that can't be what the label says are guessed.
pub(super) fn decode<'a>(bytes: &'a [u8], label: Option<&[u8]>) -> Cow<'a, str> {
    match label.map_or(Charset::Unknown, charset) {
        Charset::Utf7 => Cow::Owned(utf7(bytes)),
        Charset::Known(encoding) if encoding == UTF_8 => utf8_or(bytes, None),
        Charset::Known(encoding) if encoding == ISO_8859_2 => {
            // Windows programs say ISO 8859-2 and mean their own; its control characters never stand in text.
            let windows = bytes.iter().any(|b| (0x80..=0x9F).contains(b));
            utf8_or(bytes, Some(if windows { WINDOWS_1250 } else { ISO_8859_2 }))
        }
        // In these, bytes below 0x80 carry meaning of their own, so valid UTF-8 proves nothing.
        Charset::Known(encoding) if !encoding.is_ascii_compatible() => with(encoding, bytes),
        Charset::Known(encoding) => utf8_or(bytes, Some(encoding)),
        Charset::Doubtful => utf8_or(bytes, Some(WINDOWS_1252)),
        Charset::Unknown => utf8_or(bytes, None),
    }
}

/// The charset a label names, if it is one that says something; used as the guess for unlabelled neighbours.
pub(super) fn named(label: &str) -> Option<&'static Encoding> {
    match charset(label.as_bytes()) {
        Charset::Known(encoding) => Some(encoding),
        _ => None,
    }
}

/// Whether text of this charset changes its meaning by shifts, as ISO-2022-JP and UTF-7 do.
pub(super) fn has_shifts(label: &[u8]) -> bool {
    match charset(label) {
        Charset::Utf7 => true,
        Charset::Known(encoding) => !encoding.is_ascii_compatible(),
        Charset::Doubtful | Charset::Unknown => false,
    }
}

/// UTF-8 if that is what the bytes are, else `otherwise`, else a guess.
pub(super) fn utf8_or<'a>(bytes: &'a [u8], otherwise: Option<&'static Encoding>) -> Cow<'a, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        // Cut in the middle of a character at the very end, and right up to there.
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 8 && otherwise.is_none() => {
            String::from_utf8_lossy(bytes)
        }
        Err(_) => with(
            otherwise.filter(|e| *e != UTF_8).unwrap_or_else(|| guess(bytes)),
            bytes,
        ),
    }
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Cow<'a, str> {
    encoding.decode_without_bom_handling(bytes).0
}

/// The most likely charset of bytes that nobody labelled.
pub(super) fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes.get(..GUESS_BYTES).unwrap_or(bytes), true);
    detector.guess(None, Utf8Detection::Allow)
}

fn charset(label: &[u8]) -> Charset {
    let label = String::from_utf8_lossy(label)
        .trim_matches(|c: char| !c.is_ascii_alphanumeric())
        .to_lowercase();
    match label.as_str() {
        "utf-7" | "utf7" | "unicode-1-1-utf-7" | "x-unicode-2-0-utf-7" => return Charset::Utf7,
        "us-ascii" | "ascii" | "iso-8859-1" | "latin1" | "ansi_x3.4-1968" | "iso8859-1" => {
            return Charset::Doubtful;
        }
        _ => {}
    }
    Encoding::for_label(label.as_bytes())
        .or_else(|| Encoding::for_label(renamed(&label).as_bytes()))
        .map_or(Charset::Unknown, Charset::Known)
}

/// The registered name of a charset that mail programs spell their own way.
fn renamed(label: &str) -> String {
    let plain: String = label
        .strip_prefix("x-")
        .unwrap_or(label)
        .replace(['-', '_', ' '], "");
    for prefix in ["cp", "win", "windows", "ms", "ansi"] {
        if let Some(number) = plain.strip_prefix(prefix) {
            return if number == "1200" {
                "utf-16le".into()
            } else {
                format!("windows-{number}")
            };
        }
    }
    match plain.as_str() {
        "koi8r" | "koi8" => "koi8-r".into(),
        "koi8u" | "koi8ru" => "koi8-u".into(),
        "utf8mb4" | "unicode" | "unicode11utf8" => "utf-8".into(),
        _ => match plain
            .strip_prefix("iso8859")
            .or_else(|| plain.strip_prefix("8859"))
        {
            Some(number) => format!("iso-8859-{number}"),
            None => plain,
        },
    }
}

/// Text that nobody labelled and that may start with a byte order mark.
pub(super) fn unlabelled(bytes: &[u8]) -> Cow<'_, str> {
    match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => with(encoding, bytes.get(mark..).unwrap_or_default()),
        None => utf8_or(bytes, None),
    }
}

/// The UTF-7 of IMAP's mailbox names: runs of base64 between `&` and `-`, with a comma instead of `/`.
pub(super) fn modified_utf7(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, shifted)) = rest.split_once('&') {
        text.push_str(before);
        let run = shifted
            .split_once('-')
            .map(|(run, after)| (run.replace(',', "/"), after));
        rest = match run.filter(|(run, _)| run.bytes().all(|b| sextet(b).is_some())) {
            Some((run, after)) if run.is_empty() => {
                text.push('&');
                after
            }
            Some((run, after)) => {
                utf16_run(run.as_bytes(), &mut text);
                after
            }
            // A name that was never encoded.
            None => {
                text.push('&');
                shifted
            }
        };
    }
    text.push_str(rest);
    text
}

/// UTF-7 (RFC 2152): ASCII with runs of UTF-16 in base64 between `+` and `-`.
fn utf7(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        if byte != b'+' {
            text.push(if byte.is_ascii() {
                char::from(byte)
            } else {
                char::REPLACEMENT_CHARACTER
            });
            continue;
        }
        let run = bytes.get(at..).unwrap_or_default();
        let length = run.iter().position(|b| sextet(*b).is_none()).unwrap_or(run.len());
        let ended = run.get(length) == Some(&b'-');
        if length == 0 && ended {
            text.push('+');
        }
        utf16_run(run.get(..length).unwrap_or_default(), &mut text);
        at += length + usize::from(ended);
    }
    text
}

fn utf16_run(run: &[u8], text: &mut String) {
    let (mut bits, mut count) = (0u32, 0);
    let mut units = Vec::with_capacity(run.len() * 6 / 16);
    for value in run.iter().filter_map(|b| sextet(*b)) {
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 16 {
            count -= 16;
            units.push((bits >> count) as u16);
            bits &= (1 << count) - 1;
        }
    }
    text.extend(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
}

fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

//! Header fields: encoded words, folding, addresses and parameters.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{Charset, Encoding};

/// Longest encoded word (RFC 2047, section 2).
const WORD_LENGTH: usize = 75;

/// Header fields in order, ready to be written.
#[derive(Debug, Clone, Default)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// Adds a field whose value is ASCII and already in its final form; folds it at blanks.
    pub fn add(&mut self, name: &str, value: impl Into<String>) {
        self.0.push((name.to_owned(), value.into()));
    }

    /// Adds a field of free text in `charset` (UTF-8 when the text does not fit), as encoded words where needed.
    pub fn add_text(&mut self, name: &str, text: &str, charset: Charset, encoding: Encoding) {
        self.add(name, encoded(text, charset, encoding));
    }

    /// Writes the fields, lines ended by CRLF, none longer than 78 characters where a blank allows it.
    pub fn write(&self, out: &mut Vec<u8>) {
        for (name, value) in &self.0 {
            out.extend(folded(name, value).bytes());
            out.extend(b"\r\n");
        }
    }
}

/// `name: value` folded at blanks before column 78. Line breaks already in `value` are kept as folds.
fn folded(name: &str, value: &str) -> String {
    let mut out = format!("{name}:");
    let mut column = out.len();
    for line in value.split('\n') {
        if column > name.len() + 1 {
            out.push_str("\r\n\t");
            column = 8;
        }
        for (at, word) in line.split(' ').enumerate() {
            if at > 0 && column + 1 + word.len() > 78 {
                out.push_str("\r\n ");
                column = 1;
            } else if at > 0 || column == name.len() + 1 {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += word.len();
        }
    }
    out
}

/// `text` as it stands in a header: itself when ASCII, else encoded words.
pub fn encoded(text: &str, charset: Charset, encoding: Encoding) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let charset = if charset.encode(text).is_ok() { charset } else { Charset::Utf8 };
    let mut words = Vec::new();
    let mut chunk = String::new();
    for c in text.chars() {
        chunk.push(c);
        if word(&chunk, charset, encoding).len() > WORD_LENGTH {
            chunk.pop();
            words.push(word(&chunk, charset, encoding));
            chunk = c.to_string();
        }
    }
    words.push(word(&chunk, charset, encoding));
    words.join(" ")
}

fn word(text: &str, charset: Charset, encoding: Encoding) -> String {
    let bytes = charset.encode(text).unwrap_or_default();
    match encoding {
        Encoding::Base64 => format!("=?{}?B?{}?=", charset.name(), STANDARD.encode(bytes)),
        _ => format!("=?{}?Q?{}?=", charset.name().to_uppercase(), q(&bytes)),
    }
}

/// The Q encoding, strict enough to stand inside a phrase (RFC 2047, section 5).
fn q(bytes: &[u8]) -> String {
    let mut out = String::new();
    for &byte in bytes {
        match byte {
            b' ' => out.push('_'),
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'!' | b'*' | b'+' | b'-' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("={byte:02X}")),
        }
    }
    out
}

/// `Name <address>` as it stands in an address field.
pub fn address(name: &str, address: &str, charset: Charset, encoding: Encoding) -> String {
    if name.is_empty() {
        return address.to_owned();
    }
    let atoms = |c: char| c.is_ascii_alphanumeric() || c == ' ' || c == '-';
    if name.is_ascii() && !name.chars().all(atoms) {
        return format!("\"{}\" <{address}>", name.replace('\\', "\\\\").replace('"', "\\\""));
    }
    format!("{} <{address}>", encoded(name, charset, encoding))
}

/// A file-name parameter: RFC 2231 when `modern`, else the encoded word in quotes that Outlook and others write
/// although RFC 2047 forbids it.
pub fn file_parameter(parameter: &str, name: &str, modern: bool) -> String {
    if name.is_ascii() {
        return format!("{parameter}=\"{name}\"");
    }
    if !modern {
        return format!("{parameter}=\"{}\"", encoded(name, Charset::Utf8, Encoding::Base64));
    }
    let mut value = String::new();
    for byte in name.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'.' | b'-' | b'_' => value.push(char::from(byte)),
            _ => value.push_str(&format!("%{byte:02X}")),
        }
    }
    format!("{parameter}*=utf-8''{value}")
}

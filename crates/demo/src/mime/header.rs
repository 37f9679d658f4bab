//! Header fields: encoded words, folding, addresses and parameters.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{Charset, Encoding};

/// Longest encoded word: behind `Subject: ` it keeps the line within 76 characters (RFC 2047, section 2).
const WORD_LENGTH: usize = 66;

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
    let charset = if charset.encode(text).is_ok() {
        charset
    } else {
        Charset::Utf8
    };
    // Mail programs that prefer Q fall back to B where it is shorter, as it is for Cyrillic.
    let shorter = word(text, charset, Encoding::Base64).len() < word(text, charset, encoding).len();
    let encoding = if shorter { Encoding::Base64 } else { encoding };
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
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'!' | b'*' | b'+' | b'-' | b'/' => {
                out.push(char::from(byte))
            }
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
        return format!(
            "\"{}\" <{address}>",
            name.replace('\\', "\\\\").replace('"', "\\\"")
        );
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
        return format!(
            "{parameter}=\"{}\"",
            encoded(name, Charset::Utf8, Encoding::Base64)
        );
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

#[cfg(test)]
mod tests {
    use super::*;

    fn written(name: &str, value: &str) -> String {
        let mut headers = Headers::default();
        headers.add_text(name, value, Charset::Latin2, Encoding::QuotedPrintable);
        let mut out = Vec::new();
        headers.write(&mut out);
        String::from_utf8(out).expect("headers are ASCII")
    }

    #[test]
    fn ascii_stays_as_it_is() {
        assert_eq!(written("Subject", "Cena 2026"), "Subject: Cena 2026\r\n");
    }

    #[test]
    fn polish_becomes_one_encoded_word() {
        assert_eq!(
            written("Subject", "Cena łodzi"),
            "Subject: =?ISO-8859-2?Q?Cena_=B3odzi?=\r\n"
        );
    }

    #[test]
    fn no_line_is_longer_than_78_characters() {
        let subject =
            "Zaległe dokumenty, wynagrodzenia i rozliczenie płac za październik oraz pytanie o leasing łodzi";

        let lines = written("Subject", subject);

        assert!(lines.lines().count() > 1);
        assert!(lines.lines().all(|line| line.len() <= 78), "{lines}");
    }

    #[test]
    fn a_name_with_a_dot_is_quoted() {
        let shown = address(
            "dr Hanna L.",
            "h@example.example",
            Charset::Utf8,
            Encoding::Base64,
        );

        assert_eq!(shown, "\"dr Hanna L.\" <h@example.example>");
    }

    #[test]
    fn file_names_are_written_both_ways() {
        assert_eq!(
            file_parameter("filename", "Ściąga.pdf", true),
            "filename*=utf-8''%C5%9Aci%C4%85ga.pdf"
        );
        assert_eq!(
            file_parameter("name", "Ściąga.pdf", false),
            "name=\"=?utf-8?B?xZpjacSFZ2EucGRm?=\""
        );
    }
}

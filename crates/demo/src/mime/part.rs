//! The tree of parts of a message.

use std::str::FromStr;

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;

use super::{Charset, Headers};
use crate::chance::Chance;

/// Content-Transfer-Encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Encoding {
    #[default]
    #[serde(rename = "qp")]
    QuotedPrintable,
    #[serde(rename = "base64")]
    Base64,
    #[serde(rename = "8bit")]
    EightBit,
}

impl FromStr for Encoding {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Ok(match name {
            "qp" => Self::QuotedPrintable,
            "base64" => Self::Base64,
            "8bit" => Self::EightBit,
            _ => return Err(()),
        })
    }
}

/// Longest line that SMTP carries (RFC 5322, section 2.1.1).
const LINE_LENGTH: usize = 998;

/// A part: its own headers and its content.
#[derive(Debug, Clone)]
pub struct Part {
    headers: Headers,
    content: Content,
}

#[derive(Debug, Clone)]
enum Content {
    /// Bytes as they go over the wire.
    Leaf(Vec<u8>),
    /// `multipart/subtype; parameters`
    Parts { subtype: String, parts: Vec<Part> },
}

impl Part {
    /// A text part; `text` has bare line feeds and must fit `charset` (characters that do not are dropped).
    pub fn text(subtype: &str, text: &str, charset: Charset, encoding: Encoding) -> Self {
        let bytes = charset.encode(&text.replace('\n', "\r\n")).unwrap_or_default();
        let mut headers = Headers::default();
        let too_long = bytes
            .split(|byte| *byte == b'\n')
            .any(|line| line.len() > LINE_LENGTH);
        let (name, content) = match encoding {
            Encoding::Base64 => ("base64", base64_lines(&bytes)),
            _ if bytes.is_ascii() && !too_long => ("7bit", bytes),
            Encoding::EightBit if !too_long => ("8bit", bytes),
            _ => ("quoted-printable", quoted_printable(&bytes)),
        };
        headers.add(
            "Content-Type",
            format!("text/{subtype}; charset={}", charset.name()),
        );
        headers.add("Content-Transfer-Encoding", name);
        Self {
            headers,
            content: Content::Leaf(content),
        }
    }

    /// A binary part in base64; `content_type` with its parameters.
    pub fn file(content_type: &str, bytes: &[u8]) -> Self {
        let mut headers = Headers::default();
        headers.add("Content-Type", content_type);
        headers.add("Content-Transfer-Encoding", "base64");
        Self {
            headers,
            content: Content::Leaf(base64_lines(bytes)),
        }
    }

    /// A part whose bytes are written as they are, such as an attached message.
    pub fn verbatim(content_type: &str, bytes: Vec<u8>) -> Self {
        let mut headers = Headers::default();
        headers.add("Content-Type", content_type);
        headers.add(
            "Content-Transfer-Encoding",
            if bytes.is_ascii() { "7bit" } else { "8bit" },
        );
        Self {
            headers,
            content: Content::Leaf(bytes),
        }
    }

    /// A multipart; `subtype` with its parameters except the boundary.
    pub fn multi(subtype: &str, parts: Vec<Part>) -> Self {
        Self {
            headers: Headers::default(),
            content: Content::Parts {
                subtype: subtype.to_owned(),
                parts,
            },
        }
    }

    /// The part with one more header.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.add(name, value);
        self
    }

    /// Writes headers, an empty line and content; `chance` names the boundaries.
    pub fn write(&self, out: &mut Vec<u8>, chance: &mut Chance) {
        match &self.content {
            Content::Leaf(bytes) => {
                self.headers.write(out);
                out.extend(b"\r\n");
                out.extend(bytes);
            }
            Content::Parts { subtype, parts } => {
                let boundary = format!("------------{}", chance.word(24));
                let mut headers = self.headers.clone();
                headers.add(
                    "Content-Type",
                    format!("multipart/{subtype}; boundary=\"{boundary}\""),
                );
                headers.write(out);
                for part in parts {
                    out.extend(format!("\r\n--{boundary}\r\n").bytes());
                    part.write(out, chance);
                }
                out.extend(format!("\r\n--{boundary}--\r\n").bytes());
            }
        }
    }
}

fn base64_lines(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() * 4 / 3 + bytes.len() / 28);
    for line in STANDARD.encode(bytes).as_bytes().chunks(76) {
        out.extend(line);
        out.extend(b"\r\n");
    }
    out
}

/// RFC 2045, section 6.7, for text with CRLF line ends.
fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() * 3 / 2);
    for (at, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if at > 0 {
            out.extend(b"\r\n");
        }
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let mut column = 0;
        for (at, &byte) in line.iter().enumerate() {
            let last = at + 1 == line.len();
            let plain = matches!(byte, b'!'..=b'<' | b'>'..=b'~') || (byte == b' ' && !last);
            let width = if plain { 1 } else { 3 };
            if column + width > 75 {
                out.extend(b"=\r\n");
                column = 0;
            }
            if plain {
                out.push(byte)
            } else {
                out.extend(format!("={byte:02X}").bytes())
            }
            column += width;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_printable_keeps_lines_short_and_protects_last_blanks() {
        let long = "ą".repeat(60);

        let coded = String::from_utf8(quoted_printable(format!("-- \r\n{long}").as_bytes())).expect("ASCII");

        assert!(coded.starts_with("--=20\r\n"));
        assert!(coded.split("\r\n").all(|line| line.len() <= 76), "{coded}");
    }

    #[test]
    fn a_line_too_long_for_smtp_is_not_sent_in_8_bits() {
        let part = Part::text("plain", &"ą".repeat(1200), Charset::Latin2, Encoding::EightBit);
        let mut out = Vec::new();

        part.write(&mut out, &mut Chance::of(&["test"]));

        assert!(String::from_utf8_lossy(&out).contains("quoted-printable"));
    }
}

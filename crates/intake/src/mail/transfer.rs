//! Undoing the transfer encodings of MIME (RFC 2045, section 6).
//!
//! Digests of what these functions give are in journals, so their outcome must never change, not even for input
//! that breaks every rule. The rules for such input are written at each function and fixed by tests.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::{tnef, uuencode};

/// How the bytes in a part's range become its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transfer {
    Identity,
    QuotedPrintable,
    Base64,
    Uuencode,
    /// One attachment of a TNEF stream (winmail.dat), which is itself wrapped for transfer.
    Tnef {
        wrapping: Wrapping,
        attachment: u32,
    },
}

/// The transfer encoding around a TNEF stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wrapping {
    Identity,
    QuotedPrintable,
    Base64,
}

impl Wrapping {
    fn transfer(self) -> Transfer {
        match self {
            Self::Identity => Transfer::Identity,
            Self::QuotedPrintable => Transfer::QuotedPrintable,
            Self::Base64 => Transfer::Base64,
        }
    }
}

impl Transfer {
    /// The encoding a Content-Transfer-Encoding header names. What is unknown is left as it is.
    pub(super) fn named(value: &[u8]) -> Self {
        let name = value
            .trim_ascii()
            .split(|b| b.is_ascii_whitespace() || *b == b';')
            .next()
            .unwrap_or_default();
        let is = |known: &str| name.eq_ignore_ascii_case(known.as_bytes());
        if is("base64") {
            Self::Base64
        } else if is("quoted-printable") {
            Self::QuotedPrintable
        } else if is("x-uuencode") || is("uuencode") || is("x-uue") {
            Self::Uuencode
        } else {
            Self::Identity
        }
    }

    pub(super) fn as_wrapping(self) -> Option<Wrapping> {
        match self {
            Self::Identity => Some(Wrapping::Identity),
            Self::QuotedPrintable => Some(Wrapping::QuotedPrintable),
            Self::Base64 => Some(Wrapping::Base64),
            Self::Uuencode | Self::Tnef { .. } => None,
        }
    }
}

/// A stable name, read back by `from_str`: `identity`, `quoted-printable`, `base64`, `uuencode`, `tnef:base64:0`.
impl fmt::Display for Transfer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Identity => f.write_str("identity"),
            Self::QuotedPrintable => f.write_str("quoted-printable"),
            Self::Base64 => f.write_str("base64"),
            Self::Uuencode => f.write_str("uuencode"),
            Self::Tnef { wrapping, attachment } => write!(f, "tnef:{}:{attachment}", wrapping.transfer()),
        }
    }
}

/// A name that [`Transfer`] does not give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown transfer encoding")]
pub struct UnknownTransfer;

impl FromStr for Transfer {
    type Err = UnknownTransfer;

    fn from_str(name: &str) -> Result<Self, UnknownTransfer> {
        Ok(match name {
            "identity" => Self::Identity,
            "quoted-printable" => Self::QuotedPrintable,
            "base64" => Self::Base64,
            "uuencode" => Self::Uuencode,
            _ => {
                let (wrapping, attachment) = name
                    .strip_prefix("tnef:")
                    .and_then(|rest| rest.split_once(':'))
                    .ok_or(UnknownTransfer)?;
                let wrapping = Self::from_str(wrapping)?.as_wrapping().ok_or(UnknownTransfer)?;
                Self::Tnef {
                    wrapping,
                    attachment: attachment.parse().map_err(|_| UnknownTransfer)?,
                }
            }
        })
    }
}

/// The content of still encoded bytes.
pub(super) fn decode(transfer: Transfer, encoded: &[u8]) -> Cow<'_, [u8]> {
    let with = |decoder: fn(&[u8], &mut Vec<u8>)| {
        let mut out = Vec::with_capacity(encoded.len());
        decoder(encoded, &mut out);
        Cow::Owned(out)
    };
    match transfer {
        Transfer::Identity => Cow::Borrowed(encoded),
        Transfer::QuotedPrintable => with(quoted_printable),
        Transfer::Base64 => with(base64),
        Transfer::Uuencode => with(uuencode::decode),
        Transfer::Tnef { wrapping, attachment } => match decode(wrapping.transfer(), encoded) {
            Cow::Borrowed(stream) => Cow::Borrowed(tnef::content(stream, attachment)),
            Cow::Owned(stream) => Cow::Owned(tnef::content(&stream, attachment).to_vec()),
        },
    }
}

/// The number of bytes [`decode`] would give, without making them.
pub(super) fn decoded_size(transfer: Transfer, encoded: &[u8]) -> usize {
    let with = |decoder: fn(&[u8], &mut Count)| {
        let mut count = Count(0);
        decoder(encoded, &mut count);
        count.0
    };
    match transfer {
        Transfer::Identity => encoded.len(),
        Transfer::QuotedPrintable => with(quoted_printable),
        Transfer::Base64 => with(base64),
        Transfer::Uuencode => with(uuencode::decode),
        Transfer::Tnef { .. } => decode(transfer, encoded).len(),
    }
}

/// Where decoded bytes go.
pub(super) trait Sink {
    fn put(&mut self, bytes: &[u8]);
}

impl Sink for Vec<u8> {
    fn put(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }
}

/// A sink that only counts.
struct Count(usize);

impl Sink for Count {
    fn put(&mut self, bytes: &[u8]) {
        self.0 += bytes.len();
    }
}

const NOT_BASE64: u8 = 0xFF;

const BASE64: [u8; 256] = {
    let alphabet = *b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut table = [NOT_BASE64; 256];
    let mut value = 0;
    while value < 64 {
        table[alphabet[value] as usize] = value as u8;
        value += 1;
    }
    table
};

/// Base64. Bytes outside the alphabet are passed over; `=` after two or three characters of a group ends the
/// content, elsewhere it is passed over; an unfinished last group gives its whole bytes.
pub(super) fn base64<S: Sink>(encoded: &[u8], out: &mut S) {
    let (mut group, mut count) = (0u32, 0u8);
    let mut rest = encoded;
    loop {
        while count == 0
            && let Some(bytes) = whole_group(rest)
        {
            out.put(&bytes);
            rest = rest.get(4..).unwrap_or_default();
        }
        let Some((&byte, after)) = rest.split_first() else {
            break;
        };
        rest = after;
        let value = BASE64[usize::from(byte)];
        if value != NOT_BASE64 {
            group = (group << 6) | u32::from(value);
            count += 1;
            if count == 4 {
                let [_, a, b, c] = group.to_be_bytes();
                out.put(&[a, b, c]);
                (group, count) = (0, 0);
            }
        } else if byte == b'=' && count >= 2 {
            break;
        }
    }
    match count {
        2 => out.put(&[(group >> 4) as u8]),
        3 => out.put(&[(group >> 10) as u8, (group >> 2) as u8]),
        _ => {}
    }
}

fn whole_group(rest: &[u8]) -> Option<[u8; 3]> {
    let [a, b, c, d] = rest.first_chunk::<4>()?.map(|byte| BASE64[usize::from(byte)]);
    if (a | b | c | d) & 0xC0 != 0 {
        return None;
    }
    Some([(a << 2) | (b >> 4), (b << 4) | (c >> 2), (c << 6) | d])
}

/// Quoted-printable. `=` and two hexadecimal digits of either case are a byte; `=`, white space and a line ending
/// (or the end) are nothing; any other `=` stands for itself. White space at the end of a line is dropped, line
/// endings stay as they are.
pub(super) fn quoted_printable<S: Sink>(encoded: &[u8], out: &mut S) {
    let mut rest = encoded;
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        let (line, after) = rest.split_at(end);
        rest = after;
        let text = line.trim_ascii_end();
        let newline = super::header::trim_newline(line).len();
        match text.strip_suffix(b"=") {
            Some(text) => quoted_line(text, out),
            None => {
                quoted_line(text, out);
                out.put(line.get(newline..).unwrap_or_default());
            }
        }
    }
}

fn quoted_line<S: Sink>(mut line: &[u8], out: &mut S) {
    while let Some(at) = memchr::memchr(b'=', line) {
        let (plain, rest) = line.split_at(at);
        out.put(plain);
        match rest {
            [_, high, low, after @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                out.put(&[(hex(*high) << 4) | hex(*low)]);
                line = after;
            }
            _ => {
                out.put(b"=");
                line = rest.get(1..).unwrap_or_default();
            }
        }
    }
    out.put(line);
}

pub(super) fn hex(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        b'A'..=b'F' => digit - b'A' + 10,
        _ => 0,
    }
}

//! The lines that divide a multipart (RFC 2046, section 5.1.1).

use super::header::{line_end, trim_newline};

/// A line that divides the parts of a multipart.
pub(super) struct Divider {
    /// Where what stands before it ends (its own line ending belongs to the divider).
    pub before: usize,
    pub after: usize,
    /// It closes the multipart.
    pub last: bool,
}

/// The dividers of a multipart, in order.
pub(super) struct Dividers<'a> {
    bytes: &'a [u8],
    boundary: &'a [u8],
    at: usize,
}

impl<'a> Dividers<'a> {
    pub fn new(bytes: &'a [u8], boundary: &'a [u8]) -> Self {
        Self {
            bytes,
            boundary,
            at: 0,
        }
    }
}

impl Iterator for Dividers<'_> {
    type Item = Divider;

    fn next(&mut self) -> Option<Divider> {
        loop {
            let found = self.at + memchr::memmem::find(self.bytes.get(self.at..)?, b"--")?;
            let end = line_end(self.bytes, found);
            let starts_line = found == 0 || self.bytes.get(found - 1) == Some(&b'\n');
            if !starts_line {
                // Past this run of dashes, of which there may be many.
                self.at = found + 2;
                continue;
            }
            self.at = end;
            let line = self.bytes.get(found + 2..end)?.trim_ascii_end();
            let Some(rest) = line.strip_prefix(self.boundary) else {
                continue;
            };
            if rest.is_empty() || rest == b"--" {
                let before = trim_newline(self.bytes.get(..found)?).len();
                return Some(Divider {
                    before,
                    after: end,
                    last: !rest.is_empty(),
                });
            }
        }
    }
}

/// The boundary of a multipart that forgot to say it: what its first line of dashes says.
pub(super) fn apparent_boundary(bytes: &[u8]) -> Option<&[u8]> {
    let start = bytes.iter().position(|b| !b.is_ascii_whitespace())?;
    let line = bytes
        .get(start..line_end(bytes, start))?
        .strip_prefix(b"--")?
        .trim_ascii_end();
    (!line.is_empty()).then_some(line)
}

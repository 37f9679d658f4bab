//! Uuencoded files, as whole parts and in the midst of plain text.

use std::ops::Range;

use super::header::{line_end, trim_newline};
use super::transfer::Sink;

/// A file found in a text.
pub(super) struct File<'a> {
    pub name: &'a [u8],
    /// From its `begin` line through its `end` line.
    pub range: Range<usize>,
}

/// The next complete file in `text` at or after `at`.
pub(super) fn find(text: &[u8], mut at: usize) -> Option<File<'_>> {
    loop {
        at += memchr::memmem::find(text.get(at..)?, b"begin ")?;
        let line = line_end(text, at);
        let starts_line = at == 0 || text.get(at - 1) == Some(&b'\n');
        match begin(trim_newline(text.get(at..line)?)).filter(|_| starts_line) {
            Some(name) => match end(text, line) {
                Ok(end) => return Some(File { name, range: at..end }),
                // Nothing up to there can be a file, so nothing is looked at twice.
                Err(stop) => at = stop,
            },
            None => at += 1,
        }
    }
}

/// The file name on a line such as `begin 644 name`.
fn begin(line: &[u8]) -> Option<&[u8]> {
    let rest = line.strip_prefix(b"begin ")?;
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    let name = rest.get(digits..)?.strip_prefix(b" ")?.trim_ascii();
    ((3..=4).contains(&digits) && !name.is_empty()).then_some(name)
}

/// Where the file whose data starts at `at` ends, or the first line that is no data.
fn end(text: &[u8], mut at: usize) -> Result<usize, usize> {
    while at < text.len() {
        let next = line_end(text, at);
        let line = trim_newline(text.get(at..next).unwrap_or_default());
        if line.trim_ascii_end() == b"end" {
            return Ok(next);
        }
        let data = line.iter().all(|b| (b' '..=b'`').contains(b)) && line.len() <= 100;
        if !data {
            return Err(at);
        }
        at = next;
    }
    Err(at)
}

/// Uuencoding. All up to and with the line that starts with `begin ` is passed over; each line then says its
/// length in its first character; a line of length nought, or `end`, ends the content. Missing characters count as nought.
pub(super) fn decode<S: Sink>(encoded: &[u8], out: &mut S) {
    let mut started = false;
    for line in encoded.split(|b| *b == b'\n') {
        if !started {
            started = line.starts_with(b"begin ");
            continue;
        }
        let Some((&first, data)) = trim_newline(line).split_first() else {
            continue;
        };
        let mut left = usize::from(value(first));
        if left == 0 || line.starts_with(b"end") {
            return;
        }
        for group in data.chunks(4) {
            let [a, b, c, d] = [0, 1, 2, 3].map(|at| group.get(at).map_or(0, |byte| value(*byte)));
            let bytes = [(a << 2) | (b >> 4), (b << 4) | (c >> 2), (c << 6) | d];
            out.put(bytes.get(..left.min(3)).unwrap_or_default());
            left = left.saturating_sub(3);
        }
    }
}

fn value(byte: u8) -> u8 {
    byte.wrapping_sub(b' ') & 0x3F
}

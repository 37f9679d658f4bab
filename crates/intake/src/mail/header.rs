//! Splitting a header block into fields (RFC 5322, section 2.2), forgiving what real mail does to it.

use memchr::{memchr, memchr2};

/// Lines looked at, after a line that is no field, for a sign that the header goes on.
const LOOK_AHEAD_LINES: usize = 5;

/// One field of a header block, as it stands in the message.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field<'a> {
    pub name: &'a [u8],
    /// Still folded and encoded.
    pub value: &'a [u8],
}

impl Field<'_> {
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }
}

/// The fields of the header block at the start of some bytes. Once exhausted, `body` is where it ended.
pub(super) struct Fields<'a> {
    raw: &'a [u8],
    at: usize,
    body: Option<usize>,
}

impl<'a> Fields<'a> {
    pub fn new(raw: &'a [u8]) -> Self {
        Self {
            raw,
            at: 0,
            body: None,
        }
    }

    /// Where the body starts; known once the iterator has ended.
    pub fn body(&self) -> usize {
        self.body.unwrap_or(self.at)
    }

    fn end(&mut self, body: usize) -> Option<Field<'a>> {
        self.body = Some(body);
        None
    }

    /// The end of a field whose first line ends at `end`: past all lines that begin with white space.
    fn unfolded_end(&self, mut end: usize) -> usize {
        while matches!(self.raw.get(end), Some(b' ' | b'\t')) {
            end = line_end(self.raw, end);
        }
        end
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Field<'a>;

    fn next(&mut self) -> Option<Field<'a>> {
        loop {
            if self.body.is_some() {
                return None;
            }
            let (start, end) = (self.at, line_end(self.raw, self.at));
            let line = trim_newline(self.raw.get(start..end)?);
            if line.is_empty() {
                return self.end(end);
            }
            if let Some(colon) = colon(line) {
                self.at = self.unfolded_end(end);
                let value = self.raw.get(start + colon + 1..self.at)?;
                let name = line.get(..colon)?.trim_ascii_end();
                return Some(Field {
                    name,
                    value: trim_newline(value),
                });
            }
            // A mailbox separator, a stray folded line, a line a relay broke: noise, if the header goes on.
            if !is_noise(line) && !goes_on(self.raw, end) {
                return self.end(start);
            }
            self.at = end;
        }
    }
}

fn is_noise(line: &[u8]) -> bool {
    line.starts_with(b"From ") || line.starts_with(b">From ") || matches!(line.first(), Some(b' ' | b'\t'))
}

/// The end of the line that starts at `start`, past its line feed.
pub(super) fn line_end(raw: &[u8], start: usize) -> usize {
    let rest = raw.get(start..).unwrap_or_default();
    memchr(b'\n', rest).map_or(raw.len(), |at| start + at + 1)
}

/// A line, or some lines, without the line ending at the end.
pub(super) fn trim_newline(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Where the name of the field on this line ends, if the line is one.
fn colon(line: &[u8]) -> Option<usize> {
    let at = memchr2(b':', b' ', line)?;
    // RFC 822 allowed white space before the colon.
    let colon = at + line.get(at..)?.iter().position(|b| !matches!(b, b' ' | b'\t'))?;
    let name = line.get(..at)?;
    let valid = line.get(colon) == Some(&b':') && at > 0 && name.iter().all(u8::is_ascii_graphic);
    valid.then_some(colon)
}

fn goes_on(raw: &[u8], mut at: usize) -> bool {
    for _ in 0..LOOK_AHEAD_LINES {
        let end = line_end(raw, at);
        let line = trim_newline(raw.get(at..end).unwrap_or_default());
        if line.is_empty() {
            return false;
        }
        if colon(line).is_some_and(|colon| is_known(line.get(..colon).unwrap_or_default())) {
            return true;
        }
        at = end;
    }
    false
}

/// Whether this is a name that messages, and hardly anything else, have in their headers.
pub(super) fn is_known(name: &[u8]) -> bool {
    const NAMES: [&str; 24] = [
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "received",
        "mime-version",
        "content-type",
        "cc",
        "bcc",
        "sender",
        "reply-to",
        "return-path",
        "delivered-to",
        "in-reply-to",
        "references",
        "envelope-to",
        "content-transfer-encoding",
        "content-disposition",
        "dkim-signature",
        "authentication-results",
        "precedence",
        "status",
        "user-agent",
    ];
    let name = name.trim_ascii_end();
    let prefixed = |prefix: &str| {
        name.get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    NAMES
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
        || ["x-", "list-", "resent-", "arc-"]
            .iter()
            .any(|known| prefixed(known))
}

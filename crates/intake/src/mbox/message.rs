//! What the lines of a mailbox mean.

use memchr::memmem;

use super::Variant;

/// The value of a Content-Length line.
pub(super) fn content_length(line: &[u8]) -> Option<usize> {
    const NAME: &[u8] = b"content-length:";
    let (name, value) = line.split_at_checked(NAME.len())?;
    let value = std::str::from_utf8(value).ok()?;
    name.eq_ignore_ascii_case(NAME)
        .then(|| value.trim().parse().ok())?
}

/// Whether a line looks like a field of a header (or a mailbox separator quoted before one).
pub(super) fn is_header(line: &[u8]) -> bool {
    let Some(colon) = memchr::memchr(b':', line) else {
        return line.starts_with(b">From ");
    };
    let name = line.get(..colon).unwrap_or_default().trim_ascii_end();
    name.len() > 1
        && name
            .iter()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

/// Whether a `From ` line holds a date such as `Sat Jan  3 01:05:34 1996`, or is what Netscape wrote.
pub(super) fn is_dated(line: &[u8]) -> bool {
    const MONTHS: [&[u8]; 12] = [
        b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
    ];
    let line = line.get(..256).unwrap_or(line).trim_ascii();
    let words = || line.split(u8::is_ascii_whitespace);
    let month = words().any(|word| MONTHS.contains(&word));
    let time = words()
        .any(|word| matches!(word, [a, .., b'0'..=b'9'] if a.is_ascii_digit() && word.contains(&b':')));
    let year = words().any(|word| word.len() == 4 && word.iter().all(u8::is_ascii_digit));
    (month && time && year) || line == b"From -"
}

/// A message as it was before it was put into a mailbox, and the format that shows.
pub(super) fn unquoted(stored: &[u8], by_length: bool) -> (Vec<u8>, Variant) {
    let start = memchr::memchr(b'\n', stored).map_or(stored.len(), |at| at + 1);
    let message = stored.get(start..).unwrap_or_default();
    let body = [b"\n\n".as_slice(), b"\n\r\n"]
        .into_iter()
        .filter_map(|empty| memmem::find(message, empty))
        .min();
    let (header, body) = message.split_at(body.map_or(message.len(), |at| at + 1));
    let signs = Signs::of(body);
    let variant = match (by_length, signs) {
        (true, Signs { plain: true, .. } | Signs { quoted: false, .. }) => Variant::Mboxcl2,
        (true, _) => Variant::Mboxcl,
        (false, Signs { requoted: true, .. }) => Variant::Mboxrd,
        (false, _) => Variant::Mboxo,
    };
    if !signs.quoted || variant == Variant::Mboxcl2 {
        return (message.to_vec(), variant);
    }
    let mut bytes = Vec::with_capacity(message.len());
    bytes.extend_from_slice(header);
    for line in body.split_inclusive(|b| *b == b'\n') {
        let quoted = from_quotes(line).is_some_and(|quotes| quotes > 0);
        bytes.extend_from_slice(line.get(usize::from(quoted)..).unwrap_or_default());
    }
    (bytes, variant)
}

/// The kinds of `From ` lines in a body.
#[derive(Clone, Copy, Default)]
struct Signs {
    plain: bool,
    quoted: bool,
    requoted: bool,
}

impl Signs {
    fn of(body: &[u8]) -> Self {
        let mut signs = Self::default();
        for at in memmem::find_iter(body, b"From ") {
            let start = body.get(..at).unwrap_or_default();
            let quotes = start.iter().rev().take_while(|b| **b == b'>').count();
            let starts_line = start.len() == quotes || body.get(at - quotes - 1) == Some(&b'\n');
            if starts_line {
                signs.plain |= quotes == 0;
                signs.quoted |= quotes > 0;
                signs.requoted |= quotes > 1;
            }
        }
        signs
    }
}

/// The number of `>` before `From ` at the start of a line that has it.
fn from_quotes(line: &[u8]) -> Option<usize> {
    let quotes = line.iter().take_while(|b| **b == b'>').count();
    line.get(quotes..)?.starts_with(b"From ").then_some(quotes)
}

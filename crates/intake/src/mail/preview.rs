//! The first words of a message, for lists.

use super::{Part, PartKind, charset, transfer};

const PREVIEW_CHARS: usize = 200;
/// How much of the encoded text is looked at.
const LOOKED_AT_BYTES: usize = 16 * 1024;

pub(super) fn preview(raw: &[u8], parts: &[Part]) -> String {
    let own = parts.iter().take_while(|part| part.kind != PartKind::Nested);
    let Some(part) = own.clone().find(|part| part.kind == PartKind::Text) else {
        return String::new();
    };
    let encoded = raw.get(part.range.clone()).unwrap_or_default();
    let start = encoded.get(..LOOKED_AT_BYTES).unwrap_or(encoded);
    let decoded = transfer::decode(part.transfer, start);
    let text = charset::decode(&decoded, part.charset.as_deref().map(str::as_bytes));
    let mut words = String::new();
    for line in text.lines().filter(|line| !line.starts_with('>')) {
        for word in line.split_whitespace() {
            if words.chars().count() > PREVIEW_CHARS {
                return words;
            }
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(word);
        }
    }
    words
}

//! The first words of a message, for lists.

use super::blocks::{BlockKind, blocks};
use super::reading::{declared_charset, own_parts};
use super::{Part, PartKind, charset, html, transfer};

const PREVIEW_CHARS: usize = 200;
/// How much of the encoded text is looked at: HTML may have much to say before its first word.
const TEXT_BYTES: usize = 4 * 1024;
const HTML_BYTES: usize = 32 * 1024;

/// What the sender wrote, or if that is nothing, what they quoted.
pub(super) fn preview(raw: &[u8], parts: &[Part]) -> String {
    let text = plain_start(raw, parts).filter(|text| !text.trim().is_empty());
    let text = text.or_else(|| html_start(raw, parts)).unwrap_or_default();
    let words = |kinds: fn(BlockKind) -> bool| {
        let wanted = blocks(&text).into_iter().filter(|block| kinds(block.kind));
        let lines: Vec<&str> = wanted.filter_map(|block| text.get(block.range)).collect();
        first_words(lines.into_iter())
    };
    let own = words(|kind| matches!(kind, BlockKind::Own));
    if own.is_empty() {
        words(|kind| !matches!(kind, BlockKind::LeadIn))
    } else {
        own
    }
}

fn plain_start(raw: &[u8], parts: &[Part]) -> Option<String> {
    let part = own_parts(parts).find(|part| part.kind == PartKind::Text)?;
    let bytes = start(part, raw, TEXT_BYTES);
    Some(charset::decode(&bytes, part.charset.as_deref().map(str::as_bytes)).into_owned())
}

fn html_start(raw: &[u8], parts: &[Part]) -> Option<String> {
    let part = own_parts(parts).find(|part| part.kind == PartKind::Html)?;
    let bytes = start(part, raw, HTML_BYTES);
    let label = part
        .charset
        .as_deref()
        .map(str::as_bytes)
        .or_else(|| declared_charset(&bytes));
    Some(html::text(&charset::decode(&bytes, label)))
}

/// The start of a part's content; a character that the cut went through is left out.
fn start<'a>(part: &Part, raw: &'a [u8], length: usize) -> std::borrow::Cow<'a, [u8]> {
    let encoded = raw.get(part.range.clone()).unwrap_or_default();
    let Some(cut) = encoded.get(..length) else {
        return transfer::decode(part.transfer, encoded);
    };
    let line = memchr::memrchr(b'\n', cut).map_or(length, |end| end + 1);
    transfer::decode(part.transfer, cut.get(..line).unwrap_or(cut))
}

fn first_words<'a>(passages: impl Iterator<Item = &'a str>) -> String {
    let mut words = String::new();
    let mut left = PREVIEW_CHARS;
    for word in passages.flat_map(str::split_whitespace) {
        if left == 0 {
            words.push('…');
            break;
        }
        let space = usize::from(!words.is_empty());
        let length = word.chars().count() + space;
        words.extend(std::iter::repeat_n(' ', space));
        words.extend(word.chars().take(left));
        left = left.saturating_sub(length);
    }
    words
}

//! Keeping documents from a browser's parser that would cost it time or memory out of proportion.
//!
//! The algorithm HTML prescribes looks through all open elements at many tags, so unclosed ones make it quadratic.
//! How many are open is only estimated here, since comments and scripts can hide tags from one reader and not from
//! another; the number of `<`, which nothing hides, bounds the cost in any case.

use std::collections::HashMap;

use super::html::tags;

const MAX_BYTES: usize = 4 * 1024 * 1024;
const MAX_TAGS: usize = 40_000;
const MAX_OPEN: usize = 400;
/// Spaces and equals signs in one tag: attributes are compared with each other.
const MAX_ATTRIBUTE_MARKS: usize = 2_000;
/// Each of these adds its attributes to those of the first.
const MAX_ROOTS: usize = 50;

/// Void elements, and those that a new one of the kind closes.
const NOT_COUNTED: [&str; 21] = [
    "br", "img", "hr", "meta", "link", "input", "col", "area", "base", "wbr", "p", "li", "td", "th", "tr",
    "dt", "dd", "option", "html", "body", "head",
];

/// Whether a document can be parsed as HTML at a cost in proportion to its size.
pub(super) fn can_be_laid_out(html: &str) -> bool {
    if html.len() > MAX_BYTES || memchr::memchr_iter(b'<', html.as_bytes()).count() > MAX_TAGS {
        return false;
    }
    let mut open: HashMap<String, usize> = HashMap::new();
    let (mut depth, mut roots) = (0_usize, 0);
    for tag in tags(html) {
        let marks = tag
            .attributes
            .bytes()
            .filter(|b| b.is_ascii_whitespace() || *b == b'=')
            .count();
        let name = tag.name.to_ascii_lowercase();
        roots += usize::from(matches!(name.as_str(), "html" | "body"));
        if depth > MAX_OPEN || roots > MAX_ROOTS || marks > MAX_ATTRIBUTE_MARKS {
            return false;
        }
        if NOT_COUNTED.contains(&name.as_str()) {
            continue;
        }
        let opened = open.entry(name).or_default();
        if tag.closing {
            depth -= usize::from(*opened > 0).min(depth);
            *opened = opened.saturating_sub(1);
        } else {
            *opened += 1;
            depth += 1;
        }
    }
    depth <= MAX_OPEN
}

//! The piece of a text that shows why it was found.

use std::ops::Range;

use kronika_lexicon::WordQuery;

/// Text in pieces, of which some are what was searched for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Excerpt {
    pub pieces: Vec<(String, bool)>,
}

/// About this many bytes are shown around the first hit.
const LENGTH: usize = 240;
/// How much of them stands before the hit.
const BEFORE: usize = 60;
/// Texts are looked through no further than this.
const LOOKED_THROUGH: usize = 64 * 1024;

/// Lights up a whole short text, such as a subject.
pub fn whole(text: &str, words: &[WordQuery], typing: bool) -> Excerpt {
    cut_up(text, &kronika_lexicon::highlight(text, words, typing))
}

/// The stretch of a long text around its first hit; `None` when nothing in it is one.
pub fn around(text: &str, words: &[WordQuery], typing: bool) -> Option<Excerpt> {
    let text = &text[..text.floor_char_boundary(LOOKED_THROUGH)];
    let hits = kronika_lexicon::highlight(text, words, typing);
    let first = hits.first()?;
    let start = text.floor_char_boundary(first.start.saturating_sub(BEFORE));
    // Not in the middle of a word.
    let start = text[start..first.start]
        .find(char::is_whitespace)
        .map_or(start, |gap| start + gap)
        .min(first.start);
    let start = if first.start <= BEFORE { 0 } else { start };
    let end = text.floor_char_boundary((start + LENGTH).max(first.end));
    let inside: Vec<Range<usize>> = hits
        .into_iter()
        .filter(|hit| hit.end <= end)
        .map(|hit| hit.start - start..hit.end - start)
        .collect();
    let mut excerpt = cut_up(&text[start..end], &inside);
    if start > 0 {
        excerpt.pieces.insert(0, ("… ".to_owned(), false));
    }
    if end < text.len() {
        excerpt.pieces.push((" …".to_owned(), false));
    }
    Some(excerpt)
}

fn cut_up(text: &str, hits: &[Range<usize>]) -> Excerpt {
    let mut pieces = Vec::new();
    let mut at = 0;
    for hit in hits {
        if at < hit.start {
            pieces.push((one_line(&text[at..hit.start]), false));
        }
        pieces.push((text[hit.clone()].to_owned(), true));
        at = hit.end;
    }
    if at < text.len() {
        pieces.push((one_line(&text[at..]), false));
    }
    Excerpt { pieces }
}

/// Line breaks and runs of spaces become one space each.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        if !character.is_whitespace() {
            line.push(character);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_shows_the_first_hit_in_its_surroundings() {
        let text = format!(
            "{} Uzgodniliśmy umowę\n\nna rok. {}",
            "dzień dobry ".repeat(30),
            "i tak dalej ".repeat(50)
        );
        let words = kronika_lexicon::query("umowa");

        let excerpt = around(&text, &words, false).unwrap();

        let shown: String = excerpt.pieces.iter().map(|(piece, _)| piece.as_str()).collect();
        assert!(
            excerpt.pieces.contains(&("umowę".to_owned(), true)),
            "{excerpt:?}"
        );
        assert!(shown.starts_with("… ") && shown.ends_with(" …") && shown.len() < 400);
        assert_eq!(around("nothing of the kind", &words, false), None);
    }
}

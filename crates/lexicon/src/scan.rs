//! Cuts text into pieces: words, compounds (`FV/12/2026`, `anna@firma.pl`, `e-mail`) and spaced numbers (`+48 600 100 200`).

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::letters::{is_alphanumeric, is_inside_word};
use crate::{compound, number};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, or letters with apostrophes.
    Word,
    /// Anything with digits or with joiners between its parts.
    Compound,
    /// Groups of digits that are one number, with blanks between them.
    Number,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub kind: Kind,
    pub range: Range<usize>,
}

/// Calls `found` with each piece of the text, in order.
pub(crate) fn pieces(text: &str, found: &mut dyn FnMut(Piece)) {
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        if let Some(length) = number::spaced(&text[at..]) {
            found(Piece {
                kind: Kind::Number,
                range: at..at + length,
            });
            at += length;
        } else if is_alphanumeric(letter) {
            let end = chunk_end(text, at);
            chunk(text, at..end, found);
            at = end;
        } else {
            at += letter.len_utf8();
        }
    }
}

/// What holds the parts of a compound together, when letters or digits stand on both sides.
pub(crate) fn is_joiner(letter: char) -> bool {
    matches!(
        letter,
        '.' | '-' | '/' | '_' | '@' | ':' | '+' | '\'' | '’' | '\\' | '#' | '‐' | '‑' | '&'
    )
}

pub(crate) fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’')
}

/// The end of the run of letters, digits and joiners that starts at `start`.
fn chunk_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
            at += 1;
        }
        let Some(letter) = text[at..].chars().next() else {
            return at;
        };
        let after = at + letter.len_utf8();
        if !is_inside_word(letter) && !joins(letter, &text[start..at], &text[after..]) {
            return at;
        }
        at = after;
    }
}

fn joins(letter: char, before: &str, after: &str) -> bool {
    let digit_after = || after.starts_with(|next: char| next.is_ascii_digit());
    match letter {
        // 1234,50: a comma joins digits only.
        ',' => before.ends_with(|last: char| last.is_ascii_digit()) && digit_after(),
        _ => is_joiner(letter) && after.starts_with(is_alphanumeric),
    }
}

/// What is longer is no number or address that anybody types, but data.
const LONGEST_COMPOUND: usize = 256;

/// Cuts a run without blanks: into nothing less if it is a compound, else into its words.
fn chunk(text: &str, range: Range<usize>, found: &mut dyn FnMut(Piece)) {
    let short = range.len() <= LONGEST_COMPOUND;
    let mut rest = range;
    loop {
        let piece = &text[rest.clone()];
        if piece.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return word(text, rest, found);
        }
        let length = if short { compound_length(piece) } else { None };
        if let Some(length) = length {
            found(Piece {
                kind: Kind::Compound,
                range: rest.start..rest.start + length,
            });
            rest.start += length;
        } else {
            // "umowa/aneks" or a blank forgotten behind a full stop: words of their own.
            let length = piece.find(parts_words).unwrap_or(piece.len());
            word(text, rest.start..rest.start + length, found);
            rest.start += length;
        }
        match text[rest.clone()].chars().next() {
            Some(mark) => rest.start += mark.len_utf8(),
            None => return,
        }
    }
}

/// How much of the run stays whole: all of a compound, the host of an address before its path, or nothing.
fn compound_length(piece: &str) -> Option<usize> {
    if compound::form(piece).is_some() {
        return Some(piece.len());
    }
    let host = piece.find(['/', ':'])?;
    (compound::form(&piece[..host]) == Some(compound::Form::Domain)).then_some(host)
}

fn parts_words(letter: char) -> bool {
    letter == ',' || is_joiner(letter) && !is_apostrophe(letter)
}

fn word(text: &str, range: Range<usize>, found: &mut dyn FnMut(Piece)) {
    let piece = &text[range.clone()];
    if piece.chars().all(is_of_spaced_script) {
        return found(Piece {
            kind: Kind::Word,
            range,
        });
    }
    for (offset, word) in piece.unicode_word_indices() {
        let start = range.start + offset;
        found(Piece {
            kind: Kind::Word,
            range: start..start + word.len(),
        });
    }
}

/// Latin, Greek, Cyrillic, their marks and what is invisible: blanks part the words. Elsewhere UAX #29 does.
fn is_of_spaced_script(letter: char) -> bool {
    matches!(letter, '\0'..='\u{52f}' | '\u{1e00}'..='\u{206f}' | '\u{fb00}'..='\u{fb06}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(Kind, &str)> {
        let mut cut = Vec::new();
        pieces(text, &mut |piece| cut.push((piece.kind, &text[piece.range])));
        cut
    }

    #[test]
    fn words_end_at_punctuation_and_compounds_do_not() {
        assert_eq!(
            cut("Faktúra č. FV/12/2026 (pre anna@firma.pl), don't."),
            [
                (Kind::Word, "Faktúra"),
                (Kind::Word, "č"),
                (Kind::Compound, "FV/12/2026"),
                (Kind::Word, "pre"),
                (Kind::Compound, "anna@firma.pl"),
                (Kind::Word, "don't"),
            ]
        );
    }

    #[test]
    fn a_number_with_blanks_is_one_piece() {
        assert_eq!(
            cut("tel. +48 600 100 200, kwota 1 234,50 zł"),
            [
                (Kind::Word, "tel"),
                (Kind::Number, "+48 600 100 200"),
                (Kind::Word, "kwota"),
                (Kind::Number, "1 234,50"),
                (Kind::Word, "zł"),
            ]
        );
    }

    #[test]
    fn an_address_is_cut_into_host_and_path() {
        assert_eq!(
            cut("https://www.firma.pl/faktury/2026"),
            [
                (Kind::Word, "https"),
                (Kind::Compound, "www.firma.pl"),
                (Kind::Compound, "faktury/2026")
            ]
        );
    }

    #[test]
    fn a_long_run_of_parts_is_cut_in_one_pass() {
        assert_eq!(cut(&"ab/".repeat(200_000)).len(), 200_000);
        assert_eq!(cut(&"a1+".repeat(200_000)).len(), 200_000);
    }

    #[test]
    fn scripts_without_blanks_are_parted() {
        assert_eq!(cut("発票 договор").len(), 3);
    }
}

//! From a document's text to its tokens.

use std::borrow::Cow;
use std::ops::Range;

use crate::cache::{self, Cache};
use crate::compound::Form;
use crate::language::{Language, detect};
use crate::letters::{fold, is_numeric};
use crate::scan::{self, Kind, Piece};
use crate::word::Setting;
use crate::{compound, number};

/// A term in at most this many bytes; longer ones are cut, in documents and queries alike.
pub const LONGEST_TERM: usize = 64;
/// Words behind which a part of a text is judged by itself.
const OWN_LANGUAGE: usize = 8;

/// One way in which a word of a document can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'a> {
    /// Counts words, compounds and numbers from 0. All tokens of one of them share it.
    pub position: u32,
    /// Never empty, at most [`LONGEST_TERM`] bytes, without blanks, control characters or quotation marks.
    pub term: &'a str,
    /// The bytes of the text that the term stands for.
    pub range: Range<usize>,
}

/// Calls `sink` with every token of a text, in the order of their positions.
///
/// The language of each part (between blank lines) is found inside; a part too short to tell is taken
/// to be in the language of the whole, and where that is unknown too, in every language that knows the word.
pub fn document(text: &str, sink: &mut dyn FnMut(Token)) {
    document_as(text, detect(text), sink);
}

/// As [`document`], for a text whose language is known from elsewhere. Parts that are clearly in another are still seen.
pub fn document_in(language: Language, text: &str, sink: &mut dyn FnMut(Token)) {
    document_as(text, Some(language), sink);
}

fn document_as(text: &str, language: Option<Language>, sink: &mut dyn FnMut(Token)) {
    let mut position = 0;
    let mut start = 0;
    cache::with_recent(|cache| {
        for part in parts(text) {
            let setting = Setting {
                language: language_of(part).or(language),
                accented: is_accented(part),
                query: false,
            };
            scan::pieces(part, &mut |piece| {
                piece_terms(part, &piece, setting, cache, &mut |term, range| {
                    let term = clean(term);
                    if !term.is_empty() {
                        sink(Token {
                            position,
                            term: &term,
                            range: start + range.start..start + range.end,
                        });
                    }
                });
                position += 1;
            });
            start += part.len();
        }
    });
}

/// The text in parts that end with a blank line.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut end = 0;
        for line in rest.split_inclusive('\n') {
            end += line.len();
            if line.trim_end().is_empty() {
                break;
            }
        }
        let (part, after) = rest.split_at(end);
        rest = after;
        (!part.is_empty()).then_some(part)
    })
}

fn language_of(part: &str) -> Option<Language> {
    let words = part.split(char::is_whitespace).filter(|word| !word.is_empty());
    if words.take(OWN_LANGUAGE).count() < OWN_LANGUAGE {
        None
    } else {
        detect(part)
    }
}

fn is_accented(part: &str) -> bool {
    !part.is_ascii() && part.chars().any(|letter| matches!(letter, '\u{c0}'..='\u{17f}'))
}

fn piece_terms(
    text: &str,
    piece: &Piece,
    setting: Setting,
    cache: &mut Cache,
    emit: &mut dyn FnMut(&str, Range<usize>),
) {
    let written = &text[piece.range.clone()];
    if piece.kind == Kind::Word {
        return word_terms(written, setting, cache, &mut |term| {
            emit(term, piece.range.clone())
        });
    }
    let mut seen: Vec<String> = Vec::new();
    let mut once = |term: &str, range: Range<usize>| {
        if !seen.iter().any(|earlier| earlier == term) {
            seen.push(term.to_owned());
            emit(
                term,
                piece.range.start + range.start..piece.range.start + range.end,
            );
        }
    };
    whole_terms(written, piece.kind, setting, cache, &mut |term| {
        once(term, 0..written.len())
    });
    for (at, part) in compound::parts(written) {
        part_terms(part, setting, cache, &mut |term, range| {
            once(term, at + range.start..at + range.end)
        });
    }
}

/// What stands for a compound or a number as a whole.
pub(crate) fn whole_terms(
    written: &str,
    kind: Kind,
    setting: Setting,
    cache: &mut Cache,
    emit: &mut dyn FnMut(&str),
) {
    match compound::form(written).filter(|_| kind == Kind::Compound) {
        Some(Form::Hyphenated) => {
            word_terms(&written.replace(compound::is_hyphen, ""), setting, cache, emit);
        }
        Some(form) => compound::wholes(written, form, emit),
        None => number::terms(written).iter().for_each(|term| emit(term)),
    }
}

/// A part of a compound: a word, or a mixture of letters and digits that is also found by its runs.
fn part_terms(part: &str, setting: Setting, cache: &mut Cache, emit: &mut dyn FnMut(&str, Range<usize>)) {
    let mut runs = compound::runs(part);
    match (runs.next(), runs.next()) {
        (Some(_), Some(_)) => {
            emit(&fold(part), 0..part.len());
            for (at, run) in compound::runs(part).filter(|(_, run)| run.chars().nth(1).is_some()) {
                emit(&fold(run), at..at + run.len());
            }
        }
        (Some(_), None) if part.starts_with(is_numeric) => emit(&fold(part), 0..part.len()),
        _ => word_terms(part, setting, cache, &mut |term| emit(term, 0..part.len())),
    }
}

fn word_terms(written: &str, setting: Setting, cache: &mut Cache, emit: &mut dyn FnMut(&str)) {
    for term in cache.terms(written, setting) {
        emit(term);
    }
}

/// The term as it may be indexed: short enough, and without what would end it early when terms are joined by blanks.
pub(crate) fn clean(term: &str) -> Cow<'_, str> {
    let unfit =
        |letter: char| letter.is_whitespace() || letter.is_control() || matches!(letter, '"' | '\'' | '`');
    if !term.contains(unfit) {
        return Cow::Borrowed(cut(term));
    }
    let kept: String = term.chars().filter(|letter| !unfit(*letter)).collect();
    Cow::Owned(cut(&kept).to_owned())
}

/// The term in at most [`LONGEST_TERM`] bytes.
fn cut(term: &str) -> &str {
    let mut end = term.len().min(LONGEST_TERM);
    while !term.is_char_boundary(end) {
        end -= 1;
    }
    &term[..end]
}

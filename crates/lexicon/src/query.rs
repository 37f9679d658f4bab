//! From what a person types to the terms that find it, and to what they light up.

use std::collections::HashSet;
use std::ops::Range;

use crate::cache::{self, Cache};
use crate::document::{Token, clean, document, whole_terms};
use crate::letters::fold;
use crate::scan::{self, Kind};
use crate::word::{self, Setting};

/// A query is in no one language, and typed without diacritics it means any spelling.
const SETTING: Setting = Setting {
    language: None,
    accented: false,
    query: true,
};

/// What a typed word, compound or number may be found by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WordQuery {
    /// A document with any of these terms has the word.
    pub alternatives: Vec<String>,
    /// While the word is still being typed, so has a document with a term that starts like this.
    pub folded_prefix: String,
}

/// Cuts what was typed into its words, compounds and numbers, in order: a phrase is their sequence.
pub fn query(text: &str) -> Vec<WordQuery> {
    let mut words = Vec::new();
    cache::with_recent(|cache| {
        scan::pieces(text, &mut |piece| {
            words.push(of_piece(&text[piece.range], piece.kind, cache))
        });
    });
    words
}

/// One typed word. When it holds several (`umowa/aneks`), any of them is enough; when none, nothing is found.
pub fn query_word(word: &str) -> WordQuery {
    let mut pieces = query(word);
    if pieces.len() == 1 {
        return pieces.remove(0);
    }
    let mut alternatives: Vec<String> = pieces.into_iter().flat_map(|piece| piece.alternatives).collect();
    alternatives.sort();
    alternatives.dedup();
    WordQuery {
        alternatives,
        folded_prefix: clean(&fold(word)).into_owned(),
    }
}

/// A word that is still being typed: also what the forms that start with it are forms of, so that
/// `fakturz` on its way to `fakturze` already finds `faktura`.
pub fn query_prefix(word: &str) -> WordQuery {
    let mut query = query_word(word);
    let mut lemmas = String::new();
    word::complete(&query.folded_prefix, &mut lemmas);
    let news = lemmas
        .lines()
        .filter(|lemma| !lemma.starts_with(&query.folded_prefix));
    query.alternatives.extend(news.map(str::to_owned));
    query
}

fn of_piece(written: &str, kind: Kind, cache: &mut Cache) -> WordQuery {
    let mut alternatives: Vec<String> = Vec::new();
    let mut add = |term: &str| alternatives.push(clean(term).into_owned());
    if kind == Kind::Word {
        cache.terms(written, SETTING).for_each(add);
    } else {
        whole_terms(written, kind, SETTING, cache, &mut add);
    }
    alternatives.retain(|term| !term.is_empty());
    WordQuery {
        folded_prefix: clean(&fold(written)).into_owned(),
        alternatives,
    }
}

/// The bytes of a text that the words of a query find, in order and apart from each other.
///
/// With `prefix_last` the last word is still being typed, and also lights up what starts like it.
pub fn highlight(text: &str, words: &[WordQuery], prefix_last: bool) -> Vec<Range<usize>> {
    let terms: HashSet<&str> = words
        .iter()
        .flat_map(|word| &word.alternatives)
        .map(String::as_str)
        .collect();
    let prefix = words
        .last()
        .filter(|_| prefix_last)
        .map(|word| word.folded_prefix.as_str());
    let prefix = prefix.filter(|prefix| !prefix.is_empty());
    let mut found: Vec<Range<usize>> = Vec::new();
    document(text, &mut |token: Token| {
        if found.last() == Some(&token.range) {
            return;
        }
        let starts =
            |prefix| token.term.starts_with(prefix) || fold(&text[token.range.clone()]).starts_with(prefix);
        if terms.contains(token.term) || prefix.is_some_and(starts) {
            found.push(token.range);
        }
    });
    found.sort_by_key(|range| (range.start, range.end));
    merged(found)
}

fn merged(ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

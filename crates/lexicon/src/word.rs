//! One word's terms: its lemmas where a list knows it, guesses and a light stem where none does.

use std::sync::LazyLock;

use crate::language::{Language, Languages};
use crate::letters;
use crate::lexicon::{Edits, Lexicon};
use crate::scan::is_apostrophe;

/// What starts a light stem, so that it only meets other stems.
const STEM: char = '~';
/// Letters that stay at least when an ending is taken off.
const LEAST_STEM: usize = 3;
/// A shorter prefix starts too many words to say anything.
const LEAST_PREFIX: usize = 4;
/// Forms looked at for one prefix in one language.
const MOST_COMPLETIONS: usize = 500;

static LEXICA: LazyLock<[Option<Lexicon>; 4]> = LazyLock::new(|| {
    [
        Lexicon::open(include_bytes!(concat!(env!("OUT_DIR"), "/pl.bin"))),
        Lexicon::open(include_bytes!(concat!(env!("OUT_DIR"), "/sk.bin"))),
        Lexicon::open(include_bytes!(concat!(env!("OUT_DIR"), "/ru.bin"))),
        Lexicon::open(include_bytes!(concat!(env!("OUT_DIR"), "/en.bin"))),
    ]
});

fn lexicon(language: Language) -> Option<&'static Lexicon> {
    LEXICA[language as usize].as_ref()
}

/// The languages whose list has a folded word.
pub(crate) fn knowing(folded: &str) -> impl Iterator<Item = Language> {
    let mut codes = Vec::new();
    let languages = letters::encode(folded, &mut codes).map(|()| Languages::that_write(folded).iter());
    let has =
        move |language: &Language| lexicon(*language).is_some_and(|lexicon| lexicon.form(&codes).is_some());
    languages.into_iter().flatten().filter(has)
}

/// What is known of a word before it is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Setting {
    /// The language of the text around it.
    pub language: Option<Language>,
    /// Whether the text has diacritics at all: then a word without any means just that spelling.
    pub accented: bool,
    /// A query takes all languages, and a stem whether or not it is written like a name.
    pub query: bool,
}

/// A word made ready to be looked up.
struct Word {
    lower: String,
    folded: String,
    /// The codes of `folded` and `lower`; empty when they have a letter no list knows.
    folded_codes: Vec<u8>,
    exact_codes: Vec<u8>,
    named: bool,
}

/// The terms of a word: `client's` is both `clients` and `client`.
pub(crate) fn all_terms(written: &str, setting: Setting, terms: &mut String) {
    if !written.contains(is_apostrophe) {
        return one_word(written, setting, terms);
    }
    one_word(&written.replace(is_apostrophe, ""), setting, terms);
    for (at, part) in written.split(is_apostrophe).enumerate() {
        let letters = part.chars().count();
        if at == 0 && letters >= 2 || letters >= 4 {
            one_word(part, setting, terms);
        }
    }
}

/// Appends the terms of a word without apostrophes to `terms`, each followed by a line feed.
fn one_word(word: &str, setting: Setting, terms: &mut String) {
    let word = Word::of(word, setting);
    if word.folded.is_empty() {
        return;
    }
    let writers = Languages::that_write(&word.lower);
    let home = setting
        .language
        .filter(|language| !setting.query && writers.contains(*language));
    let nearest = home.map_or(writers, Languages::only);
    let at_home = home.is_some_and(|language| word.look_up(language, terms));
    let mut known = at_home;
    // Whether some language might have the word as a name that its list lacks.
    let mut strange = false;
    if !at_home {
        for language in writers.iter() {
            let found = word.look_up(language, terms);
            known |= found;
            strange |= !found;
        }
    }
    if !known {
        // No language writes these letters together ("Müllerová"): the folded word may still be known.
        for language in Languages::that_write(&word.folded)
            .iter()
            .filter(|language| !writers.contains(*language))
        {
            known |= word.look_up(language, terms);
        }
    }
    if !known {
        push(terms, |terms| terms.push_str(&word.folded));
        nearest.iter().for_each(|language| word.guess(language, terms));
    }
    if !known || word.named || setting.query && strange {
        nearest.iter().for_each(|language| word.stem(language, terms));
    }
}

/// Appends the lemmas of forms that start with a folded prefix, each followed by a line feed.
pub(crate) fn complete(prefix: &str, lemmas: &mut String) {
    let mut codes = Vec::new();
    if prefix.chars().count() < LEAST_PREFIX || letters::encode(prefix, &mut codes).is_none() {
        return;
    }
    for language in Languages::that_write(prefix).iter() {
        if let Some(lexicon) = lexicon(language) {
            lexicon.complete(&codes, MOST_COMPLETIONS, &mut |form, edits| {
                apply(edits, form, 0, lemmas)
            });
        }
    }
}

impl Word {
    fn of(word: &str, setting: Setting) -> Word {
        let lower = letters::lower(word);
        let folded = letters::fold_lower(&lower);
        let (mut folded_codes, mut exact_codes) = (Vec::new(), Vec::new());
        if letters::encode(&folded, &mut folded_codes).is_none() {
            folded_codes.clear();
        }
        let says_more = if folded == lower {
            setting.accented && !setting.query
        } else {
            true
        };
        if !says_more || letters::encode(&lower, &mut exact_codes).is_none() {
            exact_codes.clear();
        }
        let mut letters = word.chars();
        let capital = letters.next().is_some_and(char::is_uppercase);
        let named = capital && letters.next().is_some_and(char::is_lowercase);
        Word {
            lower,
            folded,
            folded_codes,
            exact_codes,
            named,
        }
    }

    /// Appends the lemmas that the language's list has for the word; whether it has any.
    fn look_up(&self, language: Language, terms: &mut String) -> bool {
        let Some(lexicon) = lexicon(language).filter(|_| !self.folded_codes.is_empty()) else {
            return false;
        };
        // In Russian е may always stand for ё.
        let exact =
            !self.exact_codes.is_empty() && (language != Language::Russian || self.lower != self.folded);
        let spelling = if exact {
            lexicon.spelling(&self.exact_codes)
        } else {
            None
        };
        let edits = spelling.or_else(|| lexicon.form(&self.folded_codes));
        if let Some(edits) = edits {
            apply(edits, &self.folded_codes, 0, terms);
        }
        edits.is_some()
    }

    fn guess(&self, language: Language, terms: &mut String) {
        let edits = lexicon(language).and_then(|lexicon| lexicon.guess(&self.folded_codes));
        if let Some(edits) = edits.filter(|_| !self.folded_codes.is_empty()) {
            apply(edits, &self.folded_codes, LEAST_STEM, terms);
        }
    }

    /// Appends the word without its longest case ending, marked as a stem.
    fn stem(&self, language: Language, terms: &mut String) {
        if self.folded_codes.is_empty() {
            return;
        }
        let folded = self.folded.as_str();
        let ending = endings(language)
            .iter()
            .filter(|ending| folded.ends_with(*ending))
            .map(|ending| ending.len());
        let kept = ending
            .max()
            .map_or(folded, |length| &folded[..folded.len() - length]);
        let kept = if kept.chars().count() < LEAST_STEM {
            folded
        } else {
            kept
        };
        push(terms, |terms| {
            terms.push(STEM);
            terms.push_str(kept);
        });
    }
}

/// Appends the lemmas that the edits make of a form, where `least` letters of it stay.
fn apply(edits: Edits, folded: &[u8], least: usize, lemmas: &mut String) {
    for edit in edits {
        if let Some(kept) = edit.kept(folded).filter(|kept| kept.len() >= least) {
            push(lemmas, |lemmas| {
                letters::decode(kept, lemmas);
                letters::decode(edit.ending, lemmas);
            });
        }
    }
}

/// Appends what `write` writes and a line feed, unless it is there already.
fn push(terms: &mut String, write: impl FnOnce(&mut String)) {
    let start = terms.len();
    write(terms);
    let (before, new) = terms.split_at(start);
    if new.is_empty() || before.split('\n').any(|term| term == new) {
        terms.truncate(start);
    } else {
        terms.push('\n');
    }
}

/// The endings of nouns, folded.
const fn endings(language: Language) -> &'static [&'static str] {
    match language {
        Language::Polish => &[
            "owi", "ami", "ach", "owie", "iego", "iemu", "ego", "emu", "ie", "iem", "em", "om", "ow", "im",
            "ich", "imi", "a", "e", "i", "o", "u", "y",
        ],
        Language::Slovak => &[
            "ovi", "ovia", "om", "och", "ami", "ov", "mi", "ou", "ach", "am", "eho", "emu", "ej", "e", "i",
            "a", "u", "y", "o",
        ],
        Language::Russian => &[
            "ами", "ями", "ах", "ях", "ов", "ев", "ом", "ем", "ой", "ей", "ою", "ею", "ого", "его", "ому",
            "ему", "ым", "им", "ых", "их", "ам", "ям", "ая", "ий", "ый", "а", "я", "о", "е", "ы", "и", "у",
            "ю", "ь", "й",
        ],
        Language::English => &["s", "es"],
    }
}

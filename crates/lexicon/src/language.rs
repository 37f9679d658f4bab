//! The four languages, and which of them a text is in.

use crate::letters::{self, fold, fold_lower, is_inside_word};
use crate::word;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    Polish,
    Slovak,
    Russian,
    English,
}

impl Language {
    pub const ALL: [Language; 4] = [
        Language::Polish,
        Language::Slovak,
        Language::Russian,
        Language::English,
    ];

    /// The ISO 639-1 code: `pl`, `sk`, `ru`, `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Language::Polish => "pl",
            Language::Slovak => "sk",
            Language::Russian => "ru",
            Language::English => "en",
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// Some of the four languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Languages(u8);

impl Languages {
    const NONE: Languages = Languages(0);
    const RUSSIAN: Languages = Languages(Language::Russian.bit());
    const LATIN: Languages =
        Languages(Language::Polish.bit() | Language::Slovak.bit() | Language::English.bit());

    pub(crate) fn only(language: Language) -> Languages {
        Languages(language.bit())
    }

    pub(crate) fn contains(self, language: Language) -> bool {
        self.0 & language.bit() != 0
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = Language> {
        Language::ALL
            .into_iter()
            .filter(move |language| self.contains(*language))
    }

    /// The languages whose alphabet has all letters of a lower-case word; all of a script where none has.
    pub(crate) fn that_write(word: &str) -> Languages {
        let mut script = Languages::NONE;
        let mut common = u8::MAX;
        for letter in word.chars().filter(|letter| !letter.is_ascii()) {
            script = if matches!(letter, 'Ѐ'..='ӿ') {
                Languages::RUSSIAN
            } else {
                Languages::LATIN
            };
            common &= owners(letter).0;
        }
        match (script, common) {
            (Languages::NONE, _) => Languages::LATIN,
            (Languages::RUSSIAN, _) => Languages::RUSSIAN,
            (_, 0) => Languages::LATIN,
            (_, common) => Languages(common & Languages::LATIN.0),
        }
    }
}

/// The languages in whose words an accented lower-case letter is at home.
fn owners(letter: char) -> Languages {
    let (polish, slovak, english) = (
        Language::Polish.bit(),
        Language::Slovak.bit(),
        Language::English.bit(),
    );
    match letter {
        'ą' | 'ę' | 'ł' | 'ż' | 'ś' | 'ź' | 'ć' | 'ń' => Languages(polish),
        'ó' => Languages(polish | slovak),
        'á' | 'í' | 'ú' | 'ý' | 'ä' | 'ô' | 'ľ' | 'ĺ' | 'ŕ' | 'š' | 'č' | 'ť' | 'ž' | 'ď' | 'ň' => {
            Languages(slovak)
        }
        'é' => Languages(slovak | english),
        '’' => Languages::LATIN,
        _ => Languages::NONE,
    }
}

/// Words read at most to tell a text's language.
const SAMPLE: usize = 200;
/// Words looked up at most when little words and letters do not tell.
const LOOKED_UP: usize = 40;
/// A language is told from less only by luck.
const LEAST_SCORE: u32 = 4;
/// Enough to read no further.
const SURE_SCORE: u32 = 20;

type Scores = [u32; Language::ALL.len()];

/// The language of a text, when its little words, letters and known words tell it clearly. Short texts often do not.
pub fn detect(text: &str) -> Option<Language> {
    let words = || {
        text.split(|letter| !is_inside_word(letter))
            .filter(|word| !word.is_empty())
    };
    let mut scores = Scores::default();
    for word in words().take(SAMPLE) {
        add_votes(word, &mut scores);
        if scores.iter().any(|score| *score >= SURE_SCORE) {
            break;
        }
    }
    clear_winner(&scores).or_else(|| {
        for word in words().take(LOOKED_UP) {
            word::knowing(&fold(word)).for_each(|language| scores[language as usize] += 1);
        }
        clear_winner(&scores)
    })
}

fn clear_winner(scores: &Scores) -> Option<Language> {
    let best = Language::ALL
        .into_iter()
        .max_by_key(|language| scores[*language as usize])?;
    let score = scores[best as usize];
    let clear = Language::ALL
        .into_iter()
        .all(|other| other == best || 3 * scores[other as usize] <= 2 * score);
    (score >= LEAST_SCORE && clear).then_some(best)
}

/// Two points for a little word, and for letters that only one language has.
fn add_votes(word: &str, scores: &mut Scores) {
    let lower = letters::lower(word);
    let written = Languages::that_write(&lower);
    if let (Some(language), None) = (written.iter().next(), written.iter().nth(1)) {
        scores[language as usize] += 2;
    }
    if lower.len() > LONGEST_LITTLE_WORD {
        return;
    }
    let folded = fold_lower(&lower);
    for (language, words) in LITTLE_WORDS {
        if words.binary_search(&folded.as_str()).is_ok() {
            scores[language as usize] += 2;
        }
    }
}

/// In bytes, before folding.
const LONGEST_LITTLE_WORD: usize = 18;

/// The commonest words of each language, folded and sorted, without those that the others share.
const LITTLE_WORDS: [(Language, &[&str]); 3] = [
    (Language::Polish, POLISH),
    (Language::Slovak, SLOVAK),
    (Language::English, ENGLISH),
];

#[rustfmt::skip]
const POLISH: &[&str] = &[
    "aby", "ale", "bardzo", "beda", "bedzie", "byc", "byl", "byla", "bylo", "chcialbym", "co", "czy", "dla",
    "do", "dziekuje", "dzien", "gdy", "i", "ich", "jak", "jako", "jego", "jej", "jest", "jestem",
    "jestesmy", "juz", "kiedy", "ktora", "ktore", "ktory", "lub", "mam", "mamy", "mnie", "moze", "mozna",
    "na", "nam", "nas", "nasz", "nie", "o", "oraz", "pan", "pana", "pani", "po", "pod", "poniewaz",
    "pozdrawiam", "pozdrowieniami", "prosze", "przed", "przez", "przy", "roku", "sa", "sie", "szanowna",
    "szanowny", "takze", "tego", "tej", "ten", "tylko", "tym", "tys", "w", "we", "wiec", "witam",
    "wszystkie", "z", "za", "ze", "zl", "zostal", "zostala",
];
#[rustfmt::skip]
const SLOVAK: &[&str] = &[
    "aj", "ako", "ale", "alebo", "ani", "bol", "bola", "boli", "bolo", "bude", "budu", "by", "co",
    "dakujem", "den", "do", "dobry", "ich", "ja", "je", "jeho", "jej", "k", "kde", "ked", "ktora", "ktore",
    "ktory", "lebo", "len", "ma", "mame", "mi", "moze", "na", "nas", "nasa", "nase", "nie", "o", "od",
    "pan", "pani", "po", "pod", "podla", "pozdravom", "pre", "pri", "prosim", "s", "sa", "si", "sme", "so",
    "som", "su", "svoje", "ta", "tak", "tato", "tento", "toto", "tu", "uz", "v", "vam", "vas", "vo",
    "vsetko", "z", "za", "ze", "zo",
];
#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "a", "about", "all", "and", "any", "are", "as", "at", "be", "been", "best", "but", "by", "can", "dear",
    "for", "from", "had", "has", "have", "he", "her", "his", "i", "if", "in", "is", "it", "its", "kind",
    "may", "me", "my", "no", "not", "of", "on", "or", "our", "please", "regards", "she", "should", "that",
    "the", "their", "there", "they", "this", "to", "was", "we", "were", "which", "will", "with", "would",
    "you", "your",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_is_told_with_and_without_diacritics() {
        let texts = [
            (
                Language::Polish,
                "Dzień dobry, przesyłam w załączniku fakturę za styczeń. Proszę o potwierdzenie.",
            ),
            (
                Language::Polish,
                "Dzien dobry, przesylam w zalaczniku fakture za styczen. Prosze o potwierdzenie.",
            ),
            (
                Language::Slovak,
                "Dobrý deň, v prílohe posielam faktúru za január. Prosím o potvrdenie, že ste ju dostali.",
            ),
            (
                Language::Slovak,
                "Dobry den, v prilohe vam posielam fakturu za januar. Prosim o potvrdenie, ze ste ju dostali, ako sme sa dohodli.",
            ),
            (Language::Russian, "Добрый день, высылаю договор."),
            (
                Language::English,
                "Good morning, please find attached the invoice for January.",
            ),
        ];
        for (language, text) in texts {
            assert_eq!(detect(text), Some(language), "{text}");
        }
    }

    #[test]
    fn what_could_be_any_language_is_none() {
        assert_eq!(detect(""), None);
        assert_eq!(detect("Kowalski 12 ABC"), None);
    }

    #[test]
    fn little_words_can_be_searched() {
        for (_, words) in LITTLE_WORDS {
            assert!(words.is_sorted(), "{words:?}");
        }
    }
}

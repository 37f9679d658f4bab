//! Letters: which belong to a word, how they fold, and their one-byte codes in the word lists.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// The codes from 0xA0 of `generate/compile.py`, in this order. Those from 0x80 are а…я.
const ACCENTED: &str = "ąćęłńóśźżáäčďéíĺľňôŕšťúýžёàâçèêëîïñöûüőåæøœßěřůù";

/// The code of each letter from `ß` to `ž`, and zero for those not in [`ACCENTED`]; and of `ё`, which is further away.
const ACCENTED_CODES: [u8; 0x452 - 0xDF] = {
    let mut codes = [0; 0x452 - 0xDF];
    let (bytes, mut at, mut code) = (ACCENTED.as_bytes(), 0, 0xA0);
    while at < bytes.len() {
        // Every letter of the list is two bytes of UTF-8.
        let letter = (bytes[at] as usize & 0x1F) << 6 | bytes[at + 1] as usize & 0x3F;
        codes[letter - 0xDF] = code;
        (at, code) = (at + 2, code + 1);
    }
    codes
};

/// Text in lower case without diacritics: `Zażółć` becomes `zazolc`, `ёлка` `елка`, `Straße` `strasse`.
///
/// Only what people leave out when they type is dropped: `й` stays a letter of its own. Folding twice changes nothing.
pub fn fold(text: &str) -> String {
    fold_lower(&lower(text))
}

/// As [`fold`], for what [`lower`] made.
pub(crate) fn fold_lower(lower: &str) -> String {
    let mut folded = String::with_capacity(lower.len());
    for letter in lower.chars() {
        fold_letter(letter, &mut folded);
    }
    folded
}

/// Lower case, composed (NFKC, so that the `ﬁ` of a typeset page is `fi`), without invisible joiners.
pub(crate) fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut lower = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\0'..='\x7f' => lower.push(letter.to_ascii_lowercase()),
            'а'..='я' => lower.push(letter),
            'А'..='Я' => lower.extend(char::from_u32(letter as u32 + 0x20)),
            _ if is_plain(letter) => lower.extend(letter.to_lowercase()),
            _ => return composed_lower(text),
        }
    }
    lower
}

fn composed_lower(text: &str) -> String {
    let visible = text.chars().filter(|letter| !is_invisible(*letter));
    visible.nfkc().flat_map(char::to_lowercase).nfkc().collect()
}

/// A letter of which NFKC knows no other spelling: ASCII, Latin-1 letters, Latin Extended-A, basic Cyrillic.
fn is_plain(letter: char) -> bool {
    matches!(letter, '\0'..='\x7f' | 'À'..='ı' | 'ĵ'..='ľ' | 'Ł'..='ň' | 'Ŋ'..='ž' | 'Ѐ'..='џ')
        && letter != 'İ'
}

/// Soft hyphens, zero-width spaces and joiners, the byte order mark: inside a word, but not of it.
pub(crate) fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

/// As `char::is_alphanumeric`, but quick for the letters of the four languages.
pub(crate) fn is_alphanumeric(letter: char) -> bool {
    match letter {
        '\0'..='\x7f' => letter.is_ascii_alphanumeric(),
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ž' | 'Ѐ'..='џ' => true,
        _ => letter.is_alphanumeric(),
    }
}

/// As `char::is_numeric`, quick for the same letters.
pub(crate) fn is_numeric(letter: char) -> bool {
    match letter {
        '\0'..='\x7f' => letter.is_ascii_digit(),
        'À'..='ž' | 'Ѐ'..='џ' => false,
        _ => letter.is_numeric(),
    }
}

/// Whether the letter stands inside words (marks and invisible joiners included).
pub(crate) fn is_inside_word(letter: char) -> bool {
    is_alphanumeric(letter) || (!letter.is_ascii() && (is_combining_mark(letter) || is_invisible(letter)))
}

fn fold_letter(letter: char, folded: &mut String) {
    match letter {
        '\0'..='\x7f' | 'а'..='я' => folded.push(letter),
        'ё' => folded.push('е'),
        'ł' => folded.push('l'),
        'đ' | 'ð' => folded.push('d'),
        'ø' => folded.push('o'),
        'ı' => folded.push('i'),
        'ß' => folded.push_str("ss"),
        'æ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        // A mark left alone has no letter to be a diacritic of.
        '\u{300}'..='\u{36f}' => {}
        '\u{80}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}' => {
            decompose_compatible(letter, |part| {
                if part == letter {
                    folded.push(part);
                } else if !is_combining_mark(part) {
                    fold_letter(part, folded);
                }
            });
        }
        other => folded.push(other),
    }
}

/// The word in one byte a letter, or `None` when it has a letter that no word list knows.
pub(crate) fn encode(word: &str, codes: &mut Vec<u8>) -> Option<()> {
    codes.clear();
    for letter in word.chars() {
        codes.push(match letter {
            'a'..='z' | '0'..='9' | '\'' => letter as u8,
            'а'..='я' => 0x80 + (letter as u32 - 'а' as u32) as u8,
            accented => *ACCENTED_CODES
                .get((accented as usize).checked_sub(0xDF)?)
                .filter(|code| **code != 0)?,
        });
    }
    Some(())
}

/// Appends the letters of codes, the reverse of [`encode`]; `=`, which tells lemmas apart that fold alike, stays.
pub(crate) fn decode(codes: &[u8], word: &mut String) {
    for &code in codes {
        word.push(match code {
            0..0x80 => code as char,
            0x80..0xA0 => char::from_u32('а' as u32 + u32::from(code - 0x80)).unwrap_or('а'),
            _ => ACCENTED.chars().nth(usize::from(code - 0xA0)).unwrap_or('?'),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_drops_what_people_leave_out() {
        assert_eq!(fold("ZAŻÓŁĆ Gęślą jaźń"), "zazolc gesla jazn");
        assert_eq!(fold("Kôň, ŽLTÝ; ľalia"), "kon, zlty; lalia");
        assert_eq!(fold("Счёт и йод"), "счет и йод");
        assert_eq!(fold("и\u{306}од"), "йод", "a decomposed letter is composed first");
        assert_eq!(
            fold("Straße, cœur, oﬃce, so\u{ad}ft"),
            "strasse, coeur, office, soft"
        );
    }

    #[test]
    fn quick_classes_are_unicodes_own() {
        for letter in '\0'..='\u{fff}' {
            assert_eq!(is_alphanumeric(letter), letter.is_alphanumeric(), "{letter:?}");
            assert_eq!(is_numeric(letter), letter.is_numeric(), "{letter:?}");
        }
    }

    #[test]
    fn codes_are_read_back() {
        let mut codes = Vec::new();
        for word in ["faktura", "договор", "абяюэ", ACCENTED] {
            encode(word, &mut codes).unwrap();
            let mut back = String::new();
            decode(&codes, &mut back);
            assert_eq!(back, word);
        }
        assert_eq!(encode("слово字", &mut codes), None);
    }
}

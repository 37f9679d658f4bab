//! Compounds: what stays whole although it has parts. Addresses, numbers of documents, words with hyphens.

use crate::letters::{fold, is_inside_word, is_numeric};
use crate::number;
use crate::scan::{is_apostrophe, is_joiner};

/// Parts behind which no shorter whole starts any more: `a/b/c` is also found as `b/c`.
const MOST_TAILS: usize = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// `anna@firma.pl`
    Email,
    /// `www.firma.pl`
    Domain,
    /// Letters or digits with at least one digit, or joined by `_`: `FV/12/2026`, `PO_4711`, `12.03.2026`, `A4`.
    Code,
    /// `e-mail`, `polsko-angielski`: letters and hyphens.
    Hyphenated,
}

/// Which form a run without blanks has, if it is to stay whole.
pub(crate) fn form(piece: &str) -> Option<Form> {
    if let Some((local, domain)) = piece.split_once('@')
        && !local.is_empty()
        && !domain.contains(['@', '/', ':', '_'])
    {
        return Some(Form::Email);
    }
    if is_domain(piece) {
        return Some(Form::Domain);
    }
    let first = piece.split(['/', ':']).next().unwrap_or(piece);
    if first.len() < piece.len() && is_domain(first) {
        return None;
    }
    if piece.contains(|letter: char| is_numeric(letter) || letter == '_') {
        return Some(Form::Code);
    }
    let hyphens = piece.contains(is_hyphen);
    let others = |letter: char| is_joiner(letter) && !is_hyphen(letter) && !is_apostrophe(letter);
    (hyphens && !piece.contains(others)).then_some(Form::Hyphenated)
}

/// Calls `found` with every whole term of the compound, the longest first. Its parts are words of their own.
pub(crate) fn wholes(piece: &str, form: Form, found: &mut dyn FnMut(&str)) {
    match form {
        Form::Email => {
            let lower = fold(piece);
            found(&lower);
            if let Some((local, domain)) = lower.split_once('@') {
                found(local);
                tails(domain, '.', found);
            }
        }
        Form::Domain => tails(&fold(piece), '.', found),
        Form::Hyphenated => {}
        Form::Code => {
            let numbers = number::terms(piece);
            numbers.iter().for_each(|term| found(term));
            // A day or an amount is no row of codes: "2026" of a date would be found as "03/2026".
            if numbers.is_empty() || piece.contains('/') {
                tails(&code(piece), '/', found);
            }
        }
    }
}

/// The parts between the joiners, each with its place in the piece.
pub(crate) fn parts(piece: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = piece.as_ptr() as usize;
    piece
        .split(|letter: char| !is_inside_word(letter) && !is_apostrophe(letter))
        .filter(|part| !part.is_empty())
        .map(move |part| (part.as_ptr() as usize - start, part))
}

/// The runs of letters and of digits in a part that has both: `FV2026` is `FV` and `2026`.
pub(crate) fn runs(part: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &part[at..];
        let digits = is_numeric(rest.chars().next()?);
        let end = rest
            .find(|letter: char| is_numeric(letter) != digits)
            .unwrap_or(rest.len());
        let start = at;
        at += end;
        Some((start, &rest[..end]))
    })
}

/// One spelling for `FV-12-2026`, `fv_12_2026` and `FV/12/2026`.
fn code(piece: &str) -> String {
    fold(piece).replace(|letter: char| is_joiner(letter) || letter == ',', "/")
}

/// The text itself and what follows each mark, as long as at least one mark is inside.
fn tails(whole: &str, mark: char, found: &mut dyn FnMut(&str)) {
    found(whole);
    let mut rest = whole;
    for _ in 0..MOST_TAILS {
        match rest.split_once(mark) {
            Some((_, tail)) if tail.contains(mark) => rest = tail,
            _ => return,
        }
        found(rest);
    }
}

/// Labels with a full stop between them, the last of them two or more small letters.
fn is_domain(piece: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    match piece.rsplit_once('.') {
        Some((before, top)) => {
            top.len() >= 2
                && top.bytes().all(|byte| byte.is_ascii_lowercase())
                && before.split('.').all(label)
        }
        None => false,
    }
}

pub(crate) fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '‐' | '‑')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(piece: &str) -> Vec<String> {
        let mut all = Vec::new();
        wholes(piece, form(piece).unwrap(), &mut |term| all.push(term.to_owned()));
        all
    }

    #[test]
    fn a_compound_is_found_whole_and_by_its_tails() {
        assert_eq!(all("FV/12/2026"), ["fv/12/2026", "12/2026"]);
        assert_eq!(all("FV-12_2026"), all("fv/12/2026"));
        assert_eq!(
            all("Anna@poczta.firma.pl"),
            ["anna@poczta.firma.pl", "anna", "poczta.firma.pl", "firma.pl"]
        );
        assert_eq!(all("12.03.2026"), ["2026-03-12"]);
    }

    #[test]
    fn a_missing_blank_makes_no_compound() {
        assert_eq!(form("koniec.Začiatok"), None);
        assert_eq!(form("umowa/aneks"), None);
        assert_eq!(form("e-mail"), Some(Form::Hyphenated));
    }

    #[test]
    fn letters_part_from_digits() {
        assert_eq!(
            runs("FV2026a").collect::<Vec<_>>(),
            [(0, "FV"), (2, "2026"), (6, "a")]
        );
    }
}

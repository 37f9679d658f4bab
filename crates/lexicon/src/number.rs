//! Numbers as people write them: amounts, dates and telephone numbers, each under one spelling.

use crate::letters::is_alphanumeric;

/// Longest piece that is looked at as one number with blanks.
const LONGEST: usize = 40;
/// Digits of a telephone number, country code included (E.164).
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// What two spellings of one telephone number share, with a country code or without.
const NATIONAL_DIGITS: usize = 9;

/// The length of the number with blanks that the text starts with, if it does: telephone numbers
/// (`+48 600 100 200`, `(22) 123 45 67`), amounts (`1 234,50`), account numbers (`61 1090 1014 …`), dates (`12. 3. 2026`).
pub(crate) fn spaced(text: &str) -> Option<usize> {
    let first = *text.as_bytes().first()?;
    if !(first.is_ascii_digit() || first == b'+' || first == b'(') {
        return None;
    }
    let run = run(text);
    // The run is cut back group by group until it is a number: "1 234,50 15" is one and then another.
    let mut end = run.len();
    while let Some(piece) = text
        .get(..end)
        .map(str::trim_end)
        .filter(|piece| piece.contains(is_blank))
    {
        if is_spaced_number(piece) && !text[piece.len()..].starts_with(continues) {
            return Some(piece.len());
        }
        end = piece.rfind(is_blank)?;
    }
    None
}

/// Digits, blanks (one at a time) and the marks inside numbers.
fn run(text: &str) -> &str {
    let mut blank = false;
    let end = text.char_indices().find(|&(at, letter)| {
        let again = blank && is_blank(letter);
        blank = is_blank(letter);
        again
            || at > LONGEST
            || !(blank
                || letter.is_ascii_digit()
                || matches!(letter, '+' | '-' | '(' | ')' | '.' | ',' | '/'))
    });
    let run = &text[..end.map_or(text.len(), |(at, _)| at)];
    run.trim_end_matches(|letter: char| !letter.is_ascii_digit())
}

/// A letter or digit right behind: the last group is the start of something else.
fn continues(letter: char) -> bool {
    is_alphanumeric(letter)
}

pub(crate) fn is_blank(letter: char) -> bool {
    matches!(letter, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

fn is_spaced_number(piece: &str) -> bool {
    date(piece).is_some() || amount(piece).is_some() || phone(piece).is_some() || account(piece).is_some()
}

/// Every spelling of the number that can be searched for, the chief one first.
pub(crate) fn terms(piece: &str) -> Vec<String> {
    if let Some(date) = date(piece) {
        return vec![date];
    }
    let mut terms: Vec<String> = amount(piece).into_iter().collect();
    terms.extend(ambiguous_amount(piece));
    for joined in [phone(piece), account(piece)].into_iter().flatten() {
        let digits = joined.trim_start_matches('+');
        if let Some(national) = digits
            .len()
            .checked_sub(NATIONAL_DIGITS)
            .filter(|_| PHONE_DIGITS.contains(&digits.len()))
        {
            terms.push(digits[national..].to_owned());
        }
        terms.push(digits.to_owned());
        terms.push(joined);
    }
    terms.sort();
    terms.dedup();
    terms
}

/// `12.03.2026`, `12. 3. 2026`, `12/03/2026`, `2026-03-12` as `2026-03-12`.
fn date(piece: &str) -> Option<String> {
    let mark = piece
        .chars()
        .find(|letter| !letter.is_ascii_digit())
        .filter(|mark| matches!(mark, '.' | '-' | '/'))?;
    let mut parts = piece.split(mark).map(|part| part.trim_start_matches(is_blank));
    let (first, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    let (year, day) = if first.len() == 4 {
        (first, last)
    } else {
        (last, first)
    };
    let in_order = parts.next().is_none() && year.len() == 4 && month.len() <= 2 && day.len() <= 2;
    let [year, month, day] = [year, month, day].map(|part| part.parse::<u16>().ok());
    let (year, month, day) = (year?, month?, day?);
    let possible = (1..=12).contains(&month) && (1..=31).contains(&day) && (1000..=2999).contains(&year);
    (in_order && possible).then(|| format!("{year}-{month:02}-{day:02}"))
}

/// `1 234,50`, `1,234.50`, `1.234,50` and `1234.5` as `1234.5`; `100` and `100,00` as `100`.
fn amount(piece: &str) -> Option<String> {
    let marks = |letter: char| !letter.is_ascii_digit();
    let (whole, cents) = match piece.rfind(['.', ',']) {
        Some(at) if (1..=2).contains(&(piece.len() - at - 1)) => (&piece[..at], &piece[at + 1..]),
        _ => (piece, ""),
    };
    let mark = whole.chars().find(|&letter| marks(letter));
    let groups_fit = match mark {
        None => true,
        Some(mark) => {
            let mut groups = whole.split(mark);
            (is_blank(mark) || matches!(mark, '.' | ','))
                && groups.next().is_some_and(|first| (1..=3).contains(&first.len()))
                && groups.all(|group| group.len() == 3)
        }
    };
    let digits: String = whole.chars().filter(|&letter| mark != Some(letter)).collect();
    let numeric = !digits.is_empty() && !digits.contains(marks) && !cents.contains(marks);
    if !(groups_fit && numeric) {
        return None;
    }
    let cents = cents.trim_end_matches('0');
    Some(if cents.is_empty() {
        digits
    } else {
        format!("{digits}.{cents}")
    })
}

/// `1.234` may be a thousand or a fraction: this is the fraction.
fn ambiguous_amount(piece: &str) -> Option<String> {
    let (whole, fraction) = piece.split_once(['.', ','])?;
    let numeric = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (numeric(whole) && numeric(fraction) && fraction.len() >= 3).then(|| {
        format!("{whole}.{fraction}")
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned()
    })
}

/// Digits with their `+` (also for `00`), when the groups are a telephone number's.
fn phone(piece: &str) -> Option<String> {
    if piece.contains([',', '/']) {
        return None;
    }
    let digits: String = piece.chars().filter(char::is_ascii_digit).collect();
    let plus = piece.starts_with('+');
    if piece[usize::from(plus)..].contains('+') || !PHONE_DIGITS.contains(&digits.len()) {
        return None;
    }
    if plus {
        return Some(format!("+{digits}"));
    }
    if let Some(international) = digits.strip_prefix("00") {
        return Some(format!("+{international}"));
    }
    let groups = || {
        piece
            .split(|letter: char| !letter.is_ascii_digit())
            .filter(|group| !group.is_empty())
    };
    // Two groups alone may be two years.
    let enough = if digits.starts_with('0') { 2 } else { 3 };
    let grouped = groups().count() >= enough && groups().all(|group| (1..=4).contains(&group.len()));
    (grouped && (8..=11).contains(&digits.len())).then_some(digits)
}

/// A bank account in groups of four, without its letters.
fn account(piece: &str) -> Option<String> {
    let mut groups = piece.split(is_blank);
    let first = groups.next()?;
    let numeric = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let fits = first.len() <= 4
        && numeric(first)
        && groups.all(|group| (2..=4).contains(&group.len()) && numeric(group));
    let digits: String = piece.chars().filter(char::is_ascii_digit).collect();
    (fits && (16..=30).contains(&digits.len())).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_amount_has_one_spelling() {
        for written in [
            "1 234,50",
            "1234.50",
            "1234,5",
            "1,234.50",
            "1.234,50",
            "1\u{a0}234,50",
        ] {
            assert!(
                terms(written).contains(&"1234.5".to_owned()),
                "{written}: {:?}",
                terms(written)
            );
        }
        assert_eq!(terms("1 000 000"), ["1000000"]);
        assert_eq!(terms("1.234"), ["1.234", "1234"], "a thousand or a fraction");
    }

    #[test]
    fn one_day_has_one_spelling() {
        for written in [
            "12.03.2026",
            "12. 3. 2026",
            "12.3.2026",
            "12/03/2026",
            "2026-03-12",
            "2026.03.12",
        ] {
            assert_eq!(terms(written), ["2026-03-12"]);
        }
        assert!(!terms("45.13.2026").contains(&"2026-13-45".to_owned()));
    }

    #[test]
    fn one_telephone_number_meets_itself_however_written() {
        for written in [
            "+48 600 100 200",
            "0048 600100200",
            "600 100 200",
            "600-100-200",
            "+48600100200",
        ] {
            assert!(
                terms(written).contains(&"600100200".to_owned()),
                "{written}: {:?}",
                terms(written)
            );
        }
        assert!(terms("8 (495) 123-45-67").contains(&"951234567".to_owned()));
        assert!(terms("+7 495 123 45 67").contains(&"951234567".to_owned()));
    }

    #[test]
    fn a_run_of_numbers_is_cut_where_one_ends() {
        assert_eq!(spaced("1 234,50 15 7"), Some("1 234,50".len()));
        assert_eq!(spaced("12 kusov"), None);
        assert_eq!(spaced("61 1090 1014 0000 0712 1981 2874"), Some(32));
        assert_eq!(spaced("(22) 123 45 67 w."), Some("(22) 123 45 67".len()));
        assert_eq!(spaced("2026 2027"), None);
    }
}

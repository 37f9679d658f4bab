//! The Date field (RFC 5322, section 3.3), and how programs write it that never read that section.

use std::ops::Range;

/// Years a working clock can have shown when a message was sent.
const CREDIBLE_YEARS: Range<i64> = 1980..2100;
const MAX_BYTES: usize = 256;
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
/// Hours east of Greenwich of the zones that RFC 822 had names for; every other name means that nobody knows.
const ZONES: [(&str, i64); 8] = [
    ("EST", -5),
    ("EDT", -4),
    ("CST", -6),
    ("CDT", -5),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
];

/// A date in microseconds since 1970 (UTC). `None` when it can't be read or is absurd.
pub(super) fn microseconds(field: &[u8]) -> Option<i64> {
    let field = field.get(..MAX_BYTES).unwrap_or(field);
    let text = without_comments(&String::from_utf8_lossy(field));
    // White space was once allowed around the colons, and `+-0500` is how some programs write `-0500`.
    let text = text
        .split(':')
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(":")
        .replace("+-", "-");
    let mut date = Date::default();
    for word in text.split(|c: char| c.is_whitespace() || c == ',') {
        date.take(word);
    }
    date.seconds()?.checked_mul(1_000_000)
}

fn without_comments(text: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// What has been found, in whatever order it came.
#[derive(Default)]
struct Date {
    day: Option<i64>,
    month: Option<i64>,
    year: Option<i64>,
    time: Option<i64>,
    zone: Option<i64>,
    absurd: bool,
}

impl Date {
    fn take(&mut self, word: &str) {
        let number = || {
            word.parse::<i64>()
                .ok()
                .filter(|_| word.bytes().all(|b| b.is_ascii_digit()))
        };
        if word.contains(':') && self.time.is_none() {
            self.time = time(word);
        } else if let Some((offset, credible)) = offset(word).filter(|_| self.time.is_some()) {
            self.zone = self.zone.or(Some(offset));
            self.absurd |= !credible;
        } else if let Some(number) = number() {
            match (word.len(), self.day) {
                (1..=2, None) => self.day = Some(number),
                (3..=4, _) | (2, Some(_)) if self.year.is_none() => {
                    self.year = Some(full_year(number, word.len()))
                }
                _ => {}
            }
        } else if let Some(month) = month(word) {
            self.month = self.month.or(Some(month));
        } else if word.contains('-') {
            // 05-Jan-2026
            word.split('-').for_each(|part| self.take(part));
        } else if let Some((_, hours)) = ZONES.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)) {
            self.zone = self.zone.or(Some(hours * 3600));
        }
    }

    fn seconds(&self) -> Option<i64> {
        let (year, month, day) = (self.year?, self.month?, self.day?);
        let valid =
            !self.absurd && CREDIBLE_YEARS.contains(&year) && (1..=days_in(year, month)).contains(&day);
        valid.then_some(days_since_1970(year, month, day) * 86_400 + self.time? - self.zone.unwrap_or(0))
    }
}

/// Seconds since midnight. A leap second is the first of the next minute.
fn time(word: &str) -> Option<i64> {
    let mut parts = word.splitn(3, ':').map(|part| part.parse::<i64>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    let valid = (0..24).contains(&hour) && (0..60).contains(&minute) && (0..=60).contains(&second);
    valid.then_some(hour * 3600 + minute * 60 + second)
}

/// Seconds east of Greenwich of `+0100`, and whether there is such a place.
fn offset(word: &str) -> Option<(i64, bool)> {
    let sign = match word.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits = word
        .get(1..)
        .filter(|digits| digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()))?;
    let number: i64 = digits.parse().ok()?;
    let (hours, minutes) = (number / 100, number % 100);
    Some((sign * (hours * 3600 + minutes * 60), hours <= 14 && minutes < 60))
}

fn month(word: &str) -> Option<i64> {
    let start = word.get(..3)?.to_ascii_lowercase();
    (1..)
        .zip(MONTHS)
        .find(|(_, name)| *name == start)
        .map(|(number, _)| number)
}

/// RFC 5322 on years of two and three digits.
fn full_year(year: i64, digits: usize) -> i64 {
    match digits {
        2 if year < 50 => year + 2000,
        2 | 3 => year + 1900,
        _ => year,
    }
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days in the Gregorian calendar, counted from March so that the leap day is a year's last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 719_469
}

//! When mail may be written: within the two years, in order, and by staff only when the office works.

use jiff::civil::{Date, DateTime, Weekday, date};

use crate::script::{Message, Problem, Somebody};

/// First day of the archive.
const FIRST_DAY: Date = date(2024, 11, 25);
/// Last day of the archive.
const LAST_DAY: Date = date(2026, 11, 20);

/// Polish public holidays that move with Easter, within the two years.
const MOVABLE: [Date; 4] = [
    date(2025, 4, 21),
    date(2025, 6, 19),
    date(2026, 4, 6),
    date(2026, 6, 4),
];
/// Those that do not, as (month, day). Christmas Eve is one since 2025; the office never worked on it.
const FIXED: [(i8, i8); 10] = [
    (1, 1),
    (1, 6),
    (5, 1),
    (5, 3),
    (8, 15),
    (11, 1),
    (11, 11),
    (12, 24),
    (12, 25),
    (12, 26),
];

/// Refuses times outside the two years, out of order (`before` is when the message before was sent), or when staff are
/// not at work.
pub fn check(message: &Message, before: Option<DateTime>, from: &Somebody<'_>) -> Result<(), Problem> {
    let at = message.at;
    if at.date() < FIRST_DAY || at.date() > LAST_DAY {
        return Err(Problem::OutOfRange);
    }
    if before.is_some_and(|before| at < before || (at == before && !message.options.automatic)) {
        return Err(Problem::OutOfOrder);
    }
    if from.staff_key().is_some() && !message.options.automatic && !staff_write_at(at) {
        return Err(Problem::OutOfHours);
    }
    Ok(())
}

/// Whether staff may be at their desks: a working day in Poland, seven to eight in the evening.
fn staff_write_at(at: DateTime) -> bool {
    let day = at.date();
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let holiday = MOVABLE.contains(&day) || FIXED.contains(&(day.month(), day.day()));
    !weekend && !holiday && (7..20).contains(&at.hour())
}

//! When the office works.

use jiff::civil::{Date, DateTime, Weekday, date};

/// First day of the archive.
pub const FIRST_DAY: Date = date(2024, 11, 25);
/// Last day of the archive.
pub const LAST_DAY: Date = date(2026, 11, 20);

/// Polish public holidays that move with Easter, within the two years.
const MOVABLE: [Date; 4] = [date(2025, 4, 21), date(2025, 6, 19), date(2026, 4, 6), date(2026, 6, 4)];
/// Those that do not, as (month, day). Christmas Eve is one since 2025; the office never worked on it.
const FIXED: [(i8, i8); 10] =
    [(1, 1), (1, 6), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 24), (12, 25), (12, 26)];

/// Whether staff may be at their desks: a working day in Poland, seven to eight in the evening.
pub fn staff_write_at(at: DateTime) -> bool {
    let day = at.date();
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let holiday = MOVABLE.contains(&day) || FIXED.contains(&(day.month(), day.day()));
    !weekend && !holiday && (7..20).contains(&at.hour())
}

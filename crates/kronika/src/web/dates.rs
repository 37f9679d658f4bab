//! Instants as people read them: relative up to a week, then dates, in the language's own forms and the archive's zone.

use std::fmt;

use askama::filters::HtmlSafe;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::locale::{Locale, Text, t};
use super::view::kinds::Instant;

const MINUTE: i64 = 60_000_000;
const HOUR: i64 = 60 * MINUTE;

/// What is needed to write an instant down: language, zone and what "now" is.
#[derive(Clone, Debug)]
pub struct Clock {
    pub locale: Locale,
    pub zone: TimeZone,
    pub now: Instant,
}

/// An instant as a `<time>` element: short on the page, exact with its zone on hover and in print.
pub struct Moment {
    shown: String,
    machine: String,
    exact: String,
}

impl HtmlSafe for Moment {}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Moment {
            shown,
            machine,
            exact,
        } = self;
        write!(f, r#"<time datetime="{machine}" title="{exact}">{shown}</time>"#)
    }
}

impl Clock {
    /// The zone of that IANA name, else UTC when it is unknown.
    pub fn zone_of(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap_or(TimeZone::UTC)
    }

    /// The day of an instant in the archive's zone.
    pub fn date(&self, at: Instant) -> Date {
        self.zoned(at).date()
    }

    /// How long ago, up to a week; the date after that.
    pub fn ago(&self, at: Instant) -> Moment {
        self.moment(at, self.ago_words(at))
    }

    /// The time of day: `14:05`.
    pub fn time(&self, at: Instant) -> Moment {
        self.moment(at, self.zoned(at).strftime("%H:%M").to_string())
    }

    /// The date alone: `22 November 2026`.
    pub fn day(&self, at: Instant) -> Moment {
        self.moment(at, self.dated("date-long", self.date(at)).to_string())
    }

    /// Date and time, to the minute.
    pub fn full(&self, at: Instant) -> Moment {
        self.moment(at, self.full_words(at))
    }

    /// A day heading: today, yesterday or the weekday with the date.
    pub fn heading(&self, at: Instant) -> Text {
        let date = self.date(at);
        let today = self.date(self.now);
        if date == today {
            self.dated("date-today", date)
        } else if Some(date) == today.yesterday().ok() {
            self.dated("date-yesterday", date)
        } else {
            self.dated("date-weekday", date)
        }
    }

    fn ago_words(&self, at: Instant) -> String {
        let past = self.now.saturating_sub(at);
        let date = self.date(at);
        let today = self.date(self.now);
        let days = u64::try_from((today - date).get_days()).ok();
        let text = match (past, days) {
            (0..MINUTE, _) => t(self.locale, "ago-now"),
            (MINUTE..HOUR, _) => t(self.locale, "ago-minutes").arg("count", (past / MINUTE).unsigned_abs()),
            (HOUR.., Some(0)) => t(self.locale, "ago-hours").arg("count", (past / HOUR).unsigned_abs()),
            (HOUR.., Some(1)) => t(self.locale, "ago-yesterday"),
            (HOUR.., Some(days @ 2..7)) => t(self.locale, "ago-days").arg("count", days),
            _ if date.year() == today.year() => self.dated("date-short", date),
            _ => self.dated("date-short-year", date),
        };
        text.to_string()
    }

    fn full_words(&self, at: Instant) -> String {
        let time = self.zoned(at).strftime("%H:%M").to_string();
        self.dated("date-time", self.date(at))
            .arg("time", &time)
            .to_string()
    }

    /// A text of `date.ftl` with every part of the date it may use.
    fn dated(&self, key: &'static str, date: Date) -> Text {
        t(self.locale, key)
            .arg("day", date.day().to_string().as_str())
            .arg("month", u64::from(date.month().unsigned_abs()))
            .arg("number", date.month().to_string().as_str())
            .arg("year", date.year().to_string().as_str())
            .arg(
                "weekday",
                u64::from(date.weekday().to_monday_one_offset().unsigned_abs()),
            )
    }

    fn moment(&self, at: Instant, shown: String) -> Moment {
        let zoned = self.zoned(at);
        Moment {
            shown,
            machine: zoned.timestamp().to_string(),
            exact: format!("{}, {}", self.full_words(at), zoned.strftime("%H:%M:%S %Z")),
        }
    }

    /// An instant outside jiff's range (years -9999 to 9999) reads as the epoch: mail headers claim such times.
    fn zoned(&self, at: Instant) -> jiff::Zoned {
        Timestamp::from_microsecond(at)
            .unwrap_or_default()
            .to_zoned(self.zone.clone())
    }
}

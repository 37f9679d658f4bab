//! Times, as the report's language writes them.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use typst::foundations::Datetime;

use super::ReportError;
use super::words::Words;

/// A time zone and the words for dates.
pub struct Clock<'a> {
    zone: TimeZone,
    words: &'a Words,
}

impl Clock<'_> {
    /// A clock in the named time zone.
    pub fn new<'a>(zone: &str, words: &'a Words) -> Result<Clock<'a>, ReportError> {
        let zone = TimeZone::get(zone).map_err(|_| ReportError::TimeZone(zone.to_owned()))?;
        Ok(Clock { zone, words })
    }

    /// `26 November 2026 at 14:03:22 (+01:00)`.
    pub fn long(&self, at: i64) -> String {
        self.say("time-long", at, "%H:%M:%S")
    }

    /// `26 Nov 2026, 14:03`.
    pub fn short(&self, at: i64) -> String {
        self.say("time-short", at, "%H:%M")
    }

    /// `26 November 2026`.
    pub fn day(&self, at: i64) -> String {
        self.say("date-long", at, "%H:%M")
    }

    /// A day given as `2026-11-26`, as it is if it is not one.
    pub fn given_day(&self, day: &str) -> String {
        match day.parse::<jiff::civil::Date>() {
            Ok(date) => self.words.say_with("date-long", &date_parts(date, "", "")),
            Err(_) => day.to_owned(),
        }
    }

    fn say(&self, key: &str, at: i64, time: &str) -> String {
        let Ok(at) = Timestamp::from_microsecond(at) else {
            return String::from("—");
        };
        let at = at.to_zoned(self.zone.clone());
        let time = at.strftime(time).to_string();
        let offset = at.strftime("%:z").to_string();
        self.words.say_with(key, &date_parts(at.date(), &time, &offset))
    }
}

fn date_parts<'a>(
    date: jiff::civil::Date,
    time: &str,
    offset: &str,
) -> [(&'a str, super::words::Value<'a>); 6] {
    [
        ("day", date.day().into()),
        ("day2", format!("{:02}", date.day()).into()),
        ("month", date.month().into()),
        ("year", date.year().to_string().into()),
        ("time", time.to_owned().into()),
        ("offset", offset.to_owned().into()),
    ]
}

/// An instant as the PDF's own metadata has it, in UTC.
pub fn date(at: i64) -> Option<Datetime> {
    let at = Timestamp::from_microsecond(at).ok()?.to_zoned(TimeZone::UTC);
    let unsigned = |number: i8| u8::try_from(number).ok();
    Datetime::from_ymd_hms(
        i32::from(at.year()),
        unsigned(at.month())?,
        unsigned(at.day())?,
        unsigned(at.hour())?,
        unsigned(at.minute())?,
        unsigned(at.second())?,
    )
}

//! Invitations, cancellations and answers (RFC 5545, RFC 5546).

use jiff::{ToSpan, Zoned, tz::TimeZone};

use crate::mime::{Charset, Encoding, Part};
use crate::script::{Answer, Somebody};

/// A meeting as last announced in its thread.
#[derive(Debug, Clone)]
pub struct Meeting<'s> {
    /// Globally unique.
    pub uid: String,
    /// How often it was changed.
    pub sequence: u32,
    /// Start.
    pub at: Zoned,
    /// Length in minutes.
    pub minutes: i64,
    /// Title.
    pub title: String,
    /// Place, may be empty.
    pub place: String,
    /// Who called it.
    pub organizer: Somebody<'s>,
    /// Who is invited.
    pub attendees: Vec<Somebody<'s>>,
    /// Which message of the thread announced it last.
    pub announced_in: usize,
}

/// What a calendar part says about a meeting.
#[derive(Debug, Clone, Copy)]
pub enum Method<'a> {
    /// It takes place.
    Request,
    /// It does not.
    Cancel,
    /// Somebody answers.
    Reply(&'a Somebody<'a>, Answer),
}

/// The `text/calendar` part, sent at `sent_at`.
pub fn part(meeting: &Meeting<'_>, method: Method<'_>, sent_at: &Zoned) -> Part {
    let name = match method {
        Method::Request => "REQUEST",
        Method::Cancel => "CANCEL",
        Method::Reply(..) => "REPLY",
    };
    let text: String = lines(meeting, method, name, sent_at)
        .iter()
        .map(|line| folded(line))
        .collect();
    Part::text(
        &format!("calendar; method={name}"),
        &text,
        Charset::Utf8,
        Encoding::Base64,
    )
}

fn lines(meeting: &Meeting<'_>, method: Method<'_>, name: &str, sent_at: &Zoned) -> Vec<String> {
    let end = meeting.at.saturating_add(meeting.minutes.minutes());
    let mut lines: Vec<String> = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Lipowa 7//Terminarz//PL",
        "VERSION:2.0",
    ]
    .into_iter()
    .map(str::to_owned)
    .collect();
    lines.push(format!("METHOD:{name}"));
    lines.push("BEGIN:VEVENT".to_owned());
    lines.push(format!("UID:{}", meeting.uid));
    lines.push(format!("SEQUENCE:{}", meeting.sequence));
    lines.push(format!("DTSTAMP:{}", utc(sent_at)));
    lines.push(format!("DTSTART:{}", utc(&meeting.at)));
    lines.push(format!("DTEND:{}", utc(&end)));
    lines.push(format!("SUMMARY:{}", escaped(&meeting.title)));
    if !meeting.place.is_empty() {
        lines.push(format!("LOCATION:{}", escaped(&meeting.place)));
    }
    lines.push(format!(
        "ORGANIZER;CN=\"{}\":mailto:{}",
        meeting.organizer.name, meeting.organizer.address
    ));
    match method {
        Method::Reply(who, answer) => lines.push(format!(
            "ATTENDEE;CN=\"{}\";PARTSTAT={}:mailto:{}",
            who.name,
            match answer {
                Answer::Accepted => "ACCEPTED",
                Answer::Declined => "DECLINED",
                Answer::Tentative => "TENTATIVE",
            },
            who.address
        )),
        _ => lines.extend(meeting.attendees.iter().map(|who| {
            let rsvp = "ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE";
            format!("ATTENDEE;CN=\"{}\";{rsvp}:mailto:{}", who.name, who.address)
        })),
    }
    let status = if matches!(method, Method::Cancel) {
        "CANCELLED"
    } else {
        "CONFIRMED"
    };
    lines.push(format!("STATUS:{status}"));
    lines.extend(["END:VEVENT", "END:VCALENDAR"].map(str::to_owned));
    lines
}

fn utc(at: &Zoned) -> String {
    at.with_time_zone(TimeZone::UTC)
        .strftime("%Y%m%dT%H%M%SZ")
        .to_string()
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,")
}

/// A content line folded at 75 octets, ended by a line feed.
fn folded(line: &str) -> String {
    let mut out = String::new();
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > 74 {
            out.push_str("\n ");
            octets = 1;
        }
        out.push(c);
        octets += c.len_utf8();
    }
    out.push('\n');
    out
}

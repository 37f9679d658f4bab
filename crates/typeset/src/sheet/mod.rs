//! What the pages show: every text printable and in the report's language, in the order in which it stands.

mod chapters;
mod exhibit;

use std::collections::BTreeMap;

use serde::Serialize;

use super::ReportError;
use super::text::Printer;
use super::time::Clock;
use super::words::Words;
use chapters::Chapters;
use exhibit::Shown;
use kronika_report::model::{Exhibit, Person, Report, Times};

/// Most characters of the line on top of every page.
const RUNNING_HEAD: usize = 90;

/// Pictures by the names that the pages call them by.
pub type Pictures = BTreeMap<String, Vec<u8>>;

/// The whole report.
#[derive(Debug, Serialize)]
pub struct Sheet {
    language: &'static str,
    /// Texts without values, by their keys.
    words: BTreeMap<String, String>,
    running: String,
    cover: Cover,
    timeline: Vec<Row>,
    exhibits: Vec<Shown>,
    #[serde(flatten)]
    chapters: Chapters,
    /// Where the package has this PDF.
    file: String,
}

/// The first page.
#[derive(Debug, Serialize)]
struct Cover {
    organisation: String,
    purpose: String,
    volume: Option<String>,
    facts: Vec<Fact>,
}

/// A value with its name.
#[derive(Debug, Serialize)]
pub struct Fact {
    name: String,
    value: String,
}

/// A line of the timeline.
#[derive(Debug, Serialize)]
struct Row {
    number: u64,
    when: String,
    is_claimed: bool,
    direction: kronika_report::model::Direction,
    channel: String,
    from: String,
    to: String,
    subject: String,
}

/// What it takes to write down a part of the report.
pub struct Pen<'a> {
    pub printer: &'a Printer<'a>,
    pub words: &'a Words,
    pub clock: &'a Clock<'a>,
}

impl Pen<'_> {
    fn fact(&self, key: &str, value: String) -> Fact {
        let name = self.words.say(key);
        Fact { name, value }
    }

    /// A person with name and address, as mail programs show it.
    fn person(&self, Person { name, address }: &Person) -> String {
        match (name.trim(), address.trim()) {
            ("", address) => self.printer.line(address),
            (name, "") => self.printer.line(name),
            (name, address) if address.contains('@') => self.printer.line(&format!("{name} <{address}>")),
            (name, number) => self.printer.line(&format!("{name}, {number}")),
        }
    }

    /// Whom a table names: the first one, and how many more.
    fn people_short(&self, people: &[Person]) -> String {
        let Some(first) = people.first() else {
            return String::from("—");
        };
        let name = if first.name.trim().is_empty() {
            &first.address
        } else {
            &first.name
        };
        let name = self.printer.short(name, 40);
        match people.len() {
            1 => name,
            more => format!("{name} +{}", more - 1),
        }
    }

    /// The subject, or that there is none.
    fn subject(&self, exhibit: &Exhibit, most: usize) -> String {
        let subject = self.printer.short(&exhibit.subject, most);
        if subject.is_empty() {
            self.words.say("subject-none")
        } else {
            subject
        }
    }
}

impl Sheet {
    /// Writes everything down. Pictures go to `pictures`.
    pub fn of(report: &Report, printer: &Printer<'_>, pictures: &mut Pictures) -> Result<Sheet, ReportError> {
        let words = Words::of(report.language);
        let clock = Clock::new(&report.time_zone, &words)?;
        let pen = Pen {
            printer,
            words: &words,
            clock: &clock,
        };
        let plain = words.plain().into_iter();
        let mut plain: BTreeMap<String, String> = plain.map(|(key, text)| (key.to_owned(), text)).collect();
        let organisation = printer.line(&report.organisation);
        let proven = words.say_with("judge-proven-2", &[("organisation", organisation.into())]);
        plain.insert("judge-proven-2".to_owned(), proven);
        Ok(Sheet {
            language: report.language.code(),
            running: printer.short(&report.purpose, RUNNING_HEAD),
            cover: cover(&pen, report),
            timeline: timeline(&pen, report),
            exhibits: report
                .exhibits
                .iter()
                .map(|exhibit| Shown::of(&pen, exhibit, pictures))
                .collect(),
            chapters: Chapters::of(&pen, report),
            file: file(report),
            words: plain,
        })
    }
}

/// Where the package has this PDF.
fn file(report: &Report) -> String {
    match report.volume {
        Some(volume) if volume.of > 1 => format!("data/report-{}.pdf", volume.number),
        _ => String::from("data/report.pdf"),
    }
}

fn cover(pen: &Pen<'_>, report: &Report) -> Cover {
    let mut facts = Vec::new();
    if !report.recipient.trim().is_empty() {
        facts.push(pen.fact("fact-recipient", pen.printer.line(&report.recipient)));
    }
    facts.push(pen.fact("fact-made-by", pen.printer.line(&report.made_by)));
    facts.push(pen.fact("fact-made", pen.clock.long(report.made_at)));
    facts.push(pen.fact("fact-exhibits", range(pen, &report.exhibits)));
    let times = report.exhibits.iter().map(|exhibit| moment(&exhibit.times));
    if let (Some(first), Some(last)) = (times.clone().min(), times.max()) {
        let days = [
            ("from", pen.clock.day(first).into()),
            ("to", pen.clock.day(last).into()),
        ];
        facts.push(pen.fact("fact-period", pen.words.say_with("period", &days)));
    }
    facts.push(pen.fact("fact-zone", pen.printer.line(&report.time_zone)));
    facts.push(pen.fact("fact-package", pen.printer.line(&report.package)));
    let volume = report.volume.map(|volume| {
        let values = [("number", volume.number.into()), ("of", volume.of.into())];
        pen.words.say_with("volume", &values)
    });
    Cover {
        organisation: pen.printer.line(&report.organisation),
        purpose: pen.printer.line(&report.purpose),
        volume,
        facts,
    }
}

fn range(pen: &Pen<'_>, exhibits: &[Exhibit]) -> String {
    let (Some(first), Some(last)) = (exhibits.first(), exhibits.last()) else {
        return pen.words.say("exhibits-none");
    };
    let values = [
        ("count", exhibits.len().into()),
        ("first", first.number.to_string().into()),
        ("last", last.number.to_string().into()),
    ];
    pen.words.say_with("exhibits-range", &values)
}

/// By which an exhibit stands in the timeline.
fn moment(times: &Times) -> i64 {
    times.claimed_at.unwrap_or(times.captured_at)
}

fn timeline(pen: &Pen<'_>, report: &Report) -> Vec<Row> {
    let mut exhibits: Vec<&Exhibit> = report.exhibits.iter().collect();
    exhibits.sort_by_key(|exhibit| (moment(&exhibit.times), exhibit.number));
    let row = |exhibit: &Exhibit| Row {
        number: exhibit.number,
        when: pen.clock.short(moment(&exhibit.times)),
        is_claimed: exhibit.times.claimed_at.is_some(),
        direction: exhibit.direction,
        channel: pen.words.say(exhibit::channel(exhibit.channel)),
        from: pen.people_short(&exhibit.from),
        to: pen.people_short(&exhibit.to),
        subject: pen.subject(exhibit, 120),
    };
    exhibits.into_iter().map(row).collect()
}

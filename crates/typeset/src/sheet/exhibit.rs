//! An exhibit as the pages show it.

use serde::Serialize;

use super::{Fact, Pen, Pictures};
use crate::picture;
use crate::text::Paragraph;
use kronika_report::model::{Attachment, Channel, Direction, Exhibit, Person, Seal};

/// An exhibit.
#[derive(Debug, Serialize)]
pub struct Shown {
    number: u64,
    name: String,
    subject: String,
    kind: String,
    seal: Option<String>,
    /// What it says of its own time.
    claimed: String,
    /// What is known of its time.
    known: Vec<Fact>,
    people: Vec<Fact>,
    original: Option<Original>,
    paragraphs: Vec<Paragraph>,
    /// What stands where there is no text.
    instead: Option<String>,
    attachments: Vec<Attached>,
    withheld: Vec<Fact>,
}

/// The original in the package.
#[derive(Debug, Serialize)]
struct Original {
    path: String,
    size: String,
    sha256: String,
}

/// An attachment.
#[derive(Debug, Serialize)]
struct Attached {
    name: String,
    media_type: String,
    size: String,
    sha256: String,
    place: String,
    picture: Option<String>,
}

impl Shown {
    /// Writes an exhibit down.
    pub fn of(pen: &Pen<'_>, exhibit: &Exhibit, pictures: &mut Pictures) -> Shown {
        let name = [("number", exhibit.number.to_string().into())];
        let say = |key| pen.words.say(key);
        let paragraphs = exhibit.text.as_deref().map(|text| pen.printer.paragraphs(text));
        let instead = match &paragraphs {
            None => Some(say("text-withheld")),
            Some(paragraphs) if paragraphs.is_empty() => Some(say("text-none")),
            Some(_) => None,
        };
        let claimed_at = exhibit.times.claimed_at.map(|at| pen.clock.long(at));
        let withheld = exhibit.withheld.iter();
        Shown {
            number: exhibit.number,
            name: pen.words.say_with("exhibit", &name),
            subject: pen.subject(exhibit, 400),
            kind: format!(
                "{}, {}",
                say(channel(exhibit.channel)),
                say(direction(exhibit.direction))
            ),
            seal: exhibit
                .seal
                .as_ref()
                .and_then(|seal| draw(seal, exhibit.number, pictures)),
            claimed: claimed_at.unwrap_or_else(|| say("claimed-none")),
            known: known(pen, exhibit),
            people: people(pen, exhibit),
            original: exhibit.original.as_ref().map(|file| Original {
                path: pen.printer.line(&file.path),
                size: pen.words.count("bytes", file.size),
                sha256: hash(&file.sha256),
            }),
            paragraphs: paragraphs.unwrap_or_default(),
            instead,
            attachments: (1..)
                .zip(&exhibit.attachments)
                .map(|(place, attachment)| attached(pen, attachment, (exhibit.number, place), pictures))
                .collect(),
            withheld: withheld
                .map(|part| Fact {
                    name: pen.printer.line(&part.name),
                    value: pen.printer.line(&part.reason),
                })
                .collect(),
        }
    }
}

fn known(pen: &Pen<'_>, exhibit: &Exhibit) -> Vec<Fact> {
    let times = &exhibit.times;
    let mut known = vec![pen.fact("captured-at", pen.clock.long(times.captured_at))];
    if let Some(at) = times.sealed_at {
        let mut sealed = pen.clock.long(at);
        if let Some(index) = times.journal_index {
            let values = [("index", pen.words.number(index).into())];
            sealed = format!("{sealed}, {}", pen.words.say_with("journal-entry", &values));
        }
        known.push(pen.fact("sealed-at", sealed));
    }
    if let Some(at) = times.not_before {
        known.push(pen.fact("not-before", pen.clock.long(at)));
    }
    known.push(match times.not_after {
        Some(at) => pen.fact("not-after", pen.clock.long(at)),
        None => Fact {
            name: String::new(),
            value: pen.words.say("not-after-none"),
        },
    });
    known
}

fn people(pen: &Pen<'_>, exhibit: &Exhibit) -> Vec<Fact> {
    let roles = [
        ("from", &exhibit.from),
        ("to", &exhibit.to),
        ("cc", &exhibit.cc),
        ("bcc", &exhibit.bcc),
    ];
    let named = roles.into_iter().filter(|(_, people)| !people.is_empty());
    let together = |people: &Vec<Person>| {
        let people: Vec<String> = people.iter().map(|person| pen.person(person)).collect();
        people.join("; ")
    };
    named
        .map(|(role, people)| pen.fact(role, together(people)))
        .collect()
}

fn attached(
    pen: &Pen<'_>,
    attachment: &Attachment,
    (exhibit, place): (u64, usize),
    pictures: &mut Pictures,
) -> Attached {
    let picture = attachment.thumbnail.as_deref().and_then(picture::small);
    let picture = picture.map(|picture| {
        let name = format!("picture-{exhibit}-{place}.jpg");
        pictures.insert(name.clone(), picture);
        name
    });
    Attached {
        name: pen.printer.line(&attachment.name),
        media_type: pen.printer.line(&attachment.media_type),
        size: pen.words.count("bytes", attachment.size),
        sha256: hash(&attachment.sha256),
        place: match &attachment.path {
            Some(path) => pen.printer.line(path),
            None => pen.words.say("attachment-inside"),
        },
        picture,
    }
}

/// A hash in one piece, so that it can be copied; only its digits, whatever was given.
fn hash(hash: &str) -> String {
    hash.chars().filter(char::is_ascii_hexdigit).take(64).collect()
}

/// The seal as a picture; nothing if its paths are none.
fn draw(seal: &Seal, exhibit: u64, pictures: &mut Pictures) -> Option<String> {
    let Seal { edge, ticks, figure } = seal;
    let is_path = |path: &String| {
        let is_drawn = |character: char| character.is_ascii_digit() || "MLQZ .-".contains(character);
        !path.is_empty() && path.len() < 20_000 && path.starts_with('M') && path.chars().all(is_drawn)
    };
    if ![edge, ticks, figure].into_iter().all(is_path) {
        return None;
    }
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\" width=\"100\" height=\"100\">\
         <path d=\"{edge}\" fill=\"#9b2d20\"/>\
         <path d=\"{ticks}\" stroke=\"#f6e9e2\" stroke-width=\"1.2\" fill=\"none\"/>\
         <path d=\"{figure}\" stroke=\"#f6e9e2\" stroke-width=\"0.9\" fill=\"none\"/></svg>"
    );
    let name = format!("seal-{exhibit}.svg");
    pictures.insert(name.clone(), svg.into_bytes());
    Some(name)
}

/// The key of a channel's name.
pub fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "channel-email",
        Channel::Call => "channel-call",
        Channel::Sms => "channel-sms",
        Channel::Chat => "channel-chat",
        Channel::Meeting => "channel-meeting",
        Channel::Note => "channel-note",
        Channel::Letter => "channel-letter",
        Channel::Document => "channel-document",
        Channel::Screenshot => "channel-screenshot",
        Channel::Web => "channel-web",
    }
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => "direction-inbound",
        Direction::Outbound => "direction-outbound",
        Direction::Internal => "direction-internal",
    }
}

//! What stands around the exhibits: parties, holes, agreements, the log, what stands for the journal.

use serde::Serialize;

use super::{Fact, Pen};
use kronika_report::model::{Agreement, AgreementState, Hole, HoleKind, LogLine, Party, Proof, Report, Seen};

/// The other chapters.
#[derive(Debug, Serialize)]
pub struct Chapters {
    clients: Vec<Named>,
    people: Vec<Named>,
    holes: Vec<Missing>,
    /// What stands where there is no hole.
    holes_instead: String,
    agreements: Vec<Agreed>,
    log: Vec<Logged>,
    proof: Proven,
}

/// A party.
#[derive(Debug, Serialize)]
struct Named {
    name: String,
    role: String,
    identifiers: Vec<Fact>,
    addresses: Vec<String>,
}

/// A hole.
#[derive(Debug, Serialize)]
struct Missing {
    client: String,
    number: String,
    kind: String,
    reason: String,
    by: String,
    at: String,
}

/// An agreement.
#[derive(Debug, Serialize)]
struct Agreed {
    exhibit: u64,
    text: String,
    owed_by: String,
    due: String,
    price: String,
    state: String,
}

/// A line of the log.
#[derive(Debug, Serialize)]
struct Logged {
    at: String,
    who: String,
    what: String,
    exhibit: Option<u64>,
}

/// What stands for the journal.
#[derive(Debug, Serialize)]
struct Proven {
    origin: String,
    size: String,
    root: String,
    key: String,
    witnesses: Vec<Fact>,
    timestamps: Vec<Fact>,
    numbering: Vec<String>,
}

impl Chapters {
    /// Writes them down.
    pub fn of(pen: &Pen<'_>, report: &Report) -> Chapters {
        Chapters {
            clients: report
                .parties
                .clients
                .iter()
                .map(|party| named(pen, party))
                .collect(),
            people: report
                .parties
                .people
                .iter()
                .map(|party| named(pen, party))
                .collect(),
            holes: report.holes.iter().map(|hole| missing(pen, hole)).collect(),
            holes_instead: pen.words.say(match report.volume {
                Some(volume) if volume.number > 1 => "holes-elsewhere",
                _ if report.exhibits.iter().any(|exhibit| !exhibit.withheld.is_empty()) => "holes-parts",
                _ => "holes-none",
            }),
            agreements: report
                .agreements
                .iter()
                .map(|agreement| agreed(pen, agreement))
                .collect(),
            log: report.log.iter().map(|line| logged(pen, line)).collect(),
            proof: proven(pen, &report.proof),
        }
    }
}

fn named(pen: &Pen<'_>, party: &Party) -> Named {
    let identifiers = party.identifiers.iter();
    Named {
        name: pen.printer.line(&party.name),
        role: pen.printer.line(&party.role),
        identifiers: identifiers
            .map(|identifier| Fact {
                name: pen.printer.line(&identifier.name),
                value: pen.printer.line(&identifier.value),
            })
            .collect(),
        addresses: party
            .addresses
            .iter()
            .map(|address| pen.printer.line(address))
            .collect(),
    }
}

fn missing(pen: &Pen<'_>, hole: &Hole) -> Missing {
    Missing {
        client: pen.printer.line(&hole.client),
        number: hole.number.map_or_else(String::new, |number| number.to_string()),
        kind: pen.words.say(match hole.kind {
            HoleKind::Withheld => "hole-withheld",
            HoleKind::NotChosen => "hole-not-chosen",
            HoleKind::Erased => "hole-erased",
        }),
        reason: pen.printer.line(&hole.reason),
        by: pen.printer.line(&hole.by),
        at: hole.at.map_or_else(String::new, |at| pen.clock.short(at)),
    }
}

fn agreed(pen: &Pen<'_>, agreement: &Agreement) -> Agreed {
    let due = agreement.due_on.as_deref();
    let due = due.map(|day| pen.printer.line(&pen.clock.given_day(day)));
    Agreed {
        exhibit: agreement.exhibit,
        text: pen.printer.line(&agreement.text),
        owed_by: pen.printer.line(&agreement.owed_by),
        due: due.unwrap_or_default(),
        price: pen.printer.line(&agreement.price),
        state: pen.words.say(match agreement.state {
            AgreementState::Open => "state-open",
            AgreementState::Confirmed => "state-confirmed",
            AgreementState::Kept => "state-kept",
            AgreementState::Broken => "state-broken",
            AgreementState::Withdrawn => "state-withdrawn",
        }),
    }
}

fn logged(pen: &Pen<'_>, line: &LogLine) -> Logged {
    Logged {
        at: pen.clock.short(line.at),
        who: pen.printer.line(&line.who),
        what: pen.printer.line(&line.what),
        exhibit: line.exhibit,
    }
}

fn proven(pen: &Pen<'_>, proof: &Proof) -> Proven {
    let seen = |seen: &Seen| Fact {
        name: pen.printer.line(&seen.name),
        value: pen.clock.long(seen.at),
    };
    let numbering = proof.numbering.iter().map(|numbers| {
        let values = [
            ("client", pen.printer.line(&numbers.client).into()),
            ("from", numbers.from.to_string().into()),
            ("to", numbers.to.to_string().into()),
            ("shown", pen.words.number(numbers.shown).into()),
        ];
        pen.words.say_with("proof-numbers", &values)
    });
    Proven {
        origin: pen.printer.line(&proof.origin),
        size: pen.words.count("proof-entries", proof.size),
        root: pen.printer.line(&proof.root),
        key: pen.printer.line(&proof.key),
        witnesses: proof.witnesses.iter().map(seen).collect(),
        timestamps: proof.timestamps.iter().map(seen).collect(),
        numbering: numbering.collect(),
    }
}

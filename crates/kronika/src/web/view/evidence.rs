//! Evidence: packages that were made, what one would hold, how far one is.

use askama::Template;

use super::kinds::{ClientName, Direction, Instant};
use super::page::Page;

/// `GET /evidence`
#[derive(Template)]
#[template(path = "evidence/list.html")]
pub struct EvidenceList {
    pub page: Page,
    pub asked: Asked,
    /// The key of a text that says what is wrong with what was asked.
    pub mistake: Option<&'static str>,
    /// Ids of one's own that are being made, or were not, and whether they failed.
    pub unfinished: Vec<(String, bool)>,
    pub packages: Vec<PackageLine>,
    /// What to send as `before` for older ones.
    pub next: Option<String>,
}

#[derive(Clone, Debug)]
pub struct PackageLine {
    pub id: String,
    pub made_at: Instant,
    pub made_by: String,
    pub purpose: String,
    pub recipient: String,
    pub items: u64,
    pub withheld: u64,
}

/// What is asked for, as it stands in the form.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Id and name.
    pub client: Option<ClientName>,
    /// What was typed as the client's name, when it names none.
    pub typed: String,
    /// The conversation: an interaction of it, and its subject.
    pub thread: Option<(String, String)>,
    pub q: String,
    pub picked: Vec<String>,
    /// Days, as a date field has them.
    pub from: String,
    pub to: String,
    /// What was looked through, by its digest.
    pub digest: String,
    /// When the choice was looked through, in microseconds.
    pub known_by: Instant,
}

/// `GET /evidence/new`
#[derive(Template)]
#[template(path = "evidence/new.html")]
pub struct EvidenceNew {
    pub page: Page,
    pub asked: Asked,
    pub mistake: Option<&'static str>,
    pub preview: Preview,
    pub form: Form,
}

/// What was filled in about the package itself.
#[derive(Clone, Debug, Default)]
pub struct Form {
    pub purpose: String,
    pub recipient: String,
    pub key: String,
    pub reason: String,
}

/// What would go in.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    pub lines: Vec<Line>,
    /// How many more there are than are listed.
    pub more: u64,
    pub bytes: u64,
    pub attachments: u64,
    pub first_at: Option<Instant>,
    pub last_at: Option<Instant>,
    pub others: Vec<Other>,
}

#[derive(Clone, Debug)]
pub struct Line {
    pub id: String,
    pub claimed_at: Instant,
    pub direction: Direction,
    pub from: String,
    pub to: String,
    pub headline: String,
    pub withheld: bool,
    pub parts: Vec<Part>,
}

/// A part of an interaction that can be kept back by itself.
#[derive(Clone, Debug)]
pub struct Part {
    /// Its number in the message; `text` for the message's own words.
    pub number: String,
    pub name: String,
    pub size: u64,
    pub withheld: bool,
}

/// Somebody who is not of the firm.
#[derive(Clone, Debug)]
pub struct Other {
    pub name: String,
    pub address: String,
    pub interactions: u64,
}

impl Preview {
    fn count(&self) -> u64 {
        self.lines.len() as u64 + self.more
    }
}

impl Line {
    /// Whether something of it is kept back, so that its parts are shown.
    fn is_open(&self) -> bool {
        self.parts.iter().any(|part| part.withheld)
    }
}

/// `GET /evidence/{evidence}`
#[derive(Template)]
#[template(path = "evidence/show.html")]
pub struct EvidencePage {
    pub page: Page,
    pub id: String,
    pub state: State,
}

/// The fragment that `GET /evidence/{evidence}/events` sends, as `progress` while it runs and as `done` at the end.
#[derive(Template)]
#[template(path = "evidence/_state.html")]
pub struct EvidenceState {
    pub page: Page,
    pub id: String,
    pub state: State,
}

/// How far a package is.
#[derive(Clone, Debug)]
pub enum State {
    Waiting,
    Sealing,
    /// Interactions gathered, of how many.
    Gathering(u64, u64),
    /// Originals read for the report.
    Reading(u64, u64),
    /// Volumes of the report typeset.
    Reporting(u64, u64),
    Writing(u64, u64),
    Encrypting,
    Ready(Box<Package>),
    /// The keys of what happened and what to do.
    Failed(&'static str, &'static str),
}

impl State {
    pub fn is_over(&self) -> bool {
        matches!(self, State::Ready(_) | State::Failed(..))
    }
}

/// A package that was made.
#[derive(Clone, Debug)]
pub struct Package {
    pub made_at: Instant,
    pub made_by: String,
    pub purpose: String,
    pub recipient: String,
    /// The key it was encrypted to; empty when it was not.
    pub encrypted_to: String,
    pub items: u64,
    pub withheld: u64,
    /// Whether it has the readable report.
    pub report: bool,
    pub size: u64,
    pub sha256: String,
    /// The file, while it is kept for whoever asks: its name.
    pub file: Option<String>,
    /// Interactions that are in it and seen by whoever asks, newest first: id and subject.
    pub interactions: Vec<(String, String)>,
}

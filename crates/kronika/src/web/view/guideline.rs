//! The firm's rules of communication: read, accepted, written.

use askama::Template;

use super::kinds::Instant;
use super::page::Page;

/// `GET /guidelines`
#[derive(Template)]
#[template(path = "guideline/list.html")]
pub struct Guidelines {
    pub page: Page,
    pub lines: Vec<GuidelineLine>,
}

/// One guideline, as the person stands to it.
#[derive(Clone, Debug)]
pub struct GuidelineLine {
    pub id: String,
    pub title: String,
    pub version: u64,
    pub state: GuidelineState,
    /// When somebody reminded the person of it.
    pub reminded_at: Option<Instant>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuidelineState {
    /// To be read and accepted.
    Open,
    Accepted(Instant),
    Withdrawn,
}

/// `GET /guidelines/{guideline}`
#[derive(Template)]
#[template(path = "guideline/show.html")]
pub struct GuidelinePage {
    pub page: Page,
    pub id: String,
    pub title: String,
    pub version: u64,
    pub issued_at: Instant,
    pub issued_by: String,
    pub paragraphs: Vec<String>,
    pub state: GuidelineState,
    /// Whether this is the version in force.
    pub newest: bool,
    /// The test; empty when there is none, or nothing is asked of the person any more.
    pub questions: Vec<AskedQuestion>,
    /// The key of a text that says why it was not accepted.
    pub mistake: Option<&'static str>,
    /// What only those see who write guidelines.
    pub desk: Option<GuidelineDesk>,
}

/// A question of the test, with what was answered.
#[derive(Clone, Debug)]
pub struct AskedQuestion {
    pub asked: String,
    pub answers: Vec<String>,
    pub given: Option<usize>,
    /// Whether what was answered is wrong.
    pub wrong: bool,
}

/// Who accepted, who has yet to, and what was issued before.
#[derive(Clone, Debug, Default)]
pub struct GuidelineDesk {
    pub accepted: Vec<(String, u64, Instant)>,
    pub missing: Vec<(String, Option<Instant>)>,
    /// Number, time and author of every version, newest first.
    pub versions: Vec<(u64, Instant, String)>,
}

/// `GET /guidelines/new` and `GET /guidelines/{guideline}/edit`
#[derive(Template)]
#[template(path = "guideline/form.html")]
pub struct GuidelineForm {
    pub page: Page,
    /// The guideline that gets a new version; `None` for a new one.
    pub id: Option<String>,
    pub title: String,
    pub text: String,
    pub test: String,
    /// The key of a text that says what is wrong, with the number of the question it is about.
    pub mistake: Option<(&'static str, u64)>,
}

impl AskedQuestion {
    fn is_given(&self, answer: &usize) -> bool {
        self.given == Some(*answer)
    }
}

impl GuidelinePage {
    fn is_open(&self) -> bool {
        self.newest && self.state == GuidelineState::Open
    }
}

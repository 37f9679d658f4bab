//! One's other archives on the same server.

use askama::Template;

use super::page::Page;

/// `GET /settings/you/archives`
#[derive(Template)]
#[template(path = "settings/archives.html")]
pub struct ArchivesPage {
    pub page: Page,
    pub joined: Vec<Joined>,
    pub outcome: Outcome,
}

/// An archive to which the person may switch.
#[derive(Clone, Debug)]
pub struct Joined {
    /// Its name on the instance.
    pub name: String,
    pub title: String,
    /// `None` while it is closed.
    pub url: Option<String>,
}

/// What came of the last form.
#[derive(Clone, Debug)]
pub enum Outcome {
    None,
    /// The other archive asks the same; this leads there.
    GoOn {
        host: String,
        link: String,
    },
    /// The key of a text.
    Mistake(&'static str),
}

/// `GET /settings/you/archives/join`
#[derive(Template)]
#[template(path = "settings/archives_join.html")]
pub struct JoinPage {
    pub page: Page,
    /// Where the person comes from, and who they are there.
    pub other: String,
    pub other_person: String,
    pub ticket: String,
}

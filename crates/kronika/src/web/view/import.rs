//! Files being read into the archive.

use askama::Template;

use super::kinds::Instant;
use super::page::Page;

/// `GET /imports`
#[derive(Template)]
#[template(path = "import/list.html")]
pub struct Imports {
    pub page: Page,
    pub refused: Vec<RefusedFile>,
    /// How many more were refused than are listed.
    pub more: u64,
    pub imports: Vec<PastImport>,
}

/// A file that was not taken in.
#[derive(Clone, Debug)]
pub struct RefusedFile {
    pub id: String,
    pub file: String,
    /// A sentence in the person's language.
    pub reason: String,
    pub tried_at: Instant,
    /// The upload that can be tried again; a file on the server is imported again there.
    pub retry: Option<String>,
}

/// An upload.
#[derive(Clone, Debug)]
pub struct PastImport {
    pub id: String,
    pub started_at: Instant,
    pub finished: bool,
    pub recorded: u64,
    pub known: u64,
}

/// `GET /imports/{id}`
#[derive(Template)]
#[template(path = "import/show.html")]
pub struct ImportPage {
    pub page: Page,
    pub id: String,
    pub progress: Progress,
}

/// The fragment that `GET /imports/{id}/events` sends, as `progress` while it runs and as `done` at the end.
#[derive(Template)]
#[template(path = "import/_progress.html")]
pub struct ImportProgress {
    pub page: Page,
    pub progress: Progress,
}

/// How far an import has come.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    pub finished: bool,
    pub bytes_read: u64,
    pub bytes_total: u64,
    /// Recorded for the first time.
    pub recorded: u64,
    /// Seen again: only the place where it was seen is added.
    pub known: u64,
    /// Recorded as they came, but not understood.
    pub unreadable: u64,
    /// Of the recorded ones, how many wait in the inbox.
    pub waiting: u64,
    /// The file being read, or nothing.
    pub file: String,
    pub failures: Vec<FileFailure>,
}

/// A file that could not be read to its end.
#[derive(Clone, Debug)]
pub struct FileFailure {
    pub file: String,
    /// A sentence in the person's language.
    pub reason: String,
}

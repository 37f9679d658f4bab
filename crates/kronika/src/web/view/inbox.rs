//! What was captured and belongs to no client yet.

use askama::Template;

use super::interaction::Learnable;
use super::kinds::ClientName;
use super::link::{Chip, link};
use super::page::Page;
use super::row::Row;

/// Which part of the inbox is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shelf {
    /// All that waits, unreadable things among it.
    #[default]
    All,
    Unreadable,
    Ignored,
}

impl Shelf {
    /// As the address carries it.
    pub fn name(self) -> &'static str {
        match self {
            Shelf::All => "all",
            Shelf::Unreadable => "unreadable",
            Shelf::Ignored => "ignored",
        }
    }
}

/// How much stands on each shelf.
#[derive(Clone, Copy, Debug, Default)]
pub struct ShelfCounts {
    pub all: u64,
    pub unreadable: u64,
    pub ignored: u64,
    /// Files that were not taken in; they are listed with the imports.
    pub refused: u64,
}

/// A line of the inbox.
#[derive(Clone, Debug)]
pub struct InboxRow {
    pub row: Row,
    pub state: InboxState,
    pub learnable: Learnable,
}

/// Why a line is in the inbox.
#[derive(Clone, Debug)]
pub enum InboxState {
    Waiting,
    /// `reason` is a sentence in the person's language.
    Unreadable {
        reason: String,
    },
    Ignored {
        reason: String,
    },
}

/// `GET /inbox`
#[derive(Template)]
#[template(path = "inbox/list.html")]
pub struct Inbox {
    pub page: Page,
    pub shelf: Shelf,
    pub counts: ShelfCounts,
    pub rows: Vec<InboxRow>,
    /// What to send as `before` for the next lines.
    pub next: Option<String>,
}

/// `GET /inbox/_rows`
#[derive(Template)]
#[template(path = "inbox/_rows.html")]
pub struct InboxRows {
    pub page: Page,
    pub shelf: Shelf,
    pub rows: Vec<InboxRow>,
    pub next: Option<String>,
}

impl Inbox {
    fn chips(&self) -> Vec<Chip> {
        let chip = |shelf: Shelf, key, icon, count| Chip {
            key,
            icon,
            count: Some(count),
            on: self.shelf == shelf,
            href: link(
                "/inbox",
                &[("filter", if shelf == Shelf::All { "" } else { shelf.name() })],
            ),
        };
        vec![
            chip(Shelf::All, "inbox-all", "inbox", self.counts.all),
            chip(
                Shelf::Unreadable,
                "inbox-unreadable",
                "triangle-alert",
                self.counts.unreadable,
            ),
            chip(Shelf::Ignored, "inbox-ignored", "eye-off", self.counts.ignored),
            Chip {
                key: "imports-refused",
                icon: "file-x",
                count: Some(self.counts.refused),
                on: false,
                href: "/imports".to_owned(),
            },
        ]
    }

    fn next_links(&self) -> Option<(String, String)> {
        next_links(self.shelf, self.next.as_deref()?)
    }
}

impl InboxRows {
    fn next_links(&self) -> Option<(String, String)> {
        next_links(self.shelf, self.next.as_deref()?)
    }
}

/// Where the next lines are, as a page and as a fragment.
fn next_links(shelf: Shelf, before: &str) -> Option<(String, String)> {
    let values = [("filter", shelf.name()), ("before", before)];
    Some((link("/inbox", &values), link("/inbox/_rows", &values)))
}

/// `GET /clients/_suggest`: clients to choose from, likeliest first. The first nine have a number key.
#[derive(Template)]
#[template(path = "inbox/_suggest.html")]
pub struct Suggestions {
    pub page: Page,
    pub options: Vec<Suggestion>,
}

/// A client to choose.
#[derive(Clone, Debug)]
pub struct Suggestion {
    pub client: ClientName,
    /// What tells it apart: an address, a domain, when it was last in touch. May be empty.
    pub detail: String,
}

/// Takes the line's place once something was done with it. Sent instead of a redirect when htmx asked.
#[derive(Template)]
#[template(path = "inbox/_done.html")]
pub struct Done {
    pub page: Page,
    /// The interaction.
    pub id: String,
    pub headline: String,
    pub outcome: Outcome,
}

/// What was done with a line.
#[derive(Clone, Debug)]
pub enum Outcome {
    Assigned {
        client: ClientName,
        /// How many others went to the client too, because an address or domain was learned.
        others: u64,
    },
    Ignored {
        reason: String,
    },
}

//! What was opened to whoever is from outside: the page they begin at.

use askama::Template;

use super::kinds::Instant;
use super::page::Page;
use crate::access::grant::GrantState;

/// `GET /grants`
#[derive(Template)]
#[template(path = "grant/list.html")]
pub struct GivenPage {
    pub page: Page,
    pub given: Vec<Given>,
}

/// One thing that was opened, to whom it was opened.
#[derive(Clone, Debug)]
pub struct Given {
    pub covers: GivenWhat,
    /// How much of it is seen; none when it is not open now.
    pub extent: Option<Extent>,
    pub from: Instant,
    /// The end, as far as there is one; of what was taken back, when it was.
    pub until: Option<Instant>,
    /// The name of whoever gave it.
    pub by: String,
    pub state: GrantState,
}

/// What is open. What is not open now has no name.
#[derive(Clone, Debug)]
pub enum GivenWhat {
    Everything {
        clients: u64,
    },
    Client {
        id: String,
        name: String,
    },
    /// A conversation, by its last message.
    Thread {
        id: String,
        headline: String,
    },
    /// The key of a text that says what kind of thing it is.
    Unseen(&'static str),
}

/// How much there is.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    pub interactions: u64,
    /// Where counting stopped, if there were more.
    pub counted: u64,
    /// When the first and the last happened.
    pub period: Option<(Instant, Instant)>,
}

impl GivenPage {
    fn is_any_valid(&self) -> bool {
        self.given.iter().any(|one| one.state == GrantState::Valid)
    }
}

impl Given {
    fn icon(&self) -> &'static str {
        match (self.state, &self.covers) {
            (GrantState::Later | GrantState::Over | GrantState::Ended, _) => "lock",
            (_, GivenWhat::Thread { .. }) => "mail",
            (_, GivenWhat::Unseen(_)) => "eye",
            _ => "users",
        }
    }
}

//! Settings: teams, what outsiders were given to see, and the rules themselves in plain words.

use askama::Template;

use super::kinds::Instant;
use super::page::Page;
use crate::access::grant::GrantState;
use crate::access::reach::Clients;
use crate::access::{Openness, Right, Role, Sensitivity};

/// Someone or something to tick.
#[derive(Clone, Debug)]
pub struct Choice {
    pub id: String,
    pub name: String,
    pub on: bool,
}

/// `GET /settings/teams`
#[derive(Template)]
#[template(path = "settings/teams.html")]
pub struct TeamsPage {
    pub page: Page,
    pub teams: Vec<Team>,
    pub mailboxes: Vec<Mailbox>,
    /// The key of a text that says what is wrong with what was sent.
    pub mistake: Option<&'static str>,
    /// What was sent, to be corrected.
    pub refused: String,
}

/// A team, to be changed.
#[derive(Clone, Debug)]
pub struct Team {
    pub id: String,
    pub name: String,
    pub members: Vec<Choice>,
}

impl Team {
    /// Its members on one line.
    fn line(&self) -> String {
        let members = self.members.iter().filter(|member| member.on);
        members
            .map(|member| member.name.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// Whose own mailboxes some addresses are.
#[derive(Clone, Debug)]
pub struct Mailbox {
    pub account: String,
    pub name: String,
    /// With commas between.
    pub addresses: String,
}

/// `GET /settings/grants`
#[derive(Template)]
#[template(path = "settings/grants.html")]
pub struct GrantsPage {
    pub page: Page,
    pub grants: Vec<Grant>,
    /// Auditors and experts.
    pub people: Vec<Choice>,
    /// The link to what shall be given.
    pub link: String,
    /// Today, as the form writes dates.
    pub today: String,
    pub mistake: Option<&'static str>,
}

/// What someone from outside was given to see.
#[derive(Clone, Debug)]
pub struct Grant {
    pub id: String,
    pub name: String,
    pub covers: Covered,
    pub from: Instant,
    pub until: Option<Instant>,
    pub state: GrantState,
    /// The name of whoever gave it.
    pub by: String,
}

/// What a grant covers.
#[derive(Clone, Debug)]
pub enum Covered {
    Everything,
    Client {
        id: String,
        name: String,
    },
    /// A conversation, by one message of it. Its subject is none when the viewer may not see it.
    Thread {
        id: String,
        headline: Option<String>,
    },
}

/// `GET /settings/rights`: everything on it is made from the tables that decide.
#[derive(Template)]
#[template(path = "settings/rights.html")]
pub struct RightsPage {
    pub page: Page,
    /// The role of whoever reads it.
    pub role: Option<Role>,
}

impl RightsPage {
    fn has(&self, role: &Role, right: &Right) -> bool {
        role.has(*right)
    }

    fn is_mine(&self, role: &Role) -> bool {
        self.role == Some(*role)
    }

    /// What a role sees, sentence by sentence.
    fn reach(&self, role: &Role) -> Vec<&'static str> {
        let reach = role.reach();
        let clients = match reach.clients {
            Clients::All => "reach-all",
            Clients::OpenOrTheirs => "reach-open",
            Clients::Theirs => "reach-theirs",
            Clients::Granted => "reach-granted",
        };
        let inbox = match reach.inbox {
            true => "reach-inbox",
            false => "reach-no-inbox",
        };
        let restricted = match reach.all_restricted {
            true => "reach-restricted",
            false => "reach-restricted-named",
        };
        let private = reach.own_mail.then_some("reach-private");
        let looks = role.is_outside().then_some("reach-looks");
        [Some(clients), Some(inbox), Some(restricted), private, looks]
            .into_iter()
            .flatten()
            .collect()
    }
}

/// Who sees a client, to be changed.
#[derive(Clone, Debug)]
pub struct ClientSight {
    pub openness: Openness,
    pub teams: Vec<Choice>,
    pub people: Vec<Choice>,
}

/// Who sees an interaction.
#[derive(Clone, Debug)]
pub struct InteractionSight {
    pub sensitivity: Sensitivity,
    /// Who is named, when it is restricted.
    pub named: Vec<String>,
    /// What the viewer may make of it; nothing when they may not change it.
    pub options: Vec<Sensitivity>,
    /// Everyone who could be named.
    pub people: Vec<Choice>,
    /// Messages of its thread, itself among them.
    pub thread: usize,
}

impl InteractionSight {
    pub fn icon(&self) -> &'static str {
        match self.sensitivity {
            Sensitivity::Team => "users",
            Sensitivity::Restricted => "lock",
            Sensitivity::Private => "user-lock",
        }
    }

    /// The names on one line.
    pub fn line(&self) -> String {
        self.named.join(", ")
    }
}

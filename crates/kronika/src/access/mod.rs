//! Who may do what, and who sees what: the one place that decides.
//!
//! Two tables say it all: [`Role::has`], what a role may do, and [`Role::reach`], how far it sees. `scope` makes SQL
//! conditions from them for lists, counts and searches; `decide` answers for one client or interaction. A test
//! generates archives and holds the two to each other.

pub mod act;
pub mod decide;
mod doer;
pub mod grant;
pub mod log;
pub mod person;
pub mod project;
pub mod reach;
mod right;
mod role;
mod scope;
pub mod store;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::archive::id::{ClientId, InteractionKey};

pub use doer::Doer;
pub use person::Person;
pub use right::Right;
pub use role::Role;
pub use scope::Scope;

/// Who sees a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Openness {
    /// Every manager and member, and whoever is named or in a named team.
    Open,
    /// The named teams and people.
    Team,
    /// The named people only.
    Named,
}

impl Openness {
    pub const ALL: [Openness; 3] = [Openness::Open, Openness::Team, Openness::Named];

    pub fn name(self) -> &'static str {
        match self {
            Openness::Open => "open",
            Openness::Team => "team",
            Openness::Named => "named",
        }
    }

    /// The key of the text that says it.
    pub fn key(self) -> &'static str {
        match self {
            Openness::Open => "openness-open",
            Openness::Team => "openness-team",
            Openness::Named => "openness-named",
        }
    }

    pub fn named(name: &str) -> Option<Openness> {
        Openness::ALL.into_iter().find(|openness| openness.name() == name)
    }
}

/// Who sees an interaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sensitivity {
    /// Whoever sees one of its clients.
    Team,
    /// The people who are named, and owners.
    Restricted,
    /// Whoever took part by an own address; not even owners beside them.
    Private,
}

impl Sensitivity {
    /// From the least to the most.
    pub const ALL: [Sensitivity; 3] = [Sensitivity::Team, Sensitivity::Restricted, Sensitivity::Private];

    pub fn name(self) -> &'static str {
        match self {
            Sensitivity::Team => "team",
            Sensitivity::Restricted => "restricted",
            Sensitivity::Private => "private",
        }
    }

    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Sensitivity::Team => "sensitivity-team",
            Sensitivity::Restricted => "sensitivity-restricted",
            Sensitivity::Private => "sensitivity-private",
        }
    }

    /// The key of the text that says who that is.
    pub fn hint(self) -> &'static str {
        match self {
            Sensitivity::Team => "sensitivity-team-hint",
            Sensitivity::Restricted => "sensitivity-restricted-hint",
            Sensitivity::Private => "sensitivity-private-hint",
        }
    }

    pub fn named(name: &str) -> Option<Sensitivity> {
        Sensitivity::ALL
            .into_iter()
            .find(|sensitivity| sensitivity.name() == name)
    }
}

/// What a grant lets an auditor or expert see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Covers {
    /// All clients.
    Everything,
    Client(ClientId),
    Thread(InteractionKey),
}

/// The person lacks a right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{account} may not do that; ask an owner of the archive")]
pub struct Denied {
    pub account: String,
    pub right: Right,
}

/// Refuses a person who lacks a right.
pub fn require(person: &Person, right: Right) -> Result<(), Denied> {
    if decide::may_do(person, right) {
        Ok(())
    } else {
        Err(Denied {
            account: person.name.clone(),
            right,
        })
    }
}

//! Which clients an interaction belongs to, and why: many to many, explained, and open to change.
//!
//! An address that a client gave counts most, then the domain, then the thread, then a rule. Carbon copies count.
//! Our own addresses never count, nor do domains where anyone can have a mailbox.

pub mod act;
pub mod book;
pub mod inbox;
pub mod project;
pub mod public_domain;
pub mod rule;
pub mod store;
pub mod suggest;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::archive::id::ClientId;

pub use book::Book;

/// Why an interaction is with a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    Address,
    Domain,
    Thread,
    Rule,
    Person,
}

impl Why {
    pub const ALL: [Why; 5] = [Why::Address, Why::Domain, Why::Thread, Why::Rule, Why::Person];

    pub fn name(self) -> &'static str {
        match self {
            Why::Address => "address",
            Why::Domain => "domain",
            Why::Thread => "thread",
            Why::Rule => "rule",
            Why::Person => "person",
        }
    }

    pub fn named(name: &str) -> Option<Why> {
        Why::ALL.into_iter().find(|why| why.name() == name)
    }
}

/// One assignment with its explanation: the address, domain, rule or thread that caused it, or a person's reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assigned {
    pub client: ClientId,
    pub why: Why,
    pub detail: String,
}

/// What of a message a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Subject,
    From,
    To,
}

impl Field {
    pub const ALL: [Field; 3] = [Field::Subject, Field::From, Field::To];

    pub fn name(self) -> &'static str {
        match self {
            Field::Subject => "subject",
            Field::From => "from",
            Field::To => "to",
        }
    }

    pub fn named(name: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.name() == name)
    }
}

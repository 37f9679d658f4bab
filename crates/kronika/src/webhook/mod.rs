//! Telling other programs what happened: a webhook is an address that is told, on behalf of an account.
//!
//! What there is to tell is read from the journal, after it was sealed, so recording knows nothing of it and nothing is
//! lost in a crash. Each webhook is told only what its account sees at the moment it is told, and no more than ids:
//! whoever wants to know more asks the API, under the same rules.

pub mod act;
pub mod courier;
pub mod delivery;
pub mod event;
mod follow;
pub mod project;
mod send;
pub mod sign;
pub mod store;

use serde::{Deserialize, Serialize};

use crate::archive::id::{AccountId, WebhookId};
use event::EventKind;

/// The longest name, in characters.
pub const LONGEST_NAME: usize = 60;
/// The longest address, in bytes.
pub const LONGEST_URL: usize = 1000;
/// Each is told by itself, so their number bounds the connections that are open at once.
pub const MOST: usize = 30;

/// An address that is told what happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    pub id: WebhookId,
    /// Whose sight limits what it is told.
    pub account: AccountId,
    pub account_name: String,
    pub name: String,
    pub url: String,
    pub events: Vec<EventKind>,
    pub made_at: i64,
    /// Since when nothing is sent, and why.
    pub paused: Option<(i64, PausedFor)>,
}

/// Why nothing is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PausedFor {
    /// Somebody wanted it.
    Person,
    /// The address answered that it is gone for good.
    Gone,
}

impl PausedFor {
    pub fn name(self) -> &'static str {
        match self {
            PausedFor::Person => "person",
            PausedFor::Gone => "gone",
        }
    }

    pub fn named(name: &str) -> Option<PausedFor> {
        [PausedFor::Person, PausedFor::Gone]
            .into_iter()
            .find(|why| why.name() == name)
    }
}

/// What can happen to a webhook, as the journal has it. Its secret is never part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WebhookChange {
    Made {
        account: AccountId,
        name: String,
        url: String,
        events: Vec<EventKind>,
    },
    Changed {
        name: String,
        url: String,
        events: Vec<EventKind>,
    },
    Paused {
        why: PausedFor,
    },
    Resumed,
    /// It has a new secret; the one before signs beside it for a day.
    SecretRotated,
    Removed,
}

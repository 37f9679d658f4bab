//! Who looked at what, and who did what: one log, readable by person, by client and by interaction.
//!
//! What people do are acts already, and their lines are made from those. What they only look at is noted as it
//! happens and written as an act of many looks every few seconds; what people from outside look at is written before
//! they are shown it.

pub mod act;
mod project;
pub mod store;
mod watch;

use serde::{Deserialize, Serialize};

use crate::archive::id::{ClientId, InteractionKey};

pub use project::project;
pub use watch::Watch;

/// Somebody looked at something, or was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Microseconds since 1970 UTC.
    pub at: i64,
    /// The account's name; names are never given to somebody else.
    pub by: String,
    pub kind: LookKind,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub client: Option<ClientId>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub interaction: Option<InteractionKey>,
    /// What was searched for, which part was taken, what was refused.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub detail: String,
}

/// How something was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LookKind {
    Opened,
    /// The original was taken as a file.
    Original,
    /// An attachment was looked at or taken.
    Part,
    /// The proof was taken.
    Proof,
    /// A client's history was taken out as files.
    Exported,
    /// By an auditor or expert; nobody else's searches are kept.
    Searched,
    /// By an auditor or expert: the page of what was opened to them.
    Grants,
    /// What the person lacks the right to, or may not see.
    Refused,
    /// Requests beyond what one may make in a minute, counted.
    TooMany,
}

impl LookKind {
    pub const ALL: [LookKind; 9] = [
        LookKind::Opened,
        LookKind::Original,
        LookKind::Part,
        LookKind::Proof,
        LookKind::Exported,
        LookKind::Searched,
        LookKind::Grants,
        LookKind::Refused,
        LookKind::TooMany,
    ];

    /// The name in the table; its text is `log-` and the name.
    pub fn name(self) -> &'static str {
        match self {
            LookKind::Opened => "opened",
            LookKind::Original => "original",
            LookKind::Part => "part",
            LookKind::Proof => "proof",
            LookKind::Exported => "exported",
            LookKind::Searched => "searched",
            LookKind::Grants => "grants",
            LookKind::Refused => "refused",
            LookKind::TooMany => "too-many",
        }
    }
}

//! One thing that passed between us and a client. Immutable once recorded.

mod desk;
pub mod extract;
pub mod list;
pub mod prepare;
pub mod project;
pub mod read;
pub mod record;
pub mod reread;
pub mod store;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::archive::id::InteractionKey;
use crate::assignment::Assigned;

/// The kind of way an interaction came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Email,
}

impl Channel {
    pub const ALL: [Channel; 1] = [Channel::Email];

    pub fn name(self) -> &'static str {
        match self {
            Channel::Email => "email",
        }
    }

    pub fn named(name: &str) -> Option<Channel> {
        Channel::ALL.into_iter().find(|channel| channel.name() == name)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    Inbound,
    Outbound,
    Internal,
}

impl Direction {
    pub const ALL: [Direction; 3] = [Direction::Inbound, Direction::Outbound, Direction::Internal];

    pub fn name(self) -> &'static str {
        match self {
            Direction::Inbound => "inbound",
            Direction::Outbound => "outbound",
            Direction::Internal => "internal",
        }
    }

    pub fn named(name: &str) -> Option<Direction> {
        Direction::ALL
            .into_iter()
            .find(|direction| direction.name() == name)
    }
}

/// Where a capture came from. The connector, mailbox and external id together are unique, so a second capture of
/// the same thing changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub connector: String,
    /// What a person would call the place: a folder, a mailbox, a file.
    pub mailbox: String,
    /// What tells the thing apart within its mailbox.
    pub external_id: String,
}

impl Source {
    /// A fixed-size key of the three, for uniqueness.
    pub fn id(&self) -> [u8; 16] {
        use sha2::{Digest, Sha256};
        let mut hash = Sha256::new();
        for field in [&self.connector, &self.mailbox, &self.external_id] {
            hash.update((field.len() as u64).to_be_bytes());
            hash.update(field);
        }
        let digest: [u8; 32] = hash.finalize().into();
        let mut id = [0; 16];
        id.copy_from_slice(&digest[..16]);
        id
    }
}

/// Someone who took part, as the original says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// `from`, `sender`, `reply_to`, `to`, `cc` or `bcc`.
    pub role: String,
    pub name: String,
    /// In lower case.
    pub address: String,
}

/// One part of an original and where its bytes are in it. Decoding them again from these facts alone gives what was
/// committed, whatever later readers think of the message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartFacts {
    pub number: String,
    pub kind: String,
    pub media_type: String,
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub filename: String,
    pub transfer: String,
    pub start: usize,
    pub end: usize,
    /// Length once decoded.
    pub size: usize,
}

/// What an interaction says, as read when it was recorded. All of it is committed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    pub interaction: InteractionKey,
    pub channel: Channel,
    pub direction: Direction,
    /// `personal`, `newsletter`, `auto_reply`, `bounce` or `invitation`.
    pub nature: String,
    pub subject: String,
    pub preview: String,
    /// What the original claims of its own time; not what we know.
    pub claimed_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub message_id: Option<String>,
    /// Messages this one answers or continues, by their ids.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub references: Vec<String>,
    pub participants: Vec<Participant>,
    pub parts: Vec<PartFacts>,
    /// SHA-256 identity of the content, in hexadecimal: equal in every mailbox the message was delivered to.
    pub content_id: String,
    /// SHA-256 of the original's exact bytes, in hexadecimal.
    pub sha256: String,
    /// Length of the original in bytes.
    pub size: usize,
    /// Why the original could not be read, if so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unreadable: Option<String>,
    pub source: Source,
    pub assigned: Vec<Assigned>,
    pub thread: InteractionKey,
    /// Threads that this message shows to be the same as its own.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub joins: Vec<InteractionKey>,
}

impl Recorded {
    pub fn from(&self) -> Option<&Participant> {
        self.participants
            .iter()
            .find(|participant| participant.role == "from")
    }

    /// Who it went to, for one line of a list.
    pub fn to_line(&self) -> String {
        let mut names = self
            .participants
            .iter()
            .filter(|p| p.role == "to" || p.role == "cc")
            .map(|p| p.shown());
        let mut line = names.by_ref().take(3).collect::<Vec<_>>().join(", ");
        let more = names.count();
        if more > 0 {
            line.push_str(&format!(" +{more}"));
        }
        line
    }

    pub fn attachments(&self) -> impl Iterator<Item = &PartFacts> {
        self.parts.iter().filter(|part| part.is_attachment())
    }
}

impl Participant {
    /// The name, or the address when there is none.
    pub fn shown(&self) -> &str {
        if self.name.is_empty() {
            &self.address
        } else {
            &self.name
        }
    }
}

impl PartFacts {
    pub fn is_attachment(&self) -> bool {
        matches!(self.kind.as_str(), "attachment" | "nested" | "calendar")
    }
}

//! An exhibit: one item of the package.

use serde::{Deserialize, Serialize};

/// The kind of way something came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Channel {
    Email,
    Call,
    Sms,
    Chat,
    Meeting,
    Note,
    Letter,
    Document,
    Screenshot,
    Web,
}

/// From whom to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From the client.
    Inbound,
    /// To the client.
    Outbound,
    /// Between the firm's people.
    Internal,
}

/// One item of the package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exhibit {
    /// Its number in the package.
    pub number: u64,
    /// How it came.
    pub channel: Channel,
    /// From whom to whom.
    pub direction: Direction,
    /// What is only claimed and what is known of its time.
    pub times: Times,
    /// Its subject, if it has one.
    #[serde(default)]
    pub subject: String,
    /// Who it is from.
    #[serde(default)]
    pub from: Vec<Person>,
    /// Who it is to.
    #[serde(default)]
    pub to: Vec<Person>,
    /// Who got a copy.
    #[serde(default)]
    pub cc: Vec<Person>,
    /// Who got a copy that the others were not told of.
    #[serde(default)]
    pub bcc: Vec<Person>,
    /// All that it says, as plain text. `None` if that is withheld or there is none.
    #[serde(default)]
    pub text: Option<String>,
    /// What came with it.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Parts of it that the package withholds.
    #[serde(default)]
    pub withheld: Vec<Withheld>,
    /// The original in the package. `None` if it is withheld.
    #[serde(default)]
    pub original: Option<File>,
    /// Its seal, as the archive's pages draw it.
    #[serde(default)]
    pub seal: Option<Seal>,
}

/// The times of an exhibit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Times {
    /// When it happened by its own account: proves nothing.
    #[serde(default)]
    pub claimed_at: Option<i64>,
    /// When the archive learned of it, by the archive's clock.
    pub captured_at: i64,
    /// When it was sealed in the journal, by the archive's clock.
    #[serde(default)]
    pub sealed_at: Option<i64>,
    /// Its place in the journal, from 0.
    #[serde(default)]
    pub journal_index: Option<u64>,
    /// When others saw a checkpoint without it: it was sealed after that.
    #[serde(default)]
    pub not_before: Option<i64>,
    /// When others saw a checkpoint with it: it has been unchanged since then.
    #[serde(default)]
    pub not_after: Option<i64>,
}

/// Someone who took part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The name, as the original has it.
    #[serde(default)]
    pub name: String,
    /// The address or number.
    #[serde(default)]
    pub address: String,
}

/// A file of the package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Its path below the package's folder.
    pub path: String,
    /// Its length.
    pub size: u64,
    /// Its SHA-256.
    pub sha256: String,
}

/// Something that came with an exhibit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// Its file name.
    pub name: String,
    /// Its media type.
    #[serde(default)]
    pub media_type: String,
    /// Its length.
    pub size: u64,
    /// Its SHA-256.
    pub sha256: String,
    /// A small picture of it, PNG or JPEG, in base64. One that cannot be read is left out.
    #[serde(default)]
    pub thumbnail: Option<String>,
    /// Its own file in the package. `None` if it is only inside the original.
    #[serde(default)]
    pub path: Option<String>,
}

/// A part that is withheld.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withheld {
    /// What it is called.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// The seal: what [`Exhibit::seal`] draws, as paths of SVG in a box of 100 by 100.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// The outline of the wax, to be filled.
    pub edge: String,
    /// The ring of strokes.
    pub ticks: String,
    /// The figure in the middle, to be stroked.
    pub figure: String,
}

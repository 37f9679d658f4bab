//! What the worker is given: everything that the pages say, as data.
//!
//! One JSON document, in UTF-8. Instants are microseconds since 1970 UTC, days `YYYY-MM-DD`, hashes hexadecimal. What may
//! be left out has a default; fields that are not known are refused, so that nobody believes something printed that was not.
//!
//! Every text is taken as it is: none is read as markup, and none can keep the report from being made.

use serde::{Deserialize, Serialize};

/// A report, or one volume of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// What it is written in.
    pub language: Language,
    /// IANA name of the time zone that times are printed in, as `Europe/Warsaw`.
    pub time_zone: String,
    /// Whose archive it is.
    pub organisation: String,
    /// What it is for, in a line; stands on top of every page.
    pub purpose: String,
    /// Whom it is made for.
    #[serde(default)]
    pub recipient: String,
    /// When it is made. The same document makes the same bytes.
    pub made_at: i64,
    /// Who makes it.
    pub made_by: String,
    /// File name of the package that it belongs to.
    pub package: String,
    /// Which volume this is. `None` for a report in one.
    #[serde(default)]
    pub volume: Option<Volume>,
    /// Between whom it all passed.
    #[serde(default)]
    pub parties: Parties,
    /// What is shown, numbered as in the package's `items.jsonl`, ascending.
    pub exhibits: Vec<Exhibit>,
    /// What of the clients' files is not shown, and why.
    #[serde(default)]
    pub holes: Vec<Hole>,
    /// What was agreed. Without any, the section is left out.
    #[serde(default)]
    pub agreements: Vec<Agreement>,
    /// Who did and saw what with the exhibits, oldest first.
    #[serde(default)]
    pub log: Vec<LogLine>,
    /// Who stands for the journal.
    pub proof: Proof,
}

/// A language that there are texts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// Polish.
    Pl,
    /// Slovak.
    Sk,
    /// Russian.
    Ru,
}

impl Language {
    /// All of them.
    pub const ALL: [Language; 4] = [Language::En, Language::Pl, Language::Sk, Language::Ru];

    /// Its code in BCP 47.
    pub fn code(self) -> &'static str {
        match self {
            Language::En => "en",
            Language::Pl => "pl",
            Language::Sk => "sk",
            Language::Ru => "ru",
        }
    }
}

/// One of several volumes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Volume {
    /// Which, from 1.
    pub number: u32,
    /// Of how many.
    pub of: u32,
}

/// Both sides.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parties {
    /// The clients.
    #[serde(default)]
    pub clients: Vec<Party>,
    /// The firm's people who take part.
    #[serde(default)]
    pub people: Vec<Party>,
}

/// A client, or one of the firm's people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Its name.
    pub name: String,
    /// What it is or does, in the report's language.
    #[serde(default)]
    pub role: String,
    /// Numbers that registers know it by.
    #[serde(default)]
    pub identifiers: Vec<Identifier>,
    /// Addresses that it writes from and is written to.
    #[serde(default)]
    pub addresses: Vec<String>,
}

/// A number that a register knows somebody by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identifier {
    /// What it is, as people call it: `NIP`, `IČO`, `ИНН`.
    pub name: String,
    /// The number.
    pub value: String,
}

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

/// A record of a client's file that is not shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hole {
    /// Whose file.
    pub client: String,
    /// Its number there.
    pub number: u64,
    /// Whether it still exists.
    pub kind: HoleKind,
    /// Why.
    pub reason: String,
    /// Who decided.
    #[serde(default)]
    pub by: String,
    /// When.
    #[serde(default)]
    pub at: Option<i64>,
}

/// What became of what is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HoleKind {
    /// The archive has it and does not show it here.
    Withheld,
    /// Its content was destroyed.
    Erased,
}

/// What was agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// The exhibit that fixes it.
    pub exhibit: u64,
    /// What was promised.
    pub text: String,
    /// Who owes it.
    #[serde(default)]
    pub owed_by: String,
    /// By which day.
    #[serde(default)]
    pub due_on: Option<String>,
    /// For what price, with its currency.
    #[serde(default)]
    pub price: String,
    /// How it stands.
    pub state: AgreementState,
}

/// How an agreement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AgreementState {
    /// Nobody confirmed it in writing yet.
    Open,
    /// Confirmed in writing.
    Confirmed,
    /// Done as promised.
    Kept,
    /// Not done as promised.
    Broken,
    /// Taken back.
    Withdrawn,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogLine {
    /// When.
    pub at: i64,
    /// Who.
    pub who: String,
    /// Did what, in the report's language.
    pub what: String,
    /// With which exhibit; `None` for what concerns all.
    #[serde(default)]
    pub exhibit: Option<u64>,
}

/// What stands for the journal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// The journal's name.
    pub origin: String,
    /// How many records the checkpoint covers.
    pub size: u64,
    /// Its root, in base64 as the checkpoint has it.
    pub root: String,
    /// The journal's public key.
    #[serde(default)]
    pub key: String,
    /// Who cosigned it.
    #[serde(default)]
    pub witnesses: Vec<Seen>,
    /// Which authorities stamped it.
    #[serde(default)]
    pub timestamps: Vec<Seen>,
    /// The numbers in the clients' files.
    #[serde(default)]
    pub numbering: Vec<Numbering>,
}

/// That somebody outside the firm saw the checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// Who.
    pub name: String,
    /// When.
    pub at: i64,
}

/// The numbers of a client's file, which has no gaps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbering {
    /// Whose.
    pub client: String,
    /// The first number that the package accounts for.
    pub from: u64,
    /// The last one.
    pub to: u64,
    /// How many of them are shown.
    pub shown: u64,
}

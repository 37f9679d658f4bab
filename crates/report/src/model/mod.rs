//! What the worker is given: everything that the pages say, as data.
//!
//! One JSON document, in UTF-8. Instants are microseconds since 1970 UTC, days `YYYY-MM-DD`, hashes hexadecimal. What may
//! be left out has a default; fields that are not known are refused, so that nobody believes something printed that was not.
//!
//! Every text is taken as it is: none is read as markup, and none can keep the report from being made.

mod exhibit;

use serde::{Deserialize, Serialize};

pub use exhibit::{Attachment, Channel, Direction, Exhibit, File, Person, Seal, Times, Withheld};

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

/// A record of a client's file that is not shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hole {
    /// Whose file; empty when it is in none.
    #[serde(default)]
    pub client: String,
    /// Its number there.
    #[serde(default)]
    pub number: Option<u64>,
    /// Whether it still exists.
    pub kind: HoleKind,
    /// Why, when somebody decided so.
    #[serde(default)]
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
    /// It was chosen, and somebody decided not to show it.
    Withheld,
    /// It is in the client's file, but was not chosen.
    #[serde(rename = "not-chosen")]
    NotChosen,
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

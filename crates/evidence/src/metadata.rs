//! What a record's committed metadata says, as far as a package repeats it.

use serde::Deserialize;
use serde_json::Value;

/// Most bytes of a record's metadata.
pub const MAX_METADATA: u64 = 1 << 22;

/// A record's metadata. What else is in it is proven as well, but not repeated anywhere.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Metadata {
    /// When the archive learned of it.
    pub captured_at: i64,
    /// Places in clients' files.
    #[serde(default)]
    pub files: Vec<FilePlace>,
    act: Value,
}

/// A record's number in one client's file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct FilePlace {
    /// The client, as the archive identifies it.
    pub client: String,
    /// Counts from 1 without gaps.
    pub number: u64,
    /// Commitment of the client's record before this one, in hexadecimal.
    #[serde(default)]
    pub previous: Option<String>,
}

/// What was read of an interaction when it was recorded.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// What the original claims of its own time.
    pub claimed_at: Option<i64>,
    /// `inbound`, `outbound` or `internal`.
    pub direction: String,
    /// Who took part.
    pub participants: Vec<Participant>,
    /// The subject.
    pub subject: String,
    /// Length of the original.
    pub size: Option<u64>,
    /// SHA-256 of the original, in hexadecimal.
    pub sha256: Option<String>,
    /// The parts from number 2 on.
    pub parts: Vec<PartFacts>,
}

/// Someone who took part.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Participant {
    /// `from`, `to`, `cc`, …
    pub role: String,
    /// The address.
    pub address: String,
}

/// A part of a message.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PartFacts {
    /// `1.2`, as in its name `part/1.2`.
    pub number: String,
}

impl Metadata {
    /// Reads metadata.
    ///
    /// # Errors
    /// If it is not JSON of that form.
    pub fn parse(bytes: &[u8]) -> Result<Metadata, serde_json::Error> {
        serde_json::from_slice(bytes)
    }

    /// What was done: `interaction`, `client_added`, …
    pub fn act(&self) -> &str {
        match &self.act {
            Value::String(name) => name,
            Value::Object(object) => object.keys().next().map_or("", String::as_str),
            _ => "",
        }
    }

    /// What was read of the interaction, if it is one.
    pub fn facts(&self) -> Option<Facts> {
        let facts = self
            .act
            .get("interaction")
            .or_else(|| self.act.get("reread")?.get("recorded"))?;
        Facts::deserialize(facts).ok()
    }
}

impl Facts {
    /// The first sender's address.
    pub fn from(&self) -> String {
        self.addresses("from").next().unwrap_or_default().to_owned()
    }

    /// The receivers' addresses, parted by spaces.
    pub fn to(&self) -> String {
        self.addresses("to").collect::<Vec<_>>().join(" ")
    }

    fn addresses<'a>(&'a self, role: &'a str) -> impl Iterator<Item = &'a str> {
        let people = self.participants.iter().filter(move |person| person.role == role);
        people.map(|person| person.address.as_str())
    }
}

//! Numbers in clients' files, and what is missing.
//!
//! Every record that concerns a client has a number in the client's file, from 1 without gaps, and names the commitment
//! of the one before. Both are part of the committed metadata.

use serde::{Deserialize, Serialize};

/// One client's file, as far as a package tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientFile {
    /// The client, as the archive identifies it.
    pub client: String,
    /// First number told of.
    pub from: u64,
    /// Last number told of.
    pub to: u64,
    /// All from first to last.
    pub records: Vec<Place>,
}

/// A record's place in a client's file: an item of the package, or a hole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The number in the client's file.
    pub number: u64,
    /// The record's commitment, in hexadecimal.
    pub commitment: String,
    /// The item's number in the package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<u64>,
    /// Why there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hole: Option<String>,
}

/// A record that is not in the package although somebody might look for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tombstone {
    /// Its place in the journal, from 0.
    pub journal_index: u64,
    /// Its commitment, in hexadecimal.
    pub commitment: String,
    /// Whether its content is gone, not merely kept back.
    pub erased: bool,
    /// By whose order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When, in RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Why.
    pub reason: String,
}

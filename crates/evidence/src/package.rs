//! What whoever makes a package gives.

use std::io::{self, Read};

use kronika_tlog::Hash;
use kronika_tlog::commitment::{Leaf, PartSalt};
use kronika_tlog::proof::Proof;
use kronika_tlog::tile::Bundle;

use crate::completeness::{ClientFile, Tombstone};
use crate::opening::Hole;

/// A package, but for the originals and leaves, which are asked for when they are written.
#[derive(Debug, Clone)]
pub struct Package {
    /// Name of the one folder: letters, digits, `.`, `_` and `-`.
    pub folder: String,
    /// When it is made; the same package made at the same time is the same bytes.
    pub made_at: i64,
    /// Whose archive it is.
    pub organisation: String,
    /// What it is for, in a line.
    pub description: String,
    /// Who stands for the journal.
    pub journal: Journal,
    /// The disclosed records, numbered from 1 as they stand here.
    pub items: Vec<Item>,
    /// The files of the clients that it is about.
    pub completeness: Vec<ClientFile>,
    /// What is withheld or erased.
    pub tombstones: Vec<Tombstone>,
    /// Acts and looks on the items, one JSON value each; by the archive's word.
    pub custody: Vec<serde_json::Value>,
    /// The report, as PDFs: none, one, or its volumes in order.
    pub reports: Vec<Vec<u8>>,
    /// Conversations as vCons, for other programs; numbered from 1 as they stand here.
    pub conversations: Vec<Vec<u8>>,
    /// Keys of mail servers as the DNS had them, by names of files.
    pub dkim: Vec<Saved>,
}

/// The journal's checkpoint and whoever stands for it.
#[derive(Debug, Clone)]
pub struct Journal {
    /// Its public key (`NAME+KEYID+BASE64`).
    pub key: String,
    /// Whose signatures count (C2SP tlog-policy).
    pub policy: String,
    /// The checkpoint, a signed note. It must cover all items.
    pub checkpoint: String,
    /// Older ones that timestamps or witnesses stand for, oldest first.
    pub older: Vec<String>,
    /// Whether all leaves up to the checkpoint go along.
    pub with_leaves: bool,
    /// Timestamps over the checkpoint or an older one.
    pub timestamps: Vec<Timestamp>,
    /// Certificates between tokens and their trust anchors, in PEM.
    pub chain: String,
    /// Revocation lists, DER or PEM.
    pub crls: Vec<Vec<u8>>,
}

/// A record of which something is disclosed.
#[derive(Debug, Clone)]
pub struct Item {
    /// What is in the journal.
    pub leaf: Leaf,
    /// Its inclusion, under [`Journal::checkpoint`] where possible.
    pub proof: Proof,
    /// Hashes of all parts, in order.
    pub parts: Vec<Hash>,
    /// The parts that are disclosed, by ascending number.
    pub disclosed: Vec<Disclosed>,
    /// Those that are withheld, with the reason. With a disclosed original its parts need not be named.
    pub withheld: Vec<Hole>,
    /// The committed metadata, byte for byte, if it is disclosed.
    pub meta: Option<Vec<u8>>,
}

/// A part that is disclosed.
#[derive(Debug, Clone)]
pub struct Disclosed {
    /// Its number, from 0.
    pub number: u16,
    /// `meta`, `original`, or `part/1.2` as in the metadata.
    pub name: String,
    /// What its hash was salted with.
    pub salt: PartSalt,
    /// Its length.
    pub size: u64,
}

/// A token of a timestamp authority over the bytes of a checkpoint.
#[derive(Debug, Clone)]
pub struct Timestamp {
    /// The token, without the answer around it.
    pub token: Vec<u8>,
    /// The same with the checkpoint in an ASiC-S container, for other verifiers.
    pub container: Option<Vec<u8>>,
}

/// A file that is put in as it is.
#[derive(Debug, Clone)]
pub struct Saved {
    /// Its name.
    pub name: String,
    /// Its content.
    pub content: Vec<u8>,
}

/// Where large content comes from, when it is its turn.
pub trait Source {
    /// Content of the part `name` of item `number` (from 1). Never asked for `meta`.
    ///
    /// # Errors
    /// Ends the writing.
    fn part(&mut self, number: u64, name: &str) -> io::Result<Box<dyn Read + '_>>;

    /// A bundle of the journal's leaves (C2SP tlog-tiles), if [`Journal::with_leaves`].
    ///
    /// # Errors
    /// Ends the writing.
    fn leaves(&mut self, bundle: Bundle) -> io::Result<Vec<u8>>;
}

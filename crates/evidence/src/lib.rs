//! Evidence packages: one file that proves to a stranger what an archive recorded with a client.
//!
//! A package is a ZIP in one spelling ([`container`]) with one folder laid out as BagIt (RFC 8493). In it are originals
//! byte for byte, what opens the journal's commitments to them, what proves that those are in the journal, and who
//! stands for the journal: its key, witnesses, timestamp authorities. [`write()`] makes one, [`verify()`] checks one.
//! docs/VERIFY.md describes the format for whoever writes another verifier.
//!
//! | module | what | after |
//! |---|---|---|
//! | [`package`] | what whoever makes a package gives | |
//! | [`mod@write`] | writing it | |
//! | [`mod@verify`] | checking it, one verdict for each claim | |
//! | [`container`] | the ZIP | PKWARE APPNOTE 6.3.10 |
//! | [`bag`] | the folder: manifests and tag files | RFC 8493 |
//! | [`layout`] | which file is where | |
//! | [`item`] | the list of items, as JSON lines and CSV | RFC 4180 |
//! | [`opening`] | which parts of a record are disclosed, and how they open its commitment | |
//! | [`metadata`] | what a record's committed metadata says | |
//! | [`receipt`] | one record, for whoever has its original | C2SP tlog-proof |
//! | [`completeness`] | numbers in clients' files, holes, tombstones | |
//!
//! Instants are microseconds since 1970 UTC in types and RFC 3339 in files, hashes in files are hexadecimal; `size` is
//! bytes, `number` counts from 1, `index` (in the journal) from 0.
//!
//! Whatever is read may come from an opponent: nothing panics, and memory stays within some 200 MB however large the
//! package is. A verdict is worth as much as the keys it rests on, which it names; the keys in a package were chosen by
//! whoever made it.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod bag;
pub mod completeness;
pub mod container;
mod instant;
pub mod item;
pub mod layout;
pub mod metadata;
pub mod opening;
pub mod package;
pub mod receipt;
pub mod verify;
pub mod write;

pub use completeness::{ClientFile, Place, Tombstone};
pub use package::{Disclosed, Item, Journal, Package, Saved, Source, Timestamp};
pub use receipt::Receipt;
pub use verify::{Options, Verdict, VerifyError, verify};
pub use write::{WriteError, write};

//! Transparency-log arithmetic and file formats, without any input or output.
//!
//! | module | what | after |
//! |---|---|---|
//! | [`hash`] | leaf, node and empty hashes | RFC 6962 §2.1 |
//! | [`tree`] | growing trees, making and checking proofs | RFC 6962 §2.1, RFC 9162 §2.1 |
//! | [`tile`] | trees and entries as static files | C2SP tlog-tiles |
//! | [`note`] | signed text, keys as text | C2SP signed-note v1.0.0 |
//! | [`checkpoint`] | a log's signed statement of its size and root | C2SP tlog-checkpoint v1.0.0 |
//! | [`cosignature`] | a witness's dated signature over a checkpoint | C2SP tlog-cosignature v1.0.1 |
//! | [`proof`] | a file that proves one entry offline | C2SP tlog-proof@v1 |
//! | [`policy`] | which logs and how many witnesses are enough | C2SP tlog-policy |
//! | [`witness`] | the add-checkpoint exchange, both sides | C2SP tlog-witness v1.0.0 |
//! | [`commitment`] | what a leaf of Kronika's journal commits to | the layout in its module page |
//!
//! A proof accepted here shows that an entry is in the tree with the stated root, or that a tree only grew.
//! It does not show that what the entry says is true, and it is worth only as much as the signatures on that root.
//!
//! Everything read here may come from an opponent: parsers return errors, never panic, and accept one spelling only,
//! so what was parsed is written again byte for byte.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod checkpoint;
pub mod commitment;
pub mod cosignature;
pub mod hash;
pub mod note;
pub mod policy;
pub mod proof;
mod text;
pub mod tile;
pub mod tree;
pub mod witness;

pub use hash::Hash;
pub use tree::TreeHead;

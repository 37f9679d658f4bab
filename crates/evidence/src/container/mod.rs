//! The container: a ZIP in one spelling only.
//!
//! Entries are stored, not compressed: what is in them is then found by any tool, is the same whatever compressed it,
//! and nothing in it can grow when it is read. Names are ASCII, in ascending order, below one folder. There is nothing
//! before, between or after the entries, no comment, no extra field but the one that ZIP64 needs, one date for all, and
//! everything else in the headers follows from name, length, checksum and place. So every byte of a container is either
//! content of an entry or can be told from the others: [`Reader::open`] and reading all entries notice any change.
//!
//! ```text
//! for each entry:  local header (30 bytes), name, content
//! for each entry:  central header (46 bytes), name, ZIP64 field (12 bytes, only if it begins after 4 GiB)
//! the end:         ZIP64 end (56 bytes) and its locator (20 bytes), only if needed; end (22 bytes)
//! ```
//!
//! After PKWARE's APPNOTE 6.3.10, sections 4.3 and 4.4.

mod header;
mod name;
mod read;
mod write;

pub use name::{MAX_NAME, NameError, check_name};
pub use read::{ContainerError, Entry, Reader};
pub use write::{Writer, WriterError};

/// Most entries that are read or written.
pub const MAX_ENTRIES: u64 = 100_000;

/// Most bytes of one entry: what needs no ZIP64 field of its own.
pub const MAX_ENTRY: u64 = 0xFFFF_FFFE;

//! Envelope encryption: a key per record, wrapped by the keys of the clients it belongs to, those wrapped by the
//! archive's key.
//!
//! Destroying a client's key makes its records unreadable in every copy, backups included, while the journal over
//! them stays whole. This does not hide anything from whoever controls the running server.

mod archive_key;
mod envelope;
mod keyring;
mod stream;

pub use archive_key::{ArchiveKey, KeyFileError, KeySource, Unlock};
pub use envelope::{Content, RecordKey, SealError};
pub use keyring::{INBOX_KEY, Keyring, KeyringError};
pub use stream::{open_stream, seal_stream};

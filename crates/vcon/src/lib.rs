//! Conversations as vCons, the IETF's exchange format for them, signed so that programs of others can check who made them.
//!
//! | module | what | after |
//! |---|---|---|
//! | [`conversation`] | what a conversation is made from | draft-ietf-vcon-vcon-core-04 §4 |
//! | [`uuid`] | the name of a vCon | the same §4.1.2, RFC 9562 §5.8 |
//! | [`mod@sign`] | the signed form | the same §5.1, RFC 7515 §7.2.1, RFC 7518 §3.4 |
//! | [`certificate`] | a certificate for a key that nobody certified | RFC 5280 §4.1 |
//!
//! ```
//! use kronika_vcon::{Content, Conversation, Dialog, DialogKind, Party, Signer, Uuid, sign};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let at = 1_772_435_649_000_000;
//! let conversation = Conversation {
//!     uuid: Uuid::new(at, 7, "archive.example"),
//!     created_at: at,
//!     subject: "Price of the books".to_owned(),
//!     parties: vec![Party::named("Anna Nowak"), Party::named("Biuro Linia")],
//!     dialogs: vec![Dialog {
//!         parties: vec![0, 1],
//!         media_type: "text/plain".to_owned(),
//!         content: Content::Text("2,750 a month, then.".to_owned()),
//!         ..Dialog::new(DialogKind::Text, at)
//!     }],
//!     attachments: Vec::new(),
//! };
//! let signer = Signer::self_signed(&[7; 32], "Biuro Linia", at)?;
//! let signed = sign(&conversation, &signer)?; // the content of a file `.vcon.json`
//! # assert!(signed.starts_with(b"{\"payload\":"));
//! # Ok(())
//! # }
//! ```
//!
//! The draft still moves; what is written here is what its JSON schema and the programs that the tests ask accept alike.
//! A signed vCon shows that whoever has the key made it as it is. It does not show since when, nor that the conversation
//! took place: that is what the journal's proofs in a package of evidence are for.
//!
//! Instants are microseconds since 1970, UTC. Nothing here asks the system for time, randomness or files.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod certificate;
pub mod conversation;
pub mod sign;
pub mod uuid;

pub use conversation::{Attachment, Content, Conversation, Dialog, DialogKind, Party, VconError};
pub use sign::{SignError, Signer, sign};
pub use uuid::Uuid;

//! A witness of journals (C2SP tlog-witness): cosigns the newest checkpoint of each journal it knows, and only ever one
//! that continues the last. It needs no archive, sees no content, and belongs to somebody else than the journal's owner.
//!
//! ```text
//! STATE/key                      the key it cosigns with, mode 0600
//!       logs/<sha256 of origin>/vkey        a journal it knows
//!                               checkpoint  what it cosigned last for it
//! ```

mod serve;
mod state;

pub use serve::router;
pub use state::{Failed, State, WitnessError};

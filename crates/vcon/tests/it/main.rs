//! What is written, and what others' programs say of it.
//!
//! Python packages go into an environment below the target directory; where they cannot be installed, and without the
//! draft's JSON schema in the data shared between checkouts, those tests say SKIPPED.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod others;
mod sample;
mod written;

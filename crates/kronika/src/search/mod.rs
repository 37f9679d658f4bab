//! Finding interactions by what they say.
//!
//! The index row of an interaction is written in the transaction that records it, so what is recorded is found.

pub mod held;
pub mod highlight;
pub mod index;
pub mod query;
pub mod run;

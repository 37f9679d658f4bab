//! Packages written, read, damaged and forged.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod authority;
mod disclose;
mod exchange;
mod hostile;
mod journal;
mod others;
mod outside;
mod receipt;
mod repack;
mod round;
mod tamper;

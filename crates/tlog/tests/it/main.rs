//! Checks of the log formats against published vectors, our own vectors, other implementations, and random input.
//!
//! Vectors that we did not make are read from the data shared between checkouts; without it those tests say SKIPPED.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod checkpoint;
mod commitment;
mod cosignature;
mod differential;
mod ed25519;
mod go;
mod hostile;
mod note;
mod openssl;
mod policy;
mod proof;
mod support;
mod tile;
mod tree;
mod witness;

//! The worker as the server runs it, and what others' tools say of the PDFs it makes.
//!
//! Without qpdf or poppler's tools, the tests that need them say SKIPPED.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod command;
mod conformance;
mod hostile;
mod locales;
mod support;
mod volumes;

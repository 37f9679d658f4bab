//! The archive's promises, tried on SQLite and on PostgreSQL.
//!
//! Tests of what the command line says run the program itself. Shared corpora are read from beside the checkout;
//! without them those tests say SKIPPED.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod access;
mod account;
mod api;
mod bad_input;
mod command_line;
mod corpus;
mod crash;
mod evidence;
mod guideline;
mod instance;
mod journal;
mod network;
mod openid;
mod rebuild;
mod recording;
mod s3;
mod search;
mod secrecy;
mod stray;
mod support;
mod tamper;
mod timestamp;
mod transaction;
mod verify;
mod webhook;
mod witness;

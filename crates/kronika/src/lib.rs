//! The Kronika server and its command line.
//!
//! Data flows one way: a channel captures, `interaction` records, `journal` seals; pages and commands read through
//! `access`. See `docs/MAP.md`.

pub mod access;
pub mod archive;
pub mod assignment;
pub mod channel;
pub mod cli;
pub mod client;
pub mod evidence;
pub mod guideline;
pub mod instance;
pub mod interaction;
pub mod journal;
pub mod outgoing;
pub mod search;
pub mod secrecy;
pub mod storage;
pub mod user;
pub mod web;
pub mod webhook;
pub mod witness;

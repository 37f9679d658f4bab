//! What intake promises, tried on our own fixtures, on corpora of hard mail, and on noise.

// A test that can't go on is to stop.
#![allow(clippy::unwrap_used, clippy::panic)]

mod capture;
mod charset;
mod container;
mod corpus;
mod document;
mod html;
mod mbox;
mod noise;
mod oracle;
mod reading;
mod shared;
mod tnef;

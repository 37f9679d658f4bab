//! What intake promises, tried on our own fixtures, on corpora of hard mail, and on noise.

// A test that can't go on is to stop.
#![allow(clippy::unwrap_used, clippy::panic)]

mod corpus;
mod html;
mod oracle;
mod shared;

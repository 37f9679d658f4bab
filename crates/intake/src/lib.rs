//! Hostile bytes in, plain facts out.
//!
//! Everything here is a pure function of the bytes (or the reader) it is given: no files, no network, no clock.
//! Nothing panics, loops or grows out of proportion, whatever the input; what can't be understood is said so,
//! with a reason. Nothing here decides what is true: a header is what a sender claimed.

pub mod container;
pub mod document;
pub mod mail;
pub mod mbox;

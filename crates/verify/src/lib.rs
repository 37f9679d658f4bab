//! What an evidence package proves, told to people: on the command line (`kronika-verify`) and in a browser.
//!
//! The verdict itself is [`kronika_evidence::verify()`]'s. Built for `wasm32-unknown-unknown`, this library is what
//! `page/build.sh` puts into one HTML file that verifies packages without sending them anywhere.
#![deny(unsafe_code)]
#![warn(missing_docs)]

#[cfg(target_arch = "wasm32")]
mod page;
pub mod report;

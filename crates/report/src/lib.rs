//! The report of an evidence package: what a package holds, as pages that a judge reads.
//!
//! [`model`] is what a report is made from; whoever makes packages fills it in and starts the worker `kronika-report`
//! (the crate `kronika-typeset`) with it as JSON on standard input. What comes out is a PDF/A-3u, tagged, with all fonts in
//! it and the list of its exhibits attached. Typesetting has a crate of its own so that nobody else has to be built with it.
//!
//! | module | what |
//! |---|---|
//! | [`model`] | what is printed, as data |
//! | [`volume`] | parting a large report into volumes |
//! | [`manifest`] | the list that is attached to the PDF |
//!
//! The report proves nothing: everything in it is in the package too, where it can be checked.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod manifest;
pub mod model;
pub mod volume;

pub use model::Report;

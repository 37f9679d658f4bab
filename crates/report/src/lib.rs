//! The report of an evidence package: what a package holds, as pages that a judge reads.
//!
//! [`model`] is what a report is made from; whoever makes packages fills it in and starts the worker `kronika-report`
//! with it as JSON on standard input. What comes out is a PDF/A-3u, tagged, with all fonts in it and the list of its
//! exhibits attached. The worker asks nothing of the system: no fonts, no network, no clock.
//!
//! | module | what |
//! |---|---|
//! | [`model`] | what is printed, as data |
//! | [`volume`] | parting a large report into volumes |
//! | [`manifest`] | the list that is attached to the PDF |
//! | `typeset` | making the pages (feature `typeset`, on by default) |
//!
//! The report proves nothing: everything in it is in the package too, where it can be checked.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod manifest;
pub mod model;
pub mod volume;

#[cfg(feature = "typeset")]
pub mod typeset;

pub use model::Report;
#[cfg(feature = "typeset")]
pub use typeset::{ReportError, typeset};

//! The journal proves that nothing recorded was later altered, removed or slipped in.
//! It does not prove that what was recorded is true, nor who said it.

pub mod act;
pub mod append;
pub mod cosign;
pub mod load;
pub mod perform;
pub mod prove;
pub mod receipt;
pub mod seal;
pub mod store;
pub mod stray;
pub mod timestamp;
pub mod verify;

pub use act::{Act, FilePlace, Meta};

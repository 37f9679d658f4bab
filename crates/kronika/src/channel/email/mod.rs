//! Electronic mail.

pub mod import;
pub mod walk;

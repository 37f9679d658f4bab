//! Electronic mail.

pub mod import;
pub mod reason;
pub mod walk;

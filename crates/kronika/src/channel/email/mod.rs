//! Electronic mail.

pub mod import;
pub mod quarantine;
pub mod reason;
pub mod walk;

//! What is recorded, once, with everything that belongs to it.

mod assigning;
pub mod files;
mod once;
mod originals;
mod quarantine;
mod reading_again;
mod threads;

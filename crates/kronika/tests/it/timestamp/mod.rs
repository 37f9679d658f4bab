//! Timestamps: what an archive has stamped, whom it believes, and what it refuses.

mod asked;
pub mod authority;

//! The ways interactions come in.

pub mod email;

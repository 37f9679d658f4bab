//! People who sign in.

pub mod act;
pub mod password;
pub mod session;
pub mod store;

//! Who may do what, and who sees what.

mod agreement;
mod given;
mod log;
mod privacy;
mod routes;
mod rows;
mod sight;
pub mod site;
mod world;

//! Who may do what, and who sees what.

mod agreement;
mod privacy;
mod routes;
mod site;
mod world;

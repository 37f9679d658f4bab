//! The Kronika server.

pub mod web;

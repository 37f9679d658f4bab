//! Several archives on one server: each answers under its own address, and nothing crosses.

mod pages;
mod program;

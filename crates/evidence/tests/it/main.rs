//! Packages written, read, damaged and forged.

mod authority;
mod disclose;
mod hostile;
mod journal;
mod outside;
mod repack;
mod round;
mod tamper;

//! The `kronika` command.

use std::process::ExitCode;

/// Readers and the database's threads hand memory to each other row by row, at which the C library's allocator is slow.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    kronika::cli::run()
}

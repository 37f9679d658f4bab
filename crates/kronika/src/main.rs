//! The `kronika` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    kronika::cli::run()
}

//! `kronika-report`: a report as JSON on standard input, the PDF on standard output.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

use std::fs;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use kronika_report::Report;
use kronika_typeset::typeset;

/// How it is called.
const USAGE: &str = "usage: kronika-report [--out FILE] <report.json\n\n\
    Reads a report as JSON and writes it as a PDF/A-3u, to standard output or to FILE.\n\
    Exit status: 0 it is written, 1 what was given is no report, 2 it could not be read, made or written.";

/// Why it ends without a report.
struct Failure {
    message: String,
    status: u8,
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure { message, status }) => {
            // When nobody hears it, the status still tells.
            let _ = writeln!(io::stderr(), "kronika-report: {message}");
            ExitCode::from(status)
        }
    }
}

fn run() -> Result<(), Failure> {
    let out = match arguments()? {
        Asked::Usage => return print(USAGE),
        Asked::Report { out } => out,
    };
    let mut json = Vec::new();
    io::stdin()
        .read_to_end(&mut json)
        .map_err(|error| could_not(format!("standard input could not be read: {error}")))?;
    let report: Report = serde_json::from_slice(&json)
        .map_err(|error| refused(format!("what was given is no report: {error}")))?;
    drop(json);
    let pdf = typeset(&report).map_err(|error| {
        if error.is_refusal() {
            refused(error.to_string())
        } else {
            could_not(error.to_string())
        }
    })?;
    match out {
        None => io::stdout()
            .write_all(&pdf)
            .map_err(|error| could_not(format!("standard output could not be written: {error}"))),
        Some(file) => fs::write(&file, &pdf)
            .map_err(|error| could_not(format!("{} could not be written: {error}", file.display()))),
    }
}

/// What is asked for.
enum Asked {
    Usage,
    Report { out: Option<PathBuf> },
}

fn arguments() -> Result<Asked, Failure> {
    let mut out = None;
    let mut arguments = std::env::args_os().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--help" | "-h") => return Ok(Asked::Usage),
            Some("--out") => {
                let file = arguments.next();
                let file = file.ok_or_else(|| could_not("--out needs the name of a file".to_owned()))?;
                out = Some(PathBuf::from(file));
            }
            _ => {
                return Err(could_not(format!(
                    "{} is not known\n\n{USAGE}",
                    argument.display()
                )));
            }
        }
    }
    Ok(Asked::Report { out })
}

fn print(text: &str) -> Result<(), Failure> {
    writeln!(io::stdout(), "{text}").map_err(|error| could_not(error.to_string()))
}

fn refused(message: String) -> Failure {
    Failure { message, status: 1 }
}

fn could_not(message: String) -> Failure {
    Failure { message, status: 2 }
}

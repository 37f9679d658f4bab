//! `kronika-verify`: what an evidence package proves, on whose word, and what could not be checked.
//!
//! Asks no network and needs no archive. The exit status is 0 for a sound package, 1 for a damaged one, and 2 if it could
//! not be checked.
#![forbid(unsafe_code)]

mod arguments;

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use kronika_evidence::verify::{Overall, receipt};
use kronika_evidence::{Options, Verdict, verify};
use kronika_timestamp::Certificate;
use kronika_tlog::policy::Policy;
use kronika_verify::report;

use arguments::{Arguments, Asked};

fn main() -> ExitCode {
    match Arguments::parse(std::env::args_os().skip(1)) {
        Ok(Asked::Usage) => {
            print(arguments::USAGE);
            ExitCode::SUCCESS
        }
        Ok(Asked::Version) => {
            print(concat!("kronika-verify ", env!("CARGO_PKG_VERSION"), "\n"));
            ExitCode::SUCCESS
        }
        Ok(Asked::Verify(arguments)) => match check(&arguments) {
            Ok(verdict) => finish(&verdict, arguments.as_json),
            Err(why) => fail(&why),
        },
        Err(why) => fail(&format!("{why}\n\n{}", arguments::USAGE)),
    }
}

fn check(arguments: &Arguments) -> Result<Verdict, String> {
    let options = Options {
        policy: arguments.policy.as_deref().map(read_policy).transpose()?,
        roots: match &arguments.roots {
            Some(path) => read_roots(path)?,
            None => Vec::new(),
        },
        now: now(),
    };
    let at = |error: &dyn std::fmt::Display| format!("{}: {error}", arguments.file.display());
    let mut file = File::open(&arguments.file).map_err(|error| at(&error))?;
    if is_receipt(&mut file).map_err(|error| at(&error))? {
        let original = arguments.original.as_deref().map(read).transpose()?;
        return receipt(&read(&arguments.file)?, original.as_deref(), &options).map_err(|error| at(&error));
    }
    if arguments.original.is_some() {
        return Err("--original goes with a receipt; a package has its originals in it".to_owned());
    }
    verify(BufReader::new(file), &options).map_err(|error| at(&error))
}

/// Whether a file begins as a proof does. It stands at its beginning afterwards.
fn is_receipt(file: &mut File) -> io::Result<bool> {
    const BEGINNING: &[u8] = b"c2sp.org/tlog-proof@";
    let mut first = Vec::new();
    file.take(BEGINNING.len() as u64).read_to_end(&mut first)?;
    file.rewind()?;
    Ok(first == BEGINNING)
}

fn read_policy(path: &Path) -> Result<Policy, String> {
    Policy::parse(&read(path)?).map_err(|error| format!("{}: {error}", path.display()))
}

fn read_roots(path: &Path) -> Result<Vec<Certificate>, String> {
    let roots =
        Certificate::from_file(&read(path)?).map_err(|error| format!("{}: {error}", path.display()))?;
    if roots.is_empty() {
        return Err(format!("{}: there is no certificate in it", path.display()));
    }
    Ok(roots)
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Microseconds since 1970.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}

fn finish(verdict: &Verdict, as_json: bool) -> ExitCode {
    if as_json {
        match serde_json::to_string_pretty(verdict) {
            Ok(json) => print(&(json + "\n")),
            Err(error) => return fail(&error.to_string()),
        }
    } else {
        print(&report::text(verdict));
    }
    match verdict.overall {
        Overall::Sound => ExitCode::SUCCESS,
        Overall::Damaged => ExitCode::from(1),
        Overall::CouldNotCheck => ExitCode::from(2),
    }
}

fn fail(why: &str) -> ExitCode {
    // If nobody listens, the exit status still says it.
    let _ = writeln!(io::stderr(), "It could not be checked: {why}");
    ExitCode::from(2)
}

fn print(text: &str) {
    // As above: whoever closed the pipe has read enough.
    let _ = io::stdout().write_all(text.as_bytes());
}

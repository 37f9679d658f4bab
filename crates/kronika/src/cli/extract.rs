//! `kronika extract-text`: the child process that reads one foreign document. Not for people.

use std::io::{Read, Write};
use std::process::ExitCode;

use clap::Args;
use kronika_intake::document::{self, DocumentError, isolated};
use rustix::process::{Resource, Rlimit, setrlimit};

use crate::interaction::extract::TEXT_LIMIT;

/// Read the text of the document on standard input (used by the server itself)
#[derive(Args)]
#[command(hide = true)]
pub struct ExtractText {
    #[arg(long)]
    media_type: String,
    #[arg(long)]
    filename: String,
}

/// Address space a reader may have.
const MEMORY: u64 = 1024 * 1024 * 1024;
/// Seconds of computing it may use.
const SECONDS: u64 = 20;

impl ExtractText {
    /// Exit status 0: text on standard output; 1: there is none; anything else: it could not be read.
    pub fn run(self) -> ExitCode {
        let limited = |limit| Rlimit {
            current: Some(limit),
            maximum: Some(limit),
        };
        let bounded = setrlimit(Resource::As, limited(MEMORY)).is_ok()
            && setrlimit(Resource::Cpu, limited(SECONDS)).is_ok();
        let mut bytes = Vec::new();
        if !bounded || std::io::stdin().read_to_end(&mut bytes).is_err() {
            return ExitCode::from(2);
        }
        match self.text(&bytes) {
            Ok(Some(text)) if !text.trim().is_empty() => match std::io::stdout().write_all(text.as_bytes()) {
                Ok(()) => ExitCode::SUCCESS,
                Err(_) => ExitCode::from(2),
            },
            Ok(_) => ExitCode::from(1),
            Err(_) => ExitCode::from(2),
        }
    }

    fn text(&self, bytes: &[u8]) -> Result<Option<String>, DocumentError> {
        match document::text(&self.media_type, &self.filename, bytes, TEXT_LIMIT) {
            Err(DocumentError::NeedsIsolation) if bytes.starts_with(b"%PDF") => pdf(bytes).map(Some),
            Err(DocumentError::NeedsIsolation) => isolated::sheet_text(bytes, TEXT_LIMIT).map(Some),
            other => other,
        }
    }
}

/// poppler reads more PDFs and reads them faster; where it is not installed, a library does.
fn pdf(bytes: &[u8]) -> Result<String, DocumentError> {
    poppler(bytes).map_or_else(|| isolated::pdf_text(bytes), Ok)
}

fn poppler(bytes: &[u8]) -> Option<String> {
    let mut file = tempfile::NamedTempFile::new().ok()?;
    file.write_all(bytes).ok()?;
    let output = std::process::Command::new("pdftotext")
        .args(["-q", "-enc", "UTF-8", "-l", "500"])
        .arg(file.path())
        .arg("-")
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

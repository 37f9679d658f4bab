//! How commands end.

use std::process::ExitCode;

use unicode_width::UnicodeWidthStr;

/// A command that was carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    Fine,
    /// Something needs a look: exit status 1.
    NeedsALook,
}

/// A command that could not be carried out: one sentence with the remedy, exit status 2.
#[derive(Debug)]
pub struct Failure {
    sentence: String,
}

impl Failure {
    pub fn new(sentence: impl Into<String>) -> Failure {
        Failure { sentence: sentence.into() }
    }
}

macro_rules! failure_from {
    ($($error:ty),* $(,)?) => {
        $(impl From<$error> for Failure {
            fn from(error: $error) -> Failure {
                Failure::new(error.to_string())
            }
        })*
    };
}

failure_from!(
    crate::assignment::act::AssignError,
    crate::channel::email::import::ImportError,
    crate::client::act::ClientError,
    crate::journal::load::LoadError,
    crate::journal::seal::SealingError,
    crate::secrecy::KeyringError,
    crate::storage::StorageError,
    crate::user::act::AccountError,
    std::io::Error,
);

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Failure {
        Failure::new(format!("JSON could not be written: {error}"))
    }
}

/// Says how it went and gives the exit status.
pub fn report(outcome: Result<Finding, Failure>) -> ExitCode {
    match outcome {
        Ok(Finding::Fine) => ExitCode::SUCCESS,
        Ok(Finding::NeedsALook) => ExitCode::from(1),
        // A reader that went away, such as `head`, has what it wanted.
        Err(failure) if failure.sentence.contains("Broken pipe") => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("kronika: {}", failure.sentence);
            ExitCode::from(2)
        }
    }
}

/// Pads text to a width as the terminal counts it.
pub fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// A whole number with thin groups: 12 345.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

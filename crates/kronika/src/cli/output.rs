//! How commands end.

use std::io::Write;

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

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl Failure {
    pub fn new(sentence: impl Into<String>) -> Failure {
        Failure {
            sentence: sentence.into(),
        }
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
    crate::journal::append::AppendError,
    crate::user::act::AccountError,
    crate::user::invitation::InvitationError,
    crate::user::token::TokenError,
    crate::user::openid::provider::ProviderError,
    std::io::Error,
);

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Failure {
        Failure::new(format!("JSON could not be written: {error}"))
    }
}

/// Says how it went and ends the process.
///
/// Without the exit handlers of C: OpenSSL's would free what the database's threads still use. Everything that was
/// to be kept has been committed.
pub fn leave(outcome: Result<Finding, Failure>) -> ! {
    let status = match outcome {
        Ok(Finding::Fine) => 0,
        Ok(Finding::NeedsALook) => 1,
        // A reader that went away, such as `head`, has what it wanted.
        Err(failure) if failure.sentence.contains("Broken pipe") => 0,
        Err(failure) => {
            eprintln!("kronika: {}", failure.sentence);
            2
        }
    };
    let _ = std::io::stdout().flush();
    // SAFETY: it ends the process at once and returns to nobody.
    unsafe { libc::_exit(status) }
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

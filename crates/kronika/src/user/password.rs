//! Passwords: argon2id, and made-up ones that can be typed.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

/// Shorter passwords are refused.
pub const SHORTEST: usize = 10;
/// And so are longer ones, which nobody types.
pub const LONGEST: usize = 256;

#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    #[error("a password needs at least {SHORTEST} characters")]
    TooShort,
    #[error("a password has at most {LONGEST} characters")]
    TooLong,
    #[error("that password is easily guessed; choose four or five words that do not belong together")]
    Guessable,
    #[error(
        "that password is made of the person's or the firm's own name; choose words that do not belong together"
    )]
    Own,
    #[error("the password could not be protected: {0}")]
    Hash(String),
}

/// A hash of nothing anybody knows, with the costs of `protect`.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$a3JvbmlrYWtyb25pa2E$QcK7ZjW2mZbqVqjBqZyZ4a2sGqk5v5hQ0s3kC0m2d1U";

/// The PHC string to store for a password.
pub fn protect(password: &str) -> Result<String, PasswordError> {
    if password.chars().count() < SHORTEST {
        return Err(PasswordError::TooShort);
    }
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| PasswordError::Hash(error.to_string()))
}

/// [`protect`] on a thread where it keeps nobody waiting.
pub async fn protect_aside(password: &str) -> Result<String, PasswordError> {
    let password = password.to_owned();
    tokio::task::spawn_blocking(move || protect(&password))
        .await
        .map_err(|error| PasswordError::Hash(error.to_string()))?
}

/// Whether the password is the one whose hash is stored. Takes as long when there is no account, so that the time
/// says nothing about names.
pub fn fits(password: &str, stored: Option<&str>) -> bool {
    let hash = PasswordHash::new(stored.unwrap_or(NOBODY));
    let fits = hash.is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    });
    fits && stored.is_some()
}

/// A password of five groups that can be read aloud, 100 bits.
pub fn make_up() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let bits: [u8; 20] = rand::random();
    let letters: Vec<char> = bits
        .iter()
        .map(|bits| LETTERS[usize::from(bits % 32)] as char)
        .collect();
    letters
        .chunks(4)
        .map(|group| group.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_fits() {
        let stored = protect("correct horse").unwrap();

        assert!(fits("correct horse", Some(&stored)));
        assert!(!fits("wrong horse", Some(&stored)));
        assert!(!fits("correct horse", None));
        assert!(!fits("", Some("not a hash")));
        assert!(matches!(protect("short"), Err(PasswordError::TooShort)));
        assert!(protect(&make_up()).is_ok());
        assert_ne!(make_up(), make_up());
    }

    /// Else the time of an answer would tell whether a name exists.
    #[test]
    fn a_name_that_nobody_has_costs_as_much_as_one_that_somebody_has() {
        let costs = |stored: &str| {
            let hash = PasswordHash::new(stored).unwrap();
            (hash.algorithm.to_string(), hash.version, hash.params.to_string())
        };

        assert_eq!(costs(NOBODY), costs(&protect("correct horse").unwrap()));
        assert_eq!(
            PasswordHash::new(NOBODY).unwrap().hash.unwrap().as_bytes().len(),
            32
        );
    }
}

//! Whom the archive believes about the time.

use std::path::{Path, PathBuf};

use kronika_timestamp::{
    Certificate, Crl, Expected, Malformed, Stamped, TimestampError, Token, Trust, Verified, verify,
};

use super::Authority;

/// Why a token was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    #[error("{} could not be read: {error}", path.display())]
    File { path: PathBuf, error: std::io::Error },
    #[error("{} holds no certificates: {error}", path.display())]
    Certificates { path: PathBuf, error: Malformed },
    #[error("no authority is named in kronika.toml, under [timestamps]")]
    Nobody,
    #[error(transparent)]
    Token(#[from] TimestampError),
}

fn read<T>(path: &Path, parse: impl Fn(&[u8]) -> Result<Vec<T>, Malformed>) -> Result<Vec<T>, TrustError> {
    let bytes = std::fs::read(path).map_err(|error| TrustError::File {
        path: path.to_path_buf(),
        error,
    })?;
    parse(&bytes).map_err(|error| TrustError::Certificates {
        path: path.to_path_buf(),
        error,
    })
}

pub(super) fn of(authority: &Authority) -> Result<Trust, TrustError> {
    let crls = match &authority.revoked {
        None => Vec::new(),
        Some(path) => read(path, Crl::from_file)?,
    };
    Ok(Trust {
        anchors: read(&authority.roots, Certificate::from_file)?,
        intermediates: Vec::new(),
        crls,
    })
}

/// Checks a token over a checkpoint by what is believed of any of the authorities, at `now` (microseconds).
pub fn check(authorities: &[Authority], token: &[u8], note: &str, now: i64) -> Result<Verified, TrustError> {
    let token = Token::parse(token)?;
    let expected = Expected {
        stamped: Stamped::Data(note.as_bytes()),
        nonce: None,
        policies: &[],
    };
    let mut last = None;
    for authority in authorities {
        match of(authority).and_then(|trust| Ok(verify(&token, &expected, &trust, now)?)) {
            Ok(verified) => return Ok(verified),
            Err(error) => last = Some(error),
        }
    }
    Err(last.unwrap_or(TrustError::Nobody))
}

//! Cosignatures, version 1 (C2SP tlog-cosignature v1.0.1): "at this time, this is the largest consistent tree I have
//! seen of this log".
//!
//! The message is `cosignature/v1`, a line `time <seconds>`, and the checkpoint's whole text. It does not name the
//! witness, so a witness key must never serve a second witness or another purpose.

use std::fmt;

use zeroize::Zeroizing;

use crate::note::{KeyError, Role, Secret, Signature, VerifierKey};

/// Latest time a cosignature may carry, 2^63 − 1 seconds since 1970.
pub const MAX_TIME: u64 = i64::MAX as u64;

/// What a witness signs: the time in seconds since 1970, then the text of the checkpoint with its final newline.
pub fn signed_message(text: &str, time: u64) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}

/// The secret key with which a witness cosigns (type 0x04). Never shown by `{:?}`.
pub struct CosigningKey(Secret);

impl CosigningKey {
    /// The key made from 32 random bytes.
    ///
    /// # Errors
    /// If the name is impossible.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<CosigningKey, KeyError> {
        Secret::from_seed(name, Role::Cosigner, seed).map(CosigningKey)
    }

    /// Reads `PRIVATE+KEY+…`.
    ///
    /// # Errors
    /// If it is not such a key, or one of another role.
    pub fn parse(text: &str) -> Result<CosigningKey, KeyError> {
        Secret::parse(text, Role::Cosigner).map(CosigningKey)
    }

    /// The key as `PRIVATE+KEY+…`: for a key file, never for a log or an error.
    pub fn to_private_text(&self) -> Zeroizing<String> {
        self.0.to_text()
    }

    /// The public half.
    pub fn verifier(&self) -> &VerifierKey {
        self.0.public()
    }

    /// Cosigns the text of a checkpoint at `time`, in seconds since 1970.
    ///
    /// Only what [`AddCheckpoint::judge`](crate::witness::AddCheckpoint::judge) accepted, and only after it is stored.
    ///
    /// # Errors
    /// If `time` is 0 or later than [`MAX_TIME`].
    pub fn cosign(&self, text: &str, time: u64) -> Result<Signature, TimeError> {
        if !is_time(time) {
            return Err(TimeError { time });
        }
        let signature = self.0.sign(signed_message(text, time).as_bytes());
        Ok(Signature::made(
            self.verifier(),
            [time.to_be_bytes().as_slice(), &signature].concat(),
        ))
    }
}

impl fmt::Debug for CosigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CosigningKey({})", self.verifier())
    }
}

/// The time of a good cosignature: 8 bytes of big-endian seconds, then 64 of signature. `None` if it is not good.
pub(crate) fn check(key: &VerifierKey, text: &str, cosignature: &[u8]) -> Option<u64> {
    let (time, signature) = cosignature.split_first_chunk()?;
    let time = u64::from_be_bytes(*time);
    let good = is_time(time) && key.has_signed(signed_message(text, time).as_bytes(), signature);
    good.then_some(time)
}

fn is_time(time: u64) -> bool {
    (1..=MAX_TIME).contains(&time)
}

/// A cosignature cannot carry this time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a cosignature cannot be dated {time} seconds after 1970")]
pub struct TimeError {
    /// Seconds since 1970.
    pub time: u64,
}

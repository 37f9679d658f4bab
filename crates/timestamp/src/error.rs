use der::asn1::ObjectIdentifier;

use crate::certificate::Reason;
use crate::response::{Failure, Status, in_words};
use crate::signature::SignatureError;
use crate::time::show;
use crate::verify::{ChainError, UsageError};

/// Bytes are not what they should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// More bytes than such a thing may have.
    #[error("{part} has {length} bytes, more than {limit}")]
    TooLong {
        /// What is too long.
        part: &'static str,
        /// Its length.
        length: usize,
        /// The most it may have.
        limit: usize,
    },
    /// More of something than anybody needs.
    #[error("more than {limit} of {part}")]
    TooMany {
        /// What there is too much of.
        part: &'static str,
        /// How many there may be.
        limit: usize,
    },
    /// Not the ASN.1 that it should be, or not in DER.
    #[error("{part} is malformed: {error}")]
    Der {
        /// What is malformed.
        part: &'static str,
        /// Where, and how.
        error: der::Error,
    },
    /// Not the text it should be.
    #[error("{part} is not PEM")]
    Pem {
        /// What should be PEM.
        part: &'static str,
    },
    /// A version that this crate does not know.
    #[error("{part} has version {found}")]
    Version {
        /// What has it.
        part: &'static str,
        /// The version.
        found: u8,
    },
    /// A time that is none.
    #[error("{part} is dated {found:?}, which is not a time")]
    Time {
        /// What is dated.
        part: &'static str,
        /// What stands there.
        found: String,
    },
    /// The content is not a statement of time.
    #[error("the content is of type {found}, not a timestamp")]
    OtherContent {
        /// The type of the content.
        found: ObjectIdentifier,
    },
    /// A token has one signer, and no other number.
    #[error("the token has {found} signers instead of one")]
    Signers {
        /// How many it has.
        found: usize,
    },
    /// The token does not say beforehand how its signer hashes.
    #[error("the token's signer hashes with {found}, which the token does not announce")]
    Digest {
        /// The kind of hash.
        found: ObjectIdentifier,
    },
    /// A signed attribute is missing, or there are several.
    #[error("the token has {found} signed attributes {attribute} instead of one")]
    Attribute {
        /// The attribute.
        attribute: ObjectIdentifier,
        /// How many there are.
        found: usize,
    },
    /// A status that RFC 3161 does not know.
    #[error("the authority answered with status {found}, which has no meaning")]
    Status {
        /// The status.
        found: u8,
    },
    /// The authority granted a token but sent none, or sent one that it did not grant.
    #[error("the authority answered {status}, yet the answer has {}", if *.token { "a token" } else { "no token" })]
    Contradiction {
        /// What it says.
        status: Status,
        /// Whether there is a token.
        token: bool,
    },
}

/// Names the part in which DER was not as it should be.
pub(crate) trait Part<T> {
    fn part(self, part: &'static str) -> Result<T, Malformed>;
}

impl<T> Part<T> for der::Result<T> {
    fn part(self, part: &'static str) -> Result<T, Malformed> {
        self.map_err(|error| Malformed::Der { part, error })
    }
}

/// Refuses what is too long before anything looks into it.
pub(crate) fn within(part: &'static str, bytes: &[u8], limit: usize) -> Result<(), Malformed> {
    let length = bytes.len();
    if length > limit {
        return Err(Malformed::TooLong { part, length, limit });
    }
    Ok(())
}

/// Why a token does not show that something existed at a time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimestampError {
    /// The bytes are not a token.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// The authority gave no token.
    #[error("the authority answered {status}{}", in_words(.failures, .statements))]
    NotGranted {
        /// What it answered.
        status: Status,
        /// Why, as RFC 3161 says it.
        failures: Vec<Failure>,
        /// Why, in the authority's words.
        statements: Vec<String>,
    },
    /// The stamped hash is of a kind that is not believed, or not of the kind expected.
    #[error("the stamped hash is made with {found}")]
    ImprintAlgorithm {
        /// The kind of hash.
        found: ObjectIdentifier,
    },
    /// Something else was stamped.
    #[error("the token stamps other data")]
    OtherData,
    /// The token answers another request, or is an old one sent again.
    #[error("the token does not answer the request with nonce {expected:#x}")]
    Nonce {
        /// The nonce of the request.
        expected: u64,
    },
    /// Stamped under a policy that is not accepted.
    #[error("the token was made under policy {found}, which is not accepted")]
    Policy {
        /// The policy.
        found: ObjectIdentifier,
    },
    /// The statement has something critical that is not understood here.
    #[error("the token has the critical extension {extension}, which is not understood")]
    CriticalExtension {
        /// The extension.
        extension: ObjectIdentifier,
    },
    /// The signed content type is another.
    #[error("the signature is over content of type {found}, not over a timestamp")]
    SignedContent {
        /// The type.
        found: ObjectIdentifier,
    },
    /// The signature is over another statement.
    #[error("the signature is over another statement than the token has")]
    MessageDigest,
    /// Neither the token nor the caller has the certificate of the signer.
    #[error("the certificate of the token's signer is missing")]
    NoCertificate,
    /// The signed attributes name no certificate.
    #[error("the token does not say under its signature which certificate it was made with")]
    NoSigningCertificate,
    /// The certificate is not the one that the signed attributes name.
    #[error("the certificate is not the one that the token names under its signature")]
    OtherCertificate,
    /// The signature cannot be checked, or is wrong.
    #[error("the token's signature: {0}")]
    Signature(#[source] SignatureError),
    /// The signer may not make timestamps.
    #[error("the signer {subject} may not make timestamps: {error}")]
    NotAnAuthority {
        /// Subject of the certificate.
        subject: String,
        /// What speaks against it.
        #[source]
        error: UsageError,
    },
    /// No chain of good certificates leads to an anchor.
    #[error("the authority is not trusted: {0}")]
    Untrusted(#[from] ChainError),
    /// A certificate was revoked in a way that takes this token with it.
    #[error("the certificate of {subject} was revoked at {}, reason {reason}", show(*.revoked_at))]
    Revoked {
        /// Subject of the certificate.
        subject: String,
        /// When.
        revoked_at: i64,
        /// Why.
        reason: Reason,
    },
    /// The token is from a time that has not come.
    #[error("the token is dated {}, but it is {}", show(*.gen_time), show(*.at))]
    Future {
        /// When the token says it was made.
        gen_time: i64,
        /// When it was looked at.
        at: i64,
    },
}

//! Everything that has to hold before a token shows anything.
//!
//! 1. The authority granted it ([`Token::parse`]), and it has one signer.
//! 2. It stamps the expected hash, answers the expected request, was made under an accepted policy, and is not from
//!    the
//!    future.
//! 3. What is signed is this statement, and names the certificate it was signed with.
//! 4. The signature is good.
//! 5. The certificate is for timestamps and for nothing else, and bears the name that the token gives its authority.
//! 6. A chain of certificates, all valid when the token was made, leads from it to one of the anchors.
//! 7. No certificate of the chain was revoked in a way that takes the token with it.
//!
//! The anchors must come from somewhere else than the token: from the EU's trusted lists, or from a file that the
//! operator chose. A token outlives its certificates only by being stamped again before [`Verified::valid_until`].

mod authority;
mod chain;
mod revocation;
mod signed;

use der::asn1::ObjectIdentifier;

pub use authority::UsageError;
pub use chain::ChainError;

use crate::certificate::{Certificate, Crl};
use crate::error::TimestampError;
use crate::hash::{HashAlgorithm, Imprint};
use crate::time;
use crate::token::{Accuracy, Info, Token};

/// By how much the authority's clock may be ahead of the one that verifies, in microseconds.
pub const CLOCK_TOLERANCE: i64 = 5 * 60 * time::SECOND;

/// What a token has to say.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// What was stamped.
    pub stamped: Stamped<'a>,
    /// The nonce of the request; `None` if it is not known any more.
    pub nonce: Option<u64>,
    /// The policies that are accepted; all, if none is named.
    pub policies: &'a [ObjectIdentifier],
}

/// What is expected to be stamped.
#[derive(Debug, Clone, Copy)]
pub enum Stamped<'a> {
    /// This data, by whichever hash the token has of it.
    Data(&'a [u8]),
    /// This hash.
    Imprint(&'a Imprint),
}

/// Whom to believe, and what is known besides the token.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// Certificates that are believed as they are: roots, intermediates, or those of authorities themselves.
    pub anchors: Vec<Certificate>,
    /// More certificates to build chains with, as good as those in the token.
    pub intermediates: Vec<Certificate>,
    /// Revocation lists, beside those in the token.
    pub crls: Vec<Crl>,
}

/// What a token has been shown to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// When it was made, in microseconds since 1970.
    pub gen_time: i64,
    /// By how much that may be off, if the authority says so; otherwise its policy does.
    pub accuracy: Option<Accuracy>,
    /// The authority's number for the token, as a big-endian two's complement.
    pub serial: Vec<u8>,
    /// The authority's policy under which it was made.
    pub policy: ObjectIdentifier,
    /// The authority: the subject of its certificate, in the form of RFC 4514.
    pub authority: String,
    /// Which hash was stamped.
    pub hash_algorithm: HashAlgorithm,
    /// The certificates in DER, from the authority's to the anchor.
    pub chain: Vec<Vec<u8>>,
    /// The anchor that the chain ends in: its subject, in the form of RFC 4514.
    pub anchor: String,
    /// The last second in which every certificate of the chain is valid, in microseconds since 1970. After it, the
    /// token shows something only together with a later one over it.
    pub valid_until: i64,
    /// Whether revocation lists were at hand that would have every certificate below the anchor had it been revoked
    /// when the token was made.
    pub revocation_checked: bool,
}

impl Verified {
    /// The first moment at which it may have been made.
    pub fn earliest(&self) -> i64 {
        self.gen_time.saturating_sub(self.inaccuracy())
    }

    /// The moment at which it was made at the latest: what was stamped existed then.
    pub fn latest(&self) -> i64 {
        self.gen_time.saturating_add(self.inaccuracy())
    }

    fn inaccuracy(&self) -> i64 {
        self.accuracy
            .map_or(0, |accuracy| i64::try_from(accuracy.micros).unwrap_or(i64::MAX))
    }
}

/// Checks that `token` shows what is `expected`, given `trust`, at the moment `at` in microseconds since 1970.
///
/// # Errors
/// The first thing that does not hold.
pub fn verify(
    token: &Token,
    expected: &Expected<'_>,
    trust: &Trust,
    at: i64,
) -> Result<Verified, TimestampError> {
    let info = token.info();
    let hash_algorithm = expected.check(info)?;
    if info.gen_time() > at.saturating_add(CLOCK_TOLERANCE) {
        let gen_time = info.gen_time();
        return Err(TimestampError::Future { gen_time, at });
    }
    let authority = signed::check(token, trust)?;
    authority::check(authority, info)?;
    let chain = chain::find(authority, token, trust)?;
    signed::check_chain(token, &chain)?;
    let revocation_checked = revocation::check(&chain, token, trust)?;
    let anchor = chain.last().copied().unwrap_or(authority);
    Ok(Verified {
        gen_time: info.gen_time(),
        accuracy: info.accuracy(),
        serial: info.serial().to_vec(),
        policy: info.policy(),
        authority: authority.subject(),
        hash_algorithm,
        chain: chain
            .iter()
            .map(|certificate| certificate.as_bytes().to_vec())
            .collect(),
        anchor: anchor.subject(),
        valid_until: chain
            .iter()
            .map(|certificate| certificate.not_after())
            .min()
            .unwrap_or(i64::MIN),
        revocation_checked,
    })
}

impl Expected<'_> {
    /// Checks that the statement is the expected one; gives the kind of its hash.
    fn check(&self, info: &Info) -> Result<HashAlgorithm, TimestampError> {
        let found = info.imprint_algorithm();
        let algorithm = HashAlgorithm::from_oid(&found).ok_or(TimestampError::ImprintAlgorithm { found })?;
        let is_stamped = match self.stamped {
            Stamped::Data(data) => algorithm.hash(data) == info.hash(),
            Stamped::Imprint(imprint) if imprint.algorithm() != algorithm => {
                return Err(TimestampError::ImprintAlgorithm { found });
            }
            Stamped::Imprint(imprint) => imprint.hash() == info.hash(),
        };
        if !is_stamped {
            return Err(TimestampError::OtherData);
        }
        if let Some(expected) = self.nonce.filter(|nonce| !info.has_nonce(*nonce)) {
            return Err(TimestampError::Nonce { expected });
        }
        let found = info.policy();
        if !self.policies.is_empty() && !self.policies.contains(&found) {
            return Err(TimestampError::Policy { found });
        }
        match info.critical_extension() {
            Some(extension) => Err(TimestampError::CriticalExtension { extension }),
            None => Ok(algorithm),
        }
    }
}

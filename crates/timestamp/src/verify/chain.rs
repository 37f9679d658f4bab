//! Chains of certificates (RFC 5280 §6), all of them valid when the token was made.
//!
//! Names are not constrained and policies not mapped: a certificate that insists on either is refused.

use der::asn1::ObjectIdentifier;

use super::Trust;
use crate::certificate::{Certificate, same_name};
use crate::oid;
use crate::signature::SignatureError;
use crate::time::show;
use crate::token::Token;

/// Most certificates in a chain, the authority's and the anchor included.
const MAX_LENGTH: usize = 8;

/// Most signatures that are checked to find one.
const MAX_CHECKS: usize = 64;

/// Finds a chain from the authority's certificate to an anchor.
pub(super) fn find<'a>(
    authority: &'a Certificate,
    token: &'a Token,
    trust: &'a Trust,
) -> Result<Vec<&'a Certificate>, ChainError> {
    let at = token.info().gen_time();
    check_validity(authority, at)?;
    let mut search = Search {
        anchors: &trust.anchors,
        others: token.certificates().iter().chain(&trust.intermediates).collect(),
        at,
        checks: 0,
        refusal: None,
    };
    let mut chain = vec![authority];
    if search.extend(&mut chain) {
        return Ok(chain);
    }
    let missing = || ChainError::NoIssuer {
        subject: authority.subject(),
        issuer: authority.issuer(),
    };
    Err(search.refusal.unwrap_or_else(missing))
}

struct Search<'a> {
    anchors: &'a [Certificate],
    others: Vec<&'a Certificate>,
    at: i64,
    checks: usize,
    /// Why the most promising chain was given up.
    refusal: Option<ChainError>,
}

impl<'a> Search<'a> {
    /// Whether the chain could be continued to an anchor, in which it ends then.
    fn extend(&mut self, chain: &mut Vec<&'a Certificate>) -> bool {
        let Some(last) = chain.last().copied() else {
            return false;
        };
        if self.anchors.contains(last) {
            return true;
        }
        let issuers = self.anchors.iter().map(|anchor| (anchor, true));
        let issuers = issuers.chain(self.others.clone().into_iter().map(|other| (other, false)));
        let named: Vec<_> = issuers
            .filter(|(issuer, _)| same_name(issuer.subject_name(), last.issuer_name()))
            .filter(|(issuer, _)| !chain.contains(issuer))
            .collect();
        if named.is_empty() {
            self.refuse(ChainError::NoIssuer {
                subject: last.subject(),
                issuer: last.issuer(),
            });
        }
        for (issuer, is_anchor) in named {
            if let Err(error) = self.check(issuer, chain, is_anchor) {
                self.refuse(error);
                continue;
            }
            chain.push(issuer);
            if is_anchor || self.extend(chain) {
                return true;
            }
            chain.pop();
        }
        false
    }

    /// Keeps the first reason, which is that of the longest chain unless there are several.
    fn refuse(&mut self, error: ChainError) {
        self.refusal.get_or_insert(error);
    }

    /// Checks that `issuer` may stand above the chain, and signed its last certificate.
    fn check(
        &mut self,
        issuer: &Certificate,
        chain: &[&Certificate],
        is_anchor: bool,
    ) -> Result<(), ChainError> {
        let subject = || issuer.subject();
        if chain.len() == MAX_LENGTH {
            return Err(ChainError::TooLong);
        }
        check_validity(issuer, self.at)?;
        check_may_issue(issuer, chain, is_anchor)?;
        if let Some(extension) = issuer.unknown_critical_extension() {
            let subject = subject();
            return Err(ChainError::CriticalExtension { subject, extension });
        }
        if self.checks == MAX_CHECKS {
            return Err(ChainError::TooManyTries);
        }
        self.checks += 1;
        let last = chain.last().ok_or(ChainError::TooLong)?;
        last.check_signed_by(issuer)
            .map_err(|error| ChainError::Signature {
                subject: last.subject(),
                error,
            })
    }
}

fn check_validity(certificate: &Certificate, at: i64) -> Result<(), ChainError> {
    if certificate.is_valid_at(at) {
        return Ok(());
    }
    Err(ChainError::NotValid {
        subject: certificate.subject(),
        at,
        from: certificate.not_before(),
        to: certificate.not_after(),
    })
}

/// Checks that a certificate is one for issuing others, that many of them, and for this purpose. Anchors of version 1
/// cannot say so; whoever made them anchors did.
fn check_may_issue(issuer: &Certificate, chain: &[&Certificate], is_anchor: bool) -> Result<(), ChainError> {
    if is_anchor && issuer.is_version_1() {
        return Ok(());
    }
    let malformed = |_| ChainError::Malformed {
        subject: issuer.subject(),
    };
    let constraints = issuer.basic_constraints().map_err(malformed)?;
    let usage = issuer.key_usage().map_err(malformed)?;
    let purposes = issuer.extended_key_usage().map_err(malformed)?;
    let is_authority = constraints.as_ref().is_some_and(|constraints| constraints.ca);
    let may_sign = usage.is_none_or(|usage| usage.key_cert_sign());
    let allows = [oid::TIME_STAMPING, oid::ANY_EXTENDED_KEY_USAGE];
    let for_this =
        purposes.is_none_or(|(_, purposes)| purposes.0.iter().any(|purpose| allows.contains(purpose)));
    if !(is_authority && may_sign && for_this) {
        return Err(ChainError::MayNotIssue {
            subject: issuer.subject(),
        });
    }
    let limit = constraints.and_then(|constraints| constraints.path_len_constraint);
    let between = chain
        .iter()
        .skip(1)
        .filter(|below| !same_name(below.subject_name(), below.issuer_name()))
        .count();
    match limit {
        Some(limit) if between > usize::from(limit) => Err(ChainError::PathLength {
            subject: issuer.subject(),
            limit,
        }),
        _ => Ok(()),
    }
}

/// Why no chain leads to an anchor. Subjects and issuers are in the form of RFC 4514.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChainError {
    /// Nobody knows the issuer.
    #[error("there is no certificate of {issuer}, who issued that of {subject}, and it is not an anchor")]
    NoIssuer {
        /// The last certificate of the chain.
        subject: String,
        /// Who issued it.
        issuer: String,
    },
    /// A certificate was not valid when the token was made.
    #[error("the certificate of {subject} is valid from {} to {}, not at {}", show(*.from), show(*.to), show(*.at))]
    NotValid {
        /// Whose certificate.
        subject: String,
        /// When the token was made.
        at: i64,
        /// First moment of validity.
        from: i64,
        /// Last second of validity.
        to: i64,
    },
    /// A certificate's signature is not good.
    #[error("the signature of the certificate of {subject}: {error}")]
    Signature {
        /// Whose certificate.
        subject: String,
        /// What is wrong with it.
        #[source]
        error: SignatureError,
    },
    /// A certificate is not for issuing others for this purpose.
    #[error("the certificate of {subject} is not one to issue an authority's")]
    MayNotIssue {
        /// Whose certificate.
        subject: String,
    },
    /// More certificates below one than it allows.
    #[error("the certificate of {subject} allows at most {limit} certificates of issuers below it")]
    PathLength {
        /// Whose certificate.
        subject: String,
        /// How many it allows.
        limit: u8,
    },
    /// A certificate has something critical that is not understood here.
    #[error("the certificate of {subject} has the critical extension {extension}, which is not understood")]
    CriticalExtension {
        /// Whose certificate.
        subject: String,
        /// The extension.
        extension: ObjectIdentifier,
    },
    /// An extension cannot be read, or is there twice.
    #[error("the extensions of the certificate of {subject} are malformed")]
    Malformed {
        /// Whose certificate.
        subject: String,
    },
    /// More certificates than anybody needs.
    #[error("the chain has more than {MAX_LENGTH} certificates")]
    TooLong,
    /// More possible chains than anybody needs.
    #[error("no chain was found with {MAX_CHECKS} signatures checked")]
    TooManyTries,
}

//! Whether a certificate of the chain was revoked, and whether that matters (RFC 3161 §4, items 1 and 2).
//!
//! If the key was given up, as the reason then says, tokens made before stay good. In every other case, and if there
//! is no reason, none of its tokens can be believed: whoever has the key can date them as he likes.

use super::Trust;
use crate::certificate::{Certificate, Crl, Revocation};
use crate::error::TimestampError;
use crate::token::Token;

/// Refuses a token of a chain with a revoked certificate. Whether lists were at hand for all that could be revoked.
pub(super) fn check(chain: &[&Certificate], token: &Token, trust: &Trust) -> Result<bool, TimestampError> {
    let at = token.info().gen_time();
    let mut checked = true;
    for pair in chain.windows(2) {
        let &[certificate, issuer] = pair else { continue };
        let mut covered = false;
        for crl in trust
            .crls
            .iter()
            .chain(token.crls())
            .filter(|crl| crl.is_by(issuer))
        {
            check_list(crl, certificate, at)?;
            covered |= crl.covers(certificate, at);
        }
        checked &= covered;
    }
    Ok(checked)
}

fn check_list(crl: &Crl, certificate: &Certificate, at: i64) -> Result<(), TimestampError> {
    let found = crl
        .find(certificate.serial())
        .map_err(|error| crate::Malformed::Der {
            part: "the revocation list",
            error,
        })?;
    match found {
        Some(Revocation {
            at: revoked_at,
            reason,
        }) if !(reason.spares_what_was() && at < revoked_at) => Err(TimestampError::Revoked {
            subject: certificate.subject(),
            revoked_at,
            reason,
        }),
        _ => Ok(()),
    }
}

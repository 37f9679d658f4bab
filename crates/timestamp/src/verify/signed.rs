//! Whether the signature is over this statement, and by the certificate that it names (RFC 5652 §5.4, RFC 2634 §5.4,
//! RFC 5035, RFC 5816).

use sha1::{Digest, Sha1};
use x509_cert::ext::pkix::name::GeneralName;

use super::Trust;
use crate::certificate::{Certificate, same_name};
use crate::error::TimestampError;
use crate::hash::HashAlgorithm;
use crate::oid;
use crate::signature::{Algorithm, SignatureError};
use crate::token::{CertificateHash, CertificateId, Signer, SignerId, Token};

/// Checks all that is signed, and the signature; gives the certificate it was made with.
pub(super) fn check<'a>(token: &'a Token, trust: &'a Trust) -> Result<&'a Certificate, TimestampError> {
    let signer = token.signer();
    if signer.content_type != oid::TST_INFO {
        let found = signer.content_type;
        return Err(TimestampError::SignedContent { found });
    }
    let unsupported = SignatureError::Algorithm { found: signer.digest };
    let digest = HashAlgorithm::from_oid(&signer.digest).ok_or(TimestampError::Signature(unsupported))?;
    if digest.hash(token.content()) != signer.message_digest {
        return Err(TimestampError::MessageDigest);
    }
    let certificate = find_certificate(token, trust)?;
    Algorithm::of_signer(&signer.algorithm, digest)
        .and_then(|algorithm| {
            certificate
                .key()
                .check(algorithm, &signer.signed, &signer.signature)
        })
        .map_err(TimestampError::Signature)?;
    Ok(certificate)
}

/// Finds the certificate that the signature names. Without that, one certificate could be put in another's place.
fn find_certificate<'a>(token: &'a Token, trust: &'a Trust) -> Result<&'a Certificate, TimestampError> {
    let signer = token.signer();
    if signer.certificates.is_empty() || signer.certificates.iter().any(Vec::is_empty) {
        return Err(TimestampError::NoSigningCertificate);
    }
    let known = token
        .certificates()
        .iter()
        .chain(&trust.intermediates)
        .chain(&trust.anchors);
    let mut candidates = known
        .filter(|certificate| signer.id.is_of(certificate))
        .peekable();
    if candidates.peek().is_none() {
        return Err(TimestampError::NoCertificate);
    }
    candidates
        .find(|certificate| signer.names_first(certificate))
        .ok_or(TimestampError::OtherCertificate)
}

/// Checks that the other certificates that the signature names, if it does, are those of the chain.
pub(super) fn check_chain(token: &Token, chain: &[&Certificate]) -> Result<(), TimestampError> {
    let others = token
        .signer()
        .certificates
        .iter()
        .flat_map(|ids| ids.iter().skip(1));
    for id in others {
        if !chain.iter().any(|certificate| id.is_of(certificate)) {
            return Err(TimestampError::OtherCertificate);
        }
    }
    Ok(())
}

impl Signer {
    /// Whether `certificate` is the first in each list of certificates.
    fn names_first(&self, certificate: &Certificate) -> bool {
        self.certificates
            .iter()
            .all(|ids| ids.first().is_some_and(|id| id.is_of(certificate)))
    }
}

impl SignerId {
    fn is_of(&self, certificate: &Certificate) -> bool {
        match self {
            SignerId::IssuerAndSerial { issuer, serial } => {
                certificate.serial() == serial && same_name(certificate.issuer_name(), issuer)
            }
            SignerId::Key(key) => certificate
                .key_id()
                .is_ok_and(|id| id.is_some_and(|id| id.0.as_bytes() == key)),
        }
    }
}

impl CertificateId {
    fn is_of(&self, certificate: &Certificate) -> bool {
        let named = self.issuer_serial.as_ref().is_none_or(|(names, serial)| {
            let issuer = |name: &GeneralName| match name {
                GeneralName::DirectoryName(name) => same_name(name, certificate.issuer_name()),
                _ => false,
            };
            certificate.serial() == serial && matches!(names.as_slice(), [name] if issuer(name))
        });
        named
            && self
                .algorithm
                .hash(certificate.as_bytes())
                .is_some_and(|hash| hash == self.hash)
    }
}

impl CertificateHash {
    fn hash(self, bytes: &[u8]) -> Option<Vec<u8>> {
        if self.0 == oid::SHA_1 {
            return Some(Sha1::digest(bytes).to_vec());
        }
        HashAlgorithm::from_oid(&self.0).map(|algorithm| algorithm.hash(bytes))
    }
}

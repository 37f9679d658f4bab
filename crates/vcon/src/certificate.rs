//! A certificate for a key that nobody certified: it only says which name the key goes by, on the key's own word.

use std::time::Duration;

use der::asn1::{GeneralizedTime, SetOfVec, Utf8StringRef};
use der::oid::ObjectIdentifier;
use der::{Decode, Encode};
use p256::ecdsa::{DerSignature, SigningKey};
use p256::pkcs8::EncodePublicKey;
use sha2::{Digest, Sha256};
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{Builder, CertificateBuilder};
use x509_cert::certificate::TbsCertificate;
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage, KeyUsages};
use x509_cert::ext::{Extension, ToExtension};
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{SubjectPublicKeyInfo, SubjectPublicKeyInfoRef};
use x509_cert::time::{Time, Validity};

/// The attribute `CN`.
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");

/// How long a certificate is good for: ten years.
const GOOD_FOR: Duration = Duration::from_secs(3_652 * 24 * 60 * 60);

/// Most characters of a name (RFC 5280, upper bound of a common name).
const LONGEST_NAME: usize = 64;

/// Why there is no certificate.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// The instant cannot be in a certificate.
    #[error("{at} microseconds since 1970 cannot be in a certificate")]
    Instant {
        /// Which.
        at: i64,
    },
    /// It could not be encoded.
    #[error("the certificate could not be made: {0}")]
    Encoding(String),
}

/// A certificate of a key by itself, in DER. A name longer than 64 characters is cut.
///
/// # Errors
/// If the name or the instant cannot be in a certificate.
pub fn self_signed(key: &SigningKey, name: &str, from: i64) -> Result<Vec<u8>, CertificateError> {
    let public = key.verifying_key().to_public_key_der().map_err(encoding)?;
    let public = SubjectPublicKeyInfo::try_from(public.as_bytes()).map_err(encoding)?;
    // The serial number follows from key and time, so that nothing here needs randomness.
    let mut hash = Sha256::new_with_prefix(key.verifying_key().to_sec1_point(false).as_bytes());
    hash.update(from.to_be_bytes());
    let serial = SerialNumber::new(&hash.finalize()[..16]).map_err(encoding)?;
    let profile = OwnWord { name: common(name)? };
    let builder = CertificateBuilder::new(profile, serial, validity(from)?, public).map_err(encoding)?;
    let certificate = builder.build::<_, DerSignature>(key).map_err(encoding)?;
    certificate.to_der().map_err(encoding)
}

fn validity(from: i64) -> Result<Validity, CertificateError> {
    let instant = || CertificateError::Instant { at: from };
    let seconds = u64::try_from(from / 1_000_000).map_err(|_| instant())?;
    let from = Duration::from_secs(seconds);
    let time = |since_1970| GeneralizedTime::from_unix_duration(since_1970).map(Time::GeneralTime);
    let (not_before, not_after) = (time(from), time(from + GOOD_FOR));
    Ok(Validity::new(
        not_before.map_err(|_| instant())?,
        not_after.map_err(|_| instant())?,
    ))
}

fn common(name: &str) -> Result<Name, CertificateError> {
    let name: String = name.chars().take(LONGEST_NAME).collect();
    let value = Utf8StringRef::new(&name).map_err(encoding)?;
    let attribute = AttributeTypeAndValue {
        oid: COMMON_NAME,
        value: value.into(),
    };
    let attributes = SetOfVec::try_from(vec![attribute]).map_err(encoding)?;
    let sequence = RdnSequence::from(vec![RelativeDistinguishedName::from(attributes)]);
    Name::from_der(&sequence.to_der().map_err(encoding)?).map_err(encoding)
}

/// A certificate that stands on its own: not an authority, only for signatures.
struct OwnWord {
    name: Name,
}

impl BuilderProfile for OwnWord {
    fn get_issuer(&self, subject: &Name) -> Name {
        subject.clone()
    }

    fn get_subject(&self) -> Name {
        self.name.clone()
    }

    fn build_extensions(
        &self,
        _own: SubjectPublicKeyInfoRef<'_>,
        _issuer: SubjectPublicKeyInfoRef<'_>,
        tbs: &TbsCertificate,
    ) -> Result<Vec<Extension>, x509_cert::builder::Error> {
        let is_no_authority = BasicConstraints {
            ca: false,
            path_len_constraint: None,
        };
        let for_signatures = KeyUsage(KeyUsages::DigitalSignature.into());
        Ok(vec![
            is_no_authority.to_extension(tbs.subject(), &[])?,
            for_signatures.to_extension(tbs.subject(), &[])?,
        ])
    }
}

fn encoding(error: impl std::fmt::Display) -> CertificateError {
    CertificateError::Encoding(error.to_string())
}

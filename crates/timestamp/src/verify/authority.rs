//! Whether a certificate is one for making timestamps (RFC 3161 §2.3).

use der::asn1::ObjectIdentifier;
use x509_cert::ext::pkix::KeyUsages;
use x509_cert::ext::pkix::name::GeneralName;

use crate::certificate::{Certificate, same_name};
use crate::error::TimestampError;
use crate::oid;
use crate::token::Info;

/// Checks that the holder of `certificate` may make timestamps, and is who the token says.
pub(super) fn check(certificate: &Certificate, info: &Info) -> Result<(), TimestampError> {
    check_usage(certificate)
        .and_then(|()| check_name(certificate, info))
        .map_err(|error| {
            let subject = certificate.subject();
            TimestampError::NotAnAuthority { subject, error }
        })
}

fn check_usage(certificate: &Certificate) -> Result<(), UsageError> {
    let malformed = |_| UsageError::Malformed;
    let (critical, purposes) = certificate
        .extended_key_usage()
        .map_err(malformed)?
        .ok_or(UsageError::NoPurpose)?;
    if purposes.0 != [oid::TIME_STAMPING] {
        return Err(UsageError::OtherPurposes { found: purposes.0 });
    }
    if !critical {
        return Err(UsageError::NotCritical);
    }
    if let Some(usage) = certificate.key_usage().map_err(malformed)? {
        let allowed = KeyUsages::DigitalSignature | KeyUsages::NonRepudiation;
        if usage.0.is_empty() || !allowed.contains(usage.0) {
            return Err(UsageError::KeyUsage);
        }
    }
    match certificate.unknown_critical_extension() {
        Some(extension) => Err(UsageError::CriticalExtension { extension }),
        None => Ok(()),
    }
}

/// The name that the token gives its authority must be one of its certificate's.
fn check_name(certificate: &Certificate, info: &Info) -> Result<(), UsageError> {
    let Some(name) = info.tsa() else { return Ok(()) };
    let is_subject =
        matches!(name, GeneralName::DirectoryName(name) if same_name(name, certificate.subject_name()));
    let names = certificate
        .alternative_names()
        .map_err(|_| UsageError::Malformed)?;
    let is_alternative = || names.is_some_and(|names| names.0.contains(name));
    if is_subject || is_alternative() {
        Ok(())
    } else {
        Err(UsageError::OtherName)
    }
}

/// Why the holder of a certificate may not make timestamps.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UsageError {
    /// An extension cannot be read, or is there twice.
    #[error("its certificate's extensions are malformed")]
    Malformed,
    /// The certificate does not say what it is for.
    #[error("its certificate does not say that it is for timestamps")]
    NoPurpose,
    /// The certificate is for something else, or for something else as well.
    #[error("its certificate is for {}, and not for timestamps alone", list(.found))]
    OtherPurposes {
        /// What it is for.
        found: Vec<ObjectIdentifier>,
    },
    /// The purpose is not marked as critical.
    #[error("its certificate does not insist on being for timestamps alone")]
    NotCritical,
    /// The key is for more than signatures, or for something else.
    #[error("its key is not for signatures alone")]
    KeyUsage,
    /// The certificate has something critical that is not understood here.
    #[error("its certificate has the critical extension {extension}, which is not understood")]
    CriticalExtension {
        /// The extension.
        extension: ObjectIdentifier,
    },
    /// The token says that another made it.
    #[error("the token gives its authority another name than the certificate")]
    OtherName,
}

fn list(oids: &[ObjectIdentifier]) -> String {
    if oids.is_empty() {
        return "nothing".to_owned();
    }
    oids.iter()
        .map(ObjectIdentifier::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

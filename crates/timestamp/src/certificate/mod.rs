//! Certificates and revocation lists (RFC 5280), kept as the bytes they came in.

mod crl;
mod name;
mod pem;

use der::asn1::ObjectIdentifier;
use der::{Decode, Tag};
use x509_cert::TbsCertificate;
use x509_cert::ext::pkix::{
    BasicConstraints, ExtendedKeyUsage, KeyUsage, SubjectAltName, SubjectKeyIdentifier,
};
use x509_cert::name::Name;

pub(crate) use crl::Revocation;
pub use crl::{Crl, Reason};
pub(crate) use name::same_name;

use crate::error::{Malformed, Part, within};
use crate::oid;
use crate::signature::{PublicKey, SignatureError, Signed};
use crate::time;
use crate::wire::{Element, context};

/// Most bytes of a certificate.
pub const MAX_LENGTH: usize = 1 << 15;

const PART: &str = "the certificate";

/// Extensions that may be critical, since they are understood, or since nothing here depends on them: which names a
/// certificate is also known by, and under which policies it was issued.
const UNDERSTOOD: [ObjectIdentifier; 5] = [
    oid::BASIC_CONSTRAINTS,
    oid::KEY_USAGE,
    oid::EXTENDED_KEY_USAGE,
    oid::SUBJECT_ALT_NAME,
    oid::CERTIFICATE_POLICIES,
];

/// Most bytes of a name: reading its parts may take as many steps as the square of their number.
pub(crate) const MAX_NAME: usize = 1 << 12;

/// A certificate as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
    tbs: TbsCertificate,
}

impl Certificate {
    /// Reads one certificate in DER.
    ///
    /// # Errors
    /// If it is none.
    pub fn from_der(bytes: &[u8]) -> Result<Certificate, Malformed> {
        within(PART, bytes, MAX_LENGTH)?;
        let signed = Signed::read(bytes).part(PART)?;
        check_names(signed.message)?;
        let tbs = TbsCertificate::from_der(signed.message).part(PART)?;
        if !signed.is_by(tbs.signature()) {
            return Err(Tag::Sequence.value_error().to_error()).part(PART);
        }
        Ok(Certificate {
            der: bytes.to_vec(),
            tbs,
        })
    }

    /// Reads all certificates of a PEM file; what stands between them is ignored.
    ///
    /// # Errors
    /// If one of them is malformed.
    pub fn from_pem(text: &str) -> Result<Vec<Certificate>, Malformed> {
        let contents = pem::read(text, PART, "CERTIFICATE")?;
        contents.iter().map(|der| Certificate::from_der(der)).collect()
    }

    /// Reads the certificate of a DER file, or all certificates of a PEM file, whichever it is.
    ///
    /// # Errors
    /// If it is neither, or one of them is malformed.
    pub fn from_file(bytes: &[u8]) -> Result<Vec<Certificate>, Malformed> {
        let contents = pem::read_file(bytes, PART, "CERTIFICATE")?;
        contents.iter().map(|der| Certificate::from_der(der)).collect()
    }

    /// The certificate, byte for byte as it was received.
    pub fn as_bytes(&self) -> &[u8] {
        &self.der
    }

    /// Whose it is, in the form of RFC 4514.
    pub fn subject(&self) -> String {
        self.tbs.subject().to_string()
    }

    /// Who issued it, in the form of RFC 4514.
    pub fn issuer(&self) -> String {
        self.tbs.issuer().to_string()
    }

    /// First moment of its validity, in microseconds since 1970.
    pub fn not_before(&self) -> i64 {
        time::of_certificate(self.tbs.validity().not_before)
    }

    /// Last second of its validity, in microseconds since 1970.
    pub fn not_after(&self) -> i64 {
        time::of_certificate(self.tbs.validity().not_after)
    }

    pub(crate) fn is_valid_at(&self, at: i64) -> bool {
        self.not_before() <= at && at < self.not_after().saturating_add(time::SECOND)
    }

    pub(crate) fn subject_name(&self) -> &Name {
        self.tbs.subject()
    }

    pub(crate) fn issuer_name(&self) -> &Name {
        self.tbs.issuer()
    }

    /// Content of its serial number.
    pub(crate) fn serial(&self) -> &[u8] {
        self.tbs.serial_number().as_bytes()
    }

    pub(crate) fn is_version_1(&self) -> bool {
        self.tbs.version() == x509_cert::Version::V1
    }

    pub(crate) fn key(&self) -> PublicKey<'_> {
        PublicKey::of(self.tbs.subject_public_key_info())
    }

    /// Checks that the holder of `issuer` signed it.
    pub(crate) fn check_signed_by(&self, issuer: &Certificate) -> Result<(), SignatureError> {
        let signed = Signed::read(&self.der).map_err(|_| SignatureError::Wrong)?;
        signed.check(issuer.key())
    }

    /// Content of an extension, and whether it is critical. Twice the same extension is an error.
    pub(crate) fn extension<'a, T>(&'a self) -> der::Result<Option<(bool, T)>>
    where
        T: Decode<'a, Error = der::Error> + der::oid::AssociatedOid,
    {
        self.tbs.get_extension::<T>()
    }

    pub(crate) fn basic_constraints(&self) -> der::Result<Option<BasicConstraints>> {
        Ok(self
            .extension::<BasicConstraints>()?
            .map(|(_, constraints)| constraints))
    }

    pub(crate) fn key_usage(&self) -> der::Result<Option<KeyUsage>> {
        Ok(self.extension::<KeyUsage>()?.map(|(_, usage)| usage))
    }

    pub(crate) fn extended_key_usage(&self) -> der::Result<Option<(bool, ExtendedKeyUsage)>> {
        self.extension()
    }

    pub(crate) fn alternative_names(&self) -> der::Result<Option<SubjectAltName>> {
        Ok(self.extension::<SubjectAltName>()?.map(|(_, names)| names))
    }

    pub(crate) fn key_id(&self) -> der::Result<Option<SubjectKeyIdentifier>> {
        Ok(self.extension::<SubjectKeyIdentifier>()?.map(|(_, id)| id))
    }

    /// A critical extension that is not understood, which forbids to use the certificate.
    pub(crate) fn unknown_critical_extension(&self) -> Option<ObjectIdentifier> {
        let extensions = self.tbs.extensions().into_iter().flatten();
        let mut unknown =
            extensions.filter(|extension| extension.critical && !UNDERSTOOD.contains(&extension.extn_id));
        unknown.next().map(|extension| extension.extn_id)
    }
}

/// Refuses long names before they are read, in `TBSCertificate ::= SEQUENCE { version [0], serialNumber, signature, issuer,
/// validity, subject, … }`.
fn check_names(tbs: &[u8]) -> Result<(), Malformed> {
    let mut fields = Element::read_sequence(tbs).part(PART)?;
    fields.take_if(context(0)).part(PART)?;
    fields.take(Tag::Integer).part(PART)?;
    let mut sequence = || fields.take(Tag::Sequence).part(PART);
    let (_signature, issuer, _validity, subject) = (sequence()?, sequence()?, sequence()?, sequence()?);
    within("the name of the certificate's issuer", issuer.bytes, MAX_NAME)?;
    within("the name of the certificate's subject", subject.bytes, MAX_NAME)
}

//! The token: CMS signed data (RFC 5652 §5) over a statement of time ([`Info`]).
//!
//! ```text
//! ContentInfo { signedData, [0] SignedData {
//!     version, digestAlgorithms,
//!     { id-ct-TSTInfo, [0] OCTET STRING { TSTInfo } },
//!     [0] certificates, [1] revocation lists,
//!     { one SignerInfo } } }
//! ```
//!
//! Authorities write the set of certificates in any order, although DER sorts it; it is not signed, and taken as it
//! comes.

mod info;
mod signer;

use der::Tag;
use der::asn1::ObjectIdentifier;
use x509_cert::spki::AlgorithmIdentifierRef;

pub use info::{Accuracy, Info};
pub(crate) use signer::{CertificateHash, CertificateId, Signer, SignerId};

use crate::certificate::{self, Certificate, Crl};
use crate::error::{Malformed, Part, TimestampError, within};
use crate::oid;
use crate::response::Response;
use crate::wire::{Element, Elements, context};

/// Most bytes of a token, and of an answer with one.
pub const MAX_LENGTH: usize = 1 << 20;

/// Most certificates, and most revocation lists, that a token may carry.
const MAX_CERTIFICATES: usize = 32;
const MAX_CRLS: usize = 8;

const PART: &str = "the token";

/// A token as it was read. Nothing in it is true before [`verify`](crate::verify()) says so.
#[derive(Debug, Clone)]
pub struct Token {
    bytes: Vec<u8>,
    content: Vec<u8>,
    info: Info,
    certificates: Vec<Certificate>,
    crls: Vec<Crl>,
    signer: Signer,
}

impl Token {
    /// Reads a bare token (`.tst`), or the token in an authority's answer (`.tsr`).
    ///
    /// # Errors
    /// If it is neither, or the answer has no token.
    pub fn parse(bytes: &[u8]) -> Result<Token, TimestampError> {
        within(PART, bytes, MAX_LENGTH)?;
        let first = Element::read_sequence(bytes)
            .and_then(|mut fields| fields.next())
            .part(PART)?;
        if first.is_some_and(|first| first.is(Tag::Sequence)) {
            return Response::parse(bytes)?.into_token();
        }
        Ok(Token::read(bytes)?)
    }

    pub(crate) fn read(bytes: &[u8]) -> Result<Token, Malformed> {
        within(PART, bytes, MAX_LENGTH)?;
        let mut outer = Element::read_sequence(bytes).part(PART)?;
        let content_type: ObjectIdentifier = outer.decode().part(PART)?;
        if content_type != oid::SIGNED_DATA {
            return Err(Malformed::OtherContent { found: content_type });
        }
        let signed_data = outer
            .take(context(0))
            .and_then(|outer| outer.elements()?.only())
            .part(PART)?;
        outer.finish().part(PART)?;
        signed_data.tag.assert_eq(Tag::Sequence).part(PART)?;
        Token::read_signed_data(bytes, signed_data.elements().part(PART)?)
    }

    fn read_signed_data(bytes: &[u8], mut fields: Elements<'_>) -> Result<Token, Malformed> {
        let version = fields.decode::<u8>().part(PART)?;
        let digests = read_digests(fields.take(Tag::Set).part(PART)?).part(PART)?;
        let content = read_content(fields.take(Tag::Sequence).part(PART)?)?;
        // 3 for content that is not plain data, 4 and 5 if there are also attribute certificates or foreign lists.
        if !(3..=5).contains(&version) {
            let found = version;
            return Err(Malformed::Version { part: PART, found });
        }
        let certificates = fields.take_if(context(0)).part(PART)?;
        let crls = fields.take_if(context(1)).part(PART)?;
        let signers = fields.take(Tag::Set).part(PART)?;
        fields.finish().part(PART)?;
        let signer = read_only_signer(signers)?;
        if !digests.contains(&signer.digest) {
            let found = signer.digest;
            return Err(Malformed::Digest { found });
        }
        Ok(Token {
            bytes: bytes.to_vec(),
            info: Info::read(content)?,
            content: content.to_vec(),
            certificates: certificates.map_or(Ok(Vec::new()), read_certificates)?,
            crls: crls.map_or(Ok(Vec::new()), read_crls)?,
            signer,
        })
    }

    /// The bare token, byte for byte as it was received: to be kept, and to be stamped again.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What the token says, not yet verified.
    pub fn info(&self) -> &Info {
        &self.info
    }

    /// The certificates it carries, in its order; what is not a certificate in them is left out.
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// The revocation lists it carries.
    pub fn crls(&self) -> &[Crl] {
        &self.crls
    }

    /// The encoded [`Info`], over which the signed attributes have a hash.
    pub(crate) fn content(&self) -> &[u8] {
        &self.content
    }

    pub(crate) fn signer(&self) -> &Signer {
        &self.signer
    }
}

/// Reads the kinds of hashes that signers use.
fn read_digests(set: Element<'_>) -> der::Result<Vec<ObjectIdentifier>> {
    let mut digests = Vec::new();
    let mut elements = set.elements()?;
    while let Some(element) = elements.next()? {
        digests.push(element.decode::<AlgorithmIdentifierRef<'_>>()?.oid);
    }
    Ok(digests)
}

/// Reads `EncapsulatedContentInfo ::= SEQUENCE { eContentType, [0] EXPLICIT OCTET STRING }`.
fn read_content(content: Element<'_>) -> Result<&[u8], Malformed> {
    let mut fields = content.elements().part(PART)?;
    let found: ObjectIdentifier = fields.decode().part(PART)?;
    if found != oid::TST_INFO {
        return Err(Malformed::OtherContent { found });
    }
    let octets = fields
        .take(context(0))
        .and_then(|outer| outer.elements()?.only())
        .part(PART)?;
    fields.finish().part(PART)?;
    octets.tag.assert_eq(Tag::OctetString).part(PART)?;
    Ok(octets.content)
}

/// Reads the certificates. Of what else may stand there, and of certificates that cannot be read, nothing is needed:
/// if the missing one is, no chain is found.
fn read_certificates(set: Element<'_>) -> Result<Vec<Certificate>, Malformed> {
    let mut elements = set.elements().part(PART)?;
    let mut certificates = Vec::new();
    for count in 0.. {
        let Some(element) = elements.next().part(PART)? else {
            break;
        };
        if count == MAX_CERTIFICATES {
            return Err(Malformed::TooMany {
                part: "certificates in the token",
                limit: MAX_CERTIFICATES,
            });
        }
        certificates.extend(Certificate::from_der(element.bytes));
    }
    Ok(certificates)
}

/// Reads the revocation lists, as [`read_certificates`] does certificates.
fn read_crls(set: Element<'_>) -> Result<Vec<Crl>, Malformed> {
    let mut elements = set.elements().part(PART)?;
    let mut crls = Vec::new();
    for count in 0.. {
        let Some(element) = elements.next().part(PART)? else {
            break;
        };
        if count == MAX_CRLS {
            return Err(Malformed::TooMany {
                part: "revocation lists in the token",
                limit: MAX_CRLS,
            });
        }
        crls.extend(certificate::Crl::from_der(element.bytes));
    }
    Ok(crls)
}

fn read_only_signer(set: Element<'_>) -> Result<Signer, Malformed> {
    let mut signers = set.elements().part(PART)?;
    let mut found = 0;
    let mut only = None;
    while let Some(signer) = signers.next().part(PART)? {
        found += 1;
        only = Some(signer);
    }
    match only {
        Some(signer) if found == 1 => Signer::read(signer),
        _ => Err(Malformed::Signers { found }),
    }
}

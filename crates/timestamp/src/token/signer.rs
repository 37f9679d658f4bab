//! Who signed, and what (RFC 5652 `SignerInfo`).

use der::asn1::ObjectIdentifier;
use der::{Decode, Tag};
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::name::Name;
use x509_cert::spki::{AlgorithmIdentifierOwned, AlgorithmIdentifierRef};

use super::info::GENERAL_NAME;
use crate::certificate::MAX_NAME;
use crate::error::{Malformed, Part, within};
use crate::oid;
use crate::wire::{Element, Elements, context, context_primitive};

const PART: &str = "the token's signer";

/// Most certificates that the signed attributes may name.
const MAX_IDS: usize = 32;

/// The signer of a token, and what it signed besides the statement.
#[derive(Debug, Clone)]
pub(crate) struct Signer {
    pub id: SignerId,
    pub digest: ObjectIdentifier,
    pub content_type: ObjectIdentifier,
    pub message_digest: Vec<u8>,
    /// The certificates named by signingCertificate and signingCertificateV2, each with the signer's own first.
    pub certificates: Vec<Vec<CertificateId>>,
    /// What the signature is over.
    pub signed: Vec<u8>,
    pub algorithm: AlgorithmIdentifierOwned,
    pub signature: Vec<u8>,
}

/// By what the signer's certificate is known. Not signed, so only a hint where to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SignerId {
    IssuerAndSerial { issuer: Name, serial: Vec<u8> },
    Key(Vec<u8>),
}

/// A certificate named under the signature (RFC 2634 `ESSCertID`, RFC 5035 `ESSCertIDv2`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CertificateId {
    pub algorithm: CertificateHash,
    pub hash: Vec<u8>,
    pub issuer_serial: Option<(Vec<GeneralName>, Vec<u8>)>,
}

/// How a certificate is hashed to be named: always SHA-1 in the first version, anything in the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CertificateHash(pub ObjectIdentifier);

impl Signer {
    /// Reads `SignerInfo ::= SEQUENCE { version, sid, digestAlgorithm, signedAttrs [0], signatureAlgorithm,
    /// signature, unsignedAttrs [1] OPTIONAL }`.
    pub fn read(signer: Element<'_>) -> Result<Signer, Malformed> {
        signer.tag.assert_eq(Tag::Sequence).part(PART)?;
        let mut fields = signer.elements().part(PART)?;
        let version = fields.decode::<u8>().part(PART)?;
        let id = SignerId::read(version, &mut fields)?;
        let digest: AlgorithmIdentifierRef<'_> = fields.decode().part(PART)?;
        let attributes = fields.take(context(0)).part(PART)?;
        let algorithm: AlgorithmIdentifierRef<'_> = fields.decode().part(PART)?;
        let signature = fields.take(Tag::OctetString).part(PART)?;
        fields.take_if(context(1)).part(PART)?;
        fields.finish().part(PART)?;
        if digest.parameters.is_some_and(|parameters| !parameters.is_null()) {
            return Err(Tag::Null.value_error().to_error()).part(PART);
        }
        Ok(Signer {
            id,
            digest: digest.oid,
            content_type: read_content_type(attributes)?,
            message_digest: read_message_digest(attributes)?,
            certificates: read_certificate_ids(attributes)?,
            signed: as_signed(attributes),
            algorithm: AlgorithmIdentifierOwned::from(algorithm),
            signature: signature.content.to_vec(),
        })
    }
}

/// The signed attributes with the tag they are signed with (RFC 5652 §5.4): SET, where the token has `[0]`. All else
/// stays as it was received.
fn as_signed(attributes: Element<'_>) -> Vec<u8> {
    const SET: u8 = 0x31;
    let rest = attributes.bytes.get(1..).unwrap_or_default();
    [&[SET], rest].concat()
}

impl SignerId {
    fn read(version: u8, fields: &mut Elements<'_>) -> Result<SignerId, Malformed> {
        if let Some(key) = fields.take_if(context_primitive(0)).part(PART)? {
            return match version {
                3 => Ok(SignerId::Key(key.content.to_vec())),
                found => Err(Malformed::Version { part: PART, found }),
            };
        }
        if version != 1 {
            return Err(Malformed::Version {
                part: PART,
                found: version,
            });
        }
        let mut fields = fields
            .take(Tag::Sequence)
            .and_then(Element::elements)
            .part(PART)?;
        let issuer = fields.take(Tag::Sequence).part(PART)?;
        within(GENERAL_NAME, issuer.bytes, MAX_NAME)?;
        let serial = fields.take(Tag::Integer).part(PART)?;
        fields.finish().part(PART)?;
        Ok(SignerId::IssuerAndSerial {
            issuer: issuer.decode().part(PART)?,
            serial: serial.content.to_vec(),
        })
    }
}

/// The values of all attributes of this type, which have one each.
fn find(attributes: Element<'_>, wanted: ObjectIdentifier) -> Result<Option<Element<'_>>, Malformed> {
    let mut values = Vec::new();
    let mut attributes = attributes.elements().part(PART)?;
    while let Some(attribute) = attributes.next().part(PART)? {
        attribute.tag.assert_eq(Tag::Sequence).part(PART)?;
        let mut fields = attribute.elements().part(PART)?;
        let oid: ObjectIdentifier = fields.decode().part(PART)?;
        let set = fields.take(Tag::Set).part(PART)?;
        fields.finish().part(PART)?;
        if oid == wanted {
            values.push(set.elements().and_then(Elements::only).part(PART)?);
        }
    }
    match *values {
        [] => Ok(None),
        [value] => Ok(Some(value)),
        _ => Err(Malformed::Attribute {
            attribute: wanted,
            found: values.len(),
        }),
    }
}

fn require(attributes: Element<'_>, wanted: ObjectIdentifier) -> Result<Element<'_>, Malformed> {
    find(attributes, wanted)?.ok_or(Malformed::Attribute {
        attribute: wanted,
        found: 0,
    })
}

fn read_content_type(attributes: Element<'_>) -> Result<ObjectIdentifier, Malformed> {
    require(attributes, oid::CONTENT_TYPE)?.decode().part(PART)
}

fn read_message_digest(attributes: Element<'_>) -> Result<Vec<u8>, Malformed> {
    let digest = require(attributes, oid::MESSAGE_DIGEST)?;
    digest.tag.assert_eq(Tag::OctetString).part(PART)?;
    Ok(digest.content.to_vec())
}

/// Reads both versions of `SigningCertificate ::= SEQUENCE { certs SEQUENCE OF ESSCertID, policies OPTIONAL }`.
fn read_certificate_ids(attributes: Element<'_>) -> Result<Vec<Vec<CertificateId>>, Malformed> {
    let mut all = Vec::new();
    for (attribute, default) in [
        (oid::SIGNING_CERTIFICATE, oid::SHA_1),
        (oid::SIGNING_CERTIFICATE_V2, oid::SHA_256),
    ] {
        let Some(value) = find(attributes, attribute)? else {
            continue;
        };
        let mut fields = Element::read_sequence(value.bytes).part(PART)?;
        let mut certificates = fields
            .take(Tag::Sequence)
            .and_then(Element::elements)
            .part(PART)?;
        fields.take_if(Tag::Sequence).part(PART)?;
        fields.finish().part(PART)?;
        let mut ids = Vec::new();
        while let Some(id) = certificates.next().part(PART)? {
            if ids.len() == MAX_IDS {
                return Err(Malformed::TooMany {
                    part: "certificates named by the token",
                    limit: MAX_IDS,
                });
            }
            ids.push(CertificateId::read(id, default)?);
        }
        all.push(ids);
    }
    Ok(all)
}

impl CertificateId {
    /// Reads `SEQUENCE { hashAlgorithm DEFAULT …, certHash OCTET STRING, issuerSerial OPTIONAL }`; the first version
    /// has no algorithm.
    fn read(id: Element<'_>, default: ObjectIdentifier) -> Result<CertificateId, Malformed> {
        id.tag.assert_eq(Tag::Sequence).part(PART)?;
        let mut fields = id.elements().part(PART)?;
        let stated = match default {
            oid::SHA_1 => None,
            _ => fields.take_if(Tag::Sequence).part(PART)?,
        };
        let stated: Option<AlgorithmIdentifierRef<'_>> =
            stated.map(Element::decode).transpose().part(PART)?;
        let hash = fields.take(Tag::OctetString).part(PART)?;
        let issuer_serial = fields.take_if(Tag::Sequence).part(PART)?;
        fields.finish().part(PART)?;
        Ok(CertificateId {
            algorithm: CertificateHash(stated.map_or(default, |algorithm| algorithm.oid)),
            hash: hash.content.to_vec(),
            issuer_serial: issuer_serial.map(read_issuer_serial).transpose()?,
        })
    }
}

/// Reads `IssuerSerial ::= SEQUENCE { issuer GeneralNames, serialNumber }`.
fn read_issuer_serial(issuer_serial: Element<'_>) -> Result<(Vec<GeneralName>, Vec<u8>), Malformed> {
    let mut fields = issuer_serial.elements().part(PART)?;
    let names = fields.take(Tag::Sequence).part(PART)?;
    within(GENERAL_NAME, names.bytes, MAX_NAME)?;
    let serial = fields.take(Tag::Integer).part(PART)?;
    fields.finish().part(PART)?;
    let names = Vec::<GeneralName>::from_der(names.bytes).part(PART)?;
    Ok((names, serial.content.to_vec()))
}

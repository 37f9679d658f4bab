//! Revocation lists (RFC 5280 §5).

use std::fmt;

use der::asn1::{GeneralizedTime, ObjectIdentifier};
use der::{Decode, Tag};
use x509_cert::ext::pkix::CrlDistributionPoints;
use x509_cert::ext::pkix::crl::dp::IssuingDistributionPoint;
use x509_cert::name::Name;
use x509_cert::spki::AlgorithmIdentifierOwned;
use x509_cert::time::Time;

use super::{Certificate, MAX_NAME, pem, same_name};
use crate::error::{Malformed, Part, within};
use crate::oid;
use crate::signature::Signed;
use crate::time;
use crate::wire::{Element, Elements, context};

/// Most bytes of a revocation list.
pub const MAX_CRL_LENGTH: usize = 1 << 25;

/// Most bytes of its extensions.
const MAX_EXTENSIONS: usize = 1 << 14;

const PART: &str = "the revocation list";

/// A list of revoked certificates as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crl {
    der: Vec<u8>,
    issuer: Name,
    this_update: i64,
    next_update: Option<i64>,
    scope: Scope,
}

/// Of which certificates a list says something.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Scope {
    /// Of all by its issuer.
    All,
    /// Of those that its distribution point says.
    Point(Box<IssuingDistributionPoint>),
    /// Only what is on it is revoked; of others it says nothing, since it has critical extensions that are not
    /// understood.
    Part,
    /// It mixes certificates of several issuers, and is not used.
    Foreign,
}

impl Crl {
    /// Reads a list in DER.
    ///
    /// # Errors
    /// If it is none.
    pub fn from_der(bytes: &[u8]) -> Result<Crl, Malformed> {
        within(PART, bytes, MAX_CRL_LENGTH)?;
        let signed = Signed::read(bytes).part(PART)?;
        let mut fields = Element::read_sequence(signed.message).part(PART)?;
        fields.take_if(Tag::Integer).part(PART)?;
        let algorithm: AlgorithmIdentifierOwned = fields.decode().part(PART)?;
        if !signed.is_by(&algorithm) {
            return Err(Tag::Sequence.value_error().to_error()).part(PART);
        }
        let issuer = fields.take(Tag::Sequence).part(PART)?;
        within("the name of the list's issuer", issuer.bytes, MAX_NAME)?;
        let this_update = read_time(&mut fields).part(PART)?.ok_or(Malformed::Time {
            part: PART,
            found: String::new(),
        })?;
        let next_update = read_time(&mut fields).part(PART)?;
        fields.take_if(Tag::Sequence).part(PART)?;
        let extensions = fields.take_if(context(0)).part(PART)?;
        fields.finish().part(PART)?;
        Ok(Crl {
            issuer: issuer.decode().part(PART)?,
            this_update,
            next_update,
            scope: extensions.map_or(Ok(Scope::All), Scope::read)?,
            der: bytes.to_vec(),
        })
    }

    /// Reads all lists of a PEM file; what stands between them is ignored.
    ///
    /// # Errors
    /// If one of them is malformed.
    pub fn from_pem(text: &str) -> Result<Vec<Crl>, Malformed> {
        let contents = pem::read(text, PART, "X509 CRL")?;
        contents.iter().map(|der| Crl::from_der(der)).collect()
    }

    /// Reads the list of a DER file, or all lists of a PEM file, whichever it is.
    ///
    /// # Errors
    /// If it is neither, or one of them is malformed.
    pub fn from_file(bytes: &[u8]) -> Result<Vec<Crl>, Malformed> {
        let contents = pem::read_file(bytes, PART, "X509 CRL")?;
        contents.iter().map(|der| Crl::from_der(der)).collect()
    }

    /// The list, byte for byte as it was received.
    pub fn as_bytes(&self) -> &[u8] {
        &self.der
    }

    /// When it was issued, in microseconds since 1970.
    pub fn this_update(&self) -> i64 {
        self.this_update
    }

    /// Whether it is about certificates by `issuer`, and signed by it.
    pub(crate) fn is_by(&self, issuer: &Certificate) -> bool {
        let usage = issuer.key_usage();
        self.scope != Scope::Foreign
            && same_name(&self.issuer, issuer.subject_name())
            && usage.is_ok_and(|usage| usage.is_none_or(|usage| usage.crl_sign()))
            && Signed::read(&self.der).is_ok_and(|signed| signed.check(issuer.key()).is_ok())
    }

    /// Whether it would have `certificate` on it had that been revoked by `at`.
    pub(crate) fn covers(&self, certificate: &Certificate, at: i64) -> bool {
        let in_time = self.this_update >= at || self.next_update.is_some_and(|next| next >= at);
        in_time
            && match &self.scope {
                Scope::All => true,
                Scope::Point(point) => point_covers(point, certificate),
                Scope::Part | Scope::Foreign => false,
            }
    }

    /// When and why the certificate with this serial number was revoked.
    pub(crate) fn find(&self, serial: &[u8]) -> der::Result<Option<Revocation>> {
        let signed = Signed::read(&self.der)?;
        let mut fields = Element::read_sequence(signed.message)?;
        fields.take_if(Tag::Integer)?;
        fields.take(Tag::Sequence)?;
        fields.take(Tag::Sequence)?;
        read_time(&mut fields)?;
        read_time(&mut fields)?;
        let Some(revoked) = fields.take_if(Tag::Sequence)? else {
            return Ok(None);
        };
        let mut entries = revoked.elements()?;
        while let Some(entry) = entries.next()? {
            let mut fields = entry.elements()?;
            if fields.take(Tag::Integer)?.content == serial {
                return Revocation::read(fields).map(Some);
            }
        }
        Ok(None)
    }
}

fn read_time(fields: &mut Elements<'_>) -> der::Result<Option<i64>> {
    let utc = fields.take_if(Tag::UtcTime)?;
    let time = match utc {
        Some(time) => Some(time),
        None => fields.take_if(Tag::GeneralizedTime)?,
    };
    let time: Option<Time> = time.map(Element::decode).transpose()?;
    Ok(time.map(time::of_certificate))
}

impl Scope {
    /// Reads what the extensions say of it.
    fn read(outer: Element<'_>) -> Result<Scope, Malformed> {
        within("the extensions of the list", outer.bytes, MAX_EXTENSIONS)?;
        let mut scope = Scope::All;
        for (oid, critical, value) in read_extensions(outer.content).part(PART)? {
            if oid == oid::ISSUING_DISTRIBUTION_POINT {
                let point = IssuingDistributionPoint::from_der(value).part(PART)?;
                if point.indirect_crl {
                    return Ok(Scope::Foreign);
                }
                if scope == Scope::All {
                    scope = Scope::Point(Box::new(point));
                }
            } else if critical {
                scope = Scope::Part;
            }
        }
        Ok(scope)
    }
}

/// Reads `Extensions ::= SEQUENCE OF SEQUENCE { OID, critical DEFAULT FALSE, OCTET STRING }`.
fn read_extensions(bytes: &[u8]) -> der::Result<Vec<(ObjectIdentifier, bool, &[u8])>> {
    let mut all = Vec::new();
    let mut extensions = Element::read_sequence(bytes)?;
    while let Some(extension) = extensions.next()? {
        let mut fields = extension.elements()?;
        let oid = fields.decode()?;
        let critical = fields.take_if(Tag::Boolean)?.map_or(Ok(false), Element::decode)?;
        all.push((oid, critical, fields.take(Tag::OctetString)?.content));
        fields.finish()?;
    }
    Ok(all)
}

/// Whether a list for this distribution point would have the certificate.
fn point_covers(point: &IssuingDistributionPoint, certificate: &Certificate) -> bool {
    let authority = certificate
        .basic_constraints()
        .is_ok_and(|constraints| constraints.is_some_and(|it| it.ca));
    let of_its_kind = !(point.only_contains_attribute_certs
        || point.only_contains_user_certs && authority
        || point.only_contains_ca_certs && !authority);
    let of_its_place = point.distribution_point.is_none() || {
        let points = certificate.extension::<CrlDistributionPoints>().ok().flatten();
        points.is_some_and(|(_, points)| {
            points
                .0
                .iter()
                .any(|its| its.distribution_point == point.distribution_point)
        })
    };
    of_its_kind && of_its_place && point.only_some_reasons.is_none()
}

/// An entry of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Revocation {
    /// Since when the certificate is not good, in microseconds since 1970.
    pub at: i64,
    pub reason: Reason,
}

impl Revocation {
    /// Reads what follows the serial number in `SEQUENCE { userCertificate, revocationDate, crlEntryExtensions
    /// OPTIONAL }`.
    fn read(mut fields: Elements<'_>) -> der::Result<Revocation> {
        let at = read_time(&mut fields)?.ok_or_else(|| Tag::UtcTime.value_error().to_error())?;
        let mut revocation = Revocation {
            at,
            reason: Reason::Unstated,
        };
        let extensions = fields.take_if(Tag::Sequence)?;
        fields.finish()?;
        for (oid, _, value) in extensions.map_or(Ok(Vec::new()), |outer| read_extensions(outer.bytes))? {
            match oid {
                oid::REASON_CODE => revocation.reason = Reason::read(value)?,
                oid::INVALIDITY_DATE => {
                    let time = Time::GeneralTime(GeneralizedTime::from_der(value)?);
                    revocation.at = revocation.at.min(time::of_certificate(time));
                }
                _ => {}
            }
        }
        Ok(revocation)
    }
}

/// Why a certificate was revoked (RFC 5280 §5.3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The list does not say.
    Unstated,
    /// `unspecified`
    Unspecified,
    /// `keyCompromise`
    KeyCompromise,
    /// `cACompromise`
    CaCompromise,
    /// `affiliationChanged`
    AffiliationChanged,
    /// `superseded`
    Superseded,
    /// `cessationOfOperation`
    CessationOfOperation,
    /// Another reason, by its number.
    Other(u8),
}

impl Reason {
    /// Reads an ENUMERATED.
    fn read(value: &[u8]) -> der::Result<Reason> {
        let value = Element::read(value)?;
        value.tag.assert_eq(Tag::Enumerated)?;
        let &[number] = value.content else {
            return Err(Tag::Enumerated.value_error().to_error());
        };
        Ok(match number {
            0 => Reason::Unspecified,
            1 => Reason::KeyCompromise,
            2 => Reason::CaCompromise,
            3 => Reason::AffiliationChanged,
            4 => Reason::Superseded,
            5 => Reason::CessationOfOperation,
            other => Reason::Other(other),
        })
    }

    /// Whether signatures from before the revocation stay good (RFC 3161 §4, item 1): the key was given up, not lost.
    pub(crate) fn spares_what_was(self) -> bool {
        matches!(
            self,
            Reason::Unspecified
                | Reason::AffiliationChanged
                | Reason::Superseded
                | Reason::CessationOfOperation
        )
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Unstated => f.write_str("not stated"),
            Reason::Unspecified => f.write_str("unspecified"),
            Reason::KeyCompromise => f.write_str("key compromised"),
            Reason::CaCompromise => f.write_str("issuer compromised"),
            Reason::AffiliationChanged => f.write_str("affiliation changed"),
            Reason::Superseded => f.write_str("superseded"),
            Reason::CessationOfOperation => f.write_str("operation ceased"),
            Reason::Other(number) => write!(f, "number {number}"),
        }
    }
}

//! What a token says (RFC 3161 `TSTInfo`).

use der::asn1::ObjectIdentifier;
use der::{Decode, Tag};
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::spki::AlgorithmIdentifierRef;

use crate::certificate::MAX_NAME;
use crate::error::{Malformed, Part, within};
use crate::request::unsigned;
use crate::time;
use crate::wire::{Element, Elements, context, context_primitive};

const PART: &str = "the token's statement";

pub(super) const GENERAL_NAME: &str = "a name in the token";

/// A statement that a hash existed at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    policy: ObjectIdentifier,
    imprint_algorithm: ObjectIdentifier,
    hash: Vec<u8>,
    serial: Vec<u8>,
    gen_time: i64,
    accuracy: Option<Accuracy>,
    ordering: bool,
    nonce: Option<Vec<u8>>,
    tsa: Option<GeneralName>,
    critical_extension: Option<ObjectIdentifier>,
}

impl Info {
    /// Reads `TSTInfo ::= SEQUENCE { version, policy, messageImprint, serialNumber, genTime, accuracy OPTIONAL,
    /// ordering DEFAULT FALSE, nonce OPTIONAL, tsa [0] OPTIONAL, extensions [1] OPTIONAL }`.
    pub(super) fn read(bytes: &[u8]) -> Result<Info, Malformed> {
        let mut fields = Element::read_sequence(bytes).part(PART)?;
        match fields.decode::<u8>().part(PART)? {
            1 => {}
            found => return Err(Malformed::Version { part: PART, found }),
        }
        let policy = fields.decode().part(PART)?;
        let (imprint_algorithm, hash) = read_imprint(fields.take(Tag::Sequence).part(PART)?).part(PART)?;
        let serial = fields.take(Tag::Integer).part(PART)?;
        let gen_time = fields.take(Tag::GeneralizedTime).part(PART)?;
        let accuracy = fields.take_if(Tag::Sequence).part(PART)?;
        let ordering = fields.take_if(Tag::Boolean).part(PART)?;
        let nonce = fields.take_if(Tag::Integer).part(PART)?;
        let tsa = fields.take_if(context(0)).part(PART)?;
        let extensions = fields.take_if(context(1)).part(PART)?;
        fields.finish().part(PART)?;
        Ok(Info {
            policy,
            imprint_algorithm,
            hash: hash.to_vec(),
            serial: serial.content.to_vec(),
            gen_time: time::parse(PART, gen_time.content)?,
            accuracy: accuracy.map(Accuracy::read).transpose().part(PART)?,
            ordering: ordering.map_or(Ok(false), Element::decode).part(PART)?,
            nonce: nonce.map(|nonce| nonce.content.to_vec()),
            tsa: tsa.map(read_name).transpose()?,
            critical_extension: extensions.map_or(Ok(None), find_critical).part(PART)?,
        })
    }

    /// The policy of the authority under which it was made.
    pub fn policy(&self) -> ObjectIdentifier {
        self.policy
    }

    /// The kind of the stamped hash, which need not be one that is believed.
    pub fn imprint_algorithm(&self) -> ObjectIdentifier {
        self.imprint_algorithm
    }

    /// The stamped hash.
    pub fn hash(&self) -> &[u8] {
        &self.hash
    }

    /// The authority's number for the token, as a big-endian two's complement.
    pub fn serial(&self) -> &[u8] {
        &self.serial
    }

    /// When it was made, in microseconds since 1970, by the authority's clock.
    pub fn gen_time(&self) -> i64 {
        self.gen_time
    }

    /// By how much the clock may have been off; `None` if the authority leaves that to its policy.
    pub fn accuracy(&self) -> Option<Accuracy> {
        self.accuracy
    }

    /// Whether tokens of this authority can be ordered by their times alone.
    pub fn ordering(&self) -> bool {
        self.ordering
    }

    /// Whether it answers the request with this nonce.
    pub fn has_nonce(&self, nonce: u64) -> bool {
        self.nonce.as_deref() == Some(unsigned(nonce).as_slice())
    }

    /// The name the authority gives itself.
    pub(crate) fn tsa(&self) -> Option<&GeneralName> {
        self.tsa.as_ref()
    }

    /// The first critical extension. None has a meaning yet.
    pub(crate) fn critical_extension(&self) -> Option<ObjectIdentifier> {
        self.critical_extension
    }
}

/// Reads `MessageImprint ::= SEQUENCE { hashAlgorithm, hashedMessage OCTET STRING }`.
fn read_imprint(imprint: Element<'_>) -> der::Result<(ObjectIdentifier, &[u8])> {
    let mut fields = imprint.elements()?;
    let algorithm: AlgorithmIdentifierRef<'_> = fields.decode()?;
    let hash = fields.take(Tag::OctetString)?;
    fields.finish()?;
    if algorithm
        .parameters
        .is_some_and(|parameters| !parameters.is_null())
    {
        return Err(Tag::Null.value_error().to_error());
    }
    Ok((algorithm.oid, hash.content))
}

/// Reads `[0] EXPLICIT GeneralName`.
fn read_name(outer: Element<'_>) -> Result<GeneralName, Malformed> {
    within(GENERAL_NAME, outer.bytes, MAX_NAME)?;
    GeneralName::from_der(outer.content).part(PART)
}

/// The first critical one of `[1] IMPLICIT Extensions`.
fn find_critical(outer: Element<'_>) -> der::Result<Option<ObjectIdentifier>> {
    let mut extensions = outer.elements()?;
    while let Some(extension) = extensions.next()? {
        let mut fields = extension.elements()?;
        let oid = fields.decode()?;
        let critical = fields.take_if(Tag::Boolean)?.map_or(Ok(false), Element::decode)?;
        fields.take(Tag::OctetString)?;
        fields.finish()?;
        if critical {
            return Ok(Some(oid));
        }
    }
    Ok(None)
}

/// By how much an authority's clock may be off, either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accuracy {
    /// Microseconds.
    pub micros: u64,
}

impl Accuracy {
    /// Reads `Accuracy ::= SEQUENCE { seconds INTEGER OPTIONAL, millis [0] INTEGER (1..999) OPTIONAL, micros [1]
    /// INTEGER (1..999) OPTIONAL }`.
    fn read(accuracy: Element<'_>) -> der::Result<Accuracy> {
        let mut fields = accuracy.elements()?;
        let seconds = fields
            .take_if(Tag::Integer)?
            .map_or(Ok(0), Element::decode::<u32>)?;
        let millis = read_thousandths(&mut fields, 0)?;
        let micros = read_thousandths(&mut fields, 1)?;
        fields.finish()?;
        Ok(Accuracy {
            micros: u64::from(seconds) * 1_000_000 + millis * 1_000 + micros,
        })
    }
}

/// A number up to 999 with the implicit tag `[number]`; zero if there is none.
fn read_thousandths(fields: &mut Elements<'_>, number: u32) -> der::Result<u64> {
    let refused = Tag::Integer.value_error();
    match fields
        .take_if(context_primitive(number))?
        .map(|element| element.content)
    {
        None => Ok(0),
        Some(&[low]) if low < 0x80 => Ok(u64::from(low)),
        Some(&[high, low]) if high <= 3 => {
            let value = u64::from(high) << 8 | u64::from(low);
            if value > 999 {
                Err(refused.to_error())
            } else {
                Ok(value)
            }
        }
        Some(_) => Err(refused.to_error()),
    }
}

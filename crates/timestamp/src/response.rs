//! The answer of a timestamp authority (RFC 3161 §2.4.2): a token, or why there is none.

use std::fmt;

use der::Tag;
use der::asn1::BitStringRef;

use crate::error::{Malformed, Part, TimestampError, within};
use crate::token::{MAX_LENGTH, Token};
use crate::wire::{Element, Elements};

/// Media type of a response.
pub const CONTENT_TYPE: &str = "application/timestamp-reply";

const PART: &str = "the authority's answer";

/// Statements of an authority that are kept, and characters of each.
const MAX_STATEMENTS: usize = 16;
const MAX_STATEMENT_LENGTH: usize = 500;

/// An answer as it was read.
#[derive(Debug, Clone)]
pub struct Response {
    status: Status,
    statements: Vec<String>,
    failures: Vec<Failure>,
    token: Option<Token>,
}

impl Response {
    /// Reads an answer.
    ///
    /// # Errors
    /// If it is none, or contradicts itself. A refusal is not an error here, but of [`Response::into_token`].
    pub fn parse(bytes: &[u8]) -> Result<Response, Malformed> {
        within(PART, bytes, MAX_LENGTH)?;
        let mut fields = Element::read_sequence(bytes).part(PART)?;
        let info = fields
            .take(Tag::Sequence)
            .and_then(Element::elements)
            .part(PART)?;
        let (status, statements, failures) = read_status(info)?;
        let token = fields.take_if(Tag::Sequence).part(PART)?;
        fields.finish().part(PART)?;
        if status.is_granted() != token.is_some() {
            let token = token.is_some();
            return Err(Malformed::Contradiction { status, token });
        }
        Ok(Response {
            status,
            statements,
            failures,
            token: token.map(|token| Token::read(token.bytes)).transpose()?,
        })
    }

    /// What the authority says of the request.
    pub fn status(&self) -> Status {
        self.status
    }

    /// What the authority says in its own words.
    pub fn statements(&self) -> &[String] {
        &self.statements
    }

    /// Why there is no token.
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }

    /// The token, not yet verified.
    ///
    /// # Errors
    /// If the authority gave none: what it says instead.
    pub fn into_token(self) -> Result<Token, TimestampError> {
        self.token.ok_or(TimestampError::NotGranted {
            status: self.status,
            failures: self.failures,
            statements: self.statements,
        })
    }
}

/// Reads `PKIStatusInfo ::= SEQUENCE { status INTEGER, statusString SEQUENCE OF UTF8String OPTIONAL, failInfo BIT
/// STRING OPTIONAL }`.
fn read_status(mut info: Elements<'_>) -> Result<(Status, Vec<String>, Vec<Failure>), Malformed> {
    let status = Status::from_number(info.decode::<u8>().part(PART)?)?;
    let mut statements = Vec::new();
    if let Some(strings) = info.take_if(Tag::Sequence).part(PART)? {
        let mut strings = strings.elements().part(PART)?;
        while let Some(string) = strings.next().part(PART)? {
            if statements.len() < MAX_STATEMENTS {
                let text = String::from_utf8_lossy(string.content);
                statements.push(text.chars().take(MAX_STATEMENT_LENGTH).collect());
            }
        }
    }
    let mut failures = Vec::new();
    if let Some(bits) = info.take_if(Tag::BitString).part(PART)? {
        let bits: BitStringRef<'_> = bits.decode().part(PART)?;
        let set = bits.bits().enumerate().filter(|(_, set)| *set);
        failures = set.filter_map(|(bit, _)| Failure::from_bit(bit)).collect();
    }
    info.finish().part(PART)?;
    Ok((status, statements, failures))
}

/// What an authority says of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// There is a token, as asked for.
    Granted,
    /// There is a token, with changes; verification shows whether they matter.
    GrantedWithMods,
    /// There is none.
    Rejection,
    /// There will be one.
    Waiting,
    /// There is none, and the authority's certificate is about to be revoked.
    RevocationWarning,
    /// There is none, since the authority's certificate was revoked.
    RevocationNotification,
}

impl Status {
    fn from_number(number: u8) -> Result<Status, Malformed> {
        Ok(match number {
            0 => Status::Granted,
            1 => Status::GrantedWithMods,
            2 => Status::Rejection,
            3 => Status::Waiting,
            4 => Status::RevocationWarning,
            5 => Status::RevocationNotification,
            found => return Err(Malformed::Status { found }),
        })
    }

    fn is_granted(self) -> bool {
        matches!(self, Status::Granted | Status::GrantedWithMods)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Status::Granted => "granted",
            Status::GrantedWithMods => "granted with changes",
            Status::Rejection => "no",
            Status::Waiting => "not yet",
            Status::RevocationWarning => "that its certificate is about to be revoked",
            Status::RevocationNotification => "that its certificate was revoked",
        })
    }
}

/// Why there is no token (`PKIFailureInfo`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// `badAlg`
    BadAlgorithm,
    /// `badRequest`
    BadRequest,
    /// `badDataFormat`
    BadDataFormat,
    /// `timeNotAvailable`
    TimeNotAvailable,
    /// `unacceptedPolicy`
    UnacceptedPolicy,
    /// `unacceptedExtension`
    UnacceptedExtension,
    /// `addInfoNotAvailable`
    AddInfoNotAvailable,
    /// `systemFailure`
    SystemFailure,
}

impl Failure {
    fn from_bit(bit: usize) -> Option<Failure> {
        Some(match bit {
            0 => Failure::BadAlgorithm,
            2 => Failure::BadRequest,
            5 => Failure::BadDataFormat,
            14 => Failure::TimeNotAvailable,
            15 => Failure::UnacceptedPolicy,
            16 => Failure::UnacceptedExtension,
            17 => Failure::AddInfoNotAvailable,
            25 => Failure::SystemFailure,
            _ => return None,
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Failure::BadAlgorithm => "it does not know or support the kind of hash",
            Failure::BadRequest => "it does not allow or support such a request",
            Failure::BadDataFormat => "it cannot read the request",
            Failure::TimeNotAvailable => "its source of time is not available",
            Failure::UnacceptedPolicy => "it does not support the policy",
            Failure::UnacceptedExtension => "it does not support an extension",
            Failure::AddInfoNotAvailable => "it does not understand or have what was asked for besides",
            Failure::SystemFailure => "it has failed",
        })
    }
}

/// Reasons and statements as the end of a sentence.
pub(crate) fn in_words(failures: &[Failure], statements: &[String]) -> String {
    let failures = failures.iter().map(Failure::to_string);
    let words: Vec<_> = failures
        .chain(statements.iter().map(|words| format!("{words:?}")))
        .collect();
    if words.is_empty() {
        String::new()
    } else {
        format!(": {}", words.join(", "))
    }
}

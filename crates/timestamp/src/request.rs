//! The question to a timestamp authority (RFC 3161 §2.4.1), always asking for its certificates.
//!
//! ```text
//! TimeStampReq ::= SEQUENCE { version INTEGER 1, messageImprint, reqPolicy OID OPTIONAL, nonce INTEGER, certReq TRUE
//! }
//! ```
//!
//! It goes by HTTP POST, with [`CONTENT_TYPE`]; the answer comes with [`crate::response::CONTENT_TYPE`].

use der::asn1::ObjectIdentifier;

use crate::hash::Imprint;
use crate::verify::{Expected, Stamped};

/// Media type of a request.
pub const CONTENT_TYPE: &str = "application/timestamp-query";

const BOOLEAN: u8 = 0x01;
const INTEGER: u8 = 0x02;
const OCTET_STRING: u8 = 0x04;
const NULL: u8 = 0x05;
const OBJECT_IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    imprint: Imprint,
    nonce: u64,
    policies: Vec<ObjectIdentifier>,
}

impl Request {
    /// Asks for a timestamp of `imprint`. The nonce must be random: by it the answer is known not to be an old one.
    pub fn new(imprint: Imprint, nonce: u64) -> Request {
        Request {
            imprint,
            nonce,
            policies: Vec::new(),
        }
    }

    /// Asks for a timestamp under this policy and no other.
    #[must_use]
    pub fn under(self, policy: ObjectIdentifier) -> Request {
        Request {
            policies: vec![policy],
            ..self
        }
    }

    /// The bytes to send.
    pub fn to_der(&self) -> Vec<u8> {
        let algorithm = [
            element(OBJECT_IDENTIFIER, self.imprint.algorithm().oid().as_bytes()),
            element(NULL, &[]),
        ];
        let imprint = [
            element(SEQUENCE, &algorithm.concat()),
            element(OCTET_STRING, self.imprint.hash()),
        ];
        let policy = self
            .policies
            .iter()
            .map(|policy| element(OBJECT_IDENTIFIER, policy.as_bytes()));
        let fields = [
            element(INTEGER, &[1]),
            element(SEQUENCE, &imprint.concat()),
            policy.collect::<Vec<_>>().concat(),
            element(INTEGER, &unsigned(self.nonce)),
            element(BOOLEAN, &[0xff]),
        ];
        element(SEQUENCE, &fields.concat())
    }

    /// What the token has to say to answer this request.
    pub fn expected(&self) -> Expected<'_> {
        Expected {
            stamped: Stamped::Imprint(&self.imprint),
            nonce: Some(self.nonce),
            policies: &self.policies,
        }
    }
}

/// Content of a DER INTEGER.
pub(crate) fn unsigned(number: u64) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count().min(7);
    let digits = &bytes[zeros..];
    // A first bit of 1 would make it negative.
    let sign: &[u8] = if digits[0] < 0x80 { &[] } else { &[0] };
    [sign, digits].concat()
}

/// One element. Nothing in a request is longer than 255 bytes.
fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len() as u8;
    let head: &[u8] = if length < 0x80 {
        &[tag, length]
    } else {
        &[tag, 0x81, length]
    };
    [head, content].concat()
}

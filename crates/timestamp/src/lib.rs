//! RFC 3161 timestamps, without any input or output: what a timestamp authority is asked, what it answers, and
//! whether that answer shows that bytes existed at a time.
//!
//! | module | what | after |
//! |---|---|---|
//! | [`hash`] | the hash of what is stamped | RFC 3161 §2.4.1, RFC 5754 |
//! | [`request`] | the question to the authority | RFC 3161 §2.4.1 |
//! | [`response`] | its answer: a token, or why there is none | RFC 3161 §2.4.2 |
//! | [`token`] | the token: CMS signed data over a statement of time | RFC 3161 §2.4.2, RFC 5652 §5 |
//! | [`certificate`] | certificates and revocation lists | RFC 5280 |
//! | [`mod@verify`] | everything that has to hold | RFC 3161 §2.2, §2.3 and §4, RFC 5816, RFC 5280 §6 |
//! | `asic` | data and its tokens in one file (feature `asic`, on by default) | ETSI EN 319 162-1 |
//!
//! ```
//! use kronika_timestamp::{Certificate, Imprint, Request, Response, Trust, verify};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let data = include_bytes!("../tests/vectors/data.txt");
//! # let answer = include_bytes!("../tests/vectors/ec/resp.tsr");
//! # let roots = include_str!("../tests/vectors/ec/ca.crt");
//! # let (nonce, now) = (8_143_593_572_125_913_609, 1_893_456_000_000_000);
//! let request = Request::new(Imprint::sha256(data), nonce);
//! let question = request.to_der(); // goes to the authority, from which `answer` comes
//!
//! let token = Response::parse(answer)?.into_token()?;
//! let anchors = Certificate::from_pem(roots)?;
//! let trust = Trust { anchors, ..Trust::default() };
//! let verified = verify(&token, &request.expected(), &trust, now)?;
//! assert_eq!(verified.gen_time, 1_795_317_282_000_000); // 22 November 2026
//! # Ok(())
//! # }
//! ```
//!
//! A token accepted here shows that the authority, whom the given anchors trust, had the hash at the stated time,
//! give or take its accuracy. It does not show that nothing else was stamped beside it, nor that what was stamped is
//! true.
//!
//! Times are microseconds since 1970, UTC. Everything read here may come from an opponent: parsers return errors and
//! never panic, sizes and work are bounded, and what is hashed are always the bytes as received, never written anew.
#![forbid(unsafe_code)]
#![warn(missing_docs)]

#[cfg(feature = "asic")]
pub mod asic;
pub mod certificate;
mod error;
pub mod hash;
mod oid;
pub mod request;
pub mod response;
mod signature;
mod time;
pub mod token;
pub mod verify;
mod wire;

pub use certificate::{Certificate, Crl};
pub use der::asn1::ObjectIdentifier;
pub use error::{Malformed, TimestampError};
pub use hash::{HashAlgorithm, Imprint};
pub use request::Request;
pub use response::Response;
pub use signature::SignatureError;
pub use token::Token;
pub use verify::{Expected, Stamped, Trust, Verified, verify};

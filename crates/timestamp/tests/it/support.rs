//! Vectors, and what most tests ask of them.

use std::fs;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use kronika_timestamp::{Certificate, Expected, Stamped, TimestampError, Token, Trust, Verified, verify};

/// What the vectors stamp.
pub const DATA: &[u8] = include_bytes!("../vectors/data.txt");
pub const EXAMPLE_ASIC: &[u8] = include_bytes!("../vectors/example.asics");

/// Answers to a request over [`DATA`], by one authority.
pub struct Vectors {
    pub root: &'static str,
    pub authority: &'static str,
    pub request: &'static [u8],
    pub response: &'static [u8],
    pub without_certificates: &'static [u8],
    pub two_certificates: &'static [u8],
}

macro_rules! vectors {
    ($folder:literal) => {
        Vectors {
            root: include_str!(concat!("../vectors/", $folder, "/ca.crt")),
            authority: include_str!(concat!("../vectors/", $folder, "/tsa.crt")),
            request: include_bytes!(concat!("../vectors/", $folder, "/req.tsq")),
            response: include_bytes!(concat!("../vectors/", $folder, "/resp.tsr")),
            without_certificates: include_bytes!(concat!("../vectors/", $folder, "/resp-nocert.tsr")),
            two_certificates: include_bytes!(concat!(
                "../vectors/",
                $folder,
                "/resp-2certs-openssl-order.tsr"
            )),
        }
    };
}

pub const RSA: Vectors = vectors!("rsa");
pub const EC: Vectors = vectors!("ec");

impl Vectors {
    pub fn trust(&self) -> Trust {
        trust(self.root)
    }
}

/// The certificates of a PEM file as anchors, and nothing else.
pub fn trust(anchors: &str) -> Trust {
    Trust {
        anchors: Certificate::from_pem(anchors).unwrap(),
        ..Trust::default()
    }
}

/// Any token over `data`.
pub fn over(data: &[u8]) -> Expected<'_> {
    Expected {
        stamped: Stamped::Data(data),
        nonce: None,
        policies: &[],
    }
}

/// Whether an answer or a token shows that `data` existed.
pub fn check(answer: &[u8], data: &[u8], trust: &Trust) -> Result<Verified, TimestampError> {
    verify(&Token::parse(answer)?, &over(data), trust, now())
}

/// Microseconds since 1970.
pub fn now() -> i64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(elapsed.as_micros()).unwrap()
}

/// A file from the shared data; `None`, said aloud, if it is not there.
pub fn shared(name: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/tlog")
        .join(name);
    let read = fs::read(&path);
    if read.is_err() {
        eprintln!("SKIPPED: no shared vectors {}", path.display());
    }
    read.ok()
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

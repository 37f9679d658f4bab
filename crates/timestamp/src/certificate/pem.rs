//! Files of certificates and lists: DER, or blocks of PEM (RFC 7468) in lines of any length.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use crate::error::Malformed;

/// The contents of all blocks with this label.
pub(super) fn read(text: &str, part: &'static str, label: &str) -> Result<Vec<Vec<u8>>, Malformed> {
    let (begin, end) = (
        format!("-----BEGIN {label}-----"),
        format!("-----END {label}-----"),
    );
    let mut contents = Vec::new();
    let mut rest = text;
    while let Some((_, block)) = rest.split_once(&begin) {
        let (body, after) = block.split_once(&end).ok_or(Malformed::Pem { part })?;
        let digits: String = body.split_ascii_whitespace().collect();
        let content = BASE64_STANDARD
            .decode(digits)
            .map_err(|_| Malformed::Pem { part })?;
        contents.push(content);
        rest = after;
    }
    Ok(contents)
}

/// The content of a file in DER, or of all its blocks with this label.
pub(super) fn read_file(bytes: &[u8], part: &'static str, label: &str) -> Result<Vec<Vec<u8>>, Malformed> {
    const SEQUENCE: u8 = 0x30;
    if bytes.first() == Some(&SEQUENCE) {
        return Ok(vec![bytes.to_vec()]);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Malformed::Pem { part })?;
    read(text, part, label)
}

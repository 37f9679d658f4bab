//! Blocks of PEM (RFC 7468).

use der::Document;

use crate::error::Malformed;

/// The contents of all blocks with this label.
pub(super) fn read(text: &str, part: &'static str, label: &str) -> Result<Vec<Vec<u8>>, Malformed> {
    let (begin, end) = (
        format!("-----BEGIN {label}-----"),
        format!("-----END {label}-----"),
    );
    let mut contents = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(&begin) {
        let block = &rest[start..];
        let length = block.find(&end).ok_or(Malformed::Pem { part })? + end.len();
        let (_, document) = Document::from_pem(&block[..length]).map_err(|_| Malformed::Pem { part })?;
        contents.push(document.as_bytes().to_vec());
        rest = &block[length..];
    }
    Ok(contents)
}

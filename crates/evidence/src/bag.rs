//! The folder as BagIt (RFC 8493): what lists the files and their hashes.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::{instant, layout};

/// `bagit.txt`, always the same.
pub const BAGIT: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// SHA-256 of a file.
pub type FileHash = [u8; 32];

/// Files and their hashes, as a manifest has them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest(pub BTreeMap<String, FileHash>);

impl Manifest {
    /// Reads a manifest in the one spelling there is: `hash`, two spaces, `name`, a line feed; in ascending order.
    ///
    /// # Errors
    /// If a line is otherwise.
    pub fn parse(bytes: &[u8]) -> Result<Manifest, ManifestError> {
        let text = std::str::from_utf8(bytes).map_err(|_| ManifestError { line: 0 })?;
        let mut files = BTreeMap::new();
        let mut lines = 0;
        for (line, content) in (1..).zip(text.split_inclusive('\n')) {
            let (name, hash) = parse_line(content).ok_or(ManifestError { line })?;
            if files.last_key_value().is_some_and(|(last, _)| *last >= name) {
                return Err(ManifestError { line });
            }
            files.insert(name, hash);
            lines = line;
        }
        if lines == 0 {
            return Err(ManifestError { line: 0 });
        }
        Ok(Manifest(files))
    }

    /// The manifest as a file.
    pub fn to_text(&self) -> String {
        let line = |(name, hash): (&String, &FileHash)| format!("{}  {name}\n", HEXLOWER.encode(hash));
        self.0.iter().map(line).collect()
    }
}

fn parse_line(line: &str) -> Option<(String, FileHash)> {
    let (hash, name) = line.strip_suffix('\n')?.split_once("  ")?;
    let hash = HEXLOWER.decode(hash.as_bytes()).ok()?;
    Some((name.to_owned(), hash.try_into().ok()?))
}

/// Whether a file is part of the payload, which `manifest-sha256.txt` lists; the others are tag files.
pub fn is_payload(name: &str) -> bool {
    name.starts_with("data/")
}

/// SHA-256 of what is in memory.
pub fn hash(content: &[u8]) -> FileHash {
    Sha256::digest(content).into()
}

/// `bag-info.txt`.
pub fn info(organisation: &str, description: &str, made_at: i64) -> String {
    let organisation = one_line(organisation);
    let description = one_line(description);
    let day = instant::day(made_at);
    format!(
        "Source-Organization: {organisation}\nExternal-Description: {description}\nBagging-Date: {day}\n\
         Kronika-Evidence-Version: 1\n"
    )
}

/// A value without line ends, which would begin another field.
fn one_line(text: &str) -> String {
    let shown = |character: char| if character.is_control() { ' ' } else { character };
    let text: String = text.chars().map(shown).collect();
    text.trim().to_owned()
}

/// Whether a tag file of this name belongs to a package.
pub fn is_tag_file(name: &str) -> bool {
    let known = [
        layout::BAG_INFO,
        layout::BAGIT,
        layout::CHECK,
        layout::MANIFEST,
        layout::TAG_MANIFEST,
    ];
    known.contains(&name) || layout::README.contains(&name)
}

/// A line of a manifest that is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {line} is not a hash and the name of a file that comes after the one before")]
pub struct ManifestError {
    /// Which line, from 1; 0 if there is none or the file is not text.
    pub line: usize,
}

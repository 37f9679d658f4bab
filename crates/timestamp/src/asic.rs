//! Data and its timestamps in one file: ASiC-S with time assertions (ETSI EN 319 162-1 §4.3, extension `.asics`).
//!
//! ```text
//! mimetype                    application/vnd.etsi.asic-s+zip, first and not compressed
//! checkpoint                  the data, under its own name
//! META-INF/timestamp.tst      a token over the data
//! META-INF/timestamp-002.tst  a token over the bytes of timestamp.tst
//! META-INF/timestamp-003.tst  a token over the bytes of timestamp-002.tst, …
//! ```
//!
//! The standard has the data and the first token, which `openssl ts` can check once they are unpacked. The others renew it
//! before its certificates expire, each stamping the one before; that is our own reading of what a renewal is.

use std::io::{Cursor, Read, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::token;

/// Media type of such a file.
pub const CONTENT_TYPE: &str = "application/vnd.etsi.asic-s+zip";

/// Most bytes of the data. What is stamped here are checkpoints, which are short.
pub const MAX_DATA: usize = 1 << 24;

/// Most bytes of a container.
pub const MAX_LENGTH: usize = 1 << 25;

/// Most tokens: a renewal every year for a hundred years.
pub const MAX_TOKENS: usize = 100;

const MIMETYPE: &str = "mimetype";
const FOLDER: &str = "META-INF/";

/// Most files: the folder may have others, such as manifests, which are not read.
const MAX_ENTRIES: usize = MAX_TOKENS + 32;

/// What such a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Container {
    /// Name of the data.
    pub name: String,
    /// The data.
    pub data: Vec<u8>,
    /// The tokens as they were received: the first over the data, each other over the one before.
    pub tokens: Vec<Vec<u8>>,
}

impl Container {
    /// Writes the file. The same container is always the same bytes.
    ///
    /// # Errors
    /// If there is no token, the name is not that of a file, or something is longer than [`Container::parse`] would take.
    pub fn to_bytes(&self) -> Result<Vec<u8>, AsicError> {
        check_name(&self.name)?;
        if self.tokens.is_empty() || self.tokens.len() > MAX_TOKENS {
            let found = self.tokens.len();
            return Err(AsicError::Tokens { found });
        }
        check_length(&self.name, &self.data, MAX_DATA)?;
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let mut add = |name: &str, method, content: &[u8]| -> Result<(), AsicError> {
            let options = SimpleFileOptions::default()
                .compression_method(method)
                .last_modified_time(zip::DateTime::default());
            zip.start_file(name, options)?;
            Ok(zip.write_all(content).map_err(ZipError::Io)?)
        };
        add(MIMETYPE, CompressionMethod::Stored, CONTENT_TYPE.as_bytes())?;
        add(&self.name, CompressionMethod::Deflated, &self.data)?;
        for (number, token) in (1..).zip(&self.tokens) {
            check_length(&token_name(number), token, token::MAX_LENGTH)?;
            add(&token_name(number), CompressionMethod::Deflated, token)?;
        }
        Ok(zip.finish()?.into_inner())
    }

    /// Reads a file.
    ///
    /// # Errors
    /// If it is not such a container, or larger than one should be.
    pub fn parse(bytes: &[u8]) -> Result<Container, AsicError> {
        check_length("the container", bytes, MAX_LENGTH)?;
        let mut zip = ZipArchive::new(Cursor::new(bytes))?;
        if zip.len() > MAX_ENTRIES {
            return Err(AsicError::Entries { found: zip.len() });
        }
        let mimetype = read(&mut zip, MIMETYPE, CONTENT_TYPE.len())?;
        if mimetype != CONTENT_TYPE.as_bytes() {
            let found = String::from_utf8_lossy(&mimetype).into_owned();
            return Err(AsicError::OtherType { found });
        }
        let name = only_data_name(&zip)?;
        let data = read(&mut zip, &name, MAX_DATA)?;
        let mut tokens = Vec::new();
        while zip.index_for_name(&token_name(tokens.len() + 1)).is_some() {
            tokens.push(read(&mut zip, &token_name(tokens.len() + 1), token::MAX_LENGTH)?);
        }
        if tokens.is_empty() || tokens.len() > MAX_TOKENS {
            let found = tokens.len();
            return Err(AsicError::Tokens { found });
        }
        Ok(Container { name, data, tokens })
    }

    /// Each token, after the bytes that it is to stamp.
    pub fn layers(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        let stamped = std::iter::once(&self.data).chain(&self.tokens);
        stamped
            .zip(&self.tokens)
            .map(|(stamped, token)| (stamped.as_slice(), token.as_slice()))
    }
}

fn token_name(number: usize) -> String {
    match number {
        1 => format!("{FOLDER}timestamp.tst"),
        _ => format!("{FOLDER}timestamp-{number:03}.tst"),
    }
}

/// The name of the one file beside `mimetype` that is not in the folder.
fn only_data_name(zip: &ZipArchive<Cursor<&[u8]>>) -> Result<String, AsicError> {
    let names: Vec<_> = zip.file_names().collect::<Result<_, _>>()?;
    let is_data = |name: &&str| *name != MIMETYPE && !name.starts_with(FOLDER);
    let data: Vec<&str> = names.iter().map(AsRef::as_ref).filter(is_data).collect();
    match *data {
        [name] => {
            check_name(name)?;
            Ok(name.to_owned())
        }
        _ => Err(AsicError::DataFiles { found: data.len() }),
    }
}

/// The name must be that of a file beside the container, and nowhere else.
fn check_name(name: &str) -> Result<(), AsicError> {
    let bad = |character: char| matches!(character, '/' | '\\' | ':') || character.is_control();
    if name.is_empty() || name == MIMETYPE || name.starts_with('.') || name.contains(bad) {
        let name = name.to_owned();
        return Err(AsicError::Name { name });
    }
    Ok(())
}

fn read(zip: &mut ZipArchive<Cursor<&[u8]>>, name: &str, limit: usize) -> Result<Vec<u8>, AsicError> {
    let file = zip.by_name(name)?;
    let mut content = Vec::new();
    file.take(limit as u64 + 1)
        .read_to_end(&mut content)
        .map_err(ZipError::Io)?;
    check_length(name, &content, limit)?;
    Ok(content)
}

fn check_length(name: &str, content: &[u8], limit: usize) -> Result<(), AsicError> {
    if content.len() > limit {
        let name = name.to_owned();
        return Err(AsicError::TooLong { name, limit });
    }
    Ok(())
}

/// Why something is not such a container, or cannot be put into one.
#[derive(Debug, thiserror::Error)]
pub enum AsicError {
    /// Not a readable ZIP file.
    #[error("the container cannot be read or written as ZIP: {0}")]
    Zip(#[from] ZipError),
    /// A container of another kind.
    #[error("the container is of type {found:?}, not {CONTENT_TYPE}")]
    OtherType {
        /// What it says it is.
        found: String,
    },
    /// More files than a container needs.
    #[error("the container has {found} files, more than {MAX_ENTRIES}")]
    Entries {
        /// How many it has.
        found: usize,
    },
    /// Not exactly one file of data.
    #[error("the container has {found} files of data instead of one")]
    DataFiles {
        /// How many it has.
        found: usize,
    },
    /// No token, or too many.
    #[error("the container has {found} tokens, not from 1 to {MAX_TOKENS}")]
    Tokens {
        /// How many it has.
        found: usize,
    },
    /// The data's name is not that of a file in a container.
    #[error("the data is called {name:?}, which is not the name of a file beside others")]
    Name {
        /// The name.
        name: String,
    },
    /// The container, or a file in it, is longer than it may be.
    #[error("{name} is longer than {limit} bytes")]
    TooLong {
        /// The file.
        name: String,
        /// Bytes it may have.
        limit: usize,
    },
}

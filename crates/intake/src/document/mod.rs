//! The text of attached documents, to be searched: not their looks.
//!
//! [`text`] is bounded in time and memory by what it is given. Formats whose readers can't promise that (PDF,
//! old Excel) are left to [`isolated`], for a child process that may be killed.

mod calendar;
pub mod isolated;
mod office;
mod rtf;
mod sheet;
mod xml;

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// Why a document's text could not be had.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    #[error("the document is damaged: {reason}")]
    Damaged { reason: String },
    #[error("the document is encrypted")]
    Encrypted,
    #[error("this kind of document is only read in a process of its own")]
    NeedsIsolation,
}

/// The kinds of documents that have text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Html,
    Rtf,
    Word,
    Slides,
    OpenDocument,
    Sheet,
    Mail,
    Calendar,
    Isolated,
}

/// The text of a document, at most `limit` bytes of it; `None` for what has no text we can read, such as a picture.
///
/// # Errors
/// When the document is damaged or encrypted, or has to be read by [`isolated`].
pub fn text(
    media_type: &str,
    filename: &str,
    bytes: &[u8],
    limit: usize,
) -> Result<Option<String>, DocumentError> {
    let Some(kind) = kind(media_type, filename, bytes) else {
        return Ok(None);
    };
    let start = bytes.get(..limit.saturating_mul(4)).unwrap_or(bytes);
    let text = match kind {
        Kind::Plain => crate::mail::unlabelled_text(start).into_owned(),
        Kind::Html => crate::mail::html_text(start),
        Kind::Rtf => rtf::text(start, limit),
        Kind::Word | Kind::Slides | Kind::OpenDocument => {
            office::text(kind, &mut Package::open(bytes, limit)?)?
        }
        Kind::Sheet => sheet::text(&mut Package::open(bytes, limit)?)?,
        Kind::Mail => mail_text(bytes),
        Kind::Calendar => calendar::text(&crate::mail::unlabelled_text(start)),
        Kind::Isolated => return Err(DocumentError::NeedsIsolation),
    };
    Ok(Some(cut(text, limit)))
}

/// The text, cut between two characters.
fn cut(mut text: String, limit: usize) -> String {
    if text.len() > limit {
        let end = (0..=limit)
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0);
        text.truncate(end);
    }
    text
}

fn kind(media_type: &str, filename: &str, bytes: &[u8]) -> Option<Kind> {
    let extension = filename
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase());
    by_content(bytes)
        .or_else(|| by_extension(extension.as_deref().unwrap_or_default(), bytes))
        .or_else(|| by_media_type(&media_type.to_ascii_lowercase(), bytes))
}

fn by_content(bytes: &[u8]) -> Option<Kind> {
    if bytes.starts_with(b"{\\rtf") {
        return Some(Kind::Rtf);
    }
    let start = bytes.get(..1024).unwrap_or(bytes);
    memchr::memmem::find(start, b"%PDF-").map(|_| Kind::Isolated)
}

fn by_extension(extension: &str, bytes: &[u8]) -> Option<Kind> {
    let zip = bytes.starts_with(b"PK");
    match extension {
        "docx" | "docm" | "dotx" if zip => Some(Kind::Word),
        "pptx" | "pptm" | "ppsx" if zip => Some(Kind::Slides),
        "odt" | "ods" | "odp" | "ott" if zip => Some(Kind::OpenDocument),
        "xlsx" | "xlsm" | "xltx" if zip => Some(Kind::Sheet),
        "xls" | "xlsb" => Some(Kind::Isolated),
        "htm" | "html" | "xhtml" => Some(Kind::Html),
        "eml" => Some(Kind::Mail),
        "ics" => Some(Kind::Calendar),
        "txt" | "csv" | "tsv" | "log" | "md" | "json" | "xml" | "vcf" | "ini" | "yaml" | "yml"
            if is_text(bytes) =>
        {
            Some(Kind::Plain)
        }
        _ => None,
    }
}

fn by_media_type(media_type: &str, bytes: &[u8]) -> Option<Kind> {
    let zip = bytes.starts_with(b"PK");
    match media_type {
        "text/html" | "application/xhtml+xml" => Some(Kind::Html),
        "text/calendar" | "application/ics" => Some(Kind::Calendar),
        "message/rfc822" | "message/global" => Some(Kind::Mail),
        "application/vnd.ms-excel" if !zip => Some(Kind::Isolated),
        _ if zip && media_type.contains("wordprocessingml") => Some(Kind::Word),
        _ if zip && media_type.contains("presentationml") => Some(Kind::Slides),
        _ if zip && media_type.contains("spreadsheetml") => Some(Kind::Sheet),
        _ if zip && media_type.contains("oasis.opendocument") => Some(Kind::OpenDocument),
        _ if media_type.starts_with("text/") && is_text(bytes) => Some(Kind::Plain),
        _ => None,
    }
}

/// Text has no NUL, unless it is UTF-16 and says so.
fn is_text(bytes: &[u8]) -> bool {
    let start = bytes.get(..4096).unwrap_or(bytes);
    start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF") || !start.contains(&0)
}

fn mail_text(bytes: &[u8]) -> String {
    match crate::mail::capture(bytes) {
        Ok(message) => format!(
            "{}\n\n{}",
            message.subject,
            crate::mail::reading(bytes, &message).text
        ),
        Err(_) => crate::mail::unlabelled_text(bytes).into_owned(),
    }
}

/// A zip file of XML parts.
struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The bytes of text wanted.
    limit: usize,
    /// The bytes that may still be unpacked.
    budget: u64,
}

impl<'a> Package<'a> {
    fn open(bytes: &'a [u8], limit: usize) -> Result<Self, DocumentError> {
        /// XML around a byte of text, at most.
        const MARKUP: u64 = 64;
        if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
            return Err(DocumentError::Encrypted);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        Ok(Self {
            archive,
            limit,
            budget: MARKUP.saturating_mul(limit as u64),
        })
    }

    /// The names of all parts.
    fn names(&self) -> Vec<String> {
        const MAX_PARTS: usize = 20_000;
        self.archive
            .file_names()
            .take(MAX_PARTS)
            .filter_map(|name| Some(name.ok()?.into_owned()))
            .collect()
    }

    /// A part as text; as much of it as may be unpacked.
    fn part(&mut self, name: &str) -> Result<Option<String>, DocumentError> {
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(damaged(&error)),
        };
        let mut bytes = Vec::new();
        // What was unpacked before the damage is still worth searching.
        let _ = file.take(self.budget).read_to_end(&mut bytes);
        self.budget -= bytes.len() as u64;
        Ok(Some(crate::mail::unlabelled_text(&bytes).into_owned()))
    }
}

fn damaged(error: &dyn std::fmt::Display) -> DocumentError {
    DocumentError::Damaged {
        reason: error.to_string(),
    }
}

//! Files that hold other files: what they are, and what is in them.
//!
//! Nothing is written anywhere; the entries of an archive are shown one by one to a visitor, as they are unpacked.
//! An archive that unpacks to more than it may is an error, as is one that ends early, after its good entries.

mod maildir;
mod meter;
mod tar;
mod zip;

use std::io::{self, Read};

pub use maildir::{MaildirPath, maildir_path};

pub use self::tar::{visit_tar, visit_tar_zst};
pub use self::zip::visit_zip;

/// What a file is, by its first bytes and its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// One message.
    MailFile,
    Mbox,
    Zip,
    Tar,
    TarZst,
    /// An Outlook mailbox, which has to be converted first.
    OutlookPst,
    /// A message as Outlook saves it, which has to be converted first.
    OutlookMsg,
    Unknown,
}

/// How many of a file's first bytes [`sniff`] looks at.
pub const SNIFF_BYTES: usize = 1024;

/// Tells what a file is. The bytes decide; the name only where they don't.
#[must_use]
pub fn sniff(start: &[u8], name: &str) -> Format {
    let start = start.get(..SNIFF_BYTES).unwrap_or(start);
    let text = start
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(start)
        .trim_ascii_start();
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref().unwrap_or_default() {
        _ if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") => Format::Zip,
        _ if start.starts_with(b"\x28\xB5\x2F\xFD") => Format::TarZst,
        _ if start.get(257..262) == Some(b"ustar") => Format::Tar,
        _ if start.starts_with(b"!BDN") => Format::OutlookPst,
        "msg" if start.starts_with(b"\xD0\xCF\x11\xE0") => Format::OutlookMsg,
        _ if text.starts_with(b"From ") => Format::Mbox,
        _ if start.contains(&0) => Format::Unknown,
        "eml" => Format::MailFile,
        _ if starts_as_mail(text) => Format::MailFile,
        _ => Format::Unknown,
    }
}

/// Whether the first lines are fields, one of them known from mail.
fn starts_as_mail(text: &[u8]) -> bool {
    crate::mail::starts_as_header(text)
}

/// What an archive may unpack to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub entries: usize,
    /// Bytes of all entries together.
    pub total: u64,
    /// How many times its own size an archive may unpack to; asked once it has unpacked to more than 16 MiB.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            entries: 2_000_000,
            total: 256 << 30,
            ratio: 200,
        }
    }
}

/// A file in an archive.
pub struct Entry<'a> {
    /// Its path in the archive, as it stands there: never a path to write to.
    pub path: String,
    /// Its content. What can't be unpacked is an error on reading; the entries after it may be good.
    pub content: &'a mut dyn Read,
}

/// Why an archive could not be read to its end.
#[derive(Debug, thiserror::Error)]
pub enum ContainerError {
    #[error("the archive has more than {limit} entries")]
    TooManyEntries { limit: usize },
    #[error("the archive unpacks to more than {limit} bytes")]
    TooLarge { limit: u64 },
    #[error("the archive unpacks to more than {ratio} times its size, as one made to do harm would")]
    Bomb { ratio: u64 },
    #[error("the archive is damaged or cut off after {entries} entries")]
    Damaged { entries: usize, source: io::Error },
}

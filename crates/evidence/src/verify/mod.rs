//! Checking a package: what holds, on whose word, and what could not be checked.

mod bag;
mod checkpoint;
mod completeness;
mod item;
mod leaves;
mod list;
mod receipt;
mod time;
mod timestamp;
mod verdict;

use std::io::{self, Read, Seek, SeekFrom};

use kronika_timestamp::Certificate;
use kronika_tlog::policy::Policy;

use crate::container::{ContainerError, Reader};
use crate::layout;
pub use receipt::{ReceiptVerifyError, receipt};
pub use verdict::{Claim, ClaimName, ItemVerdict, Overall, Status, Verdict};

/// What whoever verifies brings along.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Whose signatures count. Without it, the package's own policy is used, and the verdict says so.
    pub policy: Option<Policy>,
    /// Roots of timestamp authorities. Without any, timestamps are not checked.
    pub roots: Vec<Certificate>,
    /// The present, in microseconds since 1970. What is dated later is refused.
    pub now: i64,
}

/// Why nothing can be said of a file.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// Reading failed.
    #[error("the package could not be read: {0}")]
    Io(#[from] io::Error),
    /// An age file.
    #[error("this file is encrypted with age; decrypt it first: age --decrypt --output package.zip FILE")]
    Encrypted,
    /// Something else.
    #[error("this file is not a package: it does not begin as a ZIP file does")]
    NotAPackage,
}

/// Checks a package.
///
/// # Errors
/// If the file cannot be read, or is not a package at all. A damaged package is not an error but a verdict.
pub fn verify<R: Read + Seek>(mut source: R, options: &Options) -> Result<Verdict, VerifyError> {
    check_kind(&mut source)?;
    let mut found = Findings::new();
    let reader = match Reader::open(source) {
        Ok(reader) => reader,
        Err(error) => {
            found.claim(ClaimName::Integrity).wrong(damage(error)?);
            return Ok(found.into_verdict(String::new(), Vec::new()));
        }
    };
    let folder = reader.folder().to_owned();
    let mut opened = Opened { reader, options };
    let items = check_all(&mut opened, &mut found)?;
    Ok(found.into_verdict(folder, items))
}

fn check_all<R: Read + Seek>(
    opened: &mut Opened<'_, R>,
    found: &mut Findings,
) -> Result<Vec<ItemVerdict>, VerifyError> {
    let hashes = bag::check(opened, found)?;
    let journal = checkpoint::check(opened, found)?;
    let list = list::check(opened, found, &hashes)?;
    let mut items = item::check_all(opened, found, (&list, journal.as_ref(), &hashes))?;
    let holes = completeness::check(opened, found, &items)?;
    let Some(journal) = journal else {
        leaves::not_checked(found);
        timestamp::not_checked(found);
        time::not_checked(found);
        return Ok(items.into_iter().map(|item| item.verdict).collect());
    };
    let tree = leaves::check(opened, found, (&journal, &items, &holes))?;
    let mut known = checkpoint::cosigned(&journal, &tree);
    known.extend(timestamp::check(opened, found, (&journal, &tree))?);
    time::check(found, &mut items, (&journal, &tree), &known);
    Ok(items.into_iter().map(|item| item.verdict).collect())
}

/// Refuses what was never a package, so that it is not called a damaged one.
fn check_kind<R: Read + Seek>(source: &mut R) -> Result<(), VerifyError> {
    let mut start = Vec::new();
    source.seek(SeekFrom::Start(0))?;
    source.by_ref().take(32).read_to_end(&mut start)?;
    if start.starts_with(b"age-encryption.org/") || start.starts_with(b"-----BEGIN AGE ENCRYPTED") {
        Err(VerifyError::Encrypted)
    } else if start.starts_with(b"PK") {
        Ok(())
    } else {
        Err(VerifyError::NotAPackage)
    }
}

/// The package and what whoever verifies brought along.
struct Opened<'a, R> {
    reader: Reader<R>,
    options: &'a Options,
}

impl<R: Read + Seek> Opened<'_, R> {
    /// A file of at most `limit` bytes; what is wrong with it is put down to the claim.
    fn read(&mut self, name: &str, limit: u64, claim: &mut Claim) -> Result<Option<Vec<u8>>, VerifyError> {
        match self.reader.read(name, limit) {
            Ok(content) => Ok(Some(content)),
            Err(error) => {
                claim.wrong(damage(error)?);
                Ok(None)
            }
        }
    }

    /// Names of the files that begin so, in order.
    fn names(&self, prefix: &str) -> Vec<String> {
        let entries = self.reader.entries().into_iter();
        entries
            .map(|entry| entry.name)
            .filter(|name| name.starts_with(prefix))
            .collect()
    }
}

/// What is wrong with the package, unless it is the reading itself that failed.
fn damage(error: ContainerError) -> Result<String, VerifyError> {
    match error {
        ContainerError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => Err(error.into()),
        ContainerError::Io(_) => Ok("the package ends too early, or says so of a file".to_owned()),
        error => Ok(error.to_string()),
    }
}

/// The claims, as far as they have been looked at.
struct Findings {
    claims: Vec<Claim>,
}

impl Findings {
    fn new() -> Findings {
        Findings {
            claims: ClaimName::ALL.into_iter().map(Claim::new).collect(),
        }
    }

    fn claim(&mut self, name: ClaimName) -> &mut Claim {
        // The claims stand in the order of their names.
        &mut self.claims[name as usize]
    }

    fn into_verdict(mut self, package: String, items: Vec<ItemVerdict>) -> Verdict {
        let origin = self.claim(ClaimName::Origin);
        if origin.sentences.is_empty() {
            origin.say("It could not be checked: the keys of the senders' mail servers are not included.");
        }
        for claim in &mut self.claims {
            if claim.status == Status::NotChecked && claim.sentences.is_empty() {
                claim.say("It could not be checked, because of what else is wrong.");
            }
        }
        Verdict {
            package,
            overall: verdict::overall(&self.claims),
            claims: self.claims,
            items,
        }
    }
}

/// Notes that there are keys of mail servers which nothing here uses.
fn note_dkim<R: Read + Seek>(opened: &Opened<'_, R>, found: &mut Findings) {
    if !opened.names(layout::DKIM).is_empty() {
        found.claim(ClaimName::Origin).say(
            "It was not checked: keys are in data/dkim, but this program does not check DKIM. Any program for DKIM \
             does, with them in place of the DNS.",
        );
    }
}

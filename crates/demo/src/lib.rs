//! Makes the demonstration archive: two years of mail of a fictitious Polish accounting office with twelve clients.
//!
//! The texts in `texts/` are written by hand; this crate wraps them in mail as real programs would have sent it. The
//! same texts always give the same bytes: no clock, no randomness, no network.

mod chance;
mod document;
mod letter;
mod mailbox;
mod manifest;
mod mime;
mod script;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

pub use script::{Fault, Problem};

use letter::Letter;
use mailbox::Mailboxes;
use manifest::Manifest;
use script::Scripts;

/// How much there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Clients.
    pub clients: usize,
    /// Threads.
    pub threads: usize,
    /// Different messages, broken ones included.
    pub messages: usize,
    /// Messages in all mailboxes, each copy counted.
    pub copies: usize,
}

/// Why the archive was not made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The texts are wrong; all faults, by file and line.
    #[error("{} faults in the texts, the first: {}", .0.len(), .0.first().map(ToString::to_string).unwrap_or_default())]
    Texts(Vec<Fault>),
    /// The folder has something in it already.
    #[error("{0} is not empty; name a new folder")]
    NotEmpty(PathBuf),
    /// A file could not be written.
    #[error("the archive could not be written to {path}")]
    Write {
        /// Where to.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The description could not be written down.
    #[error("the archive could not be described")]
    Manifest(#[from] toml::ser::Error),
}

/// Writes all letters without storing them.
///
/// # Errors
/// [`DemoError::Texts`] with every fault found.
pub fn check() -> Result<Summary, DemoError> {
    let scripts = Scripts::embedded().map_err(DemoError::Texts)?;
    let letters = letter::write_all(&scripts).map_err(DemoError::Texts)?;
    Ok(summary(
        &scripts,
        &letters,
        &Mailboxes::deliver(&letters, &scripts.raws),
    ))
}

/// Makes the archive in `out`, a folder that is empty or does not exist yet: a Maildir, an mbox, a folder and a ZIP file
/// of `.eml`, and `archive.toml`, which says who is who.
///
/// # Errors
/// When the folder is not empty or not writable. What was written before a failure stays.
pub fn generate(out: &Path) -> Result<Summary, DemoError> {
    let scripts = Scripts::embedded().map_err(DemoError::Texts)?;
    let letters = letter::write_all(&scripts).map_err(DemoError::Texts)?;
    let boxes = Mailboxes::deliver(&letters, &scripts.raws);
    let description = Manifest::of(&scripts).to_toml()?;
    let failed = |source| DemoError::Write {
        path: out.to_owned(),
        source,
    };
    fs::create_dir_all(out).map_err(failed)?;
    if fs::read_dir(out).map_err(failed)?.next().is_some() {
        return Err(DemoError::NotEmpty(out.to_owned()));
    }
    boxes.store(out).map_err(failed)?;
    fs::write(out.join("archive.toml"), description).map_err(failed)?;
    Ok(summary(&scripts, &letters, &boxes))
}

fn summary(scripts: &Scripts, letters: &[Letter<'_>], boxes: &Mailboxes) -> Summary {
    let ids: BTreeSet<&str> = letters.iter().map(|letter| letter.message_id.as_str()).collect();
    Summary {
        clients: scripts.clients.len(),
        threads: scripts.threads.len(),
        messages: ids.len() + scripts.raws.len(),
        copies: boxes.len(),
    }
}

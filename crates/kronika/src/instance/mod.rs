//! One instance, many archives: a folder that says which archives one server answers for, and under which address.
//!
//! ```text
//! DATA/instance.toml       which archives there are
//!      archives/NAME/      each an archive's folder, as it would be alone
//! ```
//!
//! Archives share nothing but the server's process and this list: each has its own database, keys, journal, people and
//! address. Browsers keep pages of different addresses apart, so what crosses nowhere on the server does not cross there
//! either.

pub mod public;
mod register;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use public::Public;
pub use register::FILE;

/// Why the list of archives could not be read or changed.
#[derive(Debug, thiserror::Error)]
pub enum InstanceError {
    #[error("{} could not be read or written: {error}", path.display())]
    File { path: PathBuf, error: std::io::Error },
    #[error("{} cannot be understood: {error}", path.display())]
    Register { path: PathBuf, error: String },
    #[error("{} holds one archive, not several; choose another folder, or take that archive in with `kronika archive add`", .0.display())]
    OneArchive(PathBuf),
    #[error("{0:?} is no name for an archive; use up to 40 small letters, digits and hyphens")]
    Name(String),
    #[error("there is an archive {0} already; choose another name")]
    Taken(String),
    #[error("there is no archive {name}; there are: {}", if known.is_empty() { "none" } else { known })]
    Unknown { name: String, known: String },
    #[error("the archive {name} answers at {url} already; give this one an address of its own")]
    AddressTaken { name: String, url: String },
    #[error("the archive {name} is in {} already", folder.display())]
    FolderTaken { name: String, folder: PathBuf },
    #[error(transparent)]
    Address(#[from] public::NotAnAddress),
}

/// One archive of an instance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Short, for commands and folders.
    pub name: String,
    /// What its people call it.
    pub title: String,
    /// Where its people reach it; no other archive is reached there.
    pub url: String,
    /// Its folder; a relative one is meant from the instance's.
    pub folder: PathBuf,
    /// Nobody is let in and nothing is recorded until it is opened again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
}

impl Listed {
    pub fn new(name: &str, title: &str, url: &str) -> Result<Listed, InstanceError> {
        let is_name = (1..=40).contains(&name.len())
            && name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !name.starts_with('-');
        if !is_name {
            return Err(InstanceError::Name(name.to_owned()));
        }
        Ok(Listed {
            name: name.to_owned(),
            title: title.trim().to_owned(),
            url: Public::parse(url)?.origin(),
            folder: Path::new("archives").join(name),
            closed: false,
        })
    }

    /// As it was written down; a hand may have changed it since.
    pub fn public(&self) -> Result<Public, InstanceError> {
        Ok(Public::parse(&self.url)?)
    }
}

/// An instance's folder.
#[derive(Debug, Clone)]
pub struct Instance {
    folder: PathBuf,
}

impl Instance {
    /// The instance in this folder; `None` when it holds no list of archives.
    pub fn find(folder: &Path) -> Option<Instance> {
        folder.join(FILE).exists().then(|| Instance {
            folder: folder.to_path_buf(),
        })
    }

    /// The instance in this folder, or a new one that holds none yet.
    pub fn find_or_make(folder: &Path) -> Result<Instance, InstanceError> {
        if folder.join(crate::archive::config::FILE).exists() {
            return Err(InstanceError::OneArchive(folder.to_path_buf()));
        }
        std::fs::create_dir_all(folder).map_err(|error| InstanceError::File {
            path: folder.to_path_buf(),
            error,
        })?;
        Ok(Instance {
            folder: folder.to_path_buf(),
        })
    }

    /// All its archives, by name.
    pub fn list(&self) -> Result<Vec<Listed>, InstanceError> {
        register::read(&self.folder)
    }

    pub fn require(&self, name: &str) -> Result<Listed, InstanceError> {
        let all = self.list()?;
        let found = all.iter().find(|listed| listed.name == name).cloned();
        found.ok_or_else(|| InstanceError::Unknown {
            name: name.to_owned(),
            known: names(&all),
        })
    }

    /// Where an archive's folder is.
    pub fn folder_of(&self, listed: &Listed) -> PathBuf {
        self.folder.join(&listed.folder)
    }

    /// Refuses what could not be added, before anything is made for it.
    pub fn check(&self, new: &Listed) -> Result<(), InstanceError> {
        check(&self.list()?, new)
    }

    /// Lists one more.
    pub fn add(&self, new: Listed) -> Result<(), InstanceError> {
        register::change(&self.folder, |all| {
            check(all, &new)?;
            all.push(new.clone());
            Ok(())
        })
    }

    /// Closes one, or opens it again; a running server follows within seconds.
    pub fn set_closed(&self, name: &str, closed: bool) -> Result<(), InstanceError> {
        register::change(&self.folder, |all| {
            let known = names(all);
            let found = all.iter_mut().find(|listed| listed.name == name);
            let listed = found.ok_or_else(|| InstanceError::Unknown {
                name: name.to_owned(),
                known,
            })?;
            listed.closed = closed;
            Ok(())
        })
    }
}

fn names(all: &[Listed]) -> String {
    let names: Vec<&str> = all.iter().map(|listed| listed.name.as_str()).collect();
    names.join(", ")
}

/// Names, addresses and folders are each one archive's alone.
fn check(all: &[Listed], new: &Listed) -> Result<(), InstanceError> {
    let public = new.public()?;
    for one in all {
        if one.name == new.name {
            return Err(InstanceError::Taken(one.name.clone()));
        }
        if one.folder == new.folder {
            return Err(InstanceError::FolderTaken {
                name: one.name.clone(),
                folder: one.folder.clone(),
            });
        }
        // A proxy may leave the port out, so two ports of one host would be one address.
        if one.public()?.host() == public.host() {
            return Err(InstanceError::AddressTaken {
                name: one.name.clone(),
                url: one.url.clone(),
            });
        }
    }
    Ok(())
}

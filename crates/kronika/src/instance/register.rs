//! `instance.toml`: readable by people, changed whole or not at all, by one program at a time.

use std::fs::File;
use std::path::{Path, PathBuf};

use fs2::FileExt;
use serde::{Deserialize, Serialize};

use super::{InstanceError, Listed};
use crate::storage::file::replace;

pub const FILE: &str = "instance.toml";
/// Held while the list changes.
const LOCK: &str = ".instance.lock";

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Register {
    #[serde(default)]
    archive: Vec<Listed>,
}

/// All that are listed, by name; none when there is no list yet.
pub fn read(folder: &Path) -> Result<Vec<Listed>, InstanceError> {
    let path = folder.join(FILE);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(InstanceError::File { path, error }),
    };
    let register: Register = toml::from_str(&text).map_err(|error| InstanceError::Register {
        path,
        error: error.message().to_owned(),
    })?;
    let mut all = register.archive;
    all.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(all)
}

/// Changes the list, unless `change` refuses.
pub fn change(
    folder: &Path,
    change: impl FnOnce(&mut Vec<Listed>) -> Result<(), InstanceError>,
) -> Result<(), InstanceError> {
    let file = |path: PathBuf| move |error| InstanceError::File { path, error };
    let lock = folder.join(LOCK);
    let held = File::create(&lock).map_err(file(lock.clone()))?;
    held.lock_exclusive().map_err(file(lock))?;
    let mut all = read(folder)?;
    change(&mut all)?;
    all.sort_by(|one, other| one.name.cmp(&other.name));

    let path = folder.join(FILE);
    let text = toml::to_string(&Register { archive: all }).map_err(|error| InstanceError::Register {
        path: path.clone(),
        error: error.to_string(),
    })?;
    replace(&path, text.as_bytes()).map_err(file(path.clone()))
}

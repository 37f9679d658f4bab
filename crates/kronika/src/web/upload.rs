//! Room for what is uploaded: only so much at once for a person, none that the disk does not hold, and nothing left
//! behind of what broke off.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::archive::id::AccountId;
use crate::storage::StorageError;

/// Uploads of one person at once.
const AT_ONCE: usize = 3;
/// What an upload leaves free: the archive itself has to go on writing.
const RESERVE: u64 = 512 * 1024 * 1024;

/// Uploads that are coming in.
#[derive(Clone, Default)]
pub struct Uploads(Arc<Mutex<HashMap<AccountId, usize>>>);

/// One of them, for as long as it comes in.
pub struct Upload {
    uploads: Uploads,
    account: AccountId,
    folder: PathBuf,
    whole: bool,
}

impl Uploads {
    /// Makes room for an upload into a folder; `None` when the person has enough of them at once.
    pub fn begin(&self, account: AccountId, folder: PathBuf) -> Option<Upload> {
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = running.entry(account).or_insert(0);
        if *count >= AT_ONCE {
            return None;
        }
        *count += 1;
        Some(Upload {
            uploads: self.clone(),
            account,
            folder,
            whole: false,
        })
    }
}

impl Upload {
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// All is there and stays.
    pub fn keep(mut self) {
        self.whole = true;
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        let mut running = self.uploads.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = running.get_mut(&self.account) {
            *count -= 1;
            if *count == 0 {
                running.remove(&self.account);
            }
        }
        if !self.whole {
            // Also when the browser went away in the middle. What cannot be removed was never made.
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}

/// Refuses what would fill the disk.
pub fn must_fit(archive: &Path, bytes: u64) -> Result<(), StorageError> {
    let free = fs2::available_space(archive)?;
    if free >= bytes.saturating_add(RESERVE) {
        Ok(())
    } else {
        Err(StorageError::DiskFull)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_uploads_only_so_much_at_once_and_nothing_broken_stays() {
        let (uploads, place) = (Uploads::default(), tempfile::tempdir().unwrap());
        let begin = |account, name: &str| {
            let folder = place.path().join(name);
            std::fs::create_dir(&folder).unwrap();
            uploads.begin(AccountId(account), folder)
        };
        let running: Vec<Upload> = (0..AT_ONCE).map(|n| begin(1, &n.to_string()).unwrap()).collect();

        assert!(begin(1, "too much").is_none());
        begin(2, "whole").unwrap().keep();
        drop(running);
        assert!(begin(1, "later").is_some());
        assert!(place.path().join("whole").is_dir());
        assert!(!place.path().join("0").exists());
    }

    #[test]
    fn what_no_disk_holds_is_refused() {
        let place = std::env::temp_dir();

        assert!(matches!(
            must_fit(&place, u64::MAX / 2),
            Err(StorageError::DiskFull)
        ));
    }
}

//! Content too large for the database: a local folder by default, S3 by configuration.

use std::path::Path;
use std::sync::Arc;

use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path as ObjectPath;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutPayload};
use serde::{Deserialize, Serialize};

use super::StorageError;

/// Packed content up to this size lives in the database, larger in the object store.
pub const INLINE_LIMIT: usize = 64 * 1024;

/// An S3 bucket, as the archive's configuration names it. The credentials come from the environment
/// (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`), never from a file of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct S3Location {
    pub bucket: String,
    #[serde(default)]
    pub prefix: String,
    pub region: String,
    /// Address of a server other than Amazon's, e.g. `http://127.0.0.1:9000`.
    pub endpoint: Option<String>,
}

/// An object as it lies there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub name: String,
    pub bytes: u64,
    /// Microseconds since 1970 UTC, by the clock of whoever keeps it.
    pub put_at: i64,
}

#[derive(Clone)]
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    folder: Option<Arc<Path>>,
}

impl Objects {
    /// Objects in a local folder, made when it is missing.
    pub fn in_folder(folder: &Path) -> Result<Objects, StorageError> {
        std::fs::create_dir_all(folder)?;
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Objects {
            store: Arc::new(store),
            folder: Some(folder.into()),
        })
    }

    pub fn in_bucket(location: &S3Location) -> Result<Objects, StorageError> {
        let mut builder = AmazonS3Builder::from_env()
            .with_bucket_name(&location.bucket)
            .with_region(&location.region);
        if let Some(endpoint) = &location.endpoint {
            builder = builder
                .with_endpoint(endpoint)
                .with_allow_http(endpoint.starts_with("http://"));
        }
        let store = PrefixStore::new(builder.build()?, location.prefix.as_str());
        Ok(Objects {
            store: Arc::new(store),
            folder: None,
        })
    }

    /// Stores bytes under a name nobody used before, durably.
    pub async fn put(&self, name: &str, bytes: Vec<u8>) -> Result<(), StorageError> {
        let payload = PutPayload::from(bytes);
        self.store
            .put_opts(&ObjectPath::from(name), payload, PutMode::Create.into())
            .await?;
        Ok(())
    }

    pub async fn get(&self, name: &str) -> Result<Vec<u8>, StorageError> {
        let found = self.store.get(&ObjectPath::from(name)).await?;
        Ok(found.bytes().await?.into())
    }

    /// Every object under a name of ours. In a folder also what was only half written when a crash came.
    pub async fn list(&self) -> Result<Vec<Stored>, StorageError> {
        if let Some(folder) = self.folder.clone() {
            let listed = tokio::task::spawn_blocking(move || list_folder(&folder)).await;
            return Ok(listed.map_err(std::io::Error::other)??);
        }
        let mut found = Vec::new();
        for part in self.store.list_with_delimiter(None).await?.common_prefixes {
            let within = self.store.list_with_delimiter(Some(&part)).await?.objects;
            let ours = within
                .into_iter()
                .filter(|object| is_name(object.location.as_ref()));
            found.extend(ours.map(|object| Stored {
                name: object.location.to_string(),
                bytes: object.size,
                put_at: object.last_modified.timestamp_micros(),
            }));
        }
        Ok(found)
    }

    /// Removes an object for good. One that is gone already is as good as removed.
    pub async fn remove(&self, name: &str) -> Result<(), StorageError> {
        if let Some(folder) = &self.folder {
            return match std::fs::remove_file(folder.join(name)) {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
                other => Ok(other?),
            };
        }
        match self.store.delete(&ObjectPath::from(name)).await {
            Err(object_store::Error::NotFound { .. }) => Ok(()),
            other => Ok(other?),
        }
    }

    /// The local folder, when objects are files.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }
}

/// Files two folders deep, by names of ours.
fn list_folder(folder: &Path) -> std::io::Result<Vec<Stored>> {
    let mut found = Vec::new();
    for part in std::fs::read_dir(folder)? {
        let part = part?;
        if !part.file_type()?.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(part.path())? {
            let file = file?;
            let name = format!(
                "{}/{}",
                part.file_name().to_string_lossy(),
                file.file_name().to_string_lossy()
            );
            // Whoever lists a folder in use may come too late for a file.
            let (true, Ok(about)) = (is_name(&name), file.metadata()) else {
                continue;
            };
            let put_at = about.modified()?.duration_since(std::time::UNIX_EPOCH);
            found.push(Stored {
                name,
                bytes: about.len(),
                put_at: put_at.map_or(0, |since| i64::try_from(since.as_micros()).unwrap_or(i64::MAX)),
            });
        }
    }
    Ok(found)
}

/// Whether a name is one of ours: nothing else in a bucket or folder is any of our business. While a file is written,
/// its name has `#` and a number behind it.
fn is_name(name: &str) -> bool {
    let name = match name.split_once('#') {
        Some((name, number)) if number.chars().all(|c| c.is_ascii_digit()) => name,
        Some(_) => return false,
        None => name,
    };
    let hex = |text: &str| text.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'));
    name.split_once('/')
        .is_some_and(|(part, rest)| part.len() == 2 && rest.len() == 30 && hex(part) && hex(rest))
}

/// A fresh object name: two letters of folder, so that no folder grows without bound.
pub fn fresh_name() -> String {
    let name = data_encoding::HEXLOWER.encode(&rand::random::<[u8; 16]>());
    format!("{}/{}", &name[..2], &name[2..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_ours_are_ours() {
        let name = fresh_name();
        for ours in [name.clone(), format!("{name}#1")] {
            assert!(is_name(&ours), "{ours}");
        }
        for other in [
            "",
            "a/b",
            "office/ab/cd",
            "ab/notes.txt",
            &format!("x/{name}"),
            &format!("{name}#x"),
            &name.to_uppercase(),
        ] {
            assert!(!is_name(other), "{other}");
        }
    }
}

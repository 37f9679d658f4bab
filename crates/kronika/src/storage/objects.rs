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

    /// The local folder, when objects are files.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }
}

/// A fresh object name: two letters of folder, so that no folder grows without bound.
pub fn fresh_name() -> String {
    let name = data_encoding::HEXLOWER.encode(&rand::random::<[u8; 16]>());
    format!("{}/{}", &name[..2], &name[2..])
}

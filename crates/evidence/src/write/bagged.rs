//! A container that remembers the hashes of what is put into it.

use std::io::{Read, Seek, Write};

use sha2::{Digest, Sha256};

use super::WriteError;
use crate::bag::{self, Manifest, is_payload};
use crate::container::Writer;
use crate::layout;

pub struct Bagged<W> {
    container: Writer<W>,
    folder: String,
    payload: Manifest,
    tags: Manifest,
}

impl<W: Write + Seek> Bagged<W> {
    pub fn new(out: W, folder: &str, made_at: i64) -> Bagged<W> {
        Bagged {
            container: Writer::new(out, made_at),
            folder: folder.to_owned(),
            payload: Manifest::default(),
            tags: Manifest::default(),
        }
    }

    pub fn add(&mut self, name: &str, content: &[u8]) -> Result<(), WriteError> {
        self.container.add(&format!("{}/{name}", self.folder), content)?;
        self.list(name, bag::hash(content));
        Ok(())
    }

    /// Adds what arrives in pieces, and shows each to `seen`.
    pub fn copy(
        &mut self,
        name: &str,
        content: &mut dyn Read,
        mut seen: impl FnMut(&[u8]),
    ) -> Result<(), WriteError> {
        let mut sha = Sha256::new();
        self.container
            .copy(&format!("{}/{name}", self.folder), content, |piece| {
                sha.update(piece);
                seen(piece);
            })?;
        self.list(name, sha.finalize().into());
        Ok(())
    }

    fn list(&mut self, name: &str, hash: bag::FileHash) {
        let manifest = if is_payload(name) {
            &mut self.payload
        } else {
            &mut self.tags
        };
        manifest.0.insert(name.to_owned(), hash);
    }

    pub fn finish(mut self) -> Result<W, WriteError> {
        let payload = self.payload.to_text();
        self.add(layout::MANIFEST, payload.as_bytes())?;
        let tags = self.tags.to_text();
        self.add(layout::TAG_MANIFEST, tags.as_bytes())?;
        Ok(self.container.finish()?)
    }
}

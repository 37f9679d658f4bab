//! Originals and their parts, one by one, while a package is written on a thread of its own.

use std::io::{self, Cursor, Read};
use std::sync::Arc;

use kronika_evidence::Source;
use kronika_tlog::tile::Bundle;
use tokio::runtime::Handle;

use super::gather::{Gathered, ItemSource};
use super::journal::LEAF;
use super::{Stage, Watch};
use crate::archive::Archive;
use crate::archive::id::RecordId;
use crate::interaction::read::decode;
use crate::journal::load::{self, LoadError};

pub struct Originals<'a> {
    archive: Arc<Archive>,
    runtime: Handle,
    sources: &'a [ItemSource],
    leaves: &'a [u8],
    watch: Watch,
    /// The one that was opened last: parts of one message are asked for one after another.
    last: Option<(RecordId, Vec<u8>)>,
}

impl<'a> Originals<'a> {
    pub fn new(archive: Arc<Archive>, watch: Watch, gathered: &'a Gathered) -> Originals<'a> {
        Originals {
            archive,
            runtime: Handle::current(),
            sources: &gathered.sources,
            leaves: &gathered.leaves,
            watch,
            last: None,
        }
    }

    async fn original(&self, record: RecordId) -> Result<Option<Vec<u8>>, LoadError> {
        let conn = &mut self.archive.db.read().await?;
        let mut opened = load::open(&self.archive, conn, record).await?;
        load::original(&self.archive, &mut opened).await
    }
}

impl Source for Originals<'_> {
    fn part(&mut self, number: u64, name: &str) -> io::Result<Box<dyn Read + '_>> {
        let place = usize::try_from(number).unwrap_or_default().checked_sub(1);
        let source = place.and_then(|place| self.sources.get(place));
        let source = source.ok_or(io::ErrorKind::NotFound)?;
        if self
            .last
            .as_ref()
            .is_none_or(|(record, _)| *record != source.record)
        {
            let original = self
                .runtime
                .block_on(self.original(source.record))
                .map_err(io::Error::other)?;
            self.last = Some((source.record, original.unwrap_or_default()));
        }
        let original = self.last.as_ref().map_or(&[][..], |(_, original)| original);
        (self.watch)(Stage::Writing {
            done: number,
            of: self.sources.len() as u64,
        });
        let Some(wanted) = name.strip_prefix("part/") else {
            return Ok(Box::new(original));
        };
        let facts = source.parts.iter().find(|part| part.number == wanted);
        let decoded = facts.and_then(|facts| decode(facts, original));
        let decoded = decoded.ok_or(io::ErrorKind::NotFound)?.into_owned();
        Ok(Box::new(Cursor::new(decoded)))
    }

    /// Each leaf after its length (C2SP tlog-tiles, entry bundles).
    fn leaves(&mut self, bundle: Bundle) -> io::Result<Vec<u8>> {
        let first = usize::try_from(bundle.index()).unwrap_or_default() * 256;
        let mut bytes = Vec::with_capacity(usize::from(bundle.width()) * (LEAF + 2));
        for number in first..first + usize::from(bundle.width()) {
            let leaf = self.leaves.get(number * LEAF..(number + 1) * LEAF);
            bytes.extend((LEAF as u16).to_be_bytes());
            bytes.extend(leaf.ok_or(io::ErrorKind::NotFound)?);
        }
        Ok(bytes)
    }
}

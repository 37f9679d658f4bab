//! Writing a container, one entry after the other.

use std::io::{self, Read, Seek, SeekFrom, Write};

use super::header::{Directory, Header, dos};
use super::name::{NameError, check_name};
use super::{MAX_ENTRIES, MAX_ENTRY};

/// Bytes copied at a time.
const CHUNK: usize = 1 << 16;

/// Writes entries in ascending order of their names.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    at: u64,
    dated: u32,
    entries: Vec<Header>,
}

impl<W: Write + Seek> Writer<W> {
    /// Begins a container whose entries are dated `made_at`, in microseconds since 1970.
    pub fn new(out: W, made_at: i64) -> Writer<W> {
        Writer {
            out,
            at: 0,
            dated: dos(made_at),
            entries: Vec::new(),
        }
    }

    /// Adds an entry held in memory.
    ///
    /// # Errors
    /// If the name may not be one, does not come after the last, or the entry is too large.
    pub fn add(&mut self, name: &str, content: &[u8]) -> Result<(), WriterError> {
        self.copy(name, &mut &*content, |_| ()).map(|_| ())
    }

    /// Adds an entry that arrives in pieces, and shows each to `seen`. Gives its length.
    ///
    /// # Errors
    /// As [`Writer::add`], and if reading fails.
    pub fn copy(
        &mut self,
        name: &str,
        content: &mut dyn Read,
        mut seen: impl FnMut(&[u8]),
    ) -> Result<u64, WriterError> {
        let mut header = self.begin(name)?;
        let mut crc = crc32fast::Hasher::new();
        let mut chunk = vec![0; CHUNK];
        let mut size: u64 = 0;
        loop {
            let count = content.read(&mut chunk)?;
            let Some(piece) = chunk.get(..count).filter(|piece| !piece.is_empty()) else {
                break;
            };
            size += piece.len() as u64;
            if size > MAX_ENTRY {
                return Err(WriterError::TooLarge { name: name.into() });
            }
            crc.update(piece);
            seen(piece);
            self.out.write_all(piece)?;
        }
        header.crc = crc.finalize();
        header.size = u32::try_from(size).map_err(|_| WriterError::TooLarge { name: name.into() })?;
        self.at = header.end();
        self.out.seek(SeekFrom::Start(header.offset))?;
        self.out.write_all(&header.local())?;
        self.out.seek(SeekFrom::Start(self.at))?;
        self.entries.push(header);
        Ok(size)
    }

    fn begin(&mut self, name: &str) -> Result<Header, WriterError> {
        check_name(name)?;
        if self.entries.last().is_some_and(|last| last.name.as_str() >= name) {
            return Err(WriterError::Order { name: name.into() });
        }
        if self.entries.len() as u64 >= MAX_ENTRIES {
            return Err(WriterError::TooMany);
        }
        let header = Header {
            name: name.to_owned(),
            crc: 0,
            size: 0,
            offset: self.at,
            dated: self.dated,
        };
        self.out.write_all(&header.local())?;
        Ok(header)
    }

    /// Writes the directory and gives back what was written to.
    ///
    /// # Errors
    /// If writing fails.
    pub fn finish(mut self) -> Result<W, WriterError> {
        let mut length = 0;
        for header in &self.entries {
            let central = header.central();
            self.out.write_all(&central)?;
            length += central.len() as u64;
        }
        let directory = Directory {
            entries: self.entries.len() as u64,
            offset: self.at,
            length,
        };
        self.out.write_all(&directory.end())?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// Why an entry could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriterError {
    /// Reading the entry or writing the container failed.
    #[error("the package could not be written: {0}")]
    Io(#[from] io::Error),
    /// Not a name of an entry.
    #[error(transparent)]
    Name(#[from] NameError),
    /// Entries are written in ascending order of their names.
    #[error("{name} does not come after the entry before it")]
    Order {
        /// The entry.
        name: String,
    },
    /// More than an entry may have.
    #[error("{name} has 4 GiB or more")]
    TooLarge {
        /// The entry.
        name: String,
    },
    /// More entries than a package may have.
    #[error("a package has at most {MAX_ENTRIES} files; make several")]
    TooMany,
}

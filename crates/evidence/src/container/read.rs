//! Reading a container, which may come from an opponent.

use std::collections::BTreeSet;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use super::MAX_ENTRIES;
use super::header::{CENTRAL, Directory, END, END_64, Header, is_large};
use super::name::{MAX_NAME, NameError, check_name};

/// Bytes read at a time.
const CHUNK: usize = 1 << 16;

/// A container whose directory was found to be in order.
#[derive(Debug)]
pub struct Reader<R> {
    source: R,
    folder: String,
    entries: Vec<Header>,
}

/// A file of the container, by its name below the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Name below the folder.
    pub name: String,
    /// Length in bytes.
    pub size: u64,
}

impl<R: Read + Seek> Reader<R> {
    /// Reads the directory. Needs some 150 bytes of memory for each entry, and there are at most [`MAX_ENTRIES`].
    ///
    /// # Errors
    /// If it is not a container in the one spelling there is.
    pub fn open(mut source: R) -> Result<Reader<R>, ContainerError> {
        let directory = read_end(&mut source)?;
        source.seek(SeekFrom::Start(directory.offset))?;
        let mut bytes = BufReader::new((&mut source).take(directory.length));
        let mut entries: Vec<Header> = Vec::new();
        let mut folded = BTreeSet::new();
        for _ in 0..directory.entries {
            let header = read_central(&mut bytes, entries.last())?;
            if !folded.insert(header.name.to_ascii_lowercase()) {
                return Err(ContainerError::Twice { name: header.name });
            }
            entries.push(header);
        }
        let is_whole = bytes.read(&mut [0])? == 0;
        if !is_whole || entries.last().map_or(0, Header::end) != directory.offset {
            return Err(ContainerError::Gap);
        }
        drop(bytes);
        let folder = only_folder(&entries)?;
        Ok(Reader {
            source,
            folder,
            entries,
        })
    }

    /// The one folder that everything is in, without a slash.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// All files, in ascending order of their names.
    pub fn entries(&self) -> Vec<Entry> {
        let below = |header: &Header| Entry {
            name: header.name[self.folder.len() + 1..].to_owned(),
            size: u64::from(header.size),
        };
        self.entries.iter().map(below).collect()
    }

    /// Whether there is a file of this name below the folder.
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Length of a file; `None` if there is none of this name.
    pub fn size(&self, name: &str) -> Option<u64> {
        self.find(name).map(|header| u64::from(header.size))
    }

    /// Reads a file of at most `limit` bytes.
    ///
    /// # Errors
    /// If there is none, it is longer, or it was damaged.
    pub fn read(&mut self, name: &str, limit: u64) -> Result<Vec<u8>, ContainerError> {
        match self.size(name) {
            Some(size) if size > limit => {
                let name = name.to_owned();
                return Err(ContainerError::TooLong { name, limit });
            }
            _ => {}
        }
        let mut content = Vec::new();
        self.copy(name, |piece| content.extend_from_slice(piece))?;
        Ok(content)
    }

    /// Shows a file's content to `seen`, in pieces.
    ///
    /// # Errors
    /// If there is none or it was damaged; `seen` may have been shown a part of it by then.
    pub fn copy(&mut self, name: &str, mut seen: impl FnMut(&[u8])) -> Result<(), ContainerError> {
        let missing = || ContainerError::Missing { name: name.into() };
        let header = self.find(name).cloned().ok_or_else(missing)?;
        let damaged = || ContainerError::Damaged { name: name.into() };
        self.source.seek(SeekFrom::Start(header.offset))?;
        let expected = header.local();
        let mut found = vec![0; expected.len()];
        self.source.read_exact(&mut found)?;
        if found != expected {
            return Err(damaged());
        }
        let mut crc = crc32fast::Hasher::new();
        let mut left = u64::from(header.size);
        let mut chunk = vec![0; usize::try_from(left).unwrap_or(CHUNK).min(CHUNK)];
        while left > 0 {
            let wanted = usize::try_from(left).unwrap_or(CHUNK).min(CHUNK);
            let piece = chunk.get_mut(..wanted).ok_or_else(damaged)?;
            self.source.read_exact(piece)?;
            crc.update(piece);
            seen(piece);
            left -= piece.len() as u64;
        }
        if crc.finalize() == header.crc {
            Ok(())
        } else {
            Err(damaged())
        }
    }

    fn find(&self, name: &str) -> Option<&Header> {
        let below = |header: &Header| header.name[self.folder.len() + 1..].cmp(name);
        let at = self.entries.binary_search_by(below).ok()?;
        self.entries.get(at)
    }
}

/// Finds the directory and checks that nothing comes after it but the end that it has to have.
fn read_end<R: Read + Seek>(source: &mut R) -> Result<Directory, ContainerError> {
    let length = source.seek(SeekFrom::End(0))?;
    let at = length.checked_sub(END).ok_or(ContainerError::NoEnd)?;
    let end: [u8; END as usize] = read_at(source, at)?;
    let (entries, size, offset) = (u16_at(&end, 10), u32_at(&end, 12), u32_at(&end, 16));
    let directory = if is_large(entries, size, offset) {
        let at = at.checked_sub(END_64).ok_or(ContainerError::NoEnd)?;
        let large: [u8; END_64 as usize] = read_at(source, at)?;
        Directory {
            entries: u64_at(&large, 32),
            length: u64_at(&large, 40),
            offset: u64_at(&large, 48),
        }
    } else {
        Directory {
            entries: u64::from(entries),
            length: u64::from(size),
            offset: u64::from(offset),
        }
    };
    if directory.entries > MAX_ENTRIES {
        return Err(ContainerError::TooMany);
    }
    let expected = directory.end();
    let begins = directory.offset.checked_add(directory.length);
    let begins = begins.filter(|at| at.checked_add(expected.len() as u64) == Some(length));
    let begins = begins.ok_or(ContainerError::NoEnd)?;
    source.seek(SeekFrom::Start(begins))?;
    let mut found = vec![0; expected.len()];
    source.read_exact(&mut found)?;
    if found == expected {
        Ok(directory)
    } else {
        Err(ContainerError::NoEnd)
    }
}

/// Reads the next header of the directory and checks that it is as it would be written after `before`.
fn read_central(bytes: &mut impl Read, before: Option<&Header>) -> Result<Header, ContainerError> {
    let mut fixed = [0; CENTRAL];
    bytes.read_exact(&mut fixed)?;
    let length = usize::from(u16_at(&fixed, 28));
    if length > MAX_NAME {
        return Err(ContainerError::NameLength);
    }
    let mut name = vec![0; length];
    bytes.read_exact(&mut name)?;
    let name = String::from_utf8_lossy(&name).into_owned();
    check_name(&name)?;
    if u16_at(&fixed, 8) & 1 == 1 {
        return Err(ContainerError::Encrypted { name });
    }
    if u16_at(&fixed, 10) != 0 {
        return Err(ContainerError::Compressed { name });
    }
    let header = Header {
        crc: u32_at(&fixed, 16),
        size: u32_at(&fixed, 24),
        offset: before.map_or(0, Header::end),
        dated: before.map_or(u32_at(&fixed, 12), |before| before.dated),
        name,
    };
    if before.is_some_and(|before| before.name >= header.name) {
        return Err(ContainerError::Order { name: header.name });
    }
    let expected = header.central();
    let extra = expected.len().saturating_sub(CENTRAL + length);
    let mut rest = vec![0; extra];
    bytes.read_exact(&mut rest)?;
    let is_as_written =
        expected.starts_with(&fixed) && expected.get(CENTRAL + length..) == Some(rest.as_slice());
    if is_as_written {
        Ok(header)
    } else {
        Err(ContainerError::Spelling { name: header.name })
    }
}

fn only_folder(entries: &[Header]) -> Result<String, ContainerError> {
    let folder_of = |header: &Header| Some(header.name.split_once('/')?.0.to_owned());
    let folder = entries
        .first()
        .and_then(folder_of)
        .ok_or(ContainerError::Folder)?;
    let is_inside = |header: &Header| {
        header
            .name
            .split_once('/')
            .is_some_and(|(first, _)| first == folder)
    };
    if entries.iter().all(is_inside) {
        Ok(folder)
    } else {
        Err(ContainerError::Folder)
    }
}

fn read_at<const N: usize>(source: &mut (impl Read + Seek), at: u64) -> Result<[u8; N], ContainerError> {
    let mut bytes = [0; N];
    source.seek(SeekFrom::Start(at))?;
    source.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    array_at(bytes, at).map_or(0, u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    array_at(bytes, at).map_or(0, u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    array_at(bytes, at).map_or(0, u64::from_le_bytes)
}

fn array_at<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..)?.first_chunk().copied()
}

/// Why bytes are not a container, or a file of it cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ContainerError {
    /// Reading failed, or something ends too early.
    #[error("it could not be read: {0}")]
    Io(#[from] io::Error),
    /// The end is missing, is not the last thing, or does not fit the directory.
    #[error("it does not end as a package does: cut off, added to, or written anew by another program")]
    NoEnd,
    /// More than [`MAX_ENTRIES`].
    #[error("it has more than {MAX_ENTRIES} files")]
    TooMany,
    /// A name longer than [`MAX_NAME`].
    #[error("a name is longer than {MAX_NAME} characters")]
    NameLength,
    /// A name that leads elsewhere or is not the same everywhere.
    #[error(transparent)]
    Name(#[from] NameError),
    /// An entry is encrypted.
    #[error("{name} is encrypted")]
    Encrypted {
        /// The entry.
        name: String,
    },
    /// An entry is compressed: the package was written anew by another program.
    #[error("{name} is compressed, which nothing in a package is; was it packed again?")]
    Compressed {
        /// The entry.
        name: String,
    },
    /// Names do not ascend, so one may be there twice.
    #[error("{name} does not come after the entry before it")]
    Order {
        /// The entry.
        name: String,
    },
    /// Two names differ in capital letters only.
    #[error("{name} is there twice")]
    Twice {
        /// The entry.
        name: String,
    },
    /// A header says something that it would not say in a package: a link, a folder, a comment, another place.
    #[error("the header of {name} is not as a package has it")]
    Spelling {
        /// The entry.
        name: String,
    },
    /// There is something before, between or after the entries.
    #[error("there is something between the files and their directory")]
    Gap,
    /// Not everything is in one folder.
    #[error("the files are not in one folder")]
    Folder,
    /// There is no such file.
    #[error("{name} is missing")]
    Missing {
        /// The file.
        name: String,
    },
    /// Longer than such a file can be.
    #[error("{name} is longer than {limit} bytes")]
    TooLong {
        /// The file.
        name: String,
        /// Most bytes it may have.
        limit: u64,
    },
    /// Content or header of a file are not what the directory says.
    #[error("{name} was damaged: it does not fit its checksum")]
    Damaged {
        /// The file.
        name: String,
    },
}

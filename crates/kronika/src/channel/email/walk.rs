//! Finds the messages in files and folders: single mails, mailboxes, Maildirs, and archives of those.
//!
//! Runs on a thread of its own and hands over batches of bounded size, so that memory does not grow with the corpus.

use std::collections::{HashSet, VecDeque};
use std::fs::{File, Metadata};
use std::io::{BufReader, Cursor, Read};
use std::ops::ControlFlow;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use data_encoding::HEXLOWER;
use kronika_intake::container::{self, ContainerError, Entry, Format, Limits};
use kronika_intake::mbox::{self, MboxError};
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;

use super::reason::Reason;
use crate::interaction::Source;
use crate::interaction::prepare::storable;

/// Messages of one batch: one transaction, and one piece of work for a thread.
const BATCH: usize = 256;
/// A batch is also full at this many bytes.
const BATCH_BYTES: usize = 4 * 1024 * 1024;

/// A message larger than this is left where it is, unless asked for.
pub const LARGEST: usize = 48 * 1024 * 1024;

/// A message found, and where.
pub struct Found {
    pub source: Source,
    pub bytes: Vec<u8>,
}

/// Something that could not be taken in, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    pub source: String,
    pub reason: Reason,
}

/// Messages to be recorded, and what was refused on the way to them.
#[derive(Default)]
pub struct Batch {
    pub found: Vec<Found>,
    pub refused: Vec<Refused>,
    bytes: usize,
}

/// How far the walk is, shared with whoever shows it.
#[derive(Default)]
pub struct Walked {
    /// Bytes of files read so far.
    pub bytes: AtomicU64,
    /// Bytes of all files to be read.
    pub total: AtomicU64,
    /// Set by whoever wants the walk to end early.
    pub stop: AtomicBool,
}

/// What is walked through, and how messages are named.
pub struct Walk {
    pub paths: Vec<PathBuf>,
    /// The import's number, or [`COMMAND_LINE`](super::quarantine::COMMAND_LINE).
    pub import: i64,
    /// `import` or `upload`: part of every source.
    pub connector: String,
    /// Replaces this leading folder in mailbox names (an upload's own folder means nothing to anybody).
    pub hidden: Option<PathBuf>,
    pub largest: usize,
}

impl Walk {
    /// Walks through everything, sending batches until the receiver is gone or a stop is asked for.
    pub fn run(&self, walked: &Arc<Walked>, batches: mpsc::Sender<Batch>) {
        let total = self.paths.iter().map(|path| size_of(path)).sum();
        walked.total.store(total, Ordering::Relaxed);
        let (batch, folders) = (Batch::default(), Folders::default());
        let mut walker = Walker {
            walk: self,
            walked: walked.clone(),
            batches,
            batch,
            folders,
            gone: false,
        };
        for path in &self.paths {
            walker.path(path);
        }
        walker.send();
    }
}

/// Bytes of all files under a path.
fn size_of(path: &Path) -> u64 {
    let mut bytes = 0;
    let mut folders = Folders::default();
    let mut waiting = VecDeque::from([path.to_path_buf()]);
    while let Some(path) = waiting.pop_front() {
        match std::fs::metadata(&path) {
            Ok(data) if data.is_dir() => {
                if !folders.enter(&data) {
                    continue;
                }
                let inside = std::fs::read_dir(&path).into_iter().flatten().flatten();
                waiting.extend(inside.map(|entry| entry.path()));
            }
            Ok(data) => bytes += data.len(),
            Err(_) => {}
        }
    }
    bytes
}

/// Folders walked through, by device and file number: links may lead to the same one again, or in a circle.
#[derive(Default)]
struct Folders(HashSet<(u64, u64)>);

impl Folders {
    /// Whether it is the first time there.
    fn enter(&mut self, folder: &Metadata) -> bool {
        self.0.insert((folder.dev(), folder.ino()))
    }
}

struct Walker<'a> {
    walk: &'a Walk,
    walked: Arc<Walked>,
    batches: mpsc::Sender<Batch>,
    batch: Batch,
    folders: Folders,
    /// Nobody listens any more.
    gone: bool,
}

impl Walker<'_> {
    fn stopped(&self) -> bool {
        self.gone || self.walked.stop.load(Ordering::Relaxed)
    }

    fn path(&mut self, path: &Path) {
        if self.stopped() {
            return;
        }
        match std::fs::metadata(path) {
            Err(error) => self.refuse(&self.name(path), Reason::of_file(&error)),
            Ok(data) if data.is_dir() => {
                if self.folders.enter(&data) {
                    self.folder(path);
                }
            }
            Ok(data) if !data.is_file() => self.refuse(&self.name(path), Reason::NotMail),
            Ok(data) => self.file(path, data.len()),
        }
    }

    fn folder(&mut self, folder: &Path) {
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return self.refuse(&self.name(folder), Reason::of_file(&error)),
        };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        let maildir = paths.iter().any(|path| path.is_dir() && path.ends_with("cur"));
        for path in paths {
            // What is being delivered is not there yet, and a mail program's own files are no mail.
            let unfinished = maildir && path.is_dir() && path.ends_with("tmp");
            let bookkeeping = maildir && path.is_file();
            if !unfinished && !bookkeeping {
                self.path(&path);
            }
        }
    }

    fn file(&mut self, path: &Path, length: u64) {
        let name = self.name(path);
        let before = self.walked.bytes.load(Ordering::Relaxed);
        match File::open(path).and_then(|mut file| Ok((start_of(&mut file)?, file))) {
            Err(error) => self.refuse(&name, Reason::of_file(&error)),
            Ok((start, rest)) => {
                let format = format_of(&start, &path.to_string_lossy());
                let whole = Counted {
                    inner: Cursor::new(start).chain(rest),
                    walked: self.walked.clone(),
                };
                self.of_format(format, &name, path, whole);
            }
        }
        self.walked.bytes.store(before + length, Ordering::Relaxed);
    }

    fn of_format(&mut self, format: Format, name: &str, path: &Path, whole: impl Read) {
        let limits = Limits::default();
        match format {
            Format::Mbox => self.mailbox(name, BufReader::with_capacity(256 * 1024, whole)),
            Format::MailFile => self.message(name, self.name(mailbox_of(path)), whole),
            Format::Zip => match File::open(path) {
                Ok(file) => {
                    let ended = container::visit_zip(BufReader::new(file), limits, &mut |entry| {
                        self.entry(name, entry)
                    });
                    self.archive_ended(name, ended);
                }
                Err(error) => self.refuse(name, Reason::of_file(&error)),
            },
            Format::Tar => {
                let ended = container::visit_tar(whole, limits, &mut |entry| self.entry(name, entry));
                self.archive_ended(name, ended);
            }
            Format::TarZst => {
                let ended = container::visit_tar_zst(whole, limits, &mut |entry| self.entry(name, entry));
                self.archive_ended(name, ended);
            }
            Format::OutlookPst | Format::OutlookMsg => self.refuse(name, Reason::Outlook),
            Format::Unknown => self.refuse(name, Reason::NotMail),
        }
    }

    fn entry(&mut self, archive: &str, entry: Entry<'_>) -> ControlFlow<()> {
        let name = storable(&format!("{archive}/{}", entry.path));
        match start_of(entry.content) {
            Err(error) => self.refuse(&name, Reason::of_file(&error)),
            Ok(start) => {
                let format = format_of(&start, &name);
                let whole = Cursor::new(start).chain(entry.content);
                match format {
                    Format::Mbox => self.mailbox(&name, BufReader::new(whole)),
                    Format::MailFile => {
                        let mailbox = mailbox_of(Path::new(&name)).to_string_lossy().into_owned();
                        self.message(&name, mailbox, whole);
                    }
                    Format::Zip | Format::Tar | Format::TarZst => self.refuse(&name, Reason::NestedArchive),
                    Format::OutlookPst | Format::OutlookMsg => self.refuse(&name, Reason::Outlook),
                    Format::Unknown => self.refuse(&name, Reason::NotMail),
                }
            }
        }
        if self.stopped() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    fn archive_ended(&mut self, name: &str, ended: Result<(), ContainerError>) {
        if let Err(error) = ended {
            self.refuse(name, Reason::of_archive(&error));
        }
    }

    fn message(&mut self, name: &str, mailbox: String, whole: impl Read) {
        let mut bytes = Vec::new();
        match whole.take(self.walk.largest as u64 + 1).read_to_end(&mut bytes) {
            Err(error) => self.refuse(name, Reason::of_file(&error)),
            Ok(_) if bytes.len() > self.walk.largest => self.too_large(name),
            Ok(_) => self.found(mailbox, bytes),
        }
    }

    fn mailbox(&mut self, name: &str, reader: impl std::io::BufRead) {
        for message in mbox::messages(reader, self.walk.largest) {
            if self.stopped() {
                return;
            }
            match message {
                Ok(message) => self.found(name.to_owned(), message.bytes),
                Err(MboxError::TooLarge { .. }) => self.too_large(name),
                Err(MboxError::NotMbox) => self.refuse(name, Reason::NotMailbox),
                Err(MboxError::Io { source, .. }) => self.refuse(name, Reason::of_file(&source)),
            }
        }
    }

    fn found(&mut self, mailbox: String, bytes: Vec<u8>) {
        let external_id = HEXLOWER.encode(&Sha256::digest(&bytes));
        self.batch.bytes += bytes.len();
        let source = Source {
            connector: self.walk.connector.clone(),
            mailbox,
            external_id,
        };
        self.batch.found.push(Found { source, bytes });
        if self.batch.found.len() >= BATCH || self.batch.bytes >= BATCH_BYTES {
            self.send();
        }
    }

    fn too_large(&mut self, name: &str) {
        self.refuse(name, Reason::TooLarge);
    }

    fn refuse(&mut self, source: &str, reason: Reason) {
        self.batch.refused.push(Refused {
            source: source.to_owned(),
            reason,
        });
    }

    fn send(&mut self) {
        let batch = std::mem::take(&mut self.batch);
        if !batch.found.is_empty() || !batch.refused.is_empty() {
            self.gone = self.batches.blocking_send(batch).is_err();
        }
    }

    /// A path as sources name it: whole, so that the same file has the same name from everywhere.
    fn name(&self, path: &Path) -> String {
        let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        let whole = whole.canonicalize().unwrap_or(whole);
        let shown = match &self.walk.hidden {
            Some(hidden) => whole.strip_prefix(hidden).unwrap_or(&whole),
            None => &whole,
        };
        shown.to_string_lossy().into_owned()
    }
}

/// The mailbox a message's file belongs to: its folder, or the Maildir around `cur` and `new`.
fn mailbox_of(file: &Path) -> &Path {
    let folder = file.parent().unwrap_or(file);
    if folder.ends_with("cur") || folder.ends_with("new") {
        folder.parent().unwrap_or(folder)
    } else {
        folder
    }
}

/// Counts what is read through it.
struct Counted<R> {
    inner: R,
    walked: Arc<Walked>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.walked.bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// The first bytes of a file, enough to tell what it is.
fn start_of(reader: &mut dyn Read) -> std::io::Result<Vec<u8>> {
    let mut start = Vec::with_capacity(container::SNIFF_BYTES);
    reader
        .take(container::SNIFF_BYTES as u64)
        .read_to_end(&mut start)?;
    Ok(start)
}

/// What a file is. One in a Maildir, or one that calls itself a mail, is a message however broken it is.
fn format_of(start: &[u8], name: &str) -> Format {
    match container::sniff(start, name) {
        Format::Unknown | Format::Mbox if container::maildir_path(name).is_some() => Format::MailFile,
        Format::Unknown if name.to_lowercase().ends_with(".eml") => Format::MailFile,
        format => format,
    }
}

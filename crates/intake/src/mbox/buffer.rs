//! A window on a reader that can look ahead without losing its place.

use std::io::{self, BufRead};

/// A longer line is given in pieces of this size.
const MAX_LINE: usize = 64 * 1024;

pub(super) struct Buffer<R> {
    reader: R,
    bytes: Vec<u8>,
    /// What of `bytes` has been consumed.
    start: usize,
    offset: u64,
    /// Whether what was consumed last ended with a line feed.
    after_line: bool,
    ended: bool,
}

impl<R: BufRead> Buffer<R> {
    pub fn new(reader: R) -> Self {
        Self {
            reader,
            bytes: Vec::new(),
            start: 0,
            offset: 0,
            after_line: true,
            ended: false,
        }
    }

    /// How far into the file the front is.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    fn held(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or_default()
    }

    /// The first `length` bytes, or as many as are held.
    pub fn bytes(&self, length: usize) -> &[u8] {
        self.held().get(..length).unwrap_or_else(|| self.held())
    }

    /// Reads until `length` bytes are held; `false` if the file ends before.
    pub fn fill(&mut self, length: usize) -> io::Result<bool> {
        while self.held().len() < length && !self.ended {
            let more = match self.reader.fill_buf() {
                Ok(more) => more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            // A reader that has the whole file in memory would hand it over at once.
            let more = more.get(..MAX_LINE).unwrap_or(more);
            self.bytes.extend_from_slice(more);
            let read = more.len();
            self.ended = read == 0;
            self.reader.consume(read);
        }
        Ok(self.held().len() >= length)
    }

    /// The line at a distance from the front, with its line feed; empty at the end of the file. A very long line
    /// is given in pieces.
    pub fn line(&mut self, at: usize) -> io::Result<&[u8]> {
        let mut searched = 0;
        loop {
            let rest = self.held().get(at..).unwrap_or_default();
            let rest = rest.get(..MAX_LINE).unwrap_or(rest);
            let fresh = rest.get(searched..).unwrap_or_default();
            if let Some(end) = memchr::memchr(b'\n', fresh) {
                let end = at + searched + end + 1;
                return Ok(self.held().get(at..end).unwrap_or_default());
            }
            searched = rest.len();
            if searched == MAX_LINE || !self.fill(at + searched + 1)? {
                return Ok(self.held().get(at..at + searched).unwrap_or_default());
            }
        }
    }

    /// Whether a line starts at a distance from the front.
    pub fn starts_line(&self, at: usize) -> bool {
        match at.checked_sub(1) {
            None => self.after_line,
            Some(before) => self.held().get(before) == Some(&b'\n'),
        }
    }

    /// The length of the line ending just before a distance from the front.
    pub fn newline_before(&self, at: usize) -> usize {
        let before = self.bytes(at);
        before.len()
            - before.strip_suffix(b"\n").map_or(before.len(), |rest| {
                rest.strip_suffix(b"\r").unwrap_or(rest).len()
            })
    }

    /// Moves the front forward.
    pub fn consume(&mut self, length: usize) {
        let length = length.min(self.held().len());
        if length == 0 {
            return;
        }
        self.after_line = self.bytes.get(self.start + length - 1) == Some(&b'\n');
        self.start += length;
        self.offset += length as u64;
        // Moving what is left costs no more than what was consumed.
        if self.start * 2 >= self.bytes.len() {
            self.bytes.drain(..self.start);
            self.start = 0;
        }
    }
}

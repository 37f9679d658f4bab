//! Mailbox files in the four mbox formats, split as they are read.
//!
//! | format  | where a message ends                  | `From ` in a body                   |
//! |---------|---------------------------------------|-------------------------------------|
//! | mboxo   | at a `From ` line after an empty line | `>From `; `>From ` stays            |
//! | mboxrd  | the same                              | one `>` before any number of `>`    |
//! | mboxcl  | after Content-Length bytes            | as mboxo                            |
//! | mboxcl2 | after Content-Length bytes            | as it is                            |
//!
//! A Content-Length is believed only if a `From ` line or the end of the file follows it, and after a few lies
//! none is believed any more. Memory: the size of the largest message allowed, and a buffer of 128 KiB.

mod buffer;
mod message;

use std::io::{self, BufRead};

use buffer::Buffer;

/// The format a message was stored in, as far as the message shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Variant {
    /// Also when nothing in the message tells the formats apart.
    Mboxo,
    Mboxrd,
    Mboxcl,
    Mboxcl2,
}

/// One message of a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Where its `From ` line starts in the file.
    pub offset: u64,
    /// The message as it was delivered: without its `From ` line, and unquoted.
    pub bytes: Vec<u8>,
    pub variant: Variant,
}

/// Why a mailbox, or a message of one, could not be read.
#[derive(Debug, thiserror::Error)]
pub enum MboxError {
    /// Nothing follows.
    #[error("it is no mailbox: it does not start with a `From ` line")]
    NotMbox,
    /// The messages after it can be read.
    #[error("the message at byte {offset} is larger than {limit} bytes")]
    TooLarge { offset: u64, limit: usize },
    /// Nothing follows.
    #[error("the mailbox could not be read beyond byte {offset}")]
    Io { offset: u64, source: io::Error },
}

/// The messages of a mailbox, in order. Ends after an error that nothing can follow.
pub struct Messages<R> {
    buffer: Buffer<R>,
    limit: usize,
    lies: u32,
    state: State,
}

#[derive(PartialEq)]
enum State {
    Start,
    Between,
    Ended,
}

/// Lies after which Content-Length is not looked at any more, since each costs a message's worth of looking ahead.
const MAX_LIES: u32 = 8;

/// Splits a mailbox; a message of more than `limit` bytes is an error of its own.
pub fn messages<R: BufRead>(reader: R, limit: usize) -> Messages<R> {
    Messages {
        buffer: Buffer::new(reader),
        limit,
        lies: 0,
        state: State::Start,
    }
}

impl<R: BufRead> Iterator for Messages<R> {
    type Item = Result<Message, MboxError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.state == State::Ended {
            return None;
        }
        let outcome = self.step();
        let outcome = outcome.unwrap_or_else(|source| {
            Some(Err(MboxError::Io {
                offset: self.buffer.offset(),
                source,
            }))
        });
        if !matches!(outcome, Some(Ok(_) | Err(MboxError::TooLarge { .. }))) {
            self.state = State::Ended;
        }
        outcome
    }
}

impl<R: BufRead> Messages<R> {
    fn step(&mut self) -> io::Result<Option<Result<Message, MboxError>>> {
        if self.state == State::Start && !self.start()? {
            return Ok(Some(Err(MboxError::NotMbox)));
        }
        if self.buffer.line(0)?.is_empty() {
            return Ok(None);
        }
        let offset = self.buffer.offset();
        let Some(end) = self.end()? else {
            self.skip()?;
            return Ok(Some(Err(MboxError::TooLarge {
                offset,
                limit: self.limit,
            })));
        };
        let (bytes, variant) = message::unquoted(self.buffer.bytes(end.content), end.by_length);
        self.buffer.consume(end.at);
        Ok(Some(Ok(Message {
            offset,
            bytes,
            variant,
        })))
    }

    /// Passes over a byte order mark and empty lines. Whether a `From ` line follows.
    fn start(&mut self) -> io::Result<bool> {
        const BLANK_LINES: usize = 100;
        self.state = State::Between;
        if self.buffer.line(0)?.starts_with(b"\xEF\xBB\xBF") {
            self.buffer.consume(3);
        }
        for _ in 0..BLANK_LINES {
            let line = self.buffer.line(0)?;
            let length = line.len();
            if length == 0 || !line.trim_ascii().is_empty() {
                break;
            }
            self.buffer.consume(length);
        }
        Ok(self.buffer.line(0)?.starts_with(b"From "))
    }

    /// Where the message at the front ends; `None` if not within the limit.
    fn end(&mut self) -> io::Result<Option<End>> {
        let mut at = self.buffer.line(0)?.len();
        let mut length = None;
        let (mut in_header, mut after_blank) = (true, false);
        loop {
            let ends = separator(&mut self.buffer, at, after_blank)?;
            if ends || self.buffer.line(at)?.is_empty() {
                let blank = if after_blank {
                    self.buffer.newline_before(at)
                } else {
                    0
                };
                return Ok(Some(End {
                    at,
                    content: at - blank,
                    by_length: false,
                }));
            }
            let line = self.buffer.line(at)?;
            let next = at + line.len();
            after_blank = line.trim_ascii().is_empty();
            if in_header {
                length = length.or_else(|| message::content_length(line));
                in_header = !after_blank;
                if after_blank && let Some(end) = self.by_length(next, length)? {
                    return Ok(Some(end));
                }
            }
            if next > self.limit {
                return Ok(None);
            }
            at = next;
        }
    }

    /// Where a message ends by its Content-Length, if that can be believed.
    fn by_length(&mut self, body: usize, length: Option<usize>) -> io::Result<Option<End>> {
        let content = length
            .and_then(|length| body.checked_add(length))
            .filter(|end| *end <= self.limit);
        let Some(content) = content.filter(|_| self.lies < MAX_LIES) else {
            return Ok(None);
        };
        let mut at = content;
        // The length may count the empty line after the message, or not, or the line has been lost.
        while self.buffer.fill(at + 1)? && self.buffer.line(at)?.trim_ascii().is_empty() {
            at += self.buffer.line(at)?.len();
        }
        let whole = self.buffer.fill(content)?;
        let ended = self.buffer.line(at)?.is_empty() || separator(&mut self.buffer, at, true)?;
        if whole && ended {
            return Ok(Some(End {
                at,
                content,
                by_length: true,
            }));
        }
        self.lies += 1;
        Ok(None)
    }

    /// Passes over the rest of a message that is too large.
    fn skip(&mut self) -> io::Result<()> {
        let mut after_blank = false;
        let mut length = self.buffer.line(0)?.len();
        loop {
            self.buffer.consume(length);
            let line = self.buffer.line(0)?;
            if line.is_empty() {
                return Ok(());
            }
            let blank = line.trim_ascii().is_empty();
            length = line.len();
            if separator(&mut self.buffer, 0, after_blank)? {
                return Ok(());
            }
            after_blank = blank;
        }
    }
}

/// Where a message ends, as distances from its `From ` line.
struct End {
    /// Where the next one starts.
    at: usize,
    /// Where its content ends, before the empty line that belongs to the mailbox.
    content: usize,
    by_length: bool,
}

/// Whether the line at `at` starts a message: `From `, something like a date, and a header after it. Without the
/// date, or the empty line before it, the header is a must.
fn separator<R: BufRead>(buffer: &mut Buffer<R>, at: usize, after_blank: bool) -> io::Result<bool> {
    if !buffer.starts_line(at) || !buffer.line(at)?.starts_with(b"From ") {
        return Ok(false);
    }
    let line = buffer.line(at)?;
    let (length, dated) = (line.len(), message::is_dated(line));
    let next = buffer.line(at + length)?;
    Ok(if message::is_header(next) {
        after_blank || dated
    } else {
        after_blank && dated
    })
}

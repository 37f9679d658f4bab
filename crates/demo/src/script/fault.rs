//! What can be wrong with a written text.

use std::fmt;

/// A problem and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Path below `texts/`.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: Problem,
}

impl Fault {
    /// A fault at `line` of `file`.
    pub fn new(file: &str, line: usize, problem: Problem) -> Self {
        Self {
            file: file.to_owned(),
            line,
            problem,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.problem)
    }
}

impl std::error::Error for Fault {}

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// `office.toml` is missing or unreadable.
    #[error("there is no office")]
    NoOffice,
    /// A TOML file does not have the expected shape.
    #[error("{0}")]
    Toml(String),
    /// A line outside messages and blocks.
    #[error("expected `subject: …`, a `# remark`, `=== message` or `--- block`, found {0:?}")]
    Stray(String),
    /// A message header that cannot be read.
    #[error("a message begins `=== DATE TIME from -> to[, to][, cc: name]`, found {0:?}")]
    Header(String),
    /// An option that does not exist.
    #[error("there is no option {0:?}")]
    Option(String),
    /// An option with a value it does not take.
    #[error("{option} cannot be {value:?}")]
    Value {
        /// The option.
        option: String,
        /// What stood behind it.
        value: String,
    },
    /// A thread without messages.
    #[error("no message in this thread")]
    Empty,
    /// A thread, or a message that starts afresh, without a subject.
    #[error("a subject is missing")]
    NoSubject,
    /// A message without text.
    #[error("this message has no text")]
    NoText,
    /// A name that nobody has.
    #[error("nobody is called {0:?} here")]
    Nobody(String),
    /// Two people of one client with the same key, or a client's person with a staff key.
    #[error("the key {0:?} is taken twice")]
    SameKey(String),
    /// An option speaks of a message that is not in this thread, or not yet.
    #[error("no earlier message of this thread has the id {0:?}")]
    NoMessage(String),
    /// A calendar option speaks of a meeting that nobody called.
    #[error("no earlier invitation has the uid {0:?}")]
    NoMeeting(String),
    /// An attachment without its block.
    #[error("there is no block {0:?}")]
    NoBlock(String),
    /// A block that no attachment uses.
    #[error("no attachment uses the block {0:?}")]
    UnusedBlock(String),
    /// A message that no kept mailbox sent or received.
    #[error("neither ewa, marek nor biuro is among sender, to and cc")]
    KeptByNobody,
    /// A message before the one it follows.
    #[error("this message is not later than the one before it")]
    OutOfOrder,
    /// A message outside the two years.
    #[error("not between 2024-11-25 and 2026-11-20")]
    OutOfRange,
    /// A staff member writing on a day off.
    #[error("staff do not write at this hour or on this day")]
    OutOfHours,
    /// An address under a domain somebody may own.
    #[error("{0:?} is not an address under .example")]
    Address(String),
    /// Text that its character set cannot carry.
    #[error("{character:?} does not exist in {charset}")]
    Charset {
        /// Name of the character set.
        charset: String,
        /// The first character that does not fit.
        character: char,
    },
    /// A document that could not be drawn.
    #[error("the document {name:?} cannot be made: {reason}")]
    Document {
        /// Its file name.
        name: String,
        /// What the library said.
        reason: String,
    },
}

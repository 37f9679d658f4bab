//! A thread as written: messages in order, and the texts of their attachments.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use crate::mime::{Charset, Encoding};

/// One file of messages.
#[derive(Debug)]
pub struct Thread {
    /// Path below `texts/`.
    pub file: String,
    /// Folder: the client's slug.
    pub slug: String,
    /// Subject of the first message.
    pub subject: String,
    /// Messages in order of time.
    pub messages: Vec<Message>,
    /// Attachment texts by name, with the line where each begins.
    pub blocks: BTreeMap<String, (usize, String)>,
}

/// One message as written: names, not addresses.
#[derive(Debug)]
pub struct Message {
    /// Line of its header.
    pub line: usize,
    /// Local time in Warsaw.
    pub at: DateTime,
    /// Sender's name.
    pub from: String,
    /// Receivers' names.
    pub to: Vec<String>,
    /// Names in copy.
    pub cc: Vec<String>,
    /// What the option lines said.
    pub options: Options,
    /// The text, without signature and quotes.
    pub body: String,
}

/// Option lines of a message.
#[derive(Debug, Default)]
pub struct Options {
    /// Name for other messages to refer to.
    pub id: Option<String>,
    /// What it answers.
    pub reply: Reply,
    /// Subject when it is not the thread's.
    pub subject: Option<String>,
    /// Leave out the quoted history.
    pub no_quote: bool,
    /// Leave out the signature.
    pub no_signature: bool,
    /// Character set when it is not the sender's usual one.
    pub charset: Option<Charset>,
    /// Transfer encoding when it is not the sender's usual one.
    pub encoding: Option<Encoding>,
    /// Whether there is an HTML body.
    pub html: Html,
    /// Attachments, in order.
    pub attachments: Vec<Attachment>,
    /// Ids of messages attached whole.
    pub forwards: Vec<String>,
    /// Invitation, cancellation or answer.
    pub calendar: Option<Calendar>,
    /// An automatic reply.
    pub automatic: bool,
    /// Asks for a read receipt.
    pub asks_receipt: bool,
    /// Is the read receipt for that message.
    pub receipt: Option<String>,
    /// Is the bounce of a message.
    pub bounce: Option<Bounce>,
    /// Marked important.
    pub urgent: bool,
    /// The only mailboxes that keep it.
    pub boxes: Option<Vec<String>>,
}

/// What a message answers.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub enum Reply {
    /// The message before it.
    #[default]
    Previous,
    /// The message with this id.
    To(String),
    /// Nothing.
    Nothing,
}

/// Whether a message has an HTML body.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Html {
    /// Plain text only.
    #[default]
    No,
    /// Plain text and HTML.
    Yes,
    /// HTML only.
    Only,
    /// Plain text and the HTML of a mass mailing.
    Newsletter,
}

/// An attachment to be made.
#[derive(Debug)]
pub struct Attachment {
    /// What kind of file.
    pub kind: Kind,
    /// File name with its ending.
    pub name: String,
    /// Name of the block with its text.
    pub block: String,
    /// Shown inside the HTML body.
    pub inline: bool,
}

/// Kinds of file that can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Pdf,
    Docx,
    Xlsx,
    Csv,
    Txt,
    Png,
    Jpg,
}

/// A calendar object (RFC 5546).
#[derive(Debug)]
pub enum Calendar {
    /// REQUEST: a new meeting, or the same uid at another time.
    Invite {
        /// Name of the meeting in the thread.
        uid: String,
        /// Local start.
        at: DateTime,
        /// Length in minutes.
        minutes: i64,
        /// Title.
        title: String,
        /// Place, may be empty.
        place: String,
    },
    /// CANCEL.
    Cancel(String),
    /// REPLY.
    Answer(String, Answer),
}

/// What an invited person answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Accepted,
    Declined,
    Tentative,
}

/// Why a message came back (RFC 3464).
#[derive(Debug)]
pub struct Bounce {
    /// Id of the message that came back.
    pub of: String,
    /// The address it could not reach.
    pub recipient: String,
    /// Enhanced status code (RFC 3463), such as 5.1.1.
    pub status: String,
    /// What the other server said.
    pub reason: String,
}

/// A message that is stored byte for byte.
#[derive(Debug)]
pub struct Raw {
    /// Path below `texts/`.
    pub file: String,
    /// When it arrived, local time.
    pub at: DateTime,
    /// Mailbox that keeps it.
    pub kept_by: String,
    /// Its bytes, lines ended by CRLF.
    pub bytes: Vec<u8>,
}

//! One interaction: what was said, who took part, why it is where it is, and what proves it.

use askama::Template;

use super::access::InteractionSight;
use super::kinds::{Channel, ClientName, Direction, Instant, Person, SealState};
use super::page::Page;
use super::row::Row;
use super::seal::Seal;
use crate::web::locale::Text;

/// `GET /interactions/{id}`
#[derive(Template)]
#[template(path = "interaction/show.html")]
pub struct InteractionPage {
    pub page: Page,
    pub id: String,
    pub channel: Channel,
    pub direction: Direction,
    /// The subject; empty when there is none.
    pub headline: String,
    pub claimed_at: Instant,
    pub recorded_at: Instant,
    pub participants: Vec<Participant>,
    pub body: Vec<Block>,
    pub html: Option<HtmlBody>,
    pub attachments: Vec<Attachment>,
    /// In the order of the original, names as written there.
    pub headers: Vec<(String, String)>,
    pub original: Original,
    pub proof: Proof,
    pub sightings: Vec<Sighting>,
    /// Other messages of the same thread, newest first.
    pub thread: Vec<Row>,
    pub standing: Standing,
    /// What happened to its assignment, newest first.
    pub changes: Vec<Change>,
    /// What the ticks of the assignment form would teach.
    pub learnable: Learnable,
    pub sight: InteractionSight,
}

/// `GET /interactions/{id}/_open`: the content, under its line in a list.
#[derive(Template)]
#[template(path = "interaction/_open.html")]
pub struct InteractionOpen {
    pub page: Page,
    pub id: String,
    pub body: Vec<Block>,
    pub html: Option<HtmlBody>,
    pub attachments: Vec<Attachment>,
}

/// `GET /interactions/{id}/html`: the document inside the frame. `html` must have been sanitised.
#[derive(Template)]
#[template(path = "interaction/frame.html")]
pub struct Frame {
    pub html: String,
}

/// What part someone had in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    From,
    To,
    Cc,
    Bcc,
    ReplyTo,
}

impl Part {
    /// The key of its text.
    pub fn key(self) -> &'static str {
        match self {
            Part::From => "part-from",
            Part::To => "part-to",
            Part::Cc => "part-cc",
            Part::Bcc => "part-bcc",
            Part::ReplyTo => "part-reply-to",
        }
    }
}

/// Someone who took part.
#[derive(Clone, Debug)]
pub struct Participant {
    pub part: Part,
    pub person: Person,
    /// Whether the address is one of our own.
    pub ours: bool,
    pub client: Option<ClientName>,
}

/// A stretch of the text, told apart so that what is new stands out.
#[derive(Clone, Debug)]
pub enum Block {
    Text(String),
    /// Earlier messages repeated below or between.
    Quote(String),
    Signature(String),
}

/// The message as its sender formatted it.
#[derive(Clone, Copy, Debug)]
pub struct HtmlBody {
    /// How many pictures or styles it would fetch from elsewhere.
    pub remote: u32,
}

/// A file that came with it.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// Its number within the message, as IMAP counts: `1.2`.
    pub number: String,
    pub name: String,
    pub mime: String,
    pub bytes: u64,
    pub preview: Preview,
}

/// What `?preview=1` of an attachment gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preview {
    /// A picture that may stand in the page.
    Picture,
    /// A document that opens on its own.
    Document,
    None,
}

impl Attachment {
    fn icon(&self) -> &'static str {
        let kind = self.mime.split(['/', ';']).next().unwrap_or_default();
        match (kind, self.mime.as_str()) {
            ("image", _) => "image",
            ("audio", _) => "file-audio",
            ("text", _) | (_, "application/pdf") => "file-text",
            (_, mime) if mime.contains("sheet") || mime.contains("excel") => "file-spreadsheet",
            (_, mime) if mime.contains("zip") || mime.contains("compressed") => "file-archive",
            _ => "file",
        }
    }
}

/// The bytes exactly as captured.
#[derive(Clone, Debug)]
pub struct Original {
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub hash: String,
}

/// What the journal says about this record.
#[derive(Clone, Debug)]
pub struct Proof {
    /// SHA-256 of the journal leaf (RFC 6962, 2.1), hexadecimal.
    pub leaf: String,
    /// None until the next checkpoint.
    pub inclusion: Option<Inclusion>,
    /// None until enough witnesses cosigned a checkpoint that covers it.
    pub witnessed: Option<Witnessed>,
    /// None until an authority stamped a checkpoint that covers it.
    pub stamped: Option<Stamped>,
    /// When somebody outside last vouched for a checkpoint without it.
    pub absent_at: Option<Instant>,
}

/// Who vouches that the record existed, and when.
#[derive(Clone, Debug)]
pub struct Stamped {
    /// By the authority's own clock.
    pub at: Instant,
    pub authority: String,
}

/// Who else has known the record, and since when.
#[derive(Clone, Debug)]
pub struct Witnessed {
    /// By the witnesses' own clocks.
    pub since: Instant,
    /// Names of their keys.
    pub by: Vec<String>,
}

/// The record's place in the tree under a signed checkpoint.
#[derive(Clone, Debug)]
pub struct Inclusion {
    /// Zero-based, as in the proof file.
    pub index: u64,
    /// Entries under the checkpoint.
    pub size: u64,
    /// Root hash of the checkpoint, hexadecimal.
    pub root: String,
    /// Sibling hashes from the leaf up, hexadecimal.
    pub path: Vec<String>,
    pub signed_at: Instant,
    pub origin: String,
    pub key: String,
    /// Whether leaf and path were found to give the root when this page was made.
    pub holds: bool,
}

impl Proof {
    fn state(&self) -> SealState {
        if self.stamped.is_some() {
            SealState::Stamped
        } else if self.witnessed.is_some() {
            SealState::Witnessed
        } else if self.inclusion.is_some() {
            SealState::Sealed
        } else {
            SealState::Pending
        }
    }

    fn seal(&self) -> Option<Seal> {
        Seal::of_hex(&self.leaf)
    }
}

/// One place it was seen in. A second sight of the same thing adds a line here and no second interaction.
#[derive(Clone, Debug)]
pub struct Sighting {
    /// The mailbox, folder or file.
    pub source: String,
    pub at: Instant,
}

/// Where it stands.
#[derive(Clone, Debug)]
pub enum Standing {
    Assigned(Vec<Assignment>),
    Unassigned,
    Ignored {
        reason: String,
    },
    /// It could not be read; `reason` is a sentence in the person's language.
    Unreadable {
        reason: String,
    },
}

/// That it belongs to a client, and why.
#[derive(Clone, Debug)]
pub struct Assignment {
    pub client: ClientName,
    pub why: Why,
    pub at: Instant,
}

/// Why it belongs to a client.
#[derive(Clone, Debug)]
pub enum Why {
    /// An address of the client took part.
    Address(String),
    /// An address under the client's domain took part.
    Domain(String),
    /// It answers something of this client's.
    Thread,
    /// A rule matched; the rule's own words.
    Rule(String),
    /// A person decided, perhaps saying why.
    Person { name: String, reason: String },
}

/// One step in the history of its assignment.
#[derive(Clone, Debug)]
pub struct Change {
    pub at: Instant,
    pub act: Act,
    pub why: Why,
}

/// What was done.
#[derive(Clone, Debug)]
pub enum Act {
    Assigned(ClientName),
    Removed(ClientName),
    Ignored,
    Retried,
}

/// What an assignment may teach for next time; an empty value offers nothing.
#[derive(Clone, Debug, Default)]
pub struct Learnable {
    pub address: String,
    pub domain: String,
}

impl InteractionPage {
    /// The client it is with, for the way back.
    fn client(&self) -> Option<&ClientName> {
        match &self.standing {
            Standing::Assigned(assignments) => assignments.first().map(|assignment| &assignment.client),
            Standing::Unassigned | Standing::Ignored { .. } | Standing::Unreadable { .. } => None,
        }
    }

    /// Only what waits can be ignored: with a client it matters, and ignored it is already.
    fn may_be_ignored(&self) -> bool {
        matches!(self.standing, Standing::Unassigned | Standing::Unreadable { .. })
    }

    /// A reason as a sentence.
    fn why(&self, page: &Page, why: &Why) -> Text {
        match why {
            Why::Address(value) => page.t("why-address").arg("value", value),
            Why::Domain(value) => page.t("why-domain").arg("value", value),
            Why::Thread => page.t("why-thread"),
            Why::Rule(rule) => page.t("why-rule").arg("rule", rule),
            Why::Person { name, reason } if reason.is_empty() => page.t("why-person").arg("name", name),
            Why::Person { name, reason } => page
                .t("why-person-reason")
                .arg("name", name)
                .arg("reason", reason),
        }
    }
}

//! What a conversation is made from, and its JSON.
//!
//! The order of parties, dialogs and attachments is kept: they name each other by their places, from 0.

use data_encoding::BASE64URL_NOPAD;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::uuid::Uuid;

/// What a conversation says which version it follows. The draft needs it no more; older readers do.
const VERSION: &str = "0.4.0";

/// A conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversation {
    /// Its name.
    pub uuid: Uuid,
    /// When the vCon was made.
    pub created_at: i64,
    /// What it is about; may be empty.
    pub subject: String,
    /// Who takes part.
    pub parties: Vec<Party>,
    /// What was said and written, in the order in which it is known.
    pub dialogs: Vec<Dialog>,
    /// What was handed over.
    pub attachments: Vec<Attachment>,
}

/// Someone who takes part. What is empty is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Party {
    /// The name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The e-mail address.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mailto: String,
    /// The telephone number, as `+48221234567`.
    #[serde(skip_serializing_if = "String::is_empty", serialize_with = "tel")]
    pub tel: String,
    /// The organisation.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub org: String,
}

impl Party {
    /// A party of whom only the name is known.
    pub fn named(name: &str) -> Party {
        Party {
            name: name.to_owned(),
            ..Party::default()
        }
    }
}

/// A number as a URL (RFC 3966).
fn tel<S: serde::Serializer>(number: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if number.starts_with("tel:") {
        serializer.serialize_str(number)
    } else {
        serializer.collect_str(&format_args!("tel:{number}"))
    }
}

/// A message or a recording.
#[derive(Debug, Clone, PartialEq)]
pub struct Dialog {
    /// What it is.
    pub kind: DialogKind,
    /// When it began.
    pub start: i64,
    /// How long it took, in seconds.
    pub duration: Option<f64>,
    /// Who takes part, by places in [`Conversation::parties`]: for mail From first, then To, Cc.
    pub parties: Vec<usize>,
    /// Who began it, if it is not the first of them.
    pub originator: Option<usize>,
    /// The media type; parameters are left out.
    pub media_type: String,
    /// The file's name; may be empty.
    pub filename: String,
    /// What it says.
    pub content: Content,
    /// The Message-ID of mail; may be empty.
    pub message_id: String,
}

impl Dialog {
    /// A dialog without anything in it.
    pub fn new(kind: DialogKind, start: i64) -> Dialog {
        Dialog {
            kind,
            start,
            duration: None,
            parties: Vec::new(),
            originator: None,
            media_type: String::new(),
            filename: String::new(),
            content: Content::Text(String::new()),
            message_id: String::new(),
        }
    }
}

/// What a dialog is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DialogKind {
    /// Something written: one message.
    Text,
    /// Sound or picture of a call or meeting.
    Recording,
}

/// Content, inside or elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Text, as it is.
    Text(String),
    /// Bytes, in base64url.
    Bytes(Vec<u8>),
    /// A file elsewhere, known by its hash.
    Elsewhere {
        /// Where: an `https` URL, or a path relative to the vCon's own place.
        url: String,
        /// Its SHA-512.
        sha512: [u8; 64],
    },
}

/// Something handed over with a dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// What it is for, in a word.
    pub purpose: String,
    /// When.
    pub start: i64,
    /// By whom, as the place in [`Conversation::parties`].
    pub party: usize,
    /// With what, as the place in [`Conversation::dialogs`].
    pub dialog: usize,
    /// The media type; parameters are left out.
    pub media_type: String,
    /// The file's name; may be empty.
    pub filename: String,
    /// What it holds.
    pub content: Content,
}

/// Why something cannot be a vCon.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VconError {
    /// A party that is not there.
    #[error("{place} names party {party}, which is not there")]
    Party {
        /// Who names it: `dialog 3`, `attachment 0`.
        place: String,
        /// Which, from 0.
        party: usize,
    },
    /// A dialog that is not there.
    #[error("attachment {attachment} names dialog {dialog}, which is not there")]
    Dialog {
        /// Who names it, from 0.
        attachment: usize,
        /// Which, from 0.
        dialog: usize,
    },
    /// An instant that no calendar has.
    #[error("{at} microseconds since 1970 is no instant that can be written")]
    Instant {
        /// Which.
        at: i64,
    },
    /// A length of time that none is.
    #[error("dialog {dialog} took no length of time that can be written")]
    Duration {
        /// Which, from 0.
        dialog: usize,
    },
}

impl Conversation {
    /// The vCon, not signed: compact JSON, its fields always in the same order.
    ///
    /// # Errors
    /// If something names a party or dialog that is not there, or an instant cannot be written.
    pub fn to_json(&self) -> Result<Vec<u8>, VconError> {
        self.check()?;
        let mut fields = Fields::default();
        fields.put("vcon", json!(VERSION));
        fields.put("uuid", json!(self.uuid.to_string()));
        fields.put("created_at", instant(self.created_at)?);
        fields.text("subject", &self.subject);
        fields.put("parties", json!(self.parties));
        let dialogs: Result<Vec<Value>, VconError> = self.dialogs.iter().map(dialog).collect();
        fields.put("dialog", dialogs?.into());
        let attachments: Result<Vec<Value>, VconError> = self.attachments.iter().map(attachment).collect();
        fields.put("attachments", attachments?.into());
        fields.put("analysis", json!([]));
        Ok(Value::Object(fields.0).to_string().into_bytes())
    }

    fn check(&self) -> Result<(), VconError> {
        for (number, dialog) in self.dialogs.iter().enumerate() {
            let place = || format!("dialog {number}");
            for party in dialog.parties.iter().chain(&dialog.originator) {
                self.require_party(*party, place)?;
            }
            if dialog
                .duration
                .is_some_and(|seconds| !seconds.is_finite() || seconds < 0.0)
            {
                return Err(VconError::Duration { dialog: number });
            }
        }
        for (number, attached) in self.attachments.iter().enumerate() {
            self.require_party(attached.party, || format!("attachment {number}"))?;
            if attached.dialog >= self.dialogs.len() {
                let (attachment, dialog) = (number, attached.dialog);
                return Err(VconError::Dialog { attachment, dialog });
            }
        }
        Ok(())
    }

    fn require_party(&self, party: usize, place: impl Fn() -> String) -> Result<(), VconError> {
        if party < self.parties.len() {
            return Ok(());
        }
        let place = place();
        Err(VconError::Party { place, party })
    }
}

/// The fields of an object, as far as they have something to say.
#[derive(Default)]
struct Fields(Map<String, Value>);

impl Fields {
    fn put(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    fn text(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.put(name, json!(text));
        }
    }

    fn content(&mut self, content: &Content) {
        match content {
            Content::Text(text) => {
                self.put("encoding", json!("none"));
                self.put("body", json!(text));
            }
            Content::Bytes(bytes) => {
                self.put("encoding", json!("base64url"));
                self.put("body", json!(BASE64URL_NOPAD.encode(bytes)));
            }
            Content::Elsewhere { url, sha512 } => {
                self.put("url", json!(url));
                let hash = BASE64URL_NOPAD.encode(sha512);
                self.put("content_hash", json!(format!("sha512-{hash}")));
            }
        }
    }
}

fn dialog(dialog: &Dialog) -> Result<Value, VconError> {
    let mut fields = Fields::default();
    fields.put("type", json!(dialog.kind));
    fields.put("start", instant(dialog.start)?);
    if let Some(seconds) = dialog.duration {
        fields.put("duration", json!(seconds));
    }
    fields.put("parties", json!(dialog.parties));
    if let Some(originator) = dialog.originator {
        fields.put("originator", json!(originator));
    }
    fields.text("mediatype", bare(&dialog.media_type));
    fields.text("filename", &dialog.filename);
    fields.content(&dialog.content);
    fields.text("message_id", &dialog.message_id);
    Ok(Value::Object(fields.0))
}

fn attachment(attachment: &Attachment) -> Result<Value, VconError> {
    let mut fields = Fields::default();
    fields.put("purpose", json!(attachment.purpose));
    fields.put("start", instant(attachment.start)?);
    fields.put("party", json!(attachment.party));
    fields.put("dialog", json!(attachment.dialog));
    fields.text("mediatype", bare(&attachment.media_type));
    fields.text("filename", &attachment.filename);
    fields.content(&attachment.content);
    Ok(Value::Object(fields.0))
}

/// A media type without parameters, which some readers do not take.
fn bare(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// RFC 3339 in UTC.
fn instant(at: i64) -> Result<Value, VconError> {
    let text = jiff::Timestamp::from_microsecond(at).map_err(|_| VconError::Instant { at })?;
    Ok(json!(text.to_string()))
}

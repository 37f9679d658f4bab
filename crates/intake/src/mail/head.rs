//! The header block of a message, read once.

use encoding_rs::Encoding;

use super::header::{Field, Fields, is_known};
use super::identity::Fingerprint;
use super::structure::MimeFields;
use super::{Part, PartKind, Participant, Role, Unreadable, address, charset, encoded_word};

/// How much of the start is searched for NUL when no known header is found.
const BINARY_BYTES: usize = 1024;
/// Address fields that are read; a message has six at most, by rights.
const MAX_ADDRESS_FIELDS: usize = 32;

/// What the header block says, still folded and encoded.
pub(super) struct Head<'a> {
    pub message_id: Option<&'a [u8]>,
    pub in_reply_to: Option<&'a [u8]>,
    pub references: Option<&'a [u8]>,
    pub subject: Option<&'a [u8]>,
    pub date: Option<&'a [u8]>,
    pub addresses: Vec<(Role, &'a [u8])>,
    pub mime: MimeFields<'a>,
    pub hints: Hints,
    pub fingerprint: Fingerprint,
    /// Where the header block ends and the body begins.
    pub body: usize,
}

/// What tells machines' mail from people's.
#[derive(Default, Clone, Copy)]
pub(super) struct Hints {
    pub from_list: bool,
    pub automatic: bool,
    pub empty_return_path: bool,
    pub failed_recipients: bool,
}

impl<'a> Head<'a> {
    pub fn read(raw: &'a [u8]) -> Result<Self, Unreadable> {
        if raw.trim_ascii().is_empty() {
            return Err(Unreadable::Empty);
        }
        let start = start(raw);
        let mut fields = Fields::new(raw.get(start..).unwrap_or_default());
        let mut head = Self {
            message_id: None,
            in_reply_to: None,
            references: None,
            subject: None,
            date: None,
            addresses: Vec::new(),
            mime: MimeFields::default(),
            hints: Hints::default(),
            fingerprint: Fingerprint::default(),
            body: 0,
        };
        let (mut seen, mut known) = (false, false);
        for field in &mut fields {
            seen = true;
            known |= is_known(field.name);
            head.take(field);
        }
        head.body = start + fields.body();
        let binary = raw.get(..BINARY_BYTES).unwrap_or(raw).contains(&0);
        match (known, seen, binary) {
            (true, ..) | (false, true, false) => Ok(head),
            (false, _, true) => Err(Unreadable::Binary),
            (false, false, false) => Err(Unreadable::NoHeader),
        }
    }

    fn take(&mut self, field: Field<'a>) {
        self.fingerprint.header(field);
        let role = match field.name.len() {
            4 if field.is("From") => Role::From,
            2 if field.is("To") => Role::To,
            2 if field.is("Cc") => Role::Cc,
            3 if field.is("Bcc") => Role::Bcc,
            6 if field.is("Sender") => Role::Sender,
            8 if field.is("Reply-To") => Role::ReplyTo,
            _ => return self.take_other(field),
        };
        if self.addresses.len() < MAX_ADDRESS_FIELDS {
            self.addresses.push((role, field.value));
        }
    }

    fn take_other(&mut self, field: Field<'a>) {
        let slot = match field.name.len() {
            4 if field.is("Date") => &mut self.date,
            7 if field.is("Subject") => &mut self.subject,
            10 if field.is("Message-ID") => &mut self.message_id,
            10 if field.is("References") => &mut self.references,
            11 if field.is("In-Reply-To") => &mut self.in_reply_to,
            _ => {
                self.mime.take(field);
                return self.hints.take(field);
            }
        };
        slot.get_or_insert(field.value);
    }
}

impl Hints {
    fn take(&mut self, field: Field<'_>) {
        let value = || field.value.trim_ascii().to_ascii_lowercase();
        match field.name.first() {
            Some(b'L' | b'l') => {
                let names = ["List-Id", "List-Unsubscribe", "List-Post"];
                self.from_list |= names.iter().any(|name| field.is(name));
            }
            Some(b'P' | b'p') if field.is("Precedence") => match value().as_slice() {
                b"bulk" | b"list" | b"junk" => self.from_list = true,
                b"auto_reply" => self.automatic = true,
                _ => {}
            },
            Some(b'A' | b'a') if field.is("Auto-Submitted") => self.automatic |= !value().starts_with(b"no"),
            Some(b'R' | b'r') if field.is("Return-Path") => self.empty_return_path |= value() == b"<>",
            Some(b'X' | b'x') => {
                self.automatic |= field.is("X-Autoreply") || field.is("X-Autorespond");
                self.failed_recipients |= field.is("X-Failed-Recipients");
            }
            _ => {}
        }
    }
}

/// Past what may stand before the first field: a byte order mark and empty lines.
fn start(raw: &[u8]) -> usize {
    let mark = if raw.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let empty = raw
        .iter()
        .skip(mark)
        .take_while(|b| matches!(b, b'\r' | b'\n'))
        .count();
    mark + empty
}

/// The header's texts, decoded with what the parts say about the charset.
pub(super) struct Texts<'h, 'a> {
    head: &'h Head<'a>,
    unlabelled: Option<&'static Encoding>,
}

impl<'h, 'a> Texts<'h, 'a> {
    pub fn of(head: &'h Head<'a>, parts: &[Part]) -> Self {
        let texts = parts
            .iter()
            .filter(|part| matches!(part.kind, PartKind::Text | PartKind::Html));
        let named = texts
            .filter_map(|part| part.charset.as_deref())
            .find_map(charset::named);
        Self {
            head,
            unlabelled: named.or_else(|| Self::guess(head)),
        }
    }

    /// One guess from all unlabelled bytes beyond ASCII, since a single name is too short for one.
    fn guess(head: &Head<'_>) -> Option<&'static Encoding> {
        let values = head
            .subject
            .into_iter()
            .chain(head.addresses.iter().map(|(_, value)| *value));
        let odd: Vec<&[u8]> = values.filter(|value| !value.is_ascii()).collect();
        (!odd.is_empty()).then(|| charset::guess(&odd.join(&b' ')))
    }

    pub fn subject(&self) -> String {
        self.head
            .subject
            .map(|subject| encoded_word::decode(subject, self.unlabelled))
            .unwrap_or_default()
    }

    pub fn message_id(&self) -> Option<String> {
        self.ids(self.head.message_id).into_iter().next()
    }

    /// The ids in angle brackets; without any, each word is one.
    pub fn ids(&self, value: Option<&[u8]>) -> Vec<String> {
        const MAX_IDS: usize = 200;
        let value = value.unwrap_or_default();
        let text = |id: &[u8]| encoded_word::decode(id, self.unlabelled).replace(char::is_whitespace, "");
        let bracketed = value
            .split(|b| *b == b'<')
            .skip(1)
            .filter_map(|rest| rest.split(|b| *b == b'>').next());
        let mut ids: Vec<String> = bracketed
            .map(text)
            .filter(|id| !id.is_empty())
            .take(MAX_IDS)
            .collect();
        if ids.is_empty() {
            let words = value
                .split(u8::is_ascii_whitespace)
                .filter(|word| word.contains(&b'@') || word.len() > 8);
            ids = words.map(text).take(MAX_IDS).collect();
        }
        ids
    }

    /// Everybody named. A message of `size` bytes can't name more people than that many addresses would fill.
    pub fn participants(&self, size: usize) -> Vec<Participant> {
        const BYTES_PER_ADDRESS: usize = 40;
        let mut left = 16 + size / BYTES_PER_ADDRESS;
        let mut all = Vec::new();
        for (role, value) in &self.head.addresses {
            let some = address::participants(value, *role, self.unlabelled, left);
            left -= some.len().min(left);
            all.extend(some);
        }
        all
    }
}

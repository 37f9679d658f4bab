//! The MIME tree of a message (RFC 2046), as ranges of its bytes.
//!
//! Each entity is looked at within the bytes of the one it lies in, so what lies inside can't change what lies
//! around it. Limits: 32 levels, and one part for each 300 bytes of the message above the first 32; an entity
//! that would break them is one attachment, undivided.

use std::ops::Range;

use super::boundary::{Dividers, apparent_boundary};
use super::head::Head;
use super::header::{Field, Fields};
use super::parameter::{Structured, file_name};
use super::transfer::{Transfer, decode, decoded_size};
use super::{Flow, Part, PartKind, encoded_word, tnef, uuencode};

const MAX_DEPTH: usize = 32;
const FREE_PARTS: usize = 32;
const BYTES_PER_PART: usize = 300;
const MAX_TYPE_CHARS: usize = 100;

/// The fields of an entity that say what it is, still folded and encoded.
#[derive(Default, Clone, Copy)]
pub(super) struct MimeFields<'a> {
    pub content_type: Option<&'a [u8]>,
    transfer: Option<&'a [u8]>,
    disposition: Option<&'a [u8]>,
    id: Option<&'a [u8]>,
}

impl<'a> MimeFields<'a> {
    pub fn take(&mut self, field: Field<'a>) {
        let slot = match field.name.len() {
            12 if field.is("Content-Type") => &mut self.content_type,
            25 if field.is("Content-Transfer-Encoding") => &mut self.transfer,
            19 if field.is("Content-Disposition") => &mut self.disposition,
            10 if field.is("Content-ID") => &mut self.id,
            _ => return,
        };
        slot.get_or_insert(field.value);
    }
}

/// The parts of a message, its header block first.
pub(super) fn parts(raw: &[u8], head: &Head<'_>) -> Vec<Part> {
    let mut tree = Tree {
        raw,
        parts: Vec::new(),
        limit: FREE_PARTS + raw.len() / BYTES_PER_PART,
    };
    tree.parts.push(Part {
        number: "headers".into(),
        kind: PartKind::Headers,
        media_type: "text/rfc822-headers".into(),
        charset: None,
        flow: Flow::Fixed,
        filename: None,
        content_id: None,
        inline: false,
        container: None,
        range: 0..head.body,
        transfer: Transfer::Identity,
        size: head.body,
    });
    let body = head.body..raw.len();
    tree.entity(Entity {
        fields: head.mime,
        body,
        place: Place::default(),
    });
    tree.parts
}

/// Where in the tree an entity lies.
#[derive(Default, Clone)]
struct Place {
    /// Its number; empty for the message's own body.
    number: String,
    depth: usize,
    in_digest: bool,
    in_related: bool,
}

impl Place {
    /// The number of a leaf here: the body of a message that is not divided is its first part.
    fn leaf_number(&self, in_message: bool) -> String {
        match (in_message, self.number.is_empty()) {
            (_, true) => "1".into(),
            (true, false) => format!("{}.1", self.number),
            (false, false) => self.number.clone(),
        }
    }

    fn below(&self, index: usize) -> Self {
        let number = if self.number.is_empty() {
            index.to_string()
        } else {
            format!("{}.{index}", self.number)
        };
        Self {
            number,
            depth: self.depth + 1,
            in_digest: false,
            in_related: false,
        }
    }
}

struct Entity<'a> {
    fields: MimeFields<'a>,
    body: Range<usize>,
    place: Place,
}

struct Tree<'a> {
    raw: &'a [u8],
    parts: Vec<Part>,
    limit: usize,
}

impl<'a> Tree<'a> {
    fn bytes(&self, range: Range<usize>) -> &'a [u8] {
        self.raw.get(range).unwrap_or_default()
    }

    fn full(&self) -> bool {
        self.parts.len() >= self.limit
    }

    fn entity(&mut self, entity: Entity<'a>) {
        self.entity_in(entity, false);
    }

    /// `in_message`: the entity is the body of a nested message, which shares that message's number.
    fn entity_in(&mut self, entity: Entity<'a>, in_message: bool) {
        let kind = Structured::of(entity.fields.content_type.unwrap_or_default());
        let divisible = entity.place.depth < MAX_DEPTH && !self.full();
        if divisible && kind.value.starts_with("multipart/") && self.multipart(&entity, &kind) {
            return;
        }
        let number = entity
            .place
            .leaf_number(in_message || entity.place.number.is_empty());
        self.leaf(&entity, &kind, number);
    }

    /// Adds the children of a multipart; `false` if there are none to be found.
    fn multipart(&mut self, entity: &Entity<'a>, kind: &Structured<'_>) -> bool {
        let bytes = self.bytes(entity.body.clone());
        let declared = kind
            .get("boundary")
            .map(<[u8]>::trim_ascii_end)
            .filter(|boundary| !boundary.is_empty());
        let boundaries = [declared, apparent_boundary(bytes)].into_iter().flatten();
        let opened = boundaries.map(|boundary| Dividers::new(bytes, boundary));
        let Some((mut dividers, mut divider)) = opened
            .filter_map(|mut found| found.next().map(|first| (found, first)))
            .next()
        else {
            return false;
        };
        let mut index = 0;
        while !divider.last {
            let next = dividers.next();
            index += 1;
            let full = self.full();
            let end = match &next {
                Some(next) if !full => next.before,
                _ => bytes.len(),
            };
            let span = divider.after.min(end)..end;
            let mut place = entity.place.below(index);
            place.in_digest = kind.value == "multipart/digest";
            place.in_related = kind.value == "multipart/related";
            self.child(
                entity.body.start + span.start..entity.body.start + span.end,
                place,
            );
            match next {
                Some(next) if !full => divider = next,
                _ => break,
            }
        }
        index > 0
    }

    /// An entity with a header of its own.
    fn child(&mut self, span: Range<usize>, place: Place) {
        let entity = self.with_header(span, place);
        self.entity_in(entity, false);
    }

    fn with_header(&self, span: Range<usize>, place: Place) -> Entity<'a> {
        let mut fields = Fields::new(self.bytes(span.clone()));
        let mut mime = MimeFields::default();
        for field in &mut fields {
            mime.take(field);
        }
        Entity {
            fields: mime,
            body: (span.start + fields.body()).min(span.end)..span.end,
            place,
        }
    }

    fn leaf(&mut self, entity: &Entity<'a>, kind: &Structured<'_>, number: String) {
        let bytes = self.bytes(entity.body.clone());
        let transfer = entity.fields.transfer.map_or(Transfer::Identity, Transfer::named);
        let disposition = Structured::of(entity.fields.disposition.unwrap_or_default());
        let filename = disposition.text("filename").or_else(|| kind.text("name"));
        let filename = filename.and_then(|name| file_name(&name));
        let content_id = entity.fields.id.map(|id| encoded_word::decode(id, None));
        let content_id = content_id
            .map(|id| id.trim_matches(['<', '>', ' ']).to_owned())
            .filter(|id| !id.is_empty());
        let media_type = media_type(kind, entity.place.in_digest);
        let first = self.parts.len() == 1;
        let attached = disposition.value == "attachment" || (filename.is_some() && !first);
        let related = entity.place.in_related && content_id.is_some();
        let part = Part {
            kind: part_kind(&media_type, attached, kind),
            charset: kind
                .get("charset")
                .map(|label| String::from_utf8_lossy(label).trim().to_lowercase()),
            flow: flow(kind),
            inline: disposition.value == "inline" || (disposition.value.is_empty() && related),
            size: decoded_size(transfer, bytes),
            range: entity.body.clone(),
            container: None,
            number,
            media_type,
            filename,
            content_id,
            transfer,
        };
        self.add(part, entity.place.depth);
    }

    /// Adds a leaf and what lies in it.
    fn add(&mut self, part: Part, depth: usize) {
        let inner = Place {
            number: part.number.clone(),
            depth: depth + 1,
            ..Place::default()
        };
        let (kind, range, transfer) = (part.kind, part.range.clone(), part.transfer);
        let is_tnef = part.media_type.ends_with("/ms-tnef")
            || part.media_type.ends_with("/vnd.ms-tnef")
            || part
                .filename
                .as_deref()
                .is_some_and(|name| name.eq_ignore_ascii_case("winmail.dat"));
        self.parts.push(part);
        match (kind, transfer) {
            (PartKind::Nested, Transfer::Identity) if depth < MAX_DEPTH && !self.full() => {
                let entity = self.with_header(range, inner);
                self.entity_in(entity, true);
            }
            (PartKind::Text, Transfer::Identity) => self.uuencoded(&range, &inner),
            _ if is_tnef => self.tnef(range, transfer, &inner),
            _ => {}
        }
    }

    fn uuencoded(&mut self, text: &Range<usize>, place: &Place) {
        let (bytes, mut at, mut index) = (self.bytes(text.clone()), 0, 0);
        while !self.full()
            && let Some(file) = uuencode::find(bytes, at)
        {
            at = file.range.end;
            index += 1;
            let range = text.start + file.range.start..text.start + file.range.end;
            let name = file_name(&encoded_word::decode(file.name, None));
            let size = decoded_size(Transfer::Uuencode, self.bytes(range.clone()));
            self.unpacked(
                place,
                index,
                name,
                Content {
                    range,
                    transfer: Transfer::Uuencode,
                    size,
                },
            );
        }
    }

    fn tnef(&mut self, range: Range<usize>, transfer: Transfer, place: &Place) {
        let Some(wrapping) = transfer.as_wrapping() else {
            return;
        };
        let stream = decode(transfer, self.bytes(range.clone()));
        for (attachment, found) in (0u32..).zip(tnef::attachments(&stream)) {
            if self.full() {
                return;
            }
            let long = found.long_name.map(tnef::Text::decode);
            let name = long.or_else(|| found.title.map(|title| tnef::Text::Bytes(title).decode()));
            let content = Content {
                range: range.clone(),
                transfer: Transfer::Tnef { wrapping, attachment },
                size: found.content.len(),
            };
            let index = usize::try_from(attachment).unwrap_or(0) + 1;
            self.unpacked(place, index, name.as_deref().and_then(file_name), content);
            if let Some(part) = self.parts.last_mut() {
                let claimed = found
                    .media_type
                    .map(|kind| Structured::of(kind.decode().as_bytes()).value);
                if let Some(claimed) = claimed.filter(|kind| is_type(kind)) {
                    part.media_type = claimed;
                }
                part.content_id = found
                    .content_id
                    .map(tnef::Text::decode)
                    .filter(|id| !id.is_empty());
            }
        }
    }

    fn unpacked(&mut self, place: &Place, index: usize, filename: Option<String>, content: Content) {
        self.parts.push(Part {
            number: place.below(index).number,
            kind: PartKind::Attachment,
            media_type: "application/octet-stream".into(),
            charset: None,
            flow: Flow::Fixed,
            filename,
            content_id: None,
            inline: false,
            container: Some(place.number.clone()),
            range: content.range,
            transfer: content.transfer,
            size: content.size,
        });
    }
}

/// Where the content of an unpacked part comes from.
struct Content {
    range: Range<usize>,
    transfer: Transfer,
    size: usize,
}

fn media_type(kind: &Structured<'_>, in_digest: bool) -> String {
    if is_type(&kind.value) {
        return kind.value.clone();
    }
    match kind.value.as_str() {
        _ if in_digest => "message/rfc822".into(),
        // RFC 822 programs wrote `Content-Type: text`; a type nobody can read is no text.
        "" | "text" => "text/plain".into(),
        "html" => "text/html".into(),
        _ => "application/octet-stream".into(),
    }
}

fn is_type(value: &str) -> bool {
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$&-^_.+*".contains(c);
    let halves = value
        .split_once('/')
        .filter(|(kind, subtype)| !kind.is_empty() && !subtype.is_empty());
    value.len() <= MAX_TYPE_CHARS
        && halves.is_some_and(|(kind, subtype)| kind.chars().chain(subtype.chars()).all(token))
}

fn part_kind(media_type: &str, attached: bool, kind: &Structured<'_>) -> PartKind {
    match media_type {
        "message/rfc822" | "message/global" | "message/news" => PartKind::Nested,
        "text/calendar" | "application/ics" => PartKind::Calendar,
        "text/html" | "application/xhtml+xml" if !attached => PartKind::Html,
        _ if attached => PartKind::Attachment,
        _ if media_type.starts_with("text/") => PartKind::Text,
        // A multipart in which nothing could be told apart is best read as it stands.
        _ if media_type.starts_with("multipart/") && kind.get("boundary").is_none() => PartKind::Text,
        _ => PartKind::Attachment,
    }
}

fn flow(kind: &Structured<'_>) -> Flow {
    match (kind.has("format", "flowed"), kind.has("delsp", "yes")) {
        (false, _) => Flow::Fixed,
        (true, false) => Flow::Flowed,
        (true, true) => Flow::FlowedDelSp,
    }
}

//! TNEF, the wrapper Outlook puts its attachments into as `winmail.dat` (MS-OXTNEF).
//!
//! Only attachments and an HTML body are looked for. What is damaged ends the list; checksums are not asked.

use std::ops::Range;

const SIGNATURE: u32 = 0x223E_9F78;
const ATTACHMENT_LEVEL: u8 = 2;
const FREE_ATTACHMENTS: usize = 8;
/// A stream can't hold more attachments than one for so many of its bytes, above the first few.
const BYTES_PER_ATTACHMENT: usize = 256;
const MAX_PROPERTIES: u32 = 10_000;

/// Attribute ids, without their type.
mod attribute {
    pub const ATTACH_TITLE: u16 = 0x8010;
    pub const ATTACH_DATA: u16 = 0x800F;
    pub const ATTACH_REND_DATA: u16 = 0x9002;
    pub const MAPI_PROPS: u16 = 0x9003;
    pub const ATTACHMENT: u16 = 0x9005;
}

/// MAPI property ids.
mod property {
    pub const BODY_HTML: u16 = 0x1013;
    pub const ATTACH_DATA: u16 = 0x3701;
    pub const ATTACH_LONG_FILENAME: u16 = 0x3707;
    pub const ATTACH_MIME_TAG: u16 = 0x370E;
    pub const ATTACH_CONTENT_ID: u16 = 0x3712;
}

/// One thing in the stream.
#[derive(Default, Clone)]
pub(super) struct Attachment<'a> {
    pub title: Option<&'a [u8]>,
    pub long_name: Option<Text<'a>>,
    pub media_type: Option<Text<'a>>,
    pub content_id: Option<Text<'a>>,
    pub content: Range<usize>,
}

/// A string of a property.
#[derive(Clone, Copy)]
pub(super) enum Text<'a> {
    Bytes(&'a [u8]),
    Utf16(&'a [u8]),
}

impl Text<'_> {
    pub fn decode(self) -> String {
        let text = match self {
            Self::Bytes(bytes) => super::charset::utf8_or(bytes, None).into_owned(),
            Self::Utf16(bytes) => encoding_rs::UTF_16LE
                .decode_without_bom_handling(bytes)
                .0
                .into_owned(),
        };
        text.trim_end_matches('\0').to_owned()
    }
}

/// The content of the attachment with this index; empty when there is none.
pub(super) fn content(stream: &[u8], index: u32) -> &[u8] {
    let range = usize::try_from(index)
        .ok()
        .and_then(|index| attachments(stream).get(index).map(|a| a.content.clone()));
    range.and_then(|range| stream.get(range)).unwrap_or_default()
}

/// Everything found in a stream, in its order. The order is part of [`super::Transfer`]'s promise.
pub(super) fn attachments(stream: &[u8]) -> Vec<Attachment<'_>> {
    let mut found: Vec<Attachment<'_>> = Vec::new();
    let limit = FREE_ATTACHMENTS + stream.len() / BYTES_PER_ATTACHMENT;
    let mut cursor = Cursor { bytes: stream, at: 0 };
    if cursor.u32() != Some(SIGNATURE) || cursor.u16().is_none() {
        return found;
    }
    while let Some((level, id, data)) = next_attribute(&mut cursor) {
        if id == attribute::ATTACH_REND_DATA && level == ATTACHMENT_LEVEL && found.len() < limit {
            found.push(Attachment::default());
        } else if id == attribute::MAPI_PROPS && level != ATTACHMENT_LEVEL {
            found.extend(html_body(stream, data));
        } else if let Some(current) = found.last_mut().filter(|_| level == ATTACHMENT_LEVEL) {
            match id {
                attribute::ATTACH_TITLE => current.title = stream.get(data).map(before_nul),
                attribute::ATTACH_DATA => current.content = data,
                attribute::ATTACHMENT => describe(current, stream, data),
                _ => {}
            }
        }
    }
    // What has neither content nor a name is where something was shown, not something.
    found.retain(|attachment| !attachment.content.is_empty() || attachment.title.is_some());
    found
}

fn next_attribute(cursor: &mut Cursor<'_>) -> Option<(u8, u16, Range<usize>)> {
    let level = cursor.u8()?;
    let id = cursor.u16()?;
    let _kind = cursor.u16()?;
    let length = cursor.u32()?;
    let data = cursor.take(length)?;
    // The last checksum may be cut off.
    let _checksum = cursor.u16();
    Some((level, id, data))
}

fn html_body<'a>(stream: &'a [u8], data: Range<usize>) -> Option<Attachment<'a>> {
    let mut body = None;
    properties(stream, data, |id, value| {
        if id == property::BODY_HTML && matches!(value.kind, kind::BINARY | kind::STRING8) {
            body = Some(Attachment {
                long_name: Some(Text::Bytes(b"message.html")),
                media_type: Some(Text::Bytes(b"text/html")),
                content: value.range,
                ..Attachment::default()
            });
        }
    });
    body
}

fn describe<'a>(attachment: &mut Attachment<'a>, stream: &'a [u8], data: Range<usize>) {
    properties(stream, data, |id, value| match id {
        property::ATTACH_LONG_FILENAME => attachment.long_name = value.text(stream),
        property::ATTACH_MIME_TAG => attachment.media_type = value.text(stream),
        property::ATTACH_CONTENT_ID => attachment.content_id = value.text(stream),
        // An object begins with the 16 bytes of its interface.
        property::ATTACH_DATA if value.kind == kind::OBJECT && value.range.len() > 16 => {
            attachment.content = value.range.start + 16..value.range.end;
        }
        property::ATTACH_DATA if value.kind == kind::BINARY => attachment.content = value.range,
        _ => {}
    });
}

/// Property types.
mod kind {
    pub const MULTI_VALUED: u16 = 0x1000;
    pub const OBJECT: u16 = 0x000D;
    pub const STRING8: u16 = 0x001E;
    pub const UNICODE: u16 = 0x001F;
    pub const BINARY: u16 = 0x0102;
}

struct Value {
    kind: u16,
    range: Range<usize>,
}

impl Value {
    fn text<'a>(&self, stream: &'a [u8]) -> Option<Text<'a>> {
        let bytes = stream.get(self.range.clone())?;
        match self.kind {
            kind::STRING8 => Some(Text::Bytes(before_nul(bytes))),
            kind::UNICODE => Some(Text::Utf16(bytes)),
            _ => None,
        }
    }
}

/// Calls `each` with the single values among the properties in `data`.
fn properties(stream: &[u8], data: Range<usize>, mut each: impl FnMut(u16, Value)) {
    let mut cursor = Cursor {
        bytes: stream.get(..data.end).unwrap_or_default(),
        at: data.start,
    };
    let count = cursor.u32().unwrap_or(0).min(MAX_PROPERTIES);
    for _ in 0..count {
        let Some((id, kind, values, range)) = next_property(&mut cursor) else {
            return;
        };
        if values == 1 {
            each(id, Value { kind, range });
        }
    }
}

fn next_property(cursor: &mut Cursor<'_>) -> Option<(u16, u16, u32, Range<usize>)> {
    let kind = cursor.u16()?;
    let id = cursor.u16()?;
    if id >= 0x8000 {
        skip_name(cursor)?;
    }
    let single = kind & !kind::MULTI_VALUED;
    let sized = matches!(
        single,
        kind::OBJECT | kind::STRING8 | kind::UNICODE | kind::BINARY
    );
    let values = if sized || kind != single { cursor.u32()? } else { 1 };
    let mut range = cursor.at..cursor.at;
    for _ in 0..values {
        let length = if sized { cursor.u32()? } else { fixed_size(single)? };
        range = cursor.take(length)?;
        cursor.take((4 - length % 4) % 4)?;
    }
    Some((id, single, values, range))
}

fn skip_name(cursor: &mut Cursor<'_>) -> Option<()> {
    cursor.take(16)?;
    if cursor.u32()? == 0 {
        cursor.u32()?;
    } else {
        let length = cursor.u32()?;
        cursor.take(length)?;
        cursor.take((4 - length % 4) % 4)?;
    }
    Some(())
}

fn fixed_size(kind: u16) -> Option<u32> {
    match kind {
        0x0002 | 0x0003 | 0x0004 | 0x000A | 0x000B => Some(4),
        0x0005 | 0x0006 | 0x0007 | 0x0014 | 0x0040 => Some(8),
        0x0048 => Some(16),
        _ => None,
    }
}

fn before_nul(bytes: &[u8]) -> &[u8] {
    bytes.split(|b| *b == 0).next().unwrap_or_default()
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn take(&mut self, length: u32) -> Option<Range<usize>> {
        let end = self.at.checked_add(usize::try_from(length).ok()?)?;
        let range = self.at..end;
        self.bytes.get(range.clone())?;
        self.at = end;
        Some(range)
    }

    fn u8(&mut self) -> Option<u8> {
        let range = self.take(1)?;
        self.bytes.get(range.start).copied()
    }

    fn u16(&mut self) -> Option<u16> {
        let range = self.take(2)?;
        self.bytes.get(range)?.try_into().ok().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        let range = self.take(4)?;
        self.bytes.get(range)?.try_into().ok().map(u32::from_le_bytes)
    }
}

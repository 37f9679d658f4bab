//! The headers, made from what is known of an entry. What is read is compared with what would be made.

/// Length of a header in front of an entry, without its name.
pub const LOCAL: u64 = 30;
/// Length of a header in the directory, without its name.
pub const CENTRAL: usize = 46;
/// Length of the end.
pub const END: u64 = 22;
/// Length of what stands before the end of a large container.
pub const END_64: u64 = 56 + 20;

const LOCAL_MARK: u32 = 0x0403_4B50;
const CENTRAL_MARK: u32 = 0x0201_4B50;
const END_MARK: u32 = 0x0605_4B50;
const END_64_MARK: u32 = 0x0606_4B50;
const LOCATOR_64_MARK: u32 = 0x0706_4B50;

/// Made on Unix, so that the mode counts.
const MADE_BY: u16 = 3 << 8 | 20;
const NEEDS: u16 = 20;
const NEEDS_64: u16 = 45;
/// A plain file, rw-r--r--.
const MODE: u32 = 0o100_644 << 16;
/// In a field of 32 bits: see the ZIP64 field.
const LARGE: u32 = u32::MAX;

/// What a container says of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub name: String,
    pub crc: u32,
    pub size: u32,
    /// Where its local header begins.
    pub offset: u64,
    /// Date and time in the form of MS-DOS: date in the upper half.
    pub dated: u32,
}

impl Header {
    /// Where its content begins.
    pub fn content_at(&self) -> u64 {
        self.offset
            .saturating_add(LOCAL)
            .saturating_add(self.name.len() as u64)
    }

    /// Where it ends.
    pub fn end(&self) -> u64 {
        self.content_at().saturating_add(u64::from(self.size))
    }

    pub fn local(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(LOCAL as usize + self.name.len());
        put32(&mut bytes, LOCAL_MARK);
        put16(&mut bytes, NEEDS);
        self.put_facts(&mut bytes);
        put16(&mut bytes, 0); // no extra field
        bytes.extend_from_slice(self.name.as_bytes());
        bytes
    }

    pub fn central(&self) -> Vec<u8> {
        let offset = u32::try_from(self.offset).unwrap_or(LARGE);
        let is_far = offset == LARGE;
        let mut bytes = Vec::with_capacity(CENTRAL + self.name.len());
        put32(&mut bytes, CENTRAL_MARK);
        put16(&mut bytes, MADE_BY);
        put16(&mut bytes, if is_far { NEEDS_64 } else { NEEDS });
        self.put_facts(&mut bytes);
        put16(&mut bytes, if is_far { 12 } else { 0 });
        put16(&mut bytes, 0); // no comment
        put16(&mut bytes, 0); // on the only disk
        put16(&mut bytes, 0); // nothing is known of its content
        put32(&mut bytes, MODE);
        put32(&mut bytes, offset);
        bytes.extend_from_slice(self.name.as_bytes());
        if is_far {
            put16(&mut bytes, 1);
            put16(&mut bytes, 8);
            put64(&mut bytes, self.offset);
        }
        bytes
    }

    /// What both headers have in the same order: flags to name length.
    fn put_facts(&self, bytes: &mut Vec<u8>) {
        put16(bytes, 0); // neither encrypted nor followed by a descriptor
        put16(bytes, 0); // stored
        put32(bytes, self.dated);
        put32(bytes, self.crc);
        put32(bytes, self.size);
        put32(bytes, self.size);
        put16(bytes, u16::try_from(self.name.len()).unwrap_or(u16::MAX));
    }
}

/// Where the directory is and how many entries it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Directory {
    pub entries: u64,
    pub offset: u64,
    pub length: u64,
}

impl Directory {
    /// Everything after the directory.
    pub fn end(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let entries = u16::try_from(self.entries).unwrap_or(u16::MAX);
        let length = u32::try_from(self.length).unwrap_or(LARGE);
        let offset = u32::try_from(self.offset).unwrap_or(LARGE);
        if is_large(entries, length, offset) {
            self.put_end_64(&mut bytes);
        }
        put32(&mut bytes, END_MARK);
        put32(&mut bytes, 0); // the only disk
        put16(&mut bytes, entries);
        put16(&mut bytes, entries);
        put32(&mut bytes, length);
        put32(&mut bytes, offset);
        put16(&mut bytes, 0); // no comment
        bytes
    }

    fn put_end_64(&self, bytes: &mut Vec<u8>) {
        put32(bytes, END_64_MARK);
        put64(bytes, 44); // what follows of this record
        put16(bytes, MADE_BY);
        put16(bytes, NEEDS_64);
        put64(bytes, 0); // the only disk
        put64(bytes, self.entries);
        put64(bytes, self.entries);
        put64(bytes, self.length);
        put64(bytes, self.offset);
        put32(bytes, LOCATOR_64_MARK);
        put32(bytes, 0);
        put64(bytes, self.offset.saturating_add(self.length));
        put32(bytes, 1);
    }
}

/// Whether the end refers to one for large containers.
pub fn is_large(entries: u16, length: u32, offset: u32) -> bool {
    entries == u16::MAX || length == LARGE || offset == LARGE
}

/// `microseconds` since 1970 as MS-DOS wrote it: even seconds, from 1980 to 2107.
pub fn dos(microseconds: i64) -> u32 {
    const FIRST: u32 = 1 << 21 | 1 << 16;
    let Ok(at) = jiff::Timestamp::from_microsecond(microseconds) else {
        return FIRST;
    };
    let at = at.to_zoned(jiff::tz::TimeZone::UTC).datetime();
    let part = |value: i8| u32::from(value.unsigned_abs());
    match u32::try_from(i32::from(at.year()) - 1980) {
        Ok(year) if year < 128 => {
            let date = year << 9 | part(at.month()) << 5 | part(at.day());
            let time = part(at.hour()) << 11 | part(at.minute()) << 5 | (part(at.second()) / 2);
            date << 16 | time
        }
        _ => FIRST,
    }
}

fn put16(bytes: &mut Vec<u8>, value: u16) {
    bytes.extend_from_slice(&value.to_le_bytes());
}

fn put32(bytes: &mut Vec<u8>, value: u32) {
    bytes.extend_from_slice(&value.to_le_bytes());
}

fn put64(bytes: &mut Vec<u8>, value: u64) {
    bytes.extend_from_slice(&value.to_le_bytes());
}

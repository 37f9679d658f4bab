//! The name of a vCon: a UUID of version 8 that says when it was made and by whose archive.

use std::fmt;

use sha1::{Digest, Sha1};

/// A UUID of version 8, laid out as version 7 with part of a hash of the maker's domain in place of what is random.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uuid([u8; 16]);

impl Uuid {
    /// The name of what was made at an instant by a domain. `one_of` tells apart what one domain made in one
    /// millisecond; its lowest 12 bits count.
    pub fn new(at: i64, one_of: u16, domain: &str) -> Uuid {
        let milliseconds = u64::try_from(at.max(0) / 1000).unwrap_or_default();
        let hash = Sha1::digest(domain.as_bytes());
        let mut bytes = [0; 16];
        bytes[..6].copy_from_slice(&milliseconds.to_be_bytes()[2..]);
        bytes[6..8].copy_from_slice(&one_of.to_be_bytes());
        // The highest 62 bits of the hash follow the two bits of the variant.
        let high = u64::from_be_bytes(std::array::from_fn(|place| hash[place])) >> 2;
        bytes[8..].copy_from_slice(&high.to_be_bytes());
        bytes[6] = 0x80 | (bytes[6] & 0x0f);
        bytes[8] = 0x80 | (bytes[8] & 0x3f);
        Uuid(bytes)
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, byte) in self.0.iter().enumerate() {
            if matches!(place, 4 | 6 | 8 | 10) {
                out.write_str("-")?;
            }
            write!(out, "{byte:02x}")?;
        }
        Ok(())
    }
}

//! Entry bundles: up to 256 entries in one file, each with its length in front (C2SP tlog-tiles).

use super::width_at;

/// Bytes of the length in front of an entry.
const LENGTH_BYTES: usize = 2;

/// A file of entries: which 256 of the log, and how many of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bundle {
    pub(super) index: u64,
    pub(super) width: u16,
}

impl Bundle {
    /// The bundle at `index` as it is in a log of `size` entries; `None` if it is empty there.
    pub fn of_log(index: u64, size: u64) -> Option<Bundle> {
        width_at(index, size).map(|width| Bundle { index, width })
    }

    /// All bundles of a log of `size` entries, in order.
    pub fn all(size: u64) -> impl Iterator<Item = Bundle> {
        (0..).map_while(move |index| Bundle::of_log(index, size))
    }

    /// Its first entry is number `256 · index`.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// Number of entries, 1 to 256.
    pub fn width(&self) -> u16 {
        self.width
    }
}

/// Appends an entry to the bytes of a bundle: its length as big-endian u16, then the entry.
///
/// # Errors
/// If the entry has more than 65,535 bytes; `bundle` is then unchanged.
pub fn append_entry(bundle: &mut Vec<u8>, entry: &[u8]) -> Result<(), BundleError> {
    let length = u16::try_from(entry.len()).map_err(|_| BundleError::EntryTooLong { length: entry.len() })?;
    bundle.extend_from_slice(&length.to_be_bytes());
    bundle.extend_from_slice(entry);
    Ok(())
}

/// Walks the entries of a bundle's bytes. The caller counts them: a bundle does not say how many it should have.
pub fn entries(bundle: &[u8]) -> Entries<'_> {
    Entries { rest: bundle, at: 0 }
}

/// Iterator over the entries of a bundle; ends after the first error.
#[derive(Debug, Clone)]
pub struct Entries<'a> {
    rest: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Entries<'a> {
    type Item = Result<&'a [u8], BundleError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let Some((entry, rest)) = split_entry(self.rest) else {
            self.rest = &[];
            return Some(Err(BundleError::CutOff { at: self.at }));
        };
        self.at += LENGTH_BYTES + entry.len();
        self.rest = rest;
        Some(Ok(entry))
    }
}

fn split_entry(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<LENGTH_BYTES>()?;
    rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))
}

/// Why an entry could not be written or read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// A bundle cannot hold an entry that long.
    #[error("an entry of {length} bytes does not fit a bundle, which takes 65,535")]
    EntryTooLong {
        /// Length of the entry.
        length: usize,
    },
    /// The bundle ends within an entry.
    #[error("the entry bundle is cut off within the entry at byte {at}")]
    CutOff {
        /// Where the unfinished entry begins.
        at: usize,
    },
}

//! Making proofs from stored hashes.

use super::{MAX_SIZE, Node, join};
use crate::hash::Hash;

/// Gives hashes of perfect subtrees, from tiles, a database or memory.
pub trait HashReader {
    /// Why a hash could not be given.
    type Error;

    /// The hash of `node`, which is complete in the tree asked about.
    ///
    /// # Errors
    /// If it cannot be read.
    fn node(&mut self, node: Node) -> Result<Hash, Self::Error>;
}

/// Entries `start..end`, where they form one subtree in the split of RFC 6962 §2.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First entry.
    pub start: u64,
    /// One after the last entry.
    pub end: u64,
}

impl Span {
    /// The perfect subtrees the span consists of, largest and leftmost first.
    pub fn nodes(self) -> impl Iterator<Item = Node> {
        let mut start = self.start;
        std::iter::from_fn(move || {
            let level = u8::try_from(self.end.saturating_sub(start).checked_ilog2()?).ok()?;
            let node = Node {
                level,
                index: start >> level,
            };
            start += 1 << level;
            Some(node)
        })
    }

    /// Left and right part; `None` if the span is a single entry.
    fn split(self) -> Option<(Span, Span)> {
        let half = self
            .end
            .saturating_sub(self.start)
            .checked_sub(1)?
            .checked_ilog2()?;
        let middle = self.start + (1 << half);
        Some((
            Span {
                start: self.start,
                end: middle,
            },
            Span {
                start: middle,
                end: self.end,
            },
        ))
    }
}

/// The subtrees whose hashes prove that entry `index` is in the tree of `size` entries (RFC 6962 §2.1.1),
/// in the order of the proof. Useful to know what to fetch.
///
/// # Errors
/// If there is no such entry, or no such tree.
pub fn inclusion_spans(index: u64, size: u64) -> Result<Vec<Span>, OutOfTree> {
    if index >= size || size > MAX_SIZE {
        return Err(OutOfTree { asked: index, size });
    }
    let mut siblings = Vec::new();
    let mut within = Span { start: 0, end: size };
    while let Some((left, right)) = within.split() {
        let (towards, sibling) = if index < left.end {
            (left, right)
        } else {
            (right, left)
        };
        siblings.push(sibling);
        within = towards;
    }
    siblings.reverse();
    Ok(siblings)
}

/// The subtrees whose hashes prove that the tree of `new` entries grew from that of `old` (RFC 6962 §2.1.2),
/// in the order of the proof. None if `old` is 0 or equal to `new`.
///
/// # Errors
/// If `old` is larger than `new`, or `new` larger than any tree.
pub fn consistency_spans(old: u64, new: u64) -> Result<Vec<Span>, OutOfTree> {
    if old > new || new > MAX_SIZE {
        return Err(OutOfTree {
            asked: old,
            size: new,
        });
    }
    let mut needed = Vec::new();
    let mut within = Span { start: 0, end: new };
    while old != 0
        && within.end != old
        && let Some((left, right)) = within.split()
    {
        let (towards, sibling) = if old <= left.end {
            (left, right)
        } else {
            (right, left)
        };
        needed.push(sibling);
        within = towards;
    }
    if within.start != 0 {
        // What is left ends where the old tree ended, but is not that tree, whose root the verifier has.
        needed.push(within);
    }
    needed.reverse();
    Ok(needed)
}

/// The hash over a span.
///
/// # Errors
/// Those of `reader`.
pub fn span_hash<R: HashReader>(span: Span, reader: &mut R) -> Result<Hash, R::Error> {
    let subtrees = span
        .nodes()
        .map(|node| reader.node(node))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(join(&subtrees).unwrap_or(Hash::EMPTY))
}

/// The inclusion path of entry `index` in the tree of `size` entries, from the leaf upwards.
///
/// # Errors
/// If there is no such entry, or a hash cannot be read.
pub fn prove_inclusion<R: HashReader>(
    index: u64,
    size: u64,
    reader: &mut R,
) -> Result<Vec<Hash>, ProveError<R::Error>> {
    read_all(inclusion_spans(index, size)?, reader)
}

/// The proof that the tree of `new` entries grew from that of `old`; empty if `old` is 0 or equal to `new`.
///
/// # Errors
/// If `old` is larger than `new`, or a hash cannot be read.
pub fn prove_consistency<R: HashReader>(
    old: u64,
    new: u64,
    reader: &mut R,
) -> Result<Vec<Hash>, ProveError<R::Error>> {
    read_all(consistency_spans(old, new)?, reader)
}

fn read_all<R: HashReader>(spans: Vec<Span>, reader: &mut R) -> Result<Vec<Hash>, ProveError<R::Error>> {
    spans
        .into_iter()
        .map(|span| span_hash(span, reader).map_err(ProveError::Read))
        .collect()
}

/// A proof was asked for about entries the tree does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a tree of {size} entries proves nothing about {asked}")]
pub struct OutOfTree {
    /// The entry's number, or the older tree's size.
    pub asked: u64,
    /// Size of the tree the proof was to be made from.
    pub size: u64,
}

/// Why a proof could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProveError<E> {
    /// The tree does not have what was asked about.
    #[error(transparent)]
    OutOfTree(#[from] OutOfTree),
    /// A stored hash could not be read.
    #[error("a hash of the tree could not be read")]
    Read(#[source] E),
}

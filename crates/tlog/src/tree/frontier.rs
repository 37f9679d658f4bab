//! The right edge of a tree: all that is needed to append to it.

use super::{HashReader, MAX_SIZE, Node, Span, TreeHead, join};
use crate::hash::Hash;

/// A growing tree, held as its right edge (a compact range): at most 63 hashes, whatever its size.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    /// One perfect subtree for each 1 bit of `size`, largest and leftmost first.
    edge: Vec<Hash>,
}

impl Frontier {
    /// The tree without entries.
    pub fn new() -> Frontier {
        Frontier::default()
    }

    /// Takes up a tree again from what [`edge`](Frontier::edge) gave.
    ///
    /// # Errors
    /// If `edge` does not have exactly one hash for each 1 bit of `size`, or `size` exceeds [`MAX_SIZE`].
    pub fn from_edge(size: u64, edge: Vec<Hash>) -> Result<Frontier, FrontierError> {
        if size > MAX_SIZE {
            return Err(FrontierError::TooLarge { size });
        }
        let expected = size.count_ones() as usize;
        if edge.len() != expected {
            return Err(FrontierError::Edge {
                size,
                expected,
                found: edge.len(),
            });
        }
        Ok(Frontier { size, edge })
    }

    /// Takes up a tree of `size` entries again from stored hashes, such as [tiles](crate::tile::TileReader).
    ///
    /// The hashes are believed: compare [`head`](Frontier::head) with a signed checkpoint.
    ///
    /// # Errors
    /// Those of `reader`.
    pub fn read<R: HashReader>(size: u64, reader: &mut R) -> Result<Frontier, R::Error> {
        let edge = Span { start: 0, end: size }
            .nodes()
            .map(|node| reader.node(node))
            .collect::<Result<_, _>>()?;
        Ok(Frontier { size, edge })
    }

    /// Number of entries.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The perfect subtrees the tree consists of, largest and leftmost first.
    pub fn edge(&self) -> &[Hash] {
        &self.edge
    }

    /// Merkle tree hash over all entries; [`Hash::EMPTY`] if there are none.
    pub fn root(&self) -> Hash {
        join(&self.edge).unwrap_or(Hash::EMPTY)
    }

    /// Size and root together.
    pub fn head(&self) -> TreeHead {
        TreeHead {
            size: self.size,
            root: self.root(),
        }
    }

    /// Appends an entry, given its [leaf hash](Hash::leaf).
    pub fn push(&mut self, leaf: Hash) {
        self.push_reporting(leaf, |_, _| ());
    }

    /// Appends an entry and reports every perfect subtree it completes, from the leaf upwards.
    pub fn push_reporting(&mut self, leaf: Hash, mut completed: impl FnMut(Node, Hash)) {
        let mut node = Node {
            level: 0,
            index: self.size,
        };
        let mut hash = leaf;
        completed(node, hash);
        while node.is_right_child()
            && let Some(left) = self.edge.pop()
        {
            hash = Hash::node(&left, &hash);
            node = node.parent();
            completed(node, hash);
        }
        self.edge.push(hash);
        self.size += 1;
    }
}

impl Extend<Hash> for Frontier {
    fn extend<T: IntoIterator<Item = Hash>>(&mut self, leaves: T) {
        leaves.into_iter().for_each(|leaf| self.push(leaf));
    }
}

impl FromIterator<Hash> for Frontier {
    fn from_iter<T: IntoIterator<Item = Hash>>(leaves: T) -> Frontier {
        let mut frontier = Frontier::new();
        frontier.extend(leaves);
        frontier
    }
}

/// Why a right edge was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrontierError {
    /// Too few or too many hashes for the size.
    #[error("right edge of a tree of {size} entries has {found} hashes instead of {expected}")]
    Edge {
        /// Stated tree size.
        size: u64,
        /// Number of 1 bits in it.
        expected: usize,
        /// Hashes there were.
        found: usize,
    },
    /// More entries than a tree may have.
    #[error("a tree of {size} entries is larger than 2^63 - 1")]
    TooLarge {
        /// Stated tree size.
        size: u64,
    },
}

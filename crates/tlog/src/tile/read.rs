//! Proofs from tiles.

use std::collections::{BTreeMap, BTreeSet};

use super::{FULL_WIDTH, Tile, hashes_under};
use crate::hash::Hash;
use crate::tree::{HashReader, Node, Span};

/// Gives the bytes of tiles.
pub trait TileSource {
    /// Why a tile could not be given.
    type Error;

    /// The bytes of `tile`: at least its [length](Tile::byte_len); more, such as the full tile, is fine.
    ///
    /// # Errors
    /// If it cannot be read.
    fn tile(&mut self, tile: Tile) -> Result<Vec<u8>, Self::Error>;
}

/// Tiles fetched beforehand, for callers that cannot fetch while a proof is made.
/// [`tiles_of_spans`] and [`tiles_of_frontier`] say which are needed.
impl TileSource for BTreeMap<Tile, Vec<u8>> {
    type Error = MissingTile;

    fn tile(&mut self, tile: Tile) -> Result<Vec<u8>, MissingTile> {
        self.get(&tile).cloned().ok_or(MissingTile { tile })
    }
}

/// Reads the hashes of a tree of fixed size from its tiles; each tile is asked for once and kept.
///
/// Tiles are believed. A proof made from wrong ones does not verify, so check it against the signed root.
#[derive(Debug)]
pub struct TileReader<S> {
    size: u64,
    source: S,
    fetched: BTreeMap<Tile, Vec<u8>>,
}

impl<S: TileSource> TileReader<S> {
    /// Reads from the tiles of the tree of `size` entries.
    pub fn new(size: u64, source: S) -> TileReader<S> {
        TileReader {
            size,
            source,
            fetched: BTreeMap::new(),
        }
    }

    fn fetch(&mut self, tile: Tile) -> Result<&[u8], TileReadError<S::Error>> {
        use std::collections::btree_map::Entry;
        match self.fetched.entry(tile) {
            Entry::Occupied(kept) => Ok(kept.into_mut()),
            Entry::Vacant(free) => {
                let bytes = self.source.tile(tile).map_err(TileReadError::Source)?;
                if bytes.len() < tile.byte_len() {
                    return Err(TileReadError::CutOff {
                        tile,
                        expected: tile.byte_len(),
                        found: bytes.len(),
                    });
                }
                Ok(free.insert(bytes))
            }
        }
    }
}

impl<S: TileSource> HashReader for TileReader<S> {
    type Error = TileReadError<S::Error>;

    fn node(&mut self, node: Node) -> Result<Hash, Self::Error> {
        let outside = TileReadError::Outside {
            node,
            size: self.size,
        };
        let Some(tile) = Tile::holding(node, self.size) else {
            return Err(outside);
        };
        let bytes = self.fetch(tile)?;
        let (first, last) = hashes_under(node);
        let within = |position: u64| (position % u64::from(FULL_WIDTH)) as usize;
        let (hashes, _) = bytes.as_chunks::<{ Hash::SIZE }>();
        let row = hashes[within(first)..=within(last)]
            .iter()
            .map(|bytes| Hash::from(*bytes))
            .collect();
        perfect_root(row).ok_or(outside)
    }
}

/// Root over a row whose length is a power of two.
fn perfect_root(mut row: Vec<Hash>) -> Option<Hash> {
    while row.len() > 1 {
        let (pairs, _) = row.as_chunks::<2>();
        row = pairs
            .iter()
            .map(|[left, right]| Hash::node(left, right))
            .collect();
    }
    row.pop()
}

/// The tiles a proof made of `spans` needs in a tree of `size` entries.
pub fn tiles_of_spans(spans: &[Span], size: u64) -> BTreeSet<Tile> {
    spans
        .iter()
        .flat_map(|span| span.nodes())
        .filter_map(|node| Tile::holding(node, size))
        .collect()
}

/// The tiles [`Frontier::read`](crate::tree::Frontier::read) needs for a tree of `size` entries.
pub fn tiles_of_frontier(size: u64) -> BTreeSet<Tile> {
    tiles_of_spans(&[Span { start: 0, end: size }], size)
}

/// A tile was not among those given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{tile} was not fetched")]
pub struct MissingTile {
    /// The tile asked for.
    pub tile: Tile,
}

/// Why a hash could not be read from tiles.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TileReadError<E> {
    /// The tree does not have that subtree complete.
    #[error("a tree of {size} entries has no node {} at height {}", node.index, node.level)]
    Outside {
        /// The subtree asked for.
        node: Node,
        /// Size of the tree.
        size: u64,
    },
    /// The source gave too few bytes.
    #[error("{tile} has {found} bytes instead of {expected}")]
    CutOff {
        /// The tile that is too short.
        tile: Tile,
        /// Bytes it must have.
        expected: usize,
        /// Bytes it had.
        found: usize,
    },
    /// The source could not give the tile.
    #[error("a tile could not be read")]
    Source(#[source] E),
}

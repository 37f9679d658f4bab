//! Trees and entries as static files (C2SP tlog-tiles).
//!
//! A tile holds up to 256 neighbouring hashes of one level; level l + 1 holds the roots of full level-l tiles.
//! A partial tile is a prefix of every later state of the same tile, so a log stores one growing blob per
//! (level, index) and cuts it to the width a path asks for.

mod bundle;
mod grow;
mod path;
mod read;

pub use bundle::{Bundle, BundleError, Entries, append_entry, entries};
pub use grow::{Growth, grow};
pub use path::{PathError, Resource};
pub use read::{MissingTile, TileReadError, TileReader, TileSource, tiles_of_frontier, tiles_of_spans};

use crate::hash::Hash;
use crate::tree::Node;

/// Hashes in a full tile, entries in a full bundle.
pub const FULL_WIDTH: u16 = 256;

/// Tree levels a tile spans: 256 = 2^8.
const HEIGHT: u8 = 8;

/// Highest level a tile can have in a tree of fewer than 2^63 entries; paths may name levels up to 63.
const TOP_LEVEL: u8 = 7;

/// A tile in a tree: which one, and how many hashes of it.
///
/// Hash i of tile n at level l is the root over entries `(256n + i)·256^l .. (256n + i + 1)·256^l`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    level: u8,
    index: u64,
    width: u16,
}

impl Tile {
    /// The tile at `level` and `index` as it is in a tree of `size` entries; `None` if it is empty there.
    pub fn of_tree(level: u8, index: u64, size: u64) -> Option<Tile> {
        let hashes_in_level = size.checked_shr(u32::from(level) * u32::from(HEIGHT))?;
        let width = width_at(index, hashes_in_level)?;
        Some(Tile { level, index, width })
    }

    /// All tiles of a tree of `size` entries, level by level. 277 for 70,000 entries.
    pub fn all(size: u64) -> impl Iterator<Item = Tile> {
        (0..=TOP_LEVEL).flat_map(move |level| (0..).map_while(move |index| Tile::of_tree(level, index, size)))
    }

    /// The tile from which `node` is computed, as it is in a tree of `size` entries.
    pub fn holding(node: Node, size: u64) -> Option<Tile> {
        let (first, last) = hashes_under(node);
        let tile = Tile::of_tree(node.level / HEIGHT, first / u64::from(FULL_WIDTH), size)?;
        let has_all = last % u64::from(FULL_WIDTH) < u64::from(tile.width);
        has_all.then_some(tile)
    }

    /// Level: 0 holds leaf hashes.
    pub fn level(&self) -> u8 {
        self.level
    }

    /// Position within the level, from the left.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// Number of hashes, 1 to 256.
    pub fn width(&self) -> u16 {
        self.width
    }

    /// Length of its file: 32 bytes a hash.
    pub fn byte_len(&self) -> usize {
        usize::from(self.width) * Hash::SIZE
    }

    /// Whether more hashes will follow as the tree grows.
    pub fn is_partial(&self) -> bool {
        self.width < FULL_WIDTH
    }
}

/// How many of `total` things are in slot `index`, 256 to a slot; `None` if none.
fn width_at(index: u64, total: u64) -> Option<u16> {
    let before = index.checked_mul(u64::from(FULL_WIDTH))?;
    let width = total.saturating_sub(before).min(u64::from(FULL_WIDTH));
    u16::try_from(width).ok().filter(|width| *width > 0)
}

/// First and last of the tile hashes that `node` is made of, counted along their level.
fn hashes_under(node: Node) -> (u64, u64) {
    let depth = node.level % HEIGHT;
    let first = node.index << depth;
    (first, first | ((1 << depth) - 1))
}

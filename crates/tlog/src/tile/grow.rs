//! Which tiles grow, and by what, when entries are appended.

use std::collections::BTreeMap;

use super::{FULL_WIDTH, HEIGHT};
use crate::hash::Hash;
use crate::tree::Frontier;

/// Hashes to append to one tile's blob.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Growth {
    /// Level of the tile.
    pub level: u8,
    /// Position of the tile within its level.
    pub index: u64,
    /// Hashes the tile had before, 0 to 255; 0 means the tile is new.
    pub width_before: u16,
    /// Hashes that follow them, at least one.
    pub hashes: Vec<Hash>,
}

impl Growth {
    /// The bytes to append, 32 a hash.
    pub fn bytes(&self) -> Vec<u8> {
        self.hashes.iter().flat_map(|hash| *hash.as_bytes()).collect()
    }
}

/// Appends entries, given by their leaf hashes, to `frontier` and says which tiles grow by which hashes,
/// by level and then index. No tile is named twice.
pub fn grow(frontier: &mut Frontier, leaves: impl IntoIterator<Item = Hash>) -> Vec<Growth> {
    let mut grown = BTreeMap::new();
    for leaf in leaves {
        frontier.push_reporting(leaf, |node, hash| {
            if node.level % HEIGHT == 0 {
                let width = u64::from(FULL_WIDTH);
                let tile = (node.level / HEIGHT, node.index / width);
                let (_, hashes) = grown
                    .entry(tile)
                    .or_insert_with(|| (node.index % width, Vec::new()));
                hashes.push(hash);
            }
        });
    }
    let growth = |((level, index), (before, hashes))| Growth {
        level,
        index,
        width_before: before as u16,
        hashes,
    };
    grown.into_iter().map(growth).collect()
}

//! Merkle trees of RFC 6962 §2.1: growing them, and making and checking proofs about them.
//!
//! A tree of n > 1 entries splits at the largest power of two strictly below n. No entry is ever doubled or padded.

mod frontier;
mod prove;
mod verify;

pub use frontier::{Frontier, FrontierError};
pub use prove::{
    HashReader, OutOfTree, ProveError, Span, consistency_spans, inclusion_spans, prove_consistency,
    prove_inclusion, span_hash,
};
pub use verify::{ProofError, verify_consistency, verify_inclusion};

use crate::hash::Hash;

/// Largest tree size that is accepted, 2^63 − 1: then no proof is longer than the 63 hashes C2SP allows.
pub const MAX_SIZE: u64 = i64::MAX as u64;

/// A tree at one moment: how many entries, and the root over them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TreeHead {
    /// Number of entries.
    pub size: u64,
    /// Merkle tree hash over all of them.
    pub root: Hash,
}

impl TreeHead {
    /// The tree every log begins as.
    pub const EMPTY: TreeHead = TreeHead {
        size: 0,
        root: Hash::EMPTY,
    };
}

/// A perfect subtree: the one over entries `index·2^level .. (index+1)·2^level`. Level 0 are the leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    /// Height above the leaves, at most 63.
    pub level: u8,
    /// Position within the level, from the left.
    pub index: u64,
}

impl Node {
    fn is_right_child(self) -> bool {
        self.index & 1 == 1
    }

    fn parent(self) -> Node {
        Node {
            level: self.level + 1,
            index: self.index >> 1,
        }
    }
}

/// Joins neighbouring perfect subtrees, largest and leftmost first, into the root over all of them.
fn join(subtrees: &[Hash]) -> Option<Hash> {
    subtrees
        .iter()
        .copied()
        .rev()
        .reduce(|right, left| Hash::node(&left, &right))
}

//! Checking proofs: the algorithms of RFC 9162 §2.1.3.2 and §2.1.4.2. RFC 6962 proofs are the same bytes.

use super::TreeHead;
use crate::hash::Hash;

/// Checks that the entry with hash `leaf` is entry number `index` of the tree `head`.
///
/// # Errors
/// Says what does not fit; the entry must then be treated as not proven.
pub fn verify_inclusion(head: &TreeHead, index: u64, leaf: &Hash, path: &[Hash]) -> Result<(), ProofError> {
    if index >= head.size {
        return Err(ProofError::NoSuchEntry {
            index,
            size: head.size,
        });
    }
    let mut climb = Climb {
        node: index,
        last: head.size - 1,
    };
    let mut root = *leaf;
    for sibling in path {
        root = match climb.step()? {
            Side::Left => Hash::node(sibling, &root),
            Side::Right => Hash::node(&root, sibling),
        };
    }
    climb.finish()?;
    agree(&root, head)
}

/// Checks that the tree `new` is the tree `old` with entries appended, none altered, removed or moved.
///
/// # Errors
/// Says what does not fit. An empty `old` is refused as well ([`ProofError::NothingToProve`]): everything follows
/// from nothing, so there is no proof to check.
pub fn verify_consistency(old: &TreeHead, new: &TreeHead, path: &[Hash]) -> Result<(), ProofError> {
    if old.size > new.size {
        return Err(ProofError::Shrunk {
            old: old.size,
            new: new.size,
        });
    }
    if old.size == 0 {
        return Err(ProofError::NothingToProve);
    }
    if old.size == new.size {
        return if path.is_empty() {
            agree(&old.root, new)
        } else {
            Err(ProofError::PathTooLong)
        };
    }
    let (seed, path) = if old.size.is_power_of_two() {
        (&old.root, path)
    } else {
        path.split_first().ok_or(ProofError::PathTooShort)?
    };
    let shift = (old.size - 1).trailing_ones();
    let mut climb = Climb {
        node: (old.size - 1) >> shift,
        last: (new.size - 1) >> shift,
    };
    let (mut old_root, mut new_root) = (*seed, *seed);
    for sibling in path {
        match climb.step()? {
            Side::Left => {
                old_root = Hash::node(sibling, &old_root);
                new_root = Hash::node(sibling, &new_root);
            }
            Side::Right => new_root = Hash::node(&new_root, sibling),
        }
    }
    climb.finish()?;
    agree(&old_root, old)?;
    agree(&new_root, new)
}

fn agree(computed: &Hash, head: &TreeHead) -> Result<(), ProofError> {
    if *computed == head.root {
        Ok(())
    } else {
        Err(ProofError::WrongRoot {
            size: head.size,
            stated: head.root,
            computed: *computed,
        })
    }
}

/// Where the next hash of a path stands, seen from the node reached so far.
enum Side {
    Left,
    Right,
}

/// The way from a leaf to the root; `node` and `last` are `fn` and `sn` of RFC 9162.
struct Climb {
    node: u64,
    last: u64,
}

impl Climb {
    fn step(&mut self) -> Result<Side, ProofError> {
        if self.last == 0 {
            return Err(ProofError::PathTooLong);
        }
        let side = if self.node & 1 == 1 || self.node == self.last {
            Side::Left
        } else {
            Side::Right
        };
        if matches!(side, Side::Left) {
            // A node without right neighbour rises unchanged until it is a right child itself.
            while self.node & 1 == 0 && self.node != 0 {
                self.up();
            }
        }
        self.up();
        Ok(side)
    }

    fn up(&mut self) {
        self.node >>= 1;
        self.last >>= 1;
    }

    fn finish(&self) -> Result<(), ProofError> {
        if self.last == 0 {
            Ok(())
        } else {
            Err(ProofError::PathTooShort)
        }
    }
}

/// Why a proof does not prove what it should.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The entry's number is not below the tree's size.
    #[error("entry {index} is not in a tree of {size} entries")]
    NoSuchEntry {
        /// Number of the entry, from 0.
        index: u64,
        /// Size of the tree.
        size: u64,
    },
    /// The newer tree is the smaller one.
    #[error("a tree of {new} entries cannot have grown from one of {old}")]
    Shrunk {
        /// Size of the older tree.
        old: u64,
        /// Size of the newer tree.
        new: u64,
    },
    /// The older tree is empty, so nothing can be shown about it.
    #[error("every tree grows from the empty tree: there is nothing to prove")]
    NothingToProve,
    /// The path ends below the root.
    #[error("the proof has too few hashes")]
    PathTooShort,
    /// The path goes on above the root.
    #[error("the proof has too many hashes")]
    PathTooLong,
    /// The path leads to another root.
    #[error("the proof leads to root {computed}, but the tree of {size} entries has {stated}")]
    WrongRoot {
        /// Size of the tree whose root is meant.
        size: u64,
        /// The tree's root.
        stated: Hash,
        /// The root the proof leads to.
        computed: Hash,
    },
}

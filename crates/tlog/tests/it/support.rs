//! Vectors, and small trees kept whole in memory.

use std::fs;
use std::path::PathBuf;

use kronika_tlog::Hash;
use kronika_tlog::note::VerifierKey;
use kronika_tlog::tree::{Frontier, HashReader, Node};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Our own small vectors, kept with the crate.
pub const NOTES: &str = include_str!("../vectors/note_vectors.json");
pub const TILES: &str = include_str!("../vectors/tile_vectors.json");
pub const COMMITMENTS: &str = include_str!("../vectors/commitment_vectors.json");
pub const CHECKPOINT: &str = include_str!("../vectors/checkpoint-70000.txt");
pub const PROOF: &str = include_str!("../vectors/example.tlog-proof");

pub fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// A vector file from the shared data; `None`, said aloud, if it is not there.
pub fn shared(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/tlog")
        .join(name);
    let read = fs::read_to_string(&path);
    if read.is_err() {
        eprintln!("SKIPPED: no shared vectors {}", path.display());
    }
    read.ok()
}

pub fn shared_json(name: &str) -> Option<Value> {
    shared(name).map(|text| json(&text))
}

pub fn string(value: &Value) -> &str {
    value.as_str().unwrap()
}

pub fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

pub fn unhex(text: &str) -> Vec<u8> {
    let digit = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    (0..text.len()).step_by(2).map(digit).collect()
}

pub fn bytes32(value: &Value) -> [u8; 32] {
    unhex32(string(value))
}

pub fn unhex32(text: &str) -> [u8; 32] {
    unhex(text).try_into().unwrap()
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

pub fn hash(value: &Value) -> Hash {
    bytes32(value).into()
}

pub fn hashes(value: &Value) -> Vec<Hash> {
    list(value).iter().map(hash).collect()
}

pub fn key(value: &Value) -> VerifierKey {
    string(value).parse().unwrap()
}

/// Leaf i of the vectors' big tree.
pub fn entry(index: u64) -> Vec<u8> {
    format!("entry {index}").into_bytes()
}

/// The Merkle tree hash as RFC 6962 §2.1 defines it, word for word and slow.
pub fn naive_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::EMPTY,
        [leaf] => *leaf,
        _ => {
            let half = 1 << (leaves.len() - 1).ilog2();
            Hash::node(&naive_root(&leaves[..half]), &naive_root(&leaves[half..]))
        }
    }
}

/// Every complete node of a tree, by level.
pub struct Memory {
    levels: Vec<Vec<Hash>>,
    pub frontier: Frontier,
}

impl Memory {
    pub fn of(leaves: impl IntoIterator<Item = Hash>) -> Memory {
        let mut memory = Memory {
            levels: vec![Vec::new(); 64],
            frontier: Frontier::new(),
        };
        let Memory { levels, frontier } = &mut memory;
        for leaf in leaves {
            frontier.push_reporting(leaf, |node, hash| {
                assert_eq!(
                    levels[usize::from(node.level)].len() as u64,
                    node.index,
                    "nodes come in order"
                );
                levels[usize::from(node.level)].push(hash);
            });
        }
        memory
    }

    /// The vectors' big tree.
    pub fn of_entries(size: u64) -> Memory {
        Memory::of((0..size).map(|index| Hash::leaf(&entry(index))))
    }

    pub fn leaf(&self, index: u64) -> Hash {
        self.levels[0][index as usize]
    }
}

impl HashReader for Memory {
    type Error = Node;

    fn node(&mut self, node: Node) -> Result<Hash, Node> {
        self.levels[usize::from(node.level)]
            .get(node.index as usize)
            .copied()
            .ok_or(node)
    }
}

use kronika_tlog::tree::{
    Frontier, ProofError, inclusion_spans, prove_consistency, prove_inclusion, verify_consistency,
    verify_inclusion,
};
use kronika_tlog::{Hash, TreeHead};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{self, Memory, hash, hashes, list, naive_root, shared_json, string};

const RFC6962: &str = "public/rfc6962-constants.json";
const PROBES: &str = "public/transparency-dev-merkle-proofs.json";

#[test]
fn certificate_transparency_constants_are_reproduced() {
    let Some(vectors) = shared_json(RFC6962) else {
        return;
    };
    let leaves: Vec<_> = list(&vectors["leaf_inputs_hex"])
        .iter()
        .map(|input| Hash::leaf(&support::unhex(string(input))))
        .collect();
    let mut memory = Memory::of(leaves.iter().copied());
    let roots = hashes(&vectors["roots_by_size"]);

    assert_eq!(leaves, hashes(&vectors["leaf_hashes"]));
    for (size, root) in roots.iter().enumerate() {
        assert_eq!(
            leaves[..size].iter().copied().collect::<Frontier>().root(),
            *root,
            "size {size}"
        );
    }
    for case in list(&vectors["all_inclusion"]) {
        let (index, size) = (case[0].as_u64().unwrap(), case[1].as_u64().unwrap());
        assert_eq!(
            prove_inclusion(index, size, &mut memory).unwrap(),
            hashes(&case[2]),
            "{index} in {size}"
        );
    }
    for case in list(&vectors["all_consistency"]) {
        let (old, new) = (case[0].as_u64().unwrap(), case[1].as_u64().unwrap());
        assert_eq!(
            prove_consistency(old, new, &mut memory).unwrap(),
            hashes(&case[2]),
            "{old} to {new}"
        );
    }
}

#[test]
fn a_tree_of_70000_entries_has_the_recorded_roots_and_proofs() {
    let Some(vectors) = shared_json("own/tree_vectors.json") else {
        return;
    };
    let mut memory = Memory::of_entries(70_000);
    let root = |size: u64| hash(&vectors["roots"][size.to_string()]);
    let known = |size: &u64| !vectors["roots"][size.to_string()].is_null();

    let mut frontier = Frontier::new();
    for index in 0..70_000 {
        if known(&index) {
            assert_eq!(frontier.root(), root(index), "size {index}");
        }
        frontier.push(memory.leaf(index));
    }
    for case in list(&vectors["inclusion"]) {
        let (index, size) = (case[0].as_u64().unwrap(), case[1].as_u64().unwrap());
        let path = prove_inclusion(index, size, &mut memory).unwrap();
        assert_eq!(path, hashes(&case[2]), "{index} in {size}");
        let head = TreeHead {
            size,
            root: root(size),
        };
        assert_eq!(
            verify_inclusion(&head, index, &memory.leaf(index), &path),
            Ok(()),
            "{index} in {size}"
        );
    }
    for case in list(&vectors["consistency"]) {
        let (old, new) = (case[0].as_u64().unwrap(), case[1].as_u64().unwrap());
        let path = prove_consistency(old, new, &mut memory).unwrap();
        assert_eq!(path, hashes(&case[2]), "{old} to {new}");
        let (old, new) = (
            TreeHead {
                size: old,
                root: root(old),
            },
            TreeHead {
                size: new,
                root: root(new),
            },
        );
        assert_eq!(
            verify_consistency(&old, &new, &path),
            Ok(()),
            "{old:?} to {new:?}"
        );
    }
}

/// 196 probes, good and bad. One accepts roots that are no hashes at all, which our types cannot express.
#[test]
fn the_merkle_probes_are_accepted_and_refused_as_published() {
    let Some(vectors) = shared_json(PROBES) else {
        return;
    };
    let mut impossible = Vec::new();
    for (kind, check) in [
        ("inclusion", probe_inclusion as fn(&Value) -> Option<bool>),
        ("consistency", probe_consistency),
    ] {
        assert_eq!(list(&vectors[kind]).len(), 98);
        for case in list(&vectors[kind]) {
            let wanted = !case["wantErr"].as_bool().unwrap();
            match check(case) {
                None if wanted => impossible.push(string(&case["desc"])),
                outcome => assert_eq!(outcome.unwrap_or(false), wanted, "{}", case["_file"]),
            }
        }
    }
    assert_eq!(impossible, ["sizes are equal (one) and proof is empty"]);
}

/// `None` if the probe contains something that is not a hash.
fn probe_inclusion(case: &Value) -> Option<bool> {
    let head = TreeHead {
        size: case["treeSize"].as_u64()?,
        root: base64_hash(&case["root"])?,
    };
    let leaf = base64_hash(&case["leafHash"])?;
    let path = base64_hashes(&case["proof"])?;
    Some(verify_inclusion(&head, case["leafIdx"].as_u64()?, &leaf, &path).is_ok())
}

fn probe_consistency(case: &Value) -> Option<bool> {
    let old = TreeHead {
        size: case["size1"].as_u64()?,
        root: base64_hash(&case["root1"])?,
    };
    let new = TreeHead {
        size: case["size2"].as_u64()?,
        root: base64_hash(&case["root2"])?,
    };
    Some(verify_consistency(&old, &new, &base64_hashes(&case["proof"])?).is_ok())
}

fn base64_hash(value: &Value) -> Option<Hash> {
    Hash::from_base64(value.as_str()?).ok()
}

fn base64_hashes(value: &Value) -> Option<Vec<Hash>> {
    value
        .as_array()
        .map_or(Some(Vec::new()), |path| path.iter().map(base64_hash).collect())
}

#[test]
fn the_sigsum_inclusion_proofs_are_accepted_and_refused_as_published() {
    for (name, good) in [("valid", true), ("invalid", false)] {
        let Some(vectors) = shared_json(&format!("public/sigsum-rs-inclusion-{name}.json")) else {
            return;
        };
        assert!(!list(&vectors).is_empty());
        for case in list(&vectors) {
            let size = case["tree_size"].as_u64().unwrap();
            let head = TreeHead {
                size,
                root: base64_hash(&case["root_hash"]).unwrap(),
            };
            let leaf = base64_hash(&case["leaf_hash"]).unwrap();
            let path = base64_hashes(&case["inclusion_path"]).unwrap();
            let checked = verify_inclusion(&head, case["leaf_index"].as_u64().unwrap(), &leaf, &path);
            assert_eq!(checked.is_ok(), good, "{case}");
        }
    }
}

#[test]
fn nothing_is_proven_about_the_empty_tree() {
    let one = TreeHead {
        size: 1,
        root: Hash::leaf(b"first"),
    };

    for new in [TreeHead::EMPTY, one] {
        assert_eq!(
            verify_consistency(&TreeHead::EMPTY, &new, &[]),
            Err(ProofError::NothingToProve)
        );
    }
    assert_eq!(Frontier::new().root(), Hash::EMPTY);
    assert!(inclusion_spans(0, 0).is_err());
}

#[test]
fn a_tree_that_shrank_is_refused() {
    let [old, new] = [2, 1].map(|size| Memory::of_entries(size).frontier.head());
    assert_eq!(
        verify_consistency(&old, &new, &[]),
        Err(ProofError::Shrunk { old: 2, new: 1 })
    );
}

#[test]
fn a_right_edge_of_the_wrong_length_is_refused() {
    let frontier = Memory::of_entries(6).frontier;

    assert_eq!(
        Frontier::from_edge(6, frontier.edge().to_vec()),
        Ok(frontier.clone())
    );
    assert!(Frontier::from_edge(7, frontier.edge().to_vec()).is_err());
    assert!(Frontier::from_edge(u64::MAX, vec![Hash::EMPTY; 64]).is_err());
}

fn leaves(most: usize) -> impl Strategy<Value = Vec<Hash>> {
    prop::collection::vec(any::<[u8; 32]>().prop_map(Hash::from), 1..most)
}

/// The path with one bit of one hash turned.
fn flipped(path: &[Hash], at: usize, bit: usize) -> Vec<Hash> {
    let mut path = path.to_vec();
    let mut bytes = *path[at].as_bytes();
    bytes[bit / 8] ^= 1 << (bit % 8);
    path[at] = bytes.into();
    path
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_frontier_has_the_root_of_the_definition(leaves in leaves(300)) {
        let mut memory = Memory::of(leaves.iter().copied());
        prop_assert_eq!(memory.frontier.root(), naive_root(&leaves));

        let again = Frontier::read(leaves.len() as u64, &mut memory).unwrap();
        prop_assert_eq!(&again, &memory.frontier);
        let edge = again.edge().to_vec();
        prop_assert_eq!(Frontier::from_edge(leaves.len() as u64, edge).unwrap(), again);
    }

    #[test]
    fn every_inclusion_proof_holds_and_no_altered_one_does(leaves in leaves(130), index in any::<prop::sample::Index>(), bit in 0_usize..256) {
        let size = leaves.len() as u64;
        let index = index.index(leaves.len()) as u64;
        let mut memory = Memory::of(leaves.iter().copied());
        let head = memory.frontier.head();
        let leaf = memory.leaf(index);
        let path = prove_inclusion(index, size, &mut memory).unwrap();

        prop_assert_eq!(verify_inclusion(&head, index, &leaf, &path), Ok(()));
        for at in 0..path.len() {
            prop_assert!(verify_inclusion(&head, index, &leaf, &flipped(&path, at, bit)).is_err());
        }
        let other_leaf = flipped(&[leaf], 0, bit)[0];
        prop_assert!(verify_inclusion(&head, index, &other_leaf, &path).is_err());
        let other_head = TreeHead { root: flipped(&[head.root], 0, bit)[0], ..head };
        prop_assert!(verify_inclusion(&other_head, index, &leaf, &path).is_err());
        for other in (0..size + 2).filter(|other| *other != index) {
            prop_assert!(verify_inclusion(&head, other, &leaf, &path).is_err());
        }
        let longer = [path.as_slice(), &[leaf]].concat();
        prop_assert_eq!(verify_inclusion(&head, index, &leaf, &longer), Err(ProofError::PathTooLong));
        if let Some((_, shorter)) = path.split_last() {
            prop_assert_eq!(verify_inclusion(&head, index, &leaf, shorter), Err(ProofError::PathTooShort));
        }
    }

    #[test]
    fn every_consistency_proof_holds_and_no_altered_one_does(leaves in leaves(130), old in any::<prop::sample::Index>(), bit in 0_usize..256) {
        let old = old.index(leaves.len()) + 1;
        let mut memory = Memory::of(leaves.iter().copied());
        let old_head = TreeHead { size: old as u64, root: naive_root(&leaves[..old]) };
        let new_head = memory.frontier.head();
        let path = prove_consistency(old_head.size, new_head.size, &mut memory).unwrap();

        prop_assert_eq!(verify_consistency(&old_head, &new_head, &path), Ok(()));
        for at in 0..path.len() {
            prop_assert!(verify_consistency(&old_head, &new_head, &flipped(&path, at, bit)).is_err());
        }
        for (spoil_old, spoil_new) in [(true, false), (false, true)] {
            let spoil = |head: TreeHead, really: bool| if really {
                TreeHead { root: flipped(&[head.root], 0, bit)[0], ..head }
            } else {
                head
            };
            let (old, new) = (spoil(old_head, spoil_old), spoil(new_head, spoil_new));
            prop_assert!(verify_consistency(&old, &new, &path).is_err());
        }
        let longer = [path.as_slice(), &[new_head.root]].concat();
        prop_assert!(verify_consistency(&old_head, &new_head, &longer).is_err());
        if let Some((_, shorter)) = path.split_last() {
            prop_assert!(verify_consistency(&old_head, &new_head, shorter).is_err());
        }
    }
}

//! The same questions to other implementations: ct-merkle, and Cloudflare's tlog_tiles and signed_note.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{ConsistencyProof, InclusionProof, RootHash};
use kronika_tlog::checkpoint::Checkpoint;
use kronika_tlog::note::{Note, SigningKey};
use kronika_tlog::tile::{Bundle, Tile};
use kronika_tlog::tree::{prove_consistency, prove_inclusion};
use kronika_tlog::{Hash, TreeHead};
use proptest::prelude::*;
use sha2::Sha256;
use signed_note::{StandardSigner, StandardVerifier, VerifierList};

use crate::support::{Memory, naive_root};

fn theirs(hash: Hash) -> tlog_tiles::tlog::Hash {
    tlog_tiles::tlog::Hash(*hash.as_bytes())
}

fn joined(path: &[Hash]) -> Vec<u8> {
    path.iter().flat_map(|hash| *hash.as_bytes()).collect()
}

/// Path of a tile in the Go spelling, which names the tile height and has another word for entries.
fn go_path(path: &str) -> String {
    path.replacen("tile/entries/", "tile/data/", 1)
        .replacen("tile/", "tile/8/", 1)
}

#[test]
fn tlog_tiles_names_the_same_tiles() {
    for size in [1, 255, 256, 257, 300, 65_535, 65_536, 65_537, 70_000, 16_777_217] {
        let ours: std::collections::BTreeSet<_> =
            Tile::all(size).map(|tile| go_path(&tile.to_string())).collect();
        let theirs = tlog_tiles::tile::Tile::new_tiles(8, 0, size)
            .iter()
            .map(|tile| tile.path())
            .collect();
        assert_eq!(ours, theirs, "size {size}");
    }
    for (index, size) in [(0, 1), (273, 70_000), (1_234_067, 400_000_000)] {
        let ours = Bundle::of_log(index, size).unwrap();
        let theirs = tlog_tiles::tile::Tile::new(8, 0, index, u32::from(ours.width()), true);
        assert_eq!(go_path(&ours.to_string()), theirs.path());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn others_agree_on_trees_and_proofs(entries in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 1..200), index in any::<prop::sample::Index>(), old in any::<prop::sample::Index>()) {
        let size = entries.len() as u64;
        let (index, old) = (index.index(entries.len()), old.index(entries.len()) + 1);
        let leaves: Vec<_> = entries.iter().map(|entry| Hash::leaf(entry)).collect();
        let mut memory = Memory::of(leaves.iter().copied());
        let root = memory.frontier.root();
        let old_root = naive_root(&leaves[..old]);
        let inclusion = prove_inclusion(index as u64, size, &mut memory).unwrap();
        let consistency = prove_consistency(old as u64, size, &mut memory).unwrap();

        let mut tree = MemoryBackedTree::<Sha256, Vec<u8>>::new();
        entries.iter().for_each(|entry| tree.push(entry.clone()));
        let their_root = tree.root();
        prop_assert_eq!(their_root.as_bytes().as_slice(), root.as_bytes());
        let their_inclusion = tree.prove_inclusion(index);
        prop_assert_eq!(their_inclusion.as_bytes(), joined(&inclusion));
        let parsed = InclusionProof::<Sha256>::try_from_bytes(joined(&inclusion)).unwrap();
        prop_assert!(tree.root().verify_inclusion(&entries[index], index as u64, &parsed).is_ok());
        let their_consistency = tree.prove_consistency(entries.len() - old);
        prop_assert_eq!(their_consistency.as_bytes(), joined(&consistency));
        let parsed = ConsistencyProof::<Sha256>::try_from_bytes(joined(&consistency)).unwrap();
        let their_old_root = RootHash::<Sha256>::new((*old_root.as_bytes()).into(), old as u64);
        prop_assert!(tree.root().verify_consistency(&their_old_root, &parsed).is_ok());

        let path: Vec<_> = inclusion.into_iter().map(theirs).collect();
        let leaf = tlog_tiles::tlog::record_hash(&entries[index]);
        prop_assert!(tlog_tiles::tlog::check_record(&path, size, theirs(root), index as u64, leaf).is_ok());
        let path: Vec<_> = consistency.into_iter().map(theirs).collect();
        prop_assert!(tlog_tiles::tlog::check_tree(&path, size, theirs(root), old as u64, theirs(old_root)).is_ok());
    }

    #[test]
    fn others_agree_on_notes(seed: [u8; 32], size in 0..=i64::MAX as u64, root: [u8; 32]) {
        let ours = SigningKey::from_seed("any.example/log", &seed).unwrap();
        let vkey = ours.verifier().to_string();
        let head = TreeHead { size, root: root.into() };
        let text = Checkpoint::new("any.example/log", head).unwrap().to_string();
        let note = Note::sign(text.clone(), &ours).unwrap();

        let verifiers = VerifierList::new(vec![Box::new(StandardVerifier::new(&vkey).unwrap())]);
        let read = signed_note::Note::from_bytes(note.to_string().as_bytes()).unwrap();
        let (verified, unverified) = read.verify(&verifiers).unwrap();
        prop_assert_eq!((verified.len(), unverified.len()), (1, 0));

        let signer = StandardSigner::new(&ours.to_private_text()).unwrap();
        let mut made = signed_note::Note::new(text.as_bytes(), &[]).unwrap();
        made.add_sigs(&[&signer]).unwrap();
        prop_assert_eq!(made.to_bytes(), note.to_string().into_bytes());
    }
}

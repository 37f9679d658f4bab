use std::collections::{BTreeMap, BTreeSet};

use kronika_tlog::Hash;
use kronika_tlog::tile::{
    Bundle, BundleError, Resource, Tile, TileReadError, TileReader, append_entry, entries, grow,
    tiles_of_frontier, tiles_of_spans,
};
use kronika_tlog::tree::{
    Frontier, Node, ProveError, consistency_spans, inclusion_spans, prove_consistency, prove_inclusion,
};
use proptest::prelude::*;

use crate::support::{self, Memory, TILES, entry, json, list, sha256, shared_json, string};

/// Tiles as a log stores them: one growing blob for each level and index.
#[derive(Default)]
struct Store {
    frontier: Frontier,
    blobs: BTreeMap<(u8, u64), Vec<u8>>,
}

impl Store {
    fn append(&mut self, leaves: impl IntoIterator<Item = Hash>) {
        for growth in grow(&mut self.frontier, leaves) {
            let blob = self.blobs.entry((growth.level, growth.index)).or_default();
            assert_eq!(blob.len(), usize::from(growth.width_before) * 32, "{growth:?}");
            blob.extend_from_slice(&growth.bytes());
        }
    }

    /// The files of the tree of `size` entries, cut from the blobs.
    fn files(&self, size: u64) -> BTreeMap<Tile, Vec<u8>> {
        let cut = |tile: Tile| self.blobs[&(tile.level(), tile.index())][..tile.byte_len()].to_vec();
        Tile::all(size).map(|tile| (tile, cut(tile))).collect()
    }
}

fn leaf(index: u64) -> Hash {
    Hash::leaf(&entry(index))
}

#[test]
fn tiles_of_recorded_sizes_have_the_recorded_bytes() {
    let vectors = json(TILES);
    let mut store = Store::default();
    // Batches of a size that never meets a tile's edge, as a sealer would append them.
    let all: Vec<_> = (0..70_000).map(leaf).collect();
    all.chunks(97)
        .for_each(|batch| store.append(batch.iter().copied()));

    for (size, recorded) in vectors["tiles"]["by_size"].as_object().unwrap() {
        let files = store.files(size.parse().unwrap());
        let by_path: BTreeMap<_, _> = files
            .iter()
            .map(|(tile, bytes)| (tile.to_string(), bytes))
            .collect();
        for (path, expected) in recorded.as_object().unwrap() {
            if path == "_tile_count" {
                assert_eq!(files.len() as u64, expected.as_u64().unwrap(), "size {size}");
                continue;
            }
            let bytes = by_path[path];
            assert_eq!(
                bytes.len() as u64,
                expected[0].as_u64().unwrap(),
                "{path} of {size}"
            );
            assert_eq!(sha256(bytes), string(&expected[1]), "{path} of {size}");
        }
    }
}

#[test]
fn bundles_of_recorded_sizes_have_the_recorded_bytes() {
    for (name, expected) in json(TILES)["bundles"].as_object().unwrap() {
        let (size, path) = name.strip_prefix("size ").unwrap().split_once(": ").unwrap();
        let bundle = Bundle::all(size.parse().unwrap())
            .find(|bundle| bundle.to_string() == path)
            .unwrap();
        let first = bundle.index() * 256;
        let numbers = first..first + u64::from(bundle.width());

        let mut bytes = Vec::new();
        numbers
            .clone()
            .for_each(|index| append_entry(&mut bytes, &entry(index)).unwrap());

        assert_eq!(bytes.len() as u64, expected[0].as_u64().unwrap(), "{name}");
        assert_eq!(sha256(&bytes), string(&expected[1]), "{name}");
        let read: Vec<_> = entries(&bytes).map(Result::unwrap).collect();
        assert_eq!(read, numbers.map(entry).collect::<Vec<_>>());
    }
}

#[test]
fn the_tessera_log_is_read_and_reproduced() {
    let Some(log) = shared_json("public/tessera-testlog.json") else {
        return;
    };
    let tile = support::unhex(string(&log["tile_0_000_p_15_hex"]));
    let bundle = support::unhex(string(&log["entries_000_p_15_hex"]));

    let read: Vec<_> = entries(&bundle).map(Result::unwrap).collect();
    let expected: Vec<_> = list(&log["entries_ascii"])
        .iter()
        .map(|entry| string(entry).as_bytes())
        .collect();
    assert_eq!(read, expected);

    let mut store = Store::default();
    store.append(read.into_iter().map(Hash::leaf));
    assert_eq!(store.files(15).into_values().collect::<Vec<_>>(), [tile]);
}

#[test]
fn paths_are_spelled_as_recorded_and_in_no_other_way() {
    for (index, path) in json(TILES)["path_examples"].as_object().unwrap() {
        let tile = path.as_str().unwrap().parse::<Resource>().unwrap();
        let Resource::Tile(parsed) = tile else {
            unreachable!("{path} is a tile")
        };
        assert_eq!(
            (parsed.level(), parsed.index(), parsed.width()),
            (0, index.parse().unwrap(), 256)
        );
        assert_eq!(tile.to_string(), string(path));
    }
    for path in [
        "checkpoint",
        "tile/63/x018/x446/x744/x073/x709/x551/615.p/255",
        "tile/entries/000.p/1",
    ] {
        assert_eq!(path.parse::<Resource>().unwrap().to_string(), path);
    }
    let refused = [
        "",
        "/checkpoint",
        "tile",
        "tile/0",
        "tile/0/",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/x000",
        "tile/0/x000/000",
        "tile/0/001/000",
        "tile/0/x001/x000",
        "tile/0/x1/000",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/+1/000",
        "tile/0/000/",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "tile/0/000.p",
        "tile/0/+00",
        "tile/0/000.p/1.p/1",
        "tile/entries/x001/000/000",
        "tile/Entries/000",
        "tile/8/0/000",
        "tile/0/x018/x446/x744/x073/x709/x551/616",
        "tile/0/٣٣٣",
    ];
    for path in refused {
        assert!(path.parse::<Resource>().is_err(), "{path}");
    }
}

#[test]
fn proofs_from_tiles_are_those_from_memory() {
    let size = 70_000;
    let mut memory = Memory::of_entries(size);
    let mut store = Store::default();
    store.append((0..size).map(leaf));

    for old in [
        1, 255, 256, 257, 511, 4_096, 65_535, 65_536, 65_537, 69_999, 70_000,
    ] {
        let files = store.files(old);
        let index = old * 2 / 3;

        let needed = tiles_of_spans(&inclusion_spans(index, old).unwrap(), old);
        let fetched: BTreeMap<_, _> = needed.iter().map(|tile| (*tile, files[tile].clone())).collect();
        let path = prove_inclusion(index, old, &mut TileReader::new(old, fetched)).unwrap();
        assert_eq!(
            path,
            prove_inclusion(index, old, &mut memory).unwrap(),
            "{index} in {old}"
        );

        let files = store.files(size);
        let needed = tiles_of_spans(&consistency_spans(old, size).unwrap(), size);
        let fetched: BTreeMap<_, _> = needed.iter().map(|tile| (*tile, files[tile].clone())).collect();
        let path = prove_consistency(old, size, &mut TileReader::new(size, fetched)).unwrap();
        assert_eq!(
            path,
            prove_consistency(old, size, &mut memory).unwrap(),
            "{old} to {size}"
        );
    }
}

#[test]
fn a_frontier_is_taken_up_again_from_the_partial_tiles() {
    let mut store = Store::default();
    store.append((0..70_000).map(leaf));
    let files = store.files(70_000);

    let needed = tiles_of_frontier(70_000);
    let paths: BTreeSet<_> = needed.iter().map(Tile::to_string).collect();
    let fetched: BTreeMap<_, _> = needed.iter().map(|tile| (*tile, files[tile].clone())).collect();
    let again = Frontier::read(70_000, &mut TileReader::new(70_000, fetched)).unwrap();

    assert_eq!(again, store.frontier);
    assert_eq!(
        paths,
        ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]
            .map(str::to_owned)
            .into()
    );
}

#[test]
fn missing_and_shortened_tiles_are_noticed() {
    let mut store = Store::default();
    store.append((0..300).map(leaf));
    let mut files = store.files(300);

    for bytes in files.values_mut() {
        bytes.pop();
    }
    let shortened = prove_inclusion(7, 300, &mut TileReader::new(300, files));
    assert!(
        matches!(shortened, Err(ProveError::Read(TileReadError::CutOff { .. }))),
        "{shortened:?}"
    );
    let missing = prove_inclusion(7, 300, &mut TileReader::new(300, BTreeMap::new()));
    assert!(
        matches!(missing, Err(ProveError::Read(TileReadError::Source(_)))),
        "{missing:?}"
    );
}

#[test]
fn only_complete_nodes_are_held_by_tiles() {
    assert_eq!(
        Tile::holding(Node { level: 0, index: 299 }, 300)
            .unwrap()
            .to_string(),
        "tile/0/001.p/44"
    );
    assert_eq!(
        Tile::holding(Node { level: 8, index: 0 }, 300)
            .unwrap()
            .to_string(),
        "tile/1/000.p/1"
    );
    for (level, index) in [
        (0, 300),
        (8, 1),
        (9, 0),
        (2, 75),
        (63, 0),
        (64, 0),
        (255, u64::MAX),
        (7, u64::MAX),
    ] {
        assert_eq!(
            Tile::holding(Node { level, index }, 300),
            None,
            "level {level}, index {index}"
        );
    }
}

#[test]
fn an_entry_too_long_for_a_bundle_is_refused() {
    let mut bundle = Vec::new();

    append_entry(&mut bundle, &[7; 65_535]).unwrap();
    let refused = append_entry(&mut bundle, &[7; 65_536]);

    assert_eq!(refused, Err(BundleError::EntryTooLong { length: 65_536 }));
    assert_eq!(bundle.len(), 65_537, "nothing of it was written");
    bundle.pop();
    assert_eq!(
        entries(&bundle).collect::<Vec<_>>(),
        [Err(BundleError::CutOff { at: 0 })]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tiles_do_not_depend_on_how_entries_were_batched(batches in prop::collection::vec(0_u64..400, 1..8)) {
        let size = batches.iter().sum();
        let mut batched = Store::default();
        let mut next = 0;
        for batch in batches {
            batched.append((next..next + batch).map(leaf));
            next += batch;
        }
        let mut at_once = Store::default();
        at_once.append((0..size).map(leaf));

        prop_assert_eq!(&batched.blobs, &at_once.blobs);
        prop_assert_eq!(&batched.frontier, &at_once.frontier);
        for cut in [size / 3, size / 2, size] {
            let mut grown = Store::default();
            grown.append((0..cut).map(leaf));
            prop_assert_eq!(batched.files(cut), grown.files(cut));
        }
    }
}

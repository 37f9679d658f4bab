//! Parsers meet arbitrary bytes, and bytes that are almost right: they must not panic, and what they accept must be
//! written again exactly as it was.

use kronika_tlog::checkpoint::Checkpoint;
use kronika_tlog::commitment::Leaf;
use kronika_tlog::note::{Note, Signature, SigningKey, VerifierKey};
use kronika_tlog::policy::Policy;
use kronika_tlog::proof::Proof;
use kronika_tlog::tile::{Resource, Tile, entries};
use kronika_tlog::tree::{Node, consistency_spans, inclusion_spans};
use kronika_tlog::witness::{AddCheckpoint, read_conflict};
use proptest::prelude::*;

use crate::support::{CHECKPOINT, NOTES, PROOF, json, string};

/// Gives the bytes to every parser.
fn parse_everything(bytes: &[u8]) {
    let same = |written: String| assert_eq!(written.as_bytes(), bytes);
    Note::parse(bytes)
        .into_iter()
        .for_each(|note| same(note.to_string()));
    Proof::parse(bytes)
        .into_iter()
        .for_each(|proof| same(proof.to_string()));
    AddCheckpoint::parse(bytes)
        .into_iter()
        .for_each(|request| same(request.to_string()));
    Leaf::from_bytes(bytes)
        .into_iter()
        .for_each(|leaf| assert_eq!(leaf.to_bytes(), bytes));
    Policy::parse(bytes).ok();
    let length: usize = entries(bytes)
        .map_while(Result::ok)
        .map(|entry| 2 + entry.len())
        .sum();
    assert!(length <= bytes.len());

    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    text.parse::<Checkpoint>()
        .into_iter()
        .for_each(|checkpoint| same(checkpoint.to_string()));
    text.parse::<Resource>()
        .into_iter()
        .for_each(|resource| same(resource.to_string()));
    text.parse::<Signature>()
        .into_iter()
        .for_each(|signature| same(signature.to_string()));
    text.parse::<VerifierKey>()
        .into_iter()
        .for_each(|key| same(key.to_string()));
    SigningKey::parse(text)
        .into_iter()
        .for_each(|key| same(key.to_private_text().to_string()));
    read_conflict(text)
        .into_iter()
        .for_each(|size| same(format!("{size}\n")));
}

/// Good files of every kind.
fn samples() -> Vec<String> {
    let notes = json(NOTES);
    let vkey = |who: &str| string(&notes[who]["vkey"]).to_owned();
    let seed = [7; 32];
    vec![
        CHECKPOINT.to_owned(),
        PROOF.replacen("index", "extra aGludA==\nindex", 1),
        string(&notes["add_checkpoint_300_to_70000_request"]).to_owned(),
        string(&notes["checkpoints"][1]["text"]).to_owned(),
        string(&notes["checkpoints"][1]["w1_line"]).trim_end().to_owned(),
        vkey("log"),
        SigningKey::from_seed("a.example", &seed)
            .unwrap()
            .to_private_text()
            .to_string(),
        format!(
            "# p\nlog {} https://l\nwitness a {}\nwitness b {}\ngroup g 2 a b\nquorum g\n",
            vkey("log"),
            vkey("w1"),
            vkey("w2")
        ),
        "tile/2/x001/x234/067.p/8".to_owned(),
        "tile/entries/x001/000".to_owned(),
        "\0\u{3}abc\0\0\0\u{1}d".to_owned(),
        "70000\n".to_owned(),
    ]
}

/// A good file with a few pieces cut out, doubled, overwritten or moved.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let edit = (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        any::<u8>(),
        0..5,
    );
    (prop::sample::select(samples()), prop::collection::vec(edit, 1..6)).prop_map(|(sample, edits)| {
        let mut bytes = sample.into_bytes();
        for (first, second, byte, action) in edits {
            let (a, b) = (first.index(bytes.len() + 1), second.index(bytes.len() + 1));
            let range = a.min(b)..a.max(b);
            match action {
                0 => drop(bytes.drain(range)),
                1 => bytes.insert(a, byte),
                2 => bytes.extend_from_within(range),
                3 => bytes[range].reverse(),
                _ => bytes.iter_mut().skip(a).take(1).for_each(|old| *old = byte),
            }
        }
        bytes
    })
}

#[test]
fn good_files_are_accepted_as_they_are() {
    for sample in samples() {
        parse_everything(sample.as_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_harm_nothing(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        parse_everything(&bytes);
    }

    #[test]
    fn arbitrary_text_harms_nothing(text in "[\\PC\n]{0,200}") {
        parse_everything(text.as_bytes());
    }

    #[test]
    fn damaged_files_harm_nothing(bytes in damaged()) {
        parse_everything(&bytes);
    }

    #[test]
    fn arbitrary_numbers_harm_nothing(a: u64, b: u64, level: u8) {
        inclusion_spans(a, b).ok();
        consistency_spans(a, b).ok();
        Tile::holding(Node { level, index: a }, b);
        Tile::of_tree(level, a, b);
    }
}

use kronika_tlog::checkpoint::{Checkpoint, CheckpointError};
use kronika_tlog::note::{Note, NoteError, SigningKey};
use kronika_tlog::tree::Frontier;
use kronika_tlog::{Hash, TreeHead};

use crate::support::{CHECKPOINT, Memory, NOTES, json, key, list, shared_json, string};

#[test]
fn our_checkpoints_are_reproduced_byte_for_byte() {
    let vectors = json(NOTES);
    let seed = crate::support::bytes32(&vectors["log"]["seed"]);
    let signer = SigningKey::from_seed(string(&vectors["log"]["name"]), &seed).unwrap();
    assert_eq!(signer.verifier().to_string(), string(&vectors["log"]["vkey"]));

    for case in list(&vectors["checkpoints"]) {
        let size = case["size"].as_u64().unwrap();
        let head = Memory::of_entries(size).frontier.head();
        let checkpoint = Checkpoint::new(signer.verifier().name(), head).unwrap();

        assert_eq!(checkpoint.to_string(), string(&case["text"]));
        let note = Note::sign(checkpoint.to_string(), &signer).unwrap();
        assert_eq!(note.to_string(), string(&case["log_signed_note"]));
        assert_eq!(Checkpoint::open(&note, signer.verifier()), Ok(checkpoint));
    }
}

#[test]
fn the_checkpoint_file_opens_with_the_logs_key() {
    let note = Note::parse(CHECKPOINT.as_bytes()).unwrap();
    let checkpoint = Checkpoint::open(&note, &key(&json(NOTES)["log"]["vkey"])).unwrap();

    assert_eq!(checkpoint.origin(), "archive.example/org/7f3a");
    assert_eq!(checkpoint.head(), Memory::of_entries(70_000).frontier.head());
    assert_eq!(checkpoint.extensions(), "");
    assert_eq!(note.to_string(), CHECKPOINT);
}

#[test]
fn the_16_tessera_checkpoints_open_and_state_the_roots_of_its_entries() {
    let Some(log) = shared_json("public/tessera-testlog.json") else {
        return;
    };
    let key = key(&log["vkey"]);
    let mut frontier = Frontier::new();
    let mut entries = list(&log["entries_ascii"]).iter();
    for file in list(&log["checkpoints"]) {
        let note = Note::parse(string(file).as_bytes()).unwrap();
        assert_eq!(Checkpoint::open(&note, &key).unwrap().head(), frontier.head());
        if let Some(entry) = entries.next() {
            frontier.push(Hash::leaf(string(entry).as_bytes()));
        }
    }
    assert_eq!(frontier.size(), 15);
}

#[test]
fn a_checkpoint_of_another_log_or_without_its_signature_is_refused() {
    let [ours, theirs] =
        ["ours.example/log", "theirs.example/log"].map(|name| SigningKey::from_seed(name, &[5; 32]).unwrap());
    let text = Checkpoint::new("theirs.example/log", TreeHead::EMPTY)
        .unwrap()
        .to_string();

    let note = Note::sign(text, &ours).unwrap();

    assert!(matches!(
        Checkpoint::open(&note, ours.verifier()),
        Err(CheckpointError::OtherLog { .. })
    ));
    assert_eq!(
        Checkpoint::open(&note, theirs.verifier()),
        Err(NoteError::NotSigned.into())
    );
}

#[test]
fn malformed_checkpoints_are_refused() {
    let root = Hash::EMPTY;
    let refused = [
        String::new(),
        "a\n".to_owned(),
        format!("a\n0\n{root}"),
        format!("\n0\n{root}\n"),
        format!("a\n00\n{root}\n"),
        format!("a\n-0\n{root}\n"),
        format!("a\n+1\n{root}\n"),
        format!("a\n01\n{root}\n"),
        format!("a\n\n{root}\n"),
        format!("a\n 1\n{root}\n"),
        format!("a\n\u{661}\n{root}\n"),
        format!("a\n9223372036854775808\n{root}\n"),
        format!("a\n18446744073709551616\n{root}\n"),
        format!("a\n1\n{root}=\n"),
        format!("a\n1\n{}\n", root.to_string().trim_end_matches('=')),
        "a\n1\nAAAA\n".to_owned(),
        format!("a\n1\n{root}\n\n"),
        format!("a\n1\n{root}\nextension"),
        format!("a\n1\n{root}\nextension\n\n"),
        format!("a\n1\n{root}\n\nextension\n"),
        format!("a\r\n1\r\n{root}\r\n"),
    ];
    for text in refused {
        assert!(text.parse::<Checkpoint>().is_err(), "{text:?}");
    }
    for text in [
        format!("a b+c\n9223372036854775807\n{root}\n"),
        format!("a\n1\n{root}\none\ntwo\n"),
    ] {
        assert_eq!(text.parse::<Checkpoint>().unwrap().to_string(), text);
    }
    for origin in ["", "a\nb"] {
        assert_eq!(
            Checkpoint::new(origin, TreeHead::EMPTY),
            Err(CheckpointError::Origin)
        );
    }
}

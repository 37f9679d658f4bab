//! The same questions to Go's checksum-database libraries, as Debian packages them
//! (golang-go, golang-golang-x-mod-dev).

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use kronika_tlog::checkpoint::Checkpoint;
use kronika_tlog::note::{Note, SigningKey};
use kronika_tlog::tile::Tile;
use kronika_tlog::tree::{prove_consistency, prove_inclusion};
use serde_json::{Value, json};

use crate::support::{Memory, entry};

const LIBRARY: &str = "/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog";
const SIZES: [u64; 10] = [1, 2, 3, 7, 8, 255, 256, 257, 1_000, 3_000];

#[test]
fn go_agrees_on_notes_proofs_and_tiles() {
    if Command::new("go").arg("version").output().is_err() || !Path::new(LIBRARY).exists() {
        eprintln!("SKIPPED: no Go with golang.org/x/mod");
        return;
    }
    let question = question();
    let count = |field: &str| question[field].as_array().unwrap().len();
    let expected = 1 + count("Inclusion") + count("Consistency") + count("Paths");

    let mut go = Command::new("go")
        .args(["run", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/go/agree.go")])
        .envs([
            ("GO111MODULE", "off"),
            ("GOPATH", "/usr/share/gocode"),
            ("GOFLAGS", ""),
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    go.stdin
        .take()
        .unwrap()
        .write_all(question.to_string().as_bytes())
        .unwrap();
    let output = go.wait_with_output().unwrap();

    assert!(output.status.success(), "Go disagrees, see above");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), format!("{expected}\n"));
}

/// Everything Go is asked, with hashes in base64 as Go's JSON has them.
fn question() -> Value {
    let key = SigningKey::from_seed("go.example/log", &[42; 32]).unwrap();
    let mut memory = Memory::of_entries(3_000);
    let heads = SIZES.map(|size| Memory::of_entries(size).frontier.head());
    let text = Checkpoint::new("go.example/log", memory.frontier.head())
        .unwrap()
        .to_string();
    let written = |path: Vec<kronika_tlog::Hash>| path.iter().map(ToString::to_string).collect::<Vec<_>>();
    let (mut inclusion, mut consistency) = (Vec::new(), Vec::new());
    for head in heads {
        for index in [0, head.size / 3, head.size / 2, head.size - 1] {
            inclusion.push(json!({
                "Index": index,
                "Size": head.size,
                "Entry": String::from_utf8(entry(index)).unwrap(),
                "Root": head.root.to_string(),
                "Path": written(prove_inclusion(index, head.size, &mut memory).unwrap()),
            }));
        }
        for old in heads.iter().filter(|old| old.size <= head.size) {
            consistency.push(json!({
                "Old": old.size,
                "New": head.size,
                "OldRoot": old.root.to_string(),
                "NewRoot": head.root.to_string(),
                "Path": written(prove_consistency(old.size, head.size, &mut memory).unwrap()),
            }));
        }
    }
    json!({
        "Vkey": key.verifier().to_string(),
        "Skey": key.to_private_text().as_str(),
        "Note": Note::sign(text, &key).unwrap().to_string(),
        "Inclusion": inclusion,
        "Consistency": consistency,
        "Paths": Tile::all(70_000).map(|tile| tile.to_string().replacen("tile/", "tile/8/", 1)).collect::<Vec<_>>(),
        "TilesOf": 70_000,
    })
}

//! An expert needs no tool of ours: OpenSSL's command line believes the log's signature, and nothing else.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kronika_tlog::note::Note;

use crate::support::{CHECKPOINT, NOTES, json, key};

/// Whether `openssl pkeyutl` accepts `signature` over `text`.
fn openssl_accepts(folder: &Path, text: &str, signature: &[u8]) -> bool {
    fs::write(folder.join("text"), text).unwrap();
    fs::write(folder.join("signature"), signature).unwrap();
    let arguments = "pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in text -sigfile signature";
    let output = Command::new("openssl")
        .args(arguments.split(' '))
        .current_dir(folder)
        .output()
        .unwrap();
    output.status.success()
}

#[test]
fn openssl_accepts_our_checkpoint_and_no_altered_one() {
    if Command::new("openssl").arg("version").output().is_err() {
        eprintln!("SKIPPED: no openssl");
        return;
    }
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("openssl");
    fs::create_dir_all(&folder).unwrap();
    let log = key(&json(NOTES)["log"]["vkey"]);
    fs::write(folder.join("key.der"), log.to_spki()).unwrap();
    let note = Note::parse(CHECKPOINT.as_bytes()).unwrap();
    let signature = note.signatures().iter().find(|line| line.is_by(&log)).unwrap();

    assert!(openssl_accepts(&folder, note.text(), signature.bytes()));
    assert!(!openssl_accepts(
        &folder,
        &note.text().replace("70000", "70001"),
        signature.bytes()
    ));
}

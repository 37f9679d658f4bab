//! Packages taken apart and packed again, with all hashes made to fit: what an opponent would do.

use std::collections::BTreeMap;
use std::io::Cursor;

use kronika_evidence::bag::{Manifest, hash, is_payload};
use kronika_evidence::container::{Reader, Writer};

use crate::journal::NOW;

pub const FOLDER: &str = "kronika-2026-11-26";

const MANIFEST: &str = "manifest-sha256.txt";
const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";

/// The files of a package by their names.
pub type Files = BTreeMap<String, Vec<u8>>;

pub fn unpack(bytes: &[u8]) -> Files {
    let mut reader = Reader::open(Cursor::new(bytes)).unwrap();
    let entries = reader.entries().into_iter();
    entries
        .map(|entry| {
            let content = reader.read(&entry.name, u64::MAX).unwrap();
            (entry.name, content)
        })
        .collect()
}

/// Packs files as they are.
pub fn pack(files: &Files) -> Vec<u8> {
    let mut writer = Writer::new(Cursor::new(Vec::new()), NOW);
    for (name, content) in files {
        writer.add(&format!("{FOLDER}/{name}"), content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Packs files under manifests that fit them.
pub fn forge(files: &Files) -> Vec<u8> {
    let mut files = files.clone();
    files.remove(MANIFEST);
    files.remove(TAG_MANIFEST);
    let list = |files: &Files, payload: bool| {
        let listed = files.iter().filter(|(name, _)| is_payload(name) == payload);
        Manifest(
            listed
                .map(|(name, content)| (name.clone(), hash(content)))
                .collect(),
        )
        .to_text()
    };
    files.insert(MANIFEST.into(), list(&files, true).into());
    files.insert(TAG_MANIFEST.into(), list(&files, false).into());
    pack(&files)
}

/// Changes text in one file, which must be there.
pub fn replace(files: &mut Files, name: &str, old: &str, new: &str) {
    let text = String::from_utf8(files[name].clone()).unwrap();
    assert!(text.contains(old), "{name} has no {old:?}");
    files.insert(name.into(), text.replacen(old, new, 1).into());
}

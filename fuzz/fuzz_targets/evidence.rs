//! Evidence packages: any bytes, and any content of a file behind a container and manifests that fit.
#![no_main]

use std::collections::BTreeMap;
use std::io::Cursor;

use kronika_evidence::bag::{Manifest, hash, is_payload};
use kronika_evidence::container::Writer;
use kronika_evidence::{Options, verify};
use libfuzzer_sys::fuzz_target;

/// 2030.
const AT: i64 = 1_893_456_000_000_000;

/// Files that are read as something. What they are fuzzed with is parted by zero bytes.
const FILES: [&str; 9] = [
    "data/completeness.json",
    "data/items.jsonl",
    "data/proofs/000001.meta.json",
    "data/proofs/000001.opening.json",
    "data/proofs/000001.tlog-proof",
    "data/proofs/checkpoint",
    "data/proofs/leaves/000.p/1",
    "data/proofs/policy",
    "data/tombstones.jsonl",
];

fuzz_target!(|bytes: &[u8]| {
    let options = Options {
        now: AT,
        ..Options::default()
    };
    let _ = verify(Cursor::new([b"PK".as_slice(), bytes].concat()), &options);
    if let Some(package) = packed(bytes) {
        let _ = verify(Cursor::new(package), &options);
    }
});

fn packed(bytes: &[u8]) -> Option<Vec<u8>> {
    let contents = bytes.split(|byte| *byte == 0);
    let mut files: BTreeMap<&str, Vec<u8>> = FILES.into_iter().zip(contents.map(<[u8]>::to_vec)).collect();
    files.insert("bagit.txt", kronika_evidence::bag::BAGIT.into());
    let list = |files: &BTreeMap<&str, Vec<u8>>, payload: bool| {
        let listed = files.iter().filter(|(name, _)| is_payload(name) == payload);
        Manifest(listed.map(|(name, content)| ((*name).to_owned(), hash(content))).collect()).to_text()
    };
    files.insert("manifest-sha256.txt", list(&files, true).into());
    files.insert("tagmanifest-sha256.txt", list(&files, false).into());
    let mut writer = Writer::new(Cursor::new(Vec::new()), AT);
    for (name, content) in &files {
        writer.add(&format!("package/{name}"), content).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

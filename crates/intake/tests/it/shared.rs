//! The shared corpora, unpacked once.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tempfile::TempDir;

/// The folder of a corpus, or `None` (said aloud) when this machine doesn't have it.
pub fn corpus(name: &str) -> Option<PathBuf> {
    static HARD: OnceLock<Option<TempDir>> = OnceLock::new();
    static DOCS: OnceLock<Option<TempDir>> = OnceLock::new();
    let cell = if name == "mail-hard" { &HARD } else { &DOCS };
    cell.get_or_init(|| unpack(name))
        .as_ref()
        .map(|dir| dir.path().to_owned())
}

fn unpack(name: &str) -> Option<TempDir> {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/corpora");
    let path = corpora.join(format!("{name}.tar.zst"));
    let Ok(file) = File::open(&path) else {
        eprintln!("SKIPPED: there is no {name}.tar.zst among the shared corpora");
        return None;
    };
    let dir = TempDir::new().unwrap();
    let mut archive = tar::Archive::new(zstd::Decoder::new(file).unwrap());
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        entry.unpack_in(dir.path()).unwrap();
    }
    Some(dir)
}

/// Every file under a folder, in order.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path)
            } else {
                found.push(path)
            }
        }
    }
    found.sort();
    found
}

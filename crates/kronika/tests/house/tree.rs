//! The workspace and what is committed of it.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The workspace's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap()
        .to_path_buf()
}

/// Paths and texts of all committed text files; none outside a clone.
pub fn tracked() -> Option<Vec<(String, String)>> {
    let listed = Command::new("git")
        .args(["ls-files", "-z"])
        .current_dir(root())
        .output();
    let Some(listed) = listed.ok().filter(|listed| listed.status.success()) else {
        eprintln!("SKIPPED: this is not a clone, so nobody knows what is committed");
        return None;
    };
    let names = String::from_utf8(listed.stdout).unwrap();
    let texts = names.split_terminator('\0').filter_map(|name| {
        let text = std::fs::read_to_string(root().join(name)).ok()?;
        Some((name.to_owned(), text))
    });
    Some(texts.collect())
}

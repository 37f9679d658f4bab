//! The house rules that no compiler checks: who may know whom, how long a file gets, what must not be committed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod source;
mod tree;

use source::{Source, paths_of};

/// Folders of the server's source, each layer standing on those before it. `docs/MAP.md` says what each is for.
const LAYERS: [&[&str]; 5] = [
    &["secrecy", "storage", "outgoing"],
    DOMAIN,
    &["channel", "instance", "witness"],
    &["web"],
    &["cli"],
];

/// Folders that know each other: what they are about belongs together.
const DOMAIN: &[&str] = &[
    "access",
    "archive",
    "assignment",
    "client",
    "evidence",
    "guideline",
    "interaction",
    "journal",
    "search",
    "user",
    "webhook",
];

/// The longest file that still has one subject.
const LONGEST: usize = 400;

/// Whether code in one folder may name the other. What stands beside the folders in `lib.rs` is for everyone.
fn may_use(from: &str, to: &str) -> bool {
    let layer = |folder: &str| LAYERS.iter().position(|folders| folders.contains(&folder));
    let both_domain = DOMAIN.contains(&from) && DOMAIN.contains(&to);
    from == to || both_domain || layer(to).is_none_or(|to| Some(to) < layer(from))
}

/// Reports at once all that breaks one rule.
fn assert_none(found: Vec<String>, rule: &str) {
    assert!(found.is_empty(), "{rule}:\n  {}", found.join("\n  "));
}

#[test]
fn every_folder_knows_only_what_it_stands_on() {
    let mut wrong = Vec::new();
    for file in Source::of_crate("kronika") {
        let Some(from) = file.folder() else { continue };
        if !LAYERS.concat().contains(&from) {
            wrong.push(format!("{}: the folder {from} has no layer yet", file.path));
        }
        let used = file.folders_used();
        let beyond = used.iter().filter(|(_, to)| !may_use(from, to));
        wrong.extend(beyond.map(|(line, to)| format!("{}:{line}: {from} uses {to}", file.path)));
    }
    assert_none(
        wrong,
        "secrecy, storage and outgoing, then domain folders, then channel, then web, then cli",
    );
}

#[test]
fn no_file_is_longer_than_one_subject() {
    let long = Source::of_all_crates()
        .into_iter()
        .filter(|file| file.lines > LONGEST)
        .map(|file| format!("{}: {} lines", file.path, file.lines))
        .collect();
    assert_none(
        long,
        "a file has at most 400 lines; hitting that means a noun is missing",
    );
}

#[test]
fn nothing_is_left_to_do_and_nothing_is_unwrapped() {
    // Written apart, so that this file does not find itself.
    let forbidden = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!(".unwrap", "()"),
    ];
    let mut found = Vec::new();
    for file in Source::of_all_crates() {
        for (number, line) in file.code() {
            if let Some(word) = forbidden.iter().find(|word| line.contains(**word)) {
                found.push(format!("{}:{number}: {word}", file.path));
            }
        }
    }
    assert_none(found, "source outside tests is finished and does not panic");
}

#[test]
fn nothing_in_the_program_goes_without_its_log() {
    let mut wrong = Vec::new();
    for file in Source::of_crate("kronika") {
        let deaf = file.code().filter(|(_, line)| line.contains("Watch::deaf"));
        wrong.extend(deaf.map(|(line, _)| format!("{}:{line}", file.path)));
    }
    assert_none(wrong, "only a benchmark leaves the log out");
}

#[test]
fn nothing_committed_names_a_package_registry_or_somebodys_home_folder() {
    let Some(files) = tree::tracked() else { return };
    let forbidden = [
        concat!("crates", ".io"),
        concat!("registry.", "npmjs"),
        concat!("pypi", ".org"),
        concat!("python", "hosted.org"),
        concat!("proxy.", "golang"),
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
    ];
    let mut found = Vec::new();
    // Cargo's own lock format names the index it was resolved against.
    for (path, text) in files.iter().filter(|(path, _)| !path.ends_with("Cargo.lock")) {
        for (number, line) in (1..).zip(text.lines()) {
            if let Some(word) = forbidden.iter().find(|word| line.contains(**word)) {
                found.push(format!("{path}:{number}: {word}"));
            }
        }
    }
    assert_none(found, "the tree works wherever it is cloned to");
}

#[test]
fn paths_are_read_as_the_compiler_reads_them() {
    let inside = ["interaction", "store"];

    assert_eq!(paths_of("use crate::client::store;", &inside), ["client"]);
    assert_eq!(
        paths_of("use crate::{assignment, client::{act, list}, on_db};", &inside),
        ["assignment", "client", "on_db"]
    );
    assert_eq!(paths_of("use super::super::web::page;", &inside), ["web"]);
    assert_eq!(
        paths_of("use super::{Recorded, list};", &inside),
        Vec::<String>::new()
    );
    assert_eq!(
        paths_of("fn f(at: &crate::web::Page) -> crate::cli::Failure {", &inside),
        ["web", "cli"]
    );
    assert_eq!(paths_of("// see crate::web", &inside), Vec::<String>::new());
}

//! The command line: what it says, and with which exit status.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::{Command, Output};

#[path = "../../evidence/tests/it/journal.rs"]
#[allow(dead_code, reason = "the tests of the format use the rest")]
mod journal;

use journal::Archive;

fn verify(folder: &Path, arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_kronika-verify");
    Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// A folder with a package, its policy, and the package with a byte changed.
fn folder() -> tempfile::TempDir {
    let archive = Archive::new(12);
    let mut package = archive.whole();
    package.items[1] = archive.item_of(&archive.records[1], &["meta"]);
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = archive.write(&package);
    let write = |name: &str, content: &[u8]| std::fs::write(folder.path().join(name), content).unwrap();
    write("package.zip", &bytes);
    write("policy", archive.policy().as_bytes());
    write(
        "other-policy",
        format!("log {}\nquorum none\n", journal::other_key()).as_bytes(),
    );
    let place = b"3,000 euros";
    let at = bytes
        .windows(place.len())
        .position(|window| window == place)
        .unwrap();
    bytes[at] = b'9';
    write("damaged.zip", &bytes);
    folder
}

#[test]
fn a_sound_package_is_0_and_says_what_it_rests_on() {
    let folder = folder();

    let done = verify(folder.path(), &["package.zip", "--policy", "policy"]);

    let said = said(&done);
    assert_eq!(done.status.code(), Some(0), "{said}");
    assert!(said.starts_with("Package kronika-2026-11-26\nSOUND"), "{said}");
    assert!(
        said.contains("rests on kronika.archive/0123456789abcdef+"),
        "{said}"
    );
    assert!(
        said.contains("not checked  Timestamp authorities saw the checkpoint\n             There are none"),
        "{said}"
    );
    assert!(said.contains("withheld original: a secret of others"), "{said}");
}

#[test]
fn a_damaged_package_is_1_and_says_what_is_wrong() {
    let folder = folder();

    let done = verify(folder.path(), &["damaged.zip", "--policy", "policy"]);

    let said = said(&done);
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(said.contains("DAMAGED"), "{said}");
    assert!(
        said.contains("WRONG data/originals/000003.eml was damaged"),
        "{said}"
    );
}

#[test]
fn a_package_of_another_archive_is_1() {
    let folder = folder();

    let done = verify(folder.path(), &["--policy", "other-policy", "package.zip"]);

    assert_eq!(done.status.code(), Some(1), "{}", said(&done));
}

#[test]
fn what_cannot_be_checked_is_2() {
    let folder = folder();

    for arguments in [
        &["nothing.zip"][..],
        &["policy"],
        &[],
        &["package.zip", "--policy", "nothing"],
        &["package.zip", "--policy", "package.zip"],
        &["package.zip", "--roots", "policy"],
        &["package.zip", "--polcy", "policy"],
        &["package.zip", "damaged.zip"],
        &["package.zip", "--policy"],
    ] {
        let done = verify(folder.path(), arguments);
        assert_eq!(done.status.code(), Some(2), "{arguments:?}: {}", said(&done));
        assert!(done.stdout.is_empty());
        assert!(!done.stderr.is_empty());
    }
}

#[test]
fn programs_get_json() {
    let folder = folder();

    let done = verify(folder.path(), &["package.zip", "--json"]);

    let verdict: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(done.status.code(), Some(0));
    assert_eq!(verdict["overall"], "sound");
    assert_eq!(verdict["claims"][0]["name"], "integrity");
    assert_eq!(verdict["claims"][0]["status"], "holds");
    assert_eq!(verdict["items"].as_array().unwrap().len(), 3);
    assert_eq!(verdict["items"][1]["withheld"].as_array().unwrap().len(), 3);
}

#[test]
fn it_says_how_it_is_used() {
    let folder = folder();

    for option in ["--help", "-h", "--version"] {
        let done = verify(folder.path(), &[option]);
        assert_eq!(done.status.code(), Some(0));
        assert!(said(&done).contains("kronika-verify"));
    }
}

/// Runs the page's module as a browser would; its arguments are the page, the package and the policy.
const BROWSER: &str = r#"
const { readFileSync } = await import("node:fs");
const [page, ...files] = process.argv.slice(1);
const module = /id="module">([^<]*)</.exec(readFileSync(page, "utf-8"))[1];
const { instance } = await WebAssembly.instantiate(Buffer.from(module, "base64"));
const { memory, room, judge, answer, answer_length } = instance.exports;
files.forEach((file, which) => {
  const bytes = readFileSync(file);
  const at = room(which, bytes.length);
  new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
});
const status = judge(Date.now());
console.log(new TextDecoder().decode(new Uint8Array(memory.buffer, answer(), answer_length())));
process.exit(status);
"#;

#[test]
fn the_page_says_what_the_command_says() {
    let Ok(page) = std::env::var("KRONIKA_VERIFY_PAGE") else {
        eprintln!("SKIPPED: no page was built; crates/verify/page/test.sh builds it");
        return;
    };
    let folder = folder();

    for (package, policy) in [
        ("package.zip", "policy"),
        ("damaged.zip", "policy"),
        ("package.zip", "other-policy"),
    ] {
        let command = verify(folder.path(), &[package, "--policy", policy, "--json"]);
        let arguments = ["--input-type=module", "--eval", BROWSER, &page, package, policy];
        let node = Command::new("node")
            .args(arguments)
            .current_dir(&folder)
            .output()
            .unwrap();

        assert_eq!(node.status.code(), command.status.code(), "{}", said(&node));
        let parse = |output: &Output| serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap();
        assert_eq!(parse(&node), parse(&command));
    }
}

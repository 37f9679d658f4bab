//! What somebody without Kronika can find out about an export: the script in `docs/` and OpenSSL are all they have.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs `kronika` on an archive; it must succeed.
fn kronika(data: &Path, arguments: &[&str]) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_kronika"))
        .args(arguments)
        .args(["--json", "--data"])
        .arg(data)
        .env_remove("KRONIKA_PASSPHRASE")
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&done.stderr)
    );
    String::from_utf8(done.stdout).unwrap()
}

/// The stranger's check of an export: 0 all holds, 1 something does not, 2 it could not be checked.
fn checked(export: &Path, more: &[&Path]) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/verify_inclusion.py");
    Command::new("python3")
        .arg(script)
        .arg(export)
        .args(more)
        .output()
        .unwrap()
}

fn has_tools() -> bool {
    let found = ["python3", "openssl"]
        .iter()
        .all(|tool| Command::new(tool).arg("--help").output().is_ok());
    if !found {
        eprintln!("SKIPPED: python3 and openssl are not both here");
    }
    found
}

/// An archive with three letters of one client and one of nobody's, and the export of that client.
fn exported(folder: &Path) -> PathBuf {
    let (data, mail, out) = (folder.join("archive"), folder.join("mail"), folder.join("export"));
    std::fs::create_dir(&mail).unwrap();
    for (number, domain) in [
        (1, "dab.example"),
        (2, "dab.example"),
        (3, "other.example"),
        (4, "dab.example"),
    ] {
        let letter = format!(
            "From: Jan <jan@{domain}>\nTo: biuro@lipowa7.example\nDate: Mon, {number} Jun 2026 10:00:00 +0200\n\
             Message-ID: <{number}@{domain}>\nSubject: =?utf-8?q?Um=C3=B3wmy?= sie, \"{number}\"\n\nCena: {number}00.\n"
        );
        std::fs::write(mail.join(format!("{number}.eml")), letter).unwrap();
    }
    kronika(&data, &["init"]);
    kronika(&data, &["client", "add", "Dąb", "--domain", "dab.example"]);
    kronika(&data, &["import", mail.to_str().unwrap()]);
    kronika(
        &data,
        &["export", "--client", "Dąb", "--out", out.to_str().unwrap()],
    );
    out
}

#[test]
fn an_export_checks_without_kronika() {
    if !has_tools() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();

    let found = checked(&exported(folder.path()), &[]);

    let said = String::from_utf8_lossy(&found.stdout);
    assert!(
        found.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&found.stderr)
    );
    assert!(said.contains("3 of 3 records"), "{said}");
}

#[test]
fn whatever_is_changed_in_an_export_is_noticed() {
    if !has_tools() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let export = exported(folder.path());
    let proofs = export.join("proofs");
    for path in [
        export.join("originals/000002.eml"),
        export.join("index.csv"),
        export.join("checkpoint.txt"),
        export.join("key.txt"),
        proofs.join("000002.meta.json"),
        proofs.join("000002.opening.json"),
        proofs.join("000002.tlog-proof"),
    ] {
        let whole = std::fs::read(&path).unwrap();
        // A digit that counts stands in each of them; the last one is never in a name of a field.
        let at = whole.iter().rposition(u8::is_ascii_digit).unwrap();
        let mut altered = whole.clone();
        altered[at] = if whole[at] == b'0' { b'1' } else { b'0' };

        std::fs::write(&path, &altered).unwrap();
        let found = checked(&export, &[]);
        std::fs::write(&path, &whole).unwrap();

        let code = found.status.code();
        assert!(matches!(code, Some(1 | 2)), "{}: {code:?}", path.display());
        let told = [found.stdout, found.stderr].concat();
        assert!(
            !String::from_utf8_lossy(&told).contains("Traceback"),
            "{}: not said in a sentence",
            path.display()
        );
    }
    assert!(
        checked(&export, &[]).status.success(),
        "and back as it was, it holds again"
    );
}

#[test]
fn an_export_of_another_journal_does_not_pass_for_ours() {
    if !has_tools() {
        return;
    }
    let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let key = exported(ours.path()).join("key.txt");

    let found = checked(&exported(theirs.path()), &[Path::new("--key"), &key]);

    assert!(!found.status.success(), "the key kept by a third person decides");
}

//! The command line as scripts and people use it: JSON, a second importer, readers that leave, a full disk.

use std::fs;
use std::process::Command;

use kronika::archive::Placement;

use crate::bad_input::counts;
use crate::support::program::{Installed, kronika, said};
use crate::support::{fresh_schema, incompressible, mail, mbox};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_importers_at_once_are_one_too_many() {
    let installed = Installed::new().await;
    let mails: Vec<_> = (0..300)
        .map(|n| mail(&format!("{n}")).id(&format!("{n}@x")))
        .collect();
    let mailbox = installed.file("mail.mbox", &mbox(&mails));
    let held = fs::File::create(installed.data().join("import.lock")).unwrap();
    fs2::FileExt::lock_exclusive(&held).unwrap();

    installed
        .import(&mailbox)
        .refuses_with("another import into this archive is running");

    drop(held);
    counts(&installed.import(&mailbox), 300, 0, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn json_is_json_in_every_command() {
    let installed = Installed::new().await;
    let added = installed.run(&[
        "client",
        "add",
        "Stolarnia \"Dąb\"",
        "--email",
        "anna@client.example",
        "--json",
    ]);
    assert_eq!(added.status, Some(0), "{added}");
    let id = added.json()["client"].as_str().unwrap().to_owned();
    counts(
        &installed.import(&installed.file("a.eml", &mail("Umowa \"ramowa\"").bytes())),
        1,
        0,
        0,
    );
    let more = installed.run(&["client", "address", &id, "--domain", "client.example", "--json"]);
    assert_eq!(more.json()["assigned"], 0, "{more}");
    let listed = installed.run(&["client", "list", "--json"]);
    assert_eq!(listed.json()["name"], "Stolarnia \"Dąb\"");
    assert_eq!(listed.json()["interactions"], 1);
    let found = installed.run(&["search", "umowa from:anna", "--json"]);
    assert_eq!(found.status, Some(0), "{found}");
    assert_eq!(found.json()["subject"], "Umowa \"ramowa\"");
    assert_eq!(found.json()["clients"][0], "Stolarnia \"Dąb\"");
    let nothing = installed.run(&["search", "nothing-of-the-kind", "--json"]);
    assert_eq!(
        (nothing.status, nothing.out.as_str(), nothing.err.as_str()),
        (Some(1), "", "")
    );
    assert_eq!(installed.run(&["verify", "--json"]).json()["verdict"], "sound");
    assert_eq!(installed.run(&["rebuild", "--json"]).json()["records"], 5);
    assert_eq!(
        installed.run(&["own", "add", "--domain", "ours.example"]).status,
        Some(0)
    );
    let unknown = installed.run(&["nonsense"]);
    assert_eq!(unknown.status, Some(2), "{unknown}");
}

/// A reader that had enough, such as `head`, is no failure.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_that_goes_away_ends_the_command_quietly() {
    let installed = Installed::new().await;
    let archive = installed.open().await;
    for n in 0..50 {
        let facts = kronika::client::ClientFacts {
            name: format!("Client {n}"),
            ..Default::default()
        };
        kronika::client::act::add(&archive, facts, "ewa").await.unwrap();
    }
    for arguments in [
        vec!["client", "list"],
        vec!["verify"],
        vec!["search", "-x after:2000-01-01"],
    ] {
        let mut command = installed.command(&arguments);
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = command
            .stdout(writer)
            .stderr(std::process::Stdio::piped())
            .output()
            .unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert!(!err.contains("panicked"), "{arguments:?}: {err}");
    }
}

/// A file system of a few megabytes, gone when dropped; `None`, said aloud, when we may not make one.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn new(megabytes: u32) -> Option<SmallDisk> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={megabytes}m");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "none"])
            .arg(folder.path())
            .output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(SmallDisk(folder));
        }
        eprintln!("SKIPPED: a small file system cannot be mounted here");
        None
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).output();
    }
}

#[test]
fn a_full_disk_is_said_to_be_full_and_loses_nothing() {
    let Some(disk) = SmallDisk::new(8) else { return };
    let data = disk.0.path().join("data");
    let run = |arguments: &[&str]| said(kronika().args(arguments).arg("--data").arg(&data));
    assert_eq!(run(&["init", "--json"]).status, Some(0));
    let folder = tempfile::tempdir().unwrap();
    let large = |n: u64| {
        mail(&format!("{n}"))
            .id(&format!("{n}@x"))
            .attach("a.bin", &incompressible(n, 30_000))
    };
    let mails: Vec<_> = (0..400).map(large).collect();
    let mailbox = folder.path().join("mail.mbox");
    fs::write(&mailbox, mbox(&mails)).unwrap();

    let full = run(&["import", "--json", mailbox.to_str().unwrap()]);

    full.refuses_with("the disk that holds the archive is full; free some space and try again");
    let enlarged = Command::new("mount")
        .args(["-o", "remount,size=400m"])
        .arg(disk.0.path())
        .status()
        .unwrap();
    assert!(enlarged.success());
    let verified = run(&["verify", "--json"]);
    assert_eq!(verified.json()["verdict"], "sound", "{verified}");
    let rest = run(&["import", "--json", mailbox.to_str().unwrap()]);
    let report = rest.json();
    assert_eq!(report["found"], 400, "{rest}");
    assert!(
        report["already"].as_u64() > Some(0),
        "what was recorded before stayed: {rest}"
    );
    assert_eq!(
        report["recorded"].as_u64().unwrap() + report["already"].as_u64().unwrap(),
        400,
        "{rest}"
    );
    assert_eq!(run(&["verify", "--json"]).json()["verdict"], "sound");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_program_works_on_postgresql_as_it_does_on_a_file() {
    let installed = Installed::placed(Placement {
        postgres: Some(fresh_schema()),
        s3: None,
    })
    .await;
    let mailbox = installed.file(
        "mail.mbox",
        &mbox(&[mail("Umowa").id("1@x"), mail("Aneks").id("2@x")]),
    );
    counts(&installed.import(&mailbox), 2, 0, 0);
    counts(&installed.import(&mailbox), 0, 2, 0);
    assert_eq!(
        installed.run(&["search", "umowie", "--json"]).json()["subject"],
        "Umowa"
    );
    assert_eq!(installed.run(&["verify", "--json"]).json()["verdict"], "sound");
    let unreachable = tempfile::tempdir().unwrap();
    let mut init = kronika();
    init.args([
        "init",
        "--postgres",
        "postgres://nobody@127.0.0.1:1/nothing",
        "--data",
    ])
    .arg(unreachable.path());
    let said = said(&mut init);
    assert_eq!(said.status, Some(2), "{said}");
    assert_eq!(said.err.trim_end().lines().count(), 1, "{said}");
    assert!(
        !unreachable.path().join("keys/archive.key").exists(),
        "a failure leaves nothing in the way"
    );
}

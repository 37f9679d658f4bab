//! What a crash leaves in the object store is told of, and removed when it is old enough; nothing else ever is.

use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use kronika::journal::stray;

use crate::on_each_database;
use crate::support::program::Installed;
use crate::support::{incompressible, mail, mbox};

/// All files of the object store, however deep.
fn objects(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut waiting) = (Vec::new(), vec![folder.to_path_buf()]);
    while let Some(path) = waiting.pop() {
        match std::fs::read_dir(&path) {
            Ok(entries) => waiting.extend(entries.map(|entry| entry.unwrap().path())),
            Err(_) => found.push(path),
        }
    }
    found.sort();
    found
}

/// As if it had been put that long before `now`.
fn put_before(path: &Path, now: SystemTime, hours: u64) {
    let file = std::fs::File::options().write(true).open(path).unwrap();
    file.set_modified(now - Duration::from_secs(hours * 3_600))
        .unwrap();
}

/// Crashes at a step of recording one large message.
fn crash(installed: &Installed, mailbox: &Path, step: &str) {
    let mut import = installed.command(&["import", "--json", mailbox.to_str().unwrap()]);
    let status = import.env("KRONIKA_CRASH_AT", step).output().unwrap().status;
    assert_eq!(status.signal(), Some(6), "{step} was not reached");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_crash_left_is_told_of_and_removed_after_a_day() {
    let installed = Installed::new().await;
    let large = |n: u64| {
        mail(&format!("Plans {n}"))
            .id(&format!("{n}@x"))
            .attach("plan.bin", &incompressible(n, 90_000))
    };
    let mailbox = installed.file("mail.mbox", &mbox(&[large(1), large(2)]));
    crash(&installed, &mailbox, "object");
    crash(&installed, &mailbox, "stored");
    let folder = installed.data().join("objects");
    let left = objects(&folder);
    assert!(left.len() >= 2, "{left:?}");

    let verified = installed.run(&["verify", "--json"]).json();
    assert_eq!(verified["verdict"], "sound", "it is no damage");
    assert_eq!(verified["strays"]["objects"], left.len());
    assert!(verified["strays"]["bytes"].as_u64().unwrap() > 90_000 * left.len() as u64);
    let said = installed.run(&["verify"]);
    assert!(said.out.contains("objects that no record refers to"), "{said}");
    let young = installed.run(&["objects", "clean", "--json"]).json();
    assert_eq!(
        (&young["removed"], &young["kept"]),
        (&0.into(), &left.len().into())
    );
    assert_eq!(objects(&folder), left, "an import may be about to record them");

    assert_eq!(installed.import(&mailbox).status, Some(0));
    let foreign = folder.join("ab").join("notes.txt");
    std::fs::create_dir_all(foreign.parent().unwrap()).unwrap();
    std::fs::write(&foreign, "not ours").unwrap();
    for path in objects(&folder) {
        put_before(&path, SystemTime::now(), 25);
    }
    let tried = installed.run(&["objects", "clean", "--dry-run", "--json"]).json();
    assert_eq!(
        (&tried["removed"], &tried["found"]),
        (&0.into(), &left.len().into())
    );
    let mut clean = installed.command(&["objects", "clean"]);
    let status = clean
        .env("KRONIKA_CRASH_AT", "object-removed")
        .output()
        .unwrap()
        .status;
    assert_eq!(status.signal(), Some(6));
    let cleaned = installed.run(&["objects", "clean", "--json"]).json();
    assert_eq!(
        cleaned["removed"],
        left.len() - 1,
        "the first was gone before the crash"
    );

    assert!(foreign.exists(), "what is none of ours stays");
    assert_eq!(objects(&folder).len(), 2 + 1);
    let verified = installed.run(&["verify", "--json"]).json();
    assert_eq!(
        (&verified["verdict"], &verified["strays"]["objects"]),
        (&"sound".into(), &0.into())
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_archive_put_back_to_an_older_state_keeps_what_it_does_not_know() {
    let installed = Installed::new().await;
    let one = installed.file("one.mbox", &mbox(&[mail("One").id("1@x")]));
    assert_eq!(installed.import(&one).status, Some(0));
    let (database, older) = (installed.data().join("archive.sqlite"), installed.path("older"));
    std::fs::copy(&database, &older).unwrap();
    let large = mail("Plans")
        .id("2@x")
        .attach("plan.bin", &incompressible(2, 90_000));
    let other = installed.file("other.mbox", &mbox(&[large]));
    assert_eq!(installed.import(&other).status, Some(0));
    for file in ["archive.sqlite-wal", "archive.sqlite-shm"] {
        let _ = std::fs::remove_file(installed.data().join(file));
    }
    std::fs::copy(&older, &database).unwrap();
    let kept = objects(&installed.data().join("objects"));
    for path in &kept {
        put_before(path, SystemTime::now(), 48);
    }

    installed
        .run(&["objects", "clean"])
        .refuses_with("put back to an older state");

    assert_eq!(objects(&installed.data().join("objects")), kept);
    assert_eq!(kept.len(), 1);
}

on_each_database! {
    async fn what_is_recorded_is_never_taken_for_a_stray(archive: TestArchive) {
        let now = SystemTime::UNIX_EPOCH + Duration::from_micros(archive.archive.clock.now().unsigned_abs());
        let key = archive.record(&mail("Plans").attach("plan.bin", &incompressible(1, 90_000))).await;
        archive.objects.put("ab/000000000000000000000000000000", vec![7; 100]).await.unwrap();
        archive.objects.put("ab/000000000000000000000000000001", vec![7; 100]).await.unwrap();
        archive.sealer.seal(&archive).await.unwrap();
        let folder = archive.path().join("objects");
        for path in objects(&folder) {
            put_before(&path, now, if path.ends_with("000000000000000000000000000001") { 1 } else { 48 });
        }
        let names = |cleaned: &[kronika::storage::objects::Stored]| -> Vec<String> {
            cleaned.iter().map(|object| object.name.clone()).collect()
        };

        let tried = stray::clean(&archive, true).await.unwrap();
        assert_eq!(objects(&folder).len(), 3);
        let cleaned = stray::clean(&archive, false).await.unwrap();

        assert_eq!(names(&tried.removed), names(&cleaned.removed));
        assert_eq!(names(&cleaned.removed), ["ab/000000000000000000000000000000"]);
        assert_eq!(names(&cleaned.kept), ["ab/000000000000000000000000000001"]);
        assert_eq!(objects(&folder).len(), 2);
        assert!(!archive.original(key).await.is_empty());
        assert_eq!(archive.is_sound().await.strays.unwrap().objects, 1);
    }
}

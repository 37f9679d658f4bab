//! The program ends at the worst of moments, and nothing acknowledged is lost, nothing is half there.

use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use kronika::archive::{Archive, Placement};

use crate::support::program::{Installed, said};
use crate::support::{fresh_schema, incompressible, is_sound, mail, mbox, number};

/// Messages of the mailbox: two batches and a bit.
const MESSAGES: usize = 600;
/// Of which so many are too large for the database.
const LARGE: i64 = 3;
/// Messages of a full batch, which is one transaction.
const BATCH: i64 = 256;

const RECORDED: &str = "SELECT COUNT(*) FROM interaction";

fn mailbox(installed: &Installed) -> PathBuf {
    let messages: Vec<_> = (0..MESSAGES)
        .map(|n| {
            let message = mail(&format!("Number {n}")).id(&format!("{n}@x"));
            if n % 250 == 10 {
                message.attach("plan.bin", &incompressible(n as u64, 70_000))
            } else {
                message
            }
        })
        .collect();
    installed.file("mail.mbox", &mbox(&messages))
}

/// Everything that must hold after a crash, whenever it was.
async fn nothing_is_half_there(archive: &Archive) {
    const WITHOUT: [&str; 6] = [
        "SELECT COUNT(*) FROM interaction i LEFT JOIN record r ON r.id = i.record_id WHERE r.id IS NULL",
        "SELECT COUNT(*) FROM record r LEFT JOIN record_key k ON k.record_id = r.id WHERE k.record_id IS NULL",
        "SELECT COUNT(*) FROM interaction i LEFT JOIN sighting s ON s.interaction_key = i.interaction_key
            WHERE s.interaction_key IS NULL",
        "SELECT COUNT(*) FROM record r LEFT JOIN journal_leaf l ON l.record_id = r.id WHERE l.position IS NULL",
        "SELECT COUNT(*) FROM record r JOIN journal_pending p ON p.record_id = r.id",
        "SELECT COUNT(*) FROM record r WHERE r.content_object IS NULL AND r.sealed_content IS NULL AND r.content_size > 0",
    ];
    is_sound(archive).await;
    for sql in WITHOUT {
        assert_eq!(number(archive, sql).await, 0, "{sql}");
    }
}

/// Imports again: what is there is passed over, what is not is recorded, and together that is everything.
async fn importing_again_completes(installed: &Installed, mailbox: &std::path::Path, recorded: i64) {
    let again = installed.import(mailbox);

    assert_eq!(again.status, Some(0), "{again}");
    let report = again.json();
    let already = report["already"].as_i64().unwrap();
    assert_eq!(report["found"], MESSAGES, "{again}");
    assert_eq!(report["recorded"], MESSAGES as i64 - already, "{again}");
    // A commit that was on the disk but not yet announced when its program was killed may come to light later: SQLite
    // finds it in its log when the last program that did not know of it is gone.
    let whole = already % BATCH == 0 || already == MESSAGES as i64;
    assert!(already >= recorded && whole, "{recorded} were there: {again}");
    let archive = installed.open().await;
    assert_eq!(number(&archive, RECORDED).await, MESSAGES as i64);
    assert_eq!(
        number(
            &archive,
            "SELECT COUNT(*) FROM record WHERE content_object IS NOT NULL"
        )
        .await,
        LARGE
    );
    nothing_is_half_there(&archive).await;
}

/// A step, and how many messages are there when it was the last: at least, at most.
const STEPS: &[(&str, i64, i64)] = &[
    ("found", 0, 0),
    ("prepared", 0, 0),
    ("object", 0, 0),
    ("stored", 0, 0),
    ("begun", 0, 0),
    ("appended", 0, 0),
    ("written", 0, 0),
    ("committed", BATCH, BATCH),
    ("prepared:3", 2 * BATCH, 2 * BATCH),
    ("object:3", BATCH, BATCH),
    ("written:2", BATCH, BATCH),
    ("committed:3", MESSAGES as i64, MESSAGES as i64),
    // Sealing goes on beside recording.
    ("sealing", BATCH, MESSAGES as i64),
    ("signed", BATCH, MESSAGES as i64),
    ("sealed", BATCH, MESSAGES as i64),
];

async fn survives_a_crash_at(step: &str, least: i64, most: i64, placement: Placement) {
    let installed = Installed::placed(placement).await;
    let mailbox = mailbox(&installed);
    let mut import = installed.command(&["import", "--json", mailbox.to_str().unwrap()]);
    let status = import.env("KRONIKA_CRASH_AT", step).output().unwrap().status;
    assert_eq!(status.signal(), Some(6), "{step} was not reached");

    let archive = installed.open().await;

    let recorded = number(&archive, RECORDED).await;
    assert!(
        (least..=most).contains(&recorded),
        "after {step} there were {recorded}"
    );
    assert!(
        recorded % BATCH == 0 || recorded == MESSAGES as i64,
        "{step} left a part of a batch: {recorded}"
    );
    nothing_is_half_there(&archive).await;
    importing_again_completes(&installed, &mailbox, recorded).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_step_of_recording_leaves_anything_half_done_on_sqlite() {
    for (step, least, most) in STEPS {
        survives_a_crash_at(step, *least, *most, Placement::default()).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_step_of_recording_leaves_anything_half_done_on_postgres() {
    // The steps before the transaction are the same for both.
    for (step, least, most) in STEPS.iter().skip_while(|(step, ..)| *step != "begun") {
        let placement = Placement {
            postgres: Some(fresh_schema()),
            s3: None,
        };
        survives_a_crash_at(step, *least, *most, placement).await;
    }
}

/// Killed from outside, at moments spread over the whole of an import.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_at_any_moment_loses_nothing_that_was_seen() {
    let whole = {
        let installed = Installed::new().await;
        let mailbox = mailbox(&installed);
        let started = Instant::now();
        assert_eq!(installed.import(&mailbox).status, Some(0));
        started.elapsed()
    };
    for moment in 0..12u32 {
        let installed = Installed::new().await;
        let mailbox = mailbox(&installed);
        let watcher = installed.open().await;
        let mut import = installed.import_in_background(&mailbox);
        let end = Instant::now() + whole * moment / 12;
        let mut seen = 0;
        while Instant::now() < end {
            seen = number(&watcher, RECORDED).await;
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        import.kill().unwrap();
        import.wait().unwrap();

        let archive = installed.open().await;

        let recorded = number(&archive, RECORDED).await;
        assert!(recorded >= seen, "{seen} were there, and then {recorded}");
        nothing_is_half_there(&archive).await;
        drop((archive, watcher));
        importing_again_completes(&installed, &mailbox, recorded).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn making_an_archive_that_was_cut_off_is_said_to_be_so() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let init = |crash: Option<&str>| {
        let mut command = crate::support::program::kronika();
        command.arg("init").arg("--json").arg("--data").arg(&data);
        if let Some(step) = crash {
            command.env("KRONIKA_CRASH_AT", step);
        }
        command
    };
    assert_eq!(init(Some("signed")).output().unwrap().status.signal(), Some(6));

    said(&mut init(None)).refuses_with("parts of an archive but no kronika.toml");

    std::fs::remove_dir_all(&data).unwrap();
    assert_eq!(said(&mut init(None)).status, Some(0));
}

//! Whatever is changed behind the archive's back, verification names it.

use std::fs;
use std::process::Command;

use kronika::archive::Archive;
use kronika::journal::seal::SealingError;
use kronika::journal::verify::verify;
use kronika::on_db;
use kronika::secrecy::Unlock;
use sqlx::AssertSqlSafe;

use crate::on_each_database;
use crate::support::{TestArchive, incompressible, mail};

/// Changes of single things, each by SQL that both databases understand, and a word of what must be said about it.
const CHANGES: [(&str, &str); 15] = [
    ("UPDATE interaction SET subject = 'We agreed on 900'", "subject"),
    ("UPDATE interaction SET claimed_at = 0", "claimed time"),
    ("UPDATE interaction SET direction = 'outbound'", "direction"),
    (
        "UPDATE participant SET address = 'other@x.example' WHERE position = 0",
        "participants",
    ),
    ("DELETE FROM participant WHERE position = 1", "participants"),
    ("DELETE FROM interaction", "not in the tables"),
    (
        "UPDATE record SET captured_at = captured_at, commitment = part_hashes",
        "not 32 bytes",
    ),
    (
        "UPDATE record SET sealed_meta = sealed_content WHERE sealed_content IS NOT NULL",
        "not open",
    ),
    (
        "UPDATE record SET sealed_content = sealed_meta WHERE sealed_content IS NOT NULL",
        "original cannot be read",
    ),
    (
        "DELETE FROM record WHERE sealed_content IS NOT NULL",
        "the record is gone",
    ),
    ("DELETE FROM record_key", "key"),
    (
        "UPDATE journal_leaf SET logged_at = logged_at + 1 WHERE position = 1",
        "another tree",
    ),
    ("DELETE FROM journal_leaf WHERE position = 1", "no entry 1"),
    ("DELETE FROM journal_tile", "is gone"),
    (
        "UPDATE journal_checkpoint SET note = replace(note, 'kronika', 'chronica')",
        "does not hold",
    ),
];

async fn filled(archive: &TestArchive) {
    let anna = archive.client("Stolarnia Dąb", &["anna@dab.example"], &[]).await;
    let _ = anna;
    archive
        .record(
            &mail("Cena na 2027")
                .from("anna@dab.example")
                .to("ewa@lipowa7.example")
                .body("500 zł"),
        )
        .await;
    archive.is_sound().await;
}

on_each_database! {
    /// Each change is tried on a fresh copy of the same history.
    async fn every_change_of_a_table_is_noticed(archive: TestArchive) {
        let postgres = archive.db.is_postgres();
        drop(archive);
        for (change, named) in CHANGES {
            let archive = if postgres { TestArchive::on_postgres().await } else { TestArchive::on_sqlite().await };
            filled(&archive).await;

            let mut tx = archive.db.begin().await.unwrap();
            on_db!(tx, c => sqlx::query(AssertSqlSafe(change.to_owned())).execute(c).await.map(drop)).unwrap();
            tx.commit().await.unwrap();

            let report = verify(&archive, |_| true).await.unwrap();
            assert!(!report.is_sound(), "{change}");
            assert!(report.damage.iter().any(|damage| damage.contains(named)), "{change}: {:?}", report.damage);
        }
    }

    async fn large_content_that_was_touched_is_noticed(archive: TestArchive) {
        archive.record(&mail("Plan").attach("plan.bin", &incompressible(7, 200_000))).await;
        archive.is_sound().await;
        let objects = archive.path().join("objects");
        let folder = fs::read_dir(objects).unwrap().next().unwrap().unwrap().path();
        let object = fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
        let mut bytes = fs::read(&object).unwrap();
        bytes[100_000] ^= 1;

        fs::write(&object, bytes).unwrap();

        let report = verify(&archive, |_| true).await.unwrap();
        assert_eq!(report.damaged, 1, "{:?}", report.damage);
        assert!(report.damage[0].contains("original cannot be read"));
    }
}

/// A snapshot of the machine, say, without the keys' folder.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_was_put_back_is_noticed_and_never_sealed_on_top_of() {
    let archive = TestArchive::on_sqlite().await;
    filled(&archive).await;
    archive.db.settle().await.unwrap();
    let database = archive.path().join("archive.sqlite");
    let old = fs::read(&database).unwrap();
    archive.record(&mail("Later").id("later@x")).await;
    archive.is_sound().await;
    archive.db.settle().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let copied = Command::new("cp")
        .arg("-a")
        .arg(archive.path())
        .arg(folder.path().join("a"))
        .status()
        .unwrap();
    assert!(copied.success());

    fs::write(folder.path().join("a/archive.sqlite"), old).unwrap();

    let put_back = Archive::open(&folder.path().join("a"), &Unlock::default())
        .await
        .unwrap();
    let report = verify(&put_back, |_| true).await.unwrap();
    assert!(
        report.damage.iter().any(|damage| damage.contains("older state")),
        "{:?}",
        report.damage
    );
    let mut tx = put_back.db.begin().await.unwrap();
    let again = "INSERT INTO journal_pending (record_id) SELECT MIN(id) FROM record";
    on_db!(tx, c => sqlx::query(again).execute(c).await.map(drop)).unwrap();
    tx.commit().await.unwrap();
    assert!(matches!(
        put_back.sealer.seal(&put_back).await,
        Err(SealingError::PutBack { .. })
    ));

    let sealing = put_back.clone();
    let sealer = tokio::spawn(async move { sealing.sealer.run(&sealing).await });
    let trouble = loop {
        if let Some(trouble) = put_back.sealer.trouble() {
            break trouble;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    };
    sealer.abort();
    assert_eq!(trouble.code, "sealing-put-back", "the pages say so: {trouble:?}");
}

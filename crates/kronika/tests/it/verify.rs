//! Whatever is changed behind the archive's back, verification names it.

use std::fs;
use std::process::Command;

use kronika::archive::Archive;
use kronika::journal::seal::SealingError;
use kronika::journal::verify::{Depth, verify, verify_to};
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

/// Changes of the search index behind the archive's back, for SQLite and for PostgreSQL.
const INDEX_CHANGES: [(&str, &str, &str); 3] = [
    (
        "INSERT INTO search (search, rowid, subject) SELECT 'delete', rowid, 'cena' FROM search LIMIT 1",
        "UPDATE search SET words = ts_delete(words, 'cena')",
        "other words",
    ),
    (
        "INSERT INTO search (rowid, body) SELECT interaction_key, '900' FROM interaction",
        "UPDATE search SET words = words || '900:7C'::tsvector",
        "other words",
    ),
    (
        "INSERT INTO search (rowid, body) VALUES (7, 'nobody')",
        "INSERT INTO search (interaction_key, words) VALUES (7, 'nobody:1C')",
        "without an interaction",
    ),
];

on_each_database! {
    async fn every_change_of_the_search_index_is_noticed_word_by_word(archive: TestArchive) {
        let postgres = archive.db.is_postgres();
        drop(archive);
        for (sqlite_change, postgres_change, named) in INDEX_CHANGES {
            let archive = if postgres { TestArchive::on_postgres().await } else { TestArchive::on_sqlite().await };
            filled(&archive).await;
            let change = if postgres { postgres_change } else { sqlite_change };

            let mut tx = archive.db.begin().await.unwrap();
            on_db!(tx, c => sqlx::query(AssertSqlSafe(change.to_owned())).execute(c).await.map(drop)).unwrap();
            tx.commit().await.unwrap();

            let report = verify_to(&archive, Depth::Deep, |_| true).await.unwrap();
            let said = report.damage.iter().any(|damage| damage.contains(named));
            assert!(said, "{change}: {:?}", report.damage);
        }
    }

    /// With words of every kind: people, phrases, attachments read here and in a process of their own.
    async fn the_index_holds_the_very_words_of_each_original(archive: TestArchive) {
        archive.own("lipowa7.example").await;
        archive.client("Stolarnia Dąb", &["anna@dab.example"], &[]).await;
        let letter = mail("Cena, cena i jeszcze raz Cena").from("anna@dab.example").to("ewa@lipowa7.example");
        archive.record(&letter.attach("umowa.txt", "Umowa najmu lokalu, umowa przedwstępna".as_bytes())).await;
        archive.record_batch(&[mail("Договор аренды").body("ёлка елка Ёлка"), mail("").body("")]).await;
        archive.record_bytes("office", b"\0\x01\x02 nothing at all").await;
        archive.sealer.seal(&archive).await.unwrap();

        let report = verify_to(&archive, Depth::Deep, |_| true).await.unwrap();

        assert!(report.is_sound(), "{:?}", report.damage);
        assert_eq!(report.words, Some(4));
        assert_eq!(verify(&archive, |_| true).await.unwrap().words, None, "what was not compared is not claimed");
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

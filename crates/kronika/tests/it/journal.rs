//! Everything recorded is sealed: leaves, tiles, signed checkpoints.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use kronika::archive::Archive;
use kronika::assignment::act::ignore;
use kronika::interaction::record::{Outcome, record};
use kronika::journal::seal::load_tiles;
use kronika::journal::store;
use kronika::on_db;
use kronika_tlog::checkpoint::Checkpoint;
use kronika_tlog::commitment::Leaf;
use kronika_tlog::note::Note;
use kronika_tlog::tile::{Tile, TileReader};
use kronika_tlog::tree::{
    Frontier, prove_consistency, prove_inclusion, verify_consistency, verify_inclusion,
};
use kronika_tlog::{Hash, TreeHead};

use crate::on_each_database;
use crate::recording::files::chained;
use crate::support::{TestArchive, mail};

/// All leaves in order, from the tables alone: kind, time and commitment of every entry.
async fn leaves(archive: &Archive) -> Vec<Leaf> {
    const SQL: &str = "SELECT l.position, l.logged_at, r.kind, r.commitment FROM journal_leaf l
        JOIN record r ON r.id = l.record_id ORDER BY l.position";
    let mut conn = archive.db.read().await.unwrap();
    let conn = &mut conn;
    let rows: Vec<(i64, i64, i64, Vec<u8>)> =
        on_db!(conn, c => sqlx::query_as(SQL).fetch_all(c).await).unwrap();
    let mut leaves = Vec::new();
    for (expected, (position, logged_at, kind, commitment)) in (0..).zip(rows) {
        assert_eq!(position, expected, "the positions have a gap");
        let kind = kronika_tlog::commitment::Kind::from_number(u8::try_from(kind).unwrap()).unwrap();
        let commitment = store::hash(&commitment).unwrap();
        leaves.push(Leaf {
            kind,
            logged_at: logged_at.unsigned_abs(),
            commitment,
        });
    }
    leaves
}

/// Every checkpoint, opened with the journal's key, oldest first.
async fn checkpoints(archive: &Archive) -> Vec<TreeHead> {
    const SQL: &str = "SELECT note FROM journal_checkpoint ORDER BY size";
    let key = archive.sealer.verifier(archive).await.unwrap();
    let mut conn = archive.db.read().await.unwrap();
    let conn = &mut conn;
    let notes: Vec<String> = on_db!(conn, c => sqlx::query_scalar(SQL).fetch_all(c).await).unwrap();
    notes
        .iter()
        .map(|note| {
            let checkpoint = Checkpoint::open(&Note::parse(note.as_bytes()).unwrap(), &key).unwrap();
            assert_eq!(checkpoint.origin(), archive.config.origin);
            checkpoint.head()
        })
        .collect()
}

async fn tiles(archive: &Archive, size: u64) -> TileReader<BTreeMap<Tile, Vec<u8>>> {
    let mut conn = archive.db.read().await.unwrap();
    TileReader::new(size, load_tiles(&mut conn, Tile::all(size)).await.unwrap())
}

/// The journal proves itself from first principles; gives its size.
async fn proves_itself(archive: &TestArchive) -> u64 {
    archive.sealer.seal(archive).await.unwrap();
    let leaves = leaves(archive).await;
    let hashes: Vec<Hash> = leaves.iter().map(Leaf::hash).collect();
    assert!(
        leaves.is_sorted_by_key(|leaf| leaf.logged_at),
        "time ran backwards"
    );
    let heads = checkpoints(archive).await;
    let newest = *heads.last().unwrap();
    assert_eq!(newest.size, hashes.len() as u64, "something was not sealed");

    let mut reader = tiles(archive, newest.size).await;
    for head in &heads {
        let mut frontier = Frontier::new();
        hashes[..usize::try_from(head.size).unwrap()]
            .iter()
            .for_each(|leaf| frontier.push(*leaf));
        assert_eq!(frontier.head(), *head, "the recomputed root differs");
        if head.size > 0 {
            let path = prove_consistency(head.size, newest.size, &mut reader).unwrap();
            verify_consistency(head, &newest, &path).unwrap();
        }
    }
    for (index, leaf) in (0..).zip(&hashes) {
        let path = prove_inclusion(index, newest.size, &mut reader).unwrap();
        verify_inclusion(&newest, index, leaf, &path).unwrap();
        assert!(
            verify_inclusion(&newest, index + 1, leaf, &path).is_err(),
            "a proof of one place proves no other"
        );
    }
    newest.size
}

on_each_database! {
    async fn every_record_is_sealed_in_order_and_proven(archive: TestArchive) {
        let anna = archive.client("Anna", &["anna@client.example"], &[]).await;
        let mails: Vec<_> = (0..300).map(|n| mail(&format!("Number {n}")).id(&format!("{n}@x"))).collect();
        archive.record_batch(&mails).await;
        archive.sealer.seal(&archive).await.unwrap();
        archive.pass(60);
        let last = archive.record(&mail("Last").id("last@x").from("bob@elsewhere.example")).await;
        archive.sealer.seal(&archive).await.unwrap();
        archive.pass(-3_600);
        ignore(&archive, last, "", "ewa").await.unwrap();

        let size = proves_itself(&archive).await;

        // Founded, client, address, messages, ignored.
        assert_eq!(size, 1 + 2 + 301 + 1);
        assert_eq!(archive.number("SELECT COUNT(*) FROM journal_pending").await, 0);
        let by_record = archive.numbers("SELECT record_id FROM journal_leaf ORDER BY position").await;
        assert!(by_record[..by_record.len() - 1].is_sorted(), "what was recorded first comes first");
        assert_eq!(chained(&archive).await[&anna], 302);
        archive.is_sound().await;
    }

    async fn sealing_nothing_signs_nothing(archive: TestArchive) {
        let before = checkpoints(&archive).await;

        assert_eq!(archive.sealer.seal(&archive).await.unwrap(), 0);

        assert_eq!(checkpoints(&archive).await, before);
        assert_eq!(before.len(), 1, "the founding");
    }

    async fn a_changed_row_is_noticed_and_its_repair_too(archive: TestArchive) {
        const BREAK_AND_MEND: [(&str, &str); 5] = [
            (
                "UPDATE journal_leaf SET logged_at = logged_at + 1 WHERE position = 1",
                "UPDATE journal_leaf SET logged_at = logged_at - 1 WHERE position = 1",
            ),
            (
                "UPDATE journal_leaf SET position = position + 100 WHERE position = 2",
                "UPDATE journal_leaf SET position = position - 100 WHERE position = 102",
            ),
            (
                "UPDATE interaction SET subject = subject || 'x'",
                "UPDATE interaction SET subject = SUBSTR(subject, 1, LENGTH(subject) - 1)",
            ),
            ("UPDATE record SET kind = 4 WHERE kind = 2", "UPDATE record SET kind = 2 WHERE kind = 4"),
            ("UPDATE journal_checkpoint SET size = size + 1", "UPDATE journal_checkpoint SET size = size - 1"),
        ];
        archive.record_batch(&[mail("One").id("1@x"), mail("Two").id("2@x")]).await;
        assert_eq!(proves_itself(&archive).await, 3);
        for (broken, mended) in BREAK_AND_MEND {
            change(&archive, broken).await;
            let report = kronika::journal::verify::verify(&archive, |_| true).await.unwrap();
            assert!(!report.is_sound(), "{broken}");

            change(&archive, mended).await;

            archive.is_sound().await;
        }
    }

    /// Six tasks record on two programs' connections while both programs seal. Some messages come to both.
    async fn two_programs_record_and_seal_side_by_side(archive: TestArchive) {
        let anna = archive.client("Anna", &["anna@client.example"], &[]).await;
        let other = archive.opened_again().await;
        let mut sealers = Vec::new();
        let mut recorders = Vec::new();
        for program in [&archive.archive, &other.archive] {
            let sealing = program.clone();
            sealers.push(tokio::spawn(async move { sealing.sealer.run(&sealing).await }));
            for task in 0..3 {
                let recording = program.clone();
                let batches: Vec<_> = (0..8).map(|batch| prepared(&archive, task, batch)).collect();
                recorders.push(tokio::spawn(async move {
                    let mut outcomes = Vec::new();
                    for batch in batches {
                        outcomes.extend(record(&recording, batch).await.unwrap());
                    }
                    outcomes
                }));
            }
        }
        let mut outcomes = Vec::new();
        for recorder in recorders {
            outcomes.extend(recorder.await.unwrap());
        }
        sealers.iter().for_each(tokio::task::JoinHandle::abort);

        let new: BTreeSet<i64> = outcomes.iter().filter_map(|outcome| match outcome {
            Outcome::Recorded(key) => Some(key.0),
            _ => None,
        }).collect();
        // Three tasks on two programs with the same 40 messages each, of which 8 are everybody's.
        assert_eq!(new.len(), 3 * 32 + 8);
        assert_eq!(outcomes.len(), 6 * 40);
        assert_eq!(archive.number("SELECT COUNT(*) FROM interaction").await, 3 * 32 + 8);
        let size = proves_itself(&archive).await;
        assert_eq!(size, archive.number("SELECT COUNT(*) FROM record").await.unsigned_abs());
        let records: HashSet<i64> = archive.numbers("SELECT record_id FROM journal_leaf").await.into_iter().collect();
        assert_eq!(records.len() as u64, size, "none was sealed twice");
        assert_eq!(chained(&archive).await[&anna], 2 + 3 * 32 + 8);
        other.is_sound().await;
    }

    /// Sealing that is cut off at any moment leaves a connection that works.
    async fn a_sealer_that_is_cut_off_leaves_the_archive_usable(archive: TestArchive) {
        for n in 0..60 {
            archive.record(&mail(&format!("Number {n}")).id(&format!("{n}@x"))).await;
            let sealing = archive.archive.clone();
            let sealer = tokio::spawn(async move { sealing.sealer.run(&sealing).await });
            tokio::time::sleep(std::time::Duration::from_micros(n * 40)).await;
            sealer.abort();
            let _ = sealer.await;
        }

        assert_eq!(proves_itself(&archive).await, 61);
    }
}

async fn change(archive: &Archive, sql: &'static str) {
    let mut tx = archive.db.begin().await.unwrap();
    on_db!(tx, c => sqlx::query(sql).execute(c).await.map(drop)).unwrap();
    tx.commit().await.unwrap();
}

/// Five messages of one task, of which the last is the same for all tasks.
fn prepared(
    archive: &TestArchive,
    task: usize,
    batch: usize,
) -> Vec<kronika::interaction::prepare::Prepared> {
    (0..5)
        .map(|n| {
            let id = if n == 4 {
                format!("shared.{batch}@x")
            } else {
                format!("{task}.{batch}.{n}@x")
            };
            archive.prepared(
                &format!("mailbox {task}"),
                &mail(&format!("Message {id}")).id(&id).bytes(),
            )
        })
        .collect()
}

//! Single things changed, deleted, swapped, slipped in and backdated in the tables.

use kronika::access::Role;
use kronika::access::log::{self, Look, LookKind};
use kronika::archive::rebuild::rebuild;

use super::{Kept, change, damage, filled, names};
use crate::on_each_database;
use crate::rebuild::programs;
use crate::support::{TestArchive, mail};

/// Every table that is changed here.
const TABLES: &[&str] = &[
    "record",
    "record_key",
    "journal_pending",
    "journal_leaf",
    "journal_tile",
    "journal_checkpoint",
    "client",
    "client_address",
    "client_file",
    "account",
    "access_grant",
    "interaction",
    "sighting",
    "attachment",
    "assignment",
    "assignment_change",
    "log_entry",
    "evidence",
    "evidence_client",
    "evidence_item",
];

/// What recording a message of nobody's writes to.
const EVERY_ROW_OF_A_MESSAGE: &[&str] = &[
    "record",
    "record_key",
    "interaction",
    "participant",
    "attachment",
    "mail_thread",
    "sighting",
];

/// The journal and what it stands on.
const JOURNAL: &[(&str, &str)] = &[
    (
        "UPDATE record SET captured_at = captured_at - 86400000000 WHERE sealed_content IS NOT NULL",
        "capture time is not what was committed to",
    ),
    (
        "UPDATE record SET content_size = content_size + 1 WHERE sealed_content IS NOT NULL",
        "size is not that of its original",
    ),
    (
        "UPDATE record SET sealed_content = NULL WHERE sealed_content IS NOT NULL",
        "is gone",
    ),
    (
        "INSERT INTO record SELECT -id, kind, captured_at, commitment, part_hashes, sealed_meta, sealed_content,
         content_object, content_size FROM record WHERE id = (SELECT MAX(record_id) FROM interaction)",
        "1 records that are neither sealed nor waiting for it",
    ),
    (
        "INSERT INTO record SELECT -id, kind, captured_at, commitment, part_hashes, sealed_meta, sealed_content,
         content_object, content_size FROM record WHERE id = (SELECT MAX(record_id) FROM interaction);
         INSERT INTO journal_pending SELECT -MAX(record_id) FROM interaction",
        "its key is gone",
    ),
    (
        "INSERT INTO record SELECT -id, kind, captured_at, commitment, part_hashes, sealed_meta, sealed_content,
         content_object, content_size FROM record WHERE id = (SELECT MAX(record_id) FROM interaction);
         INSERT INTO record_key SELECT -record_id, kek_id, wrapped FROM record_key
         WHERE record_id = (SELECT MAX(record_id) FROM interaction);
         INSERT INTO journal_pending SELECT -MAX(record_id) FROM interaction",
        "is in the journal but not in the tables",
    ),
    // Another valid record of the same archive in its place, with its key.
    (
        "UPDATE record SET (commitment, part_hashes, sealed_meta, sealed_content) =
         (SELECT o.commitment, o.part_hashes, o.sealed_meta, o.sealed_content FROM record o
         WHERE o.id = (SELECT MIN(record_id) FROM interaction))
         WHERE id = (SELECT MAX(record_id) FROM interaction);
         DELETE FROM record_key WHERE record_id = (SELECT MAX(record_id) FROM interaction);
         INSERT INTO record_key SELECT (SELECT MAX(record_id) FROM interaction), kek_id, wrapped FROM record_key
         WHERE record_id = (SELECT MIN(record_id) FROM interaction)",
        "signed another tree than the records give",
    ),
    // Two entries in each other's place.
    (
        "UPDATE journal_leaf SET record_id = -record_id WHERE record_id IN (SELECT record_id FROM interaction);
         UPDATE journal_leaf SET record_id = (SELECT i.record_id FROM interaction i
         WHERE i.record_id <> -journal_leaf.record_id) WHERE record_id < 0",
        "signed another tree than the records give",
    ),
    (
        "UPDATE journal_leaf SET logged_at = logged_at - 86400000 WHERE record_id IN (SELECT record_id FROM interaction)",
        "claims to be sealed before the entry before it",
    ),
    (
        "INSERT INTO journal_leaf SELECT MAX(position) + 1, 7, MAX(logged_at) FROM journal_leaf",
        "the record is gone",
    ),
    // A whole entry of its own at the end, as far as it goes without the signing key.
    (
        "INSERT INTO record SELECT -id, kind, captured_at, commitment, part_hashes, sealed_meta, sealed_content,
         content_object, content_size FROM record WHERE id = (SELECT MAX(record_id) FROM interaction);
         INSERT INTO record_key SELECT -record_id, kek_id, wrapped FROM record_key
         WHERE record_id = (SELECT MAX(record_id) FROM interaction);
         INSERT INTO journal_leaf SELECT MAX(position) + 1, -(SELECT MAX(record_id) FROM interaction), MAX(logged_at)
         FROM journal_leaf",
        "signed by nobody",
    ),
    (
        "DELETE FROM journal_leaf WHERE position = (SELECT MAX(position) FROM journal_leaf)",
        "entries exists, but only",
    ),
    (
        "UPDATE journal_tile SET hashes = (SELECT commitment FROM record ORDER BY id LIMIT 1)",
        "tile 0/0 is not what the records give",
    ),
    (
        "INSERT INTO journal_tile SELECT 1, 7, hashes FROM journal_tile",
        "tile 1/7 is not what the records give",
    ),
    ("DELETE FROM journal_checkpoint", "signed by nobody"),
    (
        "DELETE FROM journal_checkpoint WHERE size = (SELECT MAX(size) FROM journal_checkpoint)",
        "signed by nobody",
    ),
    (
        "UPDATE journal_checkpoint SET note = (SELECT note FROM journal_checkpoint ORDER BY size LIMIT 1)",
        "signed another tree than the records give",
    ),
    (
        "INSERT INTO journal_checkpoint SELECT size + 100, signed_at, note FROM journal_checkpoint WHERE size = 1",
        "a checkpoint for 101 entries exists",
    ),
    (
        "INSERT INTO record_key SELECT record_id, 7, wrapped FROM record_key
         WHERE record_id = (SELECT MIN(record_id) FROM interaction)",
        "the key 7 is not in the key store",
    ),
];

/// What is made from the journal. Beside each change the table that must be named.
const MADE: &[(&str, &str)] = &[
    (
        "UPDATE interaction SET original_record = (SELECT MIN(record_id) FROM interaction)",
        "interaction",
    ),
    ("UPDATE interaction SET sensitivity = 'private'", "interaction"),
    ("UPDATE interaction SET ignored_for = 'noise'", "interaction"),
    ("UPDATE sighting SET mailbox = 'somebody else''s'", "sighting"),
    ("UPDATE attachment SET filename = 'nothing.txt'", "attachment"),
    ("DELETE FROM attachment", "attachment"),
    (
        "DELETE FROM assignment WHERE client_id = (SELECT MIN(client_id) FROM assignment)",
        "assignment",
    ),
    (
        "UPDATE assignment SET client_id = (SELECT MAX(id) FROM client)
         WHERE client_id = (SELECT MIN(id) FROM client)",
        "assignment",
    ),
    (
        "INSERT INTO assignment SELECT c.id, a.interaction_key, a.why, a.detail, a.record_id FROM assignment a
         JOIN client c ON c.id <> a.client_id",
        "assignment",
    ),
    ("DELETE FROM assignment_change", "assignment_change"),
    (
        "UPDATE assignment_change SET changed_by = 'nobody', changed_at = changed_at - 86400000000",
        "assignment_change",
    ),
    ("DELETE FROM log_entry WHERE kind = 'opened'", "log_entry"),
    ("UPDATE log_entry SET by_name = 'nobody' WHERE kind = 'opened'", "log_entry"),
    ("UPDATE log_entry SET happened_at = happened_at - 86400000000", "log_entry"),
    (
        "INSERT INTO log_entry SELECT record_id, position + 1000, happened_at, 'eve', kind, client_id, interaction_key,
         detail FROM log_entry WHERE kind = 'opened'",
        "log_entry",
    ),
    ("DELETE FROM evidence", "evidence"),
    ("UPDATE evidence SET recipient = 'nobody'", "evidence"),
    ("UPDATE evidence SET sha256 = REPLACE(sha256, SUBSTR(sha256, 1, 4), '0')", "evidence"),
    (
        "INSERT INTO evidence SELECT id + 1, choice, items, withheld, purpose, recipient, encrypted_to, reports, sha256,
         size, made_by, made_at - 86400000000 FROM evidence",
        "evidence",
    ),
    ("DELETE FROM evidence_client", "evidence_client"),
    ("DELETE FROM evidence_item", "evidence_item"),
    ("UPDATE client SET name = 'Somebody'", "client"),
    ("UPDATE client SET openness = 'team'", "client"),
    ("UPDATE client_address SET value = 'eve@x.example' WHERE value LIKE 'anna%'", "client_address"),
    ("UPDATE client_file SET number = number + 1", "client_file"),
    (
        "UPDATE client_file SET commitment = (SELECT commitment FROM record ORDER BY id LIMIT 1)",
        "client_file",
    ),
    ("UPDATE account SET role = 'owner'", "account"),
    (
        "INSERT INTO access_grant (id, account_id, covers, client_id, valid_from)
         SELECT 7, a.id, 'client', c.id, 0 FROM account a JOIN client c ON c.id = (SELECT MIN(id) FROM client)",
        "access_grant",
    ),
];

/// A history in which all of these tables have rows.
async fn history(archive: &TestArchive) {
    let (dab, _) = filled(archive).await;
    archive.account("jan", Role::Member).await;
    let plan = mail("Plan").from("who@elsewhere.example").id("plan@x");
    let interaction = archive.record(&plan.attach("plan.txt", b"500")).await;
    change(archive, "DELETE FROM local_attachment_text").await;
    let look = Look {
        at: 7_000_000,
        by: "jan".to_owned(),
        kind: LookKind::Opened,
        client: None,
        interaction: Some(interaction),
        detail: String::new(),
    };
    log::act::write(archive, vec![look]).await.unwrap();
    programs::package(archive, dab).await;
    archive.is_sound().await;
}

on_each_database! {
    async fn whatever_is_done_to_the_journals_tables_is_named(archive: TestArchive) {
        filled(&archive).await;
        let kept = Kept::of(&archive, TABLES).await;
        for (done, word) in JOURNAL {
            change(&archive, done).await;

            names(&archive, word, done).await;

            kept.put_back(&archive).await;
        }
        archive.is_sound().await;
    }

    async fn whatever_is_done_to_a_table_that_the_journal_makes_is_named(archive: TestArchive) {
        history(&archive).await;
        let kept = Kept::of(&archive, TABLES).await;
        for (done, table) in MADE {
            change(&archive, done).await;

            names(&archive, &format!("the table {table} is not what the journal gives"), done).await;

            kept.put_back(&archive).await;
        }
        archive.is_sound().await;
    }

    async fn tables_that_were_changed_are_made_right_by_rebuilding(archive: TestArchive) {
        history(&archive).await;
        for (done, _) in MADE {
            change(&archive, done).await;
        }

        rebuild(&archive, |_, _| {}).await.unwrap();

        archive.is_sound().await;
    }

    /// Its own sealer signs what waits, whoever put it there. What is signed twice is no second act.
    async fn an_old_act_that_is_copied_to_be_sealed_once_more_is_named(archive: TestArchive) {
        filled(&archive).await;
        change(
            &archive,
            "INSERT INTO record SELECT -id, kind, captured_at, commitment, part_hashes, sealed_meta, sealed_content,
             content_object, content_size FROM record WHERE id = (SELECT MAX(id) FROM record WHERE sealed_content IS NULL);
             INSERT INTO record_key SELECT -k.record_id, k.kek_id, k.wrapped FROM record_key k
             JOIN record r ON r.id = -k.record_id;
             INSERT INTO journal_pending SELECT id FROM record WHERE id < 0",
        )
        .await;

        assert_eq!(archive.sealer.seal(&archive).await.unwrap(), 1);

        names(&archive, "1 records that are copies of others", "copied").await;
    }

    /// What CLAIMS.md says of the moment between: until it is sealed, nothing but its number in a client's file tells.
    async fn what_was_deleted_before_it_was_sealed_is_not_missed(archive: TestArchive) {
        filled(&archive).await;
        let kept = Kept::of(&archive, EVERY_ROW_OF_A_MESSAGE).await;
        archive.record(&mail("Nobody's").from("who@elsewhere.example").id("nobody@x")).await;

        kept.put_back(&archive).await;
        change(&archive, "DELETE FROM journal_pending").await;

        let damage = damage(&archive).await;
        assert!(damage.is_empty(), "{damage:#?}");
    }

    /// What is recorded meanwhile must not look like damage.
    async fn verifying_beside_recording_finds_nothing(archive: TestArchive) {
        filled(&archive).await;
        let other = archive.opened_again().await;
        let recording = tokio::spawn(async move {
            for n in 0..60 {
                let from = if n % 2 == 0 { "anna@dab.example" } else { "who@elsewhere.example" };
                other.record(&mail("Next").from(from).id(&format!("{n}@x"))).await;
                other.sealer.seal(&other).await.unwrap();
            }
        });
        let mut verified = 0;

        while !recording.is_finished() || verified == 0 {
            let damage = damage(&archive).await;
            assert!(damage.is_empty(), "{damage:#?}");
            verified += 1;
        }

        recording.await.unwrap();
        archive.is_sound().await;
    }
}

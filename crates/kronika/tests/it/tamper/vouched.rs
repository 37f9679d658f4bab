//! What witnesses and authorities gave, changed in the tables.

use kronika::journal::{cosign, timestamp};

use super::{Kept, change, filled, names};
use crate::on_each_database;
use crate::timestamp::authority::{Authority, Manner, P_256, believing};
use crate::witness::{Witness, ask_for};

const CHANGES: &[(&str, &str)] = &[
    ("DELETE FROM journal_timestamp", "the table journal_timestamp"),
    (
        "UPDATE journal_timestamp SET stamped_at = stamped_at - 86400000000",
        "the table says something else than its entry",
    ),
    (
        "INSERT INTO journal_timestamp SELECT (SELECT MIN(id) FROM record), size, stamped_at - 86400000000, authority
         FROM journal_timestamp",
        "the table journal_timestamp",
    ),
    (
        "UPDATE journal_cosignature SET cosigned_at = cosigned_at - 86400000000",
        "another time than the witness signed",
    ),
    (
        "UPDATE journal_cosignature SET line = REPLACE(line, 'lawyer.example', 'lavyer.example')",
        "the cosignature of lawyer.example",
    ),
    (
        "INSERT INTO journal_cosignature SELECT 1, witness, cosigned_at, line FROM journal_cosignature",
        "the cosignature of lawyer.example over 1 entries does not hold",
    ),
    (
        "UPDATE journal_cosignature SET size = size + 50",
        "there is no such checkpoint",
    ),
    (
        "DELETE FROM journal_checkpoint WHERE size = (SELECT MIN(size) FROM journal_cosignature)",
        "there is no such checkpoint",
    ),
    (
        "DELETE FROM journal_checkpoint WHERE size = (SELECT MIN(size) FROM journal_timestamp)",
        "it stamps another checkpoint than the journal has",
    ),
];

on_each_database! {
    async fn what_is_done_to_cosignatures_and_timestamps_is_named(archive: TestArchive) {
        let authority = Authority::of(P_256, Manner::Well).await;
        let archive = believing(archive, &[("authority", &authority, &authority)]).await;
        let witness = Witness::of("lawyer.example", &[&archive]).await;
        ask_for(&archive, &[&witness], 1).await;
        filled(&archive).await;
        cosign::ask_all(&archive).await.unwrap();
        timestamp::stamp(&archive).await.unwrap();
        archive.is_sound().await;
        let kept = Kept::of(
            &archive,
            &["journal_timestamp", "journal_cosignature", "journal_checkpoint"],
        )
        .await;
        for (done, word) in CHANGES {
            change(&archive, done).await;

            names(&archive, word, done).await;

            kept.put_back(&archive).await;
        }
        archive.is_sound().await;
    }

    /// It is in no entry, and whoever gave it still has it.
    async fn a_cosignature_that_was_deleted_is_not_missed(archive: TestArchive) {
        let witness = Witness::of("lawyer.example", &[&archive]).await;
        ask_for(&archive, &[&witness], 1).await;
        filled(&archive).await;
        cosign::ask_all(&archive).await.unwrap();

        change(&archive, "DELETE FROM journal_cosignature").await;

        archive.is_sound().await;
    }
}

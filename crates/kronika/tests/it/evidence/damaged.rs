//! Nothing that was damaged goes out as if it were whole.

use std::fs;

use super::*;
use crate::tamper::keys::{ALL, harm};
use crate::tamper::objects::{damages, large, objects};
use crate::tamper::{self, change};

/// What touches the items of the first client's package.
const CHANGES: &[&str] = &[
    "DELETE FROM record WHERE id = (SELECT MIN(record_id) FROM interaction)",
    "UPDATE record SET sealed_content = NULL",
    "UPDATE record SET sealed_content = sealed_meta WHERE sealed_content IS NOT NULL",
    "UPDATE record SET sealed_meta = sealed_content WHERE sealed_content IS NOT NULL",
    "UPDATE record SET kind = 4 WHERE sealed_content IS NOT NULL",
    "UPDATE record SET part_hashes = commitment WHERE sealed_content IS NOT NULL",
    "DELETE FROM record_key",
    "UPDATE record_key SET wrapped = (SELECT wrapped FROM record_key ORDER BY record_id LIMIT 1)",
    "UPDATE record SET (commitment, part_hashes, sealed_meta, sealed_content) =
     (SELECT o.commitment, o.part_hashes, o.sealed_meta, o.sealed_content FROM record o
     WHERE o.id = (SELECT MAX(record_id) FROM interaction)) WHERE id = (SELECT MIN(record_id) FROM interaction)",
    "UPDATE interaction SET original_record = (SELECT MAX(record_id) FROM interaction)",
    "UPDATE interaction SET record_id = -record_id;
     UPDATE interaction SET record_id = (SELECT -o.record_id FROM interaction o
     WHERE o.interaction_key <> interaction.interaction_key), original_record = (SELECT -o.record_id FROM interaction o
     WHERE o.interaction_key <> interaction.interaction_key)",
    "UPDATE journal_leaf SET logged_at = logged_at - 1 WHERE record_id = (SELECT MIN(record_id) FROM interaction)",
    "UPDATE journal_leaf SET record_id = -record_id WHERE record_id IN (SELECT record_id FROM interaction);
     UPDATE journal_leaf SET record_id = (SELECT i.record_id FROM interaction i
     WHERE i.record_id <> -journal_leaf.record_id) WHERE record_id < 0",
    "UPDATE journal_tile SET hashes = (SELECT commitment FROM record ORDER BY id LIMIT 1)",
    "DELETE FROM journal_tile",
    "UPDATE journal_checkpoint SET note = (SELECT note FROM journal_checkpoint ORDER BY size LIMIT 1)",
    "UPDATE journal_checkpoint SET note = REPLACE(note, 'kronika', 'chronica')",
    "INSERT INTO assignment SELECT c.id, a.interaction_key, a.why, a.detail, a.record_id FROM assignment a
     JOIN client c ON c.id <> a.client_id",
    "UPDATE assignment SET interaction_key = (SELECT o.interaction_key FROM assignment o
     WHERE o.client_id <> assignment.client_id)",
];

/// Either nothing is made, or what is made does not pass for whole.
async fn is_not_given_out_as_whole(archive: &TestArchive, client: ClientId, done: &str) {
    let folder = tempfile::tempdir().unwrap();

    match try_making(archive, &of(client), Scope::everything(), folder.path()).await {
        Ok((out, _)) => {
            let verdict = checked(&out, &alone(archive));
            assert_eq!(verdict.overall, Overall::Damaged, "{done}: {:#?}", verdict.claims);
        }
        Err(refused) => {
            assert!(!refused.to_string().is_empty());
            let left = fs::read_dir(folder.path()).unwrap().count();
            assert_eq!(left, 0, "{done}: a package is whole, or not there");
        }
    }
}

on_each_database! {
    /// Each change is tried on a fresh copy of the same history.
    async fn of_damaged_tables_no_package_passes_for_whole(archive: TestArchive) {
        let postgres = archive.db.is_postgres();
        drop(archive);
        for done in CHANGES {
            let archive = if postgres { TestArchive::on_postgres().await } else { TestArchive::on_sqlite().await };
            let (client, _) = tamper::filled(&archive).await;

            change(&archive, done).await;

            is_not_given_out_as_whole(&archive, client, done).await;
        }
    }

    async fn of_a_damaged_object_no_package_passes_for_whole(archive: TestArchive) {
        let (client, _) = tamper::filled(&archive).await;
        large(&archive, "anna@dab.example", [1, 2]).await;
        let stranger = TestArchive::on_sqlite().await;
        large(&stranger, "anna@dab.example", [1, 2]).await;
        let stranger = fs::read(&objects(stranger.path())[0]).unwrap();
        let files = objects(archive.path());
        let whole: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).unwrap()).collect();
        for (done, bytes) in damages(&whole, stranger) {
            match bytes {
                Some(bytes) => fs::write(&files[0], bytes).unwrap(),
                None => fs::remove_file(&files[0]).unwrap(),
            }

            is_not_given_out_as_whole(&archive, client, &done).await;

            fs::write(&files[0], &whole[0]).unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        let (out, _) = made(&archive, &of(client), folder.path()).await;
        assert_eq!(checked(&out, &alone(&archive)).overall, Overall::Sound, "once it is back");
    }

    async fn under_a_damaged_key_no_package_passes_for_whole(archive: TestArchive) {
        let clients = tamper::filled(&archive).await;
        let file = archive.path().join("keys/keys.sqlite");
        let whole = fs::read(&file).unwrap();
        for done in ALL {
            harm(archive.path(), clients, done).await;

            is_not_given_out_as_whole(&archive.opened_again().await, clients.0, &format!("{done:?}")).await;

            fs::write(&file, &whole).unwrap();
        }
    }
    /// An honest gap: what the tables do not know is not given out, and the numbers tell.
    async fn what_an_assignment_that_was_deleted_hides_stays_a_number_in_the_file(archive: TestArchive) {
        let client = filled(&archive).await;
        change(
            &archive,
            "DELETE FROM assignment WHERE interaction_key = (SELECT MAX(a.interaction_key) FROM assignment a
             WHERE a.client_id = (SELECT MIN(id) FROM client))",
        )
        .await;
        let folder = tempfile::tempdir().unwrap();

        let (package, given) = made(&archive, &of(client), folder.path()).await;

        assert_eq!(given.interactions.len(), 5, "one of six is missing");
        let verdict = checked(&package, &alone(&archive));
        let claim = verdict.claims.iter().find(|claim| claim.name == ClaimName::Completeness).unwrap();
        let said = claim.sentences.join("\n");
        assert!(said.contains("numbers 1 to 9, of which 4 are holes"), "one more than there is reason for: {said}");
        tamper::names(&archive, "the table assignment is not what the journal gives", "deleted").await;
    }
}

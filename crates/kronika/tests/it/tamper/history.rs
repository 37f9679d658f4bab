//! Whoever has the signing key makes another history. Alone nothing gives them away; others' memory does.

use kronika::archive::Archive;
use kronika::archive::rebuild::rebuild;
use kronika::journal::cosign::{self, AskError};
use kronika::journal::seal::SealingError;
use kronika::journal::timestamp;
use kronika::on_db;
use kronika_tlog::checkpoint::Checkpoint;
use kronika_tlog::commitment::{Kind, Leaf};
use kronika_tlog::note::{Note, SigningKey};
use kronika_tlog::tree::Frontier;

use super::{change, filled, names};
use crate::on_each_database;
use crate::support::{TestArchive, mail};
use crate::timestamp::authority::{Authority, Manner, P_256, believing};
use crate::witness::asked::snapshot;
use crate::witness::{Witness, ask_for};

/// Takes the entry at a position out, with all that speaks of it, and signs what is left as if nothing had been.
async fn take_out(archive: &Archive, position: i64) {
    let at = format!("(SELECT record_id FROM journal_leaf WHERE position = {position})");
    change(
        archive,
        &format!(
            "DELETE FROM record_key WHERE record_id = {at}; DELETE FROM record WHERE id = {at};
             DELETE FROM journal_leaf WHERE position = {position};
             UPDATE journal_leaf SET position = -position WHERE position > {position};
             UPDATE journal_leaf SET position = -position - 1 WHERE position < 0;
             DELETE FROM journal_tile; DELETE FROM journal_checkpoint; DELETE FROM journal_cosignature"
        ),
    )
    .await;
    sign_again(archive).await;
    rebuild(archive, |_, _| {}).await.unwrap();
}

/// Tiles and a checkpoint over the entries as they are, by the journal's own key. Fits below 256 entries.
async fn sign_again(archive: &Archive) {
    const LEAVES: &str =
        "SELECT r.kind, l.logged_at, r.commitment FROM journal_leaf l JOIN record r ON r.id = l.record_id
        ORDER BY l.position";
    const TILE: &str = "INSERT INTO journal_tile (level, position, hashes) VALUES (0, 0, $1)";
    const NOTE: &str = "INSERT INTO journal_checkpoint (size, signed_at, note) VALUES ($1, $2, $3)";
    let mut tx = archive.db.begin().await.unwrap();
    let leaves: Vec<(i64, i64, Vec<u8>)> =
        on_db!(tx, c => sqlx::query_as(LEAVES).fetch_all(c).await).unwrap();
    let (mut frontier, mut tile) = (Frontier::new(), Vec::new());
    for (kind, logged_at, commitment) in leaves {
        let leaf = Leaf {
            kind: Kind::from_number(u8::try_from(kind).unwrap()).unwrap(),
            logged_at: logged_at.unsigned_abs(),
            commitment: kronika::journal::store::hash(&commitment).unwrap(),
        };
        frontier.push(leaf.hash());
        tile.extend(leaf.hash().as_bytes());
    }
    let seed = archive.keyring.secret("journal-signing-seed").await.unwrap();
    let key = SigningKey::from_seed(&archive.config.origin, seed.as_slice().try_into().unwrap()).unwrap();
    let text = Checkpoint::new(&archive.config.origin, frontier.head())
        .unwrap()
        .to_string();
    let note = Note::sign(text, &key).unwrap().to_string();
    let (size, now) = (frontier.size().cast_signed(), archive.clock.now());
    on_db!(tx, c => sqlx::query(TILE).bind(tile).execute(c).await.map(drop)).unwrap();
    on_db!(tx, c => sqlx::query(NOTE).bind(size).bind(now).bind(note.clone()).execute(c).await.map(drop))
        .unwrap();
    tx.commit().await.unwrap();
    std::fs::write(archive.folder.join("keys/last-checkpoint"), note).unwrap();
}

async fn last(archive: &TestArchive) -> i64 {
    archive.number("SELECT MAX(position) FROM journal_leaf").await
}

on_each_database! {
    /// What CLAIMS.md says of it: nobody outside was told, so nobody can tell.
    async fn a_shorter_journal_signed_with_the_real_key_goes_unnoticed_where_nobody_else_knows(archive: TestArchive) {
        filled(&archive).await;
        let before = last(&archive).await;

        take_out(&archive, before).await;

        archive.is_sound().await;
        assert_eq!(last(&archive).await, before - 1);
    }

    async fn without_the_key_beside_it_a_shorter_journal_is_named(archive: TestArchive) {
        filled(&archive).await;
        let outside = archive.path().join("keys/last-checkpoint");
        let newest = std::fs::read(&outside).unwrap();
        let before = last(&archive).await;
        take_out(&archive, before).await;

        std::fs::write(&outside, newest).unwrap();

        names(&archive, "it was put back to an older state", "cut off").await;
    }

    async fn a_witness_notices_a_shorter_journal_signed_with_the_real_key(archive: TestArchive) {
        let witness = Witness::of("lawyer.example", &[&archive]).await;
        ask_for(&archive, &[&witness], 1).await;
        filled(&archive).await;
        cosign::ask_all(&archive).await.unwrap();

        let before = last(&archive).await;
        take_out(&archive, before).await;

        let said = cosign::ask_all(&archive).await.unwrap().pop().unwrap().1;
        assert!(matches!(said, Err(AskError::OtherHistory { .. })), "{said:?}");
        archive.record(&mail("Later").id("later@x")).await;
        let refused = archive.sealer.seal(&archive).await;
        assert!(matches!(refused, Err(SealingError::OtherHistory)), "{refused:?}");
    }

    async fn a_timestamp_notices_an_entry_taken_out_from_under_it(archive: TestArchive) {
        let authority = Authority::of(P_256, Manner::Well).await;
        let archive = believing(archive, &[("authority", &authority, &authority)]).await;
        filled(&archive).await;
        archive.record(&mail("Nobody's").from("who@elsewhere.example").id("nobody@x")).await;
        archive.sealer.seal(&archive).await.unwrap();
        let taken = last(&archive).await;
        timestamp::stamp(&archive).await.unwrap();
        archive.is_sound().await;

        take_out(&archive, taken).await;

        names(&archive, "it stamps another checkpoint than the journal has", "taken out").await;
    }

    /// It shows to whoever holds a later checkpoint, as the page on claims says.
    async fn a_timestamp_that_was_cut_off_with_its_entry_is_not_missed(archive: TestArchive) {
        let authority = Authority::of(P_256, Manner::Well).await;
        let archive = believing(archive, &[("authority", &authority, &authority)]).await;
        filled(&archive).await;
        timestamp::stamp(&archive).await.unwrap();
        archive.sealer.seal(&archive).await.unwrap();

        let stamp = last(&archive).await;
        take_out(&archive, stamp).await;

        archive.is_sound().await;
    }

    /// Numbers in a client's file go on without a gap, and each names the record before it.
    async fn an_entry_taken_out_of_the_middle_of_a_clients_file_is_named(archive: TestArchive) {
        filled(&archive).await;
        let taken = last(&archive).await - 1;
        archive.record(&mail("Next").from("anna@dab.example").id("next@x")).await;
        archive.sealer.seal(&archive).await.unwrap();

        take_out(&archive, taken).await;

        names(&archive, "names another record before it", "taken out").await;
    }
}

/// A snapshot of the whole machine. Only somebody outside could tell.
#[tokio::test]
async fn a_whole_folder_put_back_to_yesterday_is_not_noticed_by_itself() {
    let archive = TestArchive::on_sqlite().await;
    filled(&archive).await;
    let yesterday = snapshot(&archive).await;
    archive.record(&mail("Today").id("today@x")).await;
    archive.is_sound().await;

    TestArchive::at(yesterday).await.is_sound().await;
}

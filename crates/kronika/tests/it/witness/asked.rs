use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use kronika::archive::id::RecordId;
use kronika::journal::cosign::{self, AskError};
use kronika::journal::prove::{Proven, prove};
use kronika::journal::seal::SealingError;
use kronika_tlog::proof::Proof;

use super::{Witness, answering, ask_for};
use crate::on_each_database;
use crate::support::{TestArchive, mail};

async fn recorded(archive: &TestArchive, subject: &str) -> RecordId {
    let key = archive.record(&mail(subject).from("anna@dab.example")).await;
    archive.sealer.seal(archive).await.unwrap();
    RecordId(archive.row(key).await.record)
}

async fn proven(archive: &TestArchive, record: RecordId) -> Proven {
    let conn = &mut archive.db.read().await.unwrap();
    prove(archive, conn, record).await.unwrap().unwrap()
}

/// Asks all; what the only one said.
async fn ask(archive: &TestArchive) -> Result<u64, AskError> {
    cosign::ask_all(archive).await.unwrap().pop().unwrap().1
}

on_each_database! {
    async fn what_enough_witnesses_cosigned_is_witnessed_and_proven_so(archive: TestArchive) {
        let (one, other, silent) = (
            Witness::of("lawyer.example", &[&archive]).await,
            Witness::of("audit.example", &[&archive]).await,
            Witness::silent("dead.example"),
        );
        let first = recorded(&archive, "Umowa").await;
        ask_for(&archive, &[&one, &silent], 2).await;
        cosign::ask_all(&archive).await.unwrap();
        assert!(proven(&archive, first).await.witnessed.is_none(), "one of two is not enough");

        ask_for(&archive, &[&one, &other, &silent], 2).await;
        cosign::ask_all(&archive).await.unwrap();
        let second = recorded(&archive, "Aneks").await;

        let proven_first = proven(&archive, first).await;
        let witnessed = proven_first.witnessed.clone().unwrap();
        assert_eq!(witnessed.by.len(), 2);
        assert!(proven(&archive, second).await.witnessed.is_none(), "nobody has seen it yet");
        let policy = cosign::policy(&archive).await.unwrap().unwrap();
        let file = proven_first.place.unwrap().to_file().unwrap();
        let proof = Proof::parse(file.as_bytes()).unwrap();
        assert_eq!(proof.verify(&proven_first.leaf.hash(), &policy).unwrap().cosigned.len(), 2);

        cosign::ask_all(&archive).await.unwrap();
        assert!(proven(&archive, second).await.witnessed.is_some(), "the tree that grew is cosigned, too");
    }

    async fn a_heartbeat_shows_that_nothing_was_recorded_in_between(archive: TestArchive) {
        let witness = Witness::of("lawyer.example", &[&archive]).await;
        ask_for(&archive, &[&witness], 1).await;
        recorded(&archive, "Umowa").await;
        ask(&archive).await.unwrap();
        // The witness's clock tells seconds.
        tokio::time::sleep(std::time::Duration::from_millis(1100)).await;

        ask(&archive).await.unwrap();

        const SQL: &str = "SELECT COUNT(*) FROM journal_cosignature WHERE size = (SELECT MAX(size) FROM journal_checkpoint)";
        assert_eq!(archive.number(SQL).await, 2, "one size, two times");
    }

    async fn a_witness_that_does_not_know_the_journal_is_said_so(archive: TestArchive) {
        let witness = Witness::of("lawyer.example", &[]).await;
        ask_for(&archive, &[&witness], 1).await;
        recorded(&archive, "Umowa").await;

        assert!(matches!(ask(&archive).await, Err(AskError::Unknown)));

        let standing = cosign::standings(&mut archive.db.read().await.unwrap()).await.unwrap().pop().unwrap();
        assert_eq!(standing.trouble.as_deref(), Some("witness-unknown"));
        assert_eq!((standing.size, standing.answered_at), (0, None));
    }

    /// Whoever controls a witness could stop the archive otherwise.
    async fn a_witness_that_only_claims_to_know_more_stops_nothing(archive: TestArchive) {
        let claims = post(async || (StatusCode::CONFLICT, "1000000\n"));
        let mut witness = Witness::silent("liar.example");
        witness.url = answering(Router::new().route("/add-checkpoint", claims)).await;
        ask_for(&archive, &[&witness], 1).await;
        recorded(&archive, "Umowa").await;

        assert!(matches!(ask(&archive).await, Err(AskError::Claims { .. })));

        recorded(&archive, "Aneks").await;
        archive.is_sound().await;
    }

    async fn a_signature_of_somebody_else_is_not_kept(archive: TestArchive) {
        let (real, forged) = (Witness::of("lawyer.example", &[&archive]).await, Witness::silent("lawyer.example"));
        let posing = Witness { url: real.url.clone(), ..forged };
        ask_for(&archive, &[&posing], 1).await;
        recorded(&archive, "Umowa").await;

        assert!(matches!(ask(&archive).await, Err(AskError::Signature(_))));
        assert_eq!(archive.number("SELECT COUNT(*) FROM journal_cosignature").await, 0);
    }
}

/// A copy of an archive's whole folder, keys and all, as a snapshot of a machine takes it.
pub async fn snapshot(archive: &TestArchive) -> tempfile::TempDir {
    archive.db.settle().await.unwrap();
    let copy = tempfile::tempdir().unwrap();
    let copied = std::process::Command::new("cp")
        .arg("-a")
        .arg(format!("{}/.", archive.path().display()))
        .arg(copy.path())
        .status();
    assert!(copied.unwrap().success());
    copy
}

#[tokio::test]
async fn an_archive_put_back_to_yesterday_signs_nothing_more() {
    let archive = TestArchive::on_sqlite().await;
    let witness = Witness::of("lawyer.example", &[&archive]).await;
    ask_for(&archive, &[&witness], 1).await;
    recorded(&archive, "Umowa").await;
    let yesterday = snapshot(&archive).await;
    recorded(&archive, "Aneks, którego nie było").await;
    ask(&archive).await.unwrap();

    let put_back = TestArchive::at(yesterday).await;
    assert!(matches!(ask(&put_back).await, Err(AskError::OtherHistory { .. })));

    put_back.record(&mail("Inny aneks")).await;
    let refused = put_back.sealer.seal(&put_back).await;
    assert!(matches!(refused, Err(SealingError::OtherHistory)), "{refused:?}");
    let again = put_back.opened_again().await;
    assert!(
        again.sealer.seal(&again).await.is_err(),
        "another program is stopped as well"
    );
}

#[tokio::test]
async fn of_two_copies_that_both_go_on_only_one_is_cosigned() {
    let archive = TestArchive::on_sqlite().await;
    let witness = Witness::of("lawyer.example", &[&archive]).await;
    ask_for(&archive, &[&witness], 1).await;
    recorded(&archive, "Umowa").await;
    let copy = TestArchive::at(snapshot(&archive).await).await;
    recorded(&archive, "Cena 100").await;
    recorded(&copy, "Cena 900").await;
    recorded(&copy, "I jeszcze 100").await;

    assert!(ask(&archive).await.is_ok());
    assert!(matches!(ask(&copy).await, Err(AskError::OtherHistory { .. })));
    assert!(ask(&archive).await.is_ok(), "the one that was first goes on");
}

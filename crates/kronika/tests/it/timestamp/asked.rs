use std::process::Command;

use data_encoding::BASE64;
use kronika::archive::id::RecordId;
use kronika::archive::rebuild::rebuild;
use kronika::journal::act::Act;
use kronika::journal::prove::prove;
use kronika::journal::timestamp::{self, StampError, store};
use kronika::journal::verify::verify;

use super::authority::{Authority, Manner, P_256, believing};
use crate::on_each_database;
use crate::support::{TestArchive, mail};
use crate::witness::{Witness, ask_for};

const RSA: &str = "-algorithm RSA -pkeyopt rsa_keygen_bits:2048";

async fn recorded(archive: &TestArchive, subject: &str) -> RecordId {
    let key = archive.record(&mail(subject).from("anna@dab.example")).await;
    archive.sealer.seal(archive).await.unwrap();
    RecordId(archive.row(key).await.record)
}

/// The newest token with what it stamps.
async fn token(archive: &TestArchive) -> (String, Vec<u8>) {
    let acts = archive.acts().await;
    let found = acts.into_iter().rev().find_map(|(_, act)| match act {
        Act::Timestamped { note, token, .. } => Some((note, BASE64.decode(token.as_bytes()).unwrap())),
        _ => None,
    });
    found.unwrap()
}

on_each_database! {
    async fn what_is_stamped_is_recorded_proven_and_accepted_by_openssl(archive: TestArchive) {
        let (elliptic, rsa) = (Authority::of(P_256, Manner::Well).await, Authority::of(RSA, Manner::Well).await);
        let archive = believing(archive, &[("first", &elliptic, &elliptic), ("second", &rsa, &rsa)]).await;
        let witness = Witness::of("lawyer.example", &[&archive]).await;
        ask_for(&archive, &[&witness], 1).await;
        let early = recorded(&archive, "Umowa").await;
        kronika::journal::cosign::ask_all(&archive).await.unwrap();

        let stamped = timestamp::stamp(&archive).await.unwrap();

        archive.sealer.seal(&archive).await.unwrap();
        let late = recorded(&archive, "Aneks").await;
        assert_eq!(stamped.authority, "first");
        let conn = &mut archive.db.read().await.unwrap();
        let proven = prove(&archive, conn, early).await.unwrap().unwrap();
        assert_eq!(proven.stamped.unwrap().stamped_at, stamped.stamped_at);
        let proven = prove(&archive, conn, late).await.unwrap().unwrap();
        assert_eq!((proven.stamped, proven.absent_at), (None, Some(stamped.stamped_at)), "it came after the stamp");
        let (note, token) = token(&archive).await;
        assert!(note.contains("lawyer.example"), "the cosignature is stamped as well");
        let place = tempfile::tempdir().unwrap();
        std::fs::write(place.path().join("checkpoint"), note).unwrap();
        std::fs::write(place.path().join("token"), token).unwrap();
        let accepted = Command::new("openssl")
            .args(["ts", "-verify", "-data", "checkpoint", "-in", "token", "-token_in", "-CAfile"])
            .arg(elliptic.root())
            .current_dir(place.path())
            .output()
            .unwrap();
        assert!(accepted.status.success(), "{accepted:?}");
        let report = verify(&archive, |_| true).await.unwrap();
        assert_eq!((report.is_sound(), report.timestamps), (true, 1), "{:?}", report.damage);
    }

    async fn an_authority_that_fails_is_passed_over_and_said_so(archive: TestArchive) {
        let good = Authority::of(P_256, Manner::Well).await;
        let (broken, garbage) = (Authority::of(P_256, Manner::Broken).await, Authority::of(P_256, Manner::Garbage).await);
        let other = Authority::of(P_256, Manner::SomethingElse).await;
        let archive = believing(
            archive,
            &[
                ("broken", &broken, &broken),
                ("garbage", &garbage, &garbage),
                ("another imprint", &other, &other),
                ("unknown root", &good, &other),
                ("good", &good, &good),
            ],
        )
        .await;
        recorded(&archive, "Umowa").await;

        let stamped = timestamp::stamp(&archive).await.unwrap();

        assert_eq!(stamped.authority, "good");
        let conn = &mut archive.db.read().await.unwrap();
        let troubles: Vec<(String, Option<String>)> = store::standings(conn)
            .await
            .unwrap()
            .into_iter()
            .map(|standing| (standing.name, standing.trouble))
            .collect();
        let said = |name: &str| troubles.iter().find(|(of, _)| of == name).unwrap().1.as_deref();
        assert_eq!(said("broken"), Some("authority-failed"));
        assert_eq!(said("garbage"), Some("authority-failed"));
        assert_eq!(said("another imprint"), Some("authority-token"));
        assert_eq!(said("unknown root"), Some("authority-token"));
        assert_eq!(said("good"), None);
    }

    async fn nothing_is_recorded_when_nobody_stamps(archive: TestArchive) {
        let other = Authority::of(P_256, Manner::SomethingElse).await;
        let archive = believing(archive, &[("another imprint", &other, &other)]).await;
        recorded(&archive, "Umowa").await;
        let before = archive.acts().await.len();

        assert!(matches!(timestamp::stamp(&archive).await, Err(StampError::Token(_))));

        assert_eq!(archive.acts().await.len(), before);
    }

    async fn what_was_stamped_comes_back_at_a_rebuild(archive: TestArchive) {
        let authority = Authority::of(P_256, Manner::Well).await;
        let archive = believing(archive, &[("authority", &authority, &authority)]).await;
        recorded(&archive, "Umowa").await;
        timestamp::stamp(&archive).await.unwrap();
        archive.sealer.seal(&archive).await.unwrap();
        let before = store::all(&mut archive.db.read().await.unwrap()).await.unwrap();

        rebuild(&archive, |_, _| {}).await.unwrap();

        assert_eq!(before.len(), 1);
        assert_eq!(store::all(&mut archive.db.read().await.unwrap()).await.unwrap(), before);
    }

    async fn a_token_is_believed_no_longer_when_its_root_is_not(archive: TestArchive) {
        let (one, other) = (Authority::of(P_256, Manner::Well).await, Authority::of(P_256, Manner::Well).await);
        let archive = believing(archive, &[("one", &one, &one)]).await;
        recorded(&archive, "Umowa").await;
        timestamp::stamp(&archive).await.unwrap();
        std::fs::copy(other.root(), one.root()).unwrap();

        let report = verify(&archive, |_| true).await.unwrap();

        assert_eq!(report.damaged, 1, "{:?}", report.damage);
        assert!(report.damage[0].contains("the timestamp over"), "{:?}", report.damage);
    }
}

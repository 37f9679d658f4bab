//! Packages of evidence, made from an archive and checked without it.

mod choice;
mod damaged;
mod disclosure;
mod pages;
mod report;

use std::fs::File;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use kronika::access::{Scope, Sensitivity};
use kronika::archive::id::{ClientId, EvidenceId, InteractionKey};
use kronika::client::AddressKind;
use kronika::evidence::store::{self, Which};
use kronika::evidence::{self, Choice, EvidenceError, Given, Request, Withheld};
use kronika::journal::act::Act;
use kronika_evidence::verify::{ClaimName, Overall, Status};
use kronika_evidence::{Options, Verdict, verify};
use kronika_timestamp::Certificate;
use kronika_tlog::policy::Policy;

use crate::on_each_database;
use crate::support::program::Installed;
use crate::support::{TestArchive, mail};
use crate::timestamp::authority::{Authority, Manner, P_256, believing};
use crate::witness::{Witness, ask_for};

/// A client of whom a few things are recorded, of another a few more.
async fn filled(archive: &TestArchive) -> ClientId {
    archive.own("lipowa7.example").await;
    let client = archive.client("Stolarnia Dąb", &["anna@dab.example"], &[]).await;
    archive.client("Piekarnia", &["jan@piekarnia.example"], &[]).await;
    for n in 1..=5 {
        let letter = mail(&format!("Umowa {n}"))
            .from("anna@dab.example")
            .to("ewa@lipowa7.example");
        archive
            .record(&letter.attach("umowa.txt", format!("cena {n}00").as_bytes()))
            .await;
        archive
            .record(&mail(&format!("Bułki {n}")).from("jan@piekarnia.example"))
            .await;
    }
    archive
        .address(client, AddressKind::Email, "biuro@dab.example")
        .await;
    archive.record(&mail("Faktura").from("biuro@dab.example")).await;
    client
}

fn of(client: ClientId) -> Request {
    let choice = Choice {
        client: Some(client),
        ..Choice::default()
    };
    Request {
        purpose: "Case I C 12/26".to_owned(),
        recipient: "the district court".to_owned(),
        ..Request::of(choice, "ewa")
    }
}

async fn try_making(
    archive: &TestArchive,
    request: &Request,
    scope: Scope<'_>,
    folder: &Path,
) -> Result<(PathBuf, Given), EvidenceError> {
    let id = EvidenceId(archive.ids.next(archive.clock.now()));
    let seen = (scope, &TimeZone::UTC);
    let mut ready = evidence::make(&archive.archive, (id, request), seen, folder).await?;
    let out = folder.join(format!("{id}.zip"));
    std::io::copy(&mut ready.file, &mut File::create(&out).unwrap()).unwrap();
    Ok((out, ready.given))
}

async fn made(archive: &TestArchive, request: &Request, folder: &Path) -> (PathBuf, Given) {
    try_making(archive, request, Scope::everything(), folder)
        .await
        .unwrap()
}

fn checked(path: &Path, options: &Options) -> Verdict {
    verify(File::open(path).unwrap(), options).unwrap()
}

fn status(verdict: &Verdict, name: ClaimName) -> Status {
    verdict
        .claims
        .iter()
        .find(|claim| claim.name == name)
        .unwrap()
        .status
}

async fn listed(archive: &TestArchive, scope: Scope<'_>, asked_by: &str) -> Vec<store::Row> {
    let which = Which {
        asked_by,
        ..Which::default()
    };
    store::list(&mut archive.db.read().await.unwrap(), scope, which, 100)
        .await
        .unwrap()
}

fn alone(archive: &TestArchive) -> Options {
    Options {
        policy: None,
        roots: Vec::new(),
        now: archive.clock.now(),
    }
}

on_each_database! {
    async fn all_that_is_recorded_with_a_client_proves_without_the_archive(archive: TestArchive) {
        let client = filled(&archive).await;
        let folder = tempfile::tempdir().unwrap();

        let (package, made) = made(&archive, &of(client), folder.path()).await;

        let verdict = checked(&package, &alone(&archive));
        assert_eq!(verdict.overall, Overall::Sound, "{:#?}", verdict.claims);
        assert_eq!((made.interactions.len(), verdict.items.len()), (6, 6));
        assert_eq!(status(&verdict, ClaimName::Completeness), Status::Holds, "{:#?}", verdict.claims);
        assert_eq!(status(&verdict, ClaimName::Leaves), Status::Holds, "{:#?}", verdict.claims);
        let bytes = std::fs::read(&package).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("piekarnia"), "nothing of another client is in it");
    }

    async fn making_a_package_is_recorded_and_listed(archive: TestArchive) {
        let client = filled(&archive).await;
        let folder = tempfile::tempdir().unwrap();

        let (_, made) = made(&archive, &of(client), folder.path()).await;

        let rows = listed(&archive, Scope::everything(), "ewa").await;
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].sha256.as_str(), rows[0].recipient.as_str()), (made.sha256.as_str(), "the district court"));
        let (by, act) = archive.acts().await.pop().unwrap();
        assert!(by == "ewa" && matches!(&act, Act::EvidenceMade(given) if *given.as_ref() == made), "{by}: {act:?}");
    }

    async fn witnesses_and_authorities_stand_for_a_package(archive: TestArchive) {
        let authority = Authority::of(P_256, Manner::Well).await;
        let archive = believing(archive, &[("authority", &authority, &authority)]).await;
        let witness = Witness::of("lawyer.example", &[&archive]).await;
        ask_for(&archive, &[&witness], 1).await;
        let client = filled(&archive).await;
        let folder = tempfile::tempdir().unwrap();

        let (package, _) = made(&archive, &of(client), folder.path()).await;

        let policy = std::fs::read(archive.path().join("policy")).unwrap();
        let verdict = checked(&package, &Options {
            policy: Some(Policy::parse(&policy).unwrap()),
            roots: Certificate::from_file(&std::fs::read(authority.root()).unwrap()).unwrap(),
            now: archive.clock.now(),
        });
        assert_eq!(verdict.overall, Overall::Sound, "{:#?}", verdict.claims);
        for claim in [ClaimName::Witnesses, ClaimName::Timestamps, ClaimName::Time] {
            assert_eq!(status(&verdict, claim), Status::Holds, "{:#?}", verdict.claims);
        }
    }

    async fn a_record_changed_behind_the_archives_back_gives_no_sound_package(archive: TestArchive) {
        let client = filled(&archive).await;
        let folder = tempfile::tempdir().unwrap();
        let mut tx = archive.db.begin().await.unwrap();
        const SWAP: &str = "UPDATE record SET commitment = (SELECT commitment FROM record ORDER BY id LIMIT 1)
            WHERE id = (SELECT MAX(original_record) FROM interaction)";
        kronika::on_db!(tx, c => sqlx::query(SWAP).execute(c).await.map(drop)).unwrap();
        tx.commit().await.unwrap();

        match try_making(&archive, &of(client), Scope::everything(), folder.path()).await {
            Ok((out, _)) => assert_eq!(checked(&out, &alone(&archive)).overall, Overall::Damaged),
            Err(_) => assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "a package is whole, or not there"),
        }
    }

    async fn of_nothing_no_package_is_made(archive: TestArchive) {
        let client = archive.client("Stolarnia Dąb", &[], &[]).await;
        let folder = tempfile::tempdir().unwrap();

        let refused = try_making(&archive, &of(client), Scope::everything(), folder.path()).await;

        assert!(matches!(refused, Err(EvidenceError::Nothing)), "{refused:?}");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        assert!(listed(&archive, Scope::everything(), "ewa").await.is_empty());
    }
}

#[tokio::test]
async fn a_package_made_by_command_is_never_written_over() {
    let place = Installed::new().await;
    let letter = b"From: a@b.example\r\nTo: c@d.example\r\nSubject: bread\r\n\r\nrolls\r\n";
    let letter = place.file("letter.eml", letter);
    place.run(&["client", "add", "Bakery", "--email", "a@b.example"]);
    place.import(&letter);
    let out = place.path("bakery.zip");
    let out = out.to_str().unwrap();
    let create = ["evidence", "create", "--client", "Bakery", "--json", "--out", out];

    let said = place.run(&create).json();
    assert_eq!(said["items"], 1, "{said}");
    assert_eq!(
        place.run(&["evidence", "list", "--json"]).json()["sha256"],
        said["sha256"]
    );
    place.run(&create).refuses_with("exists already");
}

//! What other programs are told, and what strangers are given.

use kronika::access::Person;
use kronika::archive::id::ClientId;
use kronika::evidence::{self, Purpose};
use kronika::outgoing::Outgoing;
use kronika::webhook::PausedFor;
use kronika::webhook::act::{self as webhook, Wanted};
use kronika::webhook::event::EventKind;

use crate::support::TestArchive;

/// One changed and paused, one removed.
pub async fn webhooks(archive: &TestArchive, person: &Person) {
    let outgoing = Outgoing::new(&archive.config.outgoing).unwrap();
    let wanted = |name: &str| Wanted {
        name: name.to_owned(),
        url: "https://8.8.8.8/hook".to_owned(),
        events: EventKind::ALL.to_vec(),
    };
    let (books, _) = webhook::make(archive, &outgoing, wanted("Books"), person)
        .await
        .unwrap();
    let (other, _) = webhook::make(archive, &outgoing, wanted("Other"), person)
        .await
        .unwrap();
    webhook::change(archive, &outgoing, books, person, |_| Some(wanted("Accounting")))
        .await
        .unwrap();
    webhook::rotate(archive, books, person).await.unwrap();
    webhook::pause(archive, books, PausedFor::Person, "ewa")
        .await
        .unwrap();
    webhook::remove(archive, other, "ewa").await.unwrap();
}

/// A package of evidence.
pub async fn package(archive: &TestArchive, client: ClientId) {
    let folder = tempfile::tempdir().unwrap();
    let purpose = Purpose {
        purpose: "Case I C 12/26",
        recipient: "the district court",
        by: "ewa",
    };
    let out = folder.path().join("package.zip");
    evidence::make(&archive.archive, client, purpose, &out)
        .await
        .unwrap();
}

//! What other programs are told, and what strangers are given.

use jiff::tz::TimeZone;
use kronika::access::{Person, Scope};
use kronika::archive::id::{ClientId, EvidenceId};
use kronika::evidence::{self, Choice, Request};
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
    let choice = Choice {
        client: Some(client),
        ..Choice::default()
    };
    let request = Request {
        purpose: "Case I C 12/26".to_owned(),
        recipient: "the district court".to_owned(),
        ..Request::of(choice, "ewa")
    };
    let id = EvidenceId(archive.ids.next(archive.clock.now()));
    let seen = (Scope::everything(), &TimeZone::UTC);
    evidence::make(&archive.archive, (id, &request), seen, folder.path())
        .await
        .unwrap();
}

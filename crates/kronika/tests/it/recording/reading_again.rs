//! What could not be read once is read again by a better reader.

use kronika::assignment::act::assign;
use kronika::interaction::read::moved_to;
use kronika::interaction::reread::{RereadError, reread};

use crate::on_each_database;
use crate::support::mail;

on_each_database! {
    async fn it_gets_its_own_place_and_old_links_lead_there(archive: TestArchive) {
        archive.client("Anna", &["anna@client.example"], &[]).await;
        let question = archive.record(&mail("Offer").id("q@x").on_day(2)).await;
        let unread = archive.record_unread(&mail("Re: Offer").id("a@x").answers(&["q@x"]).on_day(3)).await;
        assert!(archive.search("offer").await.len() == 1 && archive.row(unread).await.unreadable.is_some());

        let read = reread(&archive, unread, "ewa").await.unwrap();

        assert_eq!(archive.clients_of(read).await, ["Anna"]);
        assert_eq!(archive.row(read).await.thread, archive.row(question).await.thread);
        assert_eq!(archive.search("offer").await, [read, question]);
        let conn = &mut archive.db.read().await.unwrap();
        assert_eq!(moved_to(conn, unread).await.unwrap(), Some(read));
        assert!(matches!(reread(&archive, unread, "ewa").await, Err(RereadError::Absent(_))));
        archive.is_sound().await;
    }

    async fn what_a_person_decided_about_it_still_holds(archive: TestArchive) {
        let bank = archive.client("Bank", &[], &[]).await;
        let unread = archive.record_unread(&mail("Offer").from("someone@elsewhere.example")).await;
        assign(&archive, unread, (bank, "by telephone"), "ewa").await.unwrap();

        let read = reread(&archive, unread, "ewa").await.unwrap();

        assert_eq!(archive.clients_of(read).await, ["Bank"]);
        archive.is_sound().await;
    }

    async fn one_that_is_here_already_is_not_recorded_twice(archive: TestArchive) {
        let offer = mail("Offer").id("q@x");
        let known = archive.record(&offer).await;
        let unread = archive.record_unread(&offer.header("X-Seen", "elsewhere")).await;

        let refused = reread(&archive, unread, "ewa").await;

        assert!(matches!(refused, Err(RereadError::Known(there)) if there == known));
        assert!(archive.row(unread).await.unreadable.is_some());
        archive.is_sound().await;
    }

    async fn what_still_cannot_be_read_stays_as_it_is(archive: TestArchive) {
        let before = archive.record_bytes("office", b"\0\x01\x02 nothing at all").await;
        let kronika::interaction::record::Outcome::Unreadable(key) = before else { panic!("{before:?}") };

        assert_eq!(reread(&archive, key, "ewa").await.unwrap(), key);

        assert_eq!(archive.number("SELECT COUNT(*) FROM interaction_moved").await, 0);
    }
}

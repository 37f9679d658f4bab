//! One content is one interaction, wherever and however often it is seen.

use kronika::interaction::Direction;
use kronika::interaction::record::Outcome;

use crate::on_each_database;
use crate::support::{incompressible, mail};

on_each_database! {
    async fn one_content_in_two_mailboxes_is_one_interaction_seen_twice(archive: TestArchive) {
        let mail = mail("Lease").id("lease@client.example");
        let first = archive.record_in("office", &mail).await;

        let second = archive.record_in("ewa", &mail).await;

        let Outcome::Recorded(key) = first else { panic!("{first:?}") };
        assert_eq!(second, Outcome::SeenAgain(key));
        assert_eq!(archive.number("SELECT COUNT(*) FROM interaction").await, 1);
        assert_eq!(archive.number("SELECT COUNT(*) FROM sighting WHERE same_bytes = 1").await, 2);
        assert_eq!(archive.search("lease").await, [key]);
        archive.is_sound().await;
    }

    async fn what_was_seen_in_this_place_before_records_nothing(archive: TestArchive) {
        let mails = [mail("One").id("1@client.example"), mail("Two").id("2@client.example")];
        archive.record_batch(&mails).await;
        archive.sealer.seal(&archive).await.unwrap();
        let records = archive.number("SELECT COUNT(*) FROM record").await;

        let again = archive.record_batch(&mails).await;

        assert!(again.iter().all(|outcome| matches!(outcome, Outcome::Already(_))), "{again:?}");
        assert_eq!(archive.number("SELECT COUNT(*) FROM record").await, records);
        assert_eq!(archive.number("SELECT COUNT(*) FROM journal_pending").await, 0);
    }

    /// Nothing may depend on whether the copies came in one batch or in two.
    async fn copies_within_one_batch_are_one_interaction_too(archive: TestArchive) {
        let bytes = mail("Lease").id("lease@client.example").bytes();
        let batch = ["office", "ewa", "office"].map(|mailbox| archive.prepared(mailbox, &bytes)).into();

        let outcomes = kronika::interaction::record::record(&archive, batch).await.unwrap();

        let Outcome::Recorded(key) = outcomes[0] else { panic!("{outcomes:?}") };
        assert_eq!(outcomes[1..], [Outcome::SeenAgain(key), Outcome::Already(key)]);
        assert_eq!(archive.number("SELECT COUNT(*) FROM sighting").await, 2);
        archive.is_sound().await;
    }

    /// Copies differ in what mail servers put on top; the content is the same, both wrappings are kept.
    async fn the_same_content_in_other_wrapping_keeps_both_originals(archive: TestArchive) {
        let plain = mail("Lease").id("lease@client.example");
        let delivered = [b"Received: from mx.example by imap.example\r\n".as_slice(), &plain.bytes()].concat();
        let key = archive.record(&plain).await;

        let second = archive.record_bytes("ewa", &delivered).await;

        assert_eq!(second, Outcome::SeenAgain(key));
        assert_eq!(archive.number("SELECT COUNT(*) FROM sighting WHERE same_bytes = 0").await, 1);
        let copy = archive.number("SELECT record_id FROM sighting WHERE same_bytes = 0").await;
        let mut opened = archive.opened(kronika::archive::id::RecordId(copy)).await;
        let kept = kronika::journal::load::original(&archive, &mut opened).await.unwrap();
        assert_eq!(kept.as_deref(), Some(delivered.as_slice()));
        assert_eq!(archive.original(key).await, plain.bytes());
        archive.is_sound().await;
    }

    async fn a_large_message_seen_again_is_stored_once(archive: TestArchive) {
        let large = mail("Plans").id("plans@client.example").attach("plan.bin", &incompressible(1, 200_000));
        let batch = ["office", "ewa"].map(|mailbox| archive.prepared(mailbox, &large.bytes())).into();
        kronika::interaction::record::record(&archive, batch).await.unwrap();

        archive.record_in("jan", &large).await;

        let objects = std::fs::read_dir(archive.path().join("objects")).unwrap().count();
        assert_eq!(objects, 1, "nothing would ever refer to a second object");
        assert_eq!(archive.number("SELECT COUNT(*) FROM sighting").await, 3);
    }

    async fn direction_is_told_by_our_own_addresses(archive: TestArchive) {
        archive.own("ours.example").await;
        let into = archive.record(&mail("In").id("1@x")).await;
        let (ours, also_ours) = ("Ewa <ewa@ours.example>", "jan@sub.ours.example");
        let out = archive.record(&mail("Out").id("2@x").from(ours).to("anna@client.example")).await;
        let within = archive.record(&mail("Within").id("3@x").from(ours).to(also_ours)).await;
        let copied = archive.record(&mail("Copied").id("4@x").from(ours).to(also_ours).cc("anna@client.example")).await;

        assert_eq!(archive.row(into).await.direction, Direction::Inbound);
        assert_eq!(archive.row(out).await.direction, Direction::Outbound);
        assert_eq!(archive.row(within).await.direction, Direction::Internal);
        assert_eq!(archive.row(copied).await.direction, Direction::Outbound);
    }

    async fn a_time_that_cannot_be_gives_way_to_ours_in_the_order(archive: TestArchive) {
        let old = archive.record(&mail("Old").id("1@x").dated("Mon, 02 Mar 2026 10:00:00 +0100")).await;
        let future = archive.record(&mail("Future").id("2@x").dated("Mon, 02 Mar 2099 10:00:00 +0100")).await;
        let undated = archive.record(&mail("Undated").id("3@x").undated()).await;
        let ancient = archive.record(&mail("Ancient").id("4@x").dated("Mon, 02 Mar 0001 10:00:00 +0000")).await;

        assert!(old < future && old < undated, "recorded now, so shown as of now");
        assert!(archive.row(future).await.claimed_at.is_some(), "what it claims is kept");
        assert_eq!(archive.row(undated).await.claimed_at, None);
        assert!(archive.row(ancient).await.key.instant() > 0);
    }

    async fn many_messages_of_one_second_keep_apart(archive: TestArchive) {
        let mails: Vec<_> = (0..600).map(|n| mail(&format!("Number {n}")).id(&format!("{n}@x"))).collect();

        let outcomes = archive.record_batch(&mails).await;

        assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::Recorded(_))));
        assert_eq!(archive.number("SELECT COUNT(DISTINCT interaction_key) FROM interaction").await, 600);
        archive.is_sound().await;
    }
}

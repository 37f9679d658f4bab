//! Messages that answer each other are one thread, in whatever order they come.

use kronika::assignment::act::{ignore, unassign};

use crate::on_each_database;
use crate::support::mail;

on_each_database! {
    async fn an_answer_joins_the_thread_of_what_it_answers(archive: TestArchive) {
        let question = archive.record(&mail("Offer").id("q@x").on_day(2)).await;
        let answer = archive.record(&mail("Re: Offer").id("a@x").answers(&["q@x"]).on_day(3)).await;
        let stranger = archive.record(&mail("Offer").id("s@x").on_day(4)).await;

        assert_eq!(archive.row(answer).await.thread, archive.row(question).await.thread);
        assert_ne!(archive.row(stranger).await.thread, archive.row(question).await.thread, "a subject is no thread");
    }

    async fn the_order_of_arrival_makes_no_difference(archive: TestArchive) {
        let answer = archive.record(&mail("Re: Offer").id("a@x").answers(&["q@x"]).on_day(3)).await;
        let question = archive.record(&mail("Offer").id("q@x").on_day(2)).await;

        assert_eq!(archive.row(answer).await.thread, archive.row(question).await.thread);
    }

    /// Two answers to what was never seen, and then to one another.
    async fn a_message_that_mentions_two_threads_makes_them_one(archive: TestArchive) {
        let client = archive.client("Anna", &["anna@client.example"], &[]).await;
        let left = archive.record(&mail("Left").id("l@x").on_day(2)).await;
        let right = archive.record(&mail("Right").id("r@x").on_day(3)).await;
        assert_ne!(archive.row(left).await.thread, archive.row(right).await.thread);

        let both = archive.record(&mail("Both").id("b@x").answers(&["l@x", "r@x"]).on_day(4)).await;

        let thread = archive.row(both).await.thread;
        assert_eq!((archive.row(left).await.thread, archive.row(right).await.thread), (thread, thread));
        assert_eq!(archive.number("SELECT COUNT(*) FROM client_thread").await, 1);
        assert_eq!(archive.number("SELECT count FROM client_thread").await, 3);
        assert_eq!(archive.number("SELECT latest_key FROM client_thread").await, both.0);
        assert_eq!(archive.number("SELECT client_id FROM client_thread").await, client.0);
        let later = archive.record(&mail("Later").id("z@x").answers(&["r@x"]).on_day(5)).await;
        assert_eq!(archive.row(later).await.thread, thread);
        archive.is_sound().await;
    }

    async fn threads_join_within_one_batch_as_they_do_across_batches(archive: TestArchive) {
        archive.client("Anna", &["anna@client.example"], &[]).await;
        archive.record_batch(&[
            mail("Left").id("l@x").on_day(2),
            mail("Right").id("r@x").on_day(3),
            mail("Both").id("b@x").answers(&["l@x", "r@x"]).on_day(4),
            mail("Later").id("z@x").answers(&["r@x"]).on_day(5),
        ])
        .await;

        assert_eq!(archive.number("SELECT COUNT(DISTINCT thread_key) FROM interaction").await, 1);
        assert_eq!(archive.number("SELECT COUNT(*) FROM client_thread").await, 1);
        assert_eq!(archive.number("SELECT count FROM client_thread").await, 4);
        archive.is_sound().await;
    }

    async fn a_thread_tells_whose_an_answer_is_when_nothing_else_does(archive: TestArchive) {
        archive.client("Anna", &["anna@client.example"], &[]).await;
        archive.record(&mail("Offer").id("q@x")).await;

        let answer = mail("Re: Offer").from("someone@elsewhere.example").id("a@x").answers(&["q@x"]);
        let answer = archive.record(&answer).await;

        assert_eq!(archive.clients_of(answer).await, ["Anna"]);
    }

    /// The thread that comes first has nobody; the one it turns out to be has.
    async fn joined_threads_bring_their_clients_together(archive: TestArchive) {
        archive.client("Anna", &["anna@client.example"], &[]).await;
        let stranger = mail("Left").from("someone@elsewhere.example").id("l@x").on_day(2);
        archive.record(&stranger).await;
        archive.record(&mail("Right").id("r@x").on_day(3)).await;

        let both = mail("Both").from("someone@elsewhere.example").id("b@x").answers(&["l@x", "r@x"]).on_day(4);
        let both = archive.record(&both).await;

        assert_eq!(archive.clients_of(both).await, ["Anna"]);
    }

    /// Our answer is often captured before the letter it answers.
    async fn an_answer_that_waited_goes_where_the_question_belongs(archive: TestArchive) {
        archive.client("Anna", &["anna@client.example"], &[]).await;
        let answer = mail("Re: Offer").from("ewa@ours.example").to("someone@elsewhere.example");
        let answer = archive.record(&answer.id("a@x").answers(&["q@x"]).on_day(3)).await;
        assert!(archive.clients_of(answer).await.is_empty());

        archive.record(&mail("Offer").id("q@x").on_day(2)).await;

        assert_eq!(archive.clients_of(answer).await, ["Anna"]);
        assert_eq!(archive.number("SELECT interaction_count FROM client").await, 2);
        assert_eq!(archive.number("SELECT count FROM client_thread").await, 2);
        archive.is_sound().await;
    }

    async fn what_a_person_took_away_or_put_aside_is_not_brought_back_by_its_thread(archive: TestArchive) {
        let anna = archive.client("Anna", &["anna@client.example"], &[]).await;
        let taken = archive.record(&mail("Offer").id("q@x").on_day(2)).await;
        unassign(&archive, taken, (anna, "private"), "ewa").await.unwrap();
        let aside = mail("Re: Offer").from("someone@elsewhere.example").id("a@x").answers(&["q@x"]);
        let aside = archive.record(&aside.on_day(3)).await;
        ignore(&archive, aside, "noise", "ewa").await.unwrap();

        archive.record(&mail("Re: Re: Offer").id("z@x").answers(&["q@x", "a@x"]).on_day(4)).await;

        assert!(archive.clients_of(taken).await.is_empty());
        assert!(archive.clients_of(aside).await.is_empty());
    }
}

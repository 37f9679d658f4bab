//! The other side is down, slow, hostile or gone, and so are we; nothing is lost.

use std::os::unix::process::ExitStatusExt;
use std::sync::Arc;

use kronika::access::Role;
use kronika::outgoing::{Outgoing, OutgoingError, Settings};
use kronika::webhook::PausedFor;
use kronika::webhook::act::{self, Wanted, WebhookError, make};
use kronika::webhook::courier::Courier;
use kronika::webhook::delivery::State;
use kronika::webhook::event::EventKind;
use kronika::webhook::store;

use super::receiver::{Receiver, Reply};
use super::{PUBLIC, courier, deliveries, turn, way_out, webhook_of};
use crate::on_each_database;
use crate::support::program::Installed;
use crate::support::serving::Serving;
use crate::support::{mail, mbox};

on_each_database! {
    async fn a_failed_try_is_repeated_until_it_is_a_dead_letter_that_can_be_sent_again(archive: TestArchive) {
        archive.account("olga", Role::Owner).await;
        let (receiver, courier) = (Receiver::start().await, courier(&archive));
        let (webhook, _) = webhook_of(&archive, "olga", &receiver.url).await;
        receiver.answer(vec![Reply::Status(500); 10]);
        archive.client("Anna", &[], &[]).await;

        for _ in 0..4 {
            turn(&archive, &courier).await;
        }
        assert_eq!(receiver.heard().len(), 1, "not before its time");
        for _ in 0..12 {
            archive.pass(30 * 3600);
            turn(&archive, &courier).await;
        }

        assert_eq!(receiver.heard().len(), 10);
        assert_eq!(receiver.ids().len(), 1, "whoever hears it again knows it");
        let dead = deliveries(&archive, "olga", webhook).await.remove(0);
        assert_eq!((dead.state, dead.tries, dead.status), (State::Dead, 10, Some(500)));
        assert_eq!(dead.reason.as_deref(), Some("status"));

        let person = archive.someone("olga").await;
        act::replay_dead(&archive, webhook, &person).await.unwrap();
        turn(&archive, &courier).await;
        let sent = deliveries(&archive, "olga", webhook).await.remove(0);
        assert_eq!((sent.state, sent.tries, sent.reason), (State::Delivered, 1, None));
        act::replay(&archive, (webhook, sent.id), &person).await.unwrap();
        turn(&archive, &courier).await;
        assert_eq!(receiver.heard().len(), 12);
    }

    async fn whoever_asks_for_time_gets_it(archive: TestArchive) {
        archive.account("olga", Role::Owner).await;
        let (receiver, courier) = (Receiver::start().await, courier(&archive));
        webhook_of(&archive, "olga", &receiver.url).await;
        receiver.answer([Reply::With(429, "retry-after", "3600".to_owned())]);
        archive.client("Anna", &[], &[]).await;

        turn(&archive, &courier).await;
        archive.pass(3500);
        turn(&archive, &courier).await;
        assert_eq!(receiver.heard().len(), 1);
        archive.pass(101);
        turn(&archive, &courier).await;

        assert_eq!(receiver.heard().len(), 2);
    }

    async fn an_address_that_is_gone_is_left_alone_until_somebody_resumes(archive: TestArchive) {
        archive.account("olga", Role::Owner).await;
        let (receiver, courier) = (Receiver::start().await, courier(&archive));
        let (webhook, _) = webhook_of(&archive, "olga", &receiver.url).await;
        receiver.answer([Reply::Status(410)]);
        archive.client("Anna", &[], &[]).await;
        turn(&archive, &courier).await;
        archive.client("Boris", &[], &[]).await;
        archive.pass(3600);
        turn(&archive, &courier).await;

        let paused = store::find(&mut archive.db.read().await.unwrap(), webhook).await.unwrap().unwrap();
        assert_eq!(paused.paused.map(|(_, why)| why), Some(PausedFor::Gone));
        assert_eq!(receiver.heard().len(), 1);
        let person = archive.someone("olga").await;
        act::resume(&archive, webhook, &person).await.unwrap();
        turn(&archive, &courier).await;

        assert_eq!(receiver.heard().len(), 3, "nothing that happened meanwhile is lost");
    }

    async fn a_redirect_to_where_nobody_may_look_is_not_followed(archive: TestArchive) {
        archive.account("olga", Role::Owner).await;
        let (receiver, inner, courier) = (Receiver::start().await, Receiver::start().await, courier(&archive));
        let (webhook, _) = webhook_of(&archive, "olga", &receiver.url).await;
        let metadata = "http://169.254.169.254/latest/meta-data/".to_owned();
        receiver.answer([
            Reply::With(302, "location", metadata),
            Reply::With(307, "location", inner.url.clone()),
        ]);
        archive.client("Anna", &[], &[]).await;

        turn(&archive, &courier).await;
        archive.pass(10);
        turn(&archive, &courier).await;

        assert_eq!((receiver.heard().len(), inner.heard().len()), (2, 0));
        let failed = deliveries(&archive, "olga", webhook).await.remove(0);
        assert_eq!((failed.reason.as_deref(), failed.status), (Some("redirect"), Some(307)));
    }

    async fn a_private_address_is_refused_when_it_is_entered_and_whenever_it_is_told(archive: TestArchive) {
        archive.account("olga", Role::Owner).await;
        let receiver = Receiver::start().await;
        let (webhook, _) = webhook_of(&archive, "olga", &receiver.url).await;
        let strict = Arc::new(Outgoing::new(&Settings::default()).unwrap());
        let person = archive.someone("olga").await;
        for url in [&receiver.url, "https://127.0.0.1/", "https://169.254.169.254/", "https://localhost/"] {
            let wanted = Wanted {
                name: "Inside".to_owned(),
                url: url.to_owned(),
                events: EventKind::ALL.to_vec(),
            };
            let refused = make(&archive, &strict, wanted, &person).await.map(drop);
            let expected = [OutgoingError::Refused, OutgoingError::Scheme];
            assert!(
                matches!(refused, Err(WebhookError::Address(error)) if expected.contains(&error)),
                "{url}"
            );
        }
        archive.client("Anna", &[], &[]).await;
        let strict = Courier::new(archive.archive.clone(), strict, PUBLIC.to_owned());

        turn(&archive, &strict).await;

        assert!(receiver.heard().is_empty());
        assert_eq!(deliveries(&archive, "olga", webhook).await[0].tries, 1);
    }

    async fn whoever_hangs_keeps_nobody_else_waiting(archive: TestArchive) {
        archive.account("olga", Role::Owner).await;
        let (slow, quick) = (Receiver::start().await, Receiver::start().await);
        webhook_of(&archive, "olga", &slow.url).await;
        webhook_of(&archive, "olga", &quick.url).await;
        slow.answer(vec![Reply::Hang; 20]);
        let telling = tokio::spawn(courier(&archive).run());

        for number in 0..6 {
            archive.client(&format!("Client {number}"), &[], &[]).await;
            archive.sealer.seal(&archive).await.unwrap();
        }
        let begun = std::time::Instant::now();

        assert!(quick.hears(6).await);
        assert!(begun.elapsed().as_secs() < 8, "{:?}", begun.elapsed());
        telling.abort();
    }
}

/// An archive with a webhook, ready to be served.
async fn installed(receiver: &Receiver) -> Installed {
    use std::io::Write;
    let installed = Installed::new().await;
    let config = installed.data().join("kronika.toml");
    let mut config = std::fs::OpenOptions::new().append(true).open(config).unwrap();
    writeln!(config, "\n[outgoing]\nallow = [\"127.0.0.1\"]").unwrap();
    let archive = installed.open().await;
    let password = "four words nobody guesses";
    kronika::user::act::add(&archive, "olga", password, "en")
        .await
        .unwrap();
    let mut conn = archive.db.read().await.unwrap();
    let (account, _) = kronika::user::store::by_name(&mut conn, "olga")
        .await
        .unwrap()
        .unwrap();
    let person = kronika::access::Person::load(&mut conn, &account, 0)
        .await
        .unwrap();
    drop(conn);
    archive.sealer.seal(&archive).await.unwrap();
    let wanted = Wanted {
        name: "A program".to_owned(),
        url: receiver.url.clone(),
        events: vec![EventKind::InteractionRecorded],
    };
    make(&archive, &way_out(), wanted, &person).await.unwrap();
    installed
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_crash_interrupts_is_told_by_the_next_server() {
    let receiver = Receiver::start().await;
    let installed = installed(&receiver).await;
    let messages: Vec<_> = (0..9)
        .map(|n| mail(&format!("Number {n}")).id(&format!("{n}@x")))
        .collect();
    let mailbox = installed.file("mail.mbox", &mbox(&messages));
    assert_eq!(installed.import(&mailbox).status, Some(0));

    let mut crashing = installed.command(&["serve", "--listen", "127.0.0.1:0"]);
    crashing.env("KRONIKA_CRASH_AT", "told:4");
    let ended = tokio::task::spawn_blocking(move || crashing.output().unwrap())
        .await
        .unwrap();
    assert_eq!(ended.status.signal(), Some(6), "it was not reached");
    let before = receiver.heard().len();
    assert!((4..9).contains(&before), "{before}");
    let server = Serving::start(&installed, &[], |_| {});

    assert!(receiver.hears(9).await, "every one is told");
    assert_eq!(receiver.ids().len(), 9);
    assert!(
        receiver.heard().len() > 9,
        "what was told when it ended is told again, under the same id"
    );
    drop(server);
}

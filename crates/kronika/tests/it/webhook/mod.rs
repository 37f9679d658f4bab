//! Other programs are told what happens: all of it, and only what they may know.

mod program;
mod receiver;
mod trouble;

use std::sync::Arc;

use kronika::access::act::{InteractionSight, set_sensitivity};
use kronika::access::{Openness, Role, Scope, Sensitivity};
use kronika::archive::id::{InteractionKey, WebhookId};
use kronika::outgoing::{Outgoing, Settings};
use kronika::webhook::act::{self, Wanted, make};
use kronika::webhook::courier::Courier;
use kronika::webhook::delivery::{Asked, Delivery, list, tally};
use kronika::webhook::event::EventKind;

use crate::on_each_database;
use crate::support::{TestArchive, mail};
use receiver::{Receiver, Reply};

const PUBLIC: &str = "https://kronika.example";

/// A way out that may ask this machine.
pub fn way_out() -> Arc<Outgoing> {
    let settings = Settings {
        allow: vec!["127.0.0.1".to_owned()],
        authorities: None,
    };
    Arc::new(Outgoing::new(&settings).unwrap())
}

pub fn courier(archive: &TestArchive) -> Arc<Courier> {
    let archive = archive.archive.clone();
    Arc::new(Courier::new(archive, way_out(), PUBLIC.to_owned()))
}

/// A webhook of a person for all events, and its secret.
pub async fn webhook_of(archive: &TestArchive, name: &str, url: &str) -> (WebhookId, String) {
    let wanted = Wanted {
        name: "A program".to_owned(),
        url: url.to_owned(),
        events: EventKind::ALL.to_vec(),
    };
    archive.sealer.seal(archive).await.unwrap();
    let person = archive.someone(name).await;
    let (id, secret) = make(archive, &way_out(), wanted, &person).await.unwrap();
    (id, secret.text())
}

/// Seals, and tells whatever is due.
pub async fn turn(archive: &TestArchive, courier: &Courier) {
    archive.sealer.seal(archive).await.unwrap();
    courier.turn().await.unwrap();
}

/// Deliveries as their person sees them.
pub async fn deliveries(archive: &TestArchive, name: &str, webhook: WebhookId) -> Vec<Delivery> {
    let person = archive.someone(name).await;
    let mut conn = archive.db.read().await.unwrap();
    list(&mut conn, Scope::of(&person), webhook, (Asked::default(), 100))
        .await
        .unwrap()
}

async fn restrict(archive: &TestArchive, key: InteractionKey) {
    let sight = InteractionSight {
        sensitivity: Sensitivity::Restricted,
        people: Vec::new(),
        whole_thread: false,
    };
    let owner = archive.someone("olga").await;
    set_sensitivity(archive, key, sight, &owner).await.unwrap();
}

on_each_database! {
    async fn what_happens_is_told_signed_and_without_content(archive: TestArchive) {
        archive.account("olga", Role::Owner).await;
        let (receiver, courier) = (Receiver::start().await, courier(&archive));
        let (_, secret) = webhook_of(&archive, "olga", &receiver.url).await;

        let client = archive.client("Anna", &["anna@client.example"], &[]).await;
        let key = archive.record(&mail("A secret offer").body("never to be told")).await;
        turn(&archive, &courier).await;

        let mut kinds = receiver.kinds();
        kinds.sort_unstable();
        assert_eq!(
            kinds,
            ["client.changed", "client.created", "interaction.assigned", "interaction.recorded"]
        );
        for heard in receiver.heard() {
            let (text, json) = (String::from_utf8(heard.body.clone()).unwrap(), heard.json());
            assert!(heard.is_signed_by(&secret), "{text}");
            assert!(!heard.is_signed_by("whsec_AAAA") && !text.contains("offer") && !text.contains("Anna"));
            assert_eq!(json["id"], heard.id());
            assert_eq!(json["timestamp"], "2026-11-22T12:00:00Z");
            assert_eq!(json["data"]["archive"], archive.config.origin);
            assert_eq!(heard.header("content-type"), "application/json");
        }
        let assigned = receiver.heard().into_iter().find(|heard| heard.kind() == "interaction.assigned");
        let data = assigned.unwrap().json()["data"].clone();
        assert_eq!(data["client"]["url"], format!("{PUBLIC}/api/v1/clients/{client}"));
        assert_eq!(data["interaction"]["id"], key.to_string());
        turn(&archive, &courier).await;
        assert_eq!(receiver.heard().len(), 4, "once is enough");
    }

    async fn what_its_person_may_not_see_is_neither_told_nor_counted(archive: TestArchive) {
        archive.account("olga", Role::Owner).await;
        let ada = archive.account("ada", Role::Administrator).await;
        let (open, hidden) = (
            archive.client("Anna", &["anna@client.example"], &[]).await,
            archive.client("Nobody’s", &["boris@other.example"], &[]).await,
        );
        archive.sees(open, Openness::Team, &[], &[ada]).await;
        let (receiver, courier) = (Receiver::start().await, courier(&archive));
        let (webhook, _) = webhook_of(&archive, "ada", &receiver.url).await;

        let key = archive.record(&mail("Restricted").id("1@x")).await;
        restrict(&archive, key).await;
        archive.record(&mail("Hidden").id("2@x").from("boris@other.example")).await;
        archive.record(&mail("Nobody knows").id("3@x").from("new@nowhere.example")).await;
        turn(&archive, &courier).await;

        assert!(receiver.heard().is_empty(), "{:?}", receiver.kinds());
        assert!(deliveries(&archive, "ada", webhook).await.is_empty());
        assert_eq!(archive.number("SELECT COUNT(*) FROM local_webhook_delivery").await, 0);

        archive.record(&mail("Open").id("4@x")).await;
        turn(&archive, &courier).await;
        assert_eq!(receiver.heard().len(), 2, "what she sees is told");
        let told = receiver.heard().iter().map(|heard| heard.json().to_string()).collect::<String>();
        assert!(!told.contains(&hidden.to_string()) && !told.contains(&key.to_string()));
    }

    async fn what_is_hidden_after_it_happened_is_not_told_any_more(archive: TestArchive) {
        archive.account("olga", Role::Owner).await;
        let ada = archive.account("ada", Role::Administrator).await;
        let client = archive.client("Anna", &["anna@client.example"], &[]).await;
        archive.sees(client, Openness::Team, &[], &[ada]).await;
        let (receiver, courier) = (Receiver::start().await, courier(&archive));
        let (webhook, _) = webhook_of(&archive, "ada", &receiver.url).await;
        receiver.answer([Reply::Status(500), Reply::Status(500)]);
        let key = archive.record(&mail("Offer")).await;
        turn(&archive, &courier).await;
        assert_eq!(deliveries(&archive, "ada", webhook).await.len(), 2);

        restrict(&archive, key).await;

        assert!(deliveries(&archive, "ada", webhook).await.is_empty(), "nor that it was tried");
        let person = archive.someone("ada").await;
        let conn = &mut archive.db.read().await.unwrap();
        assert!(tally(conn, Scope::of(&person), webhook).await.unwrap().is_empty());
        archive.pass(600);
        turn(&archive, &courier).await;
        assert_eq!(receiver.heard().len(), 2, "the tries before");
        assert_eq!(archive.number("SELECT COUNT(*) FROM local_webhook_delivery").await, 0);
    }

    async fn whoever_lost_the_right_is_told_nothing(archive: TestArchive) {
        archive.account("olga", Role::Owner).await;
        archive.account("otto", Role::Owner).await;
        let (receiver, courier) = (Receiver::start().await, courier(&archive));
        webhook_of(&archive, "otto", &receiver.url).await;
        let by = kronika::user::By::Console;
        kronika::user::act::set_role(&archive, "otto", Role::Member, by).await.unwrap();

        archive.client("Anna", &[], &[]).await;
        turn(&archive, &courier).await;

        assert!(receiver.heard().is_empty());
    }

    async fn a_new_secret_signs_beside_the_old_one_for_a_day(archive: TestArchive) {
        archive.account("olga", Role::Owner).await;
        let (receiver, courier) = (Receiver::start().await, courier(&archive));
        let (webhook, old) = webhook_of(&archive, "olga", &receiver.url).await;
        let person = archive.someone("olga").await;

        let new = act::rotate(&archive, webhook, &person).await.unwrap().text();
        act::test(&archive, webhook, &person).await.unwrap();
        turn(&archive, &courier).await;
        archive.pass(25 * 3600);
        act::test(&archive, webhook, &person).await.unwrap();
        turn(&archive, &courier).await;

        let heard = receiver.heard();
        assert_eq!(heard[0].kind(), "webhook.test");
        assert!(heard[0].is_signed_by(&old) && heard[0].is_signed_by(&new));
        assert!(!heard[1].is_signed_by(&old) && heard[1].is_signed_by(&new));
        let told = format!("{:?}", archive.acts().await);
        assert!(!told.contains(&old[6..]) && !told.contains(&new[6..]), "no secret is in the journal");
    }
}

//! Whose an interaction is, why, and how that changes.

use kronika::access::Scope;
use kronika::assignment::act::{self, AssignError, add_rule, assign, ignore, remove_rule, restore, unassign};
use kronika::assignment::{Field, Why, store};
use kronika::client::act::{self as client, ClientError, NewAddress};
use kronika::client::{AddressError, AddressKind};

use crate::on_each_database;
use crate::support::{TestArchive, mail};

const INBOX: &str = "SELECT COUNT(*) FROM interaction WHERE assigned_count = 0 AND ignored_for IS NULL";

async fn reasons(
    archive: &TestArchive,
    key: kronika::archive::id::InteractionKey,
) -> Vec<(String, Why, String)> {
    let mut conn = archive.db.read().await.unwrap();
    let shown = store::of_interaction(&mut conn, Scope::everything(), key)
        .await
        .unwrap();
    shown
        .into_iter()
        .map(|one| (one.client_name, one.why, one.detail))
        .collect()
}

async fn history(
    archive: &TestArchive,
    key: kronika::archive::id::InteractionKey,
) -> Vec<(String, String, String, String)> {
    let mut conn = archive.db.read().await.unwrap();
    let steps = store::history(&mut conn, Scope::everything(), key).await.unwrap();
    steps
        .into_iter()
        .map(|step| (step.client_name, step.change, step.detail, step.changed_by))
        .collect()
}

async fn add(
    archive: &TestArchive,
    id: kronika::archive::id::ClientId,
    kind: AddressKind,
    value: &str,
) -> Result<usize, ClientError> {
    client::add_address(
        archive,
        id,
        NewAddress {
            kind,
            value,
            name: "",
            role: "",
        },
        "ewa",
    )
    .await
}

on_each_database! {
    async fn everybody_named_in_a_message_counts_and_each_is_explained(archive: TestArchive) {
        archive.own("ours.example").await;
        archive.client("Anna", &["anna@client.example"], &[]).await;
        archive.client("Bank", &[], &["bank.example"]).await;
        let rule = archive.client("Court", &[], &[]).await;
        add_rule(&archive, (Field::Subject, "Sygn. Akt"), rule, "ewa").await.unwrap();

        let mail = mail("Wezwanie, SYGN. AKT I C 5/26").to("office@ours.example").cc("Jan <jan@mail.bank.example>");
        let key = archive.record(&mail).await;

        let expected = [
            ("Anna".to_owned(), Why::Address, "anna@client.example".to_owned()),
            ("Bank".to_owned(), Why::Domain, "bank.example".to_owned()),
            ("Court".to_owned(), Why::Rule, "subject: sygn. akt".to_owned()),
        ];
        assert_eq!(reasons(&archive, key).await, expected);
        assert_eq!(archive.number("SELECT COUNT(*) FROM assignment").await, 3);
        assert_eq!(archive.number("SELECT CAST(SUM(interaction_count) AS BIGINT) FROM client").await, 3);
        archive.is_sound().await;
    }

    async fn a_domain_of_free_mailboxes_points_at_nobody(archive: TestArchive) {
        let id = archive.client("Anna", &[], &[]).await;

        for domain in ["gmail.com", "poczta.wp.pl", "@Mail.RU", "azet.sk"] {
            let refused = add(&archive, id, AddressKind::Domain, domain).await;
            assert!(matches!(refused, Err(ClientError::Address(AddressError::PublicDomain(_)))), "{domain}");
        }

        assert!(add(&archive, id, AddressKind::Email, "anna.nowak@gmail.com").await.is_ok());
        assert_eq!(archive.number("SELECT COUNT(*) FROM client_address").await, 1);
    }

    async fn our_own_addresses_point_at_nobody(archive: TestArchive) {
        archive.own("ours.example").await;
        let id = archive.client("Anna", &[], &[]).await;
        let key = archive.record(&mail("Within").from("ewa@ours.example")).await;

        for domain in ["ours.example", "sub.ours.example"] {
            let refused = add(&archive, id, AddressKind::Domain, domain).await;
            assert!(matches!(refused, Err(ClientError::OwnAddress(_))), "{domain}");
        }
        let refused = add(&archive, id, AddressKind::Email, "ewa@ours.example").await;

        assert!(matches!(refused, Err(ClientError::OwnAddress(_))));
        assert!(archive.clients_of(key).await.is_empty());
    }

    /// Ewa works for us from a client's domain.
    async fn a_domain_does_not_take_what_only_one_of_us_wrote_from_it(archive: TestArchive) {
        act::add_own(&archive, AddressKind::Email, "ewa@client.example", "ewa").await.unwrap();
        let hers = archive.record(&mail("Mine").id("1@x").from("ewa@client.example").to("jan@other.example")).await;
        let theirs = archive.record(&mail("Theirs").id("2@x").to("ewa@client.example")).await;
        let id = archive.client("Client", &[], &[]).await;

        let found = archive.address(id, AddressKind::Domain, "client.example").await;

        assert_eq!(found, 1);
        assert!(archive.clients_of(hers).await.is_empty());
        assert_eq!(archive.clients_of(theirs).await, ["Client"]);
    }

    async fn an_address_given_later_brings_what_waited_for_it(archive: TestArchive) {
        let first = archive.record(&mail("First").id("1@x").on_day(2)).await;
        let copied = mail("Copied").id("2@x").from("bob@elsewhere.example").cc("ANNA@client.example").on_day(3);
        let copied = archive.record(&copied).await;
        let other = archive.record(&mail("Other").id("3@x").from("bob@elsewhere.example").on_day(4)).await;
        assert_eq!(archive.number(INBOX).await, 3);
        let id = archive.client("Anna", &[], &[]).await;

        let found = archive.address(id, AddressKind::Email, "anna@client.example").await;

        assert_eq!(found, 2);
        assert_eq!(archive.clients_of(first).await, ["Anna"]);
        assert_eq!(archive.clients_of(copied).await, ["Anna"]);
        assert!(archive.clients_of(other).await.is_empty());
        assert_eq!(archive.number(INBOX).await, 1);
        assert_eq!(archive.number("SELECT interaction_count FROM client").await, 2);
        assert_eq!(archive.number("SELECT last_key FROM client").await, copied.0);
        assert_eq!(archive.address(id, AddressKind::Email, "anna@client.example").await, 0, "it is there already");
        archive.is_sound().await;
    }

    async fn moving_to_another_client_keeps_the_history(archive: TestArchive) {
        let anna = archive.client("Anna", &["anna@client.example"], &[]).await;
        let bank = archive.client("Bank", &[], &[]).await;
        let key = archive.record(&mail("Lease")).await;

        assign(&archive, key, (bank, "it is about their loan"), "jan").await.unwrap();
        unassign(&archive, key, (anna, "not hers"), "jan").await.unwrap();

        assert_eq!(archive.clients_of(key).await, ["Bank"]);
        let step = |client: &str, change: &str, detail: &str, by: &str| {
            (client.to_owned(), change.to_owned(), detail.to_owned(), by.to_owned())
        };
        let steps = [
            step("Anna", "assigned", "anna@client.example", "test"),
            step("Bank", "assigned", "it is about their loan", "jan"),
            step("Anna", "removed", "not hers", "jan"),
        ];
        assert_eq!(history(&archive, key).await, steps);
        assert_eq!(archive.number("SELECT CAST(SUM(interaction_count) AS BIGINT) FROM client").await, 1);
        assert_eq!(archive.number("SELECT COUNT(*) FROM client WHERE last_key IS NULL").await, 1);
        archive.is_sound().await;
    }

    async fn a_person_assigns_a_message_with_what_waits_of_its_thread(archive: TestArchive) {
        let id = archive.client("Anna", &[], &[]).await;
        let first = archive.record(&mail("Offer").id("q@x").on_day(2)).await;
        let second = archive.record(&mail("Re: Offer").id("a@x").answers(&["q@x"]).on_day(3)).await;
        let aside = archive.record(&mail("Re: Offer").id("b@x").answers(&["q@x"]).on_day(4)).await;
        ignore(&archive, aside, "spam", "ewa").await.unwrap();

        assign(&archive, second, (id, "she said so"), "ewa").await.unwrap();

        assert_eq!(archive.clients_of(first).await, ["Anna"]);
        assert_eq!(archive.clients_of(second).await, ["Anna"]);
        assert!(archive.clients_of(aside).await.is_empty(), "what was put aside stays there");
        let records = archive.number("SELECT COUNT(*) FROM record").await;
        assign(&archive, second, (id, "again"), "ewa").await.unwrap();
        assert_eq!(archive.number("SELECT COUNT(*) FROM record").await, records, "it is there already");
    }

    async fn what_is_ignored_leaves_the_inbox_and_comes_back(archive: TestArchive) {
        let key = archive.record(&mail("Win a prize")).await;

        ignore(&archive, key, "advertising", "ewa").await.unwrap();

        assert_eq!(archive.number(INBOX).await, 0);
        assert_eq!(archive.row(key).await.ignored_for.as_deref(), Some("advertising"));
        assert_eq!(archive.search("prize").await, [key], "it is still found");
        restore(&archive, key, "ewa").await.unwrap();
        assert_eq!(archive.number(INBOX).await, 1);
        archive.is_sound().await;
    }

    async fn a_rule_looks_through_the_inbox_and_at_what_comes(archive: TestArchive) {
        let id = archive.client("Żabka", &[], &[]).await;
        let waiting = archive.record(&mail("Umowa ŻABKA Polska").id("1@x")).await;
        let other = archive.record(&mail("Umowa").id("2@x")).await;

        let rule = add_rule(&archive, (Field::Subject, " żabka "), id, "ewa").await.unwrap();

        let next = archive.record(&mail("zabka: aneks").id("3@x")).await;
        assert_eq!(archive.clients_of(waiting).await, ["Żabka"]);
        assert_eq!(archive.clients_of(next).await, ["Żabka"]);
        assert!(archive.clients_of(other).await.is_empty());
        remove_rule(&archive, rule, "ewa").await.unwrap();
        let after = archive.record(&mail("żabka: rozwiązanie").id("4@x")).await;
        assert!(archive.clients_of(after).await.is_empty());
        assert_eq!(archive.clients_of(next).await, ["Żabka"], "what was assigned stays");
        let empty = add_rule(&archive, (Field::From, "  "), id, "ewa").await;
        assert!(matches!(empty, Err(AssignError::EmptyRule)));
        archive.is_sound().await;
    }

    async fn nothing_is_assigned_to_what_does_not_exist(archive: TestArchive) {
        let id = archive.client("Anna", &[], &[]).await;
        let key = archive.record(&mail("Lease")).await;
        let records = archive.number("SELECT COUNT(*) FROM record").await;
        let (nobody, nothing) = (kronika::archive::id::ClientId(7), kronika::archive::id::InteractionKey(7));

        assert!(matches!(assign(&archive, key, (nobody, ""), "ewa").await, Err(AssignError::NoClient(_))));
        assert!(matches!(assign(&archive, nothing, (id, ""), "ewa").await, Err(AssignError::NoInteraction(_))));
        assert!(matches!(ignore(&archive, nothing, "", "ewa").await, Err(AssignError::NoInteraction(_))));
        unassign(&archive, key, (id, "it never was"), "ewa").await.unwrap();

        assert_eq!(archive.number("SELECT COUNT(*) FROM record").await, records, "a refusal leaves no trace");
    }

    async fn a_client_changes_and_its_addresses_come_and_go(archive: TestArchive) {
        let id = archive.client("Anna", &["anna@client.example"], &["client.example"]).await;
        let key = archive.record(&mail("Lease").id("1@x")).await;

        client::remove_address(&archive, id, (AddressKind::Email, "anna@client.example"), "ewa").await.unwrap();
        client::remove_address(&archive, id, (AddressKind::Domain, "client.example"), "ewa").await.unwrap();

        assert_eq!(archive.clients_of(key).await, ["Anna"], "what was assigned by it stays");
        let next = archive.record(&mail("Next").id("2@x")).await;
        assert!(archive.clients_of(next).await.is_empty());
        let facts = kronika::client::ClientFacts { name: "  Anna   Nowak ".to_owned(), ..Default::default() };
        client::change(&archive, id, facts, "ewa").await.unwrap();
        assert_eq!(archive.clients_of(key).await, ["Anna Nowak"]);
        let unnamed = client::change(&archive, id, Default::default(), "ewa").await;
        assert!(matches!(unnamed, Err(ClientError::NoName)));
        archive.is_sound().await;
    }
}

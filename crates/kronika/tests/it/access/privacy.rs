//! Who sees what, told one by one.

use kronika::access::act::{self as access, AccessError, InteractionSight, NewGrant};
use kronika::access::store::seen;
use kronika::access::{Covers, Openness, Role, Scope, Sensitivity};
use kronika::archive::id::InteractionKey;
use kronika::assignment::Field;
use kronika::assignment::act::{AssignError, add_rule, assign, unassign};
use kronika::assignment::inbox::{self, Shelf};
use kronika::client::AddressKind;
use kronika::client::act::{NewAddress, add_address};

use crate::on_each_database;
use crate::support::{TestArchive, mail};

/// An office with an owner and two members, who have mailboxes of their own.
async fn office(archive: &TestArchive) {
    archive.own("ours.example").await;
    archive.account("owner", Role::Owner).await;
    for name in ["ewa", "jan"] {
        let account = archive.account(name, Role::Member).await;
        let mailbox = format!("{name}@ours.example");
        access::set_addresses(archive, account, &[&mailbox], "owner")
            .await
            .unwrap();
    }
}

/// What waits in the inbox of a person.
async fn waiting(archive: &TestArchive, name: &str) -> Vec<InteractionKey> {
    let person = archive.someone(name).await;
    let conn = &mut archive.db.read().await.unwrap();
    let scope = Scope::of(&person);
    let page = inbox::page(conn, scope, Shelf::Waiting, (None, 100))
        .await
        .unwrap();
    let count = inbox::count(conn, scope, Shelf::Waiting, 100).await.unwrap();
    assert_eq!(
        page.len() as u64,
        count,
        "the inbox of {name} counts what it shows"
    );
    page
}

async fn sees(archive: &TestArchive, name: &str, key: InteractionKey) -> bool {
    let person = archive.someone(name).await;
    let conn = &mut archive.db.read().await.unwrap();
    !seen(conn, Scope::of(&person), vec![key])
        .await
        .unwrap()
        .is_empty()
}

fn only(sensitivity: Sensitivity) -> InteractionSight {
    InteractionSight {
        sensitivity,
        people: Vec::new(),
        whole_thread: true,
    }
}

on_each_database! {
    async fn mail_of_ones_own_mailbox_is_private_until_it_has_a_client(archive: TestArchive) {
        office(&archive).await;
        let anna = archive.client("Anna", &["anna@client.example"], &[]).await;

        let mine = archive.record(&mail("Dentist").from("doctor@health.example").to("ewa@ours.example")).await;
        let shared = archive.record(&mail("Offer").from("who@elsewhere.example").to("office@ours.example")).await;
        let matched = archive.record(&mail("Lease").to("ewa@ours.example")).await;

        assert_eq!(waiting(&archive, "ewa").await.len(), 2);
        assert_eq!(waiting(&archive, "jan").await, [shared]);
        assert_eq!(waiting(&archive, "owner").await, [shared], "not even an owner reads along");
        assert!(sees(&archive, "jan", matched).await, "what is with a client is the team's");

        assign(&archive, mine, (anna, ""), "ewa").await.unwrap();
        assert!(sees(&archive, "jan", mine).await);
        assert_eq!(archive.number("SELECT interaction_count FROM client").await, 2);
        unassign(&archive, mine, (anna, ""), "ewa").await.unwrap();
        assert!(!sees(&archive, "jan", mine).await, "and private again without one");
        assert_eq!(archive.number("SELECT interaction_count FROM client").await, 1);
        archive.is_sound().await;
    }

    /// Else anyone could read another's private mail by making a client of whoever wrote it.
    async fn what_a_person_does_draws_in_only_what_they_see(archive: TestArchive) {
        office(&archive).await;
        let (ewa, jan) = (archive.someone("ewa").await, archive.someone("jan").await);
        let doctor = archive.client("Doctor", &[], &[]).await;
        let mine = archive.record(&mail("Dentist").from("doctor@health.example").to("ewa@ours.example")).await;
        let address = || NewAddress { kind: AddressKind::Email, value: "doctor@health.example", name: "", role: "" };

        assert_eq!(add_address(&archive, doctor, address(), &jan).await.unwrap(), 0);
        add_rule(&archive, (Field::Subject, "dentist"), doctor, &jan).await.unwrap();
        let refused = assign(&archive, mine, (doctor, ""), &jan).await;

        assert!(matches!(refused, Err(AssignError::NoInteraction(_))), "as if there were none");
        assert!(archive.clients_of(mine).await.is_empty());
        assign(&archive, mine, (doctor, ""), &ewa).await.unwrap();
        assert_eq!(archive.clients_of(mine).await, ["Doctor"]);
    }

    async fn a_thread_made_restricted_stays_so_for_what_comes_later(archive: TestArchive) {
        office(&archive).await;
        archive.client("Anna", &["anna@client.example"], &[]).await;
        let offer = archive.record(&mail("Offer").id("o@x").on_day(2)).await;
        let owner = archive.someone("owner").await;
        let jan = archive.someone("jan").await.account;
        let sight = InteractionSight { people: vec![jan], ..only(Sensitivity::Restricted) };
        access::set_sensitivity(&archive, offer, sight, &owner).await.unwrap();

        let answer = archive.record(&mail("Answer").id("a@x").answers(&["o@x"]).on_day(3)).await;
        let other = archive.record(&mail("Other").id("p@x").on_day(4)).await;

        for key in [offer, answer] {
            assert!(sees(&archive, "jan", key).await && sees(&archive, "owner", key).await);
            assert!(!sees(&archive, "ewa", key).await);
        }
        assert!(sees(&archive, "ewa", other).await);
        assert_eq!(archive.clients_of(answer).await, ["Anna"]);
        assert_eq!(archive.number("SELECT interaction_count FROM client").await, 1);
        assert_eq!(archive.number("SELECT guarded_count FROM client").await, 2);
        access::set_sensitivity(&archive, answer, only(Sensitivity::Team), &owner).await.unwrap();
        assert_eq!(archive.number("SELECT interaction_count FROM client").await, 3);
        assert_eq!(archive.number("SELECT guarded_count FROM client").await, 0);
        assert_eq!(archive.number("SELECT CAST(SUM(count) AS BIGINT) FROM client_tally").await, 3);
        archive.is_sound().await;
    }

    /// Otherwise an answer would wait in the inbox, where more people see it.
    async fn a_guarded_thread_still_tells_whose_an_answer_is(archive: TestArchive) {
        office(&archive).await;
        archive.client("Anna", &["anna@client.example"], &[]).await;
        let offer = archive.record(&mail("Offer").id("o@x").on_day(2)).await;
        let owner = archive.someone("owner").await;
        access::set_sensitivity(&archive, offer, only(Sensitivity::Restricted), &owner).await.unwrap();

        let answer = mail("Re").from("someone@elsewhere.example").id("a@x").answers(&["o@x"]).on_day(3);
        let answer = archive.record(&answer).await;

        assert_eq!(archive.clients_of(answer).await, ["Anna"]);
        assert!(!sees(&archive, "ewa", answer).await);
    }

    /// Whoever took part may open what is private to them, and nobody hides a client's mail from the owner.
    async fn only_who_may_decides_who_sees(archive: TestArchive) {
        office(&archive).await;
        let (ewa, jan) = (archive.someone("ewa").await, archive.someone("jan").await);
        archive.client("Anna", &["anna@client.example"], &[]).await;
        let offer = archive.record(&mail("Offer").to("ewa@ours.example")).await;
        let shared = archive.record(&mail("Order").on_day(3)).await;
        let mine = archive.record(&mail("Dentist").from("doctor@health.example").to("ewa@ours.example")).await;

        for sensitivity in Sensitivity::ALL {
            let refused = access::set_sensitivity(&archive, offer, only(sensitivity), &ewa).await;
            assert!(matches!(refused, Err(AccessError::NotTheirs(_))), "{refused:?}");
        }
        let refused = access::set_sensitivity(&archive, mine, only(Sensitivity::Team), &jan).await;
        assert!(matches!(refused, Err(AccessError::NoInteraction(_))), "{refused:?}");
        access::set_sensitivity(&archive, mine, only(Sensitivity::Team), &ewa).await.unwrap();
        assert!(sees(&archive, "jan", mine).await);
        let owner = archive.someone("owner").await;
        access::set_sensitivity(&archive, offer, only(Sensitivity::Private), &owner).await.unwrap();
        assert!(sees(&archive, "ewa", offer).await && !sees(&archive, "owner", offer).await);
        let refused = access::set_sensitivity(&archive, shared, only(Sensitivity::Private), &owner).await;
        assert!(matches!(refused, Err(AccessError::NobodyLeft(_))), "nobody could ever bring it back");
    }

    async fn a_grant_is_good_in_its_time_and_until_it_is_taken_back(archive: TestArchive) {
        office(&archive).await;
        let anna = archive.client("Anna", &["anna@client.example"], &[]).await;
        let offer = archive.record(&mail("Offer")).await;
        let eve = archive.account("eve", Role::Expert).await;
        let now = archive.clock.now();
        let new = NewGrant {
            account: eve,
            covers: Covers::Thread(offer),
            valid_from: now + 60_000_000,
            valid_until: Some(now + 120_000_000),
        };

        let endless = access::grant(&archive, NewGrant { valid_until: None, ..new }, "owner".into()).await;
        assert!(matches!(endless, Err(AccessError::NoEnd)), "{endless:?}");
        let member = archive.someone("jan").await.account;
        let inside = access::grant(&archive, NewGrant { account: member, ..new }, "owner".into()).await;
        assert!(matches!(inside, Err(AccessError::NotFromOutside)), "{inside:?}");
        access::grant(&archive, new, "owner".into()).await.unwrap();
        let other = NewGrant { covers: Covers::Client(anna), valid_until: Some(i64::MAX), ..new };
        let other = access::grant(&archive, other, "owner".into()).await.unwrap();
        access::end_grant(&archive, other, "owner").await.unwrap();

        assert!(!sees(&archive, "eve", offer).await, "not yet");
        archive.pass(90);
        assert!(sees(&archive, "eve", offer).await);
        archive.pass(60);
        assert!(!sees(&archive, "eve", offer).await, "no more");
    }

    async fn a_team_sees_its_clients_and_no_others(archive: TestArchive) {
        office(&archive).await;
        let admin = archive.account("admin", Role::Administrator).await;
        let anna = archive.client("Anna", &["anna@client.example"], &[]).await;
        let offer = archive.record(&mail("Offer")).await;
        let team = access::add_team(&archive, " The  office ", "owner").await.unwrap();
        let again = access::add_team(&archive, "the Office", "owner").await;
        assert!(matches!(again, Err(AccessError::TeamName)), "{again:?}");
        let jan = archive.someone("jan").await.account;
        access::set_members(&archive, team, vec![jan, admin], "owner").await.unwrap();
        assert!(sees(&archive, "ewa", offer).await && !sees(&archive, "admin", offer).await);

        archive.sees(anna, Openness::Team, &[team], &[]).await;
        assert!(sees(&archive, "jan", offer).await && sees(&archive, "admin", offer).await);
        assert!(!sees(&archive, "ewa", offer).await);
        archive.sees(anna, Openness::Named, &[team], &[admin]).await;
        assert!(sees(&archive, "admin", offer).await && !sees(&archive, "jan", offer).await);
        access::remove_team(&archive, team, "owner").await.unwrap();
        archive.sees(anna, Openness::Team, &[], &[]).await;
        assert!(sees(&archive, "owner", offer).await && !sees(&archive, "admin", offer).await);
        archive.is_sound().await;
    }
}

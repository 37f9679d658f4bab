//! Where auditors and experts begin: they are shown what was opened to them, and nothing else.

use axum::http::StatusCode;
use kronika::access::act::{self as access, NewGrant};
use kronika::access::log::store::{Asked, list};
use kronika::access::{Covers, Role, Scope};
use kronika::archive::id::{AccountId, ClientId, InteractionKey};

use super::site::Site;
use crate::on_each_database;
use crate::support::{TestArchive, mail};

const DAY: i64 = 86_400;

async fn given(archive: &TestArchive, account: AccountId, covers: Covers, days: i64) {
    let now = archive.archive.clock.now();
    let new = NewGrant {
        account,
        covers,
        valid_from: now,
        valid_until: Some(now + days * DAY * 1_000_000),
    };
    access::grant(archive, new, "olga".into()).await.unwrap();
}

/// Two clients with one letter each, and an expert with a session.
async fn office(archive: &TestArchive) -> (AccountId, String, [ClientId; 2], [InteractionKey; 2]) {
    archive.own("ours.example").await;
    let anna = archive.client("Anna Inc", &["anna@client.example"], &[]).await;
    let bob = archive.client("Bob Ltd", &["bob@other.example"], &[]).await;
    let one = archive
        .record(&mail("Offer").from("anna@client.example").id("1@x"))
        .await;
    let other = archive
        .record(&mail("Secret").from("bob@other.example").id("2@x"))
        .await;
    archive.account("olga", Role::Owner).await;
    let account = archive.account("ed", Role::Expert).await;
    let cookie = archive.session_of(account).await;
    (account, cookie, [anna, bob], [one, other])
}

on_each_database! {
    async fn an_expert_of_one_conversation_begins_there_and_learns_of_nothing_else(archive: TestArchive) {
        let (ed, cookie, [anna, bob], [one, other]) = office(&archive).await;
        given(&archive, ed, Covers::Thread(one), 2).await;
        let site = Site::of(&archive);

        let (status, page) = site.get("/grants", &cookie).await;

        assert_eq!(status, StatusCode::OK);
        assert!(page.contains(&format!("href=\"/interactions/{one}\">Offer</a>")), "{page}");
        assert!(page.contains("1 interaction") && page.contains("given by olga"), "{page}");
        for hidden in ["Anna Inc", "Bob Ltd", "Secret", &other.to_string(), &bob.to_string(), &anna.to_string()] {
            assert!(!page.contains(hidden), "{hidden}");
        }
        for useless in ["href=\"/inbox\"", "href=\"/clients\""] {
            assert!(!page.contains(useless), "{useless} is offered");
        }
        let (status, letter) = site.get(&format!("/interactions/{one}"), &cookie).await;
        assert_eq!(status, StatusCode::OK);
        assert!(!letter.contains("href=\"/inbox\"") && letter.contains("href=\"/grants\""), "{letter}");
    }

    async fn what_is_over_taken_back_or_yet_to_begin_has_no_name(archive: TestArchive) {
        let (ed, _, [anna, bob], [one, _]) = office(&archive).await;
        given(&archive, ed, Covers::Client(anna), 1).await;
        archive.pass(2 * DAY);
        let cookie = archive.session_of(ed).await;
        let new = NewGrant {
            account: ed,
            covers: Covers::Client(bob),
            valid_from: archive.archive.clock.now() + 1,
            valid_until: Some(i64::MAX),
        };
        access::grant(&archive, new, "olga".into()).await.unwrap();
        let new = NewGrant { valid_from: 0, ..new };
        let taken = access::grant(&archive, new, "olga".into()).await.unwrap();
        access::end_grant(&archive, taken, "olga").await.unwrap();
        let site = Site::of(&archive);

        let (status, page) = site.get("/grants", &cookie).await;

        assert_eq!(status, StatusCode::OK);
        for said in ["Nothing is open to you now", "Over", "Begins later", "Taken back", "A client"] {
            assert!(page.contains(said), "{said} is not in {page}");
        }
        for hidden in ["Anna Inc", "Bob Ltd", "Offer", "Secret", "href=\"/search\"", "href=\"/clients"] {
            assert!(!page.contains(hidden), "{hidden}");
        }
        let (status, _) = site.get(&format!("/interactions/{one}"), &cookie).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
    }

    async fn another_expert_sees_nothing_of_it_and_whoever_is_inside_has_no_such_page(archive: TestArchive) {
        let (ed, _, [anna, _], _) = office(&archive).await;
        given(&archive, ed, Covers::Client(anna), 2).await;
        let eve = archive.account("eve", Role::Expert).await;
        let eve = archive.session_of(eve).await;
        let max = archive.account("max", Role::Member).await;
        let max = archive.session_of(max).await;
        let site = Site::of(&archive);

        let (status, page) = site.get("/grants", &eve).await;

        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("Nothing is open to you now"), "{page}");
        assert!(!page.contains("Anna Inc") && !page.contains("olga"), "{page}");
        assert_eq!(site.get("/grants", &max).await.0, StatusCode::NOT_FOUND);
        let (_, inside) = site.get("/clients", &max).await;
        assert!(!inside.contains("href=\"/grants\"") && inside.contains("href=\"/inbox\""));
    }

    async fn everything_is_counted_and_the_look_is_written_before_it_is_shown(archive: TestArchive) {
        let (_, _, _, _) = office(&archive).await;
        let ada = archive.account("ada", Role::Auditor).await;
        given(&archive, ada, Covers::Everything, 2).await;
        let cookie = archive.session_of(ada).await;
        let site = Site::of(&archive);

        let (_, page) = site.get("/grants", &cookie).await;

        assert!(page.contains("2 clients") && page.contains("2 interactions"), "{page}");
        assert!(page.contains("href=\"/clients\"") && page.contains("href=\"/search\""), "{page}");
        let olga = archive.someone("olga").await;
        let conn = &mut archive.db.read().await.unwrap();
        let asked = Asked { by: Some("ada".into()), ..Asked::default() };
        let known = list(conn, Scope::of(&olga), &asked, 100).await.unwrap();
        assert!(known.iter().any(|entry| entry.kind == "grants"), "{known:?}");
    }
}

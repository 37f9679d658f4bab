use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::http::{Request, StatusCode};
use jiff::tz::TimeZone;
use kronika::access::Role;
use kronika::user::token::TokenScope;
use kronika::web::hall::Hall;

use crate::account::{PASSWORD, account};
use crate::api::token_for;
use crate::on_each_database;
use crate::support::TestArchive;
use crate::support::office::{Browser, Office};

/// Another archive on a database of the same kind.
async fn another(archive: &TestArchive) -> TestArchive {
    match archive.db.is_postgres() {
        true => TestArchive::on_postgres().await,
        false => TestArchive::on_sqlite().await,
    }
}

/// Two offices of one server. In each works somebody called ewa, with one password.
async fn two(one: &TestArchive, other: &TestArchive) -> (Arc<Hall>, Office, Office) {
    let hall = Hall::new(TimeZone::UTC);
    for archive in [one, other] {
        account(archive, "ewa", Role::Owner).await;
    }
    let bakery = Office::in_hall(one, &hall, "bakery.example");
    let shop = Office::in_hall(other, &hall, "shop.example");
    (hall, bakery, shop)
}

async fn signed_in(office: &Office) -> Browser {
    let mut browser = Browser::at(1);
    office.sign_in(&mut browser, "ewa", PASSWORD).await;
    browser
}

/// Follows a person from one office to the other up to its question; the ticket they carry.
async fn introduced(from: &Office, browser: &mut Browser, address: &str) -> String {
    let answer = from
        .post(browser, "/settings/you/archives", &[("address", address)])
        .await;
    answer.between("join?ticket=", "\"")
}

on_each_database! {
    async fn what_opens_one_archive_opens_no_other(archive: TestArchive) {
        let other = another(&archive).await;
        let (_hall, bakery, shop) = two(&archive, &other).await;
        let client = archive.client("Stolarnia Dąb", &["anna@dab.example"], &[]).await;
        let token = token_for(&archive, "ewa", &TokenScope::ALL).await;
        let mut ewa = signed_in(&bakery).await;
        let path = format!("/clients/{client}");
        assert!(bakery.get(&mut ewa, &path).await.text.contains("Stolarnia Dąb"));

        let stranger = shop.get(&mut ewa.clone(), &path).await;
        assert_eq!((stranger.status, stranger.location.starts_with("/sign-in")), (StatusCode::SEE_OTHER, true));
        let mut at_home = signed_in(&shop).await;
        assert_eq!(shop.get(&mut at_home, &path).await.status, StatusCode::NOT_FOUND);
        assert!(!shop.get(&mut at_home, "/search?q=Stolarnia").await.text.contains("Dąb"));

        let mut program = Browser::at(1);
        program.headers.push(("authorization", format!("Bearer {token}")));
        assert_eq!(bakery.get(&mut program, "/api/v1/clients").await.status, StatusCode::OK);
        assert_eq!(shop.get(&mut program, "/api/v1/clients").await.status, StatusCode::UNAUTHORIZED);
    }

    async fn only_the_host_that_is_asked_decides_which_archive_answers(archive: TestArchive) {
        let other = another(&archive).await;
        let (_hall, bakery, _shop) = two(&archive, &other).await;
        let mut ewa = signed_in(&bakery).await;
        ewa.headers.push(("x-forwarded-host", "shop.example".to_owned()));
        assert_eq!(bakery.get(&mut ewa, "/clients").await.status, StatusCode::OK);

        for forged in ["evil.example", "", "bakery.example.evil.example"] {
            let mut request = Request::get("/clients").body(axum::body::Body::empty()).unwrap();
            request.headers_mut().insert("host", forged.parse().unwrap());
            let answer = bakery.raw(request).await;
            assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{forged}");
            assert!(!answer.text.contains("Office"), "no archive is named");
        }
        let mut twice = Request::get("/clients").body(axum::body::Body::empty()).unwrap();
        twice.headers_mut().append("host", "bakery.example".parse().unwrap());
        twice.headers_mut().append("host", "shop.example".parse().unwrap());
        assert_eq!(bakery.raw(twice).await.status, StatusCode::MISDIRECTED_REQUEST);
        let well = Request::get("/health").header("host", "10.0.0.1").body(axum::body::Body::empty()).unwrap();
        assert_eq!(bakery.raw(well).await.text, r#"{"status":"ok"}"#);
    }

    async fn a_person_of_both_switches_once_they_said_so_in_both(archive: TestArchive) {
        let other = another(&archive).await;
        let (_hall, bakery, shop) = two(&archive, &other).await;
        account(&other, "jan", Role::Owner).await;
        let (mut here, mut there) = (signed_in(&bakery).await, signed_in(&shop).await);
        let ticket = introduced(&bakery, &mut here, "https://shop.example/clients?x").await;
        let before = shop.get(&mut there, "/clients").await;
        assert!(!before.text.contains("Office bakery"), "one side alone joins nothing");

        let asked = shop.get(&mut there, &format!("/settings/you/archives/join?ticket={ticket}")).await;
        assert!(asked.text.contains("Office bakery") && asked.text.contains("ewa"), "{}", asked.text);
        let joined = shop.post(&mut there, "/settings/you/archives/join", &[("ticket", &ticket)]).await;
        assert_eq!(joined.location, "/settings/you/archives");

        assert!(bakery.get(&mut here, "/clients").await.text.contains(r#"href="https://shop.example/""#));
        assert!(shop.get(&mut there, "/clients").await.text.contains(r#"href="https://bakery.example/""#));
        let mut jan = Browser::at(3);
        shop.sign_in(&mut jan, "jan", PASSWORD).await;
        assert!(!shop.get(&mut jan, "/clients").await.text.contains("bakery"), "another person hears nothing of it");
        let again = shop.post(&mut jan, "/settings/you/archives/join", &[("ticket", &ticket)]).await;
        assert!(again.text.contains("ten minutes"), "a ticket is good once");

        bakery.post(&mut here, "/settings/you/archives/leave", &[("archive", "shop")]).await;
        assert!(!bakery.get(&mut here, "/clients").await.text.contains("shop.example"));
        assert!(!shop.get(&mut there, "/clients").await.text.contains("bakery.example"), "both sides forget");
    }

    async fn what_leads_nowhere_is_said(archive: TestArchive) {
        let other = another(&archive).await;
        let (_hall, bakery, shop) = two(&archive, &other).await;
        let mut ewa = signed_in(&bakery).await;
        for (typed, said) in [
            ("https://nobody.example", "No archive of this server"),
            ("", "No archive of this server"),
            ("\u{0}://[", "No archive of this server"),
            ("bakery.example", "That is this archive"),
        ] {
            let answer = bakery.post(&mut ewa, "/settings/you/archives", &[("address", typed)]).await;
            assert!(answer.text.contains(said), "{typed}: {}", answer.text);
        }
        let ticket = introduced(&bakery, &mut ewa, "shop.example").await;
        let elsewhere = bakery.get(&mut ewa, &format!("/settings/you/archives/join?ticket={ticket}")).await;
        assert!(elsewhere.text.contains("ten minutes"), "a ticket is for one archive");
        let mut there = signed_in(&shop).await;
        other.pass(11 * 60);
        let late = shop.post(&mut there, "/settings/you/archives/join", &[("ticket", &ticket)]).await;
        assert!(late.text.contains("ten minutes"), "{}", late.text);
    }

    async fn a_closed_archive_lets_nobody_in_and_says_so(archive: TestArchive) {
        let other = another(&archive).await;
        let (hall, bakery, shop) = two(&archive, &other).await;
        let mut ewa = signed_in(&bakery).await;

        let app = hall.close("bakery").unwrap();
        app.closed.store(true, Ordering::Relaxed);
        hall.set_closed(HashSet::from(["bakery.example".to_owned()]));

        let closed = bakery.get(&mut ewa, "/clients").await;
        assert_eq!(closed.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(closed.text.contains("This archive is closed"), "{}", closed.text);
        let direct = Office::with(&archive, |other| *other = app);
        assert_eq!(direct.get(&mut ewa, "/clients").await.status, StatusCode::MISDIRECTED_REQUEST);
        let mut there = signed_in(&shop).await;
        assert_eq!(shop.get(&mut there, "/clients").await.status, StatusCode::OK, "the others go on");
    }
}

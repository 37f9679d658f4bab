use std::time::Instant;

use axum::http::StatusCode;
use kronika::access::Role;
use kronika::journal::act::Act;
use kronika::user::event::SignInsRefused;

use super::{PASSWORD, QUIET, account, nowhere};
use crate::on_each_database;
use crate::support::TestArchive;
use crate::support::office::{Browser, Office};

async fn reports(archive: &TestArchive) -> Vec<SignInsRefused> {
    let acts = archive.acts().await.into_iter();
    acts.filter_map(|(_, act)| match act {
        Act::SignInsRefused(refused) => Some(refused),
        _ => None,
    })
    .collect()
}

on_each_database! {
    async fn a_thousand_wrong_passwords_make_one_record_and_lock_nobody_out(archive: TestArchive) {
        account(&archive, "ewa", Role::Owner).await;
        let office = Office::of(&archive);
        let mut ewa = Browser::at(1);
        office.sign_in(&mut ewa, "ewa", PASSWORD).await;
        let mut thief = Browser::at(2);
        let mut slowed = 0;
        for n in 0..1000 {
            let answer = office.sign_in(&mut thief, "ewa", &format!("my secret guess {n}")).await;
            assert!(thief.cookies.is_empty());
            slowed += usize::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
        }
        assert_eq!(slowed, 995, "after five the thief waits");
        assert!(reports(&archive).await.is_empty());

        office.app.gate.report(&archive).await.unwrap();
        office.app.gate.report(&archive).await.unwrap();

        let reports = reports(&archive).await;
        assert_eq!(reports.len(), 1);
        assert_eq!(reports[0].refused.len(), 1);
        assert_eq!((reports[0].refused[0].from.as_str(), reports[0].refused[0].count), ("10.0.0.2", 1000));
        assert!(reports[0].refused[0].account.is_some());
        nowhere(&archive, "my secret guess").await;
        let elsewhere = office.sign_in(&mut Browser::at(3), "ewa", PASSWORD).await;
        assert_eq!(elsewhere.status, StatusCode::SEE_OTHER, "from elsewhere the owner gets in");
        // Behind the thief's own address, but in a browser we met before.
        ewa.address = thief.address;
        let neighbour = office.sign_in(&mut ewa, "ewa", PASSWORD).await;
        assert_eq!(neighbour.status, StatusCode::SEE_OTHER);
        assert_eq!(office.sign_in(&mut Browser::at(2), "ewa", PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS);
        archive.pass(61);
        assert_eq!(office.sign_in(&mut Browser::at(2), "ewa", PASSWORD).await.status, StatusCode::SEE_OTHER);
    }

    async fn a_known_browser_is_known_to_its_own_account_only(archive: TestArchive) {
        account(&archive, "ewa", Role::Owner).await;
        account(&archive, "jan", Role::Owner).await;
        let office = Office::of(&archive);
        let mut jan = Browser::at(2);
        office.sign_in(&mut jan, "jan", PASSWORD).await;
        for n in 0..5 {
            office.sign_in(&mut jan, "ewa", &format!("guess number {n}")).await;
        }

        assert_eq!(office.sign_in(&mut jan, "ewa", PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS);
        let mut forger = Browser::at(2);
        forger.cookies.push(("kronika-known".into(), "AAAA".repeat(16)));
        assert_eq!(office.sign_in(&mut forger, "ewa", PASSWORD).await.status, StatusCode::TOO_MANY_REQUESTS);
    }

    async fn a_forged_header_changes_nobodys_address(archive: TestArchive) {
        account(&archive, "ewa", Role::Owner).await;
        let office = Office::of(&archive);
        for n in 0..10 {
            let mut thief = Browser::at(2);
            thief.headers.push(("x-forwarded-for", format!("172.16.0.{n}")));
            thief.headers.push(("forwarded", format!("for=172.16.0.{n}")));
            let answer = office.sign_in(&mut thief, "ewa", "guess after guess").await;
            assert_eq!(answer.status == StatusCode::TOO_MANY_REQUESTS, n >= 5, "{n}");
        }

        let proxied = Office::with(&archive, |app| app.behind_proxy = true);
        for n in 0..10 {
            let mut thief = Browser::at(2);
            thief.headers.push(("x-forwarded-for", format!("172.16.0.{n}, 192.0.2.1")));
            let answer = proxied.sign_in(&mut thief, "ewa", "guess after guess").await;
            assert_eq!(answer.status == StatusCode::TOO_MANY_REQUESTS, n >= 5, "what the proxy wrote counts: {n}");
        }
        proxied.app.gate.report(&archive).await.unwrap();
        assert_eq!(reports(&archive).await[0].refused[0].from, "192.0.2.1");
    }

    async fn a_forged_host_leads_nobody_astray(archive: TestArchive) {
        account(&archive, "ewa", Role::Owner).await;
        let office = Office::of(&archive);
        let mut ewa = Browser::at(1);
        office.sign_in(&mut ewa, "ewa", PASSWORD).await;
        ewa.headers.push(("x-forwarded-host", "evil.example".into()));
        let fields = [("name", "marek"), ("role", "member"), ("language", "pl")];

        let made = office.post(&mut ewa, "/settings/people/invitations", &fields).await;

        assert_eq!(made.status, StatusCode::OK);
        assert!(made.text.contains("https://kronika.example/invitations/"));
        assert!(!made.text.contains("evil.example"));
    }

    async fn an_answer_does_not_say_whether_a_name_exists(archive: TestArchive) {
        account(&archive, "ewa", Role::Owner).await;
        let office = Office::of(&archive);
        let mut known = office.sign_in(&mut Browser::at(1), "ewa", "guess after guess").await;
        let unknown = office.sign_in(&mut Browser::at(2), "nobody", "guess after guess").await;
        known.text = known.text.replace("value=\"ewa\"", "value=\"nobody\"");
        assert_eq!((known.status, known.text), (unknown.status, unknown.text));

        // The quickest of many, taken in turns: everything else on this machine only makes answers slower.
        let _quiet = QUIET.lock().await;
        let mut quickest = [u128::MAX; 2];
        for n in 10..30 {
            for (name, quickest) in ["ewa", "nobody"].into_iter().zip(&mut quickest) {
                let began = Instant::now();
                office.sign_in(&mut Browser::at(n), name, "guess after guess").await;
                *quickest = began.elapsed().as_micros().min(*quickest);
            }
        }
        let [one, other] = quickest;
        assert!(one.max(other) < 2 * one.min(other), "{quickest:?} µs");
    }
}

use std::time::{Duration, Instant};

use axum::http::{Request, StatusCode};
use futures::StreamExt;
use kronika::access::Role;
use kronika::user::By;
use kronika::user::act;
use kronika::user::event::{AccountEvent, Proof};

use super::{PASSWORD, account, events};
use crate::on_each_database;
use crate::support::office::{Browser, Office};

const HOUR: i64 = 3600;

async fn signed_in(office: &Office, last: u8) -> Browser {
    let mut browser = Browser::at(last);
    let answer = office.sign_in(&mut browser, "ewa", PASSWORD).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    browser
}

async fn is_in(office: &Office, browser: &mut Browser) -> bool {
    office.get(browser, "/settings/you").await.status == StatusCode::OK
}

on_each_database! {
    async fn a_session_ends_when_idle_and_after_a_week_in_any_case(archive: TestArchive) {
        account(&archive, "ewa", Role::Owner).await;
        let office = Office::of(&archive);
        let (mut idle, mut busy) = (signed_in(&office, 1).await, signed_in(&office, 2).await);
        for _ in 0..14 {
            archive.pass(11 * HOUR);
            assert!(is_in(&office, &mut busy).await);
            // The use is noted beside the answer.
            tokio::time::sleep(Duration::from_millis(200)).await;
        }

        assert!(!is_in(&office, &mut idle).await);
        archive.pass(11 * HOUR);
        assert!(is_in(&office, &mut busy).await);
        tokio::time::sleep(Duration::from_millis(200)).await;
        archive.pass(4 * HOUR);
        assert!(!is_in(&office, &mut busy).await, "a week is over");
    }

    async fn one_sees_ones_sessions_and_ends_them(archive: TestArchive) {
        account(&archive, "ewa", Role::Owner).await;
        account(&archive, "jan", Role::Owner).await;
        let office = Office::of(&archive);
        let mut jan = Browser::at(7);
        office.sign_in(&mut jan, "jan", PASSWORD).await;
        let (mut here, mut there, mut third) =
            (signed_in(&office, 1).await, signed_in(&office, 2).await, signed_in(&office, 3).await);
        let page = office.get(&mut here, "/settings/you").await;
        for address in ["10.0.0.1", "10.0.0.2", "10.0.0.3"] {
            assert!(page.text.contains(address));
        }
        assert!(!page.text.contains("10.0.0.7"), "others' sessions are theirs");
        let of = |text: &str| text.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let first = of(&page.text);

        office.post(&mut jan, "/settings/you/sessions/end", &[("id", &first)]).await;
        assert!(is_in(&office, &mut there).await && is_in(&office, &mut third).await, "not somebody else's to end");
        office.post(&mut here, "/settings/you/sessions/end", &[("id", &first)]).await;
        let ended = [is_in(&office, &mut there).await, is_in(&office, &mut third).await];
        assert_eq!(ended.iter().filter(|is_in| **is_in).count(), 1);
        office.post(&mut here, "/settings/you/sessions/end-others", &[]).await;

        assert!(!is_in(&office, &mut there).await && !is_in(&office, &mut third).await);
        assert!(is_in(&office, &mut here).await && is_in(&office, &mut jan).await);
        let copy = here.clone();
        office.post(&mut here, "/sign-out", &[]).await;
        assert!(!is_in(&office, &mut copy.clone()).await, "a copy of the cookie opens nothing");
        let said: Vec<AccountEvent> = events(&archive).await.into_iter().map(|(_, event)| event).collect();
        let ends = said.iter().filter(|event| matches!(event, AccountEvent::SessionsEnded { sessions } if sessions.len() == 1)).count();
        assert_eq!(ends, 2);
        assert!(matches!(said.last(), Some(AccountEvent::SignedOut { .. })));
        assert!(said.iter().any(|event| matches!(
            event,
            AccountEvent::SignedIn { from, with: Proof::Password, .. } if from == "10.0.0.2"
        )));
    }

    async fn a_new_password_ends_all_other_sessions(archive: TestArchive) {
        account(&archive, "ewa", Role::Owner).await;
        let office = Office::of(&archive);
        let (mut here, mut there) = (signed_in(&office, 1).await, signed_in(&office, 2).await);
        let new = "five other words, fit worse";
        let send = |current: &'static str, new: &'static str| [("current", current), ("new", new), ("again", new)];

        let wrong = office.post(&mut here, "/settings/you/password", &send("guess", new)).await;
        assert!(wrong.text.contains("The current password is wrong"));
        let weak = office.post(&mut here, "/settings/you/password", &send(PASSWORD, "qwertyuiop")).await;
        assert!(weak.text.contains("easily guessed"));
        assert!(is_in(&office, &mut there).await);
        let changed = office.post(&mut here, "/settings/you/password", &send(PASSWORD, new)).await;

        assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.text);
        assert!(is_in(&office, &mut here).await && !is_in(&office, &mut there).await);
        assert_eq!(office.sign_in(&mut there, "ewa", PASSWORD).await.status, StatusCode::OK);
        assert_eq!(office.sign_in(&mut there, "ewa", new).await.status, StatusCode::SEE_OTHER);
    }

    async fn whoever_is_removed_sees_nothing_new_after_five_seconds(archive: TestArchive) {
        account(&archive, "ewa", Role::Owner).await;
        account(&archive, "jan", Role::Owner).await;
        let jan_id = archive.someone("jan").await.account;
        let office = Office::of(&archive);
        let mut jan = Browser::at(2);
        office.sign_in(&mut jan, "jan", PASSWORD).await;
        // An import that goes on for ever: it waits for the one that holds the lock.
        let held = std::fs::File::create(archive.path().join("import.lock")).unwrap();
        fs2::FileExt::lock_exclusive(&held).unwrap();
        let import = archive.ids.next(0);
        std::fs::create_dir_all(kronika::web::work::Work::spool(&archive, import)).unwrap();
        office.app.work.start_import(&archive.archive, import, jan_id).await.unwrap();
        let id = kronika::archive::id::RecordId(import);
        let request = Request::get(format!("/imports/{id}/events"));
        let watched = office.answer(&jan, request, String::new()).await;
        assert_eq!(watched.status(), StatusCode::OK);
        let mut events = watched.into_body().into_data_stream();
        assert!(events.next().await.is_some());

        act::remove(&archive, "jan", By::Console).await.unwrap();
        let removed = Instant::now();
        while events.next().await.is_some() {}

        assert!(removed.elapsed() < Duration::from_secs(5), "{:?}", removed.elapsed());
        assert_eq!(office.get(&mut jan, "/clients").await.status, StatusCode::SEE_OTHER);
        assert_eq!(office.sign_in(&mut jan, "jan", PASSWORD).await.status, StatusCode::OK, "not let in");
        assert!(office.get(&mut jan, "/clients").await.location.starts_with("/sign-in"));
    }
}

//! Who looked at what is known, and only to those who see it themselves.

use kronika::access::act::{self as access, InteractionSight, NewGrant};
use kronika::access::log::store::{Asked, Entry, list};
use kronika::access::{Covers, Role, Scope, Sensitivity};
use kronika::archive::id::{ClientId, InteractionKey};
use kronika::web::app::{App, router};
use kronika::web::limit::Limits;

use super::site::Site;
use crate::on_each_database;
use crate::support::office::Office;
use crate::support::{TestArchive, mail};

/// The log as the person of this name sees it.
async fn log(archive: &TestArchive, name: &str, asked: &Asked) -> Vec<Entry> {
    let person = archive.someone(name).await;
    let conn = &mut archive.db.read().await.unwrap();
    list(conn, Scope::of(&person), asked, 100).await.unwrap()
}

fn of(key: InteractionKey) -> Asked {
    Asked {
        interaction: Some(key),
        ..Asked::default()
    }
}

fn told(entries: &[Entry]) -> Vec<(&str, &str)> {
    entries
        .iter()
        .map(|entry| (entry.by_name.as_str(), entry.kind.as_str()))
        .collect()
}

/// A client with one message, an owner, a member and an auditor who was given the client.
async fn office(archive: &TestArchive) -> (ClientId, InteractionKey) {
    let client = archive.client("Anna", &["anna@client.example"], &[]).await;
    let key = archive.record(&mail("Offer")).await;
    archive.account("olga", Role::Owner).await;
    archive.account("max", Role::Member).await;
    let account = archive.account("ada", Role::Auditor).await;
    let new = NewGrant {
        account,
        covers: Covers::Client(client),
        valid_from: 0,
        valid_until: None,
    };
    access::grant(archive, new, "olga".into()).await.unwrap();
    (client, key)
}

async fn cookie(archive: &TestArchive, name: &str) -> String {
    let account = archive.someone(name).await.account;
    archive.session_of(account).await
}

on_each_database! {
    async fn what_is_opened_and_taken_is_written_some_seconds_later(archive: TestArchive) {
        let (_, key) = office(&archive).await;
        let app: App = Office::of(&archive).app;
        let (site, max) = (Site::around(router(app.clone())), cookie(&archive, "max").await);

        for _ in 0..3 {
            site.get(&format!("/interactions/{key}"), &max).await;
        }
        site.get(&format!("/interactions/{key}/original"), &max).await;
        assert!(log(&archive, "olga", &of(key)).await.is_empty(), "nobody waits for the journal");
        app.watch.write(&archive).await.unwrap();

        let known = log(&archive, "olga", &of(key)).await;
        let mut kinds = told(&known);
        kinds.sort_unstable();
        assert_eq!(kinds, [("max", "opened"), ("max", "original")], "the same look counts once");
        archive.pass(11 * 60);
        site.get(&format!("/interactions/{key}"), &max).await;
        app.watch.write(&archive).await.unwrap();
        assert_eq!(log(&archive, "olga", &of(key)).await.len(), 3, "and anew after a while");
        archive.is_sound().await;
    }

    async fn every_look_and_search_of_an_auditor_is_written_before_they_see_anything(archive: TestArchive) {
        let (client, key) = office(&archive).await;
        let (site, ada) = (Site::of(&archive), cookie(&archive, "ada").await);

        for _ in 0..2 {
            site.get(&format!("/interactions/{key}"), &ada).await;
        }
        site.get(&format!("/clients/{client}"), &ada).await;
        site.get("/search?q=offer", &ada).await;

        assert_eq!(told(&log(&archive, "olga", &of(key)).await), [("ada", "opened"); 2]);
        let by = Asked { by: Some("ada".into()), ..Asked::default() };
        let all = log(&archive, "olga", &by).await;
        let searched: Vec<&str> = all
            .iter()
            .filter(|entry| entry.kind == "searched")
            .map(|entry| entry.detail.as_str())
            .collect();
        assert_eq!(searched, ["offer"]);
        site.get(&format!("/clients/{client}?q=price"), &ada).await;
        site.get(&format!("/clients/{client}/_timeline?q=discount"), &ada).await;
        site.get("/clients?q=ann", &ada).await;
        site.get("/clients/_rows?q=anna", &ada).await;
        let all = log(&archive, "olga", &by).await;
        let searched: Vec<(Option<i64>, &str)> = all
            .iter()
            .filter(|entry| entry.kind == "searched")
            .map(|entry| (entry.client_id, entry.detail.as_str()))
            .collect();
        for searched_for in [(Some(client.0), "price"), (Some(client.0), "discount"), (None, "ann"), (None, "anna")] {
            assert!(searched.contains(&searched_for), "{searched_for:?} is not in {searched:?}");
        }
        assert!(all.iter().any(|entry| entry.kind == "opened" && entry.client_id == Some(client.0)));
    }

    async fn who_is_refused_or_guesses_leaves_a_trace(archive: TestArchive) {
        office(&archive).await;
        let app: App = Office::of(&archive).app;
        let (site, max) = (Site::around(router(app.clone())), cookie(&archive, "max").await);

        site.get("/settings/people", &max).await;
        site.get(&format!("/interactions/{}", InteractionKey(7)), &max).await;
        app.watch.write(&archive).await.unwrap();

        let by = Asked { by: Some("max".into()), ..Asked::default() };
        let known = log(&archive, "olga", &by).await;
        let mut refused: Vec<&str> = known
            .iter()
            .filter(|entry| entry.kind == "refused")
            .map(|entry| entry.detail.as_str())
            .collect();
        refused.sort_unstable();
        assert_eq!(refused, [format!("GET /interactions/{}", InteractionKey(7)).as_str(), "GET /settings/people"]);
    }

    async fn requests_beyond_the_measure_are_counted_into_one_line_a_minute(archive: TestArchive) {
        office(&archive).await;
        let mut app: App = Office::of(&archive).app;
        app.limits = std::sync::Arc::new(Limits::a_minute(4));
        let (site, max) = (Site::around(router(app.clone())), cookie(&archive, "max").await);

        let statuses = async |cookie: &str| {
            let mut statuses = Vec::new();
            for _ in 0..6 {
                statuses.push(site.get("/settings/you", cookie).await.0.as_u16());
            }
            statuses
        };
        assert_eq!(statuses(&max).await, [200, 200, 429, 429, 429, 429]);
        assert_eq!(statuses("").await[1..], [429; 5]);
        app.limits.report(&archive).await.unwrap();
        app.limits.report(&archive).await.unwrap();

        let known = log(&archive, "olga", &Asked::default()).await;
        let told: Vec<(&str, &str)> = known
            .iter()
            .filter(|entry| entry.kind == "too-many")
            .map(|entry| (entry.by_name.as_str(), entry.detail.as_str()))
            .collect();
        assert_eq!(told.len(), 2, "one line for each, once: {told:?}");
        assert!(told.contains(&("max", "4 × 10.0.0.1")) && told.contains(&("kronika", "5 × 10.0.0.1")), "{told:?}");
        archive.is_sound().await;
    }

    async fn a_line_about_what_one_does_not_see_is_none(archive: TestArchive) {
        let (_, key) = office(&archive).await;
        archive.account("mia", Role::Manager).await;
        let app: App = Office::of(&archive).app;
        let (site, max) = (Site::around(router(app.clone())), cookie(&archive, "max").await);
        site.get(&format!("/interactions/{key}"), &max).await;
        app.watch.write(&archive).await.unwrap();
        assert!(!log(&archive, "mia", &of(key)).await.is_empty());

        let sight = InteractionSight {
            sensitivity: Sensitivity::Restricted,
            people: Vec::new(),
            whole_thread: false,
        };
        access::set_sensitivity(&archive, key, sight, &archive.someone("olga").await).await.unwrap();

        assert!(log(&archive, "mia", &of(key)).await.is_empty());
        let everything = log(&archive, "mia", &Asked::default()).await;
        assert!(everything.iter().all(|entry| entry.interaction_key != Some(key.0)));
        assert!(log(&archive, "olga", &of(key)).await.len() >= 2);
    }

    async fn a_member_sees_only_lines_of_their_own(archive: TestArchive) {
        let (client, _) = office(&archive).await;
        let (site, max) = (Site::of(&archive), cookie(&archive, "max").await);
        cookie(&archive, "olga").await;

        let (status, page) = site.get("/settings/log?by=olga", &max).await;

        assert_eq!(status.as_u16(), 200);
        assert!(page.contains("<b>max</b>") && !page.contains("<b>olga</b>"), "{page}");
        let (status, _) = site.get(&format!("/clients/{client}/log"), &max).await;
        assert_eq!(status.as_u16(), 403);
    }
}

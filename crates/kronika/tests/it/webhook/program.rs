//! Webhooks as the API and the pages have them.

use axum::http::StatusCode;
use kronika::access::Role;
use kronika::user::token::TokenScope;
use kronika::web::app::App;
use serde_json::{Value, json};

use super::receiver::{Receiver, Reply};
use super::{PUBLIC, way_out};
use crate::api::program::{Answer, Program};
use crate::api::token_for;
use crate::support::TestArchive;
use crate::support::office::{Browser, Office};

fn office(archive: &TestArchive) -> Office {
    Office::with(archive, |app: &mut App| {
        app.outgoing = way_out();
        app.courier = std::sync::Arc::new(kronika::webhook::courier::Courier::new(
            archive.archive.clone(),
            app.outgoing.clone(),
            PUBLIC.to_owned(),
        ));
    })
}

async fn send(program: &Program, method: &str, path: &str, body: Value) -> Answer {
    let headers = [("content-type", "application/json")];
    program.send(method, path, &headers, body.to_string()).await
}

/// An office whose owner's program made a webhook: its path, and its secret.
async fn made(archive: &TestArchive, receiver: &Receiver) -> (Office, Program, String, String) {
    archive.account("olga", Role::Owner).await;
    let office = office(archive);
    let program = Program::at(&office, &token_for(archive, "olga", &TokenScope::ALL).await);
    archive.sealer.seal(archive).await.unwrap();
    let new = json!({ "name": "Accounting", "url": receiver.url, "events": ["client.created"] });
    let keyed = [("content-type", "application/json"), ("idempotency-key", "once")];
    let made = program.send("POST", "/webhooks", &keyed, new.to_string()).await;
    let again = program.send("POST", "/webhooks", &keyed, new.to_string()).await;
    assert_eq!((made.status, &made.bytes), (StatusCode::CREATED, &again.bytes));
    let secret = made.json()["secret"].as_str().unwrap().to_owned();
    let path = made.header("location").replace("/api/v1", "");
    (office, program, path, secret)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_makes_changes_and_removes_a_webhook_and_is_told_its_secret_once() {
    let (archive, receiver) = (TestArchive::on_sqlite().await, Receiver::start().await);
    let (_, program, path, secret) = made(&archive, &receiver).await;

    let answers = archive
        .numbers("SELECT LENGTH(answer) FROM local_idempotency")
        .await;
    assert_eq!(answers.len(), 1);
    let kept = archive
        .number("SELECT COUNT(*) FROM local_idempotency WHERE INSTR(CAST(answer AS TEXT), 'whsec') > 0");
    assert_eq!(kept.await, 0, "what is kept to be answered again is sealed");
    let shown = program.get(&path).await;
    assert!(
        !String::from_utf8_lossy(&shown.bytes).contains(&secret[..10]),
        "never again"
    );
    let stale = [("content-type", "application/json"), ("if-match", "\"old\"")];
    let patch = r#"{"name":"Books"}"#;
    let refused = program.send("PATCH", &path, &stale, patch.to_owned()).await;
    assert_eq!(refused.status, StatusCode::PRECONDITION_FAILED);
    let tag = shown.header("etag");
    let fresh = [("content-type", "application/json"), ("if-match", tag.as_str())];
    let renamed = program.send("PATCH", &path, &fresh, patch.to_owned()).await;
    assert_eq!(renamed.json()["name"], "Books");

    let removed = program.send("DELETE", &path, &[], String::new()).await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT);
    assert_eq!(program.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        archive.number("SELECT COUNT(*) FROM local_webhook_state").await,
        0
    );
    archive.is_sound().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_program_sees_what_became_of_deliveries_and_sends_them_again() {
    let (archive, receiver) = (TestArchive::on_sqlite().await, Receiver::start().await);
    let (office, program, path, secret) = made(&archive, &receiver).await;
    let courier = office.app.courier.clone();
    receiver.answer([Reply::Status(503)]);
    archive.client("Anna", &[], &[]).await;
    archive.sealer.seal(&archive).await.unwrap();
    courier.turn().await.unwrap();

    let waiting = program.get(&format!("{path}/deliveries?state=waiting")).await;
    let waiting = waiting.json()["items"][0].clone();
    assert_eq!((&waiting["status"], &waiting["tries"]), (&json!(503), &json!(1)));
    assert_eq!(waiting["event"], receiver.heard()[0].id());
    let id = waiting["id"].as_str().unwrap();
    let replayed = send(
        &program,
        "POST",
        &format!("{path}/deliveries/{id}/replay"),
        json!({}),
    )
    .await;
    assert_eq!(replayed.status, StatusCode::NO_CONTENT);
    let tested = send(&program, "POST", &format!("{path}/test"), json!({})).await;
    assert_eq!(tested.status, StatusCode::ACCEPTED);
    courier.turn().await.unwrap();

    let delivered = format!("{path}/deliveries?state=delivered&limit=1");
    let page = program.get(&delivered).await.json();
    assert_eq!(page["items"][0]["type"], "webhook.test");
    let next = page["next"].as_str().unwrap();
    let page = program.get(&format!("{delivered}&cursor={next}")).await;
    assert_eq!(page.json()["items"][0]["type"], "client.created");
    assert!(receiver.heard().iter().all(|heard| heard.is_signed_by(&secret)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_elses_webhook_can_be_stopped_and_nothing_else() {
    let archive = TestArchive::on_sqlite().await;
    archive.account("olga", Role::Owner).await;
    archive.account("ada", Role::Administrator).await;
    let office = office(&archive);
    let program = Program::at(&office, &token_for(&archive, "olga", &TokenScope::ALL).await);
    let other = program.with(&token_for(&archive, "ada", &TokenScope::ALL).await);
    let new = json!({ "name": "Hers", "url": "https://8.8.8.8/", "events": ["client.created"] });
    let made = send(&program, "POST", "/webhooks", new).await;
    let path = made.header("location").replace("/api/v1", "");

    for (method, rest, body) in [
        ("PATCH", "", json!({ "url": "https://9.9.9.9/" })),
        ("PATCH", "", json!({ "paused": false })),
        ("POST", "/secret", json!({})),
        ("POST", "/test", json!({})),
        ("POST", "/replay", json!({})),
    ] {
        let refused = send(&other, method, &format!("{path}{rest}"), body).await;
        let kind = "urn:kronika:problem:webhook-not-yours";
        assert_eq!(
            (refused.status, &refused.json()["type"]),
            (StatusCode::FORBIDDEN, &json!(kind)),
            "{rest}"
        );
    }
    assert_eq!(
        other.get(&format!("{path}/deliveries")).await.status,
        StatusCode::FORBIDDEN
    );
    let paused = send(&other, "PATCH", &path, json!({ "paused": true })).await;
    assert_eq!(paused.json()["paused"], true);
    for url in [
        "https://127.0.0.2/",
        "http://8.8.8.8/",
        "https://me:pw@8.8.8.8/",
        "ftp://8.8.8.8/",
        "x",
    ] {
        let new = json!({ "name": "x", "url": url, "events": ["client.created"] });
        let refused = send(&program, "POST", "/webhooks", new).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{url}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_makes_a_webhook_on_a_page_and_sees_its_secret_once() {
    let archive = TestArchive::on_sqlite().await;
    let olga = archive.account("olga", Role::Owner).await;
    let (office, receiver) = (office(&archive), Receiver::start().await);
    let mut browser = Browser::at(1);
    let cookie = archive.session_of(olga).await;
    let (name, value) = cookie.split_once('=').unwrap();
    browser.cookies.push((name.to_owned(), value.to_owned()));

    let fields = [
        ("name", "Books"),
        ("url", "https://10.0.0.1/"),
        ("event", "client.created"),
    ];
    let refused = office.post(&mut browser, "/settings/webhooks", &fields).await;
    assert!(refused.text.contains("private network") && refused.text.contains("https://10.0.0.1/"));
    let fields = [
        ("name", "Books"),
        ("url", receiver.url.as_str()),
        ("event", "client.created"),
    ];
    let made = office.post(&mut browser, "/settings/webhooks", &fields).await;
    assert!(made.text.contains("whsec_"));
    let path = format!(
        "/settings/webhooks/{}",
        made.between("action=\"/settings/webhooks/", "/")
    );
    let tested = office.post(&mut browser, &format!("{path}/test"), &[]).await;
    assert_eq!(tested.location, path);
    office.app.courier.turn().await.unwrap();

    let shown = office.get(&mut browser, &path).await;
    assert!(shown.text.contains("webhook.test") && shown.text.contains("delivered"));
    assert!(!shown.text.contains("whsec_"));
    assert_eq!(receiver.kinds(), ["webhook.test"]);
}

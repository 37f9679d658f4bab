//! Pages of many, tags, problems.

use kronika::access::Role;
use serde_json::json;

use super::program::{Answer, Program};
use super::token_of;
use crate::on_each_database;
use crate::support::{TestArchive, mail};

/// All ids of a list, two a page; `between` happens after the first page.
async fn walk(program: &Program, path: &str, between: impl AsyncFnOnce()) -> Vec<String> {
    let first = program.get(&format!("{path}limit=2")).await;
    assert_eq!(first.status, 200, "{path}");
    let (mut ids, mut next) = (first.ids(), next_of(&first));
    between().await;
    while let Some(cursor) = next {
        let page = program.get(&format!("{path}limit=2&cursor={cursor}")).await;
        ids.extend(page.ids());
        next = next_of(&page);
    }
    ids
}

fn next_of(page: &Answer) -> Option<String> {
    page.json()["next"].as_str().map(str::to_owned)
}

on_each_database! {
    async fn a_list_of_clients_is_walked_through_whatever_comes_meanwhile(archive: TestArchive) {
        let mut known = Vec::new();
        for name in ["Adam", "Beata", "Cyryl", "Dorota", "Emil"] {
            let address = format!("{name}@{name}.example");
            known.push(archive.client(name, &[&address], &[]).await.to_string());
        }
        let program = Program::of(&archive, &token_of(&archive, Role::Owner).await);
        for sort in ["name", "last", "count"] {
            let name = format!("Aaron {sort}");
            let mut seen = walk(&program, &format!("/clients?sort={sort}&"), async || {
                archive.client(&name, &[], &[]).await;
            })
            .await;
            let all = seen.len();
            seen.sort();
            seen.dedup();
            assert_eq!(seen.len(), all, "{sort}: none twice");
            assert!(known.iter().all(|id| seen.contains(id)), "{sort}: none is missing");
        }
    }

    async fn interactions_are_walked_through_once_each(archive: TestArchive) {
        archive.own("ours.example").await;
        let client = archive.client("Anna", &["anna@client.example"], &[]).await;
        let mut keys = Vec::new();
        for number in 0..5 {
            keys.push(archive.record(&mail(&format!("Offer {number}"))).await.to_string());
        }
        let program = Program::of(&archive, &token_of(&archive, Role::Owner).await);
        keys.sort_by(|one, other| other.cmp(one));

        assert_eq!(walk(&program, &format!("/clients/{client}/timeline?"), async || {}).await, keys);
        assert_eq!(walk(&program, &format!("/clients/{client}/timeline?q=offer&"), async || {}).await, keys);
        assert_eq!(walk(&program, "/search?q=offer&", async || {}).await, keys);
        assert!(walk(&program, "/inbox?", async || {}).await.is_empty());
        assert_eq!(program.get("/search?q=offer&order=best&limit=3").await.ids().len(), 3);
    }

    async fn what_is_changed_is_what_was_seen(archive: TestArchive) {
        let client = archive.client("Anna", &[], &[]).await;
        let program = Program::of(&archive, &token_of(&archive, Role::Owner).await);
        let path = format!("/clients/{client}");
        let seen = program.get(&path).await.header("etag");

        let same = program.send("GET", &path, &[("if-none-match", &seen)], "").await;
        assert_eq!((same.status.as_u16(), same.bytes.len(), same.header("etag")), (304, 0, seen.clone()));
        let change = json!({ "city": "Kraków" });
        let changed = program.json("PATCH", &path, &[("if-match", &seen)], &change).await;
        assert_eq!((changed.status.as_u16(), &changed.json()["city"]), (200, &json!("Kraków")));
        let late = program.json("PATCH", &path, &[("if-match", &seen)], &json!({ "city": "Opole" })).await;

        assert_eq!(late.status, 412);
        let now = program.send("GET", &path, &[("if-none-match", &seen)], "").await;
        assert_eq!((now.status.as_u16(), &now.json()["city"], &now.json()["name"]), (200, &json!("Kraków"), &json!("Anna")));
        archive.is_sound().await;
    }

    async fn a_message_is_given_out_as_it_came(archive: TestArchive) {
        let program = Program::of(&archive, &token_of(&archive, Role::Member).await);
        let bytes = mail("Offer").bytes();
        let kind = [("content-type", "message/rfc822")];

        let made = program.send("POST", "/interactions", &kind, bytes.clone()).await;
        assert_eq!((made.status.as_u16(), &made.json()["outcome"]), (201, &json!("recorded")));
        let id = made.json()["interaction"].as_str().unwrap().to_owned();
        let again = program.send("POST", "/interactions", &kind, bytes.clone()).await;
        assert_eq!((again.status.as_u16(), &again.json()["outcome"]), (200, &json!("already")));

        assert_eq!(program.get(&format!("/interactions/{id}/original")).await.bytes, bytes);
        assert_eq!(program.get(&format!("/interactions/{id}/proof")).await.status, 404, "not sealed yet");
        archive.sealer.seal(&archive).await.unwrap();
        assert_eq!(program.get(&format!("/interactions/{id}/proof")).await.status, 200);
        let shown = program.get(&format!("/interactions/{id}")).await.json();
        assert_eq!(shown["subject"], "Offer");
        assert_eq!(shown["sightings"][0]["mailbox"], "member/a test");
        assert_eq!(program.get("/inbox").await.ids(), [id]);
    }

    async fn what_no_database_takes_is_refused_before(archive: TestArchive) {
        let program = Program::of(&archive, &token_of(&archive, Role::Owner).await);

        assert_eq!(program.post("/clients", &json!({ "name": "a\0b" })).await.status, 422);
        assert_eq!(program.get("/search?q=a%00b").await.status, 400);
        assert_eq!(program.send("DELETE", "/own-addresses/email/a%00b", &[], "").await.status, 400);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_refusal_is_a_problem() {
    let archive = TestArchive::on_sqlite().await;
    let program = Program::of(&archive, &token_of(&archive, Role::Owner).await);
    let json = [("content-type", "application/json")];
    let large = vec![b' '; 300 * 1024];
    for (method, path, headers, body, status) in [
        ("GET", "/nothing", &json[..0], Vec::new(), 404),
        (
            "GET",
            "/me",
            &[("host", "elsewhere.example")][..],
            Vec::new(),
            421,
        ),
        ("GET", "/../../api/nothing", &json[..0], Vec::new(), 404),
        ("DELETE", "/clients", &json[..0], Vec::new(), 405),
        ("POST", "/openapi.json", &json[..0], Vec::new(), 405),
        ("GET", "/clients/nobody", &json[..0], Vec::new(), 404),
        ("GET", "/clients?limit=0", &json[..0], Vec::new(), 400),
        ("GET", "/clients?limit=201", &json[..0], Vec::new(), 400),
        ("GET", "/clients?cursor=x", &json[..0], Vec::new(), 400),
        ("GET", "/clients?colour=red", &json[..0], Vec::new(), 400),
        ("GET", "/search", &json[..0], Vec::new(), 400),
        ("POST", "/clients", &json[..0], b"{}".to_vec(), 415),
        ("POST", "/clients", &json[..], b"{".to_vec(), 400),
        ("POST", "/clients", &json[..], b"{}".to_vec(), 422),
        (
            "POST",
            "/clients",
            &json[..],
            b"{\"name\":\"a\",\"x\":1}".to_vec(),
            422,
        ),
        ("POST", "/clients", &json[..], large, 413),
        ("POST", "/interactions", &json[..], b"{}".to_vec(), 415),
        (
            "POST",
            "/interactions",
            &[("content-type", "message/rfc822")][..],
            Vec::new(),
            422,
        ),
    ] {
        let answer = program.send(method, path, headers, body).await;
        let problem = answer.json();
        assert_eq!(answer.status.as_u16(), status, "{method} {path}");
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{method} {path}"
        );
        assert_eq!(problem["status"], status);
        for field in ["type", "title", "detail"] {
            assert!(
                problem[field].as_str().is_some_and(|text| !text.is_empty()),
                "{method} {path}: {problem}"
            );
        }
    }
}

//! Every operation, asked for by every role and with every token. The document is read, so an operation without a row
//! here fails.

use std::collections::BTreeSet;

use kronika::access::act::{self as access, NewGrant};
use kronika::access::{Covers, Openness, Role};
use kronika::archive::id::ClientId;
use kronika::user::token::TokenScope;
use kronika::web::api::document;

use super::program::Program;
use super::rows::{ALL, ROWS, Row};
use super::token_for;
use crate::support::{TestArchive, mail};

/// `METHOD /path` of every operation in the document, with the scope it needs.
fn operations() -> Vec<(String, Option<String>)> {
    let mut found = Vec::new();
    for (path, item) in document::value()["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let scope = operation["security"][0]["token"][0].as_str().map(str::to_owned);
            found.push((format!("{} {path}", method.to_uppercase()), scope));
        }
    }
    found
}

#[test]
fn every_operation_has_its_row() {
    let rows: BTreeSet<String> = ROWS
        .iter()
        .map(|Row(method, path, ..)| format!("{method} {path}"))
        .collect();
    let described: BTreeSet<String> = operations().into_iter().map(|(operation, _)| operation).collect();

    assert_eq!(rows, described, "say in this table who may ask for it");
}

#[test]
fn no_route_of_the_api_goes_without_a_description() {
    let source = include_str!("../../../src/web/api/mod.rs");
    let bare: Vec<&str> = source
        .split(".route(\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();

    assert_eq!(bare, ["/api/v1/openapi.json", "/api", "/api/{*rest}"]);
}

struct Set {
    letters: Vec<(char, Role)>,
    client: ClientId,
    /// Only owners see it.
    hidden: ClientId,
    interaction: String,
}

impl Set {
    async fn up(archive: &TestArchive) -> Set {
        archive.own("ours.example").await;
        let client = archive.client("Anna", &["anna@client.example"], &[]).await;
        let hidden = archive.client("Nobody’s", &[], &[]).await;
        archive.sees(hidden, Openness::Named, &[], &[]).await;
        let interaction = archive.record(&mail("Offer")).await.to_string();
        let letters: Vec<(char, Role)> = ALL.chars().zip(Role::ALL).collect();
        for (_, role) in &letters {
            let account = archive.account(role.name(), *role).await;
            if matches!(role, Role::Auditor | Role::Expert) {
                let covers = Covers::Client(client);
                let new = NewGrant {
                    account,
                    covers,
                    valid_from: 0,
                    valid_until: Some(i64::MAX),
                };
                access::grant(archive, new, "ewa".into()).await.unwrap();
            }
        }
        archive.sealer.seal(archive).await.unwrap();
        Set {
            letters,
            client,
            hidden,
            interaction,
        }
    }

    fn filled(&self, text: &str) -> String {
        text.replace("/assignments/{client}", &format!("/assignments/{}", self.hidden))
            .replace("{client}", &self.client.to_string())
            .replace("{interaction}", &self.interaction)
            .replace("{kind}", "email")
            .replace("{value}", "nobody@nowhere.example")
            .replace("{number}", "1")
            .replace("{rule}", &ClientId(7).to_string())
            .replace("{evidence}", &ClientId(7).to_string())
            .replace("{webhook}", &ClientId(7).to_string())
            .replace("{delivery}", &ClientId(7).to_string())
            .replace("{account}", &ClientId(7).to_string())
            .replace("{invitation}", &ClientId(7).to_string())
            .replace("{team}", &ClientId(7).to_string())
            .replace("{grant}", &ClientId(7).to_string())
            .replace("{guideline}", &ClientId(7).to_string())
            .replace("{verification}", "7")
    }
}

async fn ask(program: &Program, set: &Set, Row(method, path, _, _, body): &Row) -> u16 {
    let path = match *path {
        "/search" => "/search?q=offer",
        path => path,
    };
    let headers: &[(&str, &str)] = match body.is_empty() {
        true => &[],
        false => &[("content-type", "application/json")],
    };
    let answer = program
        .send(method, &set.filled(path), headers, set.filled(body))
        .await;
    let status = answer.status.as_u16();
    if status >= 400 {
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{method} {path}"
        );
        assert_eq!(answer.json()["status"], status);
    }
    status
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_role_may_what_its_row_says_and_nothing_else() {
    let archive = TestArchive::on_sqlite().await;
    let set = Set::up(&archive).await;
    let nobody = Program::of(&archive, "");
    let mut wrong = Vec::new();
    for (letter, role) in &set.letters {
        let program = nobody.with(&token_for(&archive, role.name(), &TokenScope::ALL).await);
        for row in ROWS {
            let (may, sees) = (row.2.contains(*letter), row.3.contains(*letter));
            let status = ask(&program, &set, row).await;
            let fine = match (may, sees) {
                (false, _) => status == 403,
                (true, false) => status == 404,
                (true, true) => !matches!(status, 401 | 403 | 404 | 405 | 500..),
            };
            if !fine {
                wrong.push(format!("{} {} answers {letter} with {status}", row.0, row.1));
            }
            assert_eq!(ask(&nobody, &set, row).await, 401);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_is_good_for_what_the_document_says_and_nothing_else() {
    let archive = TestArchive::on_sqlite().await;
    let set = Set::up(&archive).await;
    let mut programs = Vec::new();
    for scope in TokenScope::ALL {
        let token = token_for(&archive, "owner", &[scope]).await;
        programs.push((scope.name(), Program::of(&archive, &token)));
    }
    for (operation, needed) in operations() {
        let row = ROWS
            .iter()
            .find(|row| operation == format!("{} {}", row.0, row.1))
            .unwrap();
        for (scope, program) in &programs {
            let status = ask(program, &set, row).await;
            let good = needed.as_deref().is_none_or(|needed| needed == *scope);
            assert_eq!(
                status != 403,
                good,
                "{operation} with a token for {scope}: {status}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_seen_is_answered_like_what_is_not_there() {
    let archive = TestArchive::on_sqlite().await;
    let hidden = archive.client("Nobody’s", &["anna@client.example"], &[]).await;
    let interaction = archive.record(&mail("Secret offer")).await;
    archive.sees(hidden, Openness::Named, &[], &[]).await;
    archive.account("member", Role::Member).await;
    let program = Program::of(&archive, &token_for(&archive, "member", &TokenScope::ALL).await);

    for (there, not_there) in [
        (format!("/clients/{hidden}"), format!("/clients/{}", ClientId(7))),
        (
            format!("/clients/{hidden}/timeline"),
            format!("/clients/{}/timeline", ClientId(7)),
        ),
        (
            format!("/interactions/{interaction}"),
            format!("/interactions/{}", ClientId(7)),
        ),
        (
            format!("/interactions/{interaction}/original"),
            format!("/interactions/{}/original", ClientId(7)),
        ),
    ] {
        let (one, other) = (program.get(&there).await, program.get(&not_there).await);
        assert_eq!((one.status.as_u16(), &one.bytes), (404, &other.bytes), "{there}");
    }
    assert!(program.get("/search?q=secret").await.ids().is_empty());
    assert!(program.get("/clients").await.ids().is_empty());
    assert!(program.get("/inbox").await.ids().is_empty());
    let again = program.send(
        "POST",
        "/interactions",
        &[("content-type", "message/rfc822")],
        mail("Secret offer").bytes(),
    );
    let again = again.await;
    assert_eq!(again.status, 200);
    assert!(again.json().get("interaction").is_none(), "{}", again.json());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_look_from_outside_is_recorded() {
    let archive = TestArchive::on_sqlite().await;
    let set = Set::up(&archive).await;
    let program = Program::of(
        &archive,
        &token_for(&archive, "auditor", &[TokenScope::Read]).await,
    );

    program.get(&format!("/clients/{}", set.client)).await;
    program
        .get(&format!("/interactions/{}/original", set.interaction))
        .await;
    program.get(&format!("/clients/{}/timeline", set.client)).await;

    assert_eq!(
        archive
            .number("SELECT COUNT(*) FROM log_entry WHERE kind IN ('opened', 'original', 'part')")
            .await,
        3
    );
}

//! Every route, asked for by every role. The sources are read, so a route without a row here fails.

use std::collections::BTreeSet;

use axum::http::Method;
use kronika::access::act::{self as access, NewGrant};
use kronika::access::{Covers, Openness, Role};
use kronika::archive::id::{AccountId, ClientId, GrantId, InteractionKey, TeamId};

use super::rows::{OPEN, ROWS};
use super::site::Site;
use crate::support::{TestArchive, mail};

/// `METHOD /path` of every route that the sources name.
fn routes() -> BTreeSet<String> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/web/app.rs");
    let source = std::fs::read_to_string(file).unwrap();
    let mut found = BTreeSet::new();
    for call in source.split(".route(").skip(1) {
        let mut depth = 1;
        let end = call.find(|c| {
            depth += match c {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            depth == 0
        });
        let call = &call[..end.expect("a call that ends")];
        let path = call.split('"').nth(1).expect("a route has its path as text");
        for (verb, method) in [
            ("get(", "GET"),
            ("post(", "POST"),
            ("put(", "PUT"),
            ("delete(", "DELETE"),
            ("patch(", "PATCH"),
            ("any(", "ANY"),
        ] {
            if call.contains(verb) {
                found.insert(format!("{method} {path}"));
            }
        }
    }
    found
}

#[test]
fn every_route_has_its_row() {
    let rows = ROWS.iter().map(|row| format!("{} {}", row.method, row.path));
    let rows: BTreeSet<String> = rows.chain(OPEN.map(str::to_owned)).collect();
    let routes = routes();

    let missing: Vec<_> = routes.difference(&rows).collect();
    let surplus: Vec<_> = rows.difference(&routes).collect();
    assert!(routes.len() > 50, "the sources are read wrongly: {routes:?}");
    assert!(
        missing.is_empty(),
        "say in this table who may ask for {missing:?}"
    );
    assert!(surplus.is_empty(), "there is no route {surplus:?}");
}

/// What the paths name.
struct Ids {
    client: ClientId,
    hidden: ClientId,
    interaction: InteractionKey,
    team: TeamId,
    account: AccountId,
    grant: GrantId,
}

impl Ids {
    fn filled(&self, text: &str) -> String {
        text.replace("{client}", &self.client.to_string())
            .replace("{hidden}", &self.hidden.to_string())
            .replace("{interaction}", &self.interaction.to_string())
            .replace("{team}", &self.team.to_string())
            .replace(
                "/settings/people/{account}",
                &format!("/settings/people/{}", ClientId(7)),
            )
            .replace("{account}", &self.account.to_string())
            .replace("{grant}", &self.grant.to_string())
            .replace("/verifications/{id}", "/verifications/7")
            // There is none of this id: whoever may, is told so.
            .replace("{guideline}", &ClientId(7).to_string())
            .replace("{invitation}", &ClientId(7).to_string())
            .replace("{passkey}", &ClientId(7).to_string())
            .replace("{provider}", "none")
            .replace("{token}", &ClientId(7).to_string())
            .replace("{evidence}", &ClientId(7).to_string())
            .replace("{webhook}", &ClientId(7).to_string())
            .replace("{delivery}", &ClientId(7).to_string())
            .replace("{id}", &ClientId(7).to_string())
            .replace("{number}", "1")
    }
}

const LETTERS: [(char, Role); 6] = [
    ('o', Role::Owner),
    ('A', Role::Administrator),
    ('m', Role::Manager),
    ('M', Role::Member),
    ('a', Role::Auditor),
    ('e', Role::Expert),
];

async fn set_up(archive: &TestArchive) -> (Ids, Vec<(char, String)>) {
    archive.own("ours.example").await;
    let client = archive.client("Anna", &["anna@client.example"], &[]).await;
    let hidden = archive.client("Nobody’s", &[], &[]).await;
    archive.sees(hidden, Openness::Named, &[], &[]).await;
    let interaction = archive.record(&mail("Offer")).await;
    let team = access::add_team(archive, "Office", "ewa").await.unwrap();
    let mut cookies = Vec::new();
    let mut last = None;
    for (letter, role) in LETTERS {
        let account = archive.account(role.name(), role).await;
        cookies.push((letter, archive.session_of(account).await));
        if role.is_outside() {
            let new = NewGrant {
                account,
                covers: Covers::Client(client),
                valid_from: 0,
                valid_until: Some(i64::MAX),
            };
            access::grant(archive, new, "ewa".into()).await.unwrap();
        }
        last = Some(account);
    }
    let account = last.unwrap();
    // One more, so that ending it changes nothing of what the others see.
    let new = NewGrant {
        account,
        covers: Covers::Client(hidden),
        valid_from: 0,
        valid_until: Some(1),
    };
    let grant = access::grant(archive, new, "ewa".into()).await.unwrap();
    archive.sealer.seal(archive).await.unwrap();
    let ids = Ids {
        client,
        hidden,
        interaction,
        team,
        account,
        grant,
    };
    (ids, cookies)
}

async fn holds(archive: TestArchive) {
    let (ids, cookies) = set_up(&archive).await;
    let site = Site::of(&archive);
    let mut wrong = Vec::new();
    for row in ROWS {
        let (path, form) = (ids.filled(row.path), ids.filled(row.form));
        let method = Method::from_bytes(row.method.as_bytes()).unwrap();
        let (nobody, _) = site.ask(method.clone(), &path, "", &form).await;
        if !matches!(nobody.as_u16(), 303 | 401) {
            wrong.push(format!("{} {path} answers nobody with {nobody}", row.method));
        }
        for (letter, cookie) in &cookies {
            let (status, _) = site.ask(method.clone(), &path, cookie, &form).await;
            let (may, sees) = (row.may.contains(*letter), row.sees.contains(*letter));
            let fine = match (may, sees) {
                (false, _) => status.as_u16() == 403,
                (true, false) => status.as_u16() == 404,
                // What is asked for may be missing a part, or be wrong, but it is not refused.
                (true, true) => status.as_u16() != 403 && !status.is_server_error(),
            };
            if !fine {
                wrong.push(format!("{} {path} answers {letter} with {status}", row.method));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_role_may_what_its_row_says_and_nothing_else() {
    holds(TestArchive::on_sqlite().await).await;
}

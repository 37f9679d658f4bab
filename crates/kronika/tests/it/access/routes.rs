//! Every route, asked for by every role. The sources are read, so a route without a row here fails.

use std::collections::BTreeSet;

use axum::http::Method;
use kronika::access::act::{self as access, NewGrant};
use kronika::access::{Covers, Openness, Role};
use kronika::archive::id::{AccountId, ClientId, GrantId, InteractionKey, TeamId};

use super::site::Site;
use crate::support::{TestArchive, mail};

/// Who may: the letters of owner, administrator, manager, member, auditor, expert. Whoever may not is refused (403)
/// when it is by what they may do, and told that there is nothing (404) when it is by what they see.
struct Row {
    method: &'static str,
    path: &'static str,
    may: &'static str,
    sees: &'static str,
    form: &'static str,
}

const EVERYBODY: &str = "oAmMae";
/// Who may change what they see.
const STAFF: &str = "omM";
/// Whoever belongs to the firm.
const INSIDE: &str = "oAmM";
/// Who sees the client and the interaction of these tests, which are open; the auditor and the expert were given them.
const SEES: &str = "omMae";

const fn row(method: &'static str, path: &'static str, may: &'static str, sees: &'static str) -> Row {
    Row {
        method,
        path,
        may,
        sees,
        form: "",
    }
}

const fn sends(path: &'static str, may: &'static str, sees: &'static str, form: &'static str) -> Row {
    Row {
        method: "POST",
        path,
        may,
        sees,
        form,
    }
}

/// Whoever is not signed in is only let in here.
const OPEN: [&str; 12] = [
    "GET /assets/{file}",
    "GET /health",
    "GET /sign-in",
    "POST /sign-in",
    "POST /sign-in/code",
    "POST /sign-in/passkey",
    "POST /sign-in/passkey/begin",
    "GET /sign-in/openid/{provider}",
    "GET /sign-in/openid/{provider}/callback",
    "GET /invitations/{token}",
    "GET /invitations/{token}/openid/{provider}",
    "POST /invitations/{token}",
];

const ROWS: &[Row] = &[
    row("GET", "/", EVERYBODY, EVERYBODY),
    row("GET", "/clients", EVERYBODY, EVERYBODY),
    row("GET", "/clients/_rows", EVERYBODY, EVERYBODY),
    row("GET", "/clients/_suggest", STAFF, EVERYBODY),
    row("GET", "/clients/new", STAFF, EVERYBODY),
    sends("/clients", STAFF, EVERYBODY, "name="),
    row("GET", "/clients/{client}", EVERYBODY, SEES),
    row("GET", "/clients/{client}/_timeline", EVERYBODY, SEES),
    row("GET", "/clients/{client}/edit", STAFF, SEES),
    sends("/clients/{client}", STAFF, SEES, "name="),
    sends(
        "/clients/{client}/addresses",
        STAFF,
        SEES,
        "kind=email&value=a@b.example",
    ),
    sends(
        "/clients/{client}/addresses/remove",
        STAFF,
        SEES,
        "kind=email&value=a@b.example",
    ),
    sends("/clients/{client}/access", "om", SEES, "openness=open"),
    row("GET", "/interactions/{interaction}", EVERYBODY, SEES),
    row("GET", "/interactions/{interaction}/_open", EVERYBODY, SEES),
    row("GET", "/interactions/{interaction}/html", EVERYBODY, SEES),
    row("GET", "/interactions/{interaction}/original", EVERYBODY, SEES),
    row("GET", "/interactions/{interaction}/proof", EVERYBODY, SEES),
    row(
        "GET",
        "/interactions/{interaction}/parts/{number}",
        EVERYBODY,
        SEES,
    ),
    sends(
        "/interactions/{interaction}/assignments",
        STAFF,
        SEES,
        "client={client}",
    ),
    sends(
        "/interactions/{interaction}/assignments/{client}/remove",
        STAFF,
        SEES,
        "client={hidden}",
    ),
    sends("/interactions/{interaction}/ignore", STAFF, SEES, "reason=noise"),
    sends("/interactions/{interaction}/restore", STAFF, SEES, "reason="),
    sends("/interactions/{interaction}/retry", STAFF, SEES, "reason="),
    sends(
        "/interactions/{interaction}/access",
        STAFF,
        SEES,
        "sensitivity=none",
    ),
    row("GET", "/guidelines", INSIDE, EVERYBODY),
    row("GET", "/guidelines/new", "om", EVERYBODY),
    sends("/guidelines", "om", EVERYBODY, "title="),
    row("GET", "/guidelines/{guideline}", INSIDE, ""),
    sends("/guidelines/{guideline}", "om", EVERYBODY, "title="),
    row("GET", "/guidelines/{guideline}/edit", "om", ""),
    sends("/guidelines/{guideline}/accept", INSIDE, "", "version=1"),
    sends("/guidelines/{guideline}/remind", "om", "", "x=1"),
    sends("/guidelines/{guideline}/withdraw", "om", "", "x=1"),
    row("GET", "/inbox", EVERYBODY, EVERYBODY),
    row("GET", "/inbox/_rows", EVERYBODY, EVERYBODY),
    row("GET", "/search", EVERYBODY, EVERYBODY),
    row("GET", "/search/_results", EVERYBODY, EVERYBODY),
    row("GET", "/settings/api", EVERYBODY, EVERYBODY),
    row("GET", "/settings/journal", "oAa", EVERYBODY),
    sends("/verifications", "oAa", EVERYBODY, "start=1"),
    row("GET", "/verifications/{id}/events", "oAa", ""),
    row("GET", "/settings/addresses", "oA", EVERYBODY),
    sends("/settings/addresses", "oA", EVERYBODY, "value=nothing"),
    sends(
        "/settings/addresses/remove",
        "oA",
        EVERYBODY,
        "kind=email&value=a@b.example",
    ),
    row("GET", "/settings/webhooks", "oA", EVERYBODY),
    sends("/settings/webhooks", "oA", EVERYBODY, "name="),
    row("GET", "/settings/webhooks/{webhook}", "oA", ""),
    sends("/settings/webhooks/{webhook}", "oA", "", "name="),
    sends("/settings/webhooks/{webhook}/pause", "oA", "", "x=1"),
    sends("/settings/webhooks/{webhook}/resume", "oA", "", "x=1"),
    sends("/settings/webhooks/{webhook}/secret", "oA", "", "x=1"),
    sends("/settings/webhooks/{webhook}/test", "oA", "", "x=1"),
    sends("/settings/webhooks/{webhook}/remove", "oA", "", "x=1"),
    sends("/settings/webhooks/{webhook}/replay", "oA", "", "x=1"),
    sends(
        "/settings/webhooks/{webhook}/deliveries/{delivery}/replay",
        "oA",
        "",
        "x=1",
    ),
    row("GET", "/settings/rules", STAFF, EVERYBODY),
    sends("/settings/rules", STAFF, EVERYBODY, "field=subject"),
    sends("/settings/rules/remove", STAFF, EVERYBODY, "id={client}"),
    row("GET", "/settings/you", EVERYBODY, EVERYBODY),
    sends("/settings/you", EVERYBODY, EVERYBODY, "language=en&theme=light"),
    row("GET", "/settings/people", "oA", EVERYBODY),
    sends(
        "/settings/people/invitations",
        "oA",
        EVERYBODY,
        "name=&role=member&language=en",
    ),
    sends(
        "/settings/people/invitations/{invitation}/withdraw",
        "oA",
        "",
        "x=1",
    ),
    sends("/settings/people/{account}/role", "oA", "", "role=member"),
    row("GET", "/settings/people/{account}/remove", "oA", ""),
    sends("/settings/people/{account}/remove", "oA", "", "x=1"),
    sends("/settings/you/password", EVERYBODY, EVERYBODY, "x=1"),
    row("GET", "/settings/you/authenticator", EVERYBODY, EVERYBODY),
    sends("/settings/you/authenticator", EVERYBODY, EVERYBODY, "x=1"),
    sends("/settings/you/authenticator/confirm", EVERYBODY, EVERYBODY, "x=1"),
    sends("/settings/you/authenticator/remove", EVERYBODY, EVERYBODY, "x=1"),
    sends("/settings/you/recovery-codes", EVERYBODY, EVERYBODY, "x=1"),
    row("GET", "/settings/you/tokens", EVERYBODY, EVERYBODY),
    sends("/settings/you/tokens", EVERYBODY, EVERYBODY, "x=1"),
    sends("/settings/you/tokens/{token}/revoke", EVERYBODY, "", "x=1"),
    sends("/settings/you/passkeys", EVERYBODY, EVERYBODY, "x=1"),
    sends("/settings/you/passkeys/begin", EVERYBODY, EVERYBODY, "x=1"),
    sends("/settings/you/identities/{provider}/link", EVERYBODY, "", "x=1"),
    sends("/settings/you/identities/{provider}/unlink", EVERYBODY, "", "x=1"),
    row(
        "GET",
        "/settings/you/identities/{provider}/confirm",
        EVERYBODY,
        "",
    ),
    // There are no others on a server of one archive.
    row("GET", "/settings/you/archives", EVERYBODY, ""),
    sends("/settings/you/archives", EVERYBODY, "", "x=1"),
    row("GET", "/settings/you/archives/join", EVERYBODY, ""),
    sends("/settings/you/archives/join", EVERYBODY, "", "x=1"),
    sends("/settings/you/archives/leave", EVERYBODY, "", "x=1"),
    sends("/settings/you/sessions/end", EVERYBODY, EVERYBODY, "x=1"),
    sends("/settings/you/sessions/end-others", EVERYBODY, EVERYBODY, "x=1"),
    sends(
        "/settings/you/passkeys/{passkey}/rename",
        EVERYBODY,
        EVERYBODY,
        "name=x",
    ),
    sends(
        "/settings/you/passkeys/{passkey}/remove",
        EVERYBODY,
        EVERYBODY,
        "name=x",
    ),
    row("GET", "/settings/teams", "o", EVERYBODY),
    sends("/settings/teams", "o", EVERYBODY, "name="),
    sends("/settings/teams/{team}", "o", EVERYBODY, "name=Office"),
    sends("/settings/teams/{team}/remove", "o", EVERYBODY, "name=Office"),
    sends("/settings/mailboxes/{account}", "o", EVERYBODY, "addresses=none"),
    row("GET", "/settings/grants", "o", EVERYBODY),
    sends("/settings/grants", "o", EVERYBODY, "account="),
    sends("/settings/grants/{grant}/end", "o", EVERYBODY, "end=1"),
    row("GET", "/settings/rights", EVERYBODY, EVERYBODY),
    row("GET", "/settings/log", EVERYBODY, EVERYBODY),
    row("GET", "/clients/{client}/log", "oAma", "oma"),
    row("GET", "/interactions/{interaction}/log", "oAma", "oma"),
    row("GET", "/imports", STAFF, EVERYBODY),
    sends("/imports", STAFF, EVERYBODY, "--b--\r\n"),
    sends("/imports/{id}/retry", STAFF, "", "x=1"),
    sends("/imports/refused/{id}/dismiss", STAFF, "", "x=1"),
    row("GET", "/imports/{id}", STAFF, ""),
    row("GET", "/imports/{id}/events", STAFF, ""),
    sends("/sign-out", EVERYBODY, EVERYBODY, "leave=1"),
];

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

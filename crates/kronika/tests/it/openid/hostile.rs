//! A provider that lies, or somebody in between.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use data_encoding::BASE64URL_NOPAD;
use kronika::access::Role;
use serde_json::{Value, json};

use super::{BEGIN, ewa, office, query, refused};
use crate::account::{PASSWORD, account, nowhere};
use crate::on_each_database;
use crate::support::TestArchive;
use crate::support::office::{Answer, Browser, Office};
use crate::support::provider::{Manner, Rogue, SECRET, signed};

const TOKEN: &str = "is not signed as it should be, or is meant for somebody else.";
const CLOCK: &str = "The provider’s answer is of another time.";
const ISSUER: &str = "The answer came from another provider than the one that was asked.";
const DOWN: &str = "The provider does not answer as it should.";

/// One sign-in that is under way.
struct Under {
    browser: Browser,
    state: String,
    nonce: String,
    challenge: String,
}

async fn under_way(office: &Office, browser: Browser) -> Under {
    let mut browser = browser;
    let sent = office.get(&mut browser, BEGIN).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let query = query(&sent.location);
    assert_eq!(query["code_challenge_method"], "S256");
    assert_eq!(
        query["redirect_uri"],
        "https://kronika.example/sign-in/openid/sso/callback"
    );
    let field = |name: &str| query[name].clone();
    Under {
        browser,
        state: field("state"),
        nonce: field("nonce"),
        challenge: field("code_challenge"),
    }
}

impl Under {
    async fn comes_back_with(&mut self, office: &Office, rest: &str) -> Answer {
        let path = format!("{BEGIN}/callback?state={}&{rest}", self.state);
        office.get(&mut self.browser, &path).await
    }

    /// Comes back with a code for which the rogue gives this token.
    async fn brings(&mut self, office: &Office, rogue: &Rogue, token: String) -> Answer {
        let code = rogue.code_for(token, &self.challenge);
        self.comes_back_with(office, &format!("code={code}")).await
    }
}

fn header() -> Value {
    json!({ "alg": "ES256", "kid": "first", "typ": "JWT" })
}

/// What a right token says.
fn claims(archive: &TestArchive, rogue: &Rogue, nonce: &str) -> Value {
    let now = archive.clock.now() / 1_000_000;
    json!({
        "iss": rogue.issuer, "sub": "1", "aud": "kronika", "nonce": nonce, "iat": now, "exp": now + 300,
        "email": "ewa@office.example",
    })
}

fn with(mut claims: Value, change: Value) -> Value {
    for (name, value) in change.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
}

/// An archive at which somebody is linked with the rogue's only person.
async fn set_up(archive: &mut TestArchive) -> (Rogue, Office) {
    let rogue = Rogue::start().await;
    let providers = archive.provided_by(&rogue.issuer, |_| {}).await;
    account(archive, "ewa", Role::Owner).await;
    let office = office(archive, &providers);
    let mut browser = ewa(&office).await;
    let path = "/settings/you/identities/sso/link";
    let sent = office.post(&mut browser, path, &[("current", PASSWORD)]).await;
    let address = super::unescaped(&sent.between("class=\"button main\" href=\"", "\""));
    let query = query(&address);
    let token = signed(&header(), &claims(archive, &rogue, &query["nonce"]), "first");
    let code = rogue.code_for(token, &query["code_challenge"]);
    let back = format!("{BEGIN}/callback?state={}&code={code}", query["state"]);
    assert_eq!(
        office.get(&mut browser, &back).await.location,
        "/settings/you?done=identity"
    );
    (rogue, office)
}

type Forgery = (&'static str, String, &'static str);

fn part(value: &Value) -> String {
    BASE64URL_NOPAD.encode(value.to_string().as_bytes())
}

/// Tokens that are wrong, each in one way, and what is said of them.
fn forgeries(right: &Value, now: i64) -> Vec<Forgery> {
    let sign = |change| signed(&header(), &with(right.clone(), change), "first");
    let meant = [
        ("for somebody else", json!({ "aud": "another" })),
        (
            "for us and somebody else",
            json!({ "aud": ["kronika", "another"] }),
        ),
        ("made for somebody else", json!({ "azp": "another" })),
        ("of another sign-in", json!({ "nonce": "another" })),
        ("of no sign-in", json!({ "nonce": null })),
        ("of nobody", json!({ "sub": "" })),
    ]
    .map(|(what, change)| (what, sign(change), TOKEN));
    let others = [
        (
            "of another issuer",
            json!({ "iss": "https://evil.example" }),
            ISSUER,
        ),
        ("expired", json!({ "exp": now - 61 }), CLOCK),
        ("of the future", json!({ "iat": now + 90 }), CLOCK),
    ]
    .map(|(what, change, sentence)| (what, sign(change), sentence));
    ill_signed(right).into_iter().chain(meant).chain(others).collect()
}

/// Tokens that say what is right, but are not signed as they should be.
fn ill_signed(right: &Value) -> Vec<Forgery> {
    let head = |change| signed(&with(header(), change), right, "first");
    let good = signed(&header(), right, "first");
    let (text, signature) = good.rsplit_once('.').unwrap();
    let (first, _) = text.split_once('.').unwrap();
    let other = part(&with(right.clone(), json!({ "sub": "2" })));
    let none = format!("{}.{}", part(&json!({ "alg": "none" })), part(right));
    [
        ("changed after signing", format!("{first}.{other}.{signature}")),
        ("signature of nothing", format!("{text}.{}", part(&json!("x")))),
        ("no signature", format!("{text}.")),
        ("signed by nothing", format!("{none}.")),
        (
            "signed by nothing, with a signature",
            format!("{none}.{signature}"),
        ),
        ("signed by what both know", shared(right)),
        ("signed by another key", signed(&header(), right, "another")),
        ("another kind of token", head(json!({ "typ": "at+jwt" }))),
        (
            "with something that must be understood",
            head(json!({ "crit": ["b64"], "b64": false })),
        ),
        ("no token at all", "nonsense".into()),
    ]
    .map(|(what, token)| (what, token, TOKEN))
    .into()
}

/// Signed with the client's secret, as HS256 has it.
fn shared(claims: &Value) -> String {
    use hmac::{Hmac, KeyInit, Mac};
    let text = format!("{}.{}", part(&json!({ "alg": "HS256" })), part(claims));
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    let mac = mac.finalize().into_bytes();
    format!("{text}.{}", BASE64URL_NOPAD.encode(&mac))
}

on_each_database! {
    async fn a_token_that_is_wrong_in_any_way_lets_nobody_in(archive: TestArchive) {
        let mut archive = archive;
        let (rogue, office) = set_up(&mut archive).await;
        let now = archive.clock.now() / 1_000_000;
        let count = forgeries(&json!({}), now).len();
        for n in 0..count {
            let mut under = under_way(&office, Browser::at(2)).await;
            let right = claims(&archive, &rogue, &under.nonce);
            let (what, token, sentence) = forgeries(&right, now).swap_remove(n);

            let answer = under.brings(&office, &rogue, token.clone()).await;

            assert_eq!(answer.status, StatusCode::OK, "{what}");
            assert!(answer.text.contains(sentence), "{what}: {}", answer.text);
            assert!(under.browser.cookies.is_empty(), "{what}");
            nowhere(&archive, &token).await;
        }
        assert_eq!(refused(&archive, &office).await, count as u64);
        let mut under = under_way(&office, Browser::at(2)).await;
        let right = claims(&archive, &rogue, &under.nonce);
        let answer = under.brings(&office, &rogue, signed(&header(), &right, "first")).await;
        assert_eq!(answer.location, "/", "the right one does: {}", answer.text);
    }

    async fn clocks_may_differ_by_a_minute(archive: TestArchive) {
        let mut archive = archive;
        let (rogue, office) = set_up(&mut archive).await;
        for (behind, ahead) in [(-59, -10), (300, 59)] {
            let mut under = under_way(&office, Browser::at(2)).await;
            let now = archive.clock.now() / 1_000_000;
            let change = json!({ "exp": now + behind, "iat": now + ahead });
            let right = with(claims(&archive, &rogue, &under.nonce), change);
            let answer = under.brings(&office, &rogue, signed(&header(), &right, "first")).await;
            assert_eq!(answer.location, "/", "{}", answer.text);
        }
    }

    async fn new_keys_are_read_when_they_are_needed_and_no_more_than_once_a_minute(archive: TestArchive) {
        let mut archive = archive;
        let (rogue, office) = set_up(&mut archive).await;
        rogue.shows_keys(&["second"]);
        let second = with(header(), json!({ "kid": "second" }));
        assert_eq!(rogue.asked_for_keys(), 1);
        archive.pass(61);
        let mut under = under_way(&office, Browser::at(2)).await;
        let right = claims(&archive, &rogue, &under.nonce);
        let answer = under.brings(&office, &rogue, signed(&second, &right, "second")).await;
        assert_eq!(answer.location, "/", "{}", answer.text);
        assert_eq!(rogue.asked_for_keys(), 2);

        for _ in 0..5 {
            let mut under = under_way(&office, Browser::at(2)).await;
            let right = claims(&archive, &rogue, &under.nonce);
            let third = with(header(), json!({ "kid": "third" }));
            let answer = under.brings(&office, &rogue, signed(&third, &right, "third")).await;
            assert!(answer.text.contains(TOKEN), "{}", answer.text);
        }
        assert_eq!(rogue.asked_for_keys(), 2, "strangers do not make us ask");
    }

    async fn an_answer_that_nobody_waits_for_is_refused(archive: TestArchive) {
        let mut archive = archive;
        let (rogue, office) = set_up(&mut archive).await;
        let late = "began in another browser";
        let mut under = under_way(&office, Browser::at(2)).await;
        let right = claims(&archive, &rogue, &under.nonce);
        let token = signed(&header(), &right, "first");
        let code = rogue.code_for(token.clone(), &under.challenge);
        for path in ["", "?code=x", "?state=guess&code=x", "?state=&code="] {
            let answer = office.get(&mut Browser::at(3), &format!("{BEGIN}/callback{path}")).await;
            assert!(answer.text.contains(late), "{path}: {}", answer.text);
        }
        assert_eq!(office.get(&mut Browser::at(3), "/sign-in/openid/other/callback").await.status, 404);

        let wrong = under.comes_back_with(&office, &format!("code={code}&iss=https%3A%2F%2Fevil.example")).await;
        assert!(wrong.text.contains(ISSUER), "a mixed-up provider is noticed: {}", wrong.text);
        let mut stolen = under_way(&office, Browser::at(4)).await;
        let answer = stolen.comes_back_with(&office, &format!("code={code}")).await;
        assert!(answer.text.contains("was used already or is too old"), "the verifier is another: {}", answer.text);
        let mut error = under_way(&office, Browser::at(5)).await;
        let answer = error.comes_back_with(&office, "error=server_error&error_description=%3Cb%3Eboo").await;
        assert!(answer.text.contains("The provider refused the request.") && !answer.text.contains("boo"));
        let mut nothing = under_way(&office, Browser::at(5)).await;
        assert!(nothing.comes_back_with(&office, "x=1").await.text.contains("The provider refused the request."));
    }

    async fn a_provider_that_is_down_or_says_to_be_another_is_told_of(archive: TestArchive) {
        let mut archive = archive;
        let rogue = Rogue::start().await;
        let providers = archive.provided_by(&rogue.issuer, |_| {}).await;
        account(&archive, "ewa", Role::Owner).await;
        let office = office(&archive, &providers);
        for (manner, sentence) in [
            (Manner::Down, DOWN),
            (Manner::SomebodyElse("https://evil.example".into()), ISSUER),
            (Manner::Inwards, DOWN),
        ] {
            rogue.does(manner.clone());
            archive.pass(6);
            let answer = office.get(&mut Browser::at(2), BEGIN).await;
            assert!(answer.text.contains(sentence), "{manner:?}: {}", answer.text);
        }
        assert_eq!(refused(&archive, &office).await, 3);
        rogue.does(Manner::Fine);
        let quiet = office.get(&mut Browser::at(2), BEGIN).await;
        assert!(quiet.text.contains(DOWN), "it is left alone for a moment");
        archive.pass(6);
        let mut under = under_way(&office, Browser::at(2)).await;
        rogue.does(Manner::Down);
        let right = claims(&archive, &rogue, &under.nonce);
        let answer = under.brings(&office, &rogue, signed(&header(), &right, "first")).await;
        assert!(answer.text.contains(DOWN), "{}", answer.text);
        archive.pass(7200);
        let begun = office.get(&mut Browser::at(2), BEGIN).await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER, "what was known of it is still used");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_that_is_slow_is_waited_for_ten_seconds() {
    let mut archive = TestArchive::on_sqlite().await;
    let rogue = Rogue::start().await;
    let providers = archive.provided_by(&rogue.issuer, |_| {}).await;
    let office = office(&archive, &providers);
    rogue.does(Manner::Slow(Duration::from_secs(60)));
    let began = Instant::now();

    let mut first = Browser::at(2);
    let mut second = Browser::at(3);
    let (one, other) = tokio::join!(office.get(&mut first, BEGIN), office.get(&mut second, BEGIN));

    assert!(one.text.contains(DOWN) && other.text.contains(DOWN));
    let waited = began.elapsed().as_secs();
    assert!((9..18).contains(&waited), "both wait for the same: {waited} s");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_of_the_own_network_is_asked_only_when_the_operator_says_so() {
    let mut archive = TestArchive::on_sqlite().await;
    let issuer = "https://127.0.0.1:1";
    let providers = archive
        .provided_by(issuer, |config| config.allow_private = false)
        .await;
    let office = office(&archive, &providers);

    let answer = office.get(&mut Browser::at(2), BEGIN).await;

    assert!(answer.text.contains(DOWN), "{}", answer.text);
}

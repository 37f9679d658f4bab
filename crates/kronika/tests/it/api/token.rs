use kronika::access::Role;
use kronika::journal::act::Act;
use kronika::user::By;
use kronika::user::act;
use kronika::user::token::{self, NewToken, TokenError, TokenScope};
use serde_json::json;

use super::program::Program;
use super::{token_for, token_of};
use crate::on_each_database;
use crate::support::TestArchive;

const A_DAY: i64 = 24 * 3600;

on_each_database! {
    async fn a_token_acts_as_its_account_until_it_expires(archive: TestArchive) {
        let token = token_of(&archive, Role::Member).await;
        let program = Program::of(&archive, &token);

        let me = program.get("/me").await.json();
        assert_eq!((&me["name"], &me["role"]), (&json!("member"), &json!("member")));
        archive.pass(30 * A_DAY - 1);
        assert_eq!(program.get("/me").await.status, 200);
        archive.pass(1);
        let late = program.get("/me").await;

        assert_eq!(late.status, 401);
        assert_eq!(late.header("www-authenticate"), "Bearer");
    }

    async fn a_revoked_token_and_one_of_a_removed_account_end_at_once(archive: TestArchive) {
        let kept = token_of(&archive, Role::Owner).await;
        let token = token_of(&archive, Role::Member).await;
        let (other, spare) = (
            token_for(&archive, "member", &[TokenScope::Read]).await,
            token_of(&archive, Role::Manager).await,
        );
        let program = Program::of(&archive, &token);
        let id = program.get("/me").await.json()["token"]["id"].as_str().unwrap().parse().unwrap();

        token::revoke(&archive, id, By::Console).await.unwrap();
        assert_eq!(program.get("/me").await.status, 401);
        assert_eq!(program.with(&other).get("/me").await.status, 200);
        act::remove(&archive, "member", By::Console).await.unwrap();

        assert_eq!(program.with(&other).get("/me").await.status, 401);
        assert_eq!(program.with(&kept).get("/me").await.status, 200);
        assert_eq!(program.with(&spare).get("/me").await.status, 200);
        assert!(matches!(token::revoke(&archive, id, By::Console).await, Err(TokenError::Absent)));
    }

    async fn neither_the_journal_nor_a_table_keeps_the_token(archive: TestArchive) {
        let token = token_of(&archive, Role::Member).await;

        assert!(token.starts_with("kr_") && token.len() == 46);
        let acts = archive.acts().await;
        assert!(acts.iter().any(|(by, act)| by == "kronika" && matches!(act, Act::TokenMade { scopes, .. }
            if scopes.len() == TokenScope::ALL.len())));
        for (_, act) in acts {
            assert!(!format!("{act:?}").contains(&token[3..]));
        }
        assert_eq!(archive.number("SELECT COUNT(*) FROM local_api_token_secret").await, 1);
        archive.is_sound().await;
    }

    async fn tokens_are_made_again_from_the_journal(archive: TestArchive) {
        let token = token_of(&archive, Role::Member).await;
        let program = Program::of(&archive, &token);

        kronika::archive::rebuild::rebuild(&archive, |_, _| {}).await.unwrap();

        assert_eq!(program.get("/me").await.status, 200);
    }

    async fn a_person_revokes_only_their_own(archive: TestArchive) {
        let token = token_of(&archive, Role::Member).await;
        archive.account("other", Role::Owner).await;
        let program = Program::of(&archive, &token);
        let id = program.get("/me").await.json()["token"]["id"].as_str().unwrap().parse().unwrap();
        let mut conn = archive.db.read().await.unwrap();
        let (other, _) = kronika::user::store::by_name(&mut conn, "other").await.unwrap().unwrap();
        drop(conn);

        let refused = token::revoke(&archive, id, By::Person(&other)).await;

        assert!(matches!(refused, Err(TokenError::Absent)));
        assert_eq!(program.get("/me").await.status, 200);
    }

    async fn the_last_use_is_noted_at_most_once_a_minute(archive: TestArchive) {
        const USED: &str = "SELECT COALESCE(MAX(used_at), 0) FROM local_api_token_secret";
        let program = Program::of(&archive, &token_of(&archive, Role::Member).await);
        program.get("/me").await;
        let first = noted_after(&archive, 0).await;
        archive.pass(30);
        program.get("/me").await;
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        assert_eq!(archive.number(USED).await, first);

        archive.pass(31);
        program.get("/me").await;

        assert!(noted_after(&archive, first).await > first);
    }

    async fn a_token_needs_a_name_a_scope_and_an_end(archive: TestArchive) {
        archive.account("member", Role::Member).await;
        let new = |name, scopes: &[TokenScope], days| NewToken { account: "member", name, scopes: scopes.to_vec(), days };
        let read = [TokenScope::Read];

        let make = async |new| token::make(&archive, new, By::Console).await.map(drop);
        assert!(matches!(make(new(" ", &read, 1)).await, Err(TokenError::Name)));
        assert!(matches!(make(new("x", &[], 1)).await, Err(TokenError::NoScope)));
        assert!(matches!(make(new("x", &read, 0)).await, Err(TokenError::Days)));
        assert!(matches!(make(new("x", &read, 367)).await, Err(TokenError::Days)));
        let nobody = NewToken { account: "nobody", ..new("x", &read, 1) };
        assert!(matches!(make(nobody).await, Err(TokenError::NoAccount(_))));
        assert_eq!(archive.number("SELECT COUNT(*) FROM api_token").await, 0);
    }
}

/// Waits until a use after `before` was noted, which happens beside the answer.
async fn noted_after(archive: &TestArchive, before: i64) -> i64 {
    const USED: &str = "SELECT COALESCE(MAX(used_at), 0) FROM local_api_token_secret";
    for _ in 0..100 {
        let used = archive.number(USED).await;
        if used > before {
            return used;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("no use was noted")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_but_a_token_lets_a_program_in() {
    let archive = TestArchive::on_sqlite().await;
    let account = archive.account("ewa", Role::Owner).await;
    let cookie = archive.session_of(account).await;
    let nobody = Program::of(&archive, "");

    assert_eq!(nobody.get("/me").await.status, 401);
    assert_eq!(
        nobody.send("GET", "/me", &[("cookie", &cookie)], "").await.status,
        401
    );
    for wrong in ["kr_", "kr_AAAA", "AAAA", "kr_\u{7f}"] {
        let wrong = format!("Bearer {wrong}");
        let sent = axum::http::HeaderValue::from_bytes(wrong.as_bytes());
        if sent.is_ok() {
            assert_eq!(
                nobody
                    .send("GET", "/me", &[("authorization", &wrong)], "")
                    .await
                    .status,
                401
            );
        }
    }
    let session = cookie.split_once('=').unwrap().1.to_owned();
    assert_eq!(nobody.with(&session).get("/me").await.status, 401);
}

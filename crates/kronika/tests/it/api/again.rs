//! What is asked twice is done once.

use kronika::access::Role;
use serde_json::json;

use super::program::Program;
use super::{token_for, token_of};
use crate::on_each_database;
use kronika::user::token::TokenScope;

const KEY: [(&str, &str); 1] = [("idempotency-key", "one")];

on_each_database! {
    async fn a_request_that_comes_again_is_answered_again_and_done_once(archive: TestArchive) {
        let program = Program::of(&archive, &token_of(&archive, Role::Owner).await);
        let anna = json!({ "name": "Anna" });

        let first = program.json("POST", "/clients", &KEY, &anna).await;
        let again = program.json("POST", "/clients", &KEY, &anna).await;

        assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 201));
        assert_eq!((&first.bytes, first.header("location")), (&again.bytes, again.header("location")));
        assert_eq!(again.header("content-type"), "application/json");
        assert_eq!(archive.number("SELECT COUNT(*) FROM client").await, 1);
        let other = program.json("POST", "/clients", &KEY, &json!({ "name": "Ewa" })).await;
        assert_eq!(other.status, 409);
        assert_eq!(archive.number("SELECT COUNT(*) FROM client").await, 1);
    }

    async fn a_key_is_a_tokens_own_and_forgotten_after_a_day(archive: TestArchive) {
        let token = token_of(&archive, Role::Owner).await;
        let (program, anna) = (Program::of(&archive, &token), json!({ "name": "Anna" }));
        let other = program.with(&token_for(&archive, "owner", &TokenScope::ALL).await);

        program.json("POST", "/clients", &KEY, &anna).await;
        other.json("POST", "/clients", &KEY, &anna).await;
        assert_eq!(archive.number("SELECT COUNT(*) FROM client").await, 2);
        archive.pass(24 * 3600 + 1);
        program.json("POST", "/clients", &KEY, &anna).await;

        assert_eq!(archive.number("SELECT COUNT(*) FROM client").await, 3);
        assert_eq!(archive.number("SELECT COUNT(*) FROM local_idempotency").await, 1);
    }

    async fn what_was_refused_may_be_tried_again(archive: TestArchive) {
        let program = Program::of(&archive, &token_of(&archive, Role::Owner).await);

        let refused = program.json("POST", "/clients", &KEY, &json!({ "name": " " })).await;
        let corrected = program.json("POST", "/clients", &KEY, &json!({ "name": "Anna" })).await;

        assert_eq!((refused.status.as_u16(), corrected.status.as_u16()), (422, 201));
        assert_eq!(program.json("POST", "/clients", &[("idempotency-key", "")], &json!({})).await.status, 400);
    }

    async fn of_two_at_once_one_is_done(archive: TestArchive) {
        let program = Program::of(&archive, &token_of(&archive, Role::Owner).await);
        let anna = json!({ "name": "Anna" });

        let ask = || program.json("POST", "/clients", &KEY, &anna);
        let (one, other, third) = tokio::join!(ask(), ask(), ask());

        for status in [one.status, other.status, third.status] {
            assert!(matches!(status.as_u16(), 201 | 409), "{status}");
        }
        assert_eq!(archive.number("SELECT COUNT(*) FROM client").await, 1);
    }
}

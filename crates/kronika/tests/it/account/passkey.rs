//! What the pages do with answers that no device of ours gave. A real sign-in by passkey is walked in `tests/browser`.

use axum::http::StatusCode;
use kronika::access::Role;

use super::{PASSWORD, account};
use crate::on_each_database;
use crate::support::office::{Browser, Office};

const FORGED: &str = r#"{"token":"TOKEN","next":"/","name":"x","credential":{"id":"AAAA","rawId":"AAAA","type":"public-key",
    "extensions":{},"response":{"authenticatorData":"AAAA","clientDataJSON":"e30","signature":"AAAA",
    "userHandle":"AAAAAAAAAAAAAAAAAAAAAA","attestationObject":"AAAA"}}}"#;

on_each_database! {
    async fn a_forged_passkey_opens_nothing_and_stays_nowhere(archive: TestArchive) {
        account(&archive, "ewa", Role::Owner).await;
        let office = Office::of(&archive);
        let (mut ewa, mut stranger) = (Browser::at(1), Browser::at(2));
        office.sign_in(&mut ewa, "ewa", PASSWORD).await;

        let refused = office.post(&mut ewa, "/settings/you/passkeys/begin", &[("current", "guess")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let asked = office.post(&mut ewa, "/settings/you/passkeys/begin", &[("current", PASSWORD)]).await;
        let own = asked.between("\"token\":\"", "\"");
        assert!(asked.text.contains("\"residentKey\":\"required\""));
        let asked = office.post(&mut stranger, "/sign-in/passkey/begin", &[]).await;
        assert!(asked.text.contains("\"allowCredentials\":[]"), "the question tells nobody's keys");
        let token = asked.between("\"token\":\"", "\"");

        for (path, token) in [
            ("/settings/you/passkeys", own.as_str()),
            ("/settings/you/passkeys", token.as_str()),
            ("/sign-in/passkey", token.as_str()),
            ("/sign-in/passkey", own.as_str()),
            ("/sign-in/passkey", "guess"),
        ] {
            let body = FORGED.replace("TOKEN", token);
            let browser = if path.starts_with("/sign-in") { &mut stranger } else { &mut ewa };
            let answer = office.send(browser, path, body).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {}", answer.text);
        }
        assert_eq!(office.send(&mut stranger, "/sign-in/passkey", "{}".into()).await.status, StatusCode::BAD_REQUEST);
        assert!(stranger.cookies.is_empty());
        assert_eq!(archive.number("SELECT COUNT(*) FROM local_passkey").await, 0);
    }
}

//! Evidence, as programs ask for it.

use std::time::Duration;

use kronika::access::{Openness, Role};
use serde_json::{Value, json};

use super::program::Program;
use super::token_of;
use crate::on_each_database;
use crate::support::mail;

/// The state of a package once it is over.
async fn over(program: &Program, path: &str) -> Value {
    for _ in 0..600 {
        let state = program.get(path).await.json();
        if state["state"] == "made" || state["state"] == "failed" {
            return state;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{path} never ended");
}

on_each_database! {
    async fn a_program_has_a_package_made_and_takes_it_and_no_other_does(archive: TestArchive) {
        let client = archive.client("Anna", &["anna@client.example"], &[]).await;
        archive.record(&mail("Offer")).await;
        let owner = Program::of(&archive, &token_of(&archive, Role::Owner).await);
        let manager = owner.with(&token_of(&archive, Role::Manager).await);

        let begun = owner.post("/evidence", &json!({ "client": client.to_string(), "purpose": "Court" })).await;
        assert_eq!(begun.status, 202, "{}", begun.json());
        let path = format!("/evidence/{}", begun.json()["id"].as_str().unwrap());
        let state = over(&owner, &path).await;

        assert_eq!((&state["state"], &state["evidence"]["interactions"]), (&json!("made"), &json!(1)), "{state}");
        let file = owner.get(&format!("{path}/file")).await;
        assert!(file.status == 200 && file.bytes.starts_with(b"PK"));
        assert_eq!(manager.get(&format!("{path}/file")).await.status, 404);
        assert_eq!(manager.get("/evidence").await.ids().len(), 1);
        archive.sees(client, Openness::Named, &[], &[]).await;
        assert!(manager.get("/evidence").await.ids().is_empty(), "not even that there is a package");
        assert_eq!(manager.get(&path).await.status, 404);
    }

    async fn what_is_wrong_with_a_package_is_said_in_one_sentence(archive: TestArchive) {
        let client = archive.client("Anna", &["anna@client.example"], &[]).await.to_string();
        let key = archive.record(&mail("Offer")).await.to_string();
        let owner = Program::of(&archive, &token_of(&archive, Role::Owner).await);
        for (asked, said) in [
            (json!({}), "Say what goes in"),
            (json!({ "client": client, "withhold": [{ "interaction": key }] }), "reason"),
            (json!({ "client": client, "age_key": "ssh-ed25519 AAAA" }), "age1"),
            (json!({ "client": client, "purpose": "x".repeat(301) }), "300 characters"),
        ] {
            let refused = owner.post("/evidence", &asked).await;
            let detail = refused.json()["detail"].as_str().unwrap().to_owned();
            assert!(refused.status == 422 && detail.contains(said), "{asked}: {detail}");
        }
        let all_held = json!({ "client": client, "withhold": [{ "interaction": key }], "reason": "another matter" });
        let begun = owner.post("/evidence", &all_held).await.json();
        let state = over(&owner, &format!("/evidence/{}", begun["id"].as_str().unwrap())).await;
        assert_eq!(state["state"], "failed", "{state}");
        assert_eq!(archive.number("SELECT COUNT(*) FROM evidence").await, 0);
    }
}

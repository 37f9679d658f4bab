//! Guidelines, by programs; accepting them is left to people.

use kronika::access::Role;
use kronika::guideline::act::{Reader, accept};
use serde_json::json;

use super::program::Program;
use super::token_of;
use crate::on_each_database;

const TEST: &str = "May prices be agreed by private messenger?\n- Yes\n+ No";

on_each_database! {
    async fn a_guideline_is_issued_read_and_withdrawn(archive: TestArchive) {
        let manager = Program::of(&archive, &token_of(&archive, Role::Manager).await);
        let member = manager.with(&token_of(&archive, Role::Member).await);

        let given = json!({ "title": "Calls", "text": "Confirm.\n\nIn writing.", "test": TEST });
        let made = manager.post("/guidelines", &given).await;
        assert_eq!((made.status.as_u16(), &made.json()["version"]), (201, &json!(1)));
        let path = made.header("location").strip_prefix("/api/v1").unwrap().to_owned();
        let read = member.get(&path).await.json();
        assert_eq!(read["shown"]["text"], "Confirm.\n\nIn writing.");
        assert_eq!(read["shown"]["questions"][0]["answers"], json!(["Yes", "No"]));
        assert!(read["shown"].get("test").is_none(), "whoever has to pass the test is not told the answers");
        assert_eq!(manager.get(&path).await.json()["shown"]["test"], TEST);
        let next = json!({ "title": "Calls", "text": "Confirm within a day." });
        let next = manager.post(&format!("{path}/versions"), &next).await;
        assert_eq!((next.status.as_u16(), &next.json()["version"]), (201, &json!(2)));
        assert_eq!(member.get(&format!("{path}?version=1")).await.json()["shown"]["version"], 1);
        assert_eq!(member.get(&path).await.json()["shown"]["version"], 2);
        assert_eq!(member.get(&format!("{path}?version=3")).await.status, 404);
        assert_eq!(manager.send("DELETE", &path, &[], "").await.status, 204);

        assert_eq!(manager.send("DELETE", &path, &[], "").await.status, 404);
        assert_eq!(manager.post(&format!("{path}/versions"), &given).await.status, 404);
        assert!(member.get("/guidelines").await.json()["items"][0]["withdrawn_at"].is_string());
        archive.is_sound().await;
    }

    async fn who_accepted_which_version_is_known_and_the_others_are_reminded(archive: TestArchive) {
        let manager = Program::of(&archive, &token_of(&archive, Role::Manager).await);
        let member = manager.with(&token_of(&archive, Role::Member).await);
        archive.account("ada", Role::Auditor).await;
        let given = json!({ "title": "Calls", "text": "Confirm." });
        let made = manager.post("/guidelines", &given).await.json();
        let (id, path) = (made["id"].as_str().unwrap(), format!("/guidelines/{}", made["id"].as_str().unwrap()));
        let account = archive.someone("member").await.account;

        accept(&archive, (id.parse().unwrap(), 1), &[], Reader { account, name: "member" }).await.unwrap();
        let reminded = manager.post(&format!("{path}/reminders"), &json!({})).await;

        assert_eq!((reminded.status.as_u16(), reminded.json()), (201, json!({ "reminded": 1 })));
        let known = manager.get(&format!("{path}/acceptances")).await.json();
        assert_eq!(known["accepted"][0]["account"]["name"], "member");
        assert_eq!(known["missing"].as_array().unwrap().len(), 1, "nobody from outside is asked");
        assert_eq!(known["missing"][0]["account"]["name"], "manager");
        assert!(known["missing"][0]["reminded_at"].is_string());
        assert!(member.get(&path).await.json()["accepted_at"].is_string());
        assert_eq!(member.get(&format!("{path}/acceptances")).await.status, 403);
        archive.is_sound().await;
    }

    async fn a_guideline_that_nobody_could_accept_is_refused_with_a_sentence(archive: TestArchive) {
        let manager = Program::of(&archive, &token_of(&archive, Role::Manager).await);

        for (body, says) in [
            (json!({ "title": " ", "text": "a" }), "needs a title and a text"),
            (json!({ "title": "a", "text": "b", "test": "Why?\n+ So" }), "at least two answers"),
            (json!({ "title": "a", "text": "b", "test": "Why?\n+ So\n+ So" }), "exactly one right answer"),
            (json!({ "title": "a" }), "missing field"),
        ] {
            let refused = manager.post("/guidelines", &body).await;
            assert_eq!(refused.status, 422, "{body}");
            assert!(refused.json()["detail"].as_str().unwrap().contains(says), "{}", refused.json());
        }
        assert!(manager.get("/guidelines").await.ids().is_empty());
    }
}

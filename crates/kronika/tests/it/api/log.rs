//! The log, as programs read it.

use kronika::access::act::{self as access, NewGrant};
use kronika::access::{Covers, Openness, Role};
use serde_json::{Value, json};

use super::program::Program;
use super::token_of;
use crate::on_each_database;
use crate::support::mail;

/// Every line of a part of the log, two a page.
async fn walk(program: &Program, path: &str) -> Vec<Value> {
    let (mut lines, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = program.get(&format!("{path}limit=2{cursor}")).await;
        assert_eq!(page.status, 200, "{path}");
        let page = page.json();
        lines.extend(page["items"].as_array().unwrap().clone());
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return lines,
        }
    }
}

fn kinds(lines: &[Value]) -> Vec<&str> {
    lines.iter().map(|line| line["kind"].as_str().unwrap()).collect()
}

on_each_database! {
    async fn the_log_is_walked_through_once_newest_first(archive: TestArchive) {
        let owner = Program::of(&archive, &token_of(&archive, Role::Owner).await);
        for name in ["Adam", "Beata", "Cyryl"] {
            archive.pass(60);
            archive.client(name, &[], &[]).await;
        }

        let all = walk(&owner, "/log?").await;
        let at: Vec<&str> = all.iter().map(|line| line["at"].as_str().unwrap()).collect();
        assert!(at.is_sorted_by(|one, other| one >= other), "{at:?}");
        let added = all.iter().filter(|line| line["kind"] == "client-added");
        let names: Vec<&Value> = added.map(|line| &line["client"]["name"]).collect();
        assert_eq!(names, ["Cyryl", "Beata", "Adam"], "none twice, none missing");
        assert_eq!(all, owner.get("/log?limit=200").await.json()["items"].as_array().unwrap().clone());
        assert!(walk(&owner, "/log?by=nobody&").await.is_empty());
        assert_eq!(owner.get("/log?cursor=x").await.status, 400);
        assert_eq!(owner.get("/log?limit=0").await.status, 400);
    }

    async fn the_log_tells_only_of_what_is_seen(archive: TestArchive) {
        let hidden = archive.client("Nobody’s", &["anna@client.example"], &[]).await;
        let key = archive.record(&mail("Secret offer")).await;
        let owner = Program::of(&archive, &token_of(&archive, Role::Owner).await);
        let manager = owner.with(&token_of(&archive, Role::Manager).await);
        archive.sees(hidden, Openness::Named, &[], &[]).await;

        assert!(kinds(&walk(&owner, &format!("/clients/{hidden}/log?")).await).contains(&"client-access-set"));
        assert_eq!(manager.get(&format!("/clients/{hidden}/log")).await.status, 404);
        assert_eq!(manager.get(&format!("/interactions/{key}/log")).await.status, 404);
        let everything = manager.get("/log?limit=200").await;

        assert_eq!(everything.status, 200);
        let mut lines = everything.json()["items"].as_array().unwrap().clone();
        // What they asked for themselves, and were refused.
        lines.retain(|line| line["kind"] != "refused" || line["by"] != "manager");
        let text = Value::from(lines).to_string();
        assert!(!text.contains(&hidden.to_string()) && !text.contains("Nobody"), "{text}");
    }

    async fn whoever_may_not_see_others_lines_sees_their_own(archive: TestArchive) {
        let owner = Program::of(&archive, &token_of(&archive, Role::Owner).await);
        let member = owner.with(&token_of(&archive, Role::Member).await);
        owner.post("/clients", &json!({ "name": "Anna" })).await;
        member.post("/clients", &json!({ "name": "Beata" })).await;

        let lines = walk(&member, "/log?").await;
        assert_eq!(kinds(&lines), ["client-added"]);
        assert_eq!((&lines[0]["by"], &lines[0]["client"]["name"]), (&json!("member"), &json!("Beata")));
        assert_eq!(walk(&member, "/log?by=owner&").await, lines, "asking for others changes nothing");
        assert_eq!(kinds(&walk(&owner, "/log?by=member&").await), ["client-added"]);
    }

    async fn an_auditor_who_reads_a_log_is_in_it(archive: TestArchive) {
        let client = archive.client("Anna", &["anna@client.example"], &[]).await;
        let key = archive.record(&mail("Offer")).await;
        let owner = Program::of(&archive, &token_of(&archive, Role::Owner).await);
        let auditor = owner.with(&token_of(&archive, Role::Auditor).await);
        let new = NewGrant {
            account: archive.someone("auditor").await.account,
            covers: Covers::Client(client),
            valid_from: 0,
            valid_until: None,
        };
        access::grant(&archive, new, "owner".into()).await.unwrap();

        assert_eq!(auditor.get(&format!("/clients/{client}/log")).await.status, 200);
        assert_eq!(auditor.get(&format!("/interactions/{key}/log")).await.status, 200);

        let looks = walk(&owner, "/log?by=auditor&").await;
        assert_eq!(kinds(&looks), ["opened", "opened"]);
        assert_eq!(looks[0]["interaction"], json!({ "id": key.to_string(), "subject": "Offer" }));
        assert_eq!(looks[1]["client"]["name"], "Anna");
    }
}

//! Teams, grants, and who sees a client or an interaction, by programs.

use kronika::access::{Openness, Role};
use kronika::archive::id::ClientId;
use serde_json::{Value, json};

use super::program::Program;
use super::token_of;
use crate::on_each_database;
use crate::support::{TestArchive, mail};

async fn id(archive: &TestArchive, name: &str) -> String {
    archive.someone(name).await.account.to_string()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

on_each_database! {
    async fn a_team_is_made_filled_renamed_and_removed(archive: TestArchive) {
        let owner = Program::of(&archive, &token_of(&archive, Role::Owner).await);
        archive.account("jan", Role::Member).await;
        let jan = id(&archive, "jan").await;

        let made = owner.post("/teams", &json!({ "name": " The  office " })).await;
        assert_eq!((made.status.as_u16(), &made.json()["name"]), (201, &json!("The office")));
        let path = made.header("location").strip_prefix("/api/v1").unwrap().to_owned();
        let seen = owner.get(&path).await.header("etag");
        let fill = json!({ "members": [jan, jan] });
        let filled = owner.json("PATCH", &path, &[("if-match", &seen)], &fill).await;
        assert_eq!(filled.json()["members"], json!([{ "id": jan, "name": "jan" }]));
        let late = owner.json("PATCH", &path, &[("if-match", &seen)], &json!({ "name": "Late" })).await;
        assert_eq!((late.status.as_u16(), &late.json()["type"]), (412, &json!("urn:kronika:problem:changed")));
        let renamed = owner.json("PATCH", &path, &[], &json!({ "name": "Front office" })).await;

        assert_eq!(renamed.json()["name"], "Front office");
        assert_eq!(owner.get("/teams").await.json()["items"], json!([renamed.json()]));
        assert_eq!(owner.send("DELETE", &path, &[], "").await.status, 204);
        assert_eq!(owner.send("DELETE", &path, &[], "").await.status, 404);
        archive.is_sound().await;
    }

    async fn a_team_is_changed_wholly_or_not_at_all(archive: TestArchive) {
        let owner = Program::of(&archive, &token_of(&archive, Role::Owner).await);
        owner.post("/teams", &json!({ "name": "Sales" })).await;
        let made = owner.post("/teams", &json!({ "name": "Office" })).await.json();
        let path = format!("/teams/{}", text(&made["id"]));
        let acts = archive.acts().await.len();

        for (body, says) in [
            (json!({ "name": "Front", "members": [ClientId(7).to_string()] }), "there is no account"),
            (json!({ "name": "sales" }), "a name of its own"),
            (json!({ "members": ["jan"] }), "not an identifier"),
            (json!({ "members": null }), "invalid type: null"),
            (json!([]), "send an object"),
        ] {
            let refused = owner.json("PATCH", &path, &[], &body).await;
            assert_eq!(refused.status, 422, "{body}");
            assert!(text(&refused.json()["detail"]).contains(says), "{}", refused.json());
        }
        assert_eq!(owner.post("/teams", &json!({ "name": "SALES" })).await.status, 422);
        let blank = owner.json("PATCH", &path, &[("if-match", "\"old\"")], &json!({ "name": " " })).await;
        assert_eq!(blank.status, 422, "it cannot be taken, whatever was seen");

        assert_eq!(owner.get(&path).await.json(), made);
        assert_eq!(archive.acts().await.len(), acts, "nothing was recorded");
    }

    async fn a_client_is_seen_by_whom_a_program_says(archive: TestArchive) {
        let client = archive.client("Anna", &["anna@client.example"], &[]).await;
        let owner = Program::of(&archive, &token_of(&archive, Role::Owner).await);
        let manager = owner.with(&token_of(&archive, Role::Manager).await);
        let member = owner.with(&token_of(&archive, Role::Member).await);
        let team = text(&owner.post("/teams", &json!({ "name": "Office" })).await.json()["id"]);
        let (path, page) = (format!("/clients/{client}/access"), format!("/clients/{client}"));
        let named = id(&archive, "member").await;

        let open = manager.get(&path).await.json();
        assert_eq!((&open["openness"], &open["people"]), (&json!("open"), &json!([])));
        assert!(open["everyone"].as_array().unwrap().iter().any(|one| one["id"] == named.as_str()));
        assert_eq!(open["every_team"], json!([{ "id": team, "name": "Office" }]));
        let only = json!({ "openness": "team", "teams": [team] });
        assert_eq!(manager.json("PUT", &path, &[], &only).await.status, 204);
        assert_eq!(manager.get(&page).await.status, 404, "they shut themselves out");
        assert_eq!(member.get(&page).await.status, 404);
        let only = json!({ "openness": "named", "people": [named] });
        assert_eq!(owner.json("PUT", &path, &[], &only).await.status, 204);

        assert_eq!(member.get(&page).await.status, 200);
        assert_eq!(manager.json("PUT", &path, &[], &json!({ "openness": "open" })).await.status, 404);
        let now = owner.get(&path).await.json();
        assert_eq!((&now["openness"], &now["teams"]), (&json!("named"), &json!([])));
        assert_eq!(now["people"], json!([{ "id": named, "name": "member" }]));
        archive.is_sound().await;
    }

    async fn what_is_put_overwrites_only_what_was_seen(archive: TestArchive) {
        let client = archive.client("Anna", &["anna@client.example"], &[]).await;
        let key = archive.record(&mail("Offer")).await;
        let owner = Program::of(&archive, &token_of(&archive, Role::Owner).await);
        archive.account("jan", Role::Member).await;
        let jan = id(&archive, "jan").await;

        for (path, one, other) in [
            (format!("/clients/{client}/access"), json!({ "openness": "team" }), json!({ "openness": "named" })),
            (format!("/interactions/{key}/access"), json!({ "sensitivity": "restricted" }), json!({ "sensitivity": "team" })),
            (format!("/accounts/{jan}/role"), json!({ "role": "manager" }), json!({ "role": "owner" })),
            (format!("/accounts/{jan}/mailboxes"), json!({ "addresses": ["jan@ours.example"] }), json!({ "addresses": [] })),
        ] {
            let shown = path.strip_suffix("/role").unwrap_or(&path);
            let seen = owner.get(shown).await.header("etag");
            let first = owner.json("PUT", &path, &[("if-match", &seen)], &one).await;
            assert!(first.status.is_success(), "{path}: {}", first.status);
            let now = owner.get(shown).await;
            let acts = archive.acts().await.len();

            let late = owner.json("PUT", &path, &[("if-match", &seen)], &other).await;

            assert_eq!((late.status.as_u16(), &late.json()["type"]), (412, &json!("urn:kronika:problem:changed")), "{path}");
            assert_eq!(archive.acts().await.len(), acts, "{path}");
            assert_eq!(owner.get(shown).await.json(), now.json(), "{path}");
            let again = owner.json("PUT", &path, &[("if-match", &now.header("etag"))], &other).await;
            assert!(again.status.is_success(), "{path}: {}", again.status);
            let without = owner.json("PUT", &path, &[], &one).await;
            assert!(without.status.is_success(), "{path}: {}", without.status);
        }
        archive.is_sound().await;
    }

    async fn whom_nobody_knows_cannot_be_named(archive: TestArchive) {
        let client = archive.client("Anna", &["anna@client.example"], &[]).await;
        let key = archive.record(&mail("Offer")).await;
        let owner = Program::of(&archive, &token_of(&archive, Role::Owner).await);
        let nobody = ClientId(7).to_string();
        let (of_client, of_mail) = (format!("/clients/{client}/access"), format!("/interactions/{key}/access"));

        for (path, body, says) in [
            (&of_client, json!({ "openness": "named", "people": [nobody] }), "there is no account"),
            (&of_client, json!({ "openness": "team", "teams": [nobody] }), "there is no team"),
            (&of_client, json!({ "openness": "closed" }), "unknown variant"),
            (&of_mail, json!({ "sensitivity": "restricted", "people": [nobody] }), "there is no account"),
            (&of_mail, json!({ "people": [] }), "missing field"),
        ] {
            let refused = owner.json("PUT", path, &[], &body).await;
            assert_eq!(refused.status, 422, "{body}");
            assert!(text(&refused.json()["detail"]).contains(says), "{}", refused.json());
        }
        let left = owner.json("PUT", &of_mail, &[], &json!({ "sensitivity": "private" })).await;
        assert_eq!((left.status.as_u16(), &left.json()["type"]), (409, &json!("urn:kronika:problem:nobody-left")));
        assert_eq!(owner.get(&of_mail).await.json()["sensitivity"], "team");
    }

    async fn what_is_restricted_is_seen_by_the_named_alone(archive: TestArchive) {
        archive.client("Anna", &["anna@client.example"], &[]).await;
        let key = archive.record(&mail("Offer")).await;
        let owner = Program::of(&archive, &token_of(&archive, Role::Owner).await);
        let manager = owner.with(&token_of(&archive, Role::Manager).await);
        let member = owner.with(&token_of(&archive, Role::Member).await);
        let (path, page) = (format!("/interactions/{key}/access"), format!("/interactions/{key}"));
        let of_member = member.get(&path).await.json();
        assert_eq!((&of_member["may_make"], &of_member["everyone"]), (&json!([]), &json!([])));

        let only = json!({ "sensitivity": "restricted", "people": [id(&archive, "member").await] });
        assert_eq!(member.json("PUT", &path, &[], &only).await.status, 403);
        assert_eq!(manager.json("PUT", &path, &[], &only).await.status, 204);

        assert_eq!(manager.get(&page).await.status, 404, "they did not name themselves");
        assert_eq!(manager.json("PUT", &path, &[], &only).await.status, 404);
        assert_eq!((member.get(&page).await.status.as_u16(), owner.get(&page).await.status.as_u16()), (200, 200));
        let now = owner.get(&path).await.json();
        assert_eq!(now["may_make"], json!(["team", "restricted", "private"]));
        assert_eq!(now["people"][0]["name"], "member");
        archive.is_sound().await;
    }

    async fn a_grant_is_given_and_ended_by_programs(archive: TestArchive) {
        let client = archive.client("Anna", &["anna@client.example"], &[]).await;
        let key = archive.record(&mail("Offer")).await;
        archive.sees(client, Openness::Named, &[], &[]).await;
        let owner = Program::of(&archive, &token_of(&archive, Role::Owner).await);
        let expert = owner.with(&token_of(&archive, Role::Expert).await);
        let account = id(&archive, "expert").await;
        let page = format!("/interactions/{key}");
        let until = "2026-12-01T00:00:00Z";

        assert_eq!(expert.get(&page).await.status, 404);
        let given = json!({ "account": account, "covers": "client", "client": client, "valid_until": until });
        let made = owner.post("/grants", &given).await;
        assert_eq!(made.status, 201, "{}", made.json());
        assert_eq!(expert.get(&page).await.status, 200);
        let line = owner.get("/grants").await.json()["items"][0].clone();
        assert_eq!((&line["state"], &line["valid_until"]), (&json!("valid"), &json!(until)));
        assert_eq!(line["account"], json!({ "id": account, "name": "expert" }));
        assert_eq!(line["client"]["name"], "Anna");
        let path = format!("/grants/{}", text(&made.json()["id"]));
        assert_eq!(owner.send("DELETE", &path, &[], "").await.status, 204);

        assert_eq!(expert.get(&page).await.status, 404);
        assert_eq!(owner.get("/grants").await.json()["items"][0]["state"], "ended");
        archive.is_sound().await;
    }

    async fn nobody_is_given_everything_by_leaving_something_out(archive: TestArchive) {
        let client = archive.client("Anna", &[], &[]).await;
        let owner = Program::of(&archive, &token_of(&archive, Role::Owner).await);
        archive.account("ada", Role::Auditor).await;
        archive.account("eva", Role::Expert).await;
        archive.account("jan", Role::Member).await;
        let (ada, eva, jan) = (id(&archive, "ada").await, id(&archive, "eva").await, id(&archive, "jan").await);
        let nothing = ClientId(7);

        for (body, status) in [
            (json!({ "account": ada }), 422),
            (json!({ "account": ada, "covers": "client" }), 422),
            (json!({ "account": ada, "covers": "everything", "client": client }), 422),
            (json!({ "account": ada, "covers": "thread", "client": client }), 422),
            (json!({ "account": ada, "covers": "everything", "valid_until": "tomorrow" }), 422),
            (json!({ "account": ada, "covers": "everything", "valid_until": "2026-01-01T00:00:00Z" }), 422),
            (json!({ "account": eva, "covers": "everything" }), 422),
            (json!({ "account": jan, "covers": "everything" }), 422),
            (json!({ "account": nothing, "covers": "everything" }), 422),
            (json!({ "account": ada, "covers": "client", "client": nothing }), 404),
            (json!({ "account": ada, "covers": "thread", "interaction": nothing }), 404),
        ] {
            assert_eq!(owner.post("/grants", &body).await.status, status, "{body}");
        }
        assert!(owner.get("/grants").await.ids().is_empty());
    }
}

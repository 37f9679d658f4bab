//! Accounts, invitations and own mailboxes, by programs.

use kronika::access::Role;
use kronika::journal::act::Act;
use kronika::user::invitation::{self, Accept};
use kronika::user::session::From;
use kronika::user::token::TokenScope;
use serde_json::json;

use super::program::Program;
use super::{token_for, token_of};
use crate::on_each_database;
use crate::support::TestArchive;

/// The id of the account of this name.
async fn id(archive: &TestArchive, name: &str) -> String {
    archive.someone(name).await.account.to_string()
}

on_each_database! {
    async fn whoever_is_invited_comes_in_by_the_link_that_was_shown_once(archive: TestArchive) {
        let program = Program::of(&archive, &token_of(&archive, Role::Owner).await);
        let wanted = json!({ "name": "Jan.Nowak", "role": "member", "language": "pl" });
        let once = [("idempotency-key", "jan")];

        let made = program.json("POST", "/invitations", &once, &wanted).await;
        let again = program.json("POST", "/invitations", &once, &wanted).await;

        assert_eq!((made.status.as_u16(), &made.bytes), (201, &again.bytes), "asked twice, made once");
        let link = made.json()["link"].as_str().unwrap().to_owned();
        let token = link.strip_prefix("https://kronika.example/invitations/").unwrap();
        let open = program.get("/invitations").await;
        assert_eq!(open.json()["items"], json!([made.json()["invitation"]]));
        assert!(!String::from_utf8_lossy(&open.bytes).contains(token), "the link is not shown again");
        let accept = Accept {
            name: "",
            password: "correct horse battery",
            language: "pl",
            from: From { address: "10.0.0.1".to_owned(), browser: "a test".to_owned() },
        };
        invitation::accept(&archive, token, accept).await.unwrap();

        let people = program.get("/accounts").await.json();
        let jan = people["items"].as_array().unwrap().iter().find(|one| one["name"] == "jan.nowak").unwrap();
        assert_eq!((&jan["role"], &jan["second_step"]), (&json!("member"), &json!(false)));
        assert!(program.get("/invitations").await.ids().is_empty());
        archive.is_sound().await;
    }

    async fn an_invitation_that_was_withdrawn_is_gone(archive: TestArchive) {
        let program = Program::of(&archive, &token_of(&archive, Role::Administrator).await);
        let made = program.post("/invitations", &json!({ "name": "jan", "role": "auditor" })).await.json();
        let path = format!("/invitations/{}", made["invitation"]["id"].as_str().unwrap());
        let token = made["link"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();

        assert_eq!(program.send("DELETE", &path, &[], "").await.status, 204);
        let again = program.send("DELETE", &path, &[], "").await;

        assert_eq!(again.status, 404);
        assert_eq!(again.json()["type"], "urn:kronika:problem:invitation-not-found");
        let conn = &mut archive.db.read().await.unwrap();
        assert!(invitation::find(&archive, conn, &token).await.unwrap().is_none());
    }

    async fn only_an_owner_makes_owners_and_the_last_one_stays(archive: TestArchive) {
        let owner = Program::of(&archive, &token_of(&archive, Role::Owner).await);
        let administrator = owner.with(&token_of(&archive, Role::Administrator).await);
        let member = token_of(&archive, Role::Member).await;
        let (first, second) = (id(&archive, "owner").await, id(&archive, "member").await);
        let role = |id: &str| format!("/accounts/{id}/role");
        let is = |role: &str| json!({ "role": role });

        for refused in [
            administrator.post("/invitations", &json!({ "name": "jan", "role": "owner" })).await,
            administrator.json("PUT", &role(&second), &[], &is("owner")).await,
            administrator.json("PUT", &role(&first), &[], &is("member")).await,
            administrator.send("DELETE", &format!("/accounts/{first}"), &[], "").await,
        ] {
            assert_eq!(refused.status, 403);
            assert_eq!(refused.json()["type"], "urn:kronika:problem:owners-only");
        }
        for refused in [
            owner.json("PUT", &role(&first), &[], &is("member")).await,
            owner.send("DELETE", &format!("/accounts/{first}"), &[], "").await,
        ] {
            assert_eq!(refused.status, 409);
            assert_eq!(refused.json()["type"], "urn:kronika:problem:last-owner");
        }
        let changed = administrator.json("PUT", &role(&second), &[], &is("manager")).await;
        assert_eq!((changed.status.as_u16(), &changed.json()["role"]), (200, &json!("manager")));
        assert_eq!(owner.with(&member).get("/me").await.json()["role"], "manager");
        assert_eq!(administrator.send("DELETE", &format!("/accounts/{second}"), &[], "").await.status, 204);

        assert_eq!(owner.with(&member).get("/me").await.status, 401, "it ends with its account");
        assert_eq!(owner.get(&format!("/accounts/{second}")).await.status, 404);
        assert_eq!(owner.get(&format!("/accounts/{first}")).await.json()["role"], "owner");
        archive.is_sound().await;
    }

    async fn a_name_that_cannot_be_is_refused_with_a_sentence(archive: TestArchive) {
        let program = Program::of(&archive, &token_of(&archive, Role::Owner).await);
        archive.account("jan", Role::Member).await;
        let acts = archive.acts().await.len();

        for (body, says) in [
            (json!({ "name": "jan nowak", "role": "member" }), "needs a name of letters"),
            (json!({ "name": "jan", "role": "member" }), "is taken"),
            (json!({ "name": "eva", "role": "king" }), "unknown variant"),
            (json!({ "name": "eva" }), "missing field"),
        ] {
            let refused = program.post("/invitations", &body).await;
            assert_eq!(refused.status, 422, "{body}");
            let detail = refused.json()["detail"].as_str().unwrap().to_owned();
            assert!(detail.contains(says), "{detail}");
        }
        assert_eq!(archive.acts().await.len(), acts, "nothing was recorded");
    }

    async fn own_mailboxes_are_set_as_a_whole_and_belong_to_one_person(archive: TestArchive) {
        let owner = Program::of(&archive, &token_of(&archive, Role::Owner).await);
        archive.account("jan", Role::Member).await;
        archive.account("eva", Role::Member).await;
        let path = |id: &str| format!("/accounts/{id}/mailboxes");
        let (jan, eva) = (path(&id(&archive, "jan").await), path(&id(&archive, "eva").await));

        let set = json!({ "addresses": ["Jan@Ours.example", "jan@ours.example"] });
        let set = owner.json("PUT", &jan, &[], &set).await;
        assert_eq!((set.status.as_u16(), set.json()), (200, json!({ "addresses": ["jan@ours.example"] })));
        assert_eq!(owner.get(&jan).await.json(), set.json());
        for (body, says) in [
            (json!({ "addresses": ["jan@ours.example"] }), "somebody else"),
            (json!({ "addresses": ["nobody"] }), "nobody"),
        ] {
            let refused = owner.json("PUT", &eva, &[], &body).await;
            assert_eq!(refused.status, 422);
            assert!(refused.json()["detail"].as_str().unwrap().contains(says), "{}", refused.json());
        }
        assert_eq!(owner.get(&eva).await.json(), json!({ "addresses": [] }));
        owner.json("PUT", &jan, &[], &json!({ "addresses": [] })).await;

        assert_eq!(owner.get(&jan).await.json(), json!({ "addresses": [] }));
    }

    async fn a_token_that_manages_clients_lets_nobody_in(archive: TestArchive) {
        archive.account("olga", Role::Owner).await;
        let before = [TokenScope::Read, TokenScope::Record, TokenScope::Assign, TokenScope::Manage];
        let program = Program::of(&archive, &token_for(&archive, "olga", &before).await);

        for refused in [
            program.get("/accounts").await,
            program.post("/invitations", &json!({ "name": "jan", "role": "owner" })).await,
            program.post("/teams", &json!({ "name": "Office" })).await,
            program.get("/grants").await,
        ] {
            assert_eq!(refused.status, 403);
            assert_eq!(refused.json()["type"], "urn:kronika:problem:scope-missing");
        }
        assert!(archive.acts().await.iter().all(|(_, act)| !matches!(act, Act::Invitation { .. })));
    }
}

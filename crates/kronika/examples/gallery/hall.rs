//! The way in and one's own pages: people, invitations, second step.

use std::collections::HashMap;

use axum::Router;
use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use kronika::access::Role;
use kronika::web::view::page::{Page, Place};
use kronika::web::view::people::{Invited, Link, People, Person, RemovePerson};
use kronika::web::view::show;
use kronika::web::view::sign_in::{InvitationPage, OnTo, SignInCode};
use kronika::web::view::you::{
    AuthenticatorPage, Identity, Mistake, Part, Passkey, PasskeysAt, RecoveryCodes, Session, You,
};

use super::house::elsewhere;
use super::sample::{self, DAY, HOUR};
use super::serve::{back, page};

type Asked = Query<HashMap<String, String>>;

pub fn router() -> Router {
    Router::new()
        .route("/sign-in/code", get(code))
        .route("/invitations/{token}", get(invitation))
        .route("/settings/people", get(people))
        .route("/settings/people/{id}/remove", get(remove))
        .route("/settings/you", get(you).post(back))
        .route("/settings/you/identities/office/link", get(on_to))
        .route("/settings/you/authenticator", get(authenticator))
        .route("/settings/you/recovery-codes", get(codes))
}

fn nobody(headers: &HeaderMap) -> Page {
    Page {
        person: None,
        ..page(headers, Place::Elsewhere)
    }
}

async fn code(Query(asked): Asked, headers: HeaderMap) -> Response {
    show(&SignInCode {
        page: nobody(&headers),
        step: "token".into(),
        mistake: asked.contains_key("wrong").then_some("code-mistake-time"),
    })
}

async fn invitation(Query(asked): Asked, headers: HeaderMap) -> Response {
    show(&InvitationPage {
        page: nobody(&headers),
        token: "token".into(),
        name: if asked.contains_key("first") { "" } else { "marek" }.into(),
        chosen: String::new(),
        elsewhere: elsewhere("/invitations/token/openid/office"),
        mistake: asked
            .contains_key("wrong")
            .then_some("password-mistake-guessable"),
    })
}

fn person(name: &str, role: Role, seen_at: Option<i64>) -> Person {
    Person {
        id: "1".into(),
        name: name.into(),
        role: Some(role),
        seen_at,
        password: role != Role::Expert,
        second_factor: role == Role::Owner,
        is_you: name == "anna",
        yours_to_change: role != Role::Expert,
    }
}

async fn people(Query(asked): Asked, headers: HeaderMap) -> Response {
    let invited = |name: &str, days| Invited {
        id: "2".into(),
        name: name.into(),
        role: Some(Role::Member),
        made_by: "anna".into(),
        expires_at: sample::NOW + days * DAY,
        is_over: days < 0,
    };
    show(&People {
        page: page(&headers, Place::Settings),
        people: vec![
            person("anna", Role::Owner, Some(sample::NOW)),
            person("ekspert@kancelaria.example", Role::Expert, None),
            person("marek.wisniewski", Role::Member, Some(sample::NOW - 3 * HOUR)),
        ],
        invitations: vec![invited("ola", 6), invited("stary", -2)],
        roles: Role::ALL.to_vec(),
        link: asked.contains_key("made").then(|| Link {
            name: "ola".into(),
            url: "https://kronika.example/invitations/Yk2u0o3Jr7iNqk1Tz5sH4vX8mLwPdE6fA9bGcR0yQeU".into(),
            expires_at: sample::NOW + 7 * DAY,
        }),
        mistake: asked.contains_key("wrong").then_some("people-mistake-taken"),
        refused: if asked.contains_key("wrong") { "anna" } else { "" }.into(),
    })
}

async fn remove(headers: HeaderMap) -> Response {
    show(&RemovePerson {
        page: page(&headers, Place::Settings),
        id: "1".into(),
        name: "marek.wisniewski".into(),
    })
}

async fn you(Query(asked): Asked, headers: HeaderMap) -> Response {
    let session = |browser: &str, hours: i64| Session {
        id: hours.to_string(),
        created_at: sample::NOW - (hours + 20) * HOUR,
        seen_at: sample::NOW - hours * HOUR,
        address: "192.0.2.17".into(),
        browser: browser.into(),
        is_this: hours == 0,
    };
    let (bare, passwordless) = (asked.contains_key("bare"), asked.contains_key("passwordless"));
    show(&You {
        page: page(&headers, Place::Settings),
        user: "anna".into(),
        password: !passwordless,
        confirmed: asked.contains_key("confirmed"),
        identities: if bare { Vec::new() } else { identities() },
        authenticator: !bare,
        recovery_codes: 8,
        passkeys: if bare {
            Vec::new()
        } else {
            vec![Passkey {
                id: "1".into(),
                name: "Laptop".into(),
                added_at: sample::NOW - 30 * DAY,
                used_at: Some(sample::NOW - HOUR),
            }]
        },
        passkeys_at: if bare {
            PasskeysAt::Elsewhere("https://kronika.example/settings/you".into())
        } else {
            PasskeysAt::Here
        },
        sessions: vec![
            session("Firefox · Linux", 0),
            session("Safari · iPhone", 2),
            session("", 9),
        ],
        done: asked.contains_key("done").then_some("you-password-done"),
        mistake: match (bare, passwordless) {
            (true, _) => Some((Part::Authenticator, "password-mistake-current")),
            (_, true) => Some((Part::Identity, "openid-mistake-last")),
            _ => None,
        }
        .map(|(part, key)| Mistake { part, key }),
    })
}

fn identities() -> Vec<Identity> {
    let linked = Some(("anna.kowalska@lipowa7.example".into(), sample::NOW - 40 * DAY));
    [("office", "Keycloak", linked), ("google", "Google", None)]
        .map(|(provider, name, linked)| Identity {
            provider: provider.into(),
            name: name.into(),
            linked,
        })
        .into()
}

async fn on_to(headers: HeaderMap) -> Response {
    show(&OnTo {
        page: page(&headers, Place::Settings),
        name: "Keycloak".into(),
        address: "https://sso.example/authorize?client_id=kronika".into(),
    })
}

async fn authenticator(Query(asked): Asked, headers: HeaderMap) -> Response {
    show(&AuthenticatorPage {
        page: page(&headers, Place::Settings),
        secret: "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP".into(),
        picture: "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=".into(),
        mistake: asked.contains_key("wrong").then_some("code-mistake-wrong"),
    })
}

async fn codes(headers: HeaderMap) -> Response {
    let codes = (0..10).map(|n| format!("abcd-efgh-jkmn-pq{n:02}")).collect();
    show(&RecoveryCodes {
        page: page(&headers, Place::Settings),
        codes,
        added: true,
    })
}

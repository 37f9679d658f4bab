//! Search, settings, and the pages before and besides them.

use std::collections::HashMap;
use std::convert::Infallible;

use axum::Router;
use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::sse::{Event, Sse};
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use futures_util::stream::{Stream, StreamExt};
use kronika::user::token::TokenScope;
use kronika::web::api::document;
use kronika::web::view::api::ApiPage;
use kronika::web::view::kinds::{Address, AddressKind, ClientName};
use kronika::web::view::page::{Page, Place};
use kronika::web::view::refusal::RefusalPage;
use kronika::web::view::search::{Found, Hit, Order, Piece, SearchPage, SearchResults};
use kronika::web::view::settings::{
    Authority, Checkpoint, Field, JournalPage, OurAddresses, Rule, Rules, Stage, Trouble, Verification,
    VerificationProgress, VerificationState, Witness,
};
use kronika::web::view::show;
use kronika::web::view::sign_in::{Elsewhere, SignIn};
use kronika::web::view::token::{Outcome, Token, Tokens};

use super::desk::{event, steps};
use super::sample;
use super::serve::{back, page, text};

type Asked = Query<HashMap<String, String>>;

pub fn router() -> Router {
    Router::new()
        .route(
            "/sign-in",
            get(sign_in).post(async || Redirect::to("/sign-in?wrong=1")),
        )
        .route("/sign-out", post(async || Redirect::to("/sign-in")))
        .route("/search", get(search))
        .route("/search/_results", get(search_results))
        .route("/settings/api", get(reference))
        .route(
            "/settings/you/tokens",
            get(tokens).post(async || Redirect::to("/settings/you/tokens?made=1")),
        )
        .route("/settings/you/tokens/{id}/revoke", post(back))
        .route("/settings/journal", get(journal))
        .route("/verifications/{id}/events", get(verification_events))
        .route("/settings/addresses", get(addresses).post(back))
        .route("/settings/addresses/remove", post(back))
        .route("/settings/rules", get(rules).post(back))
        .route("/settings/rules/remove", post(back))
        .fallback(missing)
}

async fn reference(headers: HeaderMap) -> Response {
    let base = "https://kronika.example/api/v1".to_owned();
    show(&ApiPage::of(
        page(&headers, Place::Settings),
        base,
        document::value(),
    ))
}

async fn tokens(Query(asked): Asked, headers: HeaderMap) -> Response {
    let scopes = TokenScope::ALL.map(|scope| (scope.name(), scope.key()));
    let token = |name: &str, used_at, expired| Token {
        id: "1".into(),
        name: name.into(),
        scopes: scopes.iter().take(2).map(|(_, key)| *key).collect(),
        made_at: sample::NOW - 40 * DAY,
        expires_at: sample::NOW + 50 * DAY,
        expired,
        used_at,
    };
    let outcome = if asked.contains_key("made") {
        Outcome::Made("kr_h1zE5Kq7v0Jw2nUoR8cXgYb3tLmPdS6fA9iQeWkVjBs".into())
    } else if asked.contains_key("wrong") {
        Outcome::Mistake("token-mistake-scope")
    } else {
        Outcome::None
    };
    let tokens = match asked.contains_key("wrong") {
        true => Vec::new(),
        false => vec![
            token("Accounting", Some(sample::NOW - DAY), false),
            token("Backup", None, true),
        ],
    };
    show(&Tokens {
        page: page(&headers, Place::Settings),
        password: true,
        tokens,
        scopes: scopes.to_vec(),
        outcome,
    })
}

fn witnesses() -> Vec<Witness> {
    let witness = |name: &str, size, trouble| Witness {
        name: name.into(),
        size,
        answered_at: size.map(|_| sample::NOW - 2 * sample::MINUTE),
        trouble,
    };
    vec![
        witness("kancelaria-nowak.example/witness", Some(61_204), None),
        witness("audit.example/kronika", Some(60_997), Some("witness-unreachable")),
        witness("izba.example/witness", None, Some("witness-unknown")),
    ]
}

/// A day in microseconds.
const DAY: i64 = 24 * 3600 * 1_000_000;

/// Two providers, one of them with a long name.
pub fn elsewhere(address: &str) -> Vec<Elsewhere> {
    ["Keycloak", "Stolarnia Dąb i Synowie"]
        .map(|name| Elsewhere {
            name: name.into(),
            address: address.into(),
        })
        .into()
}

async fn sign_in(Query(asked): Asked, headers: HeaderMap) -> Response {
    let page = Page {
        person: None,
        ..page(&headers, Place::Elsewhere)
    };
    let wrong = asked.contains_key("wrong");
    let user = if wrong { "anna".to_owned() } else { String::new() };
    show(&SignIn {
        page,
        user,
        next: String::new(),
        elsewhere: elsewhere("/sign-in/openid/office"),
        passkeys: true,
        mistake: wrong.then_some("sign-in-wrong"),
    })
}

async fn missing(headers: HeaderMap) -> Response {
    let page = page(&headers, Place::Elsewhere);
    show(&RefusalPage {
        page,
        status: 404,
        what: "not-found",
        fix: "not-found-fix",
    })
}

async fn verification_events(headers: HeaderMap) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let page = page(&headers, Place::Settings);
    Sse::new(steps().map(move |step| {
        let verification = Verification {
            id: "1".into(),
            state: verification(step),
        };
        Ok(event(
            step,
            &VerificationProgress {
                page: page.clone(),
                verification,
            },
        ))
    }))
}

fn verification(step: u64) -> VerificationState {
    match step {
        0..50 => VerificationState::Running {
            stage: Stage::Journal,
            checked: step * 1_224,
            total: 61_204,
        },
        50..100 => VerificationState::Running {
            stage: Stage::Originals,
            checked: (step - 50) * 1_180,
            total: 59_012,
        },
        _ => VerificationState::Holds {
            at: sample::NOW,
            entries: 61_204,
            originals: 59_012,
        },
    }
}

fn hits(count: usize) -> Vec<Hit> {
    let piece = |text: &str, found| Piece {
        text: text.into(),
        found,
    };
    sample::rows(0, count)
        .into_iter()
        .enumerate()
        .map(|(index, row)| Hit {
            id: row.id,
            claimed_at: row.claimed_at - index as i64 * 20 * sample::DAY,
            channel: row.channel,
            direction: row.direction,
            from: row.from,
            to: row.to.into_iter().next(),
            client: (index % 3 != 2).then(|| ClientName {
                id: "c0".into(),
                name: sample::CLIENTS[index % 14].0.into(),
            }),
            headline: if row.headline.is_empty() {
                Vec::new()
            } else {
                vec![piece(&row.headline, false)]
            },
            excerpt: vec![
                piece("…zgodnie z ustaleniami z rozmowy, od stycznia ", false),
                piece("cena", true),
                piece(
                    " obsługi miesięcznej wynosi 1 350 zł netto. Nowy cennik obowiązuje od 1 ",
                    false,
                ),
                piece("marca", true),
                piece(
                    " i obejmuje również kadry, płace oraz przygotowanie sprawozdania rocznego…",
                    false,
                ),
            ],
            attachment: (index == 1).then(|| "Cennik 2027.pdf".to_owned()),
        })
        .collect()
}

async fn search(Query(asked): Asked, headers: HeaderMap) -> Response {
    let q = text(&asked, "q");
    let order = if text(&asked, "order") == "best" {
        Order::Best
    } else {
        Order::Newest
    };
    let none = q == "xyzzy";
    let found = if none {
        Found::Exactly(0)
    } else {
        Found::MoreThan(1_000)
    };
    let hits = hits(if none { 0 } else { 12 });
    show(&SearchPage {
        page: page(&headers, Place::Search),
        q,
        order,
        found,
        hits,
        next: None,
    })
}

async fn search_results(Query(asked): Asked, headers: HeaderMap) -> Response {
    let (q, found) = (text(&asked, "q"), Found::Exactly(7));
    let page = page(&headers, Place::Search);
    show(&SearchResults {
        page,
        q,
        order: Order::Newest,
        found,
        hits: hits(7),
        next: None,
    })
}

async fn journal(Query(asked): Asked, headers: HeaderMap) -> Response {
    let origin = "kronika.biuro-kalkulus.pl/archive".to_owned();
    let note = format!(
        "{origin}\n61204\nXWsKjj8clNJ7YOihw1+STgfYtqHzwpV+S40PaiyRPlc=\n\n— {origin} HzqcBx0vQk9jmpVQhU2fQ2Wm5dGm0WzJv0oJcUeQxv1s7n3rYp6bT8kD\n"
    );
    let state = match text(&asked, "state").as_str() {
        "broken" => VerificationState::Broken {
            at: sample::NOW - sample::HOUR,
            findings: vec!["Entry 48,211: the stored original differs from what was recorded.".into()],
        },
        _ if asked.contains_key("running") => verification(22),
        _ => VerificationState::Holds {
            at: sample::NOW - 3 * sample::HOUR,
            entries: 61_204,
            originals: 59_012,
        },
    };
    show(&JournalPage {
        page: page(&headers, Place::Settings),
        size: 61_204,
        key: format!("{origin}+1f3a9c07+AbQ2n0fSx1l0uJ5mVvQ0mYw2sZ8tq4Xo7rK3cNnE5hUd"),
        origin,
        authorities: vec![
            Authority {
                name: "Certum QTSA".into(),
                answered_at: Some(sample::NOW - 20 * sample::MINUTE),
                trouble: None,
            },
            Authority {
                name: "Disig QTSA".into(),
                answered_at: None,
                trouble: Some("authority-unreachable"),
            },
        ],
        witnesses: witnesses(),
        policy_trouble: asked
            .contains_key("trouble")
            .then(|| "line 3: no such witness".into()),
        waiting: if asked.contains_key("trouble") { 12 } else { 0 },
        trouble: asked.contains_key("trouble").then(|| Trouble {
            code: "sealing-put-back",
            why: "the checkpoint kept beside the keys covers 61204 entries, but the database has only 61190"
                .into(),
        }),
        checkpoint: Some(Checkpoint {
            signed_at: sample::NOW - 2 * sample::MINUTE,
            text: note,
        }),
        verification: (!asked.contains_key("never")).then(|| Verification {
            id: "1".into(),
            state,
        }),
    })
}

async fn addresses(Query(asked): Asked, headers: HeaderMap) -> Response {
    let addresses = vec![
        Address {
            kind: AddressKind::Domain,
            value: "biuro-kalkulus.pl".into(),
        },
        Address {
            kind: AddressKind::Email,
            value: "kalkulus.katowice@poczta.example".into(),
        },
    ];
    let wrong = asked.contains_key("wrong");
    show(&OurAddresses {
        page: page(&headers, Place::Settings),
        addresses: if asked.contains_key("empty") {
            Vec::new()
        } else {
            addresses
        },
        mistake: wrong.then_some("ours-mistake"),
        refused: if wrong {
            "biuro kalkulus".into()
        } else {
            String::new()
        },
    })
}

async fn rules(headers: HeaderMap) -> Response {
    let rule = |id: &str, field, contains: &str, client: usize, matched| Rule {
        id: id.into(),
        field,
        contains: contains.into(),
        client: ClientName {
            id: format!("c{client}"),
            name: sample::CLIENTS[client].0.into(),
        },
        matched,
    };
    let rules = vec![
        rule("1", Field::Subject, "[ZK-2026]", 0, 128),
        rule("2", Field::To, "faktury+hotel@", 9, 2),
        rule("3", Field::From, "@sever-veter", 2, 1),
    ];
    show(&Rules {
        page: page(&headers, Place::Settings),
        rules,
        mistake: None,
    })
}

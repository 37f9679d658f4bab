//! Inbox, imports, search, settings, and the pages before and besides them.

use std::collections::HashMap;
use std::convert::Infallible;
use std::time::Duration;

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use futures_util::stream::{self, Stream, StreamExt};
use kronika::web::view::import::{FileFailure, ImportPage, ImportProgress, Progress};
use kronika::web::view::inbox::{
    Done, Inbox, InboxRow, InboxRows, InboxState, Outcome, Shelf, ShelfCounts, Suggestion, Suggestions,
};
use kronika::web::view::interaction::Learnable;
use kronika::web::view::kinds::{Address, AddressKind, ClientName};
use kronika::web::view::page::{Page, Place};
use kronika::web::view::refusal::RefusalPage;
use kronika::web::view::search::{Found, Hit, Order, Piece, SearchPage, SearchResults};
use kronika::web::view::settings::{
    Checkpoint, Field, JournalPage, OurAddresses, Rule, Rules, Stage, Verification, VerificationProgress,
    VerificationState, You,
};
use kronika::web::view::show;
use kronika::web::view::sign_in::SignIn;

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
        .route("/inbox", get(inbox))
        .route("/inbox/_rows", get(inbox_rows))
        .route("/clients/_suggest", get(suggest))
        .route("/interactions/{id}/assignments", post(assign))
        .route("/interactions/{id}/assignments/{client}/remove", post(back))
        .route("/interactions/{id}/ignore", post(ignore))
        .route("/interactions/{id}/retry", post(back))
        .route("/imports", post(async || Redirect::to("/imports/1")))
        .route("/imports/{id}", get(import))
        .route("/imports/{id}/events", get(import_events))
        .route("/search", get(search))
        .route("/search/_results", get(search_results))
        .route("/settings/journal", get(journal))
        .route(
            "/verifications",
            post(async || Redirect::to("/settings/journal?running=1")),
        )
        .route("/verifications/{id}/events", get(verification_events))
        .route("/settings/addresses", get(addresses).post(back))
        .route("/settings/addresses/remove", post(back))
        .route("/settings/rules", get(rules).post(back))
        .route("/settings/rules/remove", post(back))
        .route("/settings/you", get(you).post(back))
        .fallback(missing)
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

fn shelf(asked: &HashMap<String, String>) -> Shelf {
    let shelves = [Shelf::All, Shelf::Unreadable, Shelf::Ignored];
    shelves
        .into_iter()
        .find(|shelf| shelf.name() == text(asked, "filter"))
        .unwrap_or_default()
}

fn inbox_lines(shelf: Shelf) -> Vec<InboxRow> {
    let rows = sample::rows(0, 14).into_iter().enumerate();
    rows.map(|(index, mut row)| {
        row.earlier = 0;
        row.from = sample::person(
            "Zofia Brzęczyszczykiewicz",
            &format!("zofia{index}@nowa-firma.example"),
        );
        let reason = || "The message ends in the middle of its first part.".to_owned();
        let state = match shelf {
            Shelf::All if index != 3 => InboxState::Waiting,
            Shelf::All | Shelf::Unreadable => InboxState::Unreadable { reason: reason() },
            Shelf::Ignored => InboxState::Ignored {
                reason: "Reklama".into(),
            },
        };
        let learnable = Learnable {
            address: row.from.address.clone(),
            domain: if index % 2 == 0 {
                "nowa-firma.example".into()
            } else {
                String::new()
            },
        };
        InboxRow {
            row,
            state,
            learnable,
        }
    })
    .collect()
}

async fn inbox(Query(asked): Asked, headers: HeaderMap) -> Response {
    let empty = asked.contains_key("empty");
    let shelf = shelf(&asked);
    show(&Inbox {
        page: page(&headers, Place::Inbox),
        shelf,
        counts: if empty {
            ShelfCounts::default()
        } else {
            ShelfCounts {
                all: 14,
                unreadable: 1,
                ignored: 208,
            }
        },
        rows: if empty { Vec::new() } else { inbox_lines(shelf) },
        next: None,
    })
}

async fn inbox_rows(Query(asked): Asked, headers: HeaderMap) -> Response {
    let shelf = shelf(&asked);
    show(&InboxRows {
        page: page(&headers, Place::Inbox),
        shelf,
        rows: inbox_lines(shelf),
        next: None,
    })
}

async fn suggest(Query(asked): Asked, headers: HeaderMap) -> Response {
    let q = text(&asked, "q").to_lowercase();
    let clients = sample::clients()
        .into_iter()
        .filter(|client| client.name.to_lowercase().contains(&q));
    let options = clients
        .take(9)
        .map(|client| Suggestion {
            client: ClientName {
                id: client.id,
                name: client.name,
            },
            detail: client.address,
        })
        .collect();
    show(&Suggestions {
        page: page(&headers, Place::Inbox),
        options,
    })
}

async fn assign(Path(id): Path<String>, headers: HeaderMap) -> Response {
    let client = ClientName {
        id: "c0".into(),
        name: sample::CLIENTS[0].0.into(),
    };
    done(headers, id, Outcome::Assigned { client, others: 3 }).await
}

async fn ignore(Path(id): Path<String>, headers: HeaderMap) -> Response {
    done(
        headers,
        id,
        Outcome::Ignored {
            reason: "Reklama".into(),
        },
    )
    .await
}

async fn done(headers: HeaderMap, id: String, outcome: Outcome) -> Response {
    if !headers.contains_key("hx-request") {
        return back(headers).await.into_response();
    }
    let headline = "Deklaracja VAT-7 za październik do akceptacji".to_owned();
    show(&Done {
        page: page(&headers, Place::Inbox),
        id,
        headline,
        outcome,
    })
}

fn progress(step: u64) -> Progress {
    Progress {
        finished: step >= 100,
        bytes_read: step * 28_430_000,
        bytes_total: 2_843_000_000,
        recorded: step * 824,
        known: step * 61,
        unreadable: step / 20,
        waiting: step * 3,
        file: "archiwum-2019-2026.mbox".into(),
        failures: (step > 60)
            .then(|| FileFailure {
                file: "stare.pst".into(),
                reason: "This is an Outlook file. Export it as mbox.".into(),
            })
            .into_iter()
            .collect(),
    }
}

async fn import(Path(id): Path<String>, Query(asked): Asked, headers: HeaderMap) -> Response {
    let step = text(&asked, "step").parse().unwrap_or(12);
    show(&ImportPage {
        page: page(&headers, Place::Inbox),
        id,
        progress: progress(step),
    })
}

async fn import_events(headers: HeaderMap) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let page = page(&headers, Place::Inbox);
    Sse::new(steps().map(move |step| {
        let fragment = ImportProgress {
            page: page.clone(),
            progress: progress(step),
        };
        Ok(event(step, &fragment))
    }))
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

fn event(step: u64, fragment: &impl Template) -> Event {
    let name = if step < 100 { "progress" } else { "done" };
    Event::default()
        .event(name)
        .data(fragment.render().unwrap_or_default())
}

fn steps() -> impl Stream<Item = u64> {
    stream::iter((14..=100).step_by(2)).then(async |step| {
        tokio::time::sleep(Duration::from_millis(60)).await;
        step
    })
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

async fn you(headers: HeaderMap) -> Response {
    show(&You {
        page: page(&headers, Place::Settings),
        user: "anna".into(),
    })
}

//! Packages of evidence.

use std::collections::HashMap;

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::HeaderMap;
use axum::response::{Redirect, Response};
use axum::routing::get;
use kronika::web::view::evidence::{
    Asked, EvidenceList, EvidenceNew, EvidencePage, Form, Line, Other, Package, PackageLine, Part, Preview,
    State,
};
use kronika::web::view::kinds::{ClientName, Direction};
use kronika::web::view::page::Place;
use kronika::web::view::show;

use super::sample;
use super::serve::page;

type Wanted = Query<HashMap<String, String>>;

pub fn router() -> Router {
    let begun = async || Redirect::to("/evidence/running");
    Router::new()
        .route("/evidence", get(list).post(begun))
        .route("/evidence/new", get(new))
        .route("/evidence/{id}", get(package))
}

fn asked() -> Asked {
    Asked {
        client: Some(ClientName {
            id: "c0".into(),
            name: "Stolarnia Dąb".into(),
        }),
        from: "2026-01-01".into(),
        to: "2026-03-31".into(),
        known_by: sample::NOW,
        ..Asked::default()
    }
}

async fn list(Query(wanted): Wanted, headers: HeaderMap) -> Response {
    let line = |id: &str, purpose: &str, recipient: &str, withheld: u64| PackageLine {
        id: id.into(),
        made_at: sample::NOW,
        made_by: "ewa".into(),
        purpose: purpose.into(),
        recipient: recipient.into(),
        items: 128,
        withheld,
    };
    let empty = wanted.contains_key("empty");
    show(&EvidenceList {
        page: page(&headers, Place::Evidence),
        asked: Asked::default(),
        mistake: wanted.contains_key("wrong").then_some("evidence-no-client"),
        unfinished: if empty {
            Vec::new()
        } else {
            vec![("running".into(), false), ("failed".into(), true)]
        },
        packages: match empty {
            true => Vec::new(),
            false => vec![
                line("1", "Sprawa I C 12/26", "Sąd Rejonowy w Krakowie", 3),
                line("2", "", "", 0),
            ],
        },
        next: (!empty).then(|| "1".into()),
    })
}

async fn new(Query(wanted): Wanted, headers: HeaderMap) -> Response {
    let preview = match wanted.contains_key("empty") {
        true => Preview::default(),
        false => preview(),
    };
    show(&EvidenceNew {
        page: page(&headers, Place::Evidence),
        asked: asked(),
        mistake: wanted.contains_key("wrong").then_some("evidence-no-reason"),
        preview,
        form: Form {
            purpose: "Sprawa I C 12/26".into(),
            ..Form::default()
        },
    })
}

fn preview() -> Preview {
    let part = |number: &str, name: &str, size: u64, withheld: bool| Part {
        number: number.into(),
        name: name.into(),
        size,
        withheld,
    };
    let line = |id: &str, headline: &str, direction: Direction, parts: Vec<Part>| Line {
        id: id.into(),
        claimed_at: sample::NOW,
        direction,
        from: "Anna Dąbrowska".into(),
        to: "Ewa Lipowa".into(),
        headline: headline.into(),
        withheld: id == "m2",
        parts,
    };
    Preview {
        lines: vec![
            line(
                "m0",
                "Umowa na rok 2026",
                Direction::Inbound,
                vec![
                    part("text", "", 2_140, false),
                    part("2", "umowa-2026-podpisana.pdf", 482_133, false),
                    part("3", "kalkulacja-wewnętrzna.xlsx", 31_007, true),
                ],
            ),
            line(
                "m1",
                "Re: Umowa na rok 2026",
                Direction::Outbound,
                vec![part("text", "", 860, false)],
            ),
            line("m2", "", Direction::Inbound, Vec::new()),
        ],
        more: 21,
        bytes: 516_140,
        attachments: 2,
        first_at: Some(sample::NOW - 90 * 86_400_000_000),
        last_at: Some(sample::NOW),
        others: vec![Other {
            name: "Jan Kowalski".into(),
            address: "jan@kowalski.example".into(),
            interactions: 2,
        }],
    }
}

async fn package(Path(id): Path<String>, headers: HeaderMap) -> Response {
    let state = match id.as_str() {
        "waiting" => State::Waiting,
        "sealing" => State::Sealing,
        "gathering" => State::Gathering(12, 128),
        "running" => State::Writing(74, 128),
        "reading" => State::Reading(80, 128),
        "reporting" => State::Reporting(0, 1),
        "encrypting" => State::Encrypting,
        "failed" => State::Failed("evidence-failed", "evidence-failed-fix"),
        other => State::Ready(Box::new(made(other))),
    };
    show(&EvidencePage {
        page: page(&headers, Place::Evidence),
        id,
        state,
    })
}

fn made(id: &str) -> Package {
    Package {
        made_at: sample::NOW,
        made_by: "ewa".into(),
        purpose: "Sprawa I C 12/26".into(),
        recipient: "Sąd Rejonowy w Krakowie".into(),
        encrypted_to: match id {
            "2" => "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p".into(),
            _ => String::new(),
        },
        items: 128,
        withheld: 3,
        report: id == "1",
        size: 48_213_331,
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
        file: (id == "1").then(|| "kronika-0d2k9z81m3p4q.zip".into()),
        interactions: vec![
            ("m0".into(), "Umowa na rok 2026".into()),
            ("m1".into(), String::new()),
        ],
    }
}

//! The log of what people looked at and did.

use std::collections::HashMap;

use axum::Router;
use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use kronika::web::view::kinds::ClientName;
use kronika::web::view::log::{LogAbout, LogLine, LogPage};
use kronika::web::view::page::Place;
use kronika::web::view::show;

use super::sample;
use super::serve::page;

type Asked = Query<HashMap<String, String>>;

pub fn router() -> Router {
    Router::new()
        .route("/settings/log", get(everything))
        .route("/clients/{id}/log", get(of_client))
        .route("/interactions/{id}/log", get(of_interaction))
}

fn client() -> ClientName {
    ClientName {
        id: "c0".into(),
        name: "Stolarnia Dąb sp. z o.o.".into(),
    }
}

fn lines() -> Vec<LogLine> {
    let line = |hours: i64, by: &str, kind: &str, about: (bool, bool), detail: &str| LogLine {
        at: sample::NOW - hours * sample::HOUR,
        by: by.into(),
        kind: kind.into(),
        client: about.0.then(client),
        interaction: about.1.then(|| {
            (
                "m0".into(),
                "Deklaracja VAT-7 za październik do akceptacji".into(),
            )
        }),
        detail: detail.into(),
    };
    vec![
        line(0, "anna", "opened", (false, true), ""),
        line(0, "olga.petrova", "searched", (false, false), "umowa najmu"),
        line(1, "marek", "part", (false, true), "deklaracja-vat7-2026-10.pdf"),
        line(2, "jan", "refused", (false, false), "GET /settings/people"),
        line(3, "anna", "assigned", (true, true), "by telephone"),
        line(5, "marek", "client-access-set", (true, false), ""),
        line(9, "zuzana", "account-signed-in", (false, false), "192.0.2.17"),
        line(30, "kronika", "sign-ins-refused", (false, false), "412"),
    ]
}

fn shown(headers: &HeaderMap, about: LogAbout, asked: &HashMap<String, String>) -> Response {
    let (empty, own) = (asked.contains_key("empty"), asked.contains_key("own"));
    show(&LogPage {
        page: page(headers, Place::Settings),
        about,
        lines: if empty { Vec::new() } else { lines() },
        next: (!empty).then(|| "1.2.3".to_owned()),
        names: if own {
            Vec::new()
        } else {
            vec!["anna".into(), "marek".into()]
        },
        by: String::new(),
    })
}

async fn everything(Query(asked): Asked, headers: HeaderMap) -> Response {
    shown(&headers, LogAbout::Everything, &asked)
}

async fn of_client(Query(asked): Asked, headers: HeaderMap) -> Response {
    shown(&headers, LogAbout::Client(client()), &asked)
}

async fn of_interaction(Query(asked): Asked, headers: HeaderMap) -> Response {
    let about = LogAbout::Interaction {
        id: "m0".into(),
        headline: "Deklaracja VAT-7 za październik do akceptacji".into(),
    };
    shown(&headers, about, &asked)
}

//! What was opened to somebody from outside.

use std::collections::HashMap;

use axum::Router;
use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use kronika::access::grant::GrantState;
use kronika::access::{Right, Role};
use kronika::web::view::given::{Extent, Given, GivenPage, GivenWhat};
use kronika::web::view::page::{Outside, Page, Place};
use kronika::web::view::show;

use super::sample;
use super::serve::page;

pub fn router() -> Router {
    Router::new().route("/grants", get(given))
}

async fn given(Query(asked): Query<HashMap<String, String>>, headers: HeaderMap) -> Response {
    let empty = asked.contains_key("empty");
    let one = |covers, interactions: Option<u64>, state| Given {
        covers,
        extent: interactions.map(|interactions| Extent {
            interactions,
            counted: 10_000,
            period: (interactions > 0).then_some((sample::NOW - 900 * sample::DAY, sample::NOW)),
        }),
        from: sample::NOW - 3 * sample::DAY,
        until: (interactions != Some(10_001)).then_some(sample::NOW + 27 * sample::DAY),
        by: "Anna Wiśniewska".into(),
        state,
    };
    let client = GivenWhat::Client {
        id: "c0".into(),
        name: sample::CLIENTS[0].0.into(),
    };
    let thread = |headline: &str| GivenWhat::Thread {
        id: "m0".into(),
        headline: headline.into(),
    };
    let given = match empty {
        true => vec![one(GivenWhat::Unseen("given-thread"), None, GrantState::Over)],
        false => vec![
            one(client, Some(214), GrantState::Valid),
            one(
                thread("Re: Faktura korygująca 11/2026"),
                Some(1),
                GrantState::Valid,
            ),
            one(thread(""), Some(3), GrantState::Valid),
            one(GivenWhat::Unseen("given-thread"), Some(0), GrantState::Valid),
            one(
                GivenWhat::Everything { clients: 14 },
                Some(10_001),
                GrantState::Valid,
            ),
            one(GivenWhat::Unseen("given-client"), None, GrantState::Later),
            one(GivenWhat::Unseen("given-client"), None, GrantState::Ended),
        ],
    };
    let page = page(&headers, Place::Grants);
    let rights = Right::ALL.into_iter().filter(|right| Role::Expert.has(*right));
    show(&GivenPage {
        page: Page {
            person: Some("biegły.wójcik".into()),
            rights: rights.collect(),
            inbox: 0,
            outside: Some(Outside {
                clients: !empty,
                anything: !empty,
            }),
            ..page
        },
        given,
    })
}

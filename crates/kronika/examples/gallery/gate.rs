//! Who sees what: teams, grants, the table of rights.

use std::collections::HashMap;

use axum::Router;
use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use kronika::access::grant::GrantState;
use kronika::access::{Openness, Role, Sensitivity};
use kronika::web::view::access::{
    Choice, ClientSight, Covered, Grant, GrantsPage, InteractionSight, Mailbox, RightsPage, Team, TeamsPage,
};
use kronika::web::view::page::Place;
use kronika::web::view::show;

use super::sample;
use super::serve::{back, page, text};

type Asked = Query<HashMap<String, String>>;

pub fn router() -> Router {
    Router::new()
        .route("/settings/teams", get(teams).post(back))
        .route("/settings/teams/{id}", post(back))
        .route("/settings/teams/{id}/remove", post(back))
        .route("/settings/mailboxes/{id}", post(back))
        .route("/settings/grants", get(grants).post(back))
        .route("/settings/grants/{id}/end", post(back))
        .route("/settings/rights", get(rights))
        .route("/clients/{id}/access", post(back))
        .route("/interactions/{id}/access", post(back))
}

const PEOPLE: [&str; 6] = [
    "anna",
    "marek",
    "katarzyna.zielińska",
    "jan",
    "olga.petrova",
    "zuzana",
];

fn choices(names: &[&str], on: impl Fn(usize) -> bool) -> Vec<Choice> {
    let choice = |(index, name): (usize, &&str)| Choice {
        id: format!("a{index}"),
        name: (*name).to_owned(),
        on: on(index),
    };
    names.iter().enumerate().map(choice).collect()
}

pub fn client_sight() -> ClientSight {
    ClientSight {
        openness: Openness::Team,
        teams: choices(&["Kadry i płace", "Księgowość", "Bratislava"], |index| {
            index == 1
        }),
        people: choices(&PEOPLE, |index| index == 4),
    }
}

pub fn interaction_sight() -> InteractionSight {
    InteractionSight {
        sensitivity: Sensitivity::Restricted,
        named: vec![PEOPLE[1].into(), PEOPLE[4].into()],
        options: Sensitivity::ALL.to_vec(),
        people: choices(&PEOPLE, |index| index == 1 || index == 4),
        thread: 4,
    }
}

async fn teams(Query(asked): Asked, headers: HeaderMap) -> Response {
    let team = |id: &str, name: &str, from: usize| Team {
        id: id.into(),
        name: name.into(),
        members: choices(&PEOPLE, |index| (from..from + 3).contains(&index)),
    };
    let teams = match asked.contains_key("empty") {
        true => Vec::new(),
        false => vec![
            team("t0", "Bratislava", 4),
            team("t1", "Kadry i płace", 0),
            team("t2", "Księgowość", 9),
        ],
    };
    let mailbox = |(index, name): (usize, &&str)| Mailbox {
        account: format!("a{index}"),
        name: (*name).to_owned(),
        addresses: match index {
            0 | 1 => format!("{name}@biuro-kalkulus.pl"),
            _ => String::new(),
        },
    };
    let wrong = asked.contains_key("wrong");
    show(&TeamsPage {
        page: page(&headers, Place::Settings),
        teams,
        mailboxes: PEOPLE.iter().enumerate().map(mailbox).collect(),
        mistake: wrong.then_some("mailbox-mistake-taken"),
        refused: match wrong {
            true => "anna@biuro-kalkulus.pl".into(),
            false => String::new(),
        },
    })
}

async fn grants(Query(asked): Asked, headers: HeaderMap) -> Response {
    let grant = |id: &str, covers, state, days: i64| Grant {
        id: id.into(),
        name: "rewident.nowak".into(),
        covers,
        from: sample::NOW - days * sample::DAY,
        until: (days != 10).then_some(sample::NOW + (30 - days) * sample::DAY),
        state,
        by: "Anna Wiśniewska".into(),
    };
    let client = Covered::Client {
        id: "c0".into(),
        name: sample::CLIENTS[0].0.into(),
    };
    let thread = |headline: Option<&str>| Covered::Thread {
        id: "m0".into(),
        headline: headline.map(str::to_owned),
    };
    let grants = match asked.contains_key("empty") {
        true => Vec::new(),
        false => vec![
            grant("g0", client, GrantState::Valid, 3),
            grant(
                "g1",
                thread(Some("Re: Faktura korygująca 11/2026")),
                GrantState::Later,
                -2,
            ),
            grant("g2", thread(None), GrantState::Ended, 12),
            grant("g3", Covered::Everything, GrantState::Valid, 10),
            grant("g4", thread(Some("")), GrantState::Over, 60),
        ],
    };
    show(&GrantsPage {
        page: page(&headers, Place::Settings),
        grants,
        people: match asked.contains_key("nobody") {
            true => Vec::new(),
            false => choices(&["rewident.nowak", "biegły.wójcik"], |_| false),
        },
        link: text(&asked, "link"),
        today: "2026-11-22".into(),
        mistake: asked.contains_key("wrong").then_some("grant-mistake-end"),
    })
}

async fn rights(headers: HeaderMap) -> Response {
    show(&RightsPage {
        page: page(&headers, Place::Settings),
        role: Some(Role::Manager),
    })
}

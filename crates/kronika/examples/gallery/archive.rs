//! An archive that is one of several on a server.

use std::collections::HashMap;

use axum::Router;
use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use kronika::web::view::elsewhere::{self as archive_view, ArchivesPage, JoinPage, Joined};
use kronika::web::view::page::{Archives, OtherArchive, Page, Place};
use kronika::web::view::show;

use super::serve::{back, page};

type Asked = Query<HashMap<String, String>>;

pub fn router() -> Router {
    Router::new()
        .route(
            "/settings/you/archives",
            get(archives).post(async || Redirect::to("/settings/you/archives?go=1")),
        )
        .route("/settings/you/archives/join", get(join).post(back))
        .route("/settings/you/archives/leave", post(back))
}

/// A page of an archive that is one of several.
fn page_of_several(headers: &HeaderMap) -> Page {
    let other = |title: &str, host: &str| OtherArchive {
        title: title.into(),
        url: format!("https://{host}.example/"),
    };
    Page {
        archives: Some(Archives {
            here: "Biuro Kalkulus".into(),
            others: vec![
                other("Fundacja Dobry Start", "dobrystart"),
                other("ООО «Северный ветер»", "sever"),
            ],
        }),
        ..page(headers, Place::Settings)
    }
}

async fn archives(Query(asked): Asked, headers: HeaderMap) -> Response {
    let outcome = if asked.contains_key("go") {
        archive_view::Outcome::GoOn {
            host: "spizarnia.example".into(),
            link: "/settings/you/archives/join".into(),
        }
    } else if asked.contains_key("wrong") {
        archive_view::Outcome::Mistake("archives-nobody-there")
    } else {
        archive_view::Outcome::None
    };
    let joined = |name: &str, title: &str, url: Option<&str>| Joined {
        name: name.into(),
        title: title.into(),
        url: url.map(str::to_owned),
    };
    let joined = match asked.contains_key("wrong") {
        true => Vec::new(),
        false => vec![
            joined(
                "dobrystart",
                "Fundacja Dobry Start",
                Some("https://dobrystart.example/"),
            ),
            joined("sever", "ООО «Северный ветер»", None),
        ],
    };
    show(&ArchivesPage {
        page: page_of_several(&headers),
        joined,
        outcome,
    })
}

async fn join(headers: HeaderMap) -> Response {
    show(&JoinPage {
        page: page_of_several(&headers),
        other: "Fundacja Dobry Start".into(),
        other_person: "anna".into(),
        ticket: "x".into(),
    })
}

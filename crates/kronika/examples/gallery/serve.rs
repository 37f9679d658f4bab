//! Addresses of the gallery; forms lead back to where they came from.

use std::collections::HashMap;

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use kronika::web::assets;
use kronika::web::locale::Locale;
use kronika::web::view::client::{ClientForm, ClientList, ClientPage, ClientRows, Sort};
use kronika::web::view::interaction::{Frame, InteractionOpen, Standing};
use kronika::web::view::kinds::{Channel, Direction};
use kronika::web::view::page::{Page, Place, Theme};
use kronika::web::view::timeline::{Filter, Timeline, TimelineRows};
use kronika::web::view::{FRAME_POLICY, POLICY, show};

use super::{archive, desk, diary, evidence, gate, given, guideline, hall, house, sample, webhook};

type Asked = Query<HashMap<String, String>>;

pub fn router() -> Router {
    Router::new()
        .route("/", get(async || Redirect::to("/clients")))
        .route("/look", get(look))
        .route("/assets/{file}", get(assets::show))
        .route("/clients", get(clients).post(back))
        .route("/clients/_rows", get(client_rows))
        .route("/clients/new", get(new_client))
        .route("/clients/{id}", get(client).post(back))
        .route("/clients/{id}/edit", get(edit_client))
        .route("/clients/{id}/_timeline", get(timeline))
        .route("/clients/{id}/addresses", post(back))
        .route("/clients/{id}/addresses/remove", post(back))
        .route("/interactions/{id}", get(interaction))
        .route("/interactions/{id}/_open", get(open))
        .route("/interactions/{id}/html", get(frame))
        .route("/interactions/{id}/parts/{number}", get(part))
        .merge(archive::router())
        .merge(desk::router())
        .merge(gate::router())
        .merge(given::router())
        .merge(diary::router())
        .merge(guideline::router())
        .merge(evidence::router())
        .merge(webhook::router())
        .merge(house::router())
        .merge(hall::router())
        .layer(map_response(guarded))
}

/// The policy that the real server sends.
async fn guarded(mut response: Response) -> Response {
    if !response.headers().contains_key(CONTENT_SECURITY_POLICY) {
        response
            .headers_mut()
            .insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    }
    response
}

/// `GET /look?lang=pl&theme=dark&to=/clients`
async fn look(Query(asked): Asked) -> Response {
    let to = asked.get("to").map_or("/clients", String::as_str);
    let mut response = Redirect::to(to).into_response();
    for name in ["lang", "theme"] {
        if let Some(value) = asked
            .get(name)
            .and_then(|value| format!("{name}={value}; Path=/").parse().ok())
        {
            response.headers_mut().append(SET_COOKIE, value);
        }
    }
    response
}

pub async fn back(headers: HeaderMap) -> Redirect {
    let from = headers
        .get("referer")
        .and_then(|from| from.to_str().ok())
        .unwrap_or("/clients");
    Redirect::to(from)
}

pub fn page(headers: &HeaderMap, place: Place) -> Page {
    let cookies = headers
        .get("cookie")
        .and_then(|cookies| cookies.to_str().ok())
        .unwrap_or_default();
    let cookie = |name: &str| {
        let found = cookies
            .split("; ")
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| *key == name);
        found.map(|(_, value)| value.to_owned())
    };
    let locale = cookie("lang")
        .and_then(|code| Locale::of_code(&code))
        .unwrap_or(Locale::En);
    let theme = Theme::ALL
        .into_iter()
        .find(|theme| Some(theme.name()) == cookie("theme").as_deref());
    sample::page(locale, theme.unwrap_or(Theme::Device), place)
}

pub fn text(asked: &HashMap<String, String>, name: &str) -> String {
    asked.get(name).cloned().unwrap_or_default()
}

fn sort(asked: &HashMap<String, String>) -> Sort {
    [Sort::Name, Sort::Last, Sort::Count]
        .into_iter()
        .find(|sort| sort.name() == text(asked, "sort"))
        .unwrap_or_default()
}

async fn clients(Query(asked): Asked, headers: HeaderMap) -> Response {
    let page = page(&headers, Place::Clients);
    let empty = asked.contains_key("empty");
    let rows = if empty {
        Vec::new()
    } else {
        found(&text(&asked, "q"))
    };
    let total = if empty { 0 } else { 1_214 };
    let next = (rows.len() > 10).then(|| "c13".to_owned());
    show(&ClientList {
        page,
        q: text(&asked, "q"),
        sort: sort(&asked),
        total,
        rows,
        next,
    })
}

async fn client_rows(Query(asked): Asked, headers: HeaderMap) -> Response {
    let page = page(&headers, Place::Clients);
    let rows = found(&text(&asked, "q"));
    show(&ClientRows {
        page,
        q: text(&asked, "q"),
        sort: sort(&asked),
        rows,
        next: None,
    })
}

fn found(q: &str) -> Vec<kronika::web::view::client::ClientRow> {
    let q = q.to_lowercase();
    sample::clients()
        .into_iter()
        .filter(|row| row.name.to_lowercase().contains(&q))
        .collect()
}

async fn new_client(Query(asked): Asked, headers: HeaderMap) -> Response {
    let interaction = asked.get("from").cloned();
    show(&ClientForm {
        city: String::new(),
        tax_id: String::new(),
        page: page(&headers, Place::Clients),
        id: None,
        name: text(&asked, "name"),
        language: None,
        addresses: interaction
            .iter()
            .flat_map(|_| sample::card().addresses.pop())
            .collect(),
        interaction,
        mistake: asked.contains_key("mistake").then_some("client-mistake-name"),
        refused: None,
        sight: None,
    })
}

async fn edit_client(Path(id): Path<String>, headers: HeaderMap) -> Response {
    let card = sample::card();
    show(&ClientForm {
        city: String::new(),
        tax_id: String::new(),
        page: page(&headers, Place::Clients),
        id: Some(id),
        name: card.name,
        language: card.language,
        refused: card.addresses.first().cloned(),
        addresses: card.addresses,
        interaction: None,
        mistake: Some("client-mistake-address-taken"),
        sight: Some(gate::client_sight()),
    })
}

fn filter(asked: &HashMap<String, String>) -> Filter {
    Filter {
        channel: Channel::ALL
            .into_iter()
            .find(|channel| channel.name() == text(asked, "channel")),
        direction: Direction::ALL
            .into_iter()
            .find(|direction| direction.name() == text(asked, "direction")),
        attachment: asked.contains_key("attachment"),
        q: text(asked, "q"),
    }
}

async fn client(Path(id): Path<String>, Query(asked): Asked, headers: HeaderMap) -> Response {
    let page = page(&headers, Place::Clients);
    let rows = if asked.contains_key("q") {
        Vec::new()
    } else {
        sample::rows(0, 30)
    };
    let next = (!rows.is_empty()).then(|| "30".to_owned());
    let timeline = Timeline::new(&page, &id, filter(&asked), rows, None).continued(next);
    let client = sample::card();
    let from_the_middle = asked.contains_key("before");
    show(&ClientPage {
        page,
        client,
        counts: sample::counts(),
        timeline,
        from_the_middle,
    })
}

async fn timeline(Path(id): Path<String>, Query(asked): Asked, headers: HeaderMap) -> Response {
    let page = page(&headers, Place::Clients);
    if asked.contains_key("thread") {
        return show(&TimelineRows {
            page,
            timeline: Timeline::thread(&id, sample::rows(101, 4)),
        });
    }
    let before: usize = text(&asked, "before").parse().unwrap_or(30);
    let previous = sample::rows(before - 1, 1).first().map(|row| row.claimed_at);
    let timeline = Timeline::new(&page, &id, filter(&asked), sample::rows(before, 30), previous);
    let next = (before < 240).then(|| (before + 30).to_string());
    show(&TimelineRows {
        page,
        timeline: timeline.continued(next),
    })
}

async fn interaction(Path(id): Path<String>, headers: HeaderMap) -> Response {
    let standing = match id.as_str() {
        "unassigned" => Standing::Unassigned,
        "unreadable" => Standing::Unreadable {
            reason: "The message ends in the middle of its first part.".into(),
        },
        _ => sample::assigned(),
    };
    show(&sample::interaction(page(&headers, Place::Clients), standing))
}

async fn open(Path(id): Path<String>, headers: HeaderMap) -> Response {
    let (body, attachments) = (sample::body(), sample::attachments());
    show(&InteractionOpen {
        page: page(&headers, Place::Clients),
        id,
        body,
        html: None,
        attachments,
    })
}

async fn frame(Query(asked): Asked) -> Response {
    let remote = if asked.get("remote").is_some_and(|remote| remote == "1") {
        "<p>(pictures shown)</p>"
    } else {
        ""
    };
    let html =
        format!("<h2>Faktura korygująca 11/2026</h2><p>Dzień dobry, <b>kwota się zgadza</b>.</p>{remote}");
    let mut response = show(&Frame { html });
    response
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(FRAME_POLICY));
    response
}

async fn part(Path((_, number)): Path<(String, String)>) -> impl IntoResponse {
    let picture = r##"<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80"><rect width="80" height="80" fill="#e8e0d0"/><path d="M12 20h56M12 34h40M12 48h48" stroke="#776" stroke-width="4"/></svg>"##;
    let kind = if number == "3" {
        "image/svg+xml"
    } else {
        "text/plain; charset=utf-8"
    };
    ([(CONTENT_TYPE, kind)], picture)
}

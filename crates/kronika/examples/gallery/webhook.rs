//! Webhooks.

use std::collections::HashMap;

use axum::Router;
use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use kronika::web::view::page::Place;
use kronika::web::view::show;
use kronika::web::view::webhook::{
    Outcome, Sent, SentState, Standing, WebhookForm, WebhookLine, WebhookPage, Webhooks,
};
use kronika::webhook::event::EventKind;

use super::sample;
use super::serve::{back, page, text};

type Asked = Query<HashMap<String, String>>;

pub fn router() -> Router {
    let made = async || Redirect::to("/settings/webhooks/1?made=1");
    Router::new()
        .route("/settings/webhooks", get(list).post(made))
        .route("/settings/webhooks/{id}", get(webhook).post(back))
        .route("/settings/webhooks/{id}/{act}", post(back))
        .route("/settings/webhooks/{id}/deliveries/{delivery}/replay", post(back))
}

fn line(id: &str, name: &str, url: &str, standing: Standing) -> WebhookLine {
    WebhookLine {
        id: id.into(),
        name: name.into(),
        url: url.into(),
        of: None,
        standing,
        dead: 0,
    }
}

fn form(name: &str, url: &str) -> WebhookForm {
    WebhookForm {
        name: name.into(),
        url: url.into(),
        events: EventKind::ALL
            .map(|kind| (kind.name(), kind.key(), kind.key().contains("client")))
            .to_vec(),
    }
}

async fn list(Query(asked): Asked, headers: HeaderMap) -> Response {
    let lines = vec![
        WebhookLine {
            dead: 3,
            ..line(
                "1",
                "Księgowość",
                "https://ksiegowosc.example/kronika/zdarzenia",
                Standing::On,
            )
        },
        line(
            "2",
            "Raporty",
            "https://raporty.example/hooks/7",
            Standing::Paused,
        ),
        WebhookLine {
            of: Some("jan".into()),
            ..line("3", "Stary system", "https://stary.example/in", Standing::Gone)
        },
    ];
    show(&Webhooks {
        page: page(&headers, Place::Settings),
        lines: if asked.contains_key("empty") {
            Vec::new()
        } else {
            lines
        },
        form: form("", ""),
        mistake: asked.contains_key("wrong").then_some("webhook-mistake-refused"),
    })
}

fn sent(minutes: i64, kind: EventKind, state: SentState, failed: Option<(&str, Option<u64>)>) -> Sent {
    Sent {
        id: "1".into(),
        happened_at: sample::NOW - minutes * sample::HOUR / 60,
        event: (kind.key(), kind.name()),
        state,
        tries: match state {
            SentState::Dead => 10,
            SentState::Waiting(_) if failed.is_none() => 0,
            SentState::Waiting(_) => 3,
            SentState::Delivered(_) => 1,
        },
        reason: failed.map(|(reason, _)| reason.into()),
        status: failed.and_then(|(_, status)| status),
    }
}

async fn webhook(Query(asked): Asked, headers: HeaderMap) -> Response {
    use EventKind::{ClientChanged, ClientCreated, InteractionAssigned, InteractionRecorded, Test};
    let (now, hour) = (sample::NOW, sample::HOUR);
    let failures = [
        ("refused", None),
        ("unknown", None),
        ("unreachable", None),
        ("slow", None),
        ("certificate", None),
        ("redirect", Some(302)),
        ("address", None),
        ("long", None),
        ("broken", None),
        ("gone", Some(410)),
    ];
    let dead = failures.map(|failed| sent(4_000, InteractionAssigned, SentState::Dead, Some(failed)));
    let mut deliveries = vec![
        sent(1, Test, SentState::Waiting(now), None),
        sent(9, InteractionRecorded, SentState::Delivered(now - hour / 8), None),
        sent(
            90,
            ClientCreated,
            SentState::Waiting(now + hour),
            Some(("status", Some(503))),
        ),
        sent(95, ClientChanged, SentState::Delivered(now - hour), None),
    ];
    deliveries.extend(dead);
    if asked.contains_key("empty") {
        deliveries.clear();
    }
    let other = asked.contains_key("other");
    let standing = match (asked.contains_key("gone"), asked.contains_key("paused")) {
        (true, _) => Standing::Gone,
        (_, true) => Standing::Paused,
        _ => Standing::On,
    };
    show(&WebhookPage {
        page: page(&headers, Place::Settings),
        webhook: WebhookLine {
            of: other.then(|| "jan".into()),
            dead: deliveries.len().saturating_sub(4) as u64,
            ..line(
                "1",
                "Księgowość",
                "https://ksiegowosc.example/kronika/zdarzenia",
                standing,
            )
        },
        form: form("Księgowość", "https://ksiegowosc.example/kronika/zdarzenia"),
        outcome: match (asked.contains_key("made"), asked.contains_key("wrong")) {
            (true, _) => Outcome::Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwYk1hV0uO3zA=".into()),
            (_, true) => Outcome::Mistake("webhook-mistake-unknown"),
            _ => Outcome::None,
        },
        deliveries,
        only_dead: text(&asked, "state") == "dead",
        next: asked.is_empty().then(|| "1".into()),
    })
}

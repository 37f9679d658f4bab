//! Settings: webhooks.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::see;
use crate::access::Right;
use crate::archive::id::{DeliveryId, WebhookId};
use crate::outgoing::OutgoingError;
use crate::web::app::App;
use crate::web::asked::{Path, Query};
use crate::web::fields::Fields;
use crate::web::refusal::Refusal;
use crate::web::view::page::Place;
use crate::web::view::show as render;
use crate::web::view::webhook as view;
use crate::web::visitor::SignedIn;
use crate::webhook::act::{self, Wanted, WebhookError};
use crate::webhook::delivery::{self, Asked, Delivery, State as Stands};
use crate::webhook::event::EventKind;
use crate::webhook::{PausedFor, Webhook, store};

/// Deliveries of one page.
const LINES: usize = 50;

/// `GET /settings/webhooks`
pub async fn list(user: SignedIn, State(app): State<App>) -> Result<Response, Refusal> {
    listed(&app, &user, form("", "", &EventKind::ALL), None).await
}

async fn listed(
    app: &App,
    user: &SignedIn,
    form: view::WebhookForm,
    mistake: Option<&'static str>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Configure)?;
    let page = user.page(app, Place::Settings).await?;
    let conn = &mut app.archive.db.read().await?;
    let mut lines = Vec::new();
    for webhook in store::list(conn).await? {
        let dead = match webhook.account == user.person.account {
            true => delivery::tally(conn, user.scope(), webhook.id).await?,
            false => Vec::new(),
        };
        lines.push(line(user, &webhook, &dead));
    }
    Ok(render(&view::Webhooks {
        page,
        lines,
        form,
        mistake,
    }))
}

fn line(user: &SignedIn, webhook: &Webhook, tally: &[(Stands, u64)]) -> view::WebhookLine {
    let dead = tally.iter().find(|(state, _)| *state == Stands::Dead);
    view::WebhookLine {
        id: webhook.id.to_string(),
        name: webhook.name.clone(),
        url: webhook.url.clone(),
        of: (webhook.account != user.person.account).then(|| webhook.account_name.clone()),
        standing: match webhook.paused {
            None => view::Standing::On,
            Some((_, PausedFor::Person)) => view::Standing::Paused,
            Some((_, PausedFor::Gone)) => view::Standing::Gone,
        },
        dead: dead.map_or(0, |(_, count)| *count),
    }
}

fn form(name: &str, url: &str, events: &[EventKind]) -> view::WebhookForm {
    let event = |kind: EventKind| (kind.name(), kind.key(), events.contains(&kind));
    view::WebhookForm {
        name: name.to_owned(),
        url: url.to_owned(),
        events: EventKind::ALL.map(event).to_vec(),
    }
}

fn wanted(fields: &Fields) -> Wanted {
    Wanted {
        name: fields.text("name").to_owned(),
        url: fields.text("url").to_owned(),
        events: fields.all("event").filter_map(EventKind::named).collect(),
    }
}

/// What is wrong with what was filled in; other errors are none of the form's.
fn mistake(error: WebhookError) -> Result<&'static str, Refusal> {
    Ok(match error {
        WebhookError::Name => "webhook-mistake-name",
        WebhookError::NoEvent => "webhook-mistake-events",
        WebhookError::TooMany => "webhook-mistake-many",
        WebhookError::Address(OutgoingError::Refused) => "webhook-mistake-refused",
        WebhookError::Address(OutgoingError::Unknown) => "webhook-mistake-unknown",
        WebhookError::Address(_) => "webhook-mistake-address",
        error => return Err(error.into()),
    })
}

/// `POST /settings/webhooks`: shows the secret, this once.
pub async fn make(user: SignedIn, State(app): State<App>, fields: Fields) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Configure)?;
    let wanted = wanted(&fields);
    let filled = form(&wanted.name, &wanted.url, &wanted.events);
    match act::make(&app.archive, &app.outgoing, wanted, &user.person).await {
        Ok((id, secret)) => shown(&app, &user, id, view::Outcome::Secret(secret.text())).await,
        Err(error) => {
            let mistake = mistake(error)?;
            listed(&app, &user, filled, Some(mistake)).await
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Part {
    state: String,
    before: String,
}

/// `GET /settings/webhooks/{webhook}`
pub async fn show(
    user: SignedIn,
    State(app): State<App>,
    Path(id): Path<WebhookId>,
    Query(part): Query<Part>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Configure)?;
    let webhook = require(&app, id).await?;
    let asked = Asked {
        state: Stands::named(&part.state),
        before: part.before.parse::<DeliveryId>().ok(),
        ..Asked::default()
    };
    page_of(&app, &user, webhook, (asked, view::Outcome::None)).await
}

async fn require(app: &App, id: WebhookId) -> Result<Webhook, Refusal> {
    let found = store::find(&mut app.archive.db.read().await?, id).await?;
    found.ok_or_else(Refusal::not_found)
}

async fn shown(
    app: &App,
    user: &SignedIn,
    id: WebhookId,
    outcome: view::Outcome,
) -> Result<Response, Refusal> {
    let webhook = require(app, id).await?;
    page_of(app, user, webhook, (Asked::default(), outcome)).await
}

async fn page_of(
    app: &App,
    user: &SignedIn,
    webhook: Webhook,
    (asked, outcome): (Asked, view::Outcome),
) -> Result<Response, Refusal> {
    let page = user.page(app, Place::Settings).await?;
    let conn = &mut app.archive.db.read().await?;
    let (mut found, mut tally) = (Vec::new(), Vec::new());
    if webhook.account == user.person.account {
        let limit = LINES as i64 + 1;
        found = delivery::list(conn, user.scope(), webhook.id, (asked, limit)).await?;
        tally = delivery::tally(conn, user.scope(), webhook.id).await?;
    }
    let more = found.len() > LINES;
    found.truncate(LINES);
    let last = found.last().filter(|_| more);
    Ok(render(&view::WebhookPage {
        next: last.map(|last| last.id.to_string()),
        only_dead: asked.state == Some(Stands::Dead),
        form: form(&webhook.name, &webhook.url, &webhook.events),
        webhook: line(user, &webhook, &tally),
        deliveries: found.into_iter().map(sent).collect(),
        outcome,
        page,
    }))
}

fn sent(delivery: Delivery) -> view::Sent {
    view::Sent {
        id: delivery.id.to_string(),
        happened_at: delivery.happened_at,
        event: (delivery.event.kind.key(), delivery.event.kind.name()),
        state: match delivery.state {
            Stands::Waiting => view::SentState::Waiting(delivery.next_at),
            Stands::Delivered => {
                view::SentState::Delivered(delivery.tried_at.unwrap_or(delivery.happened_at))
            }
            Stands::Dead => view::SentState::Dead,
        },
        tries: delivery.tries.unsigned_abs(),
        reason: delivery.reason,
        status: delivery.status.map(i64::unsigned_abs),
    }
}

fn path(id: WebhookId) -> String {
    format!("/settings/webhooks/{id}")
}

/// `POST /settings/webhooks/{webhook}`
pub async fn change(
    user: SignedIn,
    State(app): State<App>,
    Path(id): Path<WebhookId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Configure)?;
    let wanted = wanted(&fields);
    let changed = act::change(&app.archive, &app.outgoing, id, &user.person, |_| Some(wanted)).await;
    match changed {
        Ok(()) => Ok(see(&path(id))),
        Err(error) => {
            let mistake = mistake(error)?;
            shown(&app, &user, id, view::Outcome::Mistake(mistake)).await
        }
    }
}

/// `POST /settings/webhooks/{webhook}/pause`
pub async fn pause(
    user: SignedIn,
    State(app): State<App>,
    Path(id): Path<WebhookId>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Configure)?;
    act::pause(&app.archive, id, PausedFor::Person, &user.account.name).await?;
    Ok(see(&path(id)))
}

/// `POST /settings/webhooks/{webhook}/resume`
pub async fn resume(
    user: SignedIn,
    State(app): State<App>,
    Path(id): Path<WebhookId>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Configure)?;
    act::resume(&app.archive, id, &user.person).await?;
    app.courier.wake();
    Ok(see(&path(id)))
}

/// `POST /settings/webhooks/{webhook}/secret`: shows a new one, this once.
pub async fn rotate(
    user: SignedIn,
    State(app): State<App>,
    Path(id): Path<WebhookId>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Configure)?;
    let secret = act::rotate(&app.archive, id, &user.person).await?;
    shown(&app, &user, id, view::Outcome::Secret(secret.text())).await
}

/// `POST /settings/webhooks/{webhook}/test`
pub async fn test(
    user: SignedIn,
    State(app): State<App>,
    Path(id): Path<WebhookId>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Configure)?;
    act::test(&app.archive, id, &user.person).await?;
    app.courier.wake();
    Ok(see(&path(id)))
}

/// `POST /settings/webhooks/{webhook}/remove`
pub async fn remove(
    user: SignedIn,
    State(app): State<App>,
    Path(id): Path<WebhookId>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Configure)?;
    act::remove(&app.archive, id, &user.account.name).await?;
    Ok(see("/settings/webhooks"))
}

/// `POST /settings/webhooks/{webhook}/replay`: all dead letters.
pub async fn replay_dead(
    user: SignedIn,
    State(app): State<App>,
    Path(id): Path<WebhookId>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Configure)?;
    act::replay_dead(&app.archive, id, &user.person).await?;
    app.courier.wake();
    Ok(see(&path(id)))
}

/// `POST /settings/webhooks/{webhook}/deliveries/{delivery}/replay`
pub async fn replay(
    user: SignedIn,
    State(app): State<App>,
    Path((id, delivery)): Path<(WebhookId, DeliveryId)>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Configure)?;
    act::replay(&app.archive, (id, delivery), &user.person).await?;
    app.courier.wake();
    Ok(see(&path(id)))
}

//! Webhooks: whom we tell what happens.

use axum::Json;
use axum::extract::State;
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::{Body, given};
use super::caller::Caller;
use super::page::Page;
use super::problem::Problem;
use super::shape::{Id, Moment};
use super::{Answer, etag};
use crate::access::Right;
use crate::archive::id::{DeliveryId, WebhookId};
use crate::user::token::TokenScope;
use crate::web::app::App;
use crate::web::asked::Path;
use crate::web::refusal::Refusal;
use crate::webhook::act::{self, Wanted, WebhookError};
use crate::webhook::event::EventKind;
use crate::webhook::{PausedFor, Webhook, store};

/// An address that is told what happens
#[derive(Serialize, ToSchema)]
#[schema(as = Webhook)]
pub struct WebhookShape {
    #[schema(value_type = Id)]
    id: WebhookId,
    name: String,
    url: String,
    events: Vec<EventKind>,
    /// The account whose sight limits what is told.
    account: String,
    made_at: Moment,
    /// Whether nothing is sent; what happens meanwhile is told later.
    paused: bool,
    /// Whether it was paused because the address answered 410.
    gone: bool,
}

impl WebhookShape {
    fn of(webhook: &Webhook) -> WebhookShape {
        let why = webhook.paused.map(|(_, why)| why);
        WebhookShape {
            id: webhook.id,
            name: webhook.name.clone(),
            url: webhook.url.clone(),
            events: webhook.events.clone(),
            account: webhook.account_name.clone(),
            made_at: Moment::of(webhook.made_at),
            paused: why.is_some(),
            gone: why == Some(PausedFor::Gone),
        }
    }
}

/// List webhooks
#[utoipa::path(get, path = "/webhooks", tag = "Webhooks", security(("token" = ["read"])),
    responses((status = 200, description = "Webhooks of everybody", body = Page<WebhookShape>)))]
pub async fn list(caller: Caller, State(app): State<App>) -> Answer<Json<Page<WebhookShape>>> {
    caller.must(TokenScope::Read, Right::Configure)?;
    let webhooks = store::list(&mut app.archive.db.read().await?).await?;
    let items = webhooks.iter().map(WebhookShape::of).collect();
    Ok(Json(Page { items, next: None }))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWebhook {
    /// Who is told, for people.
    #[schema(min_length = 1, max_length = 60, pattern = r"\S")]
    name: String,
    /// Only `https`, and no address of the server’s own network unless the operator allows it.
    #[schema(max_length = 1000, example = "https://hooks.example.com/kronika")]
    url: String,
    #[schema(min_items = 1)]
    events: Vec<EventKind>,
}

/// A new webhook with its secret
#[derive(Serialize, ToSchema)]
pub struct WebhookMade {
    webhook: WebhookShape,
    /// Shown this once; what is sent is signed with it.
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    secret: String,
}

/// Make a webhook
///
/// It is told what this account sees, from now on.
#[utoipa::path(post, path = "/webhooks", tag = "Webhooks", request_body = NewWebhook,
    security(("token" = ["manage"])),
    responses((status = 201, description = "The new webhook", body = WebhookMade)))]
pub async fn create(caller: Caller, State(app): State<App>, Body(new): Body<NewWebhook>) -> Answer<Response> {
    caller.must(TokenScope::Manage, Right::Configure)?;
    let wanted = Wanted {
        name: new.name,
        url: new.url,
        events: new.events,
    };
    let (id, secret) = act::make(&app.archive, &app.outgoing, wanted, &caller.person).await?;
    let made = WebhookMade {
        webhook: WebhookShape::of(&require(&app, id).await?),
        secret: secret.text(),
    };
    let location = [(LOCATION, format!("/api/v1/webhooks/{id}"))];
    Ok((StatusCode::CREATED, location, Json(made)).into_response())
}

async fn require(app: &App, id: WebhookId) -> Answer<Webhook> {
    let found = store::find(&mut app.archive.db.read().await?, id).await?;
    Ok(found.ok_or_else(Refusal::not_found)?)
}

/// Get a webhook
#[utoipa::path(get, path = "/webhooks/{webhook}", tag = "Webhooks", params(("webhook" = Id, Path)),
    security(("token" = ["read"])), responses((status = 200, description = "The webhook", body = WebhookShape)))]
pub async fn show(
    caller: Caller,
    State(app): State<App>,
    Path(id): Path<WebhookId>,
) -> Answer<Json<WebhookShape>> {
    caller.must(TokenScope::Read, Right::Configure)?;
    Ok(Json(WebhookShape::of(&require(&app, id).await?)))
}

/// What is to be changed; what is left out stays
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookPatch {
    #[serde(default, deserialize_with = "given")]
    #[schema(min_length = 1, max_length = 60, pattern = r"\S", nullable = false)]
    name: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(max_length = 1000, nullable = false)]
    url: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(min_items = 1, nullable = false)]
    events: Option<Vec<EventKind>>,
    /// Whether nothing is sent for a while.
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    paused: Option<bool>,
}

impl WebhookPatch {
    fn changes_facts(&self) -> bool {
        self.name.is_some() || self.url.is_some() || self.events.is_some()
    }

    fn applied_to(self, now: &Webhook) -> Wanted {
        Wanted {
            name: self.name.unwrap_or_else(|| now.name.clone()),
            url: self.url.unwrap_or_else(|| now.url.clone()),
            events: self.events.unwrap_or_else(|| now.events.clone()),
        }
    }
}

/// Change, pause or resume a webhook
///
/// With `If-Match`, only if it is still what you have seen. Somebody else’s can only be paused.
#[utoipa::path(patch, path = "/webhooks/{webhook}", tag = "Webhooks", request_body = WebhookPatch,
    params(("webhook" = Id, Path)), security(("token" = ["manage"])),
    responses((status = 200, description = "The webhook as it is now", body = WebhookShape)))]
pub async fn change(
    caller: Caller,
    State(app): State<App>,
    Path(id): Path<WebhookId>,
    headers: HeaderMap,
    Body(patch): Body<WebhookPatch>,
) -> Answer<Json<WebhookShape>> {
    caller.must(TokenScope::Manage, Right::Configure)?;
    let known = require(&app, id).await?;
    if !etag::is_unchanged(&headers, &WebhookShape::of(&known)) {
        return Err(etag::changed());
    }
    let paused = patch.paused;
    if patch.changes_facts() {
        let amend = |now: &Webhook| (*now == known).then(|| patch.applied_to(now));
        act::change(&app.archive, &app.outgoing, id, &caller.person, amend).await?;
    }
    match paused {
        Some(true) => act::pause(&app.archive, id, PausedFor::Person, &caller.person.name).await?,
        Some(false) => act::resume(&app.archive, id, &caller.person).await?,
        None => (),
    }
    app.courier.wake();
    Ok(Json(WebhookShape::of(&require(&app, id).await?)))
}

/// Remove a webhook
///
/// What waits for it is not sent any more.
#[utoipa::path(delete, path = "/webhooks/{webhook}", tag = "Webhooks", params(("webhook" = Id, Path)),
    security(("token" = ["manage"])),
    responses((status = 204, description = "There is no such webhook any more")))]
pub async fn remove(caller: Caller, State(app): State<App>, Path(id): Path<WebhookId>) -> Answer<StatusCode> {
    caller.must(TokenScope::Manage, Right::Configure)?;
    act::remove(&app.archive, id, &caller.person.name).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A new secret
#[derive(Serialize, ToSchema)]
pub struct SecretMade {
    /// Shown this once.
    secret: String,
}

/// Give a webhook a new secret
///
/// For a day, what is sent carries a signature by each of the two.
#[utoipa::path(post, path = "/webhooks/{webhook}/secret", tag = "Webhooks", params(("webhook" = Id, Path)),
    security(("token" = ["manage"])), responses((status = 201, description = "The new secret", body = SecretMade)))]
pub async fn rotate(
    caller: Caller,
    State(app): State<App>,
    Path(id): Path<WebhookId>,
) -> Answer<(StatusCode, Json<SecretMade>)> {
    caller.must(TokenScope::Manage, Right::Configure)?;
    let secret = act::rotate(&app.archive, id, &caller.person).await?.text();
    Ok((StatusCode::CREATED, Json(SecretMade { secret })))
}

/// The delivery of a test
#[derive(Serialize, ToSchema)]
pub struct TestSent {
    #[schema(value_type = Id)]
    id: DeliveryId,
}

/// Send a test
///
/// An event of the type `webhook.test`; what becomes of it is among the deliveries.
#[utoipa::path(post, path = "/webhooks/{webhook}/test", tag = "Webhooks", params(("webhook" = Id, Path)),
    security(("token" = ["manage"])), responses((status = 202, description = "It is on its way", body = TestSent)))]
pub async fn test(
    caller: Caller,
    State(app): State<App>,
    Path(id): Path<WebhookId>,
) -> Answer<(StatusCode, Json<TestSent>)> {
    caller.must(TokenScope::Manage, Right::Configure)?;
    let id = act::test(&app.archive, id, &caller.person).await?;
    app.courier.wake();
    Ok((StatusCode::ACCEPTED, Json(TestSent { id })))
}

impl From<WebhookError> for Problem {
    fn from(error: WebhookError) -> Problem {
        match error {
            WebhookError::Name | WebhookError::NoEvent | WebhookError::Address(_) => {
                Problem::unprocessable(error.to_string())
            }
            WebhookError::Changed => etag::changed(),
            error => Refusal::from(error).into(),
        }
    }
}

//! Deliveries of webhooks: what became of what we told.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Answer;
use super::caller::Caller;
use super::page::{self, Page};
use super::shape::{Id, Moment};
use crate::access::Right;
use crate::archive::id::{ClientId, DeliveryId, InteractionKey, WebhookId};
use crate::user::token::TokenScope;
use crate::web::app::App;
use crate::web::asked::{Path, Query};
use crate::webhook::act;
use crate::webhook::delivery::{self, Asked, Delivery};
use crate::webhook::event::EventKind;

/// How a delivery stands
#[derive(Serialize, Deserialize, ToSchema, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    Waiting,
    Delivered,
    /// It was tried for the last time.
    Dead,
}

impl From<delivery::State> for DeliveryState {
    fn from(state: delivery::State) -> DeliveryState {
        match state {
            delivery::State::Waiting => DeliveryState::Waiting,
            delivery::State::Delivered => DeliveryState::Delivered,
            delivery::State::Dead => DeliveryState::Dead,
        }
    }
}

impl From<DeliveryState> for delivery::State {
    fn from(state: DeliveryState) -> delivery::State {
        match state {
            DeliveryState::Waiting => delivery::State::Waiting,
            DeliveryState::Delivered => delivery::State::Delivered,
            DeliveryState::Dead => delivery::State::Dead,
        }
    }
}

/// One event on its way to a webhook
#[derive(Serialize, ToSchema)]
#[schema(as = Delivery)]
pub struct DeliveryShape {
    #[schema(value_type = Id)]
    id: DeliveryId,
    /// What is sent as `webhook-id`; the same at every try.
    event: String,
    #[serde(rename = "type")]
    kind: EventKind,
    happened_at: Moment,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Id>)]
    interaction: Option<InteractionKey>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Id>)]
    client: Option<ClientId>,
    state: DeliveryState,
    #[schema(minimum = 0)]
    tries: u64,
    /// When it is tried next.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_at: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tried_at: Option<Moment>,
    /// The status of the last answer, if there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 100)]
    status: Option<u64>,
    /// What the last try failed by: `status`, `redirect`, `gone`, `slow`, `unreachable`, `unknown` (the host),
    /// `refused` (a host that must not be asked), `certificate`, `broken`, `long`, `address`.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl From<Delivery> for DeliveryShape {
    fn from(delivery: Delivery) -> DeliveryShape {
        let waits = delivery.state == delivery::State::Waiting;
        DeliveryShape {
            id: delivery.id,
            event: delivery.event_id(),
            kind: delivery.event.kind,
            happened_at: Moment::of(delivery.happened_at),
            interaction: delivery.event.interaction,
            client: delivery.event.client,
            state: delivery.state.into(),
            tries: delivery.tries.unsigned_abs(),
            next_at: waits.then(|| Moment::of(delivery.next_at)),
            tried_at: delivery.tried_at.map(Moment::of),
            status: delivery.status.map(i64::unsigned_abs),
            reason: delivery.reason,
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeliveriesAsked {
    state: Option<DeliveryState>,
    /// `next` of the page before.
    cursor: Option<String>,
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u16>,
}

/// List deliveries of a webhook
///
/// Newest first; what was delivered is kept for two weeks. Only the account itself sees them.
#[utoipa::path(get, path = "/webhooks/{webhook}/deliveries", tag = "Webhooks",
    params(("webhook" = Id, Path), DeliveriesAsked), security(("token" = ["read"])),
    responses((status = 200, description = "A page of deliveries", body = Page<DeliveryShape>)))]
pub async fn list(
    caller: Caller,
    State(app): State<App>,
    Path(id): Path<WebhookId>,
    Query(asked): Query<DeliveriesAsked>,
) -> Answer<Json<Page<DeliveryShape>>> {
    caller.must(TokenScope::Read, Right::Configure)?;
    let (limit, before) = (page::limit(asked.limit)?, page::read(asked.cursor.as_deref())?);
    let asked = Asked {
        state: asked.state.map(delivery::State::from),
        before,
        ..Asked::default()
    };
    let conn = &mut app.archive.db.read().await?;
    act::yours(conn, id, &caller.person).await?;
    let mut found = delivery::list(conn, caller.scope(), id, (asked, limit as i64 + 1)).await?;
    let next = page::cut(&mut found, limit).map(|last| page::write(&last.id));
    let items = found.into_iter().map(DeliveryShape::from).collect();
    Ok(Json(Page { items, next }))
}

/// Send one delivery again
///
/// With all its tries before it, whatever became of it.
#[utoipa::path(post, path = "/webhooks/{webhook}/deliveries/{delivery}/replay", tag = "Webhooks",
    params(("webhook" = Id, Path), ("delivery" = Id, Path)), security(("token" = ["manage"])),
    responses((status = 204, description = "It is on its way again")))]
pub async fn replay(
    caller: Caller,
    State(app): State<App>,
    Path((id, delivery)): Path<(WebhookId, DeliveryId)>,
) -> Answer<StatusCode> {
    caller.must(TokenScope::Manage, Right::Configure)?;
    act::replay(&app.archive, (id, delivery), &caller.person).await?;
    app.courier.wake();
    Ok(StatusCode::NO_CONTENT)
}

/// Send all dead letters again
#[utoipa::path(post, path = "/webhooks/{webhook}/replay", tag = "Webhooks", params(("webhook" = Id, Path)),
    security(("token" = ["manage"])), responses((status = 204, description = "They are on their way again")))]
pub async fn replay_dead(
    caller: Caller,
    State(app): State<App>,
    Path(id): Path<WebhookId>,
) -> Answer<StatusCode> {
    caller.must(TokenScope::Manage, Right::Configure)?;
    act::replay_dead(&app.archive, id, &caller.person).await?;
    app.courier.wake();
    Ok(StatusCode::NO_CONTENT)
}

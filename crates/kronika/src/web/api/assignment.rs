//! Deciding which client an interaction belongs to; our own addresses, and rules that decide by themselves.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Answer;
use super::body::Body;
use super::caller::Caller;
use super::client::no_address;
use super::page::Page;
use super::problem::Problem;
use super::shape::{ClientName, Id};
use crate::access::Right;
use crate::archive::id::{ClientId, InteractionKey, RuleId};
use crate::assignment::{Field, act, store};
use crate::client::AddressKind;
use crate::client::store as clients;
use crate::user::token::TokenScope;
use crate::web::app::App;
use crate::web::asked::{Path, Query};
use crate::web::refusal::Refusal;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAssignment {
    #[schema(value_type = Id)]
    client: ClientId,
    /// Why, for whoever reads it later.
    #[serde(default)]
    reason: String,
}

/// Assign an interaction to a client
///
/// What still waits of its conversation and you see goes along.
#[utoipa::path(post, path = "/interactions/{interaction}/assignments", tag = "Inbox", request_body = NewAssignment,
    params(("interaction" = Id, Path)), security(("token" = ["assign"])),
    responses((status = 204, description = "It belongs to the client")))]
pub async fn assign(
    caller: Caller,
    State(app): State<App>,
    Path(key): Path<InteractionKey>,
    Body(new): Body<NewAssignment>,
) -> Answer<StatusCode> {
    caller.must(TokenScope::Assign, Right::Assign)?;
    act::assign(&app.archive, key, (new.client, &new.reason), caller.doer()).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Why {
    /// Why, for whoever reads it later.
    reason: Option<String>,
}

/// Take an interaction away from a client
#[utoipa::path(delete, path = "/interactions/{interaction}/assignments/{client}", tag = "Inbox",
    params(("interaction" = Id, Path), ("client" = Id, Path), Why), security(("token" = ["assign"])),
    responses((status = 204, description = "It does not belong to the client")))]
pub async fn unassign(
    caller: Caller,
    State(app): State<App>,
    Path((key, client)): Path<(InteractionKey, ClientId)>,
    Query(why): Query<Why>,
) -> Answer<StatusCode> {
    caller.must(TokenScope::Assign, Right::Assign)?;
    let reason = why.reason.unwrap_or_default();
    act::unassign(&app.archive, key, (client, &reason), caller.doer()).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    #[schema(min_length = 1, pattern = r"\S", example = "advertising")]
    reason: String,
}

/// Set an interaction aside
///
/// It leaves the inbox without belonging to a client, and is still found.
#[utoipa::path(post, path = "/interactions/{interaction}/ignore", tag = "Inbox", request_body = Reason,
    params(("interaction" = Id, Path)), security(("token" = ["assign"])),
    responses((status = 204, description = "It is set aside")))]
pub async fn ignore(
    caller: Caller,
    State(app): State<App>,
    Path(key): Path<InteractionKey>,
    Body(given): Body<Reason>,
) -> Answer<StatusCode> {
    caller.must(TokenScope::Assign, Right::Assign)?;
    if given.reason.trim().is_empty() {
        return Err(Problem::unprocessable("Say in reason why it is set aside."));
    }
    act::ignore(&app.archive, key, given.reason.trim(), caller.doer()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Bring an interaction back that was set aside
#[utoipa::path(delete, path = "/interactions/{interaction}/ignore", tag = "Inbox",
    params(("interaction" = Id, Path)), security(("token" = ["assign"])),
    responses((status = 204, description = "It is not set aside")))]
pub async fn restore(
    caller: Caller,
    State(app): State<App>,
    Path(key): Path<InteractionKey>,
) -> Answer<StatusCode> {
    caller.must(TokenScope::Assign, Right::Assign)?;
    act::restore(&app.archive, key, caller.doer()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An e-mail address or domain of ours
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnAddress {
    kind: AddressKind,
    #[schema(example = "ours.example")]
    value: String,
}

/// List our own addresses
///
/// They tell what we sent from what we received.
#[utoipa::path(get, path = "/own-addresses", tag = "Settings", security(("token" = ["read"])),
    responses((status = 200, description = "Addresses and domains", body = Page<OwnAddress>)))]
pub async fn own(caller: Caller, State(app): State<App>) -> Answer<Json<Page<OwnAddress>>> {
    caller.must(TokenScope::Read, Right::Configure)?;
    let own = store::own(&mut app.archive.db.read().await?).await?;
    let of = |kind| move |value| OwnAddress { kind, value };
    let domains = own.domains.into_iter().map(of(AddressKind::Domain));
    let mut items: Vec<OwnAddress> = domains
        .chain(own.addresses.into_iter().map(of(AddressKind::Email)))
        .collect();
    items.sort_by(|one, other| (one.kind.name(), &one.value).cmp(&(other.kind.name(), &other.value)));
    Ok(Json(Page { items, next: None }))
}

/// Make an address or domain our own
#[utoipa::path(post, path = "/own-addresses", tag = "Settings", request_body = OwnAddress,
    security(("token" = ["manage"])), responses((status = 201, description = "It is ours", body = OwnAddress)))]
pub async fn add_own(
    caller: Caller,
    State(app): State<App>,
    Body(given): Body<OwnAddress>,
) -> Answer<(StatusCode, Json<OwnAddress>)> {
    caller.must(TokenScope::Manage, Right::Configure)?;
    let kind = given.kind;
    let value = kind.read(&given.value);
    let value = value.map_err(|error| Problem::unprocessable(error.to_string()))?;
    if !is_own(&app, kind, &value).await? {
        act::add_own(&app.archive, kind, &value, &caller.person.name).await?;
    }
    Ok((StatusCode::CREATED, Json(OwnAddress { kind, value })))
}

async fn is_own(app: &App, kind: AddressKind, value: &str) -> Result<bool, Problem> {
    let own = store::own(&mut app.archive.db.read().await?).await?;
    Ok(match kind {
        AddressKind::Email => own.addresses.contains(value),
        AddressKind::Domain => own.domains.contains(value),
    })
}

/// Make an address or domain no longer our own
#[utoipa::path(delete, path = "/own-addresses/{kind}/{value}", tag = "Settings",
    params(("kind" = AddressKind, Path), ("value" = String, Path)), security(("token" = ["manage"])),
    responses((status = 204, description = "It is not ours")))]
pub async fn remove_own(
    caller: Caller,
    State(app): State<App>,
    Path((kind, value)): Path<(AddressKind, String)>,
) -> Answer<StatusCode> {
    caller.must(TokenScope::Manage, Right::Configure)?;
    if !is_own(&app, kind, &value).await? {
        return Err(no_address());
    }
    act::remove_own(&app.archive, kind, &value, &caller.person.name).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// “What holds this text in that field belongs to this client”
#[derive(Serialize, ToSchema)]
pub struct Rule {
    #[schema(value_type = Id)]
    id: RuleId,
    field: Field,
    /// In lower case and without diacritics, which do not matter.
    contains: String,
    client: ClientName,
    /// How many interactions you see that it assigned.
    #[schema(minimum = 0)]
    matched: u64,
}

/// List rules
///
/// Those whose client you see.
#[utoipa::path(get, path = "/rules", tag = "Settings", security(("token" = ["read"])),
    responses((status = 200, description = "Rules", body = Page<Rule>)))]
pub async fn rules(caller: Caller, State(app): State<App>) -> Answer<Json<Page<Rule>>> {
    caller.must(TokenScope::Read, Right::ManageClients)?;
    let conn = &mut app.archive.db.read().await?;
    let mut items = Vec::new();
    for rule in store::rules(conn).await? {
        if caller.must_see_client(conn, rule.client).await.is_err() {
            continue;
        }
        let Some(client) = clients::find(conn, rule.client).await? else {
            continue;
        };
        items.push(Rule {
            id: rule.id,
            field: rule.field,
            matched: store::matched_by(conn, caller.scope(), &rule).await?,
            client: ClientName {
                id: rule.client,
                name: client.facts.name,
            },
            contains: rule.needle,
        });
    }
    Ok(Json(Page { items, next: None }))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRule {
    field: Field,
    #[schema(min_length = 2)]
    contains: String,
    #[schema(value_type = Id)]
    client: ClientId,
}

#[derive(Serialize, ToSchema)]
pub struct RuleAdded {
    #[schema(value_type = Id)]
    id: RuleId,
}

/// Add a rule
///
/// It looks through the inbox at once, as far as you see it.
#[utoipa::path(post, path = "/rules", tag = "Settings", request_body = NewRule, security(("token" = ["manage"])),
    responses((status = 201, description = "The new rule", body = RuleAdded)))]
pub async fn add_rule(
    caller: Caller,
    State(app): State<App>,
    Body(new): Body<NewRule>,
) -> Answer<(StatusCode, Json<RuleAdded>)> {
    caller.must(TokenScope::Manage, Right::ManageClients)?;
    if new.contains.trim().chars().count() < 2 {
        return Err(Problem::unprocessable(
            "Give at least two characters that the field contains.",
        ));
    }
    let looked_for = (new.field, new.contains.trim());
    let id = act::add_rule(&app.archive, looked_for, new.client, caller.doer()).await?;
    Ok((StatusCode::CREATED, Json(RuleAdded { id })))
}

/// Remove a rule
///
/// What it assigned stays.
#[utoipa::path(delete, path = "/rules/{rule}", tag = "Settings", params(("rule" = Id, Path)),
    security(("token" = ["manage"])), responses((status = 204, description = "There is no such rule any more")))]
pub async fn remove_rule(
    caller: Caller,
    State(app): State<App>,
    Path(rule): Path<RuleId>,
) -> Answer<StatusCode> {
    caller.must(TokenScope::Manage, Right::ManageClients)?;
    let conn = &mut app.archive.db.read().await?;
    let known = store::rules(conn)
        .await?
        .into_iter()
        .find(|known| known.id == rule);
    let known = known.ok_or_else(Refusal::not_found)?;
    if caller.must_see_client(conn, known.client).await.is_err() {
        return Err(Refusal::not_found().into());
    }
    act::remove_rule(&app.archive, rule, caller.doer()).await?;
    Ok(StatusCode::NO_CONTENT)
}

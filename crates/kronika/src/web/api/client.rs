//! Clients and what points at them.

use axum::Json;
use axum::extract::State;
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::body::{Body, given};
use super::caller::Caller;
use super::page::{self, Page};
use super::problem::Problem;
use super::shape::{Address, ClientLine, ClientShape, Id, Language};
use super::{Answer, etag};
use crate::access::Right;
use crate::archive::id::ClientId;
use crate::client::act::{self, ClientError, NewAddress};
use crate::client::list::{self, After, Asked, Sort};
use crate::client::{AddressKind, ClientFacts, store};
use crate::user::token::TokenScope;
use crate::web::app::App;
use crate::web::asked::{Path, Query};
use crate::web::refusal::Refusal;

#[derive(Deserialize, ToSchema, Clone, Copy, Default)]
#[serde(rename_all = "snake_case")]
pub enum SortBy {
    Name,
    /// Who was last in contact comes first.
    #[default]
    Last,
    /// Who has most interactions comes first.
    Count,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListAsked {
    /// Part of a name, city, tax id or address.
    q: Option<String>,
    sort: Option<SortBy>,
    /// `next` of the page before.
    cursor: Option<String>,
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u16>,
}

/// List clients
///
/// Those you see, with how many interactions you see of each.
#[utoipa::path(get, path = "/clients", tag = "Clients", params(ListAsked), security(("token" = ["read"])),
    responses((status = 200, description = "A page of clients", body = Page<ClientLine>)))]
pub async fn list(
    caller: Caller,
    State(app): State<App>,
    Query(asked): Query<ListAsked>,
) -> Answer<Json<Page<ClientLine>>> {
    caller.must(TokenScope::Read, Right::Read)?;
    let limit = page::limit(asked.limit)?;
    let after: Option<After> = page::read(asked.cursor.as_deref())?;
    let sort = match asked.sort.unwrap_or_default() {
        SortBy::Name => Sort::Name,
        SortBy::Last => Sort::Last,
        SortBy::Count => Sort::Count,
    };
    let asked = Asked {
        text: asked.q.unwrap_or_default(),
        sort,
        offset: 0,
        limit: limit as i64 + 1,
    };
    caller.searches(&app, None, &asked.text).await?;
    let conn = &mut app.archive.db.read().await?;
    let mut clients = list::following(conn, caller.scope(), &asked, after.as_ref()).await?;
    let next = page::cut(&mut clients, limit).map(|last| page::write(&After::of(last)));
    store::add_guarded(conn, caller.scope(), &mut clients).await?;
    let items = clients.iter().map(ClientLine::of).collect();
    Ok(Json(Page { items, next }))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewClient {
    #[schema(min_length = 1, pattern = r"\S")]
    name: String,
    /// `pl`, `sk`, `ru` or `en`.
    #[serde(default)]
    language: Language,
    #[serde(default)]
    city: String,
    #[serde(default)]
    tax_id: String,
}

/// Add a client
#[utoipa::path(post, path = "/clients", tag = "Clients", request_body = NewClient,
    security(("token" = ["manage"])),
    responses((status = 201, description = "The new client", body = ClientShape)))]
pub async fn create(caller: Caller, State(app): State<App>, Body(new): Body<NewClient>) -> Answer<Response> {
    caller.must(TokenScope::Manage, Right::ManageClients)?;
    let facts = ClientFacts {
        name: new.name,
        language: new.language.code(),
        city: new.city,
        tax_id: new.tax_id,
    };
    let id = act::add(&app.archive, facts, &caller.person.name).await?;
    let found = store::find(&mut app.archive.db.read().await?, id).await?;
    let shape = ClientShape::of(&found.ok_or_else(Refusal::no_client)?);
    let location = [(LOCATION, format!("/api/v1/clients/{id}"))];
    Ok((StatusCode::CREATED, location, Json(shape)).into_response())
}

/// Get a client
#[utoipa::path(get, path = "/clients/{client}", tag = "Clients", params(("client" = Id, Path)),
    security(("token" = ["read"])), responses((status = 200, description = "The client", body = ClientShape)))]
pub async fn show(
    caller: Caller,
    State(app): State<App>,
    Path(client): Path<ClientId>,
) -> Answer<Json<ClientShape>> {
    caller.must(TokenScope::Read, Right::Read)?;
    let conn = &mut app.archive.db.read().await?;
    caller.must_see_client(conn, client).await?;
    caller.looks_at(&app, Some(client), None).await?;
    let found = store::find(conn, client).await?.ok_or_else(Refusal::no_client)?;
    Ok(Json(ClientShape::of(&found)))
}

/// What is to be changed; what is left out stays
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClientChange {
    #[serde(default, deserialize_with = "given")]
    #[schema(min_length = 1, pattern = r"\S", nullable = false)]
    name: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    language: Option<Language>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    city: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    tax_id: Option<String>,
}

impl ClientChange {
    fn applied_to(self, facts: ClientFacts) -> ClientFacts {
        ClientFacts {
            name: self.name.unwrap_or(facts.name),
            language: self.language.map_or(facts.language, Language::code),
            city: self.city.unwrap_or(facts.city),
            tax_id: self.tax_id.unwrap_or(facts.tax_id),
        }
    }
}

/// Change a client
///
/// With `If-Match`, only if it is still what you have seen.
#[utoipa::path(patch, path = "/clients/{client}", tag = "Clients", request_body = ClientChange,
    params(("client" = Id, Path)), security(("token" = ["manage"])),
    responses((status = 200, description = "The client as it is now", body = ClientShape)))]
pub async fn change(
    caller: Caller,
    State(app): State<App>,
    Path(client): Path<ClientId>,
    headers: HeaderMap,
    Body(change): Body<ClientChange>,
) -> Answer<Json<ClientShape>> {
    caller.must(TokenScope::Manage, Right::ManageClients)?;
    caller
        .must_see_client(&mut app.archive.db.read().await?, client)
        .await?;
    if change.name.as_deref().is_some_and(|name| name.trim().is_empty()) {
        return Err(ClientError::NoName.into());
    }
    let changed = act::amend(&app.archive, client, &caller.person.name, |now| {
        let unchanged = etag::is_unchanged(&headers, &ClientShape::of(now));
        unchanged.then(|| change.applied_to(now.facts.clone()))
    })
    .await?;
    changed.ok_or_else(etag::changed)?;
    let found = store::find(&mut app.archive.db.read().await?, client).await?;
    Ok(Json(ClientShape::of(&found.ok_or_else(Refusal::no_client)?)))
}

/// List what points at a client
#[utoipa::path(get, path = "/clients/{client}/addresses", tag = "Clients", params(("client" = Id, Path)),
    security(("token" = ["read"])),
    responses((status = 200, description = "Addresses and domains", body = Page<Address>)))]
pub async fn addresses(
    caller: Caller,
    State(app): State<App>,
    Path(client): Path<ClientId>,
) -> Answer<Json<Page<Address>>> {
    caller.must(TokenScope::Read, Right::Read)?;
    let conn = &mut app.archive.db.read().await?;
    caller.must_see_client(conn, client).await?;
    caller.looks_at(&app, Some(client), None).await?;
    let addresses = store::addresses(conn, client).await?;
    let items = addresses.into_iter().map(Address::from).collect();
    Ok(Json(Page { items, next: None }))
}

/// An e-mail address or a domain
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddressGiven {
    kind: AddressKind,
    #[schema(example = "anna@client.example")]
    value: String,
    /// Whose it is.
    #[serde(default)]
    name: String,
    /// What that person does.
    #[serde(default)]
    role: String,
}

/// What an address brought
#[derive(Serialize, ToSchema)]
pub struct AddressAdded {
    /// How many interactions waited for it in the inbox and are with the client now.
    #[schema(minimum = 0)]
    assigned: u64,
}

/// Let an address or domain point at a client
///
/// What waits for it in the inbox goes to the client, as far as you see it.
#[utoipa::path(post, path = "/clients/{client}/addresses", tag = "Clients", request_body = AddressGiven,
    params(("client" = Id, Path)), security(("token" = ["manage"])),
    responses((status = 201, description = "It points at the client", body = AddressAdded)))]
pub async fn add_address(
    caller: Caller,
    State(app): State<App>,
    Path(client): Path<ClientId>,
    Body(given): Body<AddressGiven>,
) -> Answer<(StatusCode, Json<AddressAdded>)> {
    caller.must(TokenScope::Manage, Right::ManageClients)?;
    caller
        .must_see_client(&mut app.archive.db.read().await?, client)
        .await?;
    let address = NewAddress {
        kind: given.kind,
        value: &given.value,
        name: &given.name,
        role: &given.role,
    };
    let assigned = act::add_address(&app.archive, client, address, caller.doer()).await?;
    let assigned = assigned as u64;
    Ok((StatusCode::CREATED, Json(AddressAdded { assigned })))
}

/// Let an address or domain no longer point at a client
///
/// What was assigned by it stays.
#[utoipa::path(delete, path = "/clients/{client}/addresses/{kind}/{value}", tag = "Clients",
    params(("client" = Id, Path), ("kind" = AddressKind, Path), ("value" = String, Path)),
    security(("token" = ["manage"])), responses((status = 204, description = "It points at the client no more")))]
pub async fn remove_address(
    caller: Caller,
    State(app): State<App>,
    Path((client, kind, value)): Path<(ClientId, AddressKind, String)>,
) -> Answer<StatusCode> {
    caller.must(TokenScope::Manage, Right::ManageClients)?;
    let conn = &mut app.archive.db.read().await?;
    caller.must_see_client(conn, client).await?;
    if !store::has_address(conn, client, kind, &value).await? {
        return Err(no_address());
    }
    act::remove_address(&app.archive, client, (kind, &value), &caller.person.name).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub fn no_address() -> Problem {
    let detail = "List the addresses and give kind and value as they stand there.";
    Problem::new(
        StatusCode::NOT_FOUND,
        "address-not-found",
        "There is no such address",
        detail,
    )
}

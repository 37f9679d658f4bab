//! What auditors and experts are given to see.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Answer;
use super::body::Body;
use super::caller::Caller;
use super::page::Page;
use super::problem::Problem;
use super::shape::{AccountName, ClientName, Id, Moment};
use crate::access::act::{self, NewGrant};
use crate::access::grant::{self, GrantState};
use crate::access::{Covers, Right, store};
use crate::archive::id::{AccountId, ClientId, GrantId, InteractionKey};
use crate::client::store as clients;
use crate::storage::Conn;
use crate::user::token::TokenScope;
use crate::web::app::App;
use crate::web::asked::Path;

/// How far a grant reaches
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// All clients.
    Everything,
    Client,
    /// A conversation.
    Thread,
}

/// What an auditor or expert may see, for a time
#[derive(Serialize, ToSchema)]
#[schema(as = Grant)]
pub struct GrantShape {
    #[schema(value_type = Id)]
    id: GrantId,
    account: AccountName,
    covers: Reach,
    #[serde(skip_serializing_if = "Option::is_none")]
    client: Option<ClientName>,
    /// The first known message of the conversation.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Id>)]
    thread: Option<InteractionKey>,
    valid_from: Moment,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_until: Option<Moment>,
    state: GrantState,
    /// The name of the account that gave it; empty for what was given before this was kept.
    given_by: String,
}

/// List grants
#[utoipa::path(get, path = "/grants", tag = "Access", security(("token" = ["people"])),
    responses((status = 200, description = "All there ever were, newest first", body = Page<GrantShape>)))]
pub async fn list(caller: Caller, State(app): State<App>) -> Answer<Json<Page<GrantShape>>> {
    caller.must(TokenScope::People, Right::ManageAccess)?;
    let now = app.archive.clock.now();
    let conn = &mut app.archive.db.read().await?;
    let people = store::people(conn).await?;
    let mut items = Vec::new();
    for grant in grant::list(conn).await? {
        let known = people.iter().find(|person| person.id == grant.account);
        let (client, thread) = covered(conn, grant.covers).await?;
        items.push(GrantShape {
            id: grant.id,
            account: AccountName {
                id: grant.account,
                name: known.map_or_else(String::new, |person| person.name.clone()),
            },
            covers: reach(grant.covers),
            client,
            thread,
            valid_from: Moment::of(grant.valid_from),
            valid_until: grant.valid_until.map(Moment::of),
            state: grant.state(now),
            given_by: grant.by,
        });
    }
    Ok(Json(Page { items, next: None }))
}

fn reach(covers: Covers) -> Reach {
    match covers {
        Covers::Everything => Reach::Everything,
        Covers::Client(_) => Reach::Client,
        Covers::Thread(_) => Reach::Thread,
    }
}

async fn covered(
    conn: &mut Conn,
    covers: Covers,
) -> Result<(Option<ClientName>, Option<InteractionKey>), Problem> {
    Ok(match covers {
        Covers::Everything => (None, None),
        Covers::Thread(thread) => (None, Some(thread)),
        Covers::Client(id) => {
            let found = clients::find(conn, id).await?;
            let name = found.map_or_else(String::new, |client| client.facts.name);
            (Some(ClientName { id, name }), None)
        }
    })
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantGiven {
    /// An auditor or an expert.
    #[schema(value_type = Id)]
    account: AccountId,
    covers: Reach,
    /// Which client, when it covers one.
    #[serde(default)]
    #[schema(value_type = Option<Id>)]
    client: Option<ClientId>,
    /// Any message of the conversation, when it covers one.
    #[serde(default)]
    #[schema(value_type = Option<Id>)]
    interaction: Option<InteractionKey>,
    /// Now, if left out.
    #[serde(default)]
    valid_from: Option<Moment>,
    /// For ever, if left out; an expert’s must have an end.
    #[serde(default)]
    valid_until: Option<Moment>,
}

impl GrantGiven {
    /// What it covers is said twice, so that nobody is given everything by leaving something out.
    fn covers(&self) -> Result<Covers, Problem> {
        match (self.covers, self.client, self.interaction) {
            (Reach::Everything, None, None) => Ok(Covers::Everything),
            (Reach::Client, Some(client), None) => Ok(Covers::Client(client)),
            (Reach::Thread, None, Some(key)) => Ok(Covers::Thread(key)),
            _ => Err(Problem::unprocessable(
                "With covers client give client alone, with thread give interaction alone, with everything neither.",
            )),
        }
    }
}

#[derive(Serialize, ToSchema)]
pub struct GrantMade {
    #[schema(value_type = Id)]
    id: GrantId,
}

/// Give an auditor or expert something to see
#[utoipa::path(post, path = "/grants", tag = "Access", request_body = GrantGiven, security(("token" = ["people"])),
    responses((status = 201, description = "The new grant", body = GrantMade)))]
pub async fn create(
    caller: Caller,
    State(app): State<App>,
    Body(given): Body<GrantGiven>,
) -> Answer<(StatusCode, Json<GrantMade>)> {
    caller.must(TokenScope::People, Right::ManageAccess)?;
    let new = NewGrant {
        account: given.account,
        covers: given.covers()?,
        valid_from: given
            .valid_from
            .map_or_else(|| app.archive.clock.now(), Moment::microseconds),
        valid_until: given.valid_until.map(Moment::microseconds),
    };
    let id = act::grant(&app.archive, new, caller.doer()).await?;
    Ok((StatusCode::CREATED, Json(GrantMade { id })))
}

/// End a grant
///
/// At once; it stays in the list.
#[utoipa::path(delete, path = "/grants/{grant}", tag = "Access", params(("grant" = Id, Path)),
    security(("token" = ["people"])), responses((status = 204, description = "It is not valid any more")))]
pub async fn end(caller: Caller, State(app): State<App>, Path(id): Path<GrantId>) -> Answer<StatusCode> {
    caller.must(TokenScope::People, Right::ManageAccess)?;
    let grants = grant::list(&mut app.archive.db.read().await?).await?;
    if grants.iter().all(|known| known.id != id) {
        return Err(no_grant());
    }
    act::end_grant(&app.archive, id, &caller.person.name).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn no_grant() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "grant-not-found",
        "There is no such grant",
        "GET /api/v1/grants lists all there ever were.",
    )
}

//! Teams: people who see the same clients.

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
use super::shape::{AccountName, Id};
use super::{Answer, etag};
use crate::access::Right;
use crate::access::act::{self, AccessError, TeamFacts};
use crate::access::store::{self, Someone};
use crate::archive::id::{AccountId, TeamId};
use crate::user::token::TokenScope;
use crate::web::app::App;
use crate::web::asked::Path;

/// People who see the same clients
#[derive(Serialize, ToSchema)]
#[schema(as = Team)]
pub struct TeamShape {
    #[schema(value_type = Id)]
    id: TeamId,
    name: String,
    members: Vec<AccountName>,
}

impl TeamShape {
    fn of(team: &store::Team, people: &[Someone]) -> TeamShape {
        let members = people.iter().filter(|person| team.members.contains(&person.id));
        TeamShape {
            id: team.id,
            name: team.name.clone(),
            members: members.map(AccountName::of).collect(),
        }
    }
}

/// List teams
#[utoipa::path(get, path = "/teams", tag = "Access", security(("token" = ["people"])),
    responses((status = 200, description = "All teams, by name", body = Page<TeamShape>)))]
pub async fn list(caller: Caller, State(app): State<App>) -> Answer<Json<Page<TeamShape>>> {
    caller.must(TokenScope::People, Right::ManageAccess)?;
    let conn = &mut app.archive.db.read().await?;
    let people = store::people(conn).await?;
    let teams = store::teams(conn).await?;
    let items = teams.iter().map(|team| TeamShape::of(team, &people)).collect();
    Ok(Json(Page { items, next: None }))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTeam {
    /// No two teams have the same.
    #[schema(min_length = 1, pattern = r"\S")]
    name: String,
}

/// Add a team
///
/// Nobody is in it yet.
#[utoipa::path(post, path = "/teams", tag = "Access", request_body = NewTeam, security(("token" = ["people"])),
    responses((status = 201, description = "The new team", body = TeamShape)))]
pub async fn create(caller: Caller, State(app): State<App>, Body(new): Body<NewTeam>) -> Answer<Response> {
    caller.must(TokenScope::People, Right::ManageAccess)?;
    let id = act::add_team(&app.archive, &new.name, &caller.person.name).await?;
    let location = [(LOCATION, format!("/api/v1/teams/{id}"))];
    let team = require(&app, id).await?;
    Ok((StatusCode::CREATED, location, Json(team)).into_response())
}

async fn require(app: &App, id: TeamId) -> Answer<TeamShape> {
    let conn = &mut app.archive.db.read().await?;
    let people = store::people(conn).await?;
    let teams = store::teams(conn).await?;
    let found = teams.iter().find(|team| team.id == id);
    found.map(|team| TeamShape::of(team, &people)).ok_or_else(no_team)
}

fn no_team() -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "team-not-found",
        "There is no such team",
        "GET /api/v1/teams lists those there are.",
    )
}

/// Get a team
#[utoipa::path(get, path = "/teams/{team}", tag = "Access", params(("team" = Id, Path)),
    security(("token" = ["people"])), responses((status = 200, description = "The team", body = TeamShape)))]
pub async fn show(caller: Caller, State(app): State<App>, Path(id): Path<TeamId>) -> Answer<Json<TeamShape>> {
    caller.must(TokenScope::People, Right::ManageAccess)?;
    Ok(Json(require(&app, id).await?))
}

/// What is to be changed; what is left out stays
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamPatch {
    #[serde(default, deserialize_with = "given")]
    #[schema(min_length = 1, pattern = r"\S", nullable = false)]
    name: Option<String>,
    /// Everyone who is in it then.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Vec<Id>>, nullable = false)]
    members: Option<Vec<AccountId>>,
}

/// Rename a team, or say who is in it
///
/// With `If-Match`, only if it is still what you have seen.
#[utoipa::path(patch, path = "/teams/{team}", tag = "Access", request_body = TeamPatch,
    params(("team" = Id, Path)), security(("token" = ["people"])),
    responses((status = 200, description = "The team as it is now", body = TeamShape)))]
pub async fn change(
    caller: Caller,
    State(app): State<App>,
    Path(id): Path<TeamId>,
    headers: HeaderMap,
    Body(patch): Body<TeamPatch>,
) -> Answer<Json<TeamShape>> {
    caller.must(TokenScope::People, Right::ManageAccess)?;
    require(&app, id).await?;
    // What cannot be taken is refused as such, whatever `If-Match` says.
    if patch.name.as_deref().is_some_and(|name| name.trim().is_empty()) {
        return Err(AccessError::TeamName.into());
    }
    let people = store::people(&mut app.archive.db.read().await?).await?;
    let changed = act::amend_team(&app.archive, id, &caller.person.name, |now| {
        etag::is_unchanged(&headers, &TeamShape::of(now, &people)).then(|| TeamFacts {
            name: patch.name.unwrap_or_else(|| now.name.clone()),
            members: patch.members.unwrap_or_else(|| now.members.clone()),
        })
    });
    if !changed.await? {
        return Err(etag::changed());
    }
    Ok(Json(require(&app, id).await?))
}

/// Remove a team
///
/// Clients it alone had stay with the owners until somebody else is named.
#[utoipa::path(delete, path = "/teams/{team}", tag = "Access", params(("team" = Id, Path)),
    security(("token" = ["people"])),
    responses((status = 204, description = "There is no such team any more")))]
pub async fn remove(caller: Caller, State(app): State<App>, Path(id): Path<TeamId>) -> Answer<StatusCode> {
    caller.must(TokenScope::People, Right::ManageAccess)?;
    require(&app, id).await?;
    act::remove_team(&app.archive, id, &caller.person.name).await?;
    Ok(StatusCode::NO_CONTENT)
}

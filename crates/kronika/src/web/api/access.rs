//! Who sees a client or an interaction: shown, and changed.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body::Body;
use super::caller::Caller;
use super::problem::Problem;
use super::shape::{AccountName, Id, TeamName};
use super::{Answer, etag};
use crate::access::act::{self, AccessError, ClientSight, InteractionSight};
use crate::access::decide::{self, may_make};
use crate::access::store::{self, Someone, Team};
use crate::access::{Openness, Person, Right, Role, Sensitivity};
use crate::archive::id::{AccountId, ClientId, InteractionKey, TeamId};
use crate::user::token::TokenScope;
use crate::web::app::App;
use crate::web::asked::Path;
use crate::web::refusal::Refusal;

/// Who sees a client
#[derive(Serialize, ToSchema)]
pub struct ClientAccess {
    openness: Openness,
    teams: Vec<TeamName>,
    people: Vec<AccountName>,
    /// All teams that could be chosen.
    every_team: Vec<TeamName>,
    /// Everyone who could be named.
    everyone: Vec<AccountName>,
}

fn is_inside(person: &&Someone) -> bool {
    !person.role.is_some_and(Role::is_outside)
}

/// Get who sees a client
///
/// For whoever may change it.
#[utoipa::path(get, path = "/clients/{client}/access", tag = "Access", params(("client" = Id, Path)),
    security(("token" = ["read"])), responses((status = 200, description = "Who sees it", body = ClientAccess)))]
pub async fn of_client(
    caller: Caller,
    State(app): State<App>,
    Path(client): Path<ClientId>,
) -> Answer<Json<ClientAccess>> {
    caller.must(TokenScope::Read, Right::Share)?;
    let conn = &mut app.archive.db.read().await?;
    let facts = caller.must_see_client(conn, client).await?;
    caller.looks_at(&app, Some(client), None).await?;
    let people = store::people(conn).await?;
    let teams = store::teams(conn).await?;
    Ok(Json(ClientAccess::of(&facts, &teams, &people)))
}

impl ClientAccess {
    fn of(facts: &decide::ClientAccess, teams: &[Team], people: &[Someone]) -> ClientAccess {
        let chosen = teams.iter().filter(|team| facts.teams.contains(&team.id));
        let named = people.iter().filter(|person| facts.people.contains(&person.id));
        ClientAccess {
            openness: facts.openness,
            teams: chosen.map(TeamName::of).collect(),
            people: named.map(AccountName::of).collect(),
            every_team: teams.iter().map(TeamName::of).collect(),
            everyone: people.iter().filter(is_inside).map(AccountName::of).collect(),
        }
    }
}

/// Who shall see a client
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClientAccessGiven {
    openness: Openness,
    /// Those that are left out see it by this no more.
    #[serde(default)]
    #[schema(value_type = Vec<Id>)]
    teams: Vec<TeamId>,
    /// Those who are left out see it by this no more.
    #[serde(default)]
    #[schema(value_type = Vec<Id>)]
    people: Vec<AccountId>,
}

/// Say who sees a client
///
/// All of it at once. You may shut yourself out; owners see every client. With `If-Match`, only if it is still what you
/// have seen.
#[utoipa::path(put, path = "/clients/{client}/access", tag = "Access", request_body = ClientAccessGiven,
    params(("client" = Id, Path)), security(("token" = ["people"])),
    responses((status = 204, description = "It is seen by those")))]
pub async fn set_client(
    caller: Caller,
    State(app): State<App>,
    Path(client): Path<ClientId>,
    headers: HeaderMap,
    Body(given): Body<ClientAccessGiven>,
) -> Answer<StatusCode> {
    caller.must(TokenScope::People, Right::Share)?;
    let conn = &mut app.archive.db.read().await?;
    caller.must_see_client(conn, client).await?;
    let (people, teams) = (store::people(conn).await?, store::teams(conn).await?);
    let sight = ClientSight {
        openness: given.openness,
        teams: given.teams,
        people: given.people,
    };
    let by = &caller.person.name;
    let changed = act::amend_client_access(&app.archive, client, by, |now| {
        etag::is_unchanged(&headers, &ClientAccess::of(now, &teams, &people)).then_some(sight)
    });
    match changed.await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(etag::changed()),
    }
}

/// Who sees an interaction
#[derive(Serialize, ToSchema)]
pub struct InteractionAccess {
    sensitivity: Sensitivity,
    /// Who is named, when it is restricted.
    people: Vec<AccountName>,
    /// What you may make of it; nothing when others decide.
    may_make: Vec<Sensitivity>,
    /// Everyone who could be named, if you may.
    everyone: Vec<AccountName>,
}

/// Get who sees an interaction
#[utoipa::path(get, path = "/interactions/{interaction}/access", tag = "Access", params(("interaction" = Id, Path)),
    security(("token" = ["read"])),
    responses((status = 200, description = "Who sees it", body = InteractionAccess)))]
pub async fn of_interaction(
    caller: Caller,
    State(app): State<App>,
    Path(key): Path<InteractionKey>,
) -> Answer<Json<InteractionAccess>> {
    caller.must(TokenScope::Read, Right::Read)?;
    let conn = &mut app.archive.db.read().await?;
    let facts = caller.must_see(conn, key).await?;
    caller.looks_at(&app, None, Some(key)).await?;
    let people = store::people(conn).await?;
    Ok(Json(InteractionAccess::of(&facts, &caller.person, &people)))
}

impl InteractionAccess {
    fn of(facts: &decide::InteractionAccess, viewer: &Person, people: &[Someone]) -> InteractionAccess {
        let may_make = may_make(viewer, facts);
        let named = people.iter().filter(|person| facts.people.contains(&person.id));
        let nameable = people.iter().filter(|_| !may_make.is_empty());
        InteractionAccess {
            sensitivity: facts.sensitivity,
            people: named.map(AccountName::of).collect(),
            everyone: nameable.map(AccountName::of).collect(),
            may_make,
        }
    }
}

/// Who shall see an interaction
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InteractionAccessGiven {
    sensitivity: Sensitivity,
    /// Who is named, when it is restricted; else it counts for nothing.
    #[serde(default)]
    #[schema(value_type = Vec<Id>)]
    people: Vec<AccountId>,
    /// Whether its whole conversation becomes so, as far as you may decide, and what comes later in it.
    #[serde(default)]
    whole_thread: bool,
}

/// Say who sees an interaction, or its whole conversation
///
/// Whoever took part may open what is private to them; beyond that it takes the right to share, and only owners make
/// something private. With `If-Match`, only if it is still what you have seen.
#[utoipa::path(put, path = "/interactions/{interaction}/access", tag = "Access",
    request_body = InteractionAccessGiven, params(("interaction" = Id, Path)), security(("token" = ["people"])),
    responses((status = 204, description = "It is seen by those"),
        (status = 409, description = "Nobody would see it any more", body = Problem,
            content_type = "application/problem+json")))]
pub async fn set_interaction(
    caller: Caller,
    State(app): State<App>,
    Path(key): Path<InteractionKey>,
    headers: HeaderMap,
    Body(given): Body<InteractionAccessGiven>,
) -> Answer<StatusCode> {
    caller.must(TokenScope::People, Right::Assign)?;
    let sight = InteractionSight {
        sensitivity: given.sensitivity,
        people: given.people,
        whole_thread: given.whole_thread,
    };
    let people = store::people(&mut app.archive.db.read().await?).await?;
    let changed = act::amend_sensitivity(&app.archive, key, &caller.person, |now| {
        let shown = InteractionAccess::of(now, &caller.person, &people);
        etag::is_unchanged(&headers, &shown).then_some(sight)
    });
    match changed.await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(etag::changed()),
    }
}

impl From<AccessError> for Problem {
    fn from(error: AccessError) -> Problem {
        match error {
            // What a path names was looked for before.
            AccessError::NoTeam(_)
            | AccessError::NoAccount(_)
            | AccessError::TeamName
            | AccessError::NotFromOutside
            | AccessError::NoEnd
            | AccessError::AddressTaken(_)
            | AccessError::Address(_) => Problem::unprocessable(error.to_string()),
            error => Refusal::from(error).into(),
        }
    }
}

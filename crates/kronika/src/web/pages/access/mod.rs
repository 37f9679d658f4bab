//! Settings: teams, own mailboxes, and the rules in plain words; beside them grants, and who sees what.

mod given;
mod grant;
mod sight;

use axum::extract::State;
use axum::response::Response;

pub use given::given;
pub use grant::{add_grant, end_grant, grants};
pub use sight::{client_sight, interaction_sight, set_client, set_interaction};

use super::see;
use crate::access::act::{self, AccessError};
use crate::access::{Right, Role, store};
use crate::archive::id::{AccountId, TeamId};
use crate::web::app::App;
use crate::web::asked::Path;
use crate::web::fields::Fields;
use crate::web::refusal::Refusal;
use crate::web::view::access as view;
use crate::web::view::page::Place;
use crate::web::view::show as render;
use crate::web::visitor::SignedIn;

/// Everyone, to be ticked.
fn choices<'a>(people: impl IntoIterator<Item = &'a store::Someone>, on: &[AccountId]) -> Vec<view::Choice> {
    let choice = |person: &store::Someone| view::Choice {
        id: person.id.to_string(),
        name: person.name.clone(),
        on: on.contains(&person.id),
    };
    people.into_iter().map(choice).collect()
}

/// Ids that were ticked.
fn ticked<T: std::str::FromStr>(fields: &Fields, name: &str) -> Result<Vec<T>, Refusal> {
    fields
        .all(name)
        .map(|id| id.parse().map_err(|_| Refusal::bad_request()))
        .collect()
}

fn is_outside(person: &store::Someone) -> bool {
    person.role.is_some_and(Role::is_outside)
}

/// `GET /settings/teams`
pub async fn teams(user: SignedIn, State(app): State<App>) -> Result<Response, Refusal> {
    team_page(&user, &app, (None, String::new())).await
}

async fn team_page(
    user: &SignedIn,
    app: &App,
    (mistake, refused): (Option<&'static str>, String),
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::ManageAccess)?;
    let page = user.page(app, Place::Settings).await?;
    let conn = &mut app.archive.db.read().await?;
    let people = store::people(conn).await?;
    let inside = || people.iter().filter(|person| !is_outside(person));
    let teams = store::teams(conn).await?.into_iter().map(|team| view::Team {
        id: team.id.to_string(),
        name: team.name,
        members: choices(inside(), &team.members),
    });
    let mailboxes = inside().map(|person| view::Mailbox {
        account: person.id.to_string(),
        name: person.name.clone(),
        addresses: person.addresses.join(", "),
    });
    Ok(render(&view::TeamsPage {
        page,
        teams: teams.collect(),
        mailboxes: mailboxes.collect(),
        mistake,
        refused,
    }))
}

/// `POST /settings/teams`
pub async fn add_team(user: SignedIn, State(app): State<App>, fields: Fields) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::ManageAccess)?;
    let name = fields.text("name");
    match act::add_team(&app.archive, name, &user.account.name).await {
        Ok(_) => Ok(see("/settings/teams")),
        Err(AccessError::TeamName) => team_page(&user, &app, (Some("team-mistake"), name.to_owned())).await,
        Err(error) => Err(error.into()),
    }
}

/// `POST /settings/teams/{team}`: its name and its members.
pub async fn change_team(
    user: SignedIn,
    State(app): State<App>,
    Path(team): Path<TeamId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::ManageAccess)?;
    let (name, by) = (fields.text("name"), &user.account.name);
    let mut members: Vec<AccountId> = ticked(&fields, "member")?;
    members.sort_unstable();
    let known = store::teams(&mut app.archive.db.read().await?).await?;
    let known = known.into_iter().find(|known| known.id == team);
    let known = known.ok_or_else(Refusal::not_found)?;
    if known.name != name {
        match act::rename_team(&app.archive, team, name, by).await {
            Ok(()) => (),
            Err(AccessError::TeamName) => {
                return team_page(&user, &app, (Some("team-mistake"), name.to_owned())).await;
            }
            Err(error) => return Err(error.into()),
        }
    }
    if known.members != members {
        act::set_members(&app.archive, team, members, by).await?;
    }
    Ok(see("/settings/teams"))
}

/// `POST /settings/teams/{team}/remove`
pub async fn remove_team(
    user: SignedIn,
    State(app): State<App>,
    Path(team): Path<TeamId>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::ManageAccess)?;
    act::remove_team(&app.archive, team, &user.account.name).await?;
    Ok(see("/settings/teams"))
}

/// `POST /settings/mailboxes/{account}`: whose own mailboxes some addresses are.
pub async fn set_mailboxes(
    user: SignedIn,
    State(app): State<App>,
    Path(account): Path<AccountId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::ManageAccess)?;
    let given = fields.text("addresses");
    let addresses: Vec<&str> = given
        .split([',', ';', ' ', '\n'])
        .map(str::trim)
        .filter(|address| !address.is_empty())
        .collect();
    let mistake = match act::set_addresses(&app.archive, account, &addresses, &user.account.name).await {
        Ok(()) => return Ok(see("/settings/teams")),
        Err(AccessError::Address(_)) => ("mailbox-mistake", given.to_owned()),
        Err(AccessError::AddressTaken(address)) => ("mailbox-mistake-taken", address),
        Err(error) => return Err(error.into()),
    };
    team_page(&user, &app, (Some(mistake.0), mistake.1)).await
}

/// `GET /settings/rights`
pub async fn rights(user: SignedIn, State(app): State<App>) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Read)?;
    let page = user.page(&app, Place::Settings).await?;
    Ok(render(&view::RightsPage {
        page,
        role: user.person.role,
    }))
}

//! Settings: the people of the archive. Inviting them, changing their role, removing them.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::see;
use crate::access::{Right, Role};
use crate::archive::id::{AccountId, InvitationId};
use crate::user::act::{self, AccountError};
use crate::user::invitation::{self, Invitation, Invite};
use crate::user::store::{self, Account};
use crate::user::{By, list};
use crate::web::app::App;
use crate::web::asked::Path;
use crate::web::fields::Fields;
use crate::web::locale::Locale;
use crate::web::refusal::Refusal;
use crate::web::view::page::Place;
use crate::web::view::people as view;
use crate::web::view::show as render;
use crate::web::visitor::SignedIn;

/// Who may manage people: the one place that asks.
fn must_manage_people(user: &SignedIn) -> Result<(), Refusal> {
    user.must_be_allowed_to(Right::ManagePeople)
}

/// What the page shows beside its lists.
#[derive(Default)]
struct Shown {
    link: Option<view::Link>,
    mistake: Option<&'static str>,
    refused: String,
}

/// `GET /settings/people`
pub async fn list(user: SignedIn, State(app): State<App>) -> Result<Response, Refusal> {
    must_manage_people(&user)?;
    shown(&app, &user, Shown::default()).await
}

async fn shown(app: &App, user: &SignedIn, shown: Shown) -> Result<Response, Refusal> {
    let page = user.page(app, Place::Settings).await?;
    let conn = &mut app.archive.db.read().await?;
    let by = By::Person(&user.account);
    let people = list::people(conn).await?;
    let open = invitation::list(conn).await?;
    let now = page.clock.now;
    Ok(render(&view::People {
        people: people.into_iter().map(|person| line(user, person)).collect(),
        invitations: open.into_iter().map(|open| invited(open, now)).collect(),
        roles: Role::ALL.into_iter().filter(|role| by.may_give(*role)).collect(),
        link: shown.link,
        mistake: shown.mistake,
        refused: shown.refused,
        page,
    }))
}

fn line(user: &SignedIn, person: list::Person) -> view::Person {
    let role = Role::named(&person.role);
    view::Person {
        id: person.id.to_string(),
        name: person.name,
        role,
        seen_at: person.seen_at,
        password: person.password,
        second_factor: person.second_factor,
        is_you: person.id == user.account.id,
        yours_to_change: role.is_none_or(|role| By::Person(&user.account).may_give(role)),
    }
}

fn invited(open: Invitation, now: i64) -> view::Invited {
    view::Invited {
        id: open.id.to_string(),
        name: open.name,
        role: Role::named(&open.role),
        made_by: open.made_by,
        expires_at: open.expires_at,
        is_over: now > open.expires_at,
    }
}

/// `POST /settings/people/invitations`: shows the link, this once.
pub async fn invite(user: SignedIn, State(app): State<App>, fields: Fields) -> Result<Response, Refusal> {
    must_manage_people(&user)?;
    let name = fields.text("name");
    let role = Role::named(fields.text("role")).ok_or_else(Refusal::bad_request)?;
    let language = Locale::of_code(fields.text("language")).ok_or_else(Refusal::bad_request)?;
    let invite = Invite {
        name,
        role,
        language: language.code(),
    };
    let made = invitation::invite(&app.archive, invite, By::Person(&user.account)).await;
    let found = match made {
        Ok((open, token)) => Shown {
            link: Some(view::Link {
                name: open.name,
                url: app.public.link(&format!("/invitations/{token}")),
                expires_at: open.expires_at,
            }),
            ..Shown::default()
        },
        Err(error) => Shown {
            mistake: Some(match error {
                AccountError::Name => "people-mistake-name",
                AccountError::Exists(_) => "people-mistake-taken",
                other => return Err(other.into()),
            }),
            refused: name.to_owned(),
            ..Shown::default()
        },
    };
    shown(&app, &user, found).await
}

/// `POST /settings/people/invitations/{invitation}/withdraw`
pub async fn withdraw(
    user: SignedIn,
    State(app): State<App>,
    Path(id): Path<InvitationId>,
) -> Result<Response, Refusal> {
    must_manage_people(&user)?;
    invitation::withdraw(&app.archive, id, By::Person(&user.account)).await?;
    Ok(see("/settings/people"))
}

/// `POST /settings/people/{account}/role`
pub async fn change_role(
    user: SignedIn,
    State(app): State<App>,
    Path(id): Path<AccountId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    must_manage_people(&user)?;
    let role = Role::named(fields.text("role")).ok_or_else(Refusal::bad_request)?;
    let account = require(&app, id).await?;
    let changed = act::set_role(&app.archive, &account.name, role, By::Person(&user.account)).await;
    after(&app, &user, changed).await
}

/// `GET /settings/people/{account}/remove`
pub async fn ask_to_remove(
    user: SignedIn,
    State(app): State<App>,
    Path(id): Path<AccountId>,
) -> Result<Response, Refusal> {
    must_manage_people(&user)?;
    let account = require(&app, id).await?;
    Ok(render(&view::RemovePerson {
        page: user.page(&app, Place::Settings).await?,
        id: id.to_string(),
        name: account.name,
    }))
}

/// `POST /settings/people/{account}/remove`
pub async fn remove(
    user: SignedIn,
    State(app): State<App>,
    Path(id): Path<AccountId>,
) -> Result<Response, Refusal> {
    must_manage_people(&user)?;
    let account = require(&app, id).await?;
    let removed = act::remove(&app.archive, &account.name, By::Person(&user.account)).await;
    after(&app, &user, removed).await
}

async fn require(app: &App, id: AccountId) -> Result<Account, Refusal> {
    let found = store::by_id(&mut app.archive.db.read().await?, id).await?;
    found.ok_or_else(Refusal::not_found)
}

/// The list after a change, or with the reason why there was none.
async fn after(app: &App, user: &SignedIn, outcome: Result<(), AccountError>) -> Result<Response, Refusal> {
    match outcome {
        Ok(()) => Ok(see("/settings/people")),
        Err(AccountError::LastOwner) => {
            let found = Shown {
                mistake: Some("people-mistake-last-owner"),
                ..Shown::default()
            };
            let shown = shown(app, user, found).await?;
            Ok((StatusCode::CONFLICT, shown).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

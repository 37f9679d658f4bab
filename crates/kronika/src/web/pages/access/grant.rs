//! What auditors and experts are given to see.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;

use super::super::see;
use super::{choices, is_outside};
use crate::access::act::{self, AccessError, NewGrant};
use crate::access::{Covers, Right, grant, store};
use crate::archive::id::{ClientId, GrantId, InteractionKey};
use crate::client::store as clients;
use crate::interaction::list::rows;
use crate::storage::Conn;
use crate::web::app::App;
use crate::web::asked::{Path, Query};
use crate::web::fields::Fields;
use crate::web::refusal::Refusal;
use crate::web::view::access as view;
use crate::web::view::page::Place;
use crate::web::view::show as render;
use crate::web::visitor::SignedIn;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct GrantAsked {
    link: String,
}

/// `GET /settings/grants`
pub async fn grants(
    user: SignedIn,
    State(app): State<App>,
    Query(asked): Query<GrantAsked>,
) -> Result<Response, Refusal> {
    grant_page(&user, &app, (None, asked.link)).await
}

async fn grant_page(
    user: &SignedIn,
    app: &App,
    (mistake, link): (Option<&'static str>, String),
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::ManageAccess)?;
    let page = user.page(app, Place::Settings).await?;
    let conn = &mut app.archive.db.read().await?;
    let people = store::people(conn).await?;
    let mut grants = Vec::new();
    for grant in grant::list(conn).await? {
        let name = people.iter().find(|person| person.id == grant.account);
        grants.push(view::Grant {
            id: grant.id.to_string(),
            name: name.map_or_else(String::new, |person| person.name.clone()),
            covers: covered(conn, user, grant.covers).await?,
            from: grant.valid_from,
            until: grant.valid_until,
            state: grant.state(page.clock.now),
            by: grant.by,
        });
    }
    let today = page.clock.date(page.clock.now).to_string();
    Ok(render(&view::GrantsPage {
        page,
        grants,
        people: choices(people.iter().filter(|person| is_outside(person)), &[]),
        link,
        today,
        mistake,
    }))
}

async fn covered(conn: &mut Conn, user: &SignedIn, covers: Covers) -> Result<view::Covered, Refusal> {
    Ok(match covers {
        Covers::Everything => view::Covered::Everything,
        Covers::Client(client) => {
            let found = clients::find(conn, client).await?;
            view::Covered::Client {
                id: client.to_string(),
                name: found.map_or_else(String::new, |client| client.facts.name),
            }
        }
        Covers::Thread(thread) => {
            let keys = store::thread(conn, thread).await?;
            let seen = store::seen(conn, user.scope(), keys).await?;
            let first: Vec<InteractionKey> = seen.into_iter().take(1).collect();
            let row = rows(conn, user.scope(), &first).await?.pop();
            view::Covered::Thread {
                id: row.as_ref().map_or(thread, |row| row.key).to_string(),
                headline: row.map(|row| row.subject),
            }
        }
    })
}

/// `POST /settings/grants`
pub async fn add_grant(user: SignedIn, State(app): State<App>, fields: Fields) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::ManageAccess)?;
    let again = |mistake| grant_page(&user, &app, (Some(mistake), fields.text("link").to_owned()));
    let Some(covers) = what(&fields) else {
        return again("grant-mistake-what").await;
    };
    let Ok(account) = fields.text("account").parse() else {
        return again("grant-mistake-who").await;
    };
    // Both days count: from the beginning of the one to the end of the other.
    let day = |name: &str| fields.text(name).parse::<Date>().ok();
    let begins = |day: Option<Date>| day?.to_zoned(app.zone.clone()).ok();
    let from = begins(day("from")).map(|at| at.timestamp().as_microsecond());
    let until = begins(day("until").and_then(|day| day.tomorrow().ok()));
    let until = until.map(|at| at.timestamp().as_microsecond());
    if !fields.text("until").is_empty() && until.is_none() {
        return again("grant-mistake-end").await;
    }
    let new = NewGrant {
        account,
        covers,
        valid_from: from.unwrap_or_else(|| app.archive.clock.now()),
        valid_until: until,
    };
    match act::grant(&app.archive, new, user.doer()).await {
        Ok(_) => Ok(see("/settings/grants")),
        Err(AccessError::NoEnd) => again("grant-mistake-end").await,
        Err(AccessError::NoClient(_) | AccessError::NoInteraction(_)) => again("grant-mistake-what").await,
        Err(AccessError::NotFromOutside | AccessError::NoAccount(_)) => again("grant-mistake-who").await,
        Err(error) => Err(error.into()),
    }
}

/// What a link of ours leads to, or everything.
fn what(fields: &Fields) -> Option<Covers> {
    if fields.text("covers") == "everything" {
        return Some(Covers::Everything);
    }
    let path = fields
        .text("link")
        .split(['?', '#'])
        .next()?
        .trim_end_matches('/');
    let (rest, id) = path.rsplit_once('/')?;
    match rest.rsplit('/').next()? {
        "clients" => id.parse::<ClientId>().ok().map(Covers::Client),
        "interactions" => id.parse::<InteractionKey>().ok().map(Covers::Thread),
        _ => None,
    }
}

/// `POST /settings/grants/{grant}/end`
pub async fn end_grant(
    user: SignedIn,
    State(app): State<App>,
    Path(grant): Path<GrantId>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::ManageAccess)?;
    act::end_grant(&app.archive, grant, &user.account.name).await?;
    Ok(see("/settings/grants"))
}

//! Who sees a client or an interaction: shown, and changed.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::super::{referer, see};
use super::{choices, is_outside, ticked};
use crate::access::act::{self, ClientSight, InteractionSight};
use crate::access::decide::may_make;
use crate::access::{Openness, Right, Sensitivity, store};
use crate::archive::id::{ClientId, InteractionKey};
use crate::storage::Conn;
use crate::web::app::App;
use crate::web::asked::Path;
use crate::web::fields::Fields;
use crate::web::refusal::Refusal;
use crate::web::view::access as view;
use crate::web::visitor::SignedIn;

/// `POST /clients/{client}/access`: who sees a client.
pub async fn set_client(
    user: SignedIn,
    State(app): State<App>,
    Path(client): Path<ClientId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Share)?;
    user.must_see_client(&mut app.archive.db.read().await?, client)
        .await?;
    let sight = ClientSight {
        openness: Openness::named(fields.text("openness")).ok_or_else(Refusal::bad_request)?,
        teams: ticked(&fields, "team")?,
        people: ticked(&fields, "person")?,
    };
    act::set_client_access(&app.archive, client, sight, &user.account.name).await?;
    // Whoever shut themselves out has nothing to see there any more.
    let conn = &mut app.archive.db.read().await?;
    match user.must_see_client(conn, client).await {
        Ok(_) => Ok(see(&format!("/clients/{client}"))),
        Err(_) => Ok(see("/clients")),
    }
}

/// `POST /interactions/{interaction}/access`: who sees an interaction, or its whole thread.
pub async fn set_interaction(
    user: SignedIn,
    State(app): State<App>,
    Path(key): Path<InteractionKey>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Assign)?;
    let sight = InteractionSight {
        sensitivity: Sensitivity::named(fields.text("sensitivity")).ok_or_else(Refusal::bad_request)?,
        people: ticked(&fields, "person")?,
        whole_thread: fields.ticked("thread"),
    };
    act::set_sensitivity(&app.archive, key, sight, &user.person).await?;
    let conn = &mut app.archive.db.read().await?;
    match user.must_see(conn, key).await {
        Ok(_) => Ok(see(referer(&headers).unwrap_or(&format!("/interactions/{key}")))),
        Err(_) => Ok(see("/inbox")),
    }
}

/// Who sees an interaction, for its page.
pub async fn interaction_sight(
    conn: &mut Conn,
    user: &SignedIn,
    key: InteractionKey,
    thread: usize,
) -> Result<view::InteractionSight, Refusal> {
    let facts = user.must_see(conn, key).await?;
    let people = store::people(conn).await?;
    let named = people.iter().filter(|person| facts.people.contains(&person.id));
    let options = may_make(&user.person, &facts);
    Ok(view::InteractionSight {
        sensitivity: facts.sensitivity,
        named: named.map(|person| person.name.clone()).collect(),
        people: choices(&people, &facts.people),
        options,
        thread,
    })
}

/// Who sees a client, for its form; `None` for whoever may not change it.
pub async fn client_sight(
    conn: &mut Conn,
    user: &SignedIn,
    client: ClientId,
) -> Result<Option<view::ClientSight>, Refusal> {
    if user.must_be_allowed_to(Right::Share).is_err() {
        return Ok(None);
    }
    let facts = user.must_see_client(conn, client).await?;
    let people = store::people(conn).await?;
    let teams = store::teams(conn).await?;
    let team = |team: &store::Team| view::Choice {
        id: team.id.to_string(),
        name: team.name.clone(),
        on: facts.teams.contains(&team.id),
    };
    let inside = people.iter().filter(|person| !is_outside(person));
    Ok(Some(view::ClientSight {
        openness: facts.openness,
        teams: teams.iter().map(team).collect(),
        people: choices(inside, &facts.people),
    }))
}

//! The table of clients, and the picker.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::super::see;
use super::{LINES, last_contacts};
use crate::access::{Right, Scope};
use crate::archive::id::{ClientId, InteractionKey};
use crate::client::list::{self, Asked, Sort};
use crate::client::store::{self, Client};
use crate::storage::Conn;
use crate::web::app::App;
use crate::web::asked::Query;
use crate::web::refusal::Refusal;
use crate::web::view::client as view;
use crate::web::view::inbox::{Suggestion, Suggestions};
use crate::web::view::kinds::ClientName;
use crate::web::view::page::Place;
use crate::web::view::show as render;
use crate::web::visitor::SignedIn;

/// `GET /`
pub async fn home(user: SignedIn) -> Response {
    match user.person.is_outside() {
        true => see("/grants"),
        false => see("/clients"),
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct TableAsked {
    q: String,
    sort: String,
    after: String,
}

impl TableAsked {
    fn sort(&self) -> (Sort, view::Sort) {
        match self.sort.as_str() {
            "name" => (Sort::Name, view::Sort::Name),
            "count" => (Sort::Count, view::Sort::Count),
            _ => (Sort::Last, view::Sort::Last),
        }
    }

    async fn lines(
        &self,
        conn: &mut Conn,
        scope: Scope<'_>,
    ) -> Result<(Vec<view::ClientRow>, Option<String>), Refusal> {
        let offset: i64 = self.after.parse().unwrap_or(0);
        let limit = LINES as i64;
        let asked = Asked {
            text: self.q.clone(),
            sort: self.sort().0,
            offset,
            limit: limit + 1,
        };
        let mut clients = list::list(conn, scope, &asked).await?;
        let next = (clients.len() > LINES).then(|| (offset + limit).to_string());
        clients.truncate(LINES);
        Ok((client_rows(conn, scope, clients).await?, next))
    }
}

async fn client_rows(
    conn: &mut Conn,
    scope: Scope<'_>,
    clients: Vec<Client>,
) -> Result<Vec<view::ClientRow>, Refusal> {
    let ids: Vec<ClientId> = clients.iter().map(|client| client.id).collect();
    let mut addresses = list::first_addresses(conn, &ids).await?;
    let mut last = last_contacts(conn, scope, &clients).await?;
    Ok(clients
        .into_iter()
        .map(|client| view::ClientRow {
            id: client.id.to_string(),
            address: addresses.remove(&client.id).unwrap_or_default(),
            interactions: client.interaction_count.unsigned_abs(),
            last: client.last.and_then(|key| last.remove(&key)),
            name: client.facts.name,
        })
        .collect())
}

/// `GET /clients`
pub async fn list(
    user: SignedIn,
    State(app): State<App>,
    Query(asked): Query<TableAsked>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Read)?;
    user.searches(&app, None, &asked.q).await?;
    let page = user.page(&app, Place::Clients).await?;
    let conn = &mut app.archive.db.read().await?;
    let total = list::count(conn, user.scope(), "").await?.unsigned_abs();
    let (rows, next) = asked.lines(conn, user.scope()).await?;
    let sort = asked.sort().1;
    Ok(render(&view::ClientList {
        page,
        q: asked.q,
        sort,
        total,
        rows,
        next,
    }))
}

/// `GET /clients/_rows`
pub async fn list_rows(
    user: SignedIn,
    State(app): State<App>,
    Query(asked): Query<TableAsked>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Read)?;
    user.searches(&app, None, &asked.q).await?;
    let page = user.page(&app, Place::Clients).await?;
    let (rows, next) = asked
        .lines(&mut app.archive.db.read().await?, user.scope())
        .await?;
    let sort = asked.sort().1;
    Ok(render(&view::ClientRows {
        page,
        q: asked.q,
        sort,
        rows,
        next,
    }))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct SuggestAsked {
    q: String,
    interaction: String,
}

/// `GET /clients/_suggest`: the likeliest first, for a picker.
pub async fn suggest(
    user: SignedIn,
    State(app): State<App>,
    Query(asked): Query<SuggestAsked>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Assign)?;
    let page = user.page(&app, Place::Elsewhere).await?;
    let conn = &mut app.archive.db.read().await?;
    let found = list::list(
        conn,
        user.scope(),
        &Asked {
            text: asked.q.clone(),
            sort: Sort::Last,
            offset: 0,
            limit: 9,
        },
    )
    .await?;
    let likely = match (
        asked.q.trim().is_empty(),
        asked.interaction.parse::<InteractionKey>(),
    ) {
        (true, Ok(key)) => {
            user.must_see(conn, key).await?;
            crate::assignment::suggest::clients(conn, key).await?
        }
        _ => Vec::new(),
    };
    let mut clients: Vec<Client> = Vec::new();
    for id in likely {
        if user.must_see_client(conn, id).await.is_ok() {
            clients.extend(store::find(conn, id).await?);
        }
    }
    let known: Vec<ClientId> = clients.iter().map(|client| client.id).collect();
    clients.extend(found.into_iter().filter(|client| !known.contains(&client.id)));
    clients.truncate(9);
    let ids: Vec<ClientId> = clients.iter().map(|client| client.id).collect();
    let mut details = list::first_addresses(conn, &ids).await?;
    let options = clients
        .into_iter()
        .map(|client| Suggestion {
            detail: details.remove(&client.id).unwrap_or_default(),
            client: ClientName {
                id: client.id.to_string(),
                name: client.facts.name,
            },
        })
        .collect();
    Ok(render(&Suggestions { page, options }))
}

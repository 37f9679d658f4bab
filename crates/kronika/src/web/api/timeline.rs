//! Lists of interactions: a client's timeline, the inbox, a search.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::Answer;
use super::caller::Caller;
use super::page::{self, Page};
use super::problem::Problem;
use super::shape::{Id, InteractionLine};
use crate::access::{Right, Scope};
use crate::archive::id::{ClientId, InteractionKey};
use crate::assignment::inbox::{self, Shelf};
use crate::client::store::{self, Client};
use crate::client::timeline::{self, Part};
use crate::interaction::list::rows;
use crate::interaction::{Channel, Direction};
use crate::search::query::Query as Words;
use crate::search::run::{self, Order};
use crate::storage::Conn;
use crate::user::token::TokenScope;
use crate::web::app::App;
use crate::web::asked::{Path, Query};
use crate::web::refusal::Refusal;

type Lines = Answer<Json<Page<InteractionLine>>>;

/// Lines are asked for with one more, to know whether there is another page.
async fn lines(conn: &mut Conn, scope: Scope<'_>, mut keys: Vec<InteractionKey>, limit: usize) -> Lines {
    let next = page::cut(&mut keys, limit).map(page::write);
    let items = rows(conn, scope, &keys).await?;
    let items = items.into_iter().map(InteractionLine::from).collect();
    Ok(Json(Page { items, next }))
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TimelineAsked {
    channel: Option<Channel>,
    direction: Option<Direction>,
    /// Only those with attachments.
    attachment: Option<bool>,
    /// Words and filters, as in the search.
    q: Option<String>,
    /// `next` of the page before.
    cursor: Option<String>,
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u16>,
}

impl TimelineAsked {
    fn part(&self) -> Part {
        Part {
            channel: self.channel,
            direction: self.direction,
            attachment: self.attachment.unwrap_or(false),
        }
    }

    /// A search within the client.
    fn words(&self, app: &App, client: &Client) -> Option<Words> {
        let text = self.q.as_deref().filter(|text| !text.trim().is_empty())?;
        let mut words = understood(app, text);
        words.filters.client = Some(client.id.to_string());
        let part = self.part();
        words.filters.channel = part.channel.or(words.filters.channel);
        words.filters.direction = part.direction.or(words.filters.direction);
        words.filters.attachment |= part.attachment;
        Some(words)
    }
}

/// What was asked for in words. Nobody is typing any more.
fn understood(app: &App, text: &str) -> Words {
    Words::parse(&format!("{text} "), &app.zone)
}

/// Get a client’s timeline
///
/// Its interactions as far as you see them, newest first.
#[utoipa::path(get, path = "/clients/{client}/timeline", tag = "Clients", params(("client" = Id, Path), TimelineAsked),
    security(("token" = ["read"])),
    responses((status = 200, description = "A page of interactions", body = Page<InteractionLine>)))]
pub async fn show(
    caller: Caller,
    State(app): State<App>,
    Path(client): Path<ClientId>,
    Query(asked): Query<TimelineAsked>,
) -> Lines {
    caller.must(TokenScope::Read, Right::Read)?;
    let (limit, before) = (page::limit(asked.limit)?, page::read(asked.cursor.as_deref())?);
    let conn = &mut app.archive.db.read().await?;
    caller.must_see_client(conn, client).await?;
    caller.looks_at(&app, Some(client), None).await?;
    let words = asked.q.as_deref().unwrap_or_default();
    caller.searches(&app, Some(client), words).await?;
    let found = store::find(conn, client).await?.ok_or_else(Refusal::no_client)?;
    let (scope, one_more) = (caller.scope(), limit as i64 + 1);
    let keys = match asked.words(&app, &found) {
        Some(words) => {
            let page = run::Page {
                order: Order::Newest,
                before,
                limit: one_more,
            };
            run::find(conn, scope, &words, page).await?
        }
        None => {
            let lines = timeline::part(conn, scope, &found, asked.part(), (before, one_more)).await?;
            lines.into_iter().map(|line| line.key).collect()
        }
    };
    lines(conn, scope, keys, limit).await
}

/// A part of the inbox
#[derive(Deserialize, ToSchema, Clone, Copy, Default)]
#[serde(rename_all = "snake_case")]
pub enum ShelfAsked {
    /// What belongs to no client yet.
    #[default]
    Waiting,
    /// What could not be read.
    Unreadable,
    /// What was set aside.
    Ignored,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct InboxAsked {
    shelf: Option<ShelfAsked>,
    /// `next` of the page before.
    cursor: Option<String>,
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u16>,
}

/// Get the inbox
///
/// What was captured and belongs to no client yet, newest first.
#[utoipa::path(get, path = "/inbox", tag = "Inbox", params(InboxAsked), security(("token" = ["read"])),
    responses((status = 200, description = "A page of interactions", body = Page<InteractionLine>)))]
pub async fn inbox(caller: Caller, State(app): State<App>, Query(asked): Query<InboxAsked>) -> Lines {
    caller.must(TokenScope::Read, Right::Read)?;
    let (limit, before) = (page::limit(asked.limit)?, page::read(asked.cursor.as_deref())?);
    let shelf = match asked.shelf.unwrap_or_default() {
        ShelfAsked::Waiting => Shelf::Waiting,
        ShelfAsked::Unreadable => Shelf::Unreadable,
        ShelfAsked::Ignored => Shelf::Ignored,
    };
    let conn = &mut app.archive.db.read().await?;
    let keys = inbox::page(conn, caller.scope(), shelf, (before, limit as i64 + 1)).await?;
    lines(conn, caller.scope(), keys, limit).await
}

#[derive(Deserialize, ToSchema, Clone, Copy, Default)]
#[serde(rename_all = "snake_case")]
pub enum OrderBy {
    #[default]
    Newest,
    /// The best of the newest 2000; there is one page of them.
    Best,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SearchAsked {
    /// Words in any form, `"words side by side"`, `-without`, and filters: `from:` `to:` `client:` `channel:`
    /// `direction:` `after:` `before:` `has:attachment`.
    q: String,
    order: Option<OrderBy>,
    /// `next` of the page before.
    cursor: Option<String>,
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u16>,
}

/// Search
///
/// Interactions that hold all the words, as far as you see them.
#[utoipa::path(get, path = "/search", tag = "Search", params(SearchAsked), security(("token" = ["read"])),
    responses((status = 200, description = "A page of interactions", body = Page<InteractionLine>)))]
pub async fn search(caller: Caller, State(app): State<App>, Query(asked): Query<SearchAsked>) -> Lines {
    caller.must(TokenScope::Read, Right::Read)?;
    let limit = page::limit(asked.limit)?;
    let order = match asked.order.unwrap_or_default() {
        OrderBy::Newest => Order::Newest,
        OrderBy::Best => Order::Best,
    };
    if order == Order::Best && asked.cursor.is_some() {
        return Err(Problem::bad_request(
            "Leave the cursor out: best first has one page.",
        ));
    }
    let page = run::Page {
        order,
        before: page::read(asked.cursor.as_deref())?,
        // Best first ends where its page does.
        limit: limit as i64 + i64::from(order == Order::Newest),
    };
    caller.searches(&app, None, &asked.q).await?;
    let conn = &mut app.archive.db.read().await?;
    let keys = run::find(conn, caller.scope(), &understood(&app, &asked.q), page).await?;
    lines(conn, caller.scope(), keys, limit).await
}

//! Search as you type.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::row::{channel, client_name, direction};
use crate::access::{Right, Scope};
use crate::archive::id::InteractionKey;
use crate::interaction::list::{Row, rows};
use crate::interaction::read::{participants_of, whole};
use crate::search::highlight::{self, Excerpt};
use crate::search::query::Query as Words;
use crate::search::run::{self, COUNTED};
use crate::storage::Conn;
use crate::web::app::App;
use crate::web::asked::Query;
use crate::web::refusal::Refusal;
use crate::web::view::kinds::Person;
use crate::web::view::page::Place;
use crate::web::view::search::{Found, Hit, Order, Piece, SearchHits, SearchPage, SearchResults};
use crate::web::view::show as render;
use crate::web::visitor::SignedIn;

const HITS: usize = 20;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    q: String,
    order: String,
    after: String,
}

impl Asked {
    fn order(&self) -> (run::Order, Order) {
        match self.order.as_str() {
            "best" => (run::Order::Best, Order::Best),
            _ => (run::Order::Newest, Order::Newest),
        }
    }

    async fn hits(
        &self,
        app: &App,
        conn: &mut Conn,
        scope: Scope<'_>,
    ) -> Result<(Vec<Hit>, Option<String>), Refusal> {
        let query = Words::parse(&self.q, &app.zone);
        let (order, _) = self.order();
        let before = self.after.parse::<InteractionKey>().ok();
        let page = run::Page {
            order,
            before,
            limit: HITS as i64 + 1,
        };
        let mut keys = run::find(conn, scope, &query, page).await?;
        let more = keys.len() > HITS && order == run::Order::Newest;
        keys.truncate(HITS);
        let next = keys.last().filter(|_| more).map(ToString::to_string);
        let mut people = participants_of(conn, &keys).await?;
        let mut hits = Vec::with_capacity(keys.len());
        for row in rows(conn, scope, &keys).await? {
            let to = people.remove(&row.key).unwrap_or_default();
            let to = to
                .into_iter()
                .find(|person| person.role == "to")
                .map(super::row::person);
            hits.push(hit(app, conn, &query, (row, to)).await?);
        }
        Ok((hits, next))
    }

    async fn found(&self, app: &App, conn: &mut Conn, scope: Scope<'_>) -> Result<Found, Refusal> {
        let count = run::count(conn, scope, &Words::parse(&self.q, &app.zone)).await?;
        let counted = COUNTED.unsigned_abs();
        Ok(if count > COUNTED {
            Found::MoreThan(counted)
        } else {
            Found::Exactly(count.unsigned_abs())
        })
    }
}

async fn hit(
    app: &App,
    conn: &mut Conn,
    query: &Words,
    (row, to): (Row, Option<Person>),
) -> Result<Hit, Refusal> {
    let (words, typing) = (query.wanted(), query.typing());
    let shown = excerpt(app, conn, query, &row).await?;
    Ok(Hit {
        id: row.key.to_string(),
        claimed_at: row.claimed_at.unwrap_or(row.captured_at),
        channel: channel(row.channel),
        direction: direction(row.direction),
        from: Person {
            name: row.from_name,
            address: row.from_address,
        },
        to,
        client: row.clients.first().map(|(id, name)| client_name(*id, name)),
        headline: pieces(highlight::whole(&row.subject, &words, typing)),
        excerpt: pieces(shown.text),
        attachment: shown.attachment,
    })
}

/// What is shown of a hit, and the attachment it is from.
struct Shown {
    text: Excerpt,
    attachment: Option<String>,
}

/// The words in the body, else in an attachment, else the beginning.
async fn excerpt(app: &App, conn: &mut Conn, query: &Words, row: &Row) -> Result<Shown, Refusal> {
    let (words, typing) = (query.wanted(), query.typing());
    let beginning = || Shown {
        text: highlight::whole(&row.preview, &words, typing),
        attachment: None,
    };
    if words.is_empty() {
        return Ok(beginning());
    }
    let Some(whole) = whole(&app.archive, conn, row.key).await? else {
        return Ok(beginning());
    };
    let body = whole.read().map(|(_, reading)| reading.text).unwrap_or_default();
    if let Some(text) = highlight::around(&body, &words, typing) {
        return Ok(Shown {
            text,
            attachment: None,
        });
    }
    for (name, text) in crate::interaction::extract::texts(&app.archive, conn, &whole).await? {
        if let Some(text) = highlight::around(&text, &words, typing) {
            return Ok(Shown {
                text,
                attachment: Some(name),
            });
        }
    }
    Ok(beginning())
}

fn pieces(excerpt: Excerpt) -> Vec<Piece> {
    excerpt
        .pieces
        .into_iter()
        .map(|(text, found)| Piece { text, found })
        .collect()
}

/// `GET /search`
pub async fn show(
    user: SignedIn,
    State(app): State<App>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Read)?;
    user.searches(&app, None, &asked.q).await?;
    let page = user.page(&app, Place::Search).await?;
    let conn = &mut app.archive.db.read().await?;
    let (hits, next) = asked.hits(&app, conn, user.scope()).await?;
    let found = asked.found(&app, conn, user.scope()).await?;
    let order = asked.order().1;
    Ok(render(&SearchPage {
        page,
        q: asked.q,
        order,
        found,
        hits,
        next,
    }))
}

/// `GET /search/_results`
pub async fn results(
    user: SignedIn,
    State(app): State<App>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Read)?;
    user.searches(&app, None, &asked.q).await?;
    let page = user.page(&app, Place::Search).await?;
    let conn = &mut app.archive.db.read().await?;
    let (hits, next) = asked.hits(&app, conn, user.scope()).await?;
    let order = asked.order().1;
    if !asked.after.is_empty() {
        return Ok(render(&SearchHits {
            page,
            q: asked.q,
            order,
            hits,
            next,
        }));
    }
    let found = asked.found(&app, conn, user.scope()).await?;
    Ok(render(&SearchResults {
        page,
        q: asked.q,
        order,
        found,
        hits,
        next,
    }))
}

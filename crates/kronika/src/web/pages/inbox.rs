//! The inbox, and every decision about where an interaction belongs.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;

use super::import::whose;
use super::row::single_rows;
use super::{is_fragment, referer, see};
use crate::access::{Doer, Right};
use crate::archive::id::{ClientId, InteractionKey};
use crate::assignment::{act, inbox, suggest};
use crate::channel::email::quarantine;
use crate::client::act::{NewAddress, add_address};
use crate::client::{AddressKind, store};
use crate::interaction::list;
use crate::interaction::reread::reread;
use crate::storage::Conn;
use crate::web::app::App;
use crate::web::asked::{Path, Query};
use crate::web::fields::Fields;
use crate::web::locale::t;
use crate::web::refusal::Refusal;
use crate::web::view::inbox::{Done, Inbox, InboxRow, InboxRows, InboxState, Outcome, Shelf, ShelfCounts};
use crate::web::view::interaction::Learnable;
use crate::web::view::kinds::ClientName;
use crate::web::view::page::Place;
use crate::web::view::show as render;
use crate::web::visitor::SignedIn;

const LINES: usize = 50;
/// Counting what stands on a shelf stops here.
const SHELF: u64 = 100_000;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    filter: String,
    before: String,
}

impl Asked {
    fn shelf(&self) -> (inbox::Shelf, Shelf) {
        match self.filter.as_str() {
            "unreadable" => (inbox::Shelf::Unreadable, Shelf::Unreadable),
            "ignored" => (inbox::Shelf::Ignored, Shelf::Ignored),
            _ => (inbox::Shelf::Waiting, Shelf::All),
        }
    }

    async fn lines(
        &self,
        conn: &mut Conn,
        user: &SignedIn,
    ) -> Result<(Vec<InboxRow>, Option<String>), Refusal> {
        let before = self.before.parse().ok();
        let mut keys = inbox::page(conn, user.scope(), self.shelf().0, (before, LINES as i64 + 1)).await?;
        let more = keys.len() > LINES;
        keys.truncate(LINES);
        let next = keys.last().filter(|_| more).map(ToString::to_string);
        let mut lines = Vec::with_capacity(keys.len());
        for (known, row) in list::rows(conn, user.scope(), &keys)
            .await?
            .into_iter()
            .zip(single_rows(conn, user.scope(), &keys).await?)
        {
            let learnable = learnable(conn, known.key).await?;
            lines.push(InboxRow {
                row,
                state: state(user, &known),
                learnable,
            });
        }
        Ok((lines, next))
    }
}

fn state(user: &SignedIn, row: &list::Row) -> InboxState {
    match (&row.unreadable, &row.ignored_for) {
        (Some(reason), _) => InboxState::Unreadable {
            reason: unreadable_reason(user, reason),
        },
        (None, Some(reason)) => InboxState::Ignored {
            reason: reason.clone(),
        },
        (None, None) => InboxState::Waiting,
    }
}

/// Why an original could not be read, as a sentence.
pub fn unreadable_reason(user: &SignedIn, code: &str) -> String {
    let key = match code {
        "empty" => "unreadable-empty",
        "binary" => "unreadable-binary",
        "no-header" => "unreadable-no-header",
        _ => "unreadable-other",
    };
    t(user.locale, key).to_string()
}

/// What an assignment of this interaction could teach.
pub async fn learnable(conn: &mut Conn, key: InteractionKey) -> Result<Learnable, Refusal> {
    let (address, domain) = suggest::learnable(suggest::outsider(conn, key).await?.as_ref());
    Ok(Learnable { address, domain })
}

/// `GET /inbox`
pub async fn list(
    user: SignedIn,
    State(app): State<App>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Read)?;
    let page = user.page(&app, Place::Inbox).await?;
    let conn = &mut app.archive.db.read().await?;
    let counts = ShelfCounts {
        all: inbox::count(conn, user.scope(), inbox::Shelf::Waiting, SHELF).await?,
        unreadable: inbox::count(conn, user.scope(), inbox::Shelf::Unreadable, SHELF).await?,
        ignored: inbox::count(conn, user.scope(), inbox::Shelf::Ignored, SHELF).await?,
        refused: quarantine::count(conn, whose(&user)).await?,
    };
    let (rows, next) = asked.lines(conn, &user).await?;
    Ok(render(&Inbox {
        page,
        shelf: asked.shelf().1,
        counts,
        rows,
        next,
    }))
}

/// `GET /inbox/_rows`
pub async fn rows(
    user: SignedIn,
    State(app): State<App>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Read)?;
    let page = user.page(&app, Place::Inbox).await?;
    let (rows, next) = asked.lines(&mut app.archive.db.read().await?, &user).await?;
    Ok(render(&InboxRows {
        page,
        shelf: asked.shelf().1,
        rows,
        next,
    }))
}

/// `POST /interactions/{interaction}/assignments`
pub async fn assign(
    user: SignedIn,
    State(app): State<App>,
    Path(key): Path<InteractionKey>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Assign)?;
    let client: ClientId = fields.text("client").parse().map_err(|_| Refusal::no_client())?;
    let by = user.doer();
    act::assign(&app.archive, key, (client, fields.text("reason")), by).await?;
    let others = learn(&app, by, (key, client), &fields).await?;
    if !is_fragment(&headers) {
        return Ok(back(&headers, &format!("/interactions/{key}")));
    }
    let conn = &mut app.archive.db.read().await?;
    let name = store::find(conn, client)
        .await?
        .ok_or_else(Refusal::no_client)?
        .facts
        .name;
    let client = ClientName {
        id: client.to_string(),
        name,
    };
    done(&user, &app, key, Outcome::Assigned { client, others }).await
}

/// Learns what was ticked; gives how many others came from the inbox by it.
async fn learn(
    app: &App,
    by: Doer<'_>,
    (key, client): (InteractionKey, ClientId),
    fields: &Fields,
) -> Result<u64, Refusal> {
    let learnable = learnable(&mut app.archive.db.read().await?, key).await?;
    let ticks = [
        ("always_address", AddressKind::Email, learnable.address),
        ("always_domain", AddressKind::Domain, learnable.domain),
    ];
    let mut others = 0;
    for (tick, kind, value) in ticks {
        if fields.ticked(tick) && !value.is_empty() {
            let address = NewAddress {
                kind,
                value: &value,
                name: "",
                role: "",
            };
            others += add_address(&app.archive, client, address, by).await? as u64;
        }
    }
    Ok(others)
}

/// `POST /interactions/{interaction}/assignments/{client}/remove`
pub async fn unassign(
    user: SignedIn,
    State(app): State<App>,
    Path((key, client)): Path<(InteractionKey, ClientId)>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Assign)?;
    act::unassign(&app.archive, key, (client, fields.text("reason")), user.doer()).await?;
    Ok(back(&headers, &format!("/interactions/{key}")))
}

/// `POST /interactions/{interaction}/ignore`
pub async fn ignore(
    user: SignedIn,
    State(app): State<App>,
    Path(key): Path<InteractionKey>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Assign)?;
    let reason = fields.text("reason").to_owned();
    if reason.is_empty() {
        return Err(Refusal::bad_request());
    }
    act::ignore(&app.archive, key, &reason, user.doer()).await?;
    if is_fragment(&headers) {
        return done(&user, &app, key, Outcome::Ignored { reason }).await;
    }
    Ok(back(&headers, "/inbox"))
}

/// `POST /interactions/{interaction}/restore`
pub async fn restore(
    user: SignedIn,
    State(app): State<App>,
    Path(key): Path<InteractionKey>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Assign)?;
    act::restore(&app.archive, key, user.doer()).await?;
    Ok(back(&headers, &format!("/interactions/{key}")))
}

/// `POST /interactions/{interaction}/retry`
pub async fn retry(
    user: SignedIn,
    State(app): State<App>,
    Path(key): Path<InteractionKey>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Record)?;
    user.must_see(&mut app.archive.db.read().await?, key).await?;
    let key = reread(&app.archive, key, &user.account.name).await?;
    Ok(see(&format!("/interactions/{key}")))
}

async fn done(
    user: &SignedIn,
    app: &App,
    key: InteractionKey,
    outcome: Outcome,
) -> Result<Response, Refusal> {
    let page = user.page(app, Place::Inbox).await?;
    let rows = list::rows(&mut app.archive.db.read().await?, user.scope(), &[key]).await?;
    let row = rows.into_iter().next().ok_or_else(Refusal::no_interaction)?;
    let headline = if row.subject.is_empty() {
        row.preview
    } else {
        row.subject
    };
    Ok(render(&Done {
        page,
        id: key.to_string(),
        headline,
        outcome,
    }))
}

/// Back to where the form was, if that was a page of ours.
fn back(headers: &HeaderMap, otherwise: &str) -> Response {
    see(referer(headers).unwrap_or(otherwise))
}

//! The log: all of it, of one client, of one interaction. Whoever may not see others' lines sees their own.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use crate::access::Right;
use crate::access::log::store::{self, Asked, Entry, Place};
use crate::archive::id::{ClientId, InteractionKey};
use crate::client::store as clients;
use crate::interaction::list::rows;
use crate::web::app::App;
use crate::web::asked::{Path, Query};
use crate::web::refusal::Refusal;
use crate::web::view::kinds::ClientName;
use crate::web::view::log as view;
use crate::web::view::page;
use crate::web::view::show as render;
use crate::web::visitor::SignedIn;

const LINES: usize = 100;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Part {
    by: String,
    before: String,
}

impl Part {
    /// `at.record.position` of the last line that was shown.
    fn before(&self) -> Option<Place> {
        let mut numbers = self.before.split('.').map(str::parse::<i64>);
        match (numbers.next()?, numbers.next()?, numbers.next()?) {
            (Ok(at), Ok(record), Ok(position)) => Some(Place { at, record, position }),
            _ => None,
        }
    }
}

/// `GET /settings/log`
pub async fn everything(
    user: SignedIn,
    State(app): State<App>,
    Query(part): Query<Part>,
) -> Result<Response, Refusal> {
    shown(&user, &app, view::LogAbout::Everything, (Asked::default(), part)).await
}

/// `GET /clients/{client}/log`
pub async fn of_client(
    user: SignedIn,
    State(app): State<App>,
    Path(client): Path<ClientId>,
    Query(part): Query<Part>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::SeeLog)?;
    let conn = &mut app.archive.db.read().await?;
    user.must_see_client(conn, client).await?;
    let known = clients::find(conn, client)
        .await?
        .ok_or_else(Refusal::no_client)?;
    let about = view::LogAbout::Client(ClientName {
        id: client.to_string(),
        name: known.facts.name,
    });
    let asked = Asked {
        client: Some(client),
        ..Asked::default()
    };
    shown(&user, &app, about, (asked, part)).await
}

/// `GET /interactions/{interaction}/log`
pub async fn of_interaction(
    user: SignedIn,
    State(app): State<App>,
    Path(key): Path<InteractionKey>,
    Query(part): Query<Part>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::SeeLog)?;
    let conn = &mut app.archive.db.read().await?;
    user.must_see(conn, key).await?;
    let row = rows(conn, user.scope(), &[key]).await?.pop();
    let row = row.ok_or_else(Refusal::no_interaction)?;
    let about = view::LogAbout::Interaction {
        id: key.to_string(),
        headline: if row.subject.is_empty() {
            row.preview
        } else {
            row.subject
        },
    };
    let asked = Asked {
        interaction: Some(key),
        ..Asked::default()
    };
    shown(&user, &app, about, (asked, part)).await
}

async fn shown(
    user: &SignedIn,
    app: &App,
    about: view::LogAbout,
    (mut asked, part): (Asked, Part),
) -> Result<Response, Refusal> {
    app.watch.catch_up(&app.archive).await;
    let page = user.page(app, page::Place::Settings).await?;
    let conn = &mut app.archive.db.read().await?;
    let all = user.must_be_allowed_to(Right::SeeLog).is_ok();
    let by = if all {
        part.by.clone()
    } else {
        user.account.name.clone()
    };
    asked.by = (!by.is_empty()).then(|| by.clone());
    asked.before = part.before();
    let mut entries = store::list(conn, user.scope(), &asked, LINES as i64 + 1).await?;
    let more = entries.len() > LINES;
    entries.truncate(LINES);
    let next = entries.last().filter(|_| more).map(|entry| {
        let Place { at, record, position } = entry.place();
        format!("{at}.{record}.{position}")
    });
    Ok(render(&view::LogPage {
        page,
        about,
        lines: entries.into_iter().map(line).collect(),
        next,
        names: if all {
            store::names(conn).await?
        } else {
            Vec::new()
        },
        by,
    }))
}

fn line(entry: Entry) -> view::LogLine {
    let client = entry.client_id.zip(entry.client_name);
    let interaction = entry.interaction_key.zip(entry.subject);
    view::LogLine {
        at: entry.happened_at,
        by: entry.by_name,
        kind: entry.kind,
        client: client.map(|(id, name)| ClientName {
            id: ClientId(id).to_string(),
            name,
        }),
        interaction: interaction.map(|(key, subject)| (InteractionKey(key).to_string(), subject)),
        detail: entry.detail,
    }
}

//! The log: all of it, of one client, of one interaction. Whoever may not see others' lines sees their own.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Answer;
use super::caller::Caller;
use super::page::{self, Page};
use super::shape::{ClientName, Id, Moment};
use crate::access::log::store::{self, Asked, Entry, Place};
use crate::access::{Right, require};
use crate::archive::id::{ClientId, InteractionKey};
use crate::user::token::TokenScope;
use crate::web::app::App;
use crate::web::asked::{Path, Query};

/// That somebody did, opened, took or was refused something
#[derive(Serialize, ToSchema)]
pub struct LogLine {
    at: Moment,
    /// The name of the account.
    by: String,
    /// What it was: `opened`, `original`, `refused`, `assigned`, `account-role-changed`; there will be more.
    #[schema(example = "opened")]
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    client: Option<ClientName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    interaction: Option<LogInteraction>,
    /// What was searched for, which part was taken, what was refused.
    detail: String,
}

/// An interaction as the log names it
#[derive(Serialize, ToSchema)]
pub struct LogInteraction {
    #[schema(value_type = Id)]
    id: InteractionKey,
    subject: String,
}

impl From<Entry> for LogLine {
    fn from(entry: Entry) -> LogLine {
        let client = entry.client_id.zip(entry.client_name);
        let interaction = entry.interaction_key.zip(entry.subject);
        LogLine {
            at: Moment::of(entry.happened_at),
            by: entry.by_name,
            kind: entry.kind,
            client: client.map(|(id, name)| ClientName {
                id: ClientId(id),
                name,
            }),
            interaction: interaction.map(|(key, subject)| LogInteraction {
                id: InteractionKey(key),
                subject,
            }),
            detail: entry.detail,
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LogAsked {
    /// The name of an account: only its lines.
    by: Option<String>,
    /// `next` of the page before.
    cursor: Option<String>,
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u16>,
}

type Lines = Answer<Json<Page<LogLine>>>;

async fn lines(app: &App, caller: &Caller, mut asked: Asked, part: LogAsked) -> Lines {
    let limit = page::limit(part.limit)?;
    let before: Option<(i64, i64, i64)> = page::read(part.cursor.as_deref())?;
    asked.before = before.map(|(at, record, position)| Place { at, record, position });
    let all = require(&caller.person, Right::SeeLog).is_ok();
    let wanted = part.by.filter(|by| !by.is_empty());
    asked.by = if all {
        wanted
    } else {
        Some(caller.person.name.clone())
    };
    app.watch.catch_up(&app.archive).await;
    let conn = &mut app.archive.db.read().await?;
    let mut entries = store::list(conn, caller.scope(), &asked, limit as i64 + 1).await?;
    let next = page::cut(&mut entries, limit).map(|last| {
        let Place { at, record, position } = last.place();
        page::write(&(at, record, position))
    });
    let items = entries.into_iter().map(LogLine::from).collect();
    Ok(Json(Page { items, next }))
}

/// Get the log
///
/// Newest first, as far as you see what a line is about. Whoever may not see others’ lines is given their own.
#[utoipa::path(get, path = "/log", tag = "Log", params(LogAsked), security(("token" = ["read"])),
    responses((status = 200, description = "A page of lines", body = Page<LogLine>)))]
pub async fn everything(caller: Caller, State(app): State<App>, Query(part): Query<LogAsked>) -> Lines {
    caller.must(TokenScope::Read, Right::Read)?;
    lines(&app, &caller, Asked::default(), part).await
}

/// Get the log of a client
///
/// Newest first.
#[utoipa::path(get, path = "/clients/{client}/log", tag = "Log", params(("client" = Id, Path), LogAsked),
    security(("token" = ["read"])),
    responses((status = 200, description = "A page of lines", body = Page<LogLine>)))]
pub async fn of_client(
    caller: Caller,
    State(app): State<App>,
    Path(client): Path<ClientId>,
    Query(part): Query<LogAsked>,
) -> Lines {
    caller.must(TokenScope::Read, Right::SeeLog)?;
    caller
        .must_see_client(&mut app.archive.db.read().await?, client)
        .await?;
    caller.looks_from_outside_at(&app, Some(client), None).await?;
    let asked = Asked {
        client: Some(client),
        ..Asked::default()
    };
    lines(&app, &caller, asked, part).await
}

/// Get the log of an interaction
///
/// Newest first.
#[utoipa::path(get, path = "/interactions/{interaction}/log", tag = "Log",
    params(("interaction" = Id, Path), LogAsked), security(("token" = ["read"])),
    responses((status = 200, description = "A page of lines", body = Page<LogLine>)))]
pub async fn of_interaction(
    caller: Caller,
    State(app): State<App>,
    Path(key): Path<InteractionKey>,
    Query(part): Query<LogAsked>,
) -> Lines {
    caller.must(TokenScope::Read, Right::SeeLog)?;
    caller.must_see(&mut app.archive.db.read().await?, key).await?;
    caller.looks_from_outside_at(&app, None, Some(key)).await?;
    let asked = Asked {
        interaction: Some(key),
        ..Asked::default()
    };
    lines(&app, &caller, asked, part).await
}

//! Evidence: choosing what goes in and seeing it, packages on their way, packages that were made.

mod asked;
mod package;

pub use package::{create, events, file, show};

use std::collections::HashSet;

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use self::asked::Asked;
use super::row::direction;
use crate::access::Right;
use crate::archive::id::EvidenceId;
use crate::evidence::preview::{Line, Preview, preview};
use crate::evidence::store::{self, Which};
use crate::evidence::{EvidenceError, TEXT, choice};
use crate::interaction::PartFacts;
use crate::storage::Conn;
use crate::web::app::App;
use crate::web::asked::Query;
use crate::web::fields::Fields;
use crate::web::refusal::Refusal;
use crate::web::view::evidence as view;
use crate::web::view::page::Place;
use crate::web::view::show as render;
use crate::web::visitor::SignedIn;

/// Packages on one page of the list.
const LINES: usize = 60;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Part {
    before: String,
}

/// `GET /evidence`
pub async fn list(
    user: SignedIn,
    State(app): State<App>,
    Query(part): Query<Part>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::MakeEvidence)?;
    listed(
        &user,
        &app,
        part.before.parse().ok(),
        (view::Asked::default(), None),
    )
    .await
}

async fn listed(
    user: &SignedIn,
    app: &App,
    before: Option<EvidenceId>,
    (asked, mistake): (view::Asked, Option<&'static str>),
) -> Result<Response, Refusal> {
    let page = user.page(app, Place::Evidence).await?;
    let which = Which {
        before,
        asked_by: &user.account.name,
    };
    let conn = &mut app.archive.db.read().await?;
    let mut rows = store::list(conn, user.scope(), which, LINES as i64 + 1).await?;
    let more = rows.len() > LINES;
    rows.truncate(LINES);
    let next = rows
        .last()
        .filter(|_| more)
        .map(|row| EvidenceId(row.id).to_string());
    let line = |row: store::Row| view::PackageLine {
        id: EvidenceId(row.id).to_string(),
        made_at: row.made_at,
        made_by: row.made_by,
        purpose: row.purpose,
        recipient: row.recipient,
        items: row.items.unsigned_abs(),
        withheld: row.withheld.unsigned_abs(),
    };
    let unfinished = app.packages.unfinished(user.account.id);
    Ok(render(&view::EvidenceList {
        page,
        asked,
        mistake,
        unfinished: unfinished
            .into_iter()
            .map(|(id, failed)| (id.to_string(), failed))
            .collect(),
        packages: rows.into_iter().map(line).collect(),
        next,
    }))
}

/// `GET /evidence/new`: what a choice comes to.
pub async fn new(
    user: SignedIn,
    State(app): State<App>,
    Query(fields): Query<Vec<(String, String)>>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::MakeEvidence)?;
    looked_through(&user, &app, &Fields::of(fields), None).await
}

/// The choice and what is kept back, to be looked through before a package is made of it.
async fn looked_through(
    user: &SignedIn,
    app: &App,
    fields: &Fields,
    mistake: Option<&'static str>,
) -> Result<Response, Refusal> {
    let conn = &mut app.archive.db.read().await?;
    let asked = asked::read(user, app, conn, fields).await?;
    let mistake = mistake.or(asked.mistake);
    if asked.choice.is_open() {
        let mistake = mistake.or(Some("evidence-open"));
        return listed(user, app, None, (asked.shown, mistake)).await;
    }
    let (found, digest) = match asked.mistake {
        Some(_) => (Preview::default(), String::new()),
        None => match found(user, app, conn, &asked).await {
            Ok(found) => found,
            Err(EvidenceError::TooMany) => {
                return listed(user, app, None, (asked.shown, Some("evidence-too-many"))).await;
            }
            Err(error) => return Err(error.into()),
        },
    };
    let boxes: HashSet<&str> = fields.all("withhold").collect();
    Ok(render(&view::EvidenceNew {
        page: user.page(app, Place::Evidence).await?,
        asked: view::Asked {
            digest,
            ..asked.shown
        },
        mistake,
        preview: shown(found, &boxes),
        form: asked::form(fields),
    }))
}

async fn found(
    user: &SignedIn,
    app: &App,
    conn: &mut Conn,
    asked: &Asked,
) -> Result<(Preview, String), EvidenceError> {
    let chosen = asked.choice.find(conn, user.scope(), &app.zone).await?;
    let digest = choice::digest(&chosen);
    Ok((preview(&app.archive, conn, user.scope(), &chosen).await?, digest))
}

fn shown(found: Preview, boxes: &HashSet<&str>) -> view::Preview {
    let claimed = |line: &Line| line.row.claimed_at.unwrap_or(line.row.captured_at);
    let other = |other: crate::evidence::preview::Other| view::Other {
        name: other.name,
        address: other.address,
        interactions: other.interactions,
    };
    view::Preview {
        bytes: found.bytes,
        attachments: found.attachments,
        more: found.more,
        first_at: found.lines.first().map(claimed),
        last_at: found.lines.last().map(claimed),
        others: found.others.into_iter().map(other).collect(),
        lines: found
            .lines
            .into_iter()
            .map(|line| shown_line(line, boxes))
            .collect(),
    }
}

fn shown_line(Line { row, parts }: Line, boxes: &HashSet<&str>) -> view::Line {
    let id = row.key.to_string();
    let is_boxed = |part: &str| boxes.contains(format!("{id}/{part}").as_str());
    let text = parts
        .iter()
        .filter(|part| matches!(part.kind.as_str(), "text" | "html"));
    let mut shown = Vec::new();
    let size: usize = text.map(|part| part.size).sum();
    if size > 0 {
        let (number, name) = (TEXT.to_owned(), String::new());
        shown.push(view::Part {
            withheld: is_boxed(TEXT),
            number,
            name,
            size: size as u64,
        });
    }
    shown.extend(
        parts
            .iter()
            .filter(|part| part.is_attachment())
            .map(|part| view::Part {
                number: part.number.clone(),
                name: name_of(part),
                size: part.size as u64,
                withheld: is_boxed(&part.number),
            }),
    );
    view::Line {
        claimed_at: row.claimed_at.unwrap_or(row.captured_at),
        direction: direction(row.direction),
        from: if row.from_name.is_empty() {
            row.from_address
        } else {
            row.from_name
        },
        to: row.to_line,
        headline: row.subject,
        withheld: boxes.contains(id.as_str()),
        parts: shown,
        id,
    }
}

fn name_of(part: &PartFacts) -> String {
    match part.filename.as_str() {
        "" => part.media_type.clone(),
        name => name.to_owned(),
    }
}

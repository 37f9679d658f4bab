//! One package: asked for, on its way, made, taken.

use std::convert::Infallible;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::response::sse::Event;

use super::super::see;
use super::super::settings::stream;
use super::{asked, looked_through};
use crate::access::Right;
use crate::access::log::LookKind;
use crate::archive::id::EvidenceId;
use crate::evidence::{Stage, store};
use crate::web::app::App;
use crate::web::asked::Path;
use crate::web::fields::Fields;
use crate::web::packages::{Asker, Progress, given_out, name_of, sees_all_of};
use crate::web::refusal::Refusal;
use crate::web::view::evidence::{self as view, State as Shown};
use crate::web::view::page::{Page, Place};
use crate::web::view::show as render;
use crate::web::visitor::SignedIn;

/// `POST /evidence`
pub async fn create(user: SignedIn, State(app): State<App>, fields: Fields) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::MakeEvidence)?;
    let asked = asked::read(&user, &app, &mut app.archive.db.read().await?, &fields).await?;
    let withheld = asked::withheld(&fields)?;
    let wanted = match asked.mistake {
        Some(mistake) => Err(mistake),
        None if asked.choice.is_open() => Err("evidence-open"),
        None => asked::request(&asked, withheld, &asked::form(&fields), &user.account.name),
    };
    match wanted {
        Ok(request) => {
            let asker = Asker {
                account: user.account.id,
                locale: user.locale,
            };
            let begun = app.packages.begin(&app, asker, request);
            let id = begun.ok_or_else(|| {
                Refusal::new(
                    StatusCode::TOO_MANY_REQUESTS,
                    "evidence-enough",
                    "evidence-enough-fix",
                )
            })?;
            Ok(see(&format!("/evidence/{id}")))
        }
        Err(mistake) => looked_through(&user, &app, &fields, Some(mistake)).await,
    }
}

/// `GET /evidence/{evidence}`
pub async fn show(
    user: SignedIn,
    State(app): State<App>,
    Path(id): Path<EvidenceId>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::MakeEvidence)?;
    let page = user.page(&app, Place::Evidence).await?;
    let state = state(&user, &app, id).await?;
    Ok(render(&view::EvidencePage {
        page,
        id: id.to_string(),
        state,
    }))
}

/// `GET /evidence/{evidence}/events`
pub async fn events(
    user: SignedIn,
    State(app): State<App>,
    Path(id): Path<EvidenceId>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::MakeEvidence)?;
    let page = user.page(&app, Place::Evidence).await?;
    let mut watched = app
        .packages
        .watch(id, user.account.id)
        .ok_or_else(Refusal::not_found)?;
    let (watching, viewer) = (app.clone(), user.clone());
    Ok(stream(
        &watching,
        &viewer,
        async_stream::stream! {
            loop {
                watched.borrow_and_update();
                let Ok(state) = state(&user, &app, id).await else { break };
                let over = state.is_over();
                yield Ok::<Event, Infallible>(event(&page, id, state));
                if over || watched.changed().await.is_err() {
                    break;
                }
            }
        },
    ))
}

fn event(page: &Page, id: EvidenceId, state: Shown) -> Event {
    let name = if state.is_over() { "done" } else { "progress" };
    let html = askama::Template::render(&view::EvidenceState {
        page: page.clone(),
        id: id.to_string(),
        state,
    });
    Event::default().event(name).data(html.unwrap_or_default())
}

/// How far a package is: of one's own from the work itself, of others as it was recorded.
async fn state(user: &SignedIn, app: &App, id: EvidenceId) -> Result<Shown, Refusal> {
    let progress = app
        .packages
        .watch(id, user.account.id)
        .map(|watched| watched.borrow().clone());
    Ok(match progress {
        Some(Progress::Waiting) => Shown::Waiting,
        Some(Progress::Failed(what, fix)) => Shown::Failed(what, fix),
        Some(Progress::Running(stage)) => match stage {
            Stage::Sealing => Shown::Sealing,
            Stage::Gathering { done, of } => Shown::Gathering(done, of),
            Stage::Reading { done, of } => Shown::Reading(done, of),
            Stage::Reporting { done, of } => Shown::Reporting(done, of),
            Stage::Writing { done, of } => Shown::Writing(done, of),
            Stage::Encrypting => Shown::Encrypting,
        },
        Some(Progress::Ready(_)) | None => Shown::Ready(Box::new(package(user, app, id).await?)),
    })
}

/// A package as it was recorded, if it is seen.
async fn package(user: &SignedIn, app: &App, id: EvidenceId) -> Result<view::Package, Refusal> {
    let conn = &mut app.archive.db.read().await?;
    let row = store::find(conn, user.scope(), &user.account.name, id).await?;
    let row = row.ok_or_else(Refusal::not_found)?;
    let contents = store::contents(conn, user.scope(), id).await?;
    let kept = app.packages.file(id, user.account.id);
    Ok(view::Package {
        made_at: row.made_at,
        made_by: row.made_by,
        purpose: row.purpose,
        recipient: row.recipient,
        file: kept.is_some().then(|| name_of(id, &row.encrypted_to)),
        encrypted_to: row.encrypted_to,
        items: row.items.unsigned_abs(),
        withheld: row.withheld.unsigned_abs(),
        report: row.reports > 0,
        size: row.size.unsigned_abs(),
        sha256: row.sha256,
        interactions: contents
            .into_iter()
            .map(|(key, subject)| (key.to_string(), subject))
            .collect(),
    })
}

/// `GET /evidence/{evidence}/file`: for whoever asked for it, while it is kept.
pub async fn file(
    user: SignedIn,
    State(app): State<App>,
    Path(id): Path<EvidenceId>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::MakeEvidence)?;
    let ready = app.packages.ready(id, user.account.id);
    let (given, kept) =
        ready.ok_or_else(|| Refusal::new(StatusCode::NOT_FOUND, "evidence-gone", "evidence-gone-fix"))?;
    if !sees_all_of(&app, user.scope(), &given).await? {
        return Err(Refusal::new(
            StatusCode::NOT_FOUND,
            "evidence-gone",
            "evidence-gone-fix",
        ));
    }
    user.log(
        &app,
        LookKind::Exported,
        (given.choice.client, None),
        &id.to_string(),
    )
    .await?;
    given_out(&given, kept).map_err(|error| Refusal::internal(&error))
}

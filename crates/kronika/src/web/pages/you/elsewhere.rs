//! One's other archives on the same server: joined once, by a person signed in to both, to switch between them later.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use crate::instance::Public;
use crate::storage::StorageError;
use crate::user::elsewhere;
use crate::web::app::App;
use crate::web::asked::Query;
use crate::web::fields::Fields;
use crate::web::hall::{Room, Seat};
use crate::web::introduction::Introduction;
use crate::web::pages::see;
use crate::web::refusal::Refusal;
use crate::web::view::elsewhere as view;
use crate::web::view::page::Place;
use crate::web::view::show as render;
use crate::web::visitor::SignedIn;

const PATH: &str = "/settings/you/archives";

/// A server of one archive has no such pages.
fn seat(app: &App) -> Result<&Seat, Refusal> {
    app.seat.as_ref().ok_or_else(Refusal::not_found)
}

/// `GET /settings/you/archives`
pub async fn list(user: SignedIn, State(app): State<App>) -> Result<Response, Refusal> {
    seat(&app)?;
    shown(&app, &user, view::Outcome::None).await
}

async fn shown(app: &App, user: &SignedIn, outcome: view::Outcome) -> Result<Response, Refusal> {
    let page = user.page(app, Place::Settings).await?;
    let seat = seat(app)?;
    let joined = elsewhere::list(&mut app.archive.db.read().await?, user.account.id).await?;
    let line = |one: elsewhere::Elsewhere| {
        let open = seat.other(&one.archive);
        view::Joined {
            title: open
                .as_ref()
                .map_or_else(|| one.archive.clone(), |open| open.title.clone()),
            url: open.map(|open| open.url),
            name: one.archive,
        }
    };
    Ok(render(&view::ArchivesPage {
        joined: joined.into_iter().map(line).collect(),
        outcome,
        page,
    }))
}

/// `POST /settings/you/archives`: leads to another archive, where the person says the same.
pub async fn introduce(user: SignedIn, State(app): State<App>, fields: Fields) -> Result<Response, Refusal> {
    let seat = seat(&app)?;
    let Some(room) = room_at(seat, fields.text("address")) else {
        return shown(&app, &user, view::Outcome::Mistake("archives-nobody-there")).await;
    };
    let Some(there) = room.app.seat.as_ref().filter(|there| there.name != seat.name) else {
        return shown(&app, &user, view::Outcome::Mistake("archives-here")).await;
    };
    let ticket = seat.hall.introductions.begin(Introduction {
        from: seat.name.clone(),
        to: there.name.clone(),
        account: user.account.id,
        person: user.account.name.clone(),
        begun_at: app.archive.clock.now(),
    });
    // The address was typed; what the archive is called is told only by the archive itself.
    let go_on = view::Outcome::GoOn {
        host: room.app.public.host().to_owned(),
        link: room.app.public.link(&format!("{PATH}/join?ticket={ticket}")),
    };
    shown(&app, &user, go_on).await
}

/// The archive at what a person typed: an address from the browser's bar, or its host alone.
fn room_at(seat: &Seat, typed: &str) -> Option<Room> {
    let typed = typed.trim();
    let without_path = |text: &str| {
        let (scheme, rest) = text.split_once("://")?;
        let host = rest.split(['/', '?', '#']).next()?;
        Public::parse(&format!("{scheme}://{host}")).ok()
    };
    let public = without_path(typed).or_else(|| without_path(&format!("https://{typed}")))?;
    seat.hall.room_at(public.host())
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    ticket: String,
}

/// `GET /settings/you/archives/join`: whether the two are to be joined.
pub async fn ask(
    user: SignedIn,
    State(app): State<App>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let seat = seat(&app)?;
    let now = app.archive.clock.now();
    let found = seat.hall.introductions.look(&asked.ticket, &seat.name, now);
    let Some((other, one)) = found.and_then(|one| Some((seat.other(&one.from)?, one))) else {
        return shown(&app, &user, view::Outcome::Mistake("archives-too-late")).await;
    };
    Ok(render(&view::JoinPage {
        other: other.title,
        other_person: one.person,
        ticket: asked.ticket,
        page: user.page(&app, Place::Settings).await?,
    }))
}

/// `POST /settings/you/archives/join`
pub async fn join(user: SignedIn, State(app): State<App>, fields: Fields) -> Result<Response, Refusal> {
    let seat = seat(&app)?;
    let now = app.archive.clock.now();
    let taken = seat
        .hall
        .introductions
        .take(fields.text("ticket"), &seat.name, now);
    let Some((room, one)) = taken.and_then(|one| Some((seat.hall.room(&one.from)?, one))) else {
        return shown(&app, &user, view::Outcome::Mistake("archives-too-late")).await;
    };
    let mut there = room.app.archive.db.begin().await?;
    elsewhere::add(&mut there, one.account, (&seat.name, user.account.id)).await?;
    let mut here = app.archive.db.begin().await?;
    elsewhere::add(&mut here, user.account.id, (&one.from, one.account)).await?;
    there.commit().await?;
    here.commit().await?;
    Ok(see(PATH))
}

/// `POST /settings/you/archives/leave`: on both sides, as far as the other is open.
pub async fn leave(user: SignedIn, State(app): State<App>, fields: Fields) -> Result<Response, Refusal> {
    let seat = seat(&app)?;
    let name = fields.text("archive");
    let joined = elsewhere::list(&mut app.archive.db.read().await?, user.account.id).await?;
    let Some(one) = joined.into_iter().find(|one| one.archive == name) else {
        return Ok(see(PATH));
    };
    let mut here = app.archive.db.begin().await?;
    elsewhere::remove(&mut here, user.account.id, name).await?;
    here.commit().await?;
    if let Some(room) = seat.hall.room(name) {
        leave_there(&room, seat, &one).await?;
    }
    Ok(see(PATH))
}

async fn leave_there(room: &Room, seat: &Seat, one: &elsewhere::Elsewhere) -> Result<(), StorageError> {
    let mut there = room.app.archive.db.begin().await?;
    elsewhere::remove(&mut there, one.account(), &seat.name).await?;
    there.commit().await
}

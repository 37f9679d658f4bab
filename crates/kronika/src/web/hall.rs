//! The archives that one server answers for. A request goes to the archive whose address it names, and to no other.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use jiff::tz::TimeZone;
use tower::ServiceExt;

use super::app::{App, router};
use super::dates::Clock;
use super::introduction::Introductions;
use super::locale::Locale;
use super::refusal::Refused;
use super::view::page::{OtherArchive, Page};
use super::{assets, guard, health};
use crate::archive::clock;

/// All archives that are open, and the addresses of those that are closed.
pub struct Hall {
    zone: TimeZone,
    rooms: RwLock<BTreeMap<String, Room>>,
    closed: RwLock<HashSet<String>>,
    /// People on their way from one archive to another.
    pub introductions: Introductions,
}

/// One archive, open.
#[derive(Clone)]
pub struct Room {
    pub app: App,
    pages: Router,
}

/// An archive's own place in the hall.
#[derive(Clone)]
pub struct Seat {
    pub hall: Arc<Hall>,
    /// The archive's name on the instance.
    pub name: String,
    /// What its people call it.
    pub title: String,
}

impl Seat {
    /// Another archive, as pages name it; nothing when it is not open.
    pub fn other(&self, name: &str) -> Option<OtherArchive> {
        let room = self.hall.room(name)?;
        Some(OtherArchive {
            title: room.app.seat?.title,
            url: room.app.public.link("/"),
        })
    }
}

impl Hall {
    pub fn new(zone: TimeZone) -> Arc<Hall> {
        Arc::new(Hall {
            zone,
            rooms: RwLock::default(),
            closed: RwLock::default(),
            introductions: Introductions::default(),
        })
    }

    /// Answers for one more archive. `app` has a seat.
    pub fn open(&self, name: &str, app: App) {
        let pages = router(app.clone());
        let mut rooms = self.rooms.write().unwrap_or_else(PoisonError::into_inner);
        rooms.insert(name.to_owned(), Room { app, pages });
    }

    /// Answers for it no more, at once; gives what answered until now.
    pub fn close(&self, name: &str) -> Option<App> {
        let mut rooms = self.rooms.write().unwrap_or_else(PoisonError::into_inner);
        rooms.remove(name).map(|room| room.app)
    }

    /// Where nobody is let in for now, and is told so.
    pub fn set_closed(&self, hosts: HashSet<String>) {
        *self.closed.write().unwrap_or_else(PoisonError::into_inner) = hosts;
    }

    pub fn room(&self, name: &str) -> Option<Room> {
        let rooms = self.rooms.read().unwrap_or_else(PoisonError::into_inner);
        rooms.get(name).cloned()
    }

    /// The archive that is reached under this host.
    pub fn room_at(&self, host: &str) -> Option<Room> {
        let rooms = self.rooms.read().unwrap_or_else(PoisonError::into_inner);
        let found = rooms.values().find(|room| room.app.public.answers_to(host));
        found.cloned()
    }

    fn rooms(&self) -> Vec<Room> {
        let rooms = self.rooms.read().unwrap_or_else(PoisonError::into_inner);
        rooms.values().cloned().collect()
    }

    /// All archives that are open.
    pub fn apps(&self) -> Vec<App> {
        self.rooms().into_iter().map(|room| room.app).collect()
    }

    fn is_closed(&self, host: &str) -> bool {
        let closed = self.closed.read().unwrap_or_else(PoisonError::into_inner);
        closed.contains(host.rsplit_once(':').map_or(host, |(name, _)| name))
    }

    /// What a server of many archives answers.
    pub fn router(self: &Arc<Hall>) -> Router {
        Router::new()
            .route("/health", get(well))
            .fallback(answer)
            .with_state(self.clone())
    }

    fn nobody(&self, headers: &HeaderMap, host: &str) -> Response {
        let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let (status, refused) = if self.is_closed(host) {
            (StatusCode::SERVICE_UNAVAILABLE, CLOSED)
        } else {
            (StatusCode::MISDIRECTED_REQUEST, WRONG_HOST)
        };
        let page = Page::for_nobody(Clock {
            locale: Locale::of_header(accepted.unwrap_or_default()),
            zone: self.zone.clone(),
            now: clock::Clock::System.now(),
        });
        guard::with_headers(refused.shown_on(page, status), false)
    }
}

const CLOSED: Refused = Refused {
    what: "archive-closed",
    fix: "archive-closed-fix",
};

const WRONG_HOST: Refused = Refused {
    what: "wrong-host",
    fix: "wrong-host-fix",
};

/// `GET /health` says whether all are well, and neither how many nor which.
async fn well(State(hall): State<Arc<Hall>>) -> Response {
    for room in hall.rooms() {
        let said = health::show(State(room.app)).await;
        if said.status() != StatusCode::OK {
            return said;
        }
    }
    health::well()
}

async fn answer(State(hall): State<Arc<Hall>>, request: Request) -> Response {
    let host = guard::host_of(&request).unwrap_or_default().to_owned();
    match hall.room_at(&host) {
        Some(room) => match room.pages.oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        },
        // The styles of the page that says so.
        None if request.uri().path().starts_with("/assets/") => {
            let file = Router::new().route("/assets/{file}", get(assets::show));
            match file.oneshot(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            }
        }
        None => hall.nobody(request.headers(), &host),
    }
}

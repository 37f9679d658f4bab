//! Who asks: recognised by the session cookie before any handler runs.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, LOCATION, RETRY_AFTER};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::app::App;
use super::dates::Clock;
use super::limit::{Who, counts};
use super::locale::Locale;
use super::pages::sign_in;
use super::refusal::{Refusal, Refused};
use super::sight;
use super::view::page::{Archives, Outside, Page, Place, Theme};
use super::whence::{cookie, whoever_asks};
use crate::access::decide::{ClientAccess, InteractionAccess, may_do};
use crate::access::log::LookKind;
use crate::access::{self, Covers, Doer, Person, Right, Scope};
use crate::archive::id::{AccountId, ClientId, InteractionKey, SessionId};
use crate::assignment::inbox::{self, Shelf};
use crate::guideline;
use crate::storage::Conn;
use crate::user::elsewhere;
use crate::user::session::{self, Found};
use crate::user::store::Account;

/// Whoever sends the request.
#[derive(Clone)]
pub struct Visitor {
    pub account: Option<Account>,
    /// The same, as the rules see them.
    pub person: Option<Arc<Person>>,
    /// The session they are in; with an account there is one.
    pub session: Option<SessionId>,
    pub locale: Locale,
}

/// The session's cookie. With TLS the browser itself refuses to give it to anyone else (`__Host-`).
pub fn cookie_name(app: &App) -> &'static str {
    if app.behind_tls {
        "__Host-kronika"
    } else {
        "kronika"
    }
}

/// Recognises the visitor, runs the handler, and turns a refusal into a page in the visitor's language.
pub async fn recognise(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let found = match cookie(request.headers(), cookie_name(&app)) {
        Some(token) => found(&app, token).await,
        None => None,
    };
    let (account, (person, session)) = match found {
        Some((account, person, session)) => (Some(account), (Some(person), Some(session))),
        None => (None, (None, None)),
    };
    let accepted = request
        .headers()
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let locale = match &account {
        Some(account) => Locale::of_code(&account.language).unwrap_or(Locale::En),
        None => Locale::of_header(accepted.unwrap_or_default()),
    };
    let visitor = Visitor {
        account,
        person,
        session,
        locale,
    };
    let asked = format!("{} {}", request.method(), request.uri().path());
    if let Err(wait) = counted(&app, &visitor, &request) {
        return later(
            page_of(&app, &visitor, TOO_MANY, StatusCode::TOO_MANY_REQUESTS),
            wait,
        );
    }
    request.extensions_mut().insert(visitor.clone());
    let response = next.run(request).await;
    if let Some(account) = &visitor.account {
        sight::note_refusal(&app, &account.name, &asked, response.status());
    }
    match response.extensions().get::<Refused>() {
        Some(refused) => page_of(&app, &visitor, *refused, response.status()),
        None => response,
    }
}

const TOO_MANY: Refused = Refused {
    what: "too-many-requests",
    fix: "too-many-requests-fix",
};

fn counted(app: &App, visitor: &Visitor, request: &Request) -> Result<(), Duration> {
    if !counts(request.method(), request.uri().path()) {
        return Ok(());
    }
    let who = match &visitor.account {
        Some(account) => Who::Account(account.id),
        None => Who::Nobody(whoever_asks(app, request.extensions(), request.headers())),
    };
    let counted = app.limits.count(who, Instant::now());
    if counted.is_err() {
        let by = visitor.account.as_ref().map(|account| account.name.as_str());
        let from = whoever_asks(app, request.extensions(), request.headers());
        app.limits.note(by, from);
    }
    counted
}

/// Says when it is worth trying again.
fn later(mut response: Response, wait: Duration) -> Response {
    let seconds = HeaderValue::from(wait.as_secs() + 1);
    response.headers_mut().insert(RETRY_AFTER, seconds);
    response
}

async fn found(app: &App, token: &str) -> Option<(Account, Arc<Person>, SessionId)> {
    if app.closed.load(Ordering::Relaxed) {
        return None;
    }
    let now = app.archive.clock.now();
    let mut conn = app.archive.db.read().await.ok()?;
    let Found { id, account, note } = session::find(&mut conn, token, now).await.ok()??;
    let person = Person::load(&mut conn, &account, now).await.ok()?;
    if note {
        let (archive, found) = (app.archive.clone(), (id, account.id));
        // Beside the answer: it must not wait behind an import's transaction.
        tokio::spawn(async move {
            let mut tx = archive.db.begin().await?;
            session::note_use(&mut tx, found, now).await?;
            tx.commit().await
        });
    }
    Some((account, Arc::new(person), id))
}

fn page_of(app: &App, visitor: &Visitor, refused: Refused, status: StatusCode) -> Response {
    let clock = Clock {
        locale: visitor.locale,
        zone: app.zone.clone(),
        now: app.archive.clock.now(),
    };
    let page = Page {
        theme: theme(visitor.account.as_ref()),
        person: visitor.account.as_ref().map(|account| account.name.clone()),
        rights: rights(visitor.person.as_deref()),
        outside: visitor.person.as_deref().and_then(outside),
        ..Page::for_nobody(clock)
    };
    refused.shown_on(page, status)
}

fn rights(person: Option<&Person>) -> Vec<Right> {
    let may = |right: &Right| person.is_some_and(|person| may_do(person, *right));
    Right::ALL.into_iter().filter(may).collect()
}

fn outside(person: &Person) -> Option<Outside> {
    let is_thread = |covers: &Covers| matches!(covers, Covers::Thread(_));
    person.is_outside().then(|| Outside {
        clients: person.grants.iter().any(|covers| !is_thread(covers)),
        anything: !person.grants.is_empty(),
    })
}

fn theme(account: Option<&Account>) -> Theme {
    let name = account.map_or("", |account| account.theme.as_str());
    Theme::ALL
        .into_iter()
        .find(|theme| theme.name() == name)
        .unwrap_or(Theme::Device)
}

/// Where else on this server a person may go, as far as those archives are open.
async fn archives(app: &App, conn: &mut Conn, account: AccountId) -> Result<Option<Archives>, Refusal> {
    let Some(seat) = &app.seat else { return Ok(None) };
    let joined = elsewhere::list(conn, account).await?;
    let others = joined.iter().filter_map(|one| seat.other(&one.archive)).collect();
    Ok(Some(Archives {
        here: seat.title.clone(),
        others,
    }))
}

/// A person with a session. A handler that takes this cannot be reached without one.
#[derive(Clone)]
pub struct SignedIn {
    pub account: Account,
    pub person: Arc<Person>,
    pub session: SessionId,
    pub locale: Locale,
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<SignedIn, Response> {
        let Some(visitor) = parts.extensions.get::<Visitor>() else {
            return Err(StatusCode::UNAUTHORIZED.into_response());
        };
        visitor
            .signed_in()
            .ok_or_else(|| to_the_gate(app, visitor, parts))
    }
}

impl Visitor {
    /// The same as a person with a session, if they are one.
    pub fn signed_in(&self) -> Option<SignedIn> {
        Some(SignedIn {
            account: self.account.clone()?,
            person: self.person.clone()?,
            session: self.session?,
            locale: self.locale,
        })
    }
}

/// Sends a person to sign in and back. The page around a script's request is fetched anew, which leads there too; what
/// a form sent is lost, and the gate says why.
fn to_the_gate(app: &App, visitor: &Visitor, parts: &Parts) -> Response {
    if parts.headers.contains_key("hx-request") {
        return (StatusCode::UNAUTHORIZED, [("hx-refresh", "true")]).into_response();
    }
    if parts.method != Method::GET {
        return sign_in::ended(app, visitor, &parts.headers);
    }
    let next = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("next", next)
        .finish();
    (StatusCode::SEE_OTHER, [(LOCATION, format!("/sign-in?{query}"))]).into_response()
}

impl SignedIn {
    /// Refuses a person who lacks a right.
    pub fn must_be_allowed_to(&self, right: Right) -> Result<(), Refusal> {
        access::require(&self.person, right).map_err(Refusal::from)
    }

    /// What this person sees.
    pub fn scope(&self) -> Scope<'_> {
        Scope::of(&self.person)
    }

    /// Whoever an act of this person is by.
    pub fn doer(&self) -> Doer<'_> {
        Doer::from(&*self.person)
    }

    /// Refuses a client that does not exist and one that this person may not see, alike.
    pub async fn must_see_client(&self, conn: &mut Conn, client: ClientId) -> Result<ClientAccess, Refusal> {
        sight::must_see_client(&self.person, conn, client).await
    }

    /// Refuses an interaction that does not exist and one that this person may not see, alike.
    pub async fn must_see(
        &self,
        conn: &mut Conn,
        interaction: InteractionKey,
    ) -> Result<InteractionAccess, Refusal> {
        sight::must_see(&self.person, conn, interaction).await
    }

    /// Notes that something is opened.
    pub async fn looks_at(
        &self,
        app: &App,
        client: Option<ClientId>,
        interaction: Option<InteractionKey>,
    ) -> Result<(), Refusal> {
        self.log(app, LookKind::Opened, (client, interaction), "").await
    }

    /// Notes a look. Of someone from outside it is recorded first: what cannot be recorded is not shown to them.
    pub async fn log(
        &self,
        app: &App,
        kind: LookKind,
        about: (Option<ClientId>, Option<InteractionKey>),
        detail: &str,
    ) -> Result<(), Refusal> {
        sight::log(&self.person, app, (kind, detail), about).await
    }

    /// Notes what this person searched for, if they are from outside.
    pub async fn searches(&self, app: &App, client: Option<ClientId>, words: &str) -> Result<(), Refusal> {
        sight::searched(&self.person, app, client, words).await
    }

    /// The frame of a page for this person.
    pub async fn page(&self, app: &App, place: Place) -> Result<Page, Refusal> {
        let mut conn = app.archive.db.read().await?;
        let guidelines = match access::require(&self.person, Right::AcceptGuidelines) {
            Ok(()) => guideline::store::open_for(&mut conn, self.account.id).await?,
            Err(_) => 0,
        };
        Ok(Page {
            clock: Clock {
                locale: self.locale,
                zone: app.zone.clone(),
                now: app.archive.clock.now(),
            },
            theme: theme(Some(&self.account)),
            person: Some(self.account.name.clone()),
            rights: rights(Some(&self.person)),
            inbox: inbox::count(&mut conn, self.scope(), Shelf::Waiting, inbox::COUNTED).await?,
            guidelines,
            archives: archives(app, &mut conn, self.account.id).await?,
            outside: outside(&self.person),
            place,
        })
    }
}

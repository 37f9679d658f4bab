//! The program that asks: recognised by its token before any handler runs, and by nothing else. A cookie counts for
//! nothing here, so no page of another site can make a browser ask.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::problem::Problem;
use crate::access::decide::{ClientAccess, InteractionAccess};
use crate::access::log::LookKind;
use crate::access::{self, Doer, Person, Right, Scope};
use crate::archive::id::{ApiTokenId, ClientId, InteractionKey};
use crate::storage::Conn;
use crate::user::By;
use crate::user::store::Account;
use crate::user::token::{self, ApiToken, Found, TokenScope};
use crate::web::app::App;
use crate::web::refusal::{Refusal, Refused};
use crate::web::sight;
use crate::web::whence::whoever_asks;

/// Whoever asks. A handler that takes this cannot be reached without a token.
#[derive(Clone)]
pub struct Caller {
    pub person: Arc<Person>,
    pub token: Arc<ApiToken>,
    account: Arc<Account>,
}

/// A token may ask this often within a minute.
const A_MINUTE_AT_MOST: u32 = 6_000;
const A_MINUTE: i64 = 60 * 1_000_000;

/// How often each token asked within the current minute.
#[derive(Default)]
pub struct Meter {
    asked: Mutex<(i64, HashMap<ApiTokenId, u32>)>,
}

impl Meter {
    fn is_too_much(&self, token: ApiTokenId, now: i64) -> bool {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.0 != now / A_MINUTE {
            *asked = (now / A_MINUTE, HashMap::new());
        }
        let count = asked.1.entry(token).or_insert(0);
        *count += 1;
        *count > A_MINUTE_AT_MOST
    }
}

/// Lets in whoever brings a good token, and turns every refusal into a problem.
pub async fn recognise(
    State((app, meter)): State<(App, Arc<Meter>)>,
    mut request: Request,
    next: Next,
) -> Response {
    let response = match caller(&app, request.headers()).await {
        Err(problem) => problem.into_response(),
        Ok(caller) if meter.is_too_much(caller.token.id, app.archive.clock.now()) => {
            let from = whoever_asks(&app, request.extensions(), request.headers());
            app.limits.note(Some(&caller.person.name), from);
            too_much()
        }
        // No text of ours has it, PostgreSQL refuses it.
        Ok(_) if request.uri().to_string().contains("%00") => {
            Problem::bad_request("Leave out the character U+0000.").into_response()
        }
        Ok(caller) => {
            let asked = format!("{} {}", request.method(), request.uri().path());
            let name = caller.person.name.clone();
            request.extensions_mut().insert(caller);
            let response = next.run(request).await;
            sight::note_refusal(&app, &name, &asked, response.status());
            response
        }
    };
    told(response)
}

fn too_much() -> Response {
    let detail = format!("A token may ask {A_MINUTE_AT_MOST} times a minute; wait a moment.");
    let status = StatusCode::TOO_MANY_REQUESTS;
    Problem::new(status, "too-many-requests", "Too many requests", detail).into_response()
}

/// A refusal as the API says it.
pub fn told(response: Response) -> Response {
    match response.extensions().get::<Refused>() {
        Some(refused) => Problem::of(response.status(), *refused).into_response(),
        None => response,
    }
}

async fn caller(app: &App, headers: &HeaderMap) -> Result<Caller, Problem> {
    let sent = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = sent.and_then(|sent| {
        let (scheme, token) = sent.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    });
    let token = token.ok_or_else(Problem::unauthorized)?;
    let now = app.archive.clock.now();
    let mut conn = app.archive.db.read().await?;
    let found = token::find(&mut conn, token, now).await?;
    let Found { token, account, note } = found.ok_or_else(Problem::unauthorized)?;
    let person = Person::load(&mut conn, &account, now).await?;
    if note {
        let (archive, id) = (app.archive.clone(), token.id);
        // Beside the answer: it must not wait behind an import's transaction.
        tokio::spawn(async move {
            let mut tx = archive.db.begin().await?;
            token::note_use(&mut tx, id, now).await?;
            tx.commit().await
        });
    }
    Ok(Caller {
        person: Arc::new(person),
        token: Arc::new(token),
        account: Arc::new(account),
    })
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Caller, Problem> {
        let known = parts.extensions.get::<Caller>().cloned();
        known.ok_or_else(Problem::unauthorized)
    }
}

impl Caller {
    /// Refuses an account that lacks the right, and a token that is not good for it.
    pub fn must(&self, scope: TokenScope, right: Right) -> Result<(), Problem> {
        access::require(&self.person, right)?;
        if self.token.scopes.contains(&scope) {
            return Ok(());
        }
        let detail = format!(
            "Make a token with the scope {}; this one is not good for it.",
            scope.name()
        );
        let status = StatusCode::FORBIDDEN;
        Err(Problem::new(
            status,
            "scope-missing",
            "The token is not good for this",
            detail,
        ))
    }

    pub fn scope(&self) -> Scope<'_> {
        Scope::of(&self.person)
    }

    /// As whoever acts on accounts.
    pub fn by(&self) -> By<'_> {
        By::Person(&self.account)
    }

    pub fn doer(&self) -> Doer<'_> {
        Doer::from(&*self.person)
    }

    pub async fn must_see_client(&self, conn: &mut Conn, client: ClientId) -> Result<ClientAccess, Refusal> {
        sight::must_see_client(&self.person, conn, client).await
    }

    pub async fn must_see(
        &self,
        conn: &mut Conn,
        interaction: InteractionKey,
    ) -> Result<InteractionAccess, Refusal> {
        sight::must_see(&self.person, conn, interaction).await
    }

    pub async fn looks_at(
        &self,
        app: &App,
        client: Option<ClientId>,
        interaction: Option<InteractionKey>,
    ) -> Result<(), Refusal> {
        self.log(app, (LookKind::Opened, ""), (client, interaction)).await
    }

    /// Notes a look by an auditor or expert; others' looks at the log are not worth a line in it.
    pub async fn looks_from_outside_at(
        &self,
        app: &App,
        client: Option<ClientId>,
        interaction: Option<InteractionKey>,
    ) -> Result<(), Refusal> {
        match self.person.is_outside() {
            true => self.looks_at(app, client, interaction).await,
            false => Ok(()),
        }
    }

    /// Notes what an auditor or expert searched for.
    pub async fn searches(&self, app: &App, client: Option<ClientId>, words: &str) -> Result<(), Refusal> {
        sight::searched(&self.person, app, client, words).await
    }

    /// Notes a look of another kind.
    pub async fn log(
        &self,
        app: &App,
        what: (LookKind, &str),
        about: (Option<ClientId>, Option<InteractionKey>),
    ) -> Result<(), Refusal> {
        sight::log(&self.person, app, what, about).await
    }
}

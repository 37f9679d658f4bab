//! The way in and out.

pub mod code;
pub mod openid;
pub mod passkey;

use axum::Extension;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::{referer, see};
use crate::archive::id::AccountId;
use crate::user::event::Proof;
use crate::user::store::{self, Account};
use crate::user::{authenticator, browser, session};
use crate::web::app::App;
use crate::web::asked::Query;
use crate::web::dates::Clock;
use crate::web::fields::Fields;
use crate::web::gate::{Stopped, Try};
use crate::web::refusal::Refusal;
use crate::web::view::page::Page;
use crate::web::view::show as render;
use crate::web::view::sign_in::SignIn;
use crate::web::visitor::{Visitor, cookie_name};
use crate::web::whence::{Whence, known_cookie};

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    next: String,
}

/// `GET /sign-in`
pub async fn show(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    whence: Whence,
    Query(asked): Query<Asked>,
) -> Response {
    if visitor.account.is_some() {
        return see(local(&asked.next));
    }
    render(&SignIn {
        page: page(&app, &visitor),
        user: String::new(),
        elsewhere: openid::offered(&app, &asked.next),
        next: asked.next,
        passkeys: offers_passkeys(&app, &whence),
        mistake: None,
    })
}

/// `POST /sign-in`: whatever is wrong, the answer is the same and takes as long.
pub async fn enter(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    whence: Whence,
    fields: Fields,
) -> Result<Response, Refusal> {
    let (user, now) = (fields.text("user").to_lowercase(), app.archive.clock.now());
    let next = fields.text("next").to_owned();
    let found = store::by_name(&mut app.archive.db.read().await?, &user).await?;
    let (account, stored) = found.unzip();
    let one = Try::new(&app, &whence, &user, account.as_ref().map(|account| account.id));
    let password = (fields.secret("password").to_owned(), stored.flatten());
    let checked = app.gate.check(&one, password, now).await;
    match (checked, account) {
        (Ok(()), Some(account)) => second_step(&app, &visitor, (account, next), &whence).await,
        (Err(Stopped::TooMany), _) => {
            let shown = again(&app, (&visitor, &whence), (user, next), "sign-in-slow-down");
            Ok((StatusCode::TOO_MANY_REQUESTS, shown).into_response())
        }
        _ => Ok(again(&app, (&visitor, &whence), (user, next), "sign-in-wrong")),
    }
}

/// The page again, with what was wrong.
fn again(
    app: &App,
    (visitor, whence): (&Visitor, &Whence),
    (user, next): (String, String),
    mistake: &'static str,
) -> Response {
    render(&SignIn {
        page: page(app, visitor),
        user,
        elsewhere: openid::offered(app, &next),
        next,
        passkeys: offers_passkeys(app, whence),
        mistake: Some(mistake),
    })
}

fn offers_passkeys(app: &App, whence: &Whence) -> bool {
    app.passkeys.are_possible() && whence.is_at(&app.public)
}

/// Asks for a code when the account has an authenticator; else the person is in.
async fn second_step(
    app: &App,
    visitor: &Visitor,
    (account, next): (Account, String),
    whence: &Whence,
) -> Result<Response, Refusal> {
    if authenticator::is_on(&mut app.archive.db.read().await?, account.id).await? {
        let step = app.steps.begin(account.id, &next, app.archive.clock.now());
        return Ok(code::ask(app, visitor, step, None));
    }
    signed_in(app, &account, (whence, Proof::Password), local(&next)).await
}

/// Begins a session and goes on to a page. The browser is met again next time.
pub async fn signed_in(
    app: &App,
    account: &Account,
    (whence, with): (&Whence, Proof),
    next: &str,
) -> Result<Response, Refusal> {
    let token = session::begin(&app.archive, account, whence.from(), with).await?;
    Ok(let_in(app, account.id, (whence, &token), next))
}

/// Gives the cookies of a session that began.
pub fn let_in(app: &App, account: AccountId, (whence, token): (&Whence, &str), next: &str) -> Response {
    let response = with_cookie(app, (cookie_name(app), token), see(next));
    if whence.known_to(app, Some(account)).is_some() {
        return response;
    }
    let known = format!(
        "{}; Max-Age={KNOWN_FOR}",
        browser::remember(&app.archive, account)
    );
    with_cookie(app, (known_cookie(app), &known), response)
}

/// A browser is known for a year (seconds).
const KNOWN_FOR: u32 = 365 * 24 * 3600;

/// For a form that was sent after the session had ended.
pub fn ended(app: &App, visitor: &Visitor, headers: &HeaderMap) -> Response {
    let next = referer(headers).unwrap_or_default().to_owned();
    let shown = SignIn {
        page: page(app, visitor),
        user: String::new(),
        elsewhere: openid::offered(app, &next),
        next,
        passkeys: false,
        mistake: Some("sign-in-ended"),
    };
    (StatusCode::UNAUTHORIZED, render(&shown)).into_response()
}

/// `POST /sign-out`
pub async fn leave(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, Refusal> {
    if let (Some(account), Some(session)) = (&visitor.account, visitor.session) {
        session::sign_out(&app.archive, account, session).await?;
    }
    Ok(with_cookie(
        &app,
        (cookie_name(&app), "; Max-Age=0"),
        see("/sign-in"),
    ))
}

/// A path of ours to go on to; anything else leads home.
fn local(next: &str) -> &str {
    let fine = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    if fine { next } else { "/" }
}

pub fn with_cookie(app: &App, (name, value): (&str, &str), mut response: Response) -> Response {
    let secure = if app.behind_tls { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// The frame of a page for somebody who is not signed in.
pub fn page(app: &App, visitor: &Visitor) -> Page {
    Page::for_nobody(Clock {
        locale: visitor.locale,
        zone: app.zone.clone(),
        now: app.archive.clock.now(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_only_to_our_own_pages() {
        assert_eq!(local("/clients?q=a"), "/clients?q=a");
        assert_eq!(local("https://evil.example"), "/");
        assert_eq!(local("//evil.example"), "/");
        assert_eq!(local("/\\evil.example"), "/");
        assert_eq!(local(""), "/");
    }
}

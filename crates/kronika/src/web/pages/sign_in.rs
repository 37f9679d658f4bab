//! The way in and out.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Mutex;

use axum::Extension;
use axum::extract::{ConnectInfo, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::{referer, see};
use crate::user::{password, session, store};
use crate::web::app::App;
use crate::web::asked::Query;
use crate::web::dates::Clock;
use crate::web::fields::Fields;
use crate::web::refusal::Refusal;
use crate::web::view::page::{Page, Place, Theme};
use crate::web::view::show as render;
use crate::web::view::sign_in::SignIn;
use crate::web::visitor::{Visitor, cookie_name, token};

/// Failed attempts of late, by where they came from and for whom. A stranger's attempts never shut out the owner of
/// the name, who comes from elsewhere.
#[derive(Default)]
pub struct Gate {
    failures: Mutex<HashMap<(IpAddr, String), (u32, i64)>>,
}

/// So many attempts may fail before the next one has to wait.
const FREE: u32 = 5;
/// For how long it waits (microseconds).
const WAIT: i64 = 60 * 1_000_000;
/// Failures remembered at most; the oldest give way.
const REMEMBERED: usize = 10_000;

impl Gate {
    fn is_shut(&self, who: &(IpAddr, String), now: i64) -> bool {
        let failures = self
            .failures
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        failures
            .get(who)
            .is_some_and(|(count, last)| *count >= FREE && now - last < WAIT)
    }

    fn failed(&self, who: (IpAddr, String), now: i64) {
        let mut failures = self
            .failures
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if failures.len() >= REMEMBERED {
            failures.retain(|_, (_, last)| now - *last < WAIT);
        }
        let (count, last) = failures.entry(who).or_insert((0, now));
        if now - *last > 15 * WAIT {
            *count = 0;
        }
        *count += 1;
        *last = now;
    }

    fn passed(&self, who: &(IpAddr, String)) {
        self.failures
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .remove(who);
    }
}

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    next: String,
}

/// `GET /sign-in`
pub async fn show(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Response {
    if visitor.account.is_some() {
        return see(local(&asked.next));
    }
    render(&SignIn {
        page: page(&app, &visitor),
        user: String::new(),
        next: asked.next,
        mistake: None,
    })
}

/// `POST /sign-in`
pub async fn enter(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let (user, now) = (fields.text("user").to_lowercase(), app.archive.clock.now());
    let next = fields.text("next").to_owned();
    let who = (peer.ip(), user.clone());
    let again = |mistake| {
        render(&SignIn {
            page: page(&app, &visitor),
            user: user.clone(),
            next: next.clone(),
            mistake: Some(mistake),
        })
    };
    if app.gate.is_shut(&who, now) {
        return Ok(again("sign-in-slow-down"));
    }
    let found = store::by_name(&mut app.archive.db.read().await?, &user).await?;
    let (stored, given) = (
        found.as_ref().and_then(|(_, hash)| hash.clone()),
        fields.text("password").to_owned(),
    );
    let fits = tokio::task::spawn_blocking(move || password::fits(&given, stored.as_deref())).await;
    let (Some((account, _)), Ok(true)) = (found, fits) else {
        app.gate.failed(who, now);
        return Ok(again("sign-in-wrong"));
    };
    app.gate.passed(&who);
    let mut tx = app.archive.db.begin().await?;
    let token = session::begin(&mut tx, account.id, now).await?;
    tx.commit().await?;
    Ok(with_cookie(&app, &token, see(local(&next))))
}

/// For a form that was sent after the session had ended.
pub fn ended(app: &App, visitor: &Visitor, headers: &HeaderMap) -> Response {
    let shown = SignIn {
        page: page(app, visitor),
        user: String::new(),
        next: referer(headers).unwrap_or_default().to_owned(),
        mistake: Some("sign-in-ended"),
    };
    (StatusCode::UNAUTHORIZED, render(&shown)).into_response()
}

/// `POST /sign-out`
pub async fn leave(State(app): State<App>, headers: HeaderMap) -> Result<Response, Refusal> {
    if let Some(token) = token(&app, &headers) {
        let mut tx = app.archive.db.begin().await?;
        session::end(&mut tx, token).await?;
        tx.commit().await?;
    }
    Ok(with_cookie(&app, "; Max-Age=0", see("/sign-in")))
}

/// A path of ours to go on to; anything else leads home.
fn local(next: &str) -> &str {
    let fine = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    if fine { next } else { "/" }
}

fn with_cookie(app: &App, value: &str, mut response: Response) -> Response {
    let secure = if app.behind_tls { "; Secure" } else { "" };
    let cookie = format!(
        "{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}",
        cookie_name(app)
    );
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response.into_response()
}

fn page(app: &App, visitor: &Visitor) -> Page {
    Page {
        clock: Clock {
            locale: visitor.locale,
            zone: app.zone.clone(),
            now: app.archive.clock.now(),
        },
        theme: Theme::Device,
        person: None,
        rights: Vec::new(),
        inbox: 0,
        guidelines: 0,
        place: Place::Elsewhere,
    }
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

    #[test]
    fn too_many_failures_wait_but_only_where_they_came_from() {
        let gate = Gate::default();
        let (thief, owner) = (
            (IpAddr::from([127, 0, 0, 2]), "ewa".to_owned()),
            (IpAddr::from([127, 0, 0, 1]), "ewa".to_owned()),
        );
        for _ in 0..FREE {
            assert!(!gate.is_shut(&thief, 0));
            gate.failed(thief.clone(), 0);
        }

        assert!(gate.is_shut(&thief, WAIT - 1));
        assert!(!gate.is_shut(&thief, WAIT + 1));
        assert!(!gate.is_shut(&owner, 0));
    }
}

//! To a provider and back. What somebody went there for was remembered before; the provider's word decides.

use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::{Asked, again, let_in, local, with_cookie};
use crate::user::act::AccountError;
use crate::user::openid::act::{self, Entered};
use crate::user::openid::{Begun, Brought, OpenidError, Provider, Purpose, Shown, Untold};
use crate::user::session;
use crate::web::app::App;
use crate::web::asked::{Path, Query};
use crate::web::gate::Try;
use crate::web::pages::{invitation, see, you};
use crate::web::refusal::Refusal;
use crate::web::view::link::link;
use crate::web::view::sign_in::Elsewhere;
use crate::web::visitor::Visitor;
use crate::web::whence::{Whence, cookie, openid_cookie};

/// The way there and back may take so long (seconds).
const COOKIE_FOR: u32 = 10 * 60;

/// The providers, as the page of signing in offers them. Whatever begins there comes back to the archive's own address,
/// so it begins there as well.
pub fn offered(app: &App, next: &str) -> Vec<Elsewhere> {
    let query: &[(&str, &str)] = if next.is_empty() { &[] } else { &[("next", next)] };
    offered_at(app, |id| link(&format!("/sign-in/openid/{id}"), query))
}

/// The same from any page, by the path that begins there.
pub fn offered_at(app: &App, path: impl Fn(&str) -> String) -> Vec<Elsewhere> {
    let of = |provider: &Provider| Elsewhere {
        name: provider.name.clone(),
        address: app.public.link(&path(&provider.id)),
    };
    app.providers.all().iter().map(of).collect()
}

/// A provider of this id.
pub fn require<'a>(app: &'a App, id: &str) -> Result<&'a Provider, Refusal> {
    app.providers.find(id).ok_or_else(Refusal::not_found)
}

/// `GET /sign-in/openid/{provider}`
pub async fn begin(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    whence: Whence,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let provider = require(&app, &id)?;
    if visitor.account.is_some() {
        return Ok(see(local(&asked.next)));
    }
    let next = asked.next.clone();
    match set_out(&app, (&visitor, &whence), provider, Purpose::SignIn { next }).await {
        Ok(begun) => Ok(follow(&app, &begun)),
        Err(key) => Ok(again(&app, (&visitor, &whence), (String::new(), asked.next), key)),
    }
}

/// Prepares the way to a provider; else the key of a text that says why not.
pub async fn set_out(
    app: &App,
    (visitor, whence): (&Visitor, &Whence),
    provider: &Provider,
    purpose: Purpose,
) -> Result<Begun, &'static str> {
    let now = app.archive.clock.now();
    let one = Try::new(app, whence, "", None);
    if !app.gate.allows(&one, now) {
        app.gate.note(&one, now);
        return Err("sign-in-slow-down");
    }
    let back = app.public.link(&provider.path_back());
    let words = (back.as_str(), visitor.locale.code());
    let begun = provider
        .begin(&app.archive, &app.providers.pendings, purpose, words)
        .await;
    begun.map_err(|untold| {
        app.gate.note(&one, now);
        said(untold)
    })
}

/// Sends the browser there.
pub fn follow(app: &App, begun: &Begun) -> Response {
    tied(app, begun, see(&begun.url))
}

/// The answer with the cookie that ties the way back to this browser.
pub fn tied(app: &App, begun: &Begun, response: Response) -> Response {
    let value = format!("{}; Max-Age={COOKIE_FOR}", begun.browser);
    with_cookie(app, (openid_cookie(app), &value), response)
}

/// `GET /sign-in/openid/{provider}/callback`: whoever comes back from a provider.
pub async fn back(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    whence: Whence,
    (Path(id), Query(brought)): (Path<String>, Query<Brought>),
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let provider = require(&app, &id)?;
    let browser = cookie(&headers, openid_cookie(&app)).unwrap_or_default();
    let now = app.archive.clock.now();
    let pendings = &app.providers.pendings;
    let pending = pendings.take(&provider.id, &brought.state, browser, now);
    let purpose = pending.as_ref().map(|pending| pending.purpose.clone());
    let told = match pending {
        Some(pending) => {
            let address = app.public.link(&provider.path_back());
            provider.finish(&app.archive, pending, brought, &address).await
        }
        None => Err(Untold::Late),
    };
    let arrived = match (told, purpose.clone()) {
        (Ok(shown), Some(purpose)) => arrive(&app, (&visitor, &whence), provider, (purpose, shown)).await,
        (Err(untold), _) => Err(untold.into()),
        (_, None) => Err(Untold::Late.into()),
    };
    let response = match arrived {
        Ok(response) => response,
        Err(error) => {
            let key = mistake(error)?;
            let account = visitor.account.as_ref().map(|account| account.id);
            app.gate.note(&Try::new(&app, &whence, "", account), now);
            refused(&app, (&visitor, &whence), purpose, key).await?
        }
    };
    Ok(with_cookie(&app, (openid_cookie(&app), "; Max-Age=0"), response))
}

/// Does what somebody went to the provider for.
async fn arrive(
    app: &App,
    (visitor, whence): (&Visitor, &Whence),
    provider: &Provider,
    (purpose, shown): (Purpose, Shown),
) -> Result<Response, OpenidError> {
    let (archive, now) = (&app.archive, app.archive.clock.now());
    let is_here = |account, session| {
        let here = visitor.account.as_ref().map(|account| account.id);
        here == Some(account) && visitor.session == Some(session)
    };
    match purpose {
        Purpose::SignIn { next } => {
            let words = (visitor.locale.code(), whence.from());
            let entered = act::enter(archive, provider, &shown, words).await?;
            welcome(app, whence, &entered, local(&next)).await
        }
        Purpose::Accept { invitation } => {
            let language = invitation::language_of(app, visitor, &invitation).await?;
            let words = (language.code(), whence.from());
            let entered = act::accept(archive, &invitation, &shown, words).await?;
            welcome(app, whence, &entered, "/").await
        }
        Purpose::Link { account, session } => match &visitor.account {
            Some(own) if is_here(account, session) => {
                act::link(archive, own, &shown).await?;
                Ok(see("/settings/you?done=identity"))
            }
            _ => Err(Untold::Late.into()),
        },
        Purpose::Confirm { account, session } => {
            let found = act::find(&mut archive.db.read().await?, &shown.identity).await?;
            if !is_here(account, session) || found.is_none_or(|found| found.id != account) {
                return Err(OpenidError::SomebodyElse);
            }
            app.providers.pendings.confirm(session, now);
            Ok(see("/settings/you?done=confirmed"))
        }
    }
}

/// Lets somebody in. Who they are is as good as confirmed.
async fn welcome(app: &App, whence: &Whence, entered: &Entered, next: &str) -> Result<Response, OpenidError> {
    let now = app.archive.clock.now();
    if let Some(found) = session::find(&mut app.archive.db.read().await?, &entered.token, now).await? {
        app.providers.pendings.confirm(found.id, now);
    }
    Ok(let_in(app, entered.account.id, (whence, &entered.token), next))
}

/// The page that somebody set out from, with what was wrong.
async fn refused(
    app: &App,
    (visitor, whence): (&Visitor, &Whence),
    purpose: Option<Purpose>,
    key: &'static str,
) -> Result<Response, Refusal> {
    match (purpose, visitor.signed_in()) {
        (Some(Purpose::Link { .. } | Purpose::Confirm { .. }), Some(user)) => {
            you::identity::refused(app, (&user, whence), key).await
        }
        (Some(Purpose::Accept { invitation }), _) => invitation::refused(app, visitor, invitation, key).await,
        (Some(Purpose::SignIn { next }), _) => Ok(again(app, (visitor, whence), (String::new(), next), key)),
        _ => Ok(again(app, (visitor, whence), (String::new(), String::new()), key)),
    }
}

/// The key of a text that says what is wrong; a failure of ours is none of the person's.
fn mistake(error: OpenidError) -> Result<&'static str, Refusal> {
    Ok(match error {
        OpenidError::Untold(untold) => said(untold),
        OpenidError::Unlinked => "openid-mistake-unlinked",
        OpenidError::SomebodyElse => "openid-mistake-other",
        OpenidError::Taken => "openid-mistake-taken",
        OpenidError::Linked => "openid-mistake-linked",
        OpenidError::Gone => "invitation-gone",
        OpenidError::Account(AccountError::Name) => "openid-mistake-name",
        OpenidError::Account(AccountError::Exists(_)) => "openid-mistake-name",
        OpenidError::Account(error) => return Err(error.into()),
        OpenidError::Storage(error) => return Err(error.into()),
    })
}

fn said(untold: Untold) -> &'static str {
    match untold {
        Untold::Denied => "openid-mistake-denied",
        Untold::Late => "openid-mistake-late",
        Untold::Unreachable => "openid-mistake-unreachable",
        Untold::Unheard => "openid-mistake-unheard",
        Untold::Code => "openid-mistake-code",
        Untold::Issuer => "openid-mistake-issuer",
        Untold::Token => "openid-mistake-token",
        Untold::Clock => "openid-mistake-clock",
        Untold::Stale => "openid-mistake-stale",
        Untold::Domain => "openid-mistake-domain",
    }
}

//! One's own page: language and theme, password, second step, sessions.

pub mod authenticator;
pub mod elsewhere;
pub mod identity;
pub mod passkey;
pub mod password;
pub mod token;

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::see;
use crate::archive::id::SessionId;
use crate::user::openid::{Provider, store as openid};
use crate::user::{authenticator as authenticators, passkey as passkeys, recovery, session, store};
use crate::web::app::App;
use crate::web::asked::Query;
use crate::web::fields::Fields;
use crate::web::gate::{Stopped, Try};
use crate::web::locale::Locale;
use crate::web::refusal::Refusal;
use crate::web::view::page::{Place, Theme};
use crate::web::view::show as render;
use crate::web::view::you as view;
use crate::web::visitor::SignedIn;
use crate::web::whence::Whence;

#[derive(Deserialize)]
pub struct Asked {
    /// What was just done.
    #[serde(default)]
    done: String,
}

/// `GET /settings/you`
pub async fn show(
    user: SignedIn,
    State(app): State<App>,
    whence: Whence,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let done = match asked.done.as_str() {
        "password" => Some("you-password-done"),
        "authenticator" => Some("you-authenticator-off-done"),
        "passkey" => Some("you-passkey-done"),
        "identity" => Some("you-identity-done"),
        "unlinked" => Some("you-identity-unlinked-done"),
        "confirmed" => Some("you-confirmed-done"),
        "sessions" => Some("you-sessions-done"),
        _ => None,
    };
    shown(&app, (&user, &whence), done, None).await
}

/// The page, with what was done or what is wrong.
async fn shown(
    app: &App,
    (user, whence): (&SignedIn, &Whence),
    done: Option<&'static str>,
    mistake: Option<view::Mistake>,
) -> Result<Response, Refusal> {
    let page = user.page(app, Place::Settings).await?;
    let conn = &mut app.archive.db.read().await?;
    let id = user.account.id;
    let sessions = session::list(conn, id, page.clock.now).await?;
    let passkeys = passkeys::list(conn, id).await?;
    let identities = identities(app, openid::list(conn, id).await?);
    Ok(render(&view::You {
        user: user.account.name.clone(),
        password: store::password_hash(conn, id).await?.is_some(),
        confirmed: app.providers.pendings.is_confirmed(user.session, page.clock.now),
        identities,
        authenticator: authenticators::is_on(conn, id).await?,
        recovery_codes: recovery::left(conn, id).await?.unsigned_abs(),
        passkeys: passkeys.into_iter().map(passkey_line).collect(),
        passkeys_at: passkeys_at(app, whence),
        sessions: sessions
            .into_iter()
            .map(|session| session_line(user, session))
            .collect(),
        done,
        mistake,
        page,
    }))
}

fn passkeys_at(app: &App, whence: &Whence) -> view::PasskeysAt {
    if !app.passkeys.are_possible() {
        view::PasskeysAt::Nowhere
    } else if whence.is_at(&app.public) {
        view::PasskeysAt::Here
    } else {
        view::PasskeysAt::Elsewhere(app.public.link("/settings/you"))
    }
}

/// A line for each provider, whether one is linked there or not.
fn identities(app: &App, own: Vec<openid::Linked>) -> Vec<view::Identity> {
    let line = |provider: &Provider| {
        let linked = own
            .iter()
            .find(|linked| linked.identity.issuer == provider.issuer());
        view::Identity {
            provider: provider.id.clone(),
            name: provider.name.clone(),
            linked: linked.map(|linked| (linked.called.clone(), linked.linked_at)),
        }
    };
    app.providers.all().iter().map(line).collect()
}

fn passkey_line(passkey: passkeys::Listed) -> view::Passkey {
    view::Passkey {
        id: passkey.id.to_string(),
        name: passkey.name,
        added_at: passkey.added_at,
        used_at: passkey.used_at,
    }
}

fn session_line(user: &SignedIn, session: session::Session) -> view::Session {
    view::Session {
        id: session.id.to_string(),
        created_at: session.created_at,
        seen_at: session.seen_at,
        address: session.from.address,
        browser: view::browser_words(&session.from.browser),
        is_this: session.id == user.session,
    }
}

/// `POST /settings/you`
pub async fn change(user: SignedIn, State(app): State<App>, fields: Fields) -> Result<Response, Refusal> {
    let locale = Locale::of_code(fields.text("language")).ok_or_else(Refusal::bad_request)?;
    let theme = Theme::ALL
        .into_iter()
        .find(|theme| theme.name() == fields.text("theme"));
    let theme = theme.ok_or_else(Refusal::bad_request)?;
    let mut tx = app.archive.db.begin().await?;
    store::set_preferences(&mut tx, user.account.id, locale.code(), theme.name()).await?;
    tx.commit().await?;
    Ok(see("/settings/you"))
}

/// `POST /settings/you/sessions/end`
pub async fn end_session(
    user: SignedIn,
    State(app): State<App>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let id: SessionId = fields.text("id").parse()?;
    session::end(&app.archive, &user.account, &[id]).await?;
    Ok(see("/settings/you?done=sessions"))
}

/// `POST /settings/you/sessions/end-others`
pub async fn end_others(user: SignedIn, State(app): State<App>) -> Result<Response, Refusal> {
    let now = app.archive.clock.now();
    let all = session::list(&mut app.archive.db.read().await?, user.account.id, now).await?;
    let others: Vec<SessionId> = all
        .into_iter()
        .map(|session| session.id)
        .filter(|id| *id != user.session)
        .collect();
    session::end(&app.archive, &user.account, &others).await?;
    Ok(see("/settings/you?done=sessions"))
}

/// Whether whoever uses the session knows its password: an open screen alone changes no lock. Whoever has none shows
/// who they are at a provider before.
async fn mistake_with_password(
    app: &App,
    user: &SignedIn,
    whence: &Whence,
    fields: &Fields,
) -> Result<Option<&'static str>, Refusal> {
    let id = user.account.id;
    let stored = store::password_hash(&mut app.archive.db.read().await?, id).await?;
    if stored.is_none() {
        let now = app.archive.clock.now();
        let confirmed = app.providers.pendings.is_confirmed(user.session, now);
        return Ok((!confirmed).then_some("openid-mistake-confirm"));
    }
    let one = Try::new(app, whence, &user.account.name, Some(id));
    let password = (fields.secret("current").to_owned(), stored);
    let checked = app.gate.check(&one, password, app.archive.clock.now()).await;
    Ok(match checked {
        Ok(()) => None,
        Err(Stopped::TooMany) => Some("sign-in-slow-down"),
        Err(Stopped::Wrong) => Some("password-mistake-current"),
    })
}

//! Who one is at providers: linking and unlinking, and showing once more who one is.

use axum::Extension;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::REFRESH;
use axum::response::Response;

use super::{mistake_with_password, shown};
use crate::user::act::AccountError;
use crate::user::openid::{OpenidError, Purpose, act};
use crate::web::app::App;
use crate::web::asked::Path;
use crate::web::fields::Fields;
use crate::web::pages::see;
use crate::web::pages::sign_in::openid::{follow, require, set_out, tied};
use crate::web::refusal::Refusal;
use crate::web::view::page::Place;
use crate::web::view::show as render;
use crate::web::view::sign_in::OnTo;
use crate::web::view::you::{Mistake, Part};
use crate::web::visitor::{SignedIn, Visitor};
use crate::web::whence::Whence;

fn wrong(key: &'static str) -> Option<Mistake> {
    let part = Part::Identity;
    Some(Mistake { part, key })
}

/// One's own page again, with what was wrong at a provider.
pub async fn refused(
    app: &App,
    (user, whence): (&SignedIn, &Whence),
    key: &'static str,
) -> Result<Response, Refusal> {
    shown(app, (user, whence), None, wrong(key)).await
}

/// `POST /settings/you/identities/{provider}/link`: sends there, once the password was given.
pub async fn link(
    user: SignedIn,
    State(app): State<App>,
    whence: Whence,
    (Path(id), Extension(visitor)): (Path<String>, Extension<Visitor>),
    fields: Fields,
) -> Result<Response, Refusal> {
    let provider = require(&app, &id)?;
    if let Some(key) = mistake_with_password(&app, &user, &whence, &fields).await? {
        return refused(&app, (&user, &whence), key).await;
    }
    let purpose = Purpose::Link {
        account: user.account.id,
        session: user.session,
    };
    let begun = set_out(&app, (&visitor, &whence), provider, purpose).await;
    let begun = match begun {
        Ok(begun) => begun,
        Err(key) => return refused(&app, (&user, &whence), key).await,
    };
    // A form may lead to pages of ours only, and browsers hold its redirects to that as well; so a page goes there.
    let mut response = render(&OnTo {
        page: user.page(&app, Place::Settings).await?,
        name: provider.name.clone(),
        address: begun.url.clone(),
    });
    if let Ok(value) = HeaderValue::from_str(&format!("0; url={}", begun.url)) {
        response.headers_mut().insert(REFRESH, value);
    }
    Ok(tied(&app, &begun, response))
}

/// `POST /settings/you/identities/{provider}/unlink`
pub async fn unlink(
    user: SignedIn,
    State(app): State<App>,
    whence: Whence,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Refusal> {
    let provider = require(&app, &id)?;
    if let Some(key) = mistake_with_password(&app, &user, &whence, &fields).await? {
        return refused(&app, (&user, &whence), key).await;
    }
    match act::unlink(&app.archive, &user.account, provider.issuer()).await {
        Ok(()) => Ok(see("/settings/you?done=unlinked")),
        Err(OpenidError::Account(AccountError::LastWayIn)) => {
            refused(&app, (&user, &whence), "openid-mistake-last").await
        }
        Err(OpenidError::Account(error)) => Err(error.into()),
        Err(OpenidError::Storage(error)) => Err(error.into()),
        Err(error) => Err(Refusal::internal(&error)),
    }
}

/// `GET /settings/you/identities/{provider}/confirm`: whoever has no password shows who they are at the provider.
pub async fn confirm(
    user: SignedIn,
    State(app): State<App>,
    whence: Whence,
    Path(id): Path<String>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, Refusal> {
    let provider = require(&app, &id)?;
    let purpose = Purpose::Confirm {
        account: user.account.id,
        session: user.session,
    };
    let begun = set_out(&app, (&visitor, &whence), provider, purpose).await;
    match begun {
        Ok(begun) => Ok(follow(&app, &begun)),
        Err(key) => refused(&app, (&user, &whence), key).await,
    }
}

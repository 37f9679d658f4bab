//! An invitation's link: whoever has it makes the account, once.

use axum::Extension;
use axum::extract::State;
use axum::response::Response;

use super::sign_in::{let_in, openid, page};
use super::you::password::mistake as password_mistake;
use crate::user::act::AccountError;
use crate::user::invitation::{self, Accept, Invitation, InvitationError};
use crate::user::openid::{OpenidError, Purpose};
use crate::user::store;
use crate::web::app::App;
use crate::web::asked::Path;
use crate::web::fields::Fields;
use crate::web::locale::Locale;
use crate::web::refusal::Refusal;
use crate::web::view::show as render;
use crate::web::view::sign_in::InvitationPage;
use crate::web::visitor::Visitor;
use crate::web::whence::Whence;

/// `GET /invitations/{token}`
pub async fn show(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    let open = find(&app, &token).await?;
    Ok(shown(&app, &visitor, (&open, token), (String::new(), None)))
}

/// `POST /invitations/{token}`
pub async fn accept(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    (Path(token), whence): (Path<String>, Whence),
    fields: Fields,
) -> Result<Response, Refusal> {
    let open = find(&app, &token).await?;
    let (chosen, password) = (fields.text("name").to_owned(), fields.secret("password"));
    if password != fields.secret("again") {
        let mistake = (chosen, Some("password-mistake-differ"));
        return Ok(shown(&app, &visitor, (&open, token), mistake));
    }
    let accept = Accept {
        name: &chosen,
        password,
        language: language(&open, &visitor).code(),
        from: whence.from(),
    };
    let session = match invitation::accept(&app.archive, &token, accept).await {
        Ok(session) => session,
        Err(InvitationError::Account(error)) => {
            let mistake = mistake(&error).ok_or_else(|| Refusal::from(error))?;
            return Ok(shown(&app, &visitor, (&open, token), (chosen, Some(mistake))));
        }
        Err(error) => return Err(error.into()),
    };
    let name = if open.name.is_empty() { &chosen } else { &open.name };
    let found = store::by_name(&mut app.archive.db.read().await?, name).await?;
    let (account, _) = found.ok_or_else(Refusal::not_found)?;
    Ok(let_in(&app, account.id, (&whence, &session), "/"))
}

/// `GET /invitations/{token}/openid/{provider}`: instead of choosing a password.
pub async fn elsewhere(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    whence: Whence,
    Path((token, id)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let provider = openid::require(&app, &id)?;
    find(&app, &token).await?;
    let purpose = Purpose::Accept {
        invitation: token.clone(),
    };
    match openid::set_out(&app, (&visitor, &whence), provider, purpose).await {
        Ok(begun) => Ok(openid::follow(&app, &begun)),
        Err(key) => refused(&app, &visitor, token, key).await,
    }
}

/// The page again, with what was wrong at a provider.
pub async fn refused(
    app: &App,
    visitor: &Visitor,
    token: String,
    key: &'static str,
) -> Result<Response, Refusal> {
    let open = find(app, &token).await?;
    Ok(shown(app, visitor, (&open, token), (String::new(), Some(key))))
}

/// The language of whoever accepts.
pub async fn language_of(app: &App, visitor: &Visitor, token: &str) -> Result<Locale, OpenidError> {
    let open = invitation::find(&app.archive, &mut app.archive.db.read().await?, token).await?;
    Ok(language(&open.ok_or(OpenidError::Gone)?, visitor))
}

/// The key of a text about what can be corrected on the page.
fn mistake(error: &AccountError) -> Option<&'static str> {
    match error {
        AccountError::Name => Some("people-mistake-name"),
        AccountError::Exists(_) => Some("people-mistake-taken"),
        AccountError::Password(error) => password_mistake(error),
        _ => None,
    }
}

async fn find(app: &App, token: &str) -> Result<Invitation, Refusal> {
    let open = invitation::find(&app.archive, &mut app.archive.db.read().await?, token).await?;
    open.ok_or_else(|| InvitationError::Gone.into())
}

/// Who invited chose the language; the first owner was invited by nobody.
fn language(open: &Invitation, visitor: &Visitor) -> Locale {
    let chosen = Locale::of_code(&open.language).filter(|_| !open.name.is_empty());
    chosen.unwrap_or(visitor.locale)
}

fn shown(
    app: &App,
    visitor: &Visitor,
    (open, token): (&Invitation, String),
    (chosen, mistake): (String, Option<&'static str>),
) -> Response {
    let mut page = page(app, visitor);
    page.clock.locale = language(open, visitor);
    render(&InvitationPage {
        page,
        elsewhere: openid::offered_at(app, |id| format!("/invitations/{token}/openid/{id}")),
        token,
        name: open.name.clone(),
        chosen,
        mistake,
    })
}

//! Changing one's own password.

use axum::extract::State;
use axum::response::Response;

use super::{mistake_with_password, shown};
use crate::user::By;
use crate::user::act::{self, AccountError};
use crate::user::password::PasswordError;
use crate::web::app::App;
use crate::web::fields::Fields;
use crate::web::pages::see;
use crate::web::refusal::Refusal;
use crate::web::view::you::{Mistake, Part};
use crate::web::visitor::SignedIn;
use crate::web::whence::Whence;

/// `POST /settings/you/password`: asks for the current one, and ends all other sessions.
pub async fn change(
    user: SignedIn,
    State(app): State<App>,
    whence: Whence,
    fields: Fields,
) -> Result<Response, Refusal> {
    let wrong = |key| {
        let part = Part::Password;
        Some(Mistake { part, key })
    };
    if let Some(key) = mistake_with_password(&app, &user, &whence, &fields).await? {
        return shown(&app, (&user, &whence), None, wrong(key)).await;
    }
    let password = fields.secret("new");
    if password != fields.secret("again") {
        return shown(&app, (&user, &whence), None, wrong("password-mistake-differ")).await;
    }
    let by = (By::Person(&user.account), Some(user.session));
    match act::set_password(&app.archive, &user.account.name, password, by).await {
        Ok(()) => Ok(see("/settings/you?done=password")),
        Err(AccountError::Password(error)) => match mistake(&error) {
            Some(key) => shown(&app, (&user, &whence), None, wrong(key)).await,
            None => Err(Refusal::internal(&error)),
        },
        Err(error) => Err(error.into()),
    }
}

/// The key of a text that says why a password is not taken.
pub fn mistake(error: &PasswordError) -> Option<&'static str> {
    match error {
        PasswordError::TooShort => Some("password-mistake-short"),
        PasswordError::TooLong => Some("password-mistake-long"),
        PasswordError::Guessable => Some("password-mistake-guessable"),
        PasswordError::Own => Some("password-mistake-own"),
        PasswordError::Hash(_) => None,
    }
}

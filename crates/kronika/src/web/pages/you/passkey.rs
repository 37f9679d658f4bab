//! One's own passkeys. The page's script stands between the server and the device.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use webauthn_rs::prelude::RegisterPublicKeyCredential;

use super::mistake_with_password;
use crate::archive::id::PasskeyId;
use crate::user::passkey::{self, PasskeyError, Question};
use crate::web::app::App;
use crate::web::asked::Path;
use crate::web::fields::Fields;
use crate::web::locale::{Locale, t};
use crate::web::pages::see;
use crate::web::refusal::Refusal;
use crate::web::visitor::SignedIn;
use crate::web::whence::Whence;

/// JSON for the page's script.
pub fn data(status: StatusCode, value: &serde_json::Value) -> Response {
    let headers = [("content-type", "application/json")];
    (status, headers, value.to_string()).into_response()
}

/// What the script shows instead of going on.
pub fn wrong(locale: Locale, key: &'static str) -> Response {
    let value = json!({ "mistake": t(locale, key).to_string() });
    data(StatusCode::UNPROCESSABLE_ENTITY, &value)
}

pub fn question(question: &Question) -> Response {
    let value = json!({ "token": question.token, "options": question.options });
    data(StatusCode::OK, &value)
}

/// The text that says why a passkey did not work; a failure of ours is none of the person's.
pub fn refused(locale: Locale, error: PasskeyError) -> Result<Response, Refusal> {
    let key = match error {
        PasskeyError::NoDomain => "passkey-mistake-elsewhere",
        PasskeyError::TooMany => "passkey-mistake-many",
        PasskeyError::Over => "passkey-mistake-late",
        PasskeyError::Refused(_) | PasskeyError::Unknown => "passkey-mistake-unknown",
        PasskeyError::Account(error) => return Err(error.into()),
        PasskeyError::Storage(error) => return Err(error.into()),
    };
    Ok(wrong(locale, key))
}

/// `POST /settings/you/passkeys/begin`: asks the device for a new key, once the password was given.
pub async fn begin(
    user: SignedIn,
    State(app): State<App>,
    whence: Whence,
    fields: Fields,
) -> Result<Response, Refusal> {
    if let Some(key) = mistake_with_password(&app, &user, &whence, &fields).await? {
        return Ok(wrong(user.locale, key));
    }
    match app.passkeys.ask_to_add(&app.archive, &user.account).await {
        Ok(asked) => Ok(question(&asked)),
        Err(error) => refused(user.locale, error),
    }
}

#[derive(Deserialize)]
struct Made {
    token: String,
    name: String,
    credential: RegisterPublicKeyCredential,
}

/// `POST /settings/you/passkeys`: keeps the key that the device made.
pub async fn add(user: SignedIn, State(app): State<App>, body: Bytes) -> Result<Response, Refusal> {
    let made: Made = serde_json::from_slice(&body).map_err(|_| Refusal::bad_request())?;
    let (passkeys, named) = (&app.passkeys, (made.token.as_str(), made.name.as_str()));
    match passkeys
        .add(&app.archive, &user.account, named, &made.credential)
        .await
    {
        Ok(()) => Ok(data(
            StatusCode::OK,
            &json!({ "next": "/settings/you?done=passkey" }),
        )),
        Err(error) => refused(user.locale, error),
    }
}

/// `POST /settings/you/passkeys/{passkey}/rename`
pub async fn rename(
    user: SignedIn,
    State(app): State<App>,
    Path(id): Path<PasskeyId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    passkey::rename(&app.archive, &user.account, id, fields.text("name")).await?;
    Ok(see("/settings/you"))
}

/// `POST /settings/you/passkeys/{passkey}/remove`
pub async fn remove(
    user: SignedIn,
    State(app): State<App>,
    Path(id): Path<PasskeyId>,
) -> Result<Response, Refusal> {
    passkey::remove(&app.archive, &user.account, id).await?;
    Ok(see("/settings/you"))
}

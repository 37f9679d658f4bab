//! Signing in with a passkey: no name is typed, so nobody learns who has one.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use webauthn_rs::prelude::PublicKeyCredential;

use super::{local, signed_in};
use crate::user::event::Proof;
use crate::web::app::App;
use crate::web::gate::Try;
use crate::web::pages::you::passkey::{data, question, refused, wrong};
use crate::web::refusal::Refusal;
use crate::web::visitor::Visitor;
use crate::web::whence::Whence;

/// `POST /sign-in/passkey/begin`
pub async fn begin(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    whence: Whence,
) -> Result<Response, Refusal> {
    let now = app.archive.clock.now();
    let one = Try::new(&app, &whence, "", None);
    if !app.gate.allows(&one, now) {
        app.gate.note(&one, now);
        return Ok(wrong(visitor.locale, "sign-in-slow-down"));
    }
    match app.passkeys.ask_to_enter(now) {
        Ok(asked) => Ok(question(&asked)),
        Err(error) => refused(visitor.locale, error),
    }
}

#[derive(Deserialize)]
struct Shown {
    token: String,
    #[serde(default)]
    next: String,
    credential: PublicKeyCredential,
}

/// `POST /sign-in/passkey`
pub async fn enter(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    whence: Whence,
    body: Bytes,
) -> Result<Response, Refusal> {
    let shown: Shown = serde_json::from_slice(&body).map_err(|_| Refusal::bad_request())?;
    let entered = app
        .passkeys
        .enter(&app.archive, &shown.token, &shown.credential)
        .await;
    let account = match entered {
        Ok(account) => account,
        Err(error) => {
            app.gate
                .note(&Try::new(&app, &whence, "", None), app.archive.clock.now());
            return refused(visitor.locale, error);
        }
    };
    let next = local(&shown.next);
    let mut response = signed_in(&app, &account, (&whence, Proof::Passkey), next).await?;
    // A script cannot follow where it is sent; it goes there itself.
    response.headers_mut().remove(LOCATION);
    let answer = data(StatusCode::OK, &json!({ "next": next }));
    let (parts, body) = answer.into_parts();
    *response.status_mut() = parts.status;
    response.headers_mut().extend(parts.headers);
    *response.body_mut() = body;
    Ok(response)
}

//! The second step of signing in: a code of an authenticator, or a recovery code.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::{again, local, page, signed_in};
use crate::user::authenticator::{self, Checked};
use crate::user::event::Proof;
use crate::user::store::{self, Account};
use crate::user::{act::AccountError, recovery};
use crate::web::app::App;
use crate::web::fields::Fields;
use crate::web::gate::Try;
use crate::web::refusal::Refusal;
use crate::web::view::show as render;
use crate::web::view::sign_in::SignInCode;
use crate::web::visitor::Visitor;
use crate::web::whence::Whence;

/// Asks for a code.
pub fn ask(app: &App, visitor: &Visitor, step: String, mistake: Option<&'static str>) -> Response {
    render(&SignInCode {
        page: page(app, visitor),
        step,
        mistake,
    })
}

/// `POST /sign-in/code`
pub async fn enter(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    whence: Whence,
    fields: Fields,
) -> Result<Response, Refusal> {
    let (token, code, now) = (fields.text("step"), fields.text("code"), app.archive.clock.now());
    let over = || {
        again(
            &app,
            (&visitor, &whence),
            (String::new(), String::new()),
            "sign-in-too-long",
        )
    };
    let Some(step) = app.steps.try_once(token, now) else {
        return Ok(over());
    };
    let account = store::by_id(&mut app.archive.db.read().await?, step.account).await?;
    let Some(account) = account else {
        return Ok(over());
    };
    let one = Try::new(&app, &whence, &account.name, Some(account.id));
    let (checked, with) = match is_recovery(code) {
        true => (
            recover(&app, &account, code).await?,
            Proof::PasswordAndRecoveryCode,
        ),
        false if !app.gate.allows_code(&one, now) => {
            app.gate.note(&one, now);
            let shown = ask(&app, &visitor, token.to_owned(), Some("sign-in-code-slow-down"));
            return Ok((StatusCode::TOO_MANY_REQUESTS, shown).into_response());
        }
        false => (
            authenticator::spend_one(&app.archive, account.id, code).await?,
            Proof::PasswordAndCode,
        ),
    };
    if let Some(mistake) = mistake(checked) {
        app.gate.note(&one, now);
        return Ok(ask(&app, &visitor, token.to_owned(), Some(mistake)));
    }
    app.steps.end(token);
    signed_in(&app, &account, (&whence, with), local(&step.next)).await
}

/// Recovery codes are longer than any authenticator's.
fn is_recovery(code: &str) -> bool {
    code.chars().filter(|c| c.is_ascii_alphanumeric()).count() > 8
}

async fn recover(app: &App, account: &Account, code: &str) -> Result<Checked, AccountError> {
    let mut tx = app.archive.db.begin().await?;
    let spent = recovery::spend(&mut tx, account.id, code).await?;
    tx.commit().await?;
    Ok(if spent { Checked::Fits } else { Checked::Wrong })
}

/// The key of a text that says what is wrong with a code.
pub fn mistake(checked: Checked) -> Option<&'static str> {
    match checked {
        Checked::Fits => None,
        Checked::Wrong => Some("code-mistake-wrong"),
        Checked::Used => Some("code-mistake-used"),
        Checked::OtherTime => Some("code-mistake-time"),
    }
}

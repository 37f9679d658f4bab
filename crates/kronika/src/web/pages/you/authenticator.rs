//! The second step of one's own sign-in: adding and removing an authenticator, and recovery codes.

use axum::extract::State;
use axum::response::Response;
use data_encoding::BASE64;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

use super::{mistake_with_password, shown};
use crate::user::authenticator::{self, Enrolment};
use crate::user::recovery;
use crate::web::app::App;
use crate::web::fields::Fields;
use crate::web::pages::see;
use crate::web::pages::sign_in::code;
use crate::web::refusal::Refusal;
use crate::web::view::page::Place;
use crate::web::view::show as render;
use crate::web::view::you::{AuthenticatorPage, Mistake, Part, RecoveryCodes};
use crate::web::visitor::SignedIn;
use crate::web::whence::Whence;

fn wrong(key: &'static str) -> Option<Mistake> {
    let part = Part::Authenticator;
    Some(Mistake { part, key })
}

/// `POST /settings/you/authenticator`: begins, once the password was given.
pub async fn begin(
    user: SignedIn,
    State(app): State<App>,
    whence: Whence,
    fields: Fields,
) -> Result<Response, Refusal> {
    if let Some(key) = mistake_with_password(&app, &user, &whence, &fields).await? {
        return shown(&app, (&user, &whence), None, wrong(key)).await;
    }
    authenticator::begin(&app.archive, &user.account).await?;
    Ok(see("/settings/you/authenticator"))
}

/// `GET /settings/you/authenticator`
pub async fn show(user: SignedIn, State(app): State<App>) -> Result<Response, Refusal> {
    match authenticator::begun(&app.archive, &user.account).await? {
        Some(enrolment) => enrol(&app, &user, &enrolment, None).await,
        None => Ok(see("/settings/you")),
    }
}

async fn enrol(
    app: &App,
    user: &SignedIn,
    enrolment: &Enrolment,
    mistake: Option<&'static str>,
) -> Result<Response, Refusal> {
    let secret: Vec<char> = enrolment.secret.chars().collect();
    let groups: Vec<String> = secret.chunks(4).map(|group| group.iter().collect()).collect();
    Ok(render(&AuthenticatorPage {
        page: user.page(app, Place::Settings).await?,
        secret: groups.join(" "),
        picture: picture(&enrolment.url)?,
        mistake,
    }))
}

/// Black on white whatever the theme: cameras want it so.
fn picture(url: &str) -> Result<String, Refusal> {
    let code =
        QrCode::with_error_correction_level(url, EcLevel::M).map_err(|error| Refusal::internal(&error))?;
    let svg = code.render::<svg::Color<'_>>().min_dimensions(200, 200).build();
    Ok(format!(
        "data:image/svg+xml;base64,{}",
        BASE64.encode(svg.as_bytes())
    ))
}

/// `POST /settings/you/authenticator/confirm`: shows recovery codes, this once.
pub async fn confirm(user: SignedIn, State(app): State<App>, fields: Fields) -> Result<Response, Refusal> {
    let Some(enrolment) = authenticator::begun(&app.archive, &user.account).await? else {
        return Ok(see("/settings/you"));
    };
    match authenticator::confirm(&app.archive, &user.account, fields.text("code")).await? {
        Ok(codes) => recovery_codes(&app, &user, codes, true).await,
        Err(checked) => enrol(&app, &user, &enrolment, code::mistake(checked)).await,
    }
}

/// `POST /settings/you/authenticator/remove`
pub async fn remove(
    user: SignedIn,
    State(app): State<App>,
    whence: Whence,
    fields: Fields,
) -> Result<Response, Refusal> {
    if let Some(key) = mistake_with_password(&app, &user, &whence, &fields).await? {
        return shown(&app, (&user, &whence), None, wrong(key)).await;
    }
    authenticator::remove(&app.archive, &user.account).await?;
    Ok(see("/settings/you?done=authenticator"))
}

/// `POST /settings/you/recovery-codes`: shows new ones, this once.
pub async fn renew_codes(
    user: SignedIn,
    State(app): State<App>,
    whence: Whence,
    fields: Fields,
) -> Result<Response, Refusal> {
    if let Some(key) = mistake_with_password(&app, &user, &whence, &fields).await? {
        return shown(&app, (&user, &whence), None, wrong(key)).await;
    }
    if !authenticator::is_on(&mut app.archive.db.read().await?, user.account.id).await? {
        return Ok(see("/settings/you"));
    }
    let codes = recovery::renew(&app.archive, &user.account).await?;
    recovery_codes(&app, &user, codes, false).await
}

async fn recovery_codes(
    app: &App,
    user: &SignedIn,
    codes: Vec<String>,
    added: bool,
) -> Result<Response, Refusal> {
    Ok(render(&RecoveryCodes {
        page: user.page(app, Place::Settings).await?,
        codes,
        added,
    }))
}

//! The journal, its verification, and who asks.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::Answer;
use super::caller::Caller;
use super::shape::{Id, Moment};
use crate::access::Right;
use crate::archive::id::{AccountId, ApiTokenId};
use crate::journal::store;
use crate::user::token::TokenScope;
use crate::web::app::App;
use crate::web::asked::Path;
use crate::web::refusal::Refusal;
use crate::web::work::VerifyState;

/// The append-only sequence of everything that happened in the archive
#[derive(Serialize, ToSchema)]
pub struct Journal {
    /// Its own name, which stands in every checkpoint.
    origin: String,
    /// Its public key, for checking signatures.
    key: String,
    /// Entries under the newest checkpoint.
    #[schema(minimum = 0)]
    size: u64,
    /// Records that are not sealed yet.
    #[schema(minimum = 0)]
    waiting: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    checkpoint: Option<Checkpoint>,
}

/// The signed root of the journal
#[derive(Serialize, ToSchema)]
pub struct Checkpoint {
    signed_at: Moment,
    /// The signed note, verbatim.
    note: String,
}

/// Get the journal’s state
#[utoipa::path(get, path = "/journal", tag = "Journal", security(("token" = ["read"])),
    responses((status = 200, description = "The journal", body = Journal)))]
pub async fn show(caller: Caller, State(app): State<App>) -> Answer<Json<Journal>> {
    caller.must(TokenScope::Read, Right::Verify)?;
    let conn = &mut app.archive.db.read().await?;
    let checkpoint = store::latest_checkpoint(conn).await?;
    let key = app.archive.sealer.verifier_key(&app.archive).await;
    Ok(Json(Journal {
        origin: app.archive.config.origin.clone(),
        key: key.map_err(Refusal::from)?,
        size: checkpoint.as_ref().map_or(0, |(size, _, _)| size.unsigned_abs()),
        waiting: store::count_pending(conn).await?,
        checkpoint: checkpoint.map(|(_, signed_at, note)| Checkpoint {
            signed_at: Moment::of(signed_at),
            note,
        }),
    }))
}

/// How far a verification of the whole archive is
#[derive(Serialize, ToSchema)]
pub struct Verification {
    #[schema(minimum = 0)]
    id: u64,
    /// Entries there are to check.
    #[schema(minimum = 0)]
    total: u64,
    /// Entries checked so far.
    #[schema(minimum = 0)]
    entries: u64,
    /// Originals checked so far.
    #[schema(minimum = 0)]
    originals: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    finished_at: Option<Moment>,
    /// Whether everything holds; absent until it is finished, or when it could not be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    holds: Option<bool>,
    /// What does not hold.
    findings: Vec<String>,
    /// Why it could not be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<String>,
}

impl From<VerifyState> for Verification {
    fn from(state: VerifyState) -> Verification {
        let done = state.finished_at.is_some() && state.failure.is_none();
        Verification {
            id: state.id,
            total: state.total,
            entries: state.report.entries,
            originals: state.report.originals,
            finished_at: state.finished_at.map(Moment::of),
            holds: done.then(|| state.report.is_sound()),
            findings: state.report.damage,
            failure: state.failure,
        }
    }
}

/// Start a verification
///
/// The one that runs, if one does.
#[utoipa::path(post, path = "/verifications", tag = "Journal", security(("token" = ["manage"])),
    responses((status = 202, description = "It runs", body = Verification)))]
pub async fn verify(caller: Caller, State(app): State<App>) -> Answer<Response> {
    caller.must(TokenScope::Manage, Right::Verify)?;
    let id = app.work.verify(&app.archive);
    let state = state(&app, id)?;
    let location = [(LOCATION, format!("/api/v1/verifications/{id}"))];
    Ok((StatusCode::ACCEPTED, location, Json(state)).into_response())
}

/// Get a verification
///
/// The newest is remembered until the server ends.
#[utoipa::path(get, path = "/verifications/{verification}", tag = "Journal", params(("verification" = u64, Path)),
    security(("token" = ["read"])), responses((status = 200, description = "How far it is", body = Verification)))]
pub async fn verification(
    caller: Caller,
    State(app): State<App>,
    Path(id): Path<u64>,
) -> Answer<Json<Verification>> {
    caller.must(TokenScope::Read, Right::Verify)?;
    Ok(Json(state(&app, id)?))
}

fn state(app: &App, id: u64) -> Result<Verification, Refusal> {
    let watched = app.work.watch_verification();
    let state = watched.map(|watched| watched.borrow().clone());
    let state = state.filter(|state| state.id == id);
    state.map(Verification::from).ok_or_else(Refusal::not_found)
}

/// Who asks
#[derive(Serialize, ToSchema)]
pub struct Me {
    #[schema(value_type = Id)]
    account: AccountId,
    name: String,
    /// `owner`, `administrator`, `manager`, `member`, `auditor` or `expert`.
    #[schema(example = "member")]
    role: String,
    token: TokenShape,
}

/// The token that was sent
#[derive(Serialize, ToSchema)]
#[schema(as = Token)]
pub struct TokenShape {
    #[schema(value_type = Id)]
    id: ApiTokenId,
    name: String,
    scopes: Vec<TokenScope>,
    made_at: Moment,
    expires_at: Moment,
}

/// Get who you are
///
/// Any token may ask this.
#[utoipa::path(get, path = "/me", tag = "You", security(("token" = [])),
    responses((status = 200, description = "Your account and token", body = Me)))]
pub async fn me(caller: Caller) -> Answer<Json<Me>> {
    let token = &caller.token;
    Ok(Json(Me {
        account: caller.person.account,
        name: caller.person.name.clone(),
        role: caller
            .person
            .role
            .map_or_else(String::new, |role| role.name().to_owned()),
        token: TokenShape {
            id: token.id,
            name: token.name.clone(),
            scopes: token.scopes.clone(),
            made_at: Moment::of(token.made_at),
            expires_at: Moment::of(token.expires_at),
        },
    }))
}

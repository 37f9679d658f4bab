//! One interaction: what it says, its original, its parts, its proof; and bringing one in.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::Answer;
use super::body::must_be;
use super::caller::Caller;
use super::problem::Problem;
use super::shape::{Assignment, ClientName, Id, InteractionLine, Moment};
use crate::access::Right;
use crate::access::log::LookKind;
use crate::archive::id::InteractionKey;
use crate::assignment::store as assignments;
use crate::interaction::list::rows;
use crate::interaction::prepare::{Incoming, prepare};
use crate::interaction::read::{self, Whole, whole};
use crate::interaction::record::{Outcome, record};
use crate::interaction::reread;
use crate::interaction::{PartFacts, Source};
use crate::journal::prove::{Proven, prove};
use crate::journal::receipt::receipt;
use crate::storage::Conn;
use crate::user::token::TokenScope;
use crate::web::app::App;
use crate::web::asked::Path;
use crate::web::refusal::Refusal;

/// An interaction with all that it says
#[derive(Serialize, ToSchema)]
pub struct Interaction {
    #[serde(flatten)]
    pub line: InteractionLine,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    pub participants: Vec<Participant>,
    /// Its text, as it is read today.
    pub text: String,
    pub parts: Vec<Part>,
    /// SHA-256 of the original, in hexadecimal.
    pub sha256: String,
    pub assignments: Vec<Assignment>,
    pub sightings: Vec<Sighting>,
    pub entry: Entry,
}

/// Someone who took part, and how
#[derive(Serialize, ToSchema)]
pub struct Participant {
    /// `from`, `sender`, `reply_to`, `to`, `cc` or `bcc`.
    #[schema(example = "from")]
    pub role: String,
    pub name: String,
    pub address: String,
}

/// A piece of an original
#[derive(Serialize, ToSchema)]
pub struct Part {
    #[schema(example = "1.2")]
    pub number: String,
    /// `headers`, `text`, `html`, `attachment`, `nested` or `calendar`.
    #[schema(example = "attachment")]
    pub kind: String,
    pub media_type: String,
    pub filename: String,
    /// Bytes once decoded.
    #[schema(minimum = 0)]
    pub size: u64,
}

/// A place where it was seen
#[derive(Serialize, ToSchema)]
pub struct Sighting {
    pub connector: String,
    pub mailbox: String,
    pub captured_at: Moment,
}

/// Its place in the journal
#[derive(Serialize, ToSchema)]
pub struct Entry {
    /// Hash of its leaf, in hexadecimal.
    pub leaf: String,
    /// Absent until it is sealed, which takes a moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0)]
    pub index: Option<u64>,
}

/// The interaction, if the caller may see it; the look at it is noted.
async fn require(
    caller: &Caller,
    app: &App,
    conn: &mut Conn,
    (key, kind): (InteractionKey, LookKind),
) -> Result<Whole, Problem> {
    caller.must(TokenScope::Read, Right::Read)?;
    // What was read again has a new id; the old one goes on to name it.
    let key = read::moved_to(conn, key).await?.unwrap_or(key);
    caller.must_see(conn, key).await?;
    caller.log(app, (kind, ""), (None, Some(key))).await?;
    let found = whole(&app.archive, conn, key).await?;
    Ok(found.ok_or_else(Refusal::no_interaction)?)
}

/// Get an interaction
#[utoipa::path(get, path = "/interactions/{interaction}", tag = "Interactions", params(("interaction" = Id, Path)),
    security(("token" = ["read"])), responses((status = 200, description = "The interaction", body = Interaction)))]
pub async fn show(
    caller: Caller,
    State(app): State<App>,
    Path(key): Path<InteractionKey>,
) -> Answer<Json<Interaction>> {
    let conn = &mut app.archive.db.read().await?;
    let whole = require(&caller, &app, conn, (key, LookKind::Opened)).await?;
    let (key, scope) = (whole.recorded.interaction, caller.scope());
    let line = rows(conn, scope, &[key]).await?.pop();
    let line = line.ok_or_else(Refusal::no_interaction)?.into();
    let proven = prove(&app.archive, conn, whole.record).await?;
    let entry = entry(proven.ok_or_else(Refusal::no_interaction)?);
    let text = whole.read().map(|(_, reading)| reading.text).unwrap_or_default();
    let assignments = assignments::of_interaction(conn, scope, key).await?;
    let sightings = read::sightings(conn, key).await?;
    let recorded = whole.recorded;
    Ok(Json(Interaction {
        line,
        message_id: recorded.message_id,
        participants: recorded.participants.into_iter().map(participant).collect(),
        text,
        parts: recorded.parts.iter().map(part_of).collect(),
        sha256: recorded.sha256,
        assignments: assignments.into_iter().map(assignment).collect(),
        sightings: sightings.into_iter().map(sighting).collect(),
        entry,
    }))
}

fn entry(proven: Proven) -> Entry {
    Entry {
        leaf: format!("{:x}", proven.leaf.hash()),
        index: proven.place.map(|place| place.index),
    }
}

fn participant(person: crate::interaction::Participant) -> Participant {
    Participant {
        role: person.role,
        name: person.name,
        address: person.address,
    }
}

fn part_of(part: &PartFacts) -> Part {
    Part {
        number: part.number.clone(),
        kind: part.kind.clone(),
        media_type: part.media_type.clone(),
        filename: part.filename.clone(),
        size: part.size as u64,
    }
}

fn assignment(shown: assignments::Shown) -> Assignment {
    Assignment {
        client: ClientName {
            id: shown.client,
            name: shown.client_name,
        },
        why: shown.why,
        detail: shown.detail,
    }
}

fn sighting(seen: read::Sighting) -> Sighting {
    Sighting {
        connector: seen.connector,
        mailbox: seen.mailbox,
        captured_at: Moment::of(seen.captured_at),
    }
}

/// Get the original
///
/// The bytes exactly as captured.
#[utoipa::path(get, path = "/interactions/{interaction}/original", tag = "Interactions",
    params(("interaction" = Id, Path)), security(("token" = ["read"])),
    responses((status = 200, description = "The original", body = Vec<u8>, content_type = "message/rfc822")))]
pub async fn original(
    caller: Caller,
    State(app): State<App>,
    Path(key): Path<InteractionKey>,
) -> Answer<Response> {
    let whole = require(
        &caller,
        &app,
        &mut app.archive.db.read().await?,
        (key, LookKind::Original),
    )
    .await?;
    Ok(kept("message/rfc822", whole.original))
}

/// Get a part
///
/// An attachment, a text or the headers, decoded.
#[utoipa::path(get, path = "/interactions/{interaction}/parts/{number}", tag = "Interactions",
    params(("interaction" = Id, Path), ("number" = String, Path, example = "1.2")), security(("token" = ["read"])),
    responses((status = 200, description = "The part", body = Vec<u8>, content_type = "application/octet-stream")))]
pub async fn part(
    caller: Caller,
    State(app): State<App>,
    Path((key, number)): Path<(InteractionKey, String)>,
) -> Answer<Response> {
    let whole = require(
        &caller,
        &app,
        &mut app.archive.db.read().await?,
        (key, LookKind::Part),
    )
    .await?;
    let (_, bytes) = whole.part(&number).ok_or_else(Refusal::not_found)?;
    Ok(kept("application/octet-stream", bytes.into_owned()))
}

/// Get the proof
///
/// A receipt (C2SP tlog-proof): proves offline, to whoever has the original, that it stands in the journal under a signed
/// checkpoint.
#[utoipa::path(get, path = "/interactions/{interaction}/proof", tag = "Interactions",
    params(("interaction" = Id, Path)), security(("token" = ["read"])),
    responses((status = 200, description = "The proof", body = String, content_type = "text/plain")))]
pub async fn proof(
    caller: Caller,
    State(app): State<App>,
    Path(key): Path<InteractionKey>,
) -> Answer<Response> {
    let conn = &mut app.archive.db.read().await?;
    let whole = require(&caller, &app, conn, (key, LookKind::Proof)).await?;
    let receipt = receipt(&app.archive, conn, whole.original_record).await?;
    let receipt = receipt.ok_or_else(|| {
        let detail = "It is recorded and will be sealed in a moment; ask again then.";
        Problem::new(
            StatusCode::NOT_FOUND,
            "not-sealed",
            "There is no proof yet",
            detail,
        )
    })?;
    Ok(kept("text/plain; charset=utf-8", receipt.into_bytes()))
}

/// Bytes that no browser shows.
fn kept(media_type: &'static str, bytes: Vec<u8>) -> Response {
    let headers = [(CONTENT_TYPE, media_type), (CONTENT_DISPOSITION, "attachment")];
    (headers, bytes).into_response()
}

/// What became of a message
#[derive(Serialize, ToSchema)]
pub struct Recorded {
    pub outcome: OutcomeShape,
    /// Absent when you do not see what it is part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Id>, nullable = false)]
    pub interaction: Option<InteractionKey>,
}

#[derive(Serialize, ToSchema, Clone, Copy, PartialEq, Eq)]
#[schema(as = RecordOutcome)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeShape {
    Recorded,
    /// The same message was there already.
    Already,
    /// Recorded as it is, because it cannot be read.
    Unreadable,
}

/// Record a message
///
/// Send one message as it is; it is durable before this is answered.
#[utoipa::path(post, path = "/interactions", tag = "Interactions", security(("token" = ["record"])),
    request_body(content = Vec<u8>, content_type = "message/rfc822", description = "One message, at most 48 MiB"),
    responses((status = 201, description = "It was recorded", body = Recorded),
        (status = 200, description = "It was there already", body = Recorded)))]
pub async fn create(
    caller: Caller,
    State(app): State<App>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Answer<Response> {
    caller.must(TokenScope::Record, Right::Record)?;
    must_be(&headers, "message/rfc822")?;
    if bytes.is_empty() {
        return Err(Problem::unprocessable(
            "Send the message as the body; it was empty.",
        ));
    }
    let incoming = Incoming {
        source: Source {
            connector: "api".to_owned(),
            mailbox: format!("{}/{}", caller.person.name, caller.token.name),
            external_id: HEXLOWER.encode(&Sha256::digest(&bytes)),
        },
        captured_at: app.archive.clock.now(),
        bytes: bytes.to_vec(),
    };
    let origin = app.archive.config.origin.clone();
    let prepared = tokio::task::spawn_blocking(move || prepare(&origin, incoming)).await;
    let prepared = prepared.map_err(|error| Refusal::internal(&error))?;
    let outcome = record(&app.archive, vec![prepared]).await?.pop();
    let (status, outcome, key) = match outcome {
        Some(Outcome::Recorded(key)) => (StatusCode::CREATED, OutcomeShape::Recorded, key),
        Some(Outcome::Unreadable(key)) => (StatusCode::CREATED, OutcomeShape::Unreadable, key),
        Some(Outcome::SeenAgain(key) | Outcome::Already(key)) => (StatusCode::OK, OutcomeShape::Already, key),
        None => return Err(Refusal::not_found().into()),
    };
    // It may belong to a client, or be mail of somebody's own, that the caller does not see.
    let seen = crate::access::store::interaction_access(&mut app.archive.db.read().await?, key).await?;
    let seen = seen.is_some_and(|facts| caller.scope().later().sees_interaction(&facts));
    let interaction = seen.then_some(key);
    let answer = (status, Json(Recorded { outcome, interaction }));
    Ok(match interaction {
        Some(key) => ([(LOCATION, format!("/api/v1/interactions/{key}"))], answer).into_response(),
        None => answer.into_response(),
    })
}

/// Where an interaction is found
#[derive(Serialize, ToSchema)]
pub struct Reread {
    /// A new one if it could be read now, else the same.
    #[schema(value_type = Id)]
    id: InteractionKey,
}

/// Try again to read an interaction that could not be read
///
/// What was recorded first stays in the journal; its old id goes on to name it.
#[utoipa::path(post, path = "/interactions/{interaction}/reread", tag = "Interactions",
    params(("interaction" = Id, Path)), security(("token" = ["record"])),
    responses((status = 200, description = "It was tried", body = Reread)))]
pub async fn read_again(
    caller: Caller,
    State(app): State<App>,
    Path(key): Path<InteractionKey>,
) -> Answer<Json<Reread>> {
    caller.must(TokenScope::Record, Right::Record)?;
    caller.must_see(&mut app.archive.db.read().await?, key).await?;
    let id = reread::reread(&app.archive, key, &caller.person.name).await?;
    Ok(Json(Reread { id }))
}

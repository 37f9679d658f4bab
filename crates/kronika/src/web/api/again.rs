//! Asked again, answered the same: a request with an `Idempotency-Key` is carried out once within a day.
//!
//! The answer is kept after the change it tells of was committed. A server that ends just between the two carries out
//! a repeated request once more; messages are safe even then, for the same message is never recorded twice.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::caller::Caller;
use super::problem::Problem;
use crate::archive::id::ApiTokenId;
use crate::channel::email::walk::LARGEST;
use crate::on_db;
use crate::storage::StorageError;
use crate::web::app::App;
use crate::web::refusal::Refusal;

/// Bodies other than messages.
const SMALL: usize = 256 * 1024;
/// An answer is kept for a day (microseconds).
const KEPT_FOR: i64 = 24 * 3600 * 1_000_000;
/// Who has not been answered by then never will be: the server ended meanwhile.
const ABANDONED_AFTER: i64 = 5 * 60 * 1_000_000;
pub const KEY: &str = "idempotency-key";

/// Reads the body, as far as it may be long, and carries a repeated request out only once.
pub async fn once(State(app): State<App>, caller: Caller, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let largest = match parts.uri.path().ends_with("/interactions") {
        true => LARGEST,
        false => SMALL,
    };
    let Ok(bytes) = to_bytes(body, largest).await else {
        return too_large(largest);
    };
    let key = parts.headers.get(KEY).cloned();
    let (post, asked) = (
        parts.method == Method::POST,
        (parts.uri.to_string(), bytes.clone()),
    );
    let request = Request::from_parts(parts, Body::from(bytes));
    let Some(key) = key.filter(|_| post) else {
        return next.run(request).await;
    };
    let repeat = match Repeat::of(caller.token.id, &key, &asked) {
        Ok(repeat) => repeat,
        Err(problem) => return problem.into_response(),
    };
    match repeat.begin(&app).await {
        Ok(Begun::First) => {}
        Ok(Begun::Known(answer)) => return answer.into_response(),
        Ok(Begun::Refused(problem)) => return problem.into_response(),
        Err(error) => return Problem::from(error).into_response(),
    }
    let response = next.run(request).await;
    match repeat.finish(&app, response).await {
        Ok(response) => response,
        Err(error) => Problem::from(error).into_response(),
    }
}

fn too_large(largest: usize) -> Response {
    let detail = format!("Send at most {largest} bytes.");
    let status = StatusCode::PAYLOAD_TOO_LARGE;
    Problem::new(status, "too-large", "The body is too large", detail).into_response()
}

/// A request that may come again.
struct Repeat {
    token: ApiTokenId,
    key: Vec<u8>,
    asked: Vec<u8>,
}

enum Begun {
    First,
    Known(Answer),
    Refused(Problem),
}

/// An answer that was given before.
struct Answer {
    status: u16,
    media_type: String,
    location: String,
    bytes: Vec<u8>,
}

type Row = (Vec<u8>, Option<i64>, String, String, Vec<u8>);

impl Repeat {
    fn of(token: ApiTokenId, key: &HeaderValue, asked: &(String, Bytes)) -> Result<Repeat, Problem> {
        if key.is_empty() || key.len() > 255 {
            return Err(Problem::bad_request(
                "Give as Idempotency-Key 1 to 255 characters of your own choice.",
            ));
        }
        let mut request = Sha256::new();
        request.update((asked.0.len() as u64).to_be_bytes());
        request.update(&asked.0);
        request.update(&asked.1);
        Ok(Repeat {
            token,
            key: Sha256::digest(key.as_bytes()).to_vec(),
            asked: request.finalize().to_vec(),
        })
    }

    fn bound_to(&self) -> Vec<u8> {
        [b"kronika/idempotency/v1".as_slice(), &self.key].concat()
    }

    /// Notes that the request is being carried out, unless it is or was already.
    async fn begin(&self, app: &App) -> Result<Begun, StorageError> {
        const FORGET: &str =
            "DELETE FROM local_idempotency WHERE begun_at < $1 OR (status IS NULL AND begun_at < $2)";
        const BEGIN: &str = "INSERT INTO local_idempotency
            (token_id, key_hash, request_hash, begun_at, media_type, location, answer)
            VALUES ($1, $2, $3, $4, '', '', $5) ON CONFLICT DO NOTHING";
        const FIND: &str = "SELECT request_hash, status, media_type, location, answer FROM local_idempotency
            WHERE token_id = $1 AND key_hash = $2";
        let now = app.archive.clock.now();
        let (key, asked) = (self.key.clone(), self.asked.clone());
        let mut tx = app.archive.db.begin().await?;
        on_db!(tx, c => sqlx::query(FORGET).bind(now - KEPT_FOR).bind(now - ABANDONED_AFTER).execute(c).await
            .map(drop))?;
        let begun = on_db!(tx, c => sqlx::query(BEGIN).bind(self.token.0).bind(key.clone()).bind(asked).bind(now)
            .bind(Vec::<u8>::new()).execute(c).await.map(|done| done.rows_affected()))?;
        let row: Option<Row> = on_db!(tx, c => {
            sqlx::query_as(FIND).bind(self.token.0).bind(key).fetch_optional(c).await
        })?;
        tx.commit().await?;
        Ok(match row {
            _ if begun > 0 => Begun::First,
            Some((asked, ..)) if asked != self.asked => Begun::Refused(another()),
            Some((_, Some(status), media_type, location, sealed)) => {
                match app.archive.keyring.open_sealed(sealed, &self.bound_to()) {
                    Ok(bytes) => Begun::Known(Answer {
                        status: u16::try_from(status).unwrap_or(200),
                        media_type,
                        location,
                        bytes: bytes.to_vec(),
                    }),
                    Err(error) => Begun::Refused(Refusal::from(error).into()),
                }
            }
            _ => Begun::Refused(running()),
        })
    }

    /// Keeps an answer that tells of a change; after any other, the request may be tried again.
    async fn finish(&self, app: &App, response: Response) -> Result<Response, StorageError> {
        const KEEP: &str =
            "UPDATE local_idempotency SET status = $3, media_type = $4, location = $5, answer = $6
            WHERE token_id = $1 AND key_hash = $2";
        const FORGET: &str = "DELETE FROM local_idempotency WHERE token_id = $1 AND key_hash = $2";
        let key = self.key.clone();
        let mut tx = app.archive.db.begin().await?;
        if !response.status().is_success() {
            on_db!(tx, c => sqlx::query(FORGET).bind(self.token.0).bind(key).execute(c).await.map(drop))?;
            tx.commit().await?;
            return Ok(response);
        }
        let (parts, body) = response.into_parts();
        // Answers to POST are a few lines of ours.
        let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
        // An answer may hold a secret that is shown once.
        let sealed = app.archive.keyring.seal(&bytes, &self.bound_to());
        let (status, kept) = (i64::from(parts.status.as_u16()), sealed);
        let (media_type, location) = (
            text(&parts.headers, &CONTENT_TYPE),
            text(&parts.headers, &LOCATION),
        );
        on_db!(tx, c => sqlx::query(KEEP).bind(self.token.0).bind(key).bind(status).bind(media_type)
            .bind(location).bind(kept).execute(c).await.map(drop))?;
        tx.commit().await?;
        Ok(Response::from_parts(parts, Body::from(bytes)))
    }
}

fn text(headers: &HeaderMap, name: &HeaderName) -> String {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().to_owned()
}

fn another() -> Problem {
    let detail = "The key was used for another request within a day; make up a new one.";
    Problem::new(
        StatusCode::CONFLICT,
        "idempotency-key-reused",
        "The key is taken",
        detail,
    )
}

fn running() -> Problem {
    let detail = "The first request with this key is still being carried out; ask again in a moment.";
    Problem::new(
        StatusCode::CONFLICT,
        "idempotency-key-running",
        "It is being done",
        detail,
    )
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        let mut response = (status, self.bytes).into_response();
        let headers = response.headers_mut();
        headers.remove(CONTENT_LENGTH);
        headers.remove(CONTENT_TYPE);
        for (name, value) in [(CONTENT_TYPE, &self.media_type), (LOCATION, &self.location)] {
            if let Some(value) = HeaderValue::from_str(value)
                .ok()
                .filter(|value| !value.is_empty())
            {
                headers.insert(name, value);
            }
        }
        response
    }
}

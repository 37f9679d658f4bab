//! The two requests that a witness answers.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State as Of};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use kronika_tlog::witness::{AddCheckpoint, Refusal, SIZE_CONTENT_TYPE};

use super::state::{Failed, State};

/// A checkpoint and 63 hashes with room to spare.
const LARGEST: usize = 64 * 1024;

/// `POST /add-checkpoint` and `GET /<sha256 of origin>/checkpoint`.
pub fn router(state: Arc<State>) -> Router {
    Router::new()
        .route("/add-checkpoint", post(add))
        .route("/{home}/checkpoint", get(latest))
        .layer(DefaultBodyLimit::max(LARGEST))
        .with_state(state)
}

async fn add(Of(state): Of<Arc<State>>, body: Bytes) -> Response {
    // Making a memory durable blocks; other journals are answered meanwhile.
    let decided = tokio::task::spawn_blocking(move || {
        let request = AddCheckpoint::parse(&body)?;
        let cosigned = state.cosign(&request, now())?;
        tracing::info!(size = request.checkpoint().head().size, "cosigned");
        Ok::<_, Failed>(cosigned)
    });
    match decided.await {
        Ok(Ok(line)) => line.into_response(),
        Ok(Err(Failed::Refused(refusal))) => refused(&refusal),
        Ok(Err(Failed::State(error))) => {
            tracing::error!(%error, "nothing can be cosigned");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn refused(refusal: &Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
    let kind = match refusal {
        Refusal::Conflict { .. } => SIZE_CONTENT_TYPE,
        _ => "text/plain; charset=utf-8",
    };
    (status, [(CONTENT_TYPE, kind)], refusal.body()).into_response()
}

async fn latest(Of(state): Of<Arc<State>>, Path(home): Path<String>) -> Response {
    match state.latest(&home) {
        Ok(Some(note)) => ([(CONTENT_TYPE, "text/plain; charset=utf-8")], note).into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "the last checkpoint cannot be read");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

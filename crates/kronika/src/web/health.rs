//! `GET /health`: whether the archive can be read, and whether sealing keeps up. Tells nothing else.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::app::App;
use crate::on_db;
use crate::storage::StorageError;

/// Records may wait this long for a checkpoint before something is wrong (microseconds).
const BEHIND: i64 = 60 * 1_000_000;

pub async fn show(State(app): State<App>) -> Response {
    let oldest = oldest_waiting(&app).await;
    let (status, word) = match oldest {
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "database unreachable"),
        Ok(Some(since)) if app.archive.clock.now() - since > BEHIND => {
            (StatusCode::SERVICE_UNAVAILABLE, "sealing is behind")
        }
        Ok(_) => return well(),
    };
    (status, Json(json!({ "status": word }))).into_response()
}

/// That all is well.
pub fn well() -> Response {
    (StatusCode::OK, Json(json!({ "status": "ok" }))).into_response()
}

async fn oldest_waiting(app: &App) -> Result<Option<i64>, StorageError> {
    const SQL: &str = "SELECT MIN(r.captured_at) FROM journal_pending p JOIN record r ON r.id = p.record_id";
    let conn = &mut app.archive.db.read().await?;
    on_db!(conn, c => sqlx::query_scalar(SQL).fetch_one(c).await)
}

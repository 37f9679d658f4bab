//! The body of a request as JSON.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::problem::Problem;
use crate::web::app::App;

/// What was sent, understood.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Body<T>, Problem> {
        must_be(request.headers(), "application/json")?;
        let bytes = Bytes::from_request(request, app).await;
        let bytes = bytes.map_err(|_| Problem::bad_request("Send the whole body."))?;
        let value: Value = serde_json::from_slice(&bytes)
            .map_err(|error| Problem::bad_request(format!("Send valid JSON: {error}.")))?;
        if has_nul(&value) {
            return Err(Problem::unprocessable("Leave out the character U+0000."));
        }
        // Fields could be given by their places as well, but are described by their names.
        if value.is_array() {
            return Err(Problem::unprocessable(
                "Correct the body: send an object, not a list.",
            ));
        }
        serde_json::from_value(value)
            .map(Body)
            .map_err(|error| Problem::unprocessable(format!("Correct the body: {error}.")))
    }
}

/// Refuses a body of another type.
pub fn must_be(headers: &HeaderMap, wanted: &str) -> Result<(), Problem> {
    let sent = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = sent.and_then(|sent| sent.split(';').next()).unwrap_or_default();
    if essence.trim().eq_ignore_ascii_case(wanted) {
        return Ok(());
    }
    let (status, title) = (
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "The body is of another type than expected",
    );
    let detail = format!("Send the body as {wanted} and say so in Content-Type.");
    Err(Problem::new(status, "unsupported-media-type", title, detail))
}

/// What is there is a value: `null` would not say whether something is to be emptied or left alone.
pub fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

fn has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(values) => values.iter().any(has_nul),
        Value::Object(fields) => fields
            .iter()
            .any(|(name, value)| name.contains('\0') || has_nul(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

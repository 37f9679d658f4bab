//! Handlers: each asks who, does one thing, and shows it.

pub mod client;
pub mod import;
pub mod inbox;
pub mod interaction;
pub mod row;
pub mod search;
pub mod settings;
pub mod sign_in;

use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

/// After a change: go and see it.
fn see(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, path.to_owned())]).into_response()
}

/// Whether a script asked, which wants a part of a page.
fn is_fragment(headers: &HeaderMap) -> bool {
    headers.contains_key("hx-request")
}

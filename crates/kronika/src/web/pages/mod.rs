//! Handlers: each asks who, does one thing, and shows it.

pub mod access;
pub mod client;
pub mod evidence;
pub mod guideline;
pub mod import;
pub mod inbox;
pub mod interaction;
pub mod invitation;
pub mod log;
pub mod people;
pub mod reference;
pub mod row;
pub mod search;
pub mod settings;
pub mod sign_in;
pub mod webhook;
pub mod you;

use axum::http::header::{LOCATION, REFERER};
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

/// The path of ours that a form was on.
fn referer(headers: &HeaderMap) -> Option<&str> {
    let (_, rest) = headers.get(REFERER)?.to_str().ok()?.split_once("://")?;
    let path = &rest[rest.find('/')?..];
    (!path.starts_with("//") && !path.contains('\\')).then_some(path)
}

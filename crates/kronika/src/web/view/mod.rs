//! Pages as data. Each struct holds all that its template shows; nothing here asks the database.
//!
//! A file per page, and the template of the same name in `templates/`. A fragment, whose template starts with `_`,
//! is a part of a page that is also sent alone.

pub mod access;
pub mod api;
pub mod client;
pub mod elsewhere;
pub mod evidence;
pub mod given;
pub mod guideline;
pub mod import;
pub mod inbox;
pub mod interaction;
pub mod kinds;
pub mod link;
pub mod log;
pub mod page;
pub mod people;
pub mod refusal;
pub mod row;
pub mod seal;
pub mod search;
pub mod settings;
pub mod sign_in;
pub mod timeline;
pub mod token;
pub mod webhook;
pub mod you;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

/// Policy of every page: everything from this server, nothing inline, in nobody's frame.
pub const POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
     form-action 'self'; frame-ancestors 'none'";

/// Policy of a captured message shown in its frame: no scripts, no forms, nothing from outside. Its one sheet of styles
/// is ours, known by its hash; what the message itself says of its looks is reduced to harmless attributes.
///
/// The frame element has the same sandbox; this holds when the address is opened by itself.
pub const FRAME_POLICY: &str = "default-src 'none'; img-src 'self' data:; \
     style-src-elem 'sha256-xuCMoOh+zNiDJ3Hv43SrCoO3JUk55h1okZHW6uz1FRk='; style-src-attr 'unsafe-inline'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'self'; \
     sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

/// A page or fragment as a response. A template fails only if a value's own formatting does.
pub fn show(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

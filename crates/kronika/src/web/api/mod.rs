//! What programs meet: the same archive as the pages, under the same rules, as JSON.
//!
//! A request comes through `caller` (whose token is it), `again` (was it asked before) and `etag` to a handler, which
//! asks who may, does one thing, and answers a shape. Errors are problems. `document` describes all of it.

mod access;
mod account;
mod again;
mod assignment;
mod body;
mod caller;
mod client;
mod delivery;
pub mod document;
mod etag;
mod evidence;
mod grant;
mod guideline;
mod interaction;
mod invitation;
mod journal;
mod log;
mod page;
mod problem;
mod shape;
mod team;
mod timeline;
mod told;
mod webhook;

pub use caller::told;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use problem::Problem;

use super::app::App;

type Answer<T> = Result<T, Problem>;

/// Everything below `/api`.
pub fn router(app: &App) -> Router<App> {
    let meter = Arc::<caller::Meter>::default();
    let (operations, _) = operations().split_for_parts();
    let operations = operations
        .layer(from_fn(etag::tag))
        .layer(from_fn_with_state(app.clone(), again::once))
        // `again` has read the body already, as far as it may be long.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state((app.clone(), meter), caller::recognise))
        .method_not_allowed_fallback(no_such_method)
        .fallback(nothing_here);
    Router::new()
        .route("/api/v1/openapi.json", get(described))
        .method_not_allowed_fallback(no_such_method)
        .route("/api", any(nothing_here))
        .route("/api/{*rest}", any(nothing_here))
        .nest("/api/v1", operations)
}

/// Every operation; a route without a description cannot be added here.
fn operations() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(document::head())
        .routes(routes!(journal::me))
        .routes(routes!(client::list, client::create))
        .routes(routes!(client::show, client::change))
        .routes(routes!(client::addresses, client::add_address))
        .routes(routes!(client::remove_address))
        .routes(routes!(timeline::show))
        .routes(routes!(interaction::create))
        .routes(routes!(interaction::show))
        .routes(routes!(interaction::original))
        .routes(routes!(interaction::part))
        .routes(routes!(interaction::proof))
        .routes(routes!(interaction::read_again))
        .routes(routes!(timeline::inbox))
        .routes(routes!(assignment::assign))
        .routes(routes!(assignment::unassign))
        .routes(routes!(assignment::ignore, assignment::restore))
        .routes(routes!(timeline::search))
        .routes(routes!(assignment::own, assignment::add_own))
        .routes(routes!(assignment::remove_own))
        .routes(routes!(assignment::rules, assignment::add_rule))
        .routes(routes!(assignment::remove_rule))
        .routes(routes!(webhook::list, webhook::create))
        .routes(routes!(webhook::show, webhook::change, webhook::remove))
        .routes(routes!(webhook::rotate))
        .routes(routes!(webhook::test))
        .routes(routes!(delivery::list))
        .routes(routes!(delivery::replay))
        .routes(routes!(delivery::replay_dead))
        .routes(routes!(evidence::list, evidence::create))
        .routes(routes!(evidence::show))
        .routes(routes!(evidence::file))
        .routes(routes!(journal::show))
        .routes(routes!(journal::verify))
        .routes(routes!(journal::verification))
        .merge(of_people())
}

/// Who is here, who sees what, what is expected of them, and what they did.
fn of_people() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(account::list))
        .routes(routes!(account::show, account::remove))
        .routes(routes!(account::change_role))
        .routes(routes!(account::mailboxes, account::set_mailboxes))
        .routes(routes!(invitation::list, invitation::create))
        .routes(routes!(invitation::withdraw))
        .routes(routes!(team::list, team::create))
        .routes(routes!(team::show, team::change, team::remove))
        .routes(routes!(access::of_client, access::set_client))
        .routes(routes!(access::of_interaction, access::set_interaction))
        .routes(routes!(grant::list, grant::create))
        .routes(routes!(grant::end))
        .routes(routes!(guideline::list, guideline::create))
        .routes(routes!(guideline::show, guideline::withdraw))
        .routes(routes!(guideline::change))
        .routes(routes!(guideline::acceptances))
        .routes(routes!(guideline::remind))
        .routes(routes!(log::everything))
        .routes(routes!(log::of_client))
        .routes(routes!(log::of_interaction))
}

/// `GET /api/v1/openapi.json`: of the program, not of the archive, so it needs nobody.
async fn described() -> Response {
    let headers = [(CONTENT_TYPE, "application/json")];
    (headers, document::json().to_owned()).into_response()
}

async fn nothing_here() -> Problem {
    let detail = "Look in GET /api/v1/openapi.json for what is where.";
    Problem::new(
        StatusCode::NOT_FOUND,
        "not-found",
        "There is nothing here",
        detail,
    )
}

async fn no_such_method() -> Problem {
    let detail = "Look in GET /api/v1/openapi.json for what can be done here.";
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method-not-allowed",
        "That cannot be done here",
        detail,
    )
}

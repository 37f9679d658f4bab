//! The reference of the API.

use axum::extract::State;
use axum::response::Response;

use crate::web::api::document;
use crate::web::app::App;
use crate::web::refusal::Refusal;
use crate::web::view::api::ApiPage;
use crate::web::view::page::Place;
use crate::web::view::show as render;
use crate::web::visitor::SignedIn;

/// `GET /settings/api`
pub async fn show(user: SignedIn, State(app): State<App>) -> Result<Response, Refusal> {
    let page = user.page(&app, Place::Settings).await?;
    let base = app.public.link("/api/v1");
    Ok(render(&ApiPage::of(page, base, document::value())))
}

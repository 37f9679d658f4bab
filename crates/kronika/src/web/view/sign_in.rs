//! The way in.

use askama::Template;

use super::page::Page;

/// `GET /sign-in`, and again after a mistake. `page.person` is none.
#[derive(Template)]
#[template(path = "sign_in.html")]
pub struct SignIn {
    pub page: Page,
    pub user: String,
    /// Where to go on to, a path of ours.
    pub next: String,
    /// The key of a text that says why it did not work.
    pub mistake: Option<&'static str>,
}

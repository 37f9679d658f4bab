//! What a person sees when something cannot be done: what happened, and what to do.

use askama::Template;

use super::page::Page;

/// Any page that cannot be shown. `what` and `fix` are the keys of two texts, such as `not-found` and `not-found-fix`.
#[derive(Template)]
#[template(path = "refusal.html")]
pub struct RefusalPage {
    pub page: Page,
    /// The HTTP status.
    pub status: u16,
    /// Also the code shown to whoever is asked for help.
    pub what: &'static str,
    pub fix: &'static str,
}

//! One's own API tokens.

use askama::Template;

use super::kinds::Instant;
use super::page::Page;

/// `GET /settings/you/tokens`
#[derive(Template)]
#[template(path = "settings/tokens.html")]
pub struct Tokens {
    pub page: Page,
    /// Whether the person has a password, which is asked for.
    pub password: bool,
    /// Newest first.
    pub tokens: Vec<Token>,
    /// Names of scopes that may be chosen, and the keys of the texts that say them.
    pub scopes: Vec<(&'static str, &'static str)>,
    pub outcome: Outcome,
}

/// What became of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    None,
    /// The new token, shown this once.
    Made(String),
    /// The key of a text that says what is wrong.
    Mistake(&'static str),
}

#[derive(Clone, Debug)]
pub struct Token {
    pub id: String,
    pub name: String,
    /// Keys of texts.
    pub scopes: Vec<&'static str>,
    pub made_at: Instant,
    pub expires_at: Instant,
    pub expired: bool,
    pub used_at: Option<Instant>,
}

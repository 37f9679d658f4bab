//! The fields of a form, of which some may repeat.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};

use super::refusal::Refusal;

/// The fields of a submitted form, in order.
pub struct Fields(Vec<(String, String)>);

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Fields, Refusal> {
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|_| Refusal::bad_request())?;
        Ok(Fields(form_urlencoded::parse(&body).into_owned().collect()))
    }
}

impl Fields {
    /// The same from the query of an address.
    pub fn of(fields: Vec<(String, String)>) -> Fields {
        Fields(fields)
    }

    /// The first value of a field; empty when there is none.
    pub fn text(&self, name: &str) -> &str {
        let value = self
            .0
            .iter()
            .find(|(field, value)| field == name && !value.trim().is_empty());
        value.map_or("", |(_, value)| value.trim())
    }

    /// The first value of a field exactly as it was typed: blanks belong to a password.
    pub fn secret(&self, name: &str) -> &str {
        let value = self.0.iter().find(|(field, _)| field == name);
        value.map_or("", |(_, value)| value)
    }

    /// All values of a field that are not empty.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(field, value)| field == name && !value.trim().is_empty())
            .map(|(_, value)| value.trim())
    }

    /// Whether a box was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }
}

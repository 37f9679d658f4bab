//! Errors as `application/problem+json` (RFC 9457), in English: they are for programs and for whoever writes them.

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::Denied;
use crate::archive::id::NotAnId;
use crate::assignment::act::AssignError;
use crate::client::act::ClientError;
use crate::interaction::record::RecordError;
use crate::interaction::reread::RereadError;
use crate::journal::load::LoadError;
use crate::storage::StorageError;
use crate::web::locale::{Locale, t};
use crate::web::refusal::{Refusal, Refused};

/// Why a request was not fulfilled
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// Names the kind of problem; the same for the same cause.
    #[serde(rename = "type")]
    #[schema(example = "urn:kronika:problem:client-not-found")]
    pub kind: String,
    /// What happened.
    #[schema(example = "There is no such client")]
    pub title: String,
    /// The status code of the answer.
    #[schema(minimum = 400, maximum = 599)]
    pub status: u16,
    /// One sentence with the remedy.
    pub detail: String,
}

pub const MEDIA_TYPE: &str = "application/problem+json";

impl Problem {
    pub fn new(status: StatusCode, code: &str, title: &str, detail: impl Into<String>) -> Problem {
        Problem {
            kind: format!("urn:kronika:problem:{code}"),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
        }
    }

    /// The same as the pages say it, in English.
    pub fn of(status: StatusCode, refused: Refused) -> Problem {
        // What the pages advise makes no sense to a program.
        let detail = match refused.what {
            "not-found" => {
                "Nothing is at this address; GET /api/v1/openapi.json says what is where.".to_owned()
            }
            "bad-request" => {
                "Look at the parameters of this operation in GET /api/v1/openapi.json and send it again."
                    .to_owned()
            }
            "client-not-found" => "Look for the client with GET /api/v1/clients?q=.".to_owned(),
            "interaction-not-found" => "Look for the interaction with GET /api/v1/search?q=.".to_owned(),
            _ => t(Locale::En, refused.fix).to_string(),
        };
        let title = match refused.what {
            "not-found" => "There is nothing here".to_owned(),
            what => t(Locale::En, what).to_string(),
        };
        Problem::new(status, refused.what, &title, detail)
    }

    pub fn unauthorized() -> Problem {
        let detail = "Send Authorization: Bearer with a token that is neither expired nor revoked; they are made under \
            Settings, You, API tokens.";
        Problem::new(
            StatusCode::UNAUTHORIZED,
            "unauthorized",
            "A valid token is needed",
            detail,
        )
    }

    /// The request is understood, but what it says cannot be.
    pub fn unprocessable(detail: impl Into<String>) -> Problem {
        let title = "What was sent cannot be taken";
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "unprocessable", title, detail)
    }

    pub fn bad_request(detail: impl Into<String>) -> Problem {
        let title = "What was sent could not be understood";
        Problem::new(StatusCode::BAD_REQUEST, "bad-request", title, detail)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if matches!(
            status,
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE
        ) {
            headers.insert(RETRY_AFTER, HeaderValue::from_static("10"));
        }
        response
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        let (status, refused) = refusal.parts();
        Problem::of(status, refused)
    }
}

macro_rules! as_the_pages_refuse {
    ($($error:ty),* $(,)?) => {
        $(impl From<$error> for Problem {
            fn from(error: $error) -> Problem {
                Refusal::from(error).into()
            }
        })*
    };
}

as_the_pages_refuse!(Denied, LoadError, NotAnId, RereadError, StorageError);

impl From<ClientError> for Problem {
    fn from(error: ClientError) -> Problem {
        match error {
            ClientError::NoName | ClientError::Address(_) | ClientError::OwnAddress(_) => {
                Problem::unprocessable(error.to_string())
            }
            ClientError::Assign(error) => error.into(),
            error => Refusal::from(error).into(),
        }
    }
}

impl From<AssignError> for Problem {
    fn from(error: AssignError) -> Problem {
        match error {
            AssignError::Address(_) | AssignError::EmptyRule => Problem::unprocessable(error.to_string()),
            error => Refusal::from(error).into(),
        }
    }
}

impl From<RecordError> for Problem {
    fn from(error: RecordError) -> Problem {
        match error {
            RecordError::Storage(error) => error.into(),
            RecordError::Assign(error) => error.into(),
            RecordError::Append(_) => Refusal::internal(&error).into(),
        }
    }
}

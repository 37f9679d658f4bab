//! Strong entity tags: a hash of exactly what is answered.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_MATCH, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::problem::Problem;

/// Tags every answer to GET, and leaves out the body when whoever asks has it already.
pub async fn tag(request: Request, next: Next) -> Response {
    let is_get = matches!(*request.method(), Method::GET | Method::HEAD);
    let known = request.headers().get(IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    if !is_get || response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let tag = of_bytes(&bytes);
    if let Ok(value) = HeaderValue::from_str(&tag) {
        parts.headers.insert(ETAG, value);
    }
    if known.is_some_and(|known| names(known.to_str().unwrap_or_default(), &tag, true)) {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(CONTENT_LENGTH);
        parts.headers.remove(CONTENT_TYPE);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

fn of_bytes(bytes: &[u8]) -> String {
    format!("\"{}\"", HEXLOWER.encode(&Sha256::digest(bytes)[..16]))
}

/// The tag that [`tag`] gives this when it is answered.
fn of(shown: &impl Serialize) -> String {
    of_bytes(&serde_json::to_vec(shown).unwrap_or_default())
}

/// Whether a list of tags names this one. Only a comparison for reading takes weak ones (RFC 9110, 13.1).
fn names(list: &str, tag: &str, weak: bool) -> bool {
    list.split(',').map(str::trim).any(|one| {
        let one = if weak {
            one.strip_prefix("W/").unwrap_or(one)
        } else {
            one
        };
        one == tag || one == "*"
    })
}

/// Whether a change may go on that is only for the state that whoever asks has seen.
pub fn is_unchanged(headers: &HeaderMap, now: &impl Serialize) -> bool {
    let wanted = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    wanted(&IF_MATCH).is_none_or(|wanted| names(wanted, &of(now), false))
}

pub fn changed() -> Problem {
    let detail =
        "Somebody changed it since: GET it, look at what is there now, and send the new ETag as If-Match.";
    Problem::new(
        StatusCode::PRECONDITION_FAILED,
        "changed",
        "It is not what it was",
        detail,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_found_in_a_list_and_a_weak_one_only_for_reading() {
        assert!(names("\"a\", W/\"b\"", "\"b\"", true) && !names("\"a\", W/\"b\"", "\"b\"", false));
        assert!(names("*", "\"b\"", false) && !names("", "\"b\"", true));
        assert_ne!(of_bytes(b"one"), of_bytes(b"two"));
    }
}

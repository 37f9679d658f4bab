//! What every request and response goes through: forms only from our own pages, and headers that keep a page alone.

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, ORIGIN, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_DNS_PREFETCH_CONTROL, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::app::App;
use super::refusal::Refusal;
use super::view::POLICY;

/// Refuses to change anything for a request that another site's page made the browser send.
///
/// `Sec-Fetch-Site` says so in every current browser; where it is missing, `Origin` must name this very host.
pub async fn same_site(request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || is_ours(request.headers()) {
        next.run(request).await
    } else {
        Refusal::new(StatusCode::FORBIDDEN, "cross-site", "cross-site-fix").into_response()
    }
}

fn is_ours(headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    match text(&HeaderName::from_static("sec-fetch-site")) {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => match (text(&ORIGIN), text(&HOST)) {
            (Some(origin), Some(host)) => origin
                .split_once("://")
                .is_some_and(|(_, origin)| origin.eq_ignore_ascii_case(host)),
            _ => false,
        },
    }
}

/// Refuses a request for another host than the one the operator named: a forged name, or one that was made to lead here
/// from a page elsewhere (DNS rebinding). Only whether the server is well is told to anybody who reaches it.
pub async fn our_host(State(app): State<App>, request: Request, next: Next) -> Response {
    let meant = host_of(&request).is_some_and(|host| app.public.answers_to(host));
    if meant || request.uri().path() == "/health" {
        next.run(request).await
    } else {
        Refusal::new(StatusCode::MISDIRECTED_REQUEST, "wrong-host", "wrong-host-fix").into_response()
    }
}

/// The host that a request names; nothing when it names two.
pub fn host_of(request: &Request) -> Option<&str> {
    let mut named = request.headers().get_all(HOST).iter();
    let said = named.next().and_then(|host| host.to_str().ok());
    if named.next().is_some() {
        return None;
    }
    let asked = request.uri().authority().map(|asked| asked.as_str());
    asked.or(said)
}

/// A browser that once came through TLS comes in no other way for a year.
const ONLY_TLS: &str = "max-age=31536000";

/// Sets the headers a response did not set itself.
pub async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    with_headers(next.run(request).await, app.behind_tls)
}

/// The same, for a response that no archive gives.
pub fn with_headers(mut response: Response, behind_tls: bool) -> Response {
    let defaults: [(HeaderName, &'static str); 10] = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Frames are of messages only, and those are ours; the policy says the same to browsers that read it.
        (X_FRAME_OPTIONS, "SAMEORIGIN"),
        // A browser would look up every host that a message links to, and so tell that it was read.
        (X_DNS_PREFETCH_CONTROL, "off"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("x-permitted-cross-domain-policies"),
            "none",
        ),
        (REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=()",
        ),
        (CACHE_CONTROL, "private, no-cache"),
    ];
    let headers = response.headers_mut();
    for (name, value) in defaults {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if behind_tls {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ONLY_TLS));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn only_our_own_pages_may_send_forms() {
        assert!(is_ours(&headers(&[("sec-fetch-site", "same-origin")])));
        assert!(is_ours(&headers(&[("sec-fetch-site", "none")])));
        assert!(!is_ours(&headers(&[("sec-fetch-site", "cross-site")])));
        assert!(!is_ours(&headers(&[("sec-fetch-site", "same-site")])));
        assert!(is_ours(&headers(&[
            ("origin", "http://127.0.0.1:7000"),
            ("host", "127.0.0.1:7000")
        ])));
        assert!(!is_ours(&headers(&[
            ("origin", "http://evil.example"),
            ("host", "127.0.0.1:7000")
        ])));
        assert!(!is_ours(&headers(&[
            ("origin", "null"),
            ("host", "127.0.0.1:7000")
        ])));
        assert!(!is_ours(&headers(&[])));
    }
}

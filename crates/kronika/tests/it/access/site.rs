//! The pages of an archive, asked for as a browser does.

use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use kronika::web::app::{App, router};
use kronika::web::work::Work;
use tower::ServiceExt;

use crate::support::TestArchive;

pub struct Site {
    router: axum::Router,
}

impl Site {
    pub fn of(archive: &TestArchive) -> Site {
        Site {
            router: router(App {
                archive: archive.archive.clone(),
                zone: jiff::tz::TimeZone::UTC,
                work: Work::default(),
                gate: Default::default(),
                behind_tls: false,
            }),
        }
    }

    /// The status and body of an answer.
    pub async fn ask(&self, method: Method, path: &str, cookie: &str, form: &str) -> (StatusCode, String) {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("cookie", cookie)
            .header("host", "kronika.example")
            .header("sec-fetch-site", "same-origin")
            .header("origin", "http://kronika.example");
        if !form.is_empty() {
            let kind = match form.starts_with("--") {
                true => "multipart/form-data; boundary=b",
                false => "application/x-www-form-urlencoded",
            };
            request = request.header("content-type", kind);
        }
        let request = request.body(Body::from(form.to_owned())).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let events = response
            .headers()
            .get("content-type")
            .is_some_and(|kind| kind.to_str().unwrap().starts_with("text/event-stream"));
        if events {
            return (status, String::new());
        }
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    pub async fn get(&self, path: &str, cookie: &str) -> (StatusCode, String) {
        self.ask(Method::GET, path, cookie, "").await
    }
}

//! The pages of an archive, asked for as a browser does.

use std::net::SocketAddr;

use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode};
use kronika::web::app::router;
use tower::ServiceExt;

use crate::support::TestArchive;
use crate::support::office::Office;

pub struct Site {
    router: axum::Router,
}

impl Site {
    pub fn of(archive: &TestArchive) -> Site {
        Site::around(router(Office::of(archive).app))
    }

    pub fn around(router: axum::Router) -> Site {
        Site { router }
    }

    /// The status and body of an answer.
    pub async fn ask(&self, method: Method, path: &str, cookie: &str, form: &str) -> (StatusCode, String) {
        let (status, body) = self.answer(method, path, cookie, form).await;
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    /// The status of an answer, and a file.
    pub async fn bytes(&self, path: &str, cookie: &str) -> (StatusCode, Vec<u8>) {
        self.answer(Method::GET, path, cookie, "").await
    }

    async fn answer(&self, method: Method, path: &str, cookie: &str, form: &str) -> (StatusCode, Vec<u8>) {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .extension(ConnectInfo(SocketAddr::from(([10, 0, 0, 1], 40_000))))
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
            return (status, Vec::new());
        }
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, body.to_vec())
    }

    pub async fn get(&self, path: &str, cookie: &str) -> (StatusCode, String) {
        self.ask(Method::GET, path, cookie, "").await
    }
}

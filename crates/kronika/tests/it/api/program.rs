//! A program that asks the API.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use kronika::web::app::router;
use serde_json::Value;
use tower::ServiceExt;

use crate::support::TestArchive;
use crate::support::office::Office;

pub struct Program {
    router: axum::Router,
    token: String,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    pub fn header(&self, name: &str) -> String {
        let value = self.headers.get(name);
        value.map_or_else(String::new, |value| value.to_str().unwrap().to_owned())
    }

    /// Ids of the lines of a page.
    pub fn ids(&self) -> Vec<String> {
        let json = self.json();
        let items = json["items"].as_array().expect("a page").clone();
        items
            .iter()
            .map(|item| item["id"].as_str().unwrap().to_owned())
            .collect()
    }
}

impl Program {
    pub fn of(archive: &TestArchive, token: &str) -> Program {
        Program {
            router: router(Office::of(archive).app),
            token: token.to_owned(),
        }
    }

    /// One that asks an office.
    pub fn at(office: &Office, token: &str) -> Program {
        Program {
            router: office.router.clone(),
            token: token.to_owned(),
        }
    }

    pub fn with(&self, token: &str) -> Program {
        Program {
            router: self.router.clone(),
            token: token.to_owned(),
        }
    }

    /// Sends bytes with more headers.
    pub async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = Request::builder()
            .method(Method::from_bytes(method.as_bytes()).unwrap())
            .uri(format!("/api/v1{path}"));
        if headers.iter().all(|(name, _)| *name != "host") {
            request = request.header("host", "kronika.example");
        }
        if !self.token.is_empty() {
            request = request.header("authorization", format!("Bearer {}", self.token));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.into()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            bytes: to_bytes(body, usize::MAX).await.unwrap().to_vec(),
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "").await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.json("POST", path, &[], body).await
    }

    pub async fn json(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let mut headers = headers.to_vec();
        headers.push(("content-type", "application/json"));
        self.send(method, path, &headers, body.to_string()).await
    }
}

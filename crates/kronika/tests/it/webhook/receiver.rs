//! A program that is told: it notes what it hears, and answers as a test wants.

use std::collections::{BTreeSet, VecDeque};
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use data_encoding::{BASE64, HEXLOWER};
use serde_json::Value;

/// What was heard at once.
#[derive(Clone)]
pub struct Heard {
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

/// How the next one is answered; after the last everything is taken.
#[derive(Clone)]
pub enum Reply {
    Status(u16),
    With(u16, &'static str, String),
    Hang,
}

#[derive(Clone, Default)]
struct Desk {
    heard: Arc<Mutex<Vec<Heard>>>,
    replies: Arc<Mutex<VecDeque<Reply>>>,
}

pub struct Receiver {
    pub url: String,
    desk: Desk,
}

impl Receiver {
    pub async fn start() -> Receiver {
        let desk = Desk::default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let router = Router::new().fallback(take).with_state(desk.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Receiver { url, desk }
    }

    pub fn answer(&self, replies: impl IntoIterator<Item = Reply>) {
        self.desk.replies.lock().unwrap().extend(replies);
    }

    pub fn heard(&self) -> Vec<Heard> {
        self.desk.heard.lock().unwrap().clone()
    }

    pub fn kinds(&self) -> Vec<String> {
        self.heard().iter().map(Heard::kind).collect()
    }

    /// Ids of what was heard, each once.
    pub fn ids(&self) -> BTreeSet<String> {
        self.heard().iter().map(Heard::id).collect()
    }

    /// Waits until so many events were heard, or for half a minute.
    pub async fn hears(&self, count: usize) -> bool {
        for _ in 0..600 {
            if self.ids().len() >= count {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        false
    }
}

async fn take(State(desk): State<Desk>, headers: HeaderMap, body: Bytes) -> Response {
    let body = body.to_vec();
    desk.heard.lock().unwrap().push(Heard { headers, body });
    let reply = desk.replies.lock().unwrap().pop_front();
    match reply {
        None => StatusCode::OK.into_response(),
        Some(Reply::Status(status)) => StatusCode::from_u16(status).unwrap().into_response(),
        Some(Reply::With(status, name, value)) => {
            (StatusCode::from_u16(status).unwrap(), [(name, value)]).into_response()
        }
        Some(Reply::Hang) => {
            tokio::time::sleep(Duration::from_secs(60)).await;
            StatusCode::OK.into_response()
        }
    }
}

impl Heard {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }

    pub fn header(&self, name: &str) -> String {
        self.headers[name].to_str().unwrap().to_owned()
    }

    pub fn id(&self) -> String {
        self.header("webhook-id")
    }

    pub fn signatures(&self) -> Vec<String> {
        let signed = self.header("webhook-signature");
        signed.split(' ').map(str::to_owned).collect()
    }

    /// Whether another program than ours comes to the same signature with this secret.
    pub fn is_signed_by(&self, secret: &str) -> bool {
        let key = BASE64
            .decode(secret.strip_prefix("whsec_").unwrap().as_bytes())
            .unwrap();
        let mut openssl = Command::new("openssl")
            .args(["dgst", "-sha256", "-mac", "HMAC", "-binary", "-macopt"])
            .arg(format!("hexkey:{}", HEXLOWER.encode(&key)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let head = format!("{}.{}.", self.id(), self.header("webhook-timestamp"));
        let signed = [head.as_bytes(), &self.body].concat();
        openssl.stdin.take().unwrap().write_all(&signed).unwrap();
        let mac = openssl.wait_with_output().unwrap().stdout;
        self.signatures().contains(&format!("v1,{}", BASE64.encode(&mac)))
    }
}

//! Providers of OpenID Connect: a real one, and one that does what it is told, however wrong.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use data_encoding::BASE64URL_NOPAD as BASE64;
use kronika::archive::config::OpenidConfig;
use kronika::user::openid::Providers;
use kronika::user::openid::provider::keep_secret;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::TestArchive;

/// The secret of `tests/openid/provider.mjs`.
pub const SECRET: &str = "a secret: of+tests/&more%";

impl TestArchive {
    /// Names a provider in the archive's configuration, and gives what the server makes of it.
    pub async fn provided_by(
        &mut self,
        issuer: &str,
        change: impl FnOnce(&mut OpenidConfig),
    ) -> Arc<Providers> {
        let mut config = OpenidConfig {
            id: "sso".into(),
            name: "Office".into(),
            issuer: issuer.into(),
            client: "kronika".into(),
            domains: Vec::new(),
            role: None,
            allow_private: true,
        };
        change(&mut config);
        let archive = Arc::get_mut(&mut self.archive).expect("nobody else has it yet");
        archive.config.openid.push(config);
        keep_secret(self, "sso", SECRET).await.unwrap();
        Arc::new(Providers::load(self).await.unwrap())
    }

    /// Sets the clock as the machine's own: a real provider goes by that.
    pub fn catch_up(&self) {
        let now = jiff::Timestamp::now().as_second();
        self.pass(now - self.archive.clock.now() / 1_000_000);
    }
}

/// The address of the real provider; `None`, said aloud, when it could not be installed.
pub fn real() -> Option<&'static str> {
    static STARTED: OnceLock<Option<(String, Mutex<Child>)>> = OnceLock::new();
    let started = STARTED.get_or_init(|| {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/openid/start.sh");
        // It ends with its standard input, and that with this process.
        let mut child = Command::new(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let stdout = child.stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut line).unwrap();
        let address = line.trim().to_owned();
        (!address.is_empty()).then(|| (address, Mutex::new(child)))
    });
    if started.is_none() {
        eprintln!("SKIPPED: there is no provider to sign in at");
    }
    started.as_ref().map(|(address, _)| address.as_str())
}

/// A browser at the real provider.
pub struct Visit {
    client: reqwest::Client,
    cookies: HashMap<String, String>,
}

impl Visit {
    pub fn new() -> Visit {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        Visit {
            client: client.build().unwrap(),
            cookies: HashMap::new(),
        }
    }

    /// Signs in as somebody when asked, and gives the path at ours that the provider sends back to.
    pub async fn sign_in(&mut self, url: &str, name: &str) -> String {
        self.walk(url, |page| (page.to_owned(), Some(format!("name={name}"))))
            .await
    }

    /// Does not consent.
    pub async fn cancel(&mut self, url: &str) -> String {
        self.walk(url, |page| (format!("{page}/cancel"), None)).await
    }

    async fn walk(&mut self, url: &str, at: impl Fn(&str) -> (String, Option<String>)) -> String {
        let (mut url, mut form) = (url.to_owned(), None);
        for _ in 0..20 {
            let answer = self.ask(&url, form.take()).await;
            if let Some(location) = answer.headers().get("location") {
                let next = answer.url().join(location.to_str().unwrap()).unwrap();
                if next.host_str() == Some("kronika.example") {
                    return format!("{}?{}", next.path(), next.query().unwrap_or_default());
                }
                url = next.to_string();
                continue;
            }
            assert!(
                answer.url().path().starts_with("/interaction/"),
                "{:?}",
                answer.text().await
            );
            (url, form) = at(answer.url().as_str());
        }
        panic!("the provider does not come to an end");
    }

    async fn ask(&mut self, url: &str, form: Option<String>) -> reqwest::Response {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = match form {
            None => self.client.get(url),
            Some(form) => self
                .client
                .post(url)
                .header("content-type", "application/x-www-form-urlencoded")
                .body(form),
        };
        let answer = request.header("cookie", cookies.join("; ")).send().await.unwrap();
        for set in answer.headers().get_all("set-cookie") {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        answer
    }
}

/// What a rogue does, beside giving the tokens that it is told to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Manner {
    Fine,
    /// Answers everything with 500.
    Down,
    /// Answers nothing for this long.
    Slow(Duration),
    /// Says to be another issuer.
    SomebodyElse(String),
    /// Leads to an address of the own network for its keys.
    Inwards,
}

struct Told {
    manner: Manner,
    /// Tokens by code, each with the challenge that its verifier must meet.
    tokens: HashMap<String, (String, String)>,
    /// Key ids that it shows.
    keys: Vec<&'static str>,
    asked_for_keys: usize,
}

/// A provider that does what it is told.
pub struct Rogue {
    pub issuer: String,
    told: Arc<Mutex<Told>>,
}

/// Each key id has its own key.
fn key(id: &str) -> SigningKey {
    SigningKey::from_slice(&Sha256::digest(id.as_bytes())).unwrap()
}

/// A token of these parts, signed by the key of this id.
pub fn signed(header: &Value, claims: &Value, by: &str) -> String {
    let part = |value: &Value| BASE64.encode(value.to_string().as_bytes());
    let text = format!("{}.{}", part(header), part(claims));
    let signature: Signature = key(by).sign(text.as_bytes());
    format!("{text}.{}", BASE64.encode(&signature.to_bytes()))
}

type Teller = State<(String, Arc<Mutex<Told>>)>;

impl Rogue {
    pub async fn start() -> Rogue {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let told = Arc::new(Mutex::new(Told {
            manner: Manner::Fine,
            tokens: HashMap::new(),
            keys: vec!["first"],
            asked_for_keys: 0,
        }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state((issuer.clone(), told.clone()));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Rogue { issuer, told }
    }

    pub fn does(&self, manner: Manner) {
        self.told.lock().unwrap().manner = manner;
    }

    pub fn shows_keys(&self, keys: &[&'static str]) {
        self.told.lock().unwrap().keys = keys.to_vec();
    }

    pub fn asked_for_keys(&self) -> usize {
        self.told.lock().unwrap().asked_for_keys
    }

    /// A code for which it will give this token, to whoever made the challenge.
    pub fn code_for(&self, token: String, challenge: &str) -> String {
        let code = BASE64.encode(&rand::random::<[u8; 16]>());
        let mut told = self.told.lock().unwrap();
        told.tokens.insert(code.clone(), (token, challenge.to_owned()));
        code
    }
}

async fn manners(told: &Mutex<Told>) -> Result<Manner, Response> {
    let manner = told.lock().unwrap().manner.clone();
    match &manner {
        Manner::Down => return Err(StatusCode::INTERNAL_SERVER_ERROR.into_response()),
        Manner::Slow(time) => tokio::time::sleep(*time).await,
        _ => {}
    }
    Ok(manner)
}

async fn discovery(State((issuer, told)): Teller) -> Result<Response, Response> {
    let manner = manners(&told).await?;
    let said = match &manner {
        Manner::SomebodyElse(other) => other.clone(),
        _ => issuer.clone(),
    };
    let keys = match manner {
        Manner::Inwards => "http://10.0.0.1/keys".to_owned(),
        _ => format!("{issuer}/keys"),
    };
    let document = json!({
        "issuer": said,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": keys,
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
    });
    Ok(Json(document).into_response())
}

async fn keys(State((_, told)): Teller) -> Result<Response, Response> {
    manners(&told).await?;
    let mut told = told.lock().unwrap();
    told.asked_for_keys += 1;
    let jwk = |id: &&str| {
        let point = key(id).verifying_key().to_sec1_point(false);
        json!({
            "kty": "EC", "crv": "P-256", "kid": id, "use": "sig", "alg": "ES256",
            "x": BASE64.encode(point.x().unwrap()), "y": BASE64.encode(point.y().unwrap()),
        })
    };
    let keys: Vec<Value> = told.keys.iter().map(jwk).collect();
    Ok(Json(json!({ "keys": keys })).into_response())
}

async fn token(
    State((_, told)): Teller,
    Form(sent): Form<HashMap<String, String>>,
) -> Result<Response, Response> {
    manners(&told).await?;
    let given = told.lock().unwrap().tokens.remove(&sent["code"]);
    let met = BASE64.encode(&Sha256::digest(sent["code_verifier"].as_bytes()));
    match given {
        Some((token, challenge)) if met == challenge => Ok(Json(json!({
            "access_token": "access", "token_type": "Bearer", "id_token": token,
        }))
        .into_response()),
        _ => Err((StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response()),
    }
}

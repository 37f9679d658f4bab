//! What goes out: the one client for every address that a person may enter.
//!
//! Nobody can make the server ask its own machine or network for something. Names are resolved here, every address is
//! checked, and the connection goes to exactly the address that was checked, so a name that changes its answer in
//! between gains nothing. Redirects are not followed, proxies of the environment not used, cookies not kept.

mod guard;
mod range;

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use http::header::{HOST, USER_AGENT};
use reqwest::redirect::Policy;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use serde::{Deserialize, Serialize};
use url::{Host, Url};

pub use guard::Lookup;
use guard::{Guard, System};

/// A connection is there after this long, or not at all.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// From the first packet to the last byte of the answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// An answer may be this long.
const LARGEST: usize = 1024 * 1024;
/// A connection that nobody uses is closed after this long.
const IDLE: Duration = Duration::from_secs(15);
const NAME: &str = concat!("Kronika/", env!("CARGO_PKG_VERSION"));

/// `[outgoing]` in `kronika.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Hosts of the own network that may be asked, also without TLS: names, addresses, or networks like `10.0.0.0/24`.
    #[serde(default)]
    pub allow: Vec<String>,
    /// Certificates of authorities to trust beside the system's (PEM).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub authorities: Option<PathBuf>,
}

/// Why something was not asked, or not answered. None of these names the address: it goes into logs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutgoingError {
    #[error("that is no address; give one like https://example.com/path")]
    Malformed,
    #[error("only https is asked; hosts of the own network are allowed in kronika.toml, under [outgoing]")]
    Scheme,
    #[error("an address must not carry a user name or password")]
    Credentials,
    #[error("the host is on a private network; the operator allows it in kronika.toml, under [outgoing]")]
    Refused,
    #[error("the host is not known")]
    Unknown,
    #[error("there was no answer in time")]
    TooSlow,
    #[error("no connection could be made")]
    Unreachable,
    #[error("the certificate of the host is not trusted")]
    Certificate,
    #[error("the answer is longer than {LARGEST} bytes")]
    TooLong,
    #[error("the connection broke before the answer was complete")]
    Broken,
    #[error(
        "{0:?} in kronika.toml, under [outgoing] allow, is neither a host name nor an address or network"
    )]
    Settings(String),
    #[error("the authorities in {0} could not be read; give certificates in PEM form")]
    Authorities(PathBuf),
}

/// Asks other servers.
pub struct Outgoing {
    guard: Guard,
    client: reqwest::Client,
}

impl Outgoing {
    pub fn new(settings: &Settings) -> Result<Outgoing, OutgoingError> {
        Outgoing::resolving_by(settings, Arc::new(System))
    }

    /// The same with another way to find the addresses of names.
    pub fn resolving_by(settings: &Settings, lookup: Arc<dyn Lookup>) -> Result<Outgoing, OutgoingError> {
        let guard = Guard::new(settings, lookup)?;
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls(settings)?)
            .dns_resolver(guard.clone())
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .no_proxy()
            .http1_only()
            .connect_timeout(CONNECT_WITHIN)
            .timeout(ANSWER_WITHIN)
            .pool_idle_timeout(IDLE)
            .build();
        let client = client.map_err(|_| OutgoingError::Unreachable)?;
        Ok(Outgoing { guard, client })
    }

    /// Reads an address that somebody entered, and refuses one that must not be asked. Its name is resolved: what is
    /// refused today is not kept for tomorrow. It is checked again whenever it is asked.
    pub async fn check(&self, url: &str) -> Result<Url, OutgoingError> {
        let url = self.guard.read(url)?;
        if let Some(Host::Domain(name)) = url.host() {
            let found = tokio::time::timeout(CONNECT_WITHIN, self.guard.addresses(name));
            found.await.map_err(|_| OutgoingError::Unknown)??;
        }
        Ok(url)
    }

    /// Asks, and gives whatever the server answers: any status, the headers, the body as far as it may be long.
    pub async fn request(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Vec<u8>>, OutgoingError> {
        let (parts, body) = request.into_parts();
        let url = self.guard.read(&parts.uri.to_string())?;
        let mut headers = parts.headers;
        headers.remove(HOST);
        headers.insert(USER_AGENT, http::HeaderValue::from_static(NAME));
        let asked = self.client.request(parts.method, url).headers(headers).body(body);
        let mut answer = asked.send().await.map_err(|error| why(&error))?;
        let mut bytes = Vec::new();
        while let Some(some) = answer.chunk().await.map_err(|error| why(&error))? {
            if bytes.len() + some.len() > LARGEST {
                return Err(OutgoingError::TooLong);
            }
            bytes.extend_from_slice(&some);
        }
        let mut response = http::Response::new(bytes);
        *response.status_mut() = answer.status();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        Ok(response)
    }
}

/// What the client's error is about.
fn why(error: &reqwest::Error) -> OutgoingError {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if let Some(ours) = inner.downcast_ref::<OutgoingError>() {
            return ours.clone();
        }
        if is_of_tls(inner) {
            return OutgoingError::Certificate;
        }
        cause = inner.source();
    }
    match error {
        error if error.is_timeout() => OutgoingError::TooSlow,
        error if error.is_connect() => OutgoingError::Unreachable,
        _ => OutgoingError::Broken,
    }
}

/// An error of TLS comes wrapped in errors of input and output, which do not name what they wrap as their source.
fn is_of_tls(error: &(dyn Error + 'static)) -> bool {
    let wrapped = error
        .downcast_ref::<std::io::Error>()
        .and_then(std::io::Error::get_ref);
    error.is::<rustls::Error>() || wrapped.is_some_and(|inner| is_of_tls(inner))
}

/// Trusts the authorities of the system, and those the operator names.
fn tls(settings: &Settings) -> Result<ClientConfig, OutgoingError> {
    let mut roots = RootCertStore::empty();
    // A system without any is no reason not to start: whoever is asked is then not trusted.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(path) = &settings.authorities {
        let unusable = || OutgoingError::Authorities(path.clone());
        let given: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(path)
            .and_then(Iterator::collect)
            .map_err(|_| unusable())?;
        if given.is_empty() {
            return Err(unusable());
        }
        for certificate in given {
            roots.add(certificate).map_err(|_| unusable())?;
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.map_err(|_| OutgoingError::Certificate)?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests;

//! Styles, scripts, fonts and icons, bundled at build time and served from memory.
//!
//! A file's name carries the hash of its content, so a browser may keep it for ever.

use axum::extract::Path;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};

/// One bundled file.
pub struct Asset {
    /// Its name without the hash: `main.css`.
    pub name: &'static str,
    /// Where it is served: `/assets/main-1A2B3C4D.css`.
    pub path: &'static str,
    mime: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

static ASSETS: &[Asset] = include!(env!("KRONIKA_ASSETS"));

/// The path of a bundled file, for a page to link to; empty for a name that was never bundled.
pub fn path(name: &str) -> &'static str {
    ASSETS
        .iter()
        .find(|asset| asset.name == name)
        .map_or("", |asset| asset.path)
}

/// `GET /assets/{file}`
pub async fn show(Path(file): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS
        .iter()
        .find(|asset| asset.path.strip_prefix("/assets/") == Some(&file))
    else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let accepted = headers
        .get(ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let (body, encoding) = asset.encoded(accepted);
    let mut known: Vec<(HeaderName, &str)> = vec![
        (CONTENT_TYPE, asset.mime),
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (VARY, "accept-encoding"),
    ];
    known.extend(encoding.map(|encoding| (CONTENT_ENCODING, encoding)));
    let mut response = body.into_response();
    for (name, value) in known {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

impl Asset {
    /// The smallest form the browser reads. A refusal (`br;q=0`) is honoured, other weights are not compared.
    fn encoded(&self, accepted: &str) -> (&'static [u8], Option<&'static str>) {
        let reads = |coding: &str| {
            accepted.split(',').any(|item| {
                let mut parts = item.split(';').map(str::trim);
                parts.next() == Some(coding) && !matches!(parts.next(), Some("q=0" | "q=0.0"))
            })
        };
        match (self.brotli, self.gzip) {
            (Some(bytes), _) if reads("br") => (bytes, Some("br")),
            (_, Some(bytes)) if reads("gzip") => (bytes, Some("gzip")),
            _ => (self.plain, None),
        }
    }
}

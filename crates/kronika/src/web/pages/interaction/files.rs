//! What of an interaction is given out as a file or a document of its own.

use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use kronika_intake::mail;
use serde::Deserialize;

use super::{attachment, preview, require};
use crate::access::Right;
use crate::access::log::LookKind;
use crate::archive::id::InteractionKey;
use crate::journal::receipt::receipt;
use crate::web::app::App;
use crate::web::asked::{Path, Query};
use crate::web::refusal::Refusal;
use crate::web::view::interaction as view;
use crate::web::view::{FRAME_POLICY, show as render};
use crate::web::visitor::SignedIn;

/// `GET /interactions/{interaction}/html`: the document inside the frame.
pub async fn html(
    user: SignedIn,
    State(app): State<App>,
    Path(key): Path<InteractionKey>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Read)?;
    let whole = require(&user, &app, &mut app.archive.db.read().await?, key).await?;
    let (captured, reading) = whole.read().ok_or_else(Refusal::not_found)?;
    let html = reading.html.ok_or_else(Refusal::not_found)?;
    let picture = |id: &str| {
        let part = captured
            .parts
            .iter()
            .find(|part| part.content_id.as_deref() == Some(id))?;
        let shown = preview(&part.media_type) == view::Preview::Picture;
        shown.then(|| format!("/interactions/{key}/parts/{}?preview=1", part.number))
    };
    let mut response = render(&view::Frame {
        html: mail::sanitised(&html, &picture).html,
    });
    response
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(FRAME_POLICY));
    Ok(response)
}

/// `GET /interactions/{interaction}/original`
pub async fn original(
    user: SignedIn,
    State(app): State<App>,
    Path(key): Path<InteractionKey>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Read)?;
    let whole = require(&user, &app, &mut app.archive.db.read().await?, key).await?;
    user.log(&app, LookKind::Original, (None, Some(key)), "").await?;
    Ok(download("message/rfc822", &format!("{key}.eml"), whole.original))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct PartAsked {
    preview: String,
}

/// `GET /interactions/{interaction}/parts/{number}`: to keep, or with `preview=1` to look at.
pub async fn part(
    user: SignedIn,
    State(app): State<App>,
    Path((key, number)): Path<(InteractionKey, String)>,
    Query(asked): Query<PartAsked>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Read)?;
    let whole = require(&user, &app, &mut app.archive.db.read().await?, key).await?;
    let (facts, bytes) = whole.part(&number).ok_or_else(Refusal::not_found)?;
    let name = attachment(facts).name;
    user.log(&app, LookKind::Part, (None, Some(key)), &name).await?;
    if asked.preview.is_empty() || preview(&facts.media_type) == view::Preview::None {
        return Ok(download("application/octet-stream", &name, bytes.into_owned()));
    }
    let media_type = match facts.media_type.as_str() {
        "text/plain" => "text/plain; charset=utf-8",
        other => other,
    };
    let bytes = match facts.media_type.as_str() {
        "text/plain" => mail::unlabelled_text(&bytes).into_owned().into_bytes(),
        _ => bytes.into_owned(),
    };
    let mut response = with_type(media_type, bytes);
    // A document that was sent to us gets no rights of this site.
    let alone =
        "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox";
    let policy = if facts.media_type == "application/pdf" {
        "default-src 'none'; frame-ancestors 'self'"
    } else {
        alone
    };
    response
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    Ok(response)
}

/// `GET /interactions/{interaction}/proof`: a receipt, which proves the original offline (C2SP tlog-proof).
pub async fn proof(
    user: SignedIn,
    State(app): State<App>,
    Path(key): Path<InteractionKey>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Read)?;
    let conn = &mut app.archive.db.read().await?;
    let whole = require(&user, &app, conn, key).await?;
    let receipt = receipt(&app.archive, conn, whole.original_record).await?;
    let receipt = receipt.ok_or_else(Refusal::not_found)?;
    user.log(&app, LookKind::Proof, (None, Some(key)), "").await?;
    Ok(download(
        "text/plain; charset=utf-8",
        &format!("{key}.tlog-proof"),
        receipt.into_bytes(),
    ))
}

fn with_type(media_type: &str, bytes: Vec<u8>) -> Response {
    let mut headers = HeaderMap::new();
    let fallback = HeaderValue::from_static("application/octet-stream");
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_str(media_type).unwrap_or(fallback),
    );
    (StatusCode::OK, headers, bytes).into_response()
}

/// A file to keep. Its name is given in ASCII and, for names in other letters, once more (RFC 6266).
fn download(media_type: &str, name: &str, bytes: Vec<u8>) -> Response {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_graphic() && c != '"' && c != '\\' {
                c
            } else {
                '_'
            }
        })
        .collect();
    let encoded: String = name
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_' => (byte as char).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect();
    let mut response = with_type(media_type, bytes);
    let value = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
    if let Ok(value) = HeaderValue::from_str(&value) {
        response.headers_mut().insert(CONTENT_DISPOSITION, value);
    }
    response.headers_mut().insert(
        HeaderName::from_static("x-download-options"),
        HeaderValue::from_static("noopen"),
    );
    response
}

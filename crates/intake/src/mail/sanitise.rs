//! HTML mail made safe to show.
//!
//! What comes out loads nothing from anywhere, runs nothing, submits nothing and stays in its place. A page should
//! still show it in a sandboxed frame with a content security policy of its own.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ammonia::{Builder, UrlRelative};
use sha2::{Digest, Sha256};

use super::style;
use super::{guard, html};

/// HTML that can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sanitised {
    pub html: String,
    /// The number of pictures and styles that would have been fetched from elsewhere. A picture's address is kept
    /// in its `data-blocked-src`.
    pub blocked_remote: usize,
    /// The document was too large or too deep to be laid out, and is shown as its text.
    pub simplified: bool,
}

/// Makes HTML mail safe. `cid_url` says where a picture with that Content-ID can be had, if anywhere.
#[must_use]
pub fn sanitised(html: &str, cid_url: &dyn Fn(&str) -> Option<String>) -> Sanitised {
    if !guard::can_be_laid_out(html) {
        let text = ammonia::clean_text(&html::text(html));
        return Sanitised {
            html: format!("<pre>{text}</pre>"),
            blocked_remote: 0,
            simplified: true,
        };
    }
    let marker = marker(html);
    let blocked = Arc::new(AtomicUsize::new(remote_in_style_sheets(html)));
    let filter = Filter {
        pictures: pictures(html, cid_url),
        marker: marker.clone(),
        blocked: Arc::clone(&blocked),
    };
    let mut builder = builder();
    builder.add_url_schemes([marker.as_str()]);
    builder.attribute_filter(move |element, attribute, value| filter.attribute(element, attribute, value));
    let clean = builder.clean(html).to_string();
    Sanitised {
        html: clean.replace(&format!(" src=\"{marker}:"), " data-blocked-src=\""),
        blocked_remote: blocked.load(Ordering::Relaxed),
        simplified: false,
    }
}

/// A scheme that the document can't use by itself, since it is made from the whole of it.
fn marker(html: &str) -> String {
    let mut marker = String::from("blocked-");
    for byte in Sha256::digest(html).iter().take(12) {
        let _ = write!(marker, "{byte:02x}");
    }
    marker
}

fn builder<'a>() -> Builder<'a> {
    let mut builder = Builder::default();
    builder
        .add_tags(["font", "big", "tfoot", "address"])
        .add_generic_attributes(["style", "dir", "align"])
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "data", "cid"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer"))
        .set_tag_attribute_value("a", "target", "_blank")
        .rm_tags(["map", "area"]);
    let cell = ["width", "height", "bgcolor", "valign", "background", "nowrap"];
    for tag in ["table", "tr", "td", "th"] {
        builder.add_tag_attributes(tag, cell);
    }
    builder.add_tag_attributes("table", ["border", "cellpadding", "cellspacing"]);
    builder.add_tag_attributes("font", ["color", "face", "size"]);
    builder
}

/// What becomes of each attribute that may stay at all.
struct Filter {
    /// Content-IDs of pictures, as they are written after `cid:`, and where they can be had.
    pictures: HashMap<String, String>,
    marker: String,
    blocked: Arc<AtomicUsize>,
}

impl Filter {
    fn attribute<'u>(&self, element: &str, attribute: &str, value: &'u str) -> Option<Cow<'u, str>> {
        match attribute {
            "src" if element == "img" => self.picture(value.trim()),
            "href" => is_link(value).then_some(Cow::Borrowed(value)),
            "background" => {
                self.blocked.fetch_add(1, Ordering::Relaxed);
                None
            }
            "style" => {
                self.blocked
                    .fetch_add(style::remote_references(value), Ordering::Relaxed);
                Some(style::safe(value))
                    .filter(|style| !style.is_empty())
                    .map(Cow::Owned)
            }
            // Addresses in any other place lead nowhere good.
            "src" | "cite" | "ping" | "poster" => None,
            _ => Some(Cow::Borrowed(value)),
        }
    }

    fn picture<'u>(&self, source: &'u str) -> Option<Cow<'u, str>> {
        if let Some(id) = strip_prefix_any_case(source, "cid:") {
            return self.pictures.get(id).cloned().map(Cow::Owned);
        }
        let embedded = ["png", "jpeg", "jpg", "gif", "webp", "bmp"];
        if let Some(data) = strip_prefix_any_case(source, "data:image/") {
            let known = embedded
                .iter()
                .any(|kind| data.strip_prefix(kind).is_some_and(|rest| rest.starts_with(';')));
            return known.then_some(Cow::Borrowed(source));
        }
        let remote = ["http:", "https:", "//"]
            .iter()
            .any(|start| strip_prefix_any_case(source, start).is_some());
        if !remote {
            return None;
        }
        self.blocked.fetch_add(1, Ordering::Relaxed);
        Some(Cow::Owned(format!("{}:{source}", self.marker)))
    }
}

fn is_link(address: &str) -> bool {
    ["http:", "https:", "mailto:", "tel:"]
        .iter()
        .any(|start| strip_prefix_any_case(address.trim(), start).is_some())
}

fn strip_prefix_any_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// Every Content-ID the document mentions and `cid_url` knows.
fn pictures(html: &str, cid_url: &dyn Fn(&str) -> Option<String>) -> HashMap<String, String> {
    const MAX_ID_BYTES: usize = 256;
    let mut found = HashMap::new();
    for (at, _) in html.match_indices(':') {
        let before = html.get(..at).unwrap_or_default();
        if !before
            .as_bytes()
            .last_chunk::<3>()
            .is_some_and(|name| name.eq_ignore_ascii_case(b"cid"))
        {
            continue;
        }
        let rest = html.get(at + 1..).unwrap_or_default();
        let end = rest
            .find(['"', '\'', '>', ' ', '\n'])
            .filter(|end| *end <= MAX_ID_BYTES);
        let Some(id) = end.and_then(|end| rest.get(..end)) else {
            continue;
        };
        if let Some(url) = cid_url(&unescaped(id)) {
            found.insert(id.replace("&amp;", "&"), url);
        }
    }
    found
}

/// A Content-ID as its header has it: without percent-encoding (RFC 2392).
fn unescaped(id: &str) -> String {
    id.replace("&amp;", "&")
        .replace("%40", "@")
        .replace("%24", "$")
        .replace("%25", "%")
}

/// References in `<style>` and `<link>`, all of which are dropped.
fn remote_in_style_sheets(html: &str) -> usize {
    let lower = html.to_ascii_lowercase();
    let links = lower.split("<link").skip(1).filter(|rest| {
        rest.split('>')
            .next()
            .is_some_and(|tag| tag.contains("stylesheet") && tag.contains("href"))
    });
    let sheets = lower
        .split("<style")
        .skip(1)
        .map(|rest| rest.split("</style").next().unwrap_or_default());
    links.count() + sheets.map(style::remote_references).sum::<usize>()
}

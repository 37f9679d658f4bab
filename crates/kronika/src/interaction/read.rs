//! Reading what is recorded.

use super::PartFacts;

/// Endings of files whose text is read for the search index.
const READABLE: &[&str] = &[
    "csv", "docx", "eml", "htm", "html", "ics", "md", "odp", "ods", "odt", "pdf", "pptx", "rtf", "txt", "xls", "xlsm",
    "xlsx", "xml",
];

/// Media types of such files, for when the name says nothing.
const READABLE_TYPES: &[&str] =
    &["application/pdf", "application/rtf", "message/rfc822", "text/calendar", "text/csv", "text/html", "text/plain"];

/// What becomes of an attachment's text: `pending` until it is read for the search index, `none` when there is
/// nothing to read.
pub fn text_state(part: &PartFacts) -> &'static str {
    let ending = part.filename.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    let by_name = ending.is_some_and(|ending| READABLE.contains(&ending.as_str()));
    if by_name || READABLE_TYPES.contains(&part.media_type.as_str()) { "pending" } else { "none" }
}

//! Reading what is recorded.

use super::PartFacts;

/// What becomes of an attachment's text: `pending` until it is read for the search index, `none` when there is
/// nothing to read.
pub fn text_state(part: &PartFacts) -> &'static str {
    if kronika_intake::document::has_text(&part.media_type, &part.filename) { "pending" } else { "none" }
}

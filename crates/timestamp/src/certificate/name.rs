//! Whether two names are the same (RFC 5280 §7.1).

use der::{Tag, Tagged};
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::name::Name;

/// Whether two names are the same: part by part of equal type, and of equal text however it is encoded, in whatever
/// case of ASCII, with spaces counted once.
///
/// A name only finds a certificate; the signature decides whether it is the right one.
pub(crate) fn same_name(one: &Name, other: &Name) -> bool {
    let (mut left, mut right) = (one.iter_rdn(), other.iter_rdn());
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (Some(left), Some(right)) if left.len() == right.len() => {
                if !left
                    .iter()
                    .zip(right.iter())
                    .all(|(left, right)| same_part(left, right))
                {
                    return false;
                }
            }
            _ => return false,
        }
    }
}

fn same_part(left: &AttributeTypeAndValue, right: &AttributeTypeAndValue) -> bool {
    let text = |part| Some(folded(text(part)?));
    left.oid == right.oid
        && (left.value == right.value || text(left).is_some_and(|folded| text(right) == Some(folded)))
}

/// The text of a value in one of the encodings that agree with UTF-8.
fn text(part: &AttributeTypeAndValue) -> Option<&str> {
    match part.value.tag() {
        Tag::Utf8String | Tag::PrintableString | Tag::Ia5String => {
            std::str::from_utf8(part.value.value()).ok()
        }
        _ => None,
    }
}

fn folded(text: &str) -> String {
    let words: Vec<_> = text.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ").to_ascii_lowercase()
}

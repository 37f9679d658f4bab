//! Addresses with a query, built so that empty values leave no trace in them.

use form_urlencoded::Serializer;

/// `path?name=value&…` of the values that are not empty; just the path when all are.
pub fn link(path: &str, values: &[(&str, &str)]) -> String {
    let filled = values.iter().filter(|(_, value)| !value.is_empty());
    let query = Serializer::new(String::new()).extend_pairs(filled).finish();
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    }
}

/// A choice shown as a small rounded link: pressed when it is in force, and then leading out of it.
#[derive(Clone, Debug)]
pub struct Chip {
    /// The key of its text.
    pub key: &'static str,
    /// The name of its icon; empty for none.
    pub icon: &'static str,
    pub count: Option<u64>,
    pub on: bool,
    pub href: String,
}

//! Style attributes, reduced to how text looks.

/// Properties that can change the look of a passage, and neither its place on the page nor anything outside.
const PROPERTIES: [&str; 47] = [
    "color",
    "background-color",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "font-variant",
    "text-align",
    "text-decoration",
    "text-indent",
    "text-transform",
    "line-height",
    "letter-spacing",
    "word-spacing",
    "white-space",
    "vertical-align",
    "direction",
    "display",
    "width",
    "height",
    "max-width",
    "min-width",
    "max-height",
    "margin",
    "margin-top",
    "margin-right",
    "margin-bottom",
    "margin-left",
    "padding",
    "padding-top",
    "padding-right",
    "padding-bottom",
    "padding-left",
    "border",
    "border-top",
    "border-right",
    "border-bottom",
    "border-left",
    "border-color",
    "border-style",
    "border-width",
    "border-radius",
    "border-collapse",
    "border-spacing",
    "list-style-type",
    "table-layout",
];
const FUNCTIONS: [&str; 4] = ["rgb", "rgba", "hsl", "hsla"];
const MAX_BYTES: usize = 8 * 1024;

/// The declarations of a style that are safe.
pub(super) fn safe(style: &str) -> String {
    let mut kept = String::new();
    if style.len() > MAX_BYTES {
        return kept;
    }
    for declaration in style.split(';') {
        let Some((property, value)) = declaration.split_once(':') else {
            continue;
        };
        let (property, value) = (property.trim().to_ascii_lowercase(), value.trim());
        if PROPERTIES.contains(&property.as_str()) && is_safe(&property, value) {
            if !kept.is_empty() {
                kept.push(';');
            }
            kept.push_str(&property);
            kept.push(':');
            kept.push_str(value);
        }
    }
    kept
}

/// No escapes, no comments, no functions but colours, and nothing that pulls a box out of its place.
fn is_safe(property: &str, value: &str) -> bool {
    let plain = value
        .chars()
        .all(|c| c.is_alphanumeric() || " #%.,'\"()!-+_".contains(c));
    let functions = value.match_indices('(').all(|(at, _)| {
        let before = value.get(..at).unwrap_or_default();
        let name = before
            .rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .next()
            .unwrap_or_default();
        FUNCTIONS.contains(&name.to_ascii_lowercase().as_str())
    });
    let shifts = property.starts_with("margin") || property == "text-indent";
    let negative = value.starts_with('-') || value.contains(" -");
    plain && functions && !(shifts && negative)
}

/// How many things a style would fetch from elsewhere.
pub(super) fn remote_references(style: &str) -> usize {
    let lower = style.to_ascii_lowercase();
    let remote = lower.split("url(").skip(1).filter(|rest| {
        let address = rest.trim_start_matches(['"', '\'', ' ', '\t', '\n']);
        !address.starts_with("data:") && !address.starts_with("cid:")
    });
    let imports = lower
        .split("@import")
        .skip(1)
        .filter(|rest| !rest.trim_start().starts_with("url("));
    remote.count() + imports.count()
}

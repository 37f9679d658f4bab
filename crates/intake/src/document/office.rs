//! Word processing documents and slides: OOXML and OpenDocument.

use super::xml::{self, Rules};
use super::{DocumentError, Kind, Package};

const WORD: Rules = Rules {
    text: &["t"],
    line: &["p", "tr"],
    cell: &["tc"],
    hidden: &["Fallback", "delText", "instrText"],
};
const SLIDES: Rules = Rules {
    text: &["t"],
    line: &["p", "tr"],
    cell: &["tc"],
    hidden: &["Fallback"],
};
const OPEN_DOCUMENT: Rules = Rules {
    text: &["p", "h"],
    line: &["p", "h", "table-row"],
    cell: &["table-cell"],
    hidden: &["tracked-changes", "script"],
};

/// The text of a document's parts, in reading order as far as their names tell.
pub(super) fn text(kind: Kind, package: &mut Package<'_>) -> Result<String, DocumentError> {
    let names = package.names();
    let (rules, parts) = match kind {
        Kind::Word => (
            WORD,
            ordered(
                &names,
                &[
                    "word/document",
                    "word/footnotes",
                    "word/endnotes",
                    "word/comments",
                    "word/header",
                    "word/footer",
                ],
            ),
        ),
        Kind::Slides => (
            SLIDES,
            ordered(
                &names,
                &["ppt/slides/slide", "ppt/notesSlides/notesSlide", "ppt/comments/"],
            ),
        ),
        _ if names.iter().any(|name| name == "META-INF/manifest.xml") => {
            let manifest = package.part("META-INF/manifest.xml")?.unwrap_or_default();
            if manifest.contains("encryption-data") {
                return Err(DocumentError::Encrypted);
            }
            (OPEN_DOCUMENT, vec!["content.xml".to_owned()])
        }
        _ => (OPEN_DOCUMENT, vec!["content.xml".to_owned()]),
    };
    if parts.is_empty() {
        return Err(DocumentError::Damaged {
            reason: "it has no part with text".into(),
        });
    }
    let mut out = String::new();
    for name in parts {
        if let Some(part) = package.part(&name)? {
            xml::append(&part, &rules, &mut out, package.limit);
        }
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
    }
    Ok(out)
}

/// The parts that start with one of the prefixes, in the order of the prefixes and then of their numbers.
pub(super) fn ordered(names: &[String], prefixes: &[&str]) -> Vec<String> {
    let mut found: Vec<(usize, u32, &String)> = Vec::new();
    for name in names {
        let stem = name.strip_suffix(".xml");
        let matching = prefixes
            .iter()
            .enumerate()
            .find_map(|(at, prefix)| Some((at, stem?.strip_prefix(prefix)?)));
        if let Some((at, rest)) = matching.filter(|(_, rest)| !rest.contains('/')) {
            let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
            found.push((at, digits.parse().unwrap_or(0), name));
        }
    }
    found.sort();
    found.into_iter().map(|(.., name)| name.clone()).collect()
}

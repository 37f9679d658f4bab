//! Spreadsheets in OOXML: the texts and numbers of their cells, cell by cell. Dates are the numbers they are kept as.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::office::ordered;
use super::xml::character;
use super::{DocumentError, Package};

/// The cells of all sheets: tabs between them, a line for each row.
pub(super) fn text(package: &mut Package<'_>) -> Result<String, DocumentError> {
    let names = package.names();
    let sheets = ordered(
        &names,
        &["xl/worksheets/sheet", "xl/comments", "xl/comments/comment"],
    );
    if sheets.is_empty() {
        return Err(DocumentError::Damaged {
            reason: "it has no sheet".into(),
        });
    }
    let shared = package.part("xl/sharedStrings.xml")?.unwrap_or_default();
    let mut strings = Strings(Vec::new());
    walk(&shared, &mut strings, usize::MAX);
    let mut cells = Cells {
        out: String::new(),
        shared: &strings.0,
        kind: CellKind::Plain,
    };
    for name in sheets {
        let xml = package.part(&name)?.unwrap_or_default();
        walk(&xml, &mut cells, package.limit);
        if !cells.out.is_empty() && !cells.out.ends_with('\n') {
            cells.out.push('\n');
        }
    }
    Ok(cells.out)
}

/// Somebody to whom the elements of a part are read out.
trait Listener {
    fn start(&mut self, element: &BytesStart<'_>);
    fn end(&mut self, name: &str, text: &str);
    fn size(&self) -> usize;
}

/// Reads a part out, with the text of `t` and `v` elements, until the listener has `limit` bytes.
fn walk(xml: &str, listener: &mut dyn Listener, limit: usize) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut text = String::new();
    let (mut inside, mut phonetic) = (false, false);
    while listener.size() < limit {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                let name = element.local_name().into_inner();
                inside |= matches!(name, "t" | "v");
                phonetic |= name == "rPh";
                listener.start(&element);
            }
            Ok(Event::End(element)) => {
                let name = element.local_name().into_inner();
                listener.end(name, &text);
                if matches!(name, "t" | "v") {
                    inside = false;
                    text.clear();
                }
                phonetic &= name != "rPh";
            }
            Ok(Event::Empty(element)) => {
                listener.start(&element);
                listener.end(element.local_name().into_inner(), "");
            }
            Ok(Event::Text(more)) if inside && !phonetic => text.push_str(&more.into_inner()),
            Ok(Event::GeneralRef(reference)) if inside && !phonetic => text.push(character(&reference)),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// The shared strings.
struct Strings(Vec<String>);

impl Listener for Strings {
    fn start(&mut self, element: &BytesStart<'_>) {
        if element.local_name().into_inner() == "si" {
            self.0.push(String::new());
        }
    }

    fn end(&mut self, name: &str, text: &str) {
        if name == "t"
            && let Some(last) = self.0.last_mut()
        {
            last.push_str(text);
        }
    }

    fn size(&self) -> usize {
        0
    }
}

enum CellKind {
    /// A number, a text of its own, or the outcome of a formula.
    Plain,
    /// The number of a shared string.
    Shared,
}

struct Cells<'s> {
    out: String,
    shared: &'s [String],
    kind: CellKind,
}

impl Listener for Cells<'_> {
    fn start(&mut self, element: &BytesStart<'_>) {
        if element.local_name().into_inner() == "c" {
            let shared = element
                .attributes()
                .flatten()
                .any(|a| a.key.as_ref() == "t" && &*a.value == "s");
            self.kind = if shared { CellKind::Shared } else { CellKind::Plain };
        }
    }

    fn end(&mut self, name: &str, text: &str) {
        match (name, &self.kind) {
            ("v", CellKind::Shared) => {
                let string = text
                    .trim()
                    .parse()
                    .ok()
                    .and_then(|index: usize| self.shared.get(index));
                self.out.push_str(string.map_or("", String::as_str));
            }
            ("v" | "t", _) => self.out.push_str(text),
            ("c", _) => self.out.push('\t'),
            ("row" | "comment", _) => {
                self.out.truncate(self.out.trim_end_matches('\t').len());
                if !self.out.is_empty() && !self.out.ends_with('\n') {
                    self.out.push('\n');
                }
            }
            _ => {}
        }
    }

    fn size(&self) -> usize {
        self.out.len()
    }
}

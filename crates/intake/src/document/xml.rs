//! The text in XML, by the meaning of its elements.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};

/// What the elements of a format mean, by their names without prefixes.
#[derive(Clone, Copy)]
pub(super) struct Rules {
    /// Text stands in these.
    pub text: &'static [&'static str],
    /// A line ends with these.
    pub line: &'static [&'static str],
    /// A cell ends with these; lines within it are joined.
    pub cell: &'static [&'static str],
    /// What is in these is not shown.
    pub hidden: &'static [&'static str],
}

/// Appends the text of an XML document, until there are `limit` bytes or the XML breaks.
pub(super) fn append(xml: &str, rules: &Rules, out: &mut String, limit: usize) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    let mut walk = Walk {
        rules,
        out,
        text: 0,
        cells: 0,
        hidden: 0,
    };
    while walk.out.len() < limit {
        match reader.read_event() {
            Ok(Event::Start(element)) => walk.start(element.local_name().into_inner()),
            Ok(Event::End(element)) => walk.end(element.local_name().into_inner()),
            Ok(Event::Empty(element)) => {
                walk.start(element.local_name().into_inner());
                walk.end(element.local_name().into_inner());
            }
            Ok(Event::Text(text)) => walk.push(&text.into_inner()),
            Ok(Event::CData(text)) => walk.push(&text.into_inner()),
            Ok(Event::GeneralRef(reference)) => {
                let mut buffer = [0; 4];
                walk.push(character(&reference).encode_utf8(&mut buffer));
            }
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// What `&amp;` or `&#322;` stands for.
pub(super) fn character(reference: &BytesRef<'_>) -> char {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c;
    }
    match &*reference.clone().into_inner() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

struct Walk<'w> {
    rules: &'w Rules,
    out: &'w mut String,
    text: usize,
    cells: usize,
    hidden: usize,
}

impl Walk<'_> {
    fn start(&mut self, name: &str) {
        self.text += usize::from(self.rules.text.contains(&name));
        self.cells += usize::from(self.rules.cell.contains(&name));
        self.hidden += usize::from(self.rules.hidden.contains(&name));
        match name {
            "tab" => self.out.push('\t'),
            "s" if self.text > 0 => self.out.push(' '),
            "br" | "cr" | "line-break" => self.break_line(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        self.text -= usize::from(self.rules.text.contains(&name)).min(self.text);
        self.hidden -= usize::from(self.rules.hidden.contains(&name)).min(self.hidden);
        if self.rules.cell.contains(&name) {
            self.cells = self.cells.saturating_sub(1);
            self.out.truncate(self.out.trim_end_matches(' ').len());
            self.out.push('\t');
        }
        if self.rules.line.contains(&name) {
            self.break_line();
        }
    }

    fn break_line(&mut self) {
        if self.cells > 0 {
            self.out.push(' ');
            return;
        }
        self.out.truncate(self.out.trim_end_matches([' ', '\t']).len());
        // Empty paragraphs are only space on paper.
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn push(&mut self, text: &str) {
        if self.text > 0 && self.hidden == 0 {
            self.out
                .extend(text.chars().map(|c| if c == '\n' || c == '\r' { ' ' } else { c }));
        }
    }
}

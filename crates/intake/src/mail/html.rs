//! HTML as plain text, in one pass, for reading, searching and quoting.
//!
//! Not a browser: no styles, no scripts, no tree. Blocks become lines, quotations get `>`, cells are tabbed. The
//! text is never more than about three times the size of the HTML.

use memchr::{memchr, memmem};

/// Quotations nested deeper are shown as this deep, so that prefixes can't outgrow the text.
const MAX_QUOTE_DEPTH: usize = 6;
const MAX_ENTITY_BYTES: usize = 32;

/// The text of an HTML document or fragment.
pub(super) fn text(html: &str) -> String {
    let mut out = Writer::default();
    let mut rest = html;
    while let Some(open) = memchr(b'<', rest.as_bytes()) {
        let (before, from_tag) = rest.split_at(open);
        out.text(before);
        rest = match Tag::at_start(from_tag) {
            Some((tag, after)) => {
                tag.write(&mut out);
                if tag.hides_content() {
                    tag.after_content(after)
                } else {
                    after
                }
            }
            None => match markup_end(from_tag) {
                Some(end) => from_tag.get(end..).unwrap_or_default(),
                None => {
                    out.char('<');
                    from_tag.get(1..).unwrap_or_default()
                }
            },
        };
    }
    out.text(rest);
    out.text
}

/// The end of a comment, declaration or processing instruction.
fn markup_end(text: &str) -> Option<usize> {
    if text.starts_with("<!--") {
        return Some(memmem::find(text.as_bytes(), b"-->").map_or(text.len(), |end| end + 3));
    }
    let is_markup = text.starts_with("<!") || text.starts_with("<?");
    is_markup.then(|| memchr(b'>', text.as_bytes()).map_or(text.len(), |end| end + 1))
}

/// The tags of a document, in order.
pub(super) fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            let from_tag = rest.get(memchr(b'<', rest.as_bytes())?..)?;
            if let Some((tag, after)) = Tag::at_start(from_tag) {
                rest = after;
                return Some(tag);
            }
            rest = from_tag.get(1..)?;
        }
    })
}

pub(super) struct Tag<'a> {
    pub name: &'a str,
    pub closing: bool,
    pub attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// The tag at the start of `text`, and what follows it.
    fn at_start(text: &'a str) -> Option<(Self, &'a str)> {
        let inner = text.get(1..)?;
        let (closing, inner) = inner
            .strip_prefix('/')
            .map_or((false, inner), |inner| (true, inner));
        if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let end = inner
            .find(|c: char| !c.is_ascii_alphanumeric() && c != ':')
            .unwrap_or(inner.len());
        let (name, rest) = inner.split_at(end);
        let end = tag_end(rest.as_bytes());
        let tag = Self {
            name,
            closing,
            attributes: rest.get(..end)?,
        };
        Some((tag, rest.get(end + 1..).unwrap_or_default()))
    }

    fn is(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.name.eq_ignore_ascii_case(name))
    }

    fn hides_content(&self) -> bool {
        !self.closing && self.is(&["script", "style", "title"])
    }

    /// What follows the end of an element whose content is no text.
    fn after_content<'t>(&self, mut text: &'t str) -> &'t str {
        while let Some(at) = memmem::find(text.as_bytes(), b"</") {
            text = text.get(at + 2..).unwrap_or_default();
            if text
                .get(..self.name.len())
                .is_some_and(|name| name.eq_ignore_ascii_case(self.name))
            {
                return memchr(b'>', text.as_bytes())
                    .and_then(|end| text.get(end + 1..))
                    .unwrap_or_default();
            }
        }
        ""
    }

    fn write(&self, out: &mut Writer) {
        if self.is(&["br", "hr"]) {
            out.hard_break();
        } else if self.is(&["blockquote"]) {
            out.gap(Gap::Paragraph);
            out.depth = if self.closing {
                out.depth.saturating_sub(1)
            } else {
                out.depth + 1
            };
        } else if self.is(&["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table"]) {
            out.gap(Gap::Paragraph);
        } else if self.is(&["pre", "textarea"]) {
            out.gap(Gap::Line);
            out.preformatted = !self.closing;
        } else if self.is(&["td", "th"]) {
            if self.closing {
                out.gap(Gap::Cell);
            }
        } else if self.is(&["li"]) && !self.closing {
            out.gap(Gap::Line);
            out.text("- ");
        } else if self.is(&[
            "div", "tr", "li", "dt", "dd", "section", "article", "header", "footer", "body", "form",
        ]) {
            out.gap(Gap::Line);
        } else if self.is(&["img"])
            && let Some(alt) = self.attribute("alt").filter(|alt| !alt.trim().is_empty())
        {
            out.text("[");
            out.text(alt.trim());
            out.text("]");
        }
    }

    fn attribute(&self, name: &str) -> Option<&'a str> {
        let lower = self.attributes.to_ascii_lowercase();
        let at = lower.find(&format!(" {name}="))? + name.len() + 2;
        let value = self.attributes.get(at..)?;
        match value.chars().next()? {
            quote @ ('"' | '\'') => value.get(1..)?.split(quote).next(),
            _ => value.split(|c: char| c.is_whitespace() || c == '/').next(),
        }
    }
}

/// Where a tag ends: the first `>` outside of quotes.
fn tag_end(bytes: &[u8]) -> usize {
    let mut quote = None;
    let mut after_equals = false;
    for (at, &byte) in bytes.iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') if after_equals => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        after_equals = byte == b'=' || (after_equals && byte.is_ascii_whitespace());
    }
    bytes.len()
}

/// What is owed before the next character.
#[derive(Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Cell,
    Line,
    Paragraph,
}

#[derive(Default)]
struct Writer {
    text: String,
    gap: Gap,
    depth: usize,
    preformatted: bool,
}

impl Writer {
    fn gap(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    /// A line break that was asked for; a second one makes an empty line.
    fn hard_break(&mut self) {
        self.gap = if self.gap >= Gap::Line {
            Gap::Paragraph
        } else {
            Gap::Line
        };
    }

    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = memchr(b'&', rest.as_bytes()) {
            let (before, entity) = rest.split_at(at);
            before.chars().for_each(|c| self.char(c));
            let end = entity
                .bytes()
                .take(MAX_ENTITY_BYTES)
                .position(|b| b == b';')
                .map_or(1, |end| end + 1);
            let (entity, after) = entity.split_at(end);
            decoded(entity).chars().for_each(|c| self.char(c));
            rest = after;
        }
        rest.chars().for_each(|c| self.char(c));
    }

    fn char(&mut self, c: char) {
        match c {
            // Invisible: soft hyphens, joiners of nothing, the padding newsletters put after their first line.
            '\u{AD}' | '\u{200B}' | '\u{34F}' | '\u{FEFF}' | '\u{2060}' => {}
            '\n' if self.preformatted => self.hard_break(),
            ' ' if self.preformatted => self.put(' '),
            c if c.is_whitespace() || c.is_control() => self.gap(Gap::Space),
            c => self.put(c),
        }
    }

    fn put(&mut self, c: char) {
        let gap = std::mem::take(&mut self.gap);
        let lines = if self.text.is_empty() {
            0
        } else {
            [0, 0, 0, 1, 2][gap as usize]
        };
        for _ in 0..lines {
            self.text.truncate(self.text.trim_end_matches([' ', '\t']).len());
            self.text.push('\n');
            self.prefix();
        }
        match gap {
            _ if self.text.is_empty() => self.prefix(),
            Gap::Space if !self.text.ends_with(['\n', ' ', '\t']) => self.text.push(' '),
            Gap::Cell => self.text.push('\t'),
            _ => {}
        }
        self.text.push(c);
    }

    fn prefix(&mut self) {
        let depth = self.depth.min(MAX_QUOTE_DEPTH);
        self.text.extend(std::iter::repeat_n('>', depth));
        if depth > 0 {
            self.text.push(' ');
        }
    }
}

/// What an entity such as `&nbsp;` or `&#322;` stands for; anything else stands for itself.
fn decoded(entity: &str) -> String {
    let mut out = String::new();
    let number = entity.strip_prefix("&#").and_then(|rest| rest.strip_suffix(';'));
    let number = number.and_then(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    });
    match number {
        // Numbers that Windows programs mean as bytes of their own charset.
        Some(byte @ 0x80..=0x9F) => {
            out.push_str(
                &encoding_rs::WINDOWS_1252
                    .decode_without_bom_handling(&[byte as u8])
                    .0,
            );
        }
        Some(number) => out.push(char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER)),
        None if entity.ends_with(';') => {
            mail_parser::decoders::html::add_html_token(&mut out, entity.as_bytes(), false)
        }
        None => out.push_str(entity),
    }
    out
}

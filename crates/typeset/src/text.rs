//! Texts of others, made printable: whatever they hold, the pages can be made, and nothing in them changes what is read.

use std::fmt::Write;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::font::Fonts;

/// Words longer than this may be broken anywhere.
const LONG_WORD: usize = 24;

/// Paragraphs longer than this, in characters, are laid out in pieces.
const LONG_PARAGRAPH: usize = 2_500;

/// How deep quotations are still told apart.
const DEEPEST: usize = 4;

/// Where a line may end, without a hyphen.
const MAY_BREAK: char = '\u{200B}';

/// How much is taken from texts so that they can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// What no font has.
    Usual,
    /// Also marks that go on other letters.
    NoMarks,
    /// Everything but Latin, Greek and Cyrillic letters and their signs.
    Plain,
}

/// Makes texts printable.
pub struct Printer<'a> {
    pub fonts: &'a Fonts,
    pub care: Care,
}

/// A paragraph of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paragraph {
    /// How deep it is quoted.
    pub depth: usize,
    /// Whether it goes on from the one before.
    pub goes_on: bool,
    /// Its lines.
    pub text: String,
}

impl Printer<'_> {
    /// A text in one line.
    pub fn line(&self, text: &str) -> String {
        let text = self.print(&text.replace(['\r', '\n', '\u{2028}', '\u{2029}'], " "));
        breakable(text.trim())
    }

    /// A text in one line of at most so many characters.
    pub fn short(&self, text: &str, most: usize) -> String {
        let start: String = text.chars().take(most + 1).collect();
        if start.chars().count() <= most {
            return self.line(text);
        }
        let cut: String = start.chars().take(most.saturating_sub(1)).collect();
        format!("{}…", self.line(&cut))
    }

    /// A text of many paragraphs, as mail writes them: with an empty line between, and `>` in front of quotations.
    pub fn paragraphs(&self, text: &str) -> Vec<Paragraph> {
        let text = text.replace("\r\n", "\n");
        let mut found: Vec<Paragraph> = Vec::new();
        let mut is_new = true;
        for line in text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
            let (depth, line) = unquoted(line);
            if line.trim().is_empty() {
                is_new = true;
                continue;
            }
            let line = breakable(self.print(line).trim_end());
            match found.last_mut() {
                Some(last) if !is_new && last.depth == depth => {
                    last.text.push('\n');
                    last.text.push_str(&line);
                }
                _ => found.push(Paragraph {
                    depth,
                    goes_on: false,
                    text: line,
                }),
            }
            is_new = false;
        }
        found.into_iter().flat_map(pieces).collect()
    }

    /// What can be printed of a text; the rest as numbers.
    fn print(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut unprintable: Option<(char, usize)> = None;
        for character in text.nfc() {
            if is_invisible(character) {
                continue;
            }
            let shown = self.shown(character);
            match (&mut unprintable, shown) {
                (Some((last, times)), None) if *last == character => *times += 1,
                (waiting, None) => push_number(&mut out, waiting.replace((character, 1))),
                (waiting, Some(shown)) => {
                    push_number(&mut out, waiting.take());
                    out.push(shown);
                }
            }
        }
        push_number(&mut out, unprintable);
        out
    }

    /// What stands for a character on paper; nothing if it cannot stand there.
    fn shown(&self, character: char) -> Option<char> {
        if character == '\t' || (character.is_whitespace() && !self.fonts.has(character)) {
            return Some(' ');
        }
        let is_fit = match self.care {
            Care::Usual => true,
            Care::NoMarks => !is_combining_mark(character),
            Care::Plain => is_plain(character),
        };
        let is_shown = is_fit
            && !character.is_control()
            && !turns_direction(character)
            && !is_private(character)
            && self.fonts.has(character);
        is_shown.then_some(character)
    }
}

fn push_number(out: &mut String, unprintable: Option<(char, usize)>) {
    let Some((character, times)) = unprintable else {
        return;
    };
    // Writing to a string cannot fail.
    let _ = match times {
        1 => write!(out, "[U+{:04X}]", u32::from(character)),
        _ => write!(out, "[U+{:04X} ×{times}]", u32::from(character)),
    };
}

/// The depth of a quotation, and the line without its marks.
fn unquoted(line: &str) -> (usize, &str) {
    let mut depth = 0;
    let mut rest = line;
    while let Some(inner) = rest.trim_start_matches(' ').strip_prefix('>') {
        depth += 1;
        rest = inner;
    }
    if depth == 0 {
        return (0, line);
    }
    (depth.min(DEEPEST), rest.strip_prefix(' ').unwrap_or(rest))
}

/// A paragraph in pieces that are quickly laid out, parted at spaces where there are some.
fn pieces(paragraph: Paragraph) -> Vec<Paragraph> {
    let mut pieces = Vec::new();
    let mut rest = paragraph.text.as_str();
    while let Some((limit, _)) = rest.char_indices().nth(LONG_PARAGRAPH) {
        let start = &rest[..limit];
        let end = start.rfind([' ', '\n', MAY_BREAK]).filter(|end| *end > limit / 2);
        let (piece, after) = rest.split_at(end.unwrap_or(limit));
        pieces.push(piece);
        rest = after.trim_start_matches([' ', '\n', MAY_BREAK]);
    }
    pieces.push(rest);
    let depth = paragraph.depth;
    let piece = |(place, text): (usize, &str)| Paragraph {
        depth,
        goes_on: place > 0,
        text: text.to_owned(),
    };
    pieces.into_iter().enumerate().map(piece).collect()
}

/// The text, with places in its long words where a line may end.
fn breakable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(char::is_whitespace) {
        if word.chars().count() <= LONG_WORD {
            out.push_str(word);
            continue;
        }
        let mut since = 0;
        for character in word.chars() {
            // A mark stays with its letter.
            if since >= LONG_WORD && !is_combining_mark(character) {
                out.push(MAY_BREAK);
                since = 0;
            }
            out.push(character);
            since += 1;
            if since > 2 && "/.-_@?&=,;:+".contains(character) {
                out.push(MAY_BREAK);
                since = 0;
            }
        }
    }
    out
}

/// Whether paper shows nothing of it, so that nothing is lost without it.
fn is_invisible(character: char) -> bool {
    matches!(u32::from(character),
        0xAD | 0x34F | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200D | 0x2060..=0x2064
        | 0x3164 | 0xFE00..=0xFE0F | 0xFEFF | 0xFFA0 | 0x1D173..=0x1D17A | 0xE0000..=0xE0FFF)
}

/// Whether it changes the order in which others are read.
fn turns_direction(character: char) -> bool {
    matches!(u32::from(character), 0x61C | 0x200E..=0x200F | 0x202A..=0x202E | 0x2066..=0x206F)
}

fn is_private(character: char) -> bool {
    matches!(u32::from(character), 0xE000..=0xF8FF | 0xFFF9..=0xFFFF | 0xF0000..)
}

fn is_plain(character: char) -> bool {
    matches!(u32::from(character), 0x20..=0x24F | 0x370..=0x3FF | 0x400..=0x52F | 0x2010..=0x2026 | 0x20A0..=0x20BF)
}

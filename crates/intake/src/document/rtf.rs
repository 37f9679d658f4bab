//! The text of RTF: groups, control words and the charsets of fonts; everything about looks is passed over.

use std::collections::HashMap;

use encoding_rs::{Encoding, WINDOWS_1252};

/// Groups that hold no text of the document.
const HIDDEN: [&str; 22] = [
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "objdata",
    "themedata",
    "colorschememapping",
    "datastore",
    "latentstyles",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "xmlnstbl",
    "fldinst",
    "bkmkstart",
    "bkmkend",
    "mmathPr",
    "filetbl",
    "revtbl",
    "pgptbl",
];
const MAX_DEPTH: usize = 1_000;

/// The text, at most about `limit` bytes of it.
pub(super) fn text(rtf: &[u8], limit: usize) -> String {
    let mut reader = Reader {
        out: String::new(),
        pending: Vec::new(),
        ..Reader::default()
    };
    let mut rest = rtf;
    while reader.out.len() < limit
        && let [first, after @ ..] = rest
    {
        rest = match first {
            b'{' => {
                reader.open();
                after
            }
            b'}' => {
                reader.close();
                after
            }
            b'\\' => reader.control(after),
            b'\r' | b'\n' => after,
            byte => {
                reader.byte(*byte);
                after
            }
        };
    }
    reader.flush();
    reader.out
}

#[derive(Clone, Copy)]
struct Group {
    hidden: bool,
    fonts: bool,
    /// Characters that stand after `\u` for readers that don't know it.
    substitutes: usize,
    encoding: &'static Encoding,
}

impl Default for Group {
    fn default() -> Self {
        Self {
            hidden: false,
            fonts: false,
            substitutes: 1,
            encoding: WINDOWS_1252,
        }
    }
}

#[derive(Default)]
struct Reader {
    out: String,
    /// Bytes of the current charset, not decoded yet: a character may take two.
    pending: Vec<u8>,
    group: Group,
    outer: Vec<Group>,
    fonts: HashMap<i32, &'static Encoding>,
    font: i32,
    skip: usize,
    /// The group has just begun: only then does `\\*` mean that all of it may be passed over.
    fresh: bool,
    high_surrogate: Option<u16>,
}

impl Reader {
    fn open(&mut self) {
        self.flush();
        self.fresh = true;
        if self.outer.len() < MAX_DEPTH {
            self.outer.push(self.group);
        }
    }

    fn close(&mut self) {
        self.flush();
        self.skip = 0;
        self.group = self.outer.pop().unwrap_or_default();
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            self.out
                .push_str(&self.group.encoding.decode_without_bom_handling(&self.pending).0);
            self.pending.clear();
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if !self.group.hidden && !self.group.fonts {
            self.pending.push(byte);
        }
    }

    fn char(&mut self, c: char) {
        self.flush();
        if !self.group.hidden && !self.group.fonts {
            self.out.push(c);
        }
    }

    /// What follows a backslash; gives the rest.
    fn control<'a>(&mut self, rest: &'a [u8]) -> &'a [u8] {
        let fresh = std::mem::take(&mut self.fresh);
        let letters = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        if letters == 0 {
            return self.symbol(rest, fresh);
        }
        let (word, after) = rest.split_at(letters);
        let sign = usize::from(after.first() == Some(&b'-'));
        let digits = after
            .iter()
            .skip(sign)
            .take(10)
            .take_while(|b| b.is_ascii_digit())
            .count();
        let (number, after) = after.split_at(if digits > 0 { sign + digits } else { 0 });
        let number = std::str::from_utf8(number)
            .ok()
            .and_then(|number| number.parse::<i32>().ok());
        let after = after.strip_prefix(b" ").unwrap_or(after);
        let word = std::str::from_utf8(word).unwrap_or_default();
        self.word(word, number);
        if word == "bin" {
            let length = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            return after.get(length..).unwrap_or_default();
        }
        after
    }

    fn symbol<'a>(&mut self, rest: &'a [u8], fresh: bool) -> &'a [u8] {
        match rest {
            [b'\'', high, low, after @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                let digits = [*high, *low];
                let byte = std::str::from_utf8(&digits)
                    .ok()
                    .and_then(|hex| u8::from_str_radix(hex, 16).ok());
                self.byte(byte.unwrap_or(b'?'));
                after
            }
            [b'*', after @ ..] => {
                self.group.hidden |= fresh;
                after
            }
            [b'~', after @ ..] => {
                self.char(' ');
                after
            }
            [b'_', after @ ..] => {
                self.char('-');
                after
            }
            [b'\n' | b'\r', after @ ..] => {
                self.char('\n');
                after
            }
            [byte @ (b'\\' | b'{' | b'}'), after @ ..] => {
                self.byte(*byte);
                after
            }
            [_, after @ ..] => after,
            [] => rest,
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        match word {
            "par" | "line" | "row" | "sect" | "page" => self.char('\n'),
            "tab" | "cell" => self.char('\t'),
            "emdash" => self.char('—'),
            "endash" => self.char('–'),
            "bullet" => self.char('•'),
            "lquote" | "rquote" => self.char('\''),
            "ldblquote" | "rdblquote" => self.char('"'),
            "u" => self.unit(number.unwrap_or(0)),
            "uc" => self.group.substitutes = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16),
            "ansicpg" => self.use_encoding(code_page(number)),
            "fonttbl" => self.group.fonts = true,
            "f" if self.group.fonts => self.font = number.unwrap_or(0),
            "fcharset" if self.group.fonts => {
                if let Some(encoding) = font_charset(number) {
                    self.fonts.insert(self.font, encoding);
                }
            }
            "f" => self.use_encoding(self.fonts.get(&number.unwrap_or(0)).copied()),
            _ if HIDDEN.contains(&word) => {
                self.flush();
                self.group.hidden = true;
            }
            _ => {}
        }
    }

    fn use_encoding(&mut self, encoding: Option<&'static Encoding>) {
        self.flush();
        self.group.encoding = encoding.unwrap_or(self.group.encoding);
    }

    /// A UTF-16 unit, written as a signed number.
    fn unit(&mut self, number: i32) {
        let unit = (number & 0xFFFF) as u16;
        self.skip = self.group.substitutes;
        match (self.high_surrogate.take(), unit) {
            (_, 0xD800..=0xDBFF) => self.high_surrogate = Some(unit),
            (Some(high), 0xDC00..=0xDFFF) => {
                let c = char::decode_utf16([high, unit]).next().and_then(Result::ok);
                self.char(c.unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            _ => self.char(char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER)),
        }
    }
}

fn code_page(number: Option<i32>) -> Option<&'static Encoding> {
    let label = match number? {
        932 => "shift_jis".into(),
        936 => "gbk".into(),
        949 => "euc-kr".into(),
        950 => "big5".into(),
        10000 => "macintosh".into(),
        866 => "ibm866".into(),
        page => format!("windows-{page}"),
    };
    Encoding::for_label(label.as_bytes())
}

/// The charsets of Windows fonts.
fn font_charset(number: Option<i32>) -> Option<&'static Encoding> {
    let page = match number? {
        0 => 1252,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    };
    code_page(Some(page))
}

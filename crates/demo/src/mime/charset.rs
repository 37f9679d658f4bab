//! Character sets, and what mail programs do with letters that a set does not have.

use std::str::FromStr;

use encoding_rs::{ISO_8859_2, KOI8_R, UTF_8, WINDOWS_1250, WINDOWS_1251};
use serde::Deserialize;

/// A character set of the archive's mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Charset {
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    #[serde(rename = "iso-8859-2")]
    Latin2,
    #[serde(rename = "windows-1250")]
    Windows1250,
    #[serde(rename = "windows-1251")]
    Windows1251,
    #[serde(rename = "koi8-r")]
    Koi8R,
}

/// The first character that a set does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misfit(pub char);

impl Charset {
    /// The name in headers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Latin2 => "iso-8859-2",
            Self::Windows1250 => "windows-1250",
            Self::Windows1251 => "windows-1251",
            Self::Koi8R => "koi8-r",
        }
    }

    fn encoding(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => UTF_8,
            Self::Latin2 => ISO_8859_2,
            Self::Windows1250 => WINDOWS_1250,
            Self::Windows1251 => WINDOWS_1251,
            Self::Koi8R => KOI8_R,
        }
    }

    /// The bytes of `text`, or the first character there is no byte for.
    pub fn encode(self, text: &str) -> Result<Vec<u8>, Misfit> {
        let (bytes, _, misfits) = self.encoding().encode(text);
        if misfits {
            return Err(Misfit(text.chars().find(|c| !self.has(*c)).unwrap_or('?')));
        }
        Ok(bytes.into_owned())
    }

    fn has(self, c: char) -> bool {
        let mut buffer = [0; 4];
        !self.encoding().encode(c.encode_utf8(&mut buffer)).2
    }

    /// `text` with typographic signs made plain where the set lacks them, as mail programs do on sending.
    pub fn plain(self, text: &str) -> String {
        self.replace(text, |c| typographic(c).map(str::to_owned))
    }

    /// `text` as [`plain`](Self::plain), and accents dropped from Latin letters that the set lacks: what became of
    /// Polish names in quotes of a KOI8-R program.
    pub fn folded(self, text: &str) -> String {
        self.replace(text, |c| {
            typographic(c)
                .map(str::to_owned)
                .or_else(|| unaccented(c).map(String::from))
        })
    }

    fn replace(self, text: &str, by: impl Fn(char) -> Option<String>) -> String {
        if self == Self::Utf8 {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            match by(c).filter(|_| !c.is_ascii() && !self.has(c)) {
                Some(replacement) => out.push_str(&replacement),
                None => out.push(c),
            }
        }
        out
    }
}

impl FromStr for Charset {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        [
            Self::Utf8,
            Self::Latin2,
            Self::Windows1250,
            Self::Windows1251,
            Self::Koi8R,
        ]
        .into_iter()
        .find(|charset| charset.name() == name)
        .ok_or(())
    }
}

fn typographic(c: char) -> Option<&'static str> {
    Some(match c {
        '„' | '”' | '“' | '«' | '»' => "\"",
        '’' | '‘' | '‚' => "'",
        '–' | '—' | '−' => "-",
        '…' => "...",
        '\u{a0}' | '\u{202f}' => " ",
        '→' => "->",
        '•' => "*",
        '×' => "x",
        '€' => "EUR",
        '№' => "N",
        _ => return None,
    })
}

fn unaccented(c: char) -> Option<char> {
    const ACCENTED: &str = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáäčďéíĺľňôŕšťúýžÁÄČĎÉÍĹĽŇÔŔŠŤÚÝŽ";
    const PLAIN: &str = "acelnoszzACELNOSZZaacdeillnorstuyzAACDEILLNORSTUYZ";
    ACCENTED
        .chars()
        .position(|accented| accented == c)
        .and_then(|at| PLAIN.chars().nth(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typographic_signs_become_plain_only_where_the_set_lacks_them() {
        assert_eq!(Charset::Latin2.plain("„tak” – nie"), "\"tak\" - nie");
        assert_eq!(Charset::Windows1250.plain("„tak” – nie"), "„tak” – nie");
    }

    #[test]
    fn accents_are_dropped_only_in_quotes() {
        assert_eq!(Charset::Koi8R.folded("Zieliński пишет"), "Zielinski пишет");
        assert_eq!(
            Charset::Koi8R.encode(&Charset::Koi8R.plain("Zieliński")),
            Err(Misfit('ń'))
        );
    }
}

//! What a package's report says in somebody's language, and how it draws seals: as the pages do.

use kronika_report::model::{Language, Seal};
use kronika_tlog::Hash;

use super::locale::{Locale, t};
use super::view::log::key_of;
use super::view::seal;
use crate::evidence::Wording;

/// A report in the language of a page.
pub struct Worded(pub Locale);

impl Wording for Worded {
    fn language(&self) -> Language {
        match self.0 {
            Locale::En => Language::En,
            Locale::Pl => Language::Pl,
            Locale::Sk => Language::Sk,
            Locale::Ru => Language::Ru,
        }
    }

    fn act(&self, kind: &str) -> String {
        t(self.0, key_of(kind)).to_string()
    }

    fn seal(&self, leaf: &Hash) -> Seal {
        let seal::Seal { edge, ticks, figure } = seal::Seal::of(leaf.as_bytes());
        Seal { edge, ticks, figure }
    }
}

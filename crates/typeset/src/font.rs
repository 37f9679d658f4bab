//! The fonts, all of them in the program, and what they can print.

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// Families of the typesetter's own fonts that the pages use.
const OF_THE_TYPESETTER: [&str; 2] = ["Libertinus Serif", "DejaVu Sans Mono"];

/// Fonts and their index.
pub struct Fonts {
    pub book: LazyHash<FontBook>,
    pub fonts: Vec<Font>,
}

impl Fonts {
    /// A serif for what was said, a sans for the frame, and one with figures of one width for hashes.
    pub fn embedded() -> Fonts {
        let sans = [
            dejavu::sans_condensed::regular(),
            dejavu::sans_condensed::bold(),
            dejavu::sans::regular(),
        ];
        let own = typst_assets::fonts().chain(sans);
        let own = own.flat_map(|data| Font::iter(Bytes::new(data)));
        let is_used = |font: &Font| {
            let family = font.info().family.as_str();
            OF_THE_TYPESETTER.contains(&family) || family.starts_with("DejaVu Sans")
        };
        let fonts: Vec<Font> = own.filter(is_used).collect();
        Fonts {
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
        }
    }

    /// Whether any of them has the character.
    pub fn has(&self, character: char) -> bool {
        let code = u32::from(character);
        self.fonts.iter().any(|font| font.info().coverage.contains(code))
    }
}

//! The typeface of drawn documents: DejaVu Sans, which has Latin Extended and Cyrillic letters.

use ab_glyph::{Font, FontRef, ScaleFont};

/// Regular and bold, for measuring and for drawing pictures.
pub struct Face {
    regular: FontRef<'static>,
    bold: FontRef<'static>,
}

impl Face {
    /// The typeface; the error says why the font could not be read.
    pub fn new() -> Result<Self, String> {
        let read = |bytes| FontRef::try_from_slice(bytes).map_err(|error| error.to_string());
        Ok(Self {
            regular: read(dejavu::sans::regular())?,
            bold: read(dejavu::sans::bold())?,
        })
    }

    /// The font of a weight.
    pub fn font(&self, bold: bool) -> &FontRef<'static> {
        if bold { &self.bold } else { &self.regular }
    }

    /// Width of `text` at `size` (height of an em), in the same unit.
    pub fn width(&self, text: &str, size: f32, bold: bool) -> f32 {
        let font = self.font(bold);
        let scaled = font.as_scaled(Self::scale(font, size));
        text.chars().map(|c| scaled.h_advance(font.glyph_id(c))).sum()
    }

    /// What `ab_glyph` calls the scale (height from ascender to descender) of a font with an em of `size`.
    pub fn scale(font: &FontRef<'static>, size: f32) -> f32 {
        font.units_per_em()
            .map_or(size, |em| size * font.height_unscaled() / em)
    }

    /// `text` broken into lines no wider than `width`; a word that is wider stands alone.
    pub fn wrap(&self, text: &str, width: f32, style: (f32, bool)) -> Vec<String> {
        let (size, bold) = style;
        let mut lines = Vec::new();
        for line in text.lines() {
            let mut current = String::new();
            for word in line.split_whitespace() {
                let longer = if current.is_empty() {
                    word.to_owned()
                } else {
                    format!("{current} {word}")
                };
                if self.width(&longer, size, bold) > width && !current.is_empty() {
                    lines.push(std::mem::replace(&mut current, word.to_owned()));
                } else {
                    current = longer;
                }
            }
            lines.push(current);
        }
        lines
    }
}

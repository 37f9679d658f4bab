//! Pictures of documents: a window on a screen (PNG) and a page photographed on a desk (JPEG).

use std::io::Cursor;

use ab_glyph::{Font, ScaleFont, point};
use image::codecs::jpeg::JpegEncoder;
use image::{GrayImage, ImageFormat, Luma, Rgb, RgbImage};

use super::Block;
use super::face::Face;
use super::layout::{Mark, Sheet, lay_out};
use crate::chance::Chance;

/// A window that shows the first page of `blocks`, with its title bar, as PNG.
pub fn screenshot(name: &str, blocks: &[Block]) -> Result<Vec<u8>, String> {
    const BAR: u32 = 34;
    let sheet = Sheet {
        width: 860.0,
        height: 520.0,
        margin: 26.0,
        size: 15.0,
    };
    let face = Face::new()?;
    let pages = lay_out(&face, sheet, blocks);
    let page = ink(&face, sheet, pages.first().map_or(&[], Vec::as_slice), 1.0);
    let mut window = RgbImage::from_pixel(page.width(), page.height() + BAR, Rgb([222, 226, 232]));
    for (x, y, Luma([level])) in page.enumerate_pixels() {
        window.put_pixel(x, y + BAR, Rgb([*level, *level, *level]));
    }
    for (at, colour) in [[236, 106, 94], [244, 191, 79], [98, 197, 84]]
        .into_iter()
        .enumerate()
    {
        disc(&mut window, (20 + 22 * at as u32, BAR / 2), 7, Rgb(colour));
    }
    let title = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mark = Mark::Text {
        x: 100.0,
        y: 22.0,
        size: 14.0,
        bold: false,
        text: title.to_owned(),
    };
    let bar = ink(
        &face,
        Sheet {
            height: BAR as f32,
            ..sheet
        },
        &[mark],
        1.0,
    );
    for (x, y, Luma([level])) in bar
        .enumerate_pixels()
        .filter(|(_, _, Luma([level]))| *level < 200)
    {
        window.put_pixel(x, y, Rgb([*level, *level, *level]));
    }
    let mut out = Cursor::new(Vec::new());
    window
        .write_to(&mut out, ImageFormat::Png)
        .map_err(|error| error.to_string())?;
    Ok(out.into_inner())
}

/// The first page of `blocks`, a little askew on a wooden desk under a lamp, as JPEG.
pub fn photo(name: &str, blocks: &[Block]) -> Result<Vec<u8>, String> {
    let sheet = Sheet {
        width: 420.0,
        height: 560.0,
        margin: 34.0,
        size: 9.5,
    };
    let face = Face::new()?;
    let pages = lay_out(&face, sheet, blocks);
    let page = ink(&face, sheet, pages.first().map_or(&[], Vec::as_slice), 2.0);
    let mut chance = Chance::of(&["photo", name]);
    let angle = (chance.below(50) as f32 - 25.0) / 1000.0;
    let (sin, cos) = angle.sin_cos();
    let (width, height) = (page.width() + 120, page.height() + 120);
    let mut picture = RgbImage::new(width, height);
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        let (dx, dy) = (x as f32 - width as f32 / 2.0, y as f32 - height as f32 / 2.0);
        let (u, v) = (
            dx * cos + dy * sin + page.width() as f32 / 2.0,
            dy * cos - dx * sin + page.height() as f32 / 2.0,
        );
        let light = 1.0 - 0.28 * ((dx - 200.0).hypot(dy + 300.0) / 1100.0);
        let noise = chance.below(9) as f32 - 4.0;
        let colour = match sample(&page, u, v) {
            Some(level) => [level, level * 0.985, level * 0.94],
            None => {
                let grain = ((y as f32 * 0.9 + (x as f32 * 0.02).sin() * 6.0) * 0.11).sin() * 9.0;
                [134.0 + grain, 98.0 + grain, 66.0 + grain]
            }
        };
        *pixel = Rgb(colour.map(|level| (level * light + noise).clamp(0.0, 255.0) as u8));
    }
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, 68)
        .encode_image(&picture)
        .map_err(|error| error.to_string())?;
    Ok(out)
}

/// The grey level at a point between pixels, if it is on the page.
fn sample(page: &GrayImage, x: f32, y: f32) -> Option<f32> {
    if x < 0.0 || y < 0.0 || x >= page.width() as f32 - 1.0 || y >= page.height() as f32 - 1.0 {
        return None;
    }
    let (left, top, fx, fy) = (x as u32, y as u32, x.fract(), y.fract());
    let level = |x, y| f32::from(page.get_pixel(x, y).0[0]);
    let upper = level(left, top) * (1.0 - fx) + level(left + 1, top) * fx;
    let lower = level(left, top + 1) * (1.0 - fx) + level(left + 1, top + 1) * fx;
    Some(upper * (1.0 - fy) + lower * fy)
}

/// Draws the marks of one page on white, `zoom` pixels a point.
fn ink(face: &Face, sheet: Sheet, marks: &[Mark], zoom: f32) -> GrayImage {
    let mut page = GrayImage::from_pixel(
        (sheet.width * zoom) as u32,
        (sheet.height * zoom) as u32,
        Luma([255]),
    );
    for mark in marks {
        match mark {
            Mark::Bar(x, y, width, height, shade) => {
                let edge = |at: f32, limit: u32| ((at * zoom) as u32).min(limit);
                let below = edge(y + height, page.height()).max(edge(*y, page.height() - 1) + 1);
                for row in edge(*y, page.height())..below {
                    for column in edge(*x, page.width())..edge(x + width, page.width()) {
                        page.put_pixel(column, row, Luma([(shade * 255.0) as u8]));
                    }
                }
            }
            Mark::Text {
                x,
                y,
                size,
                bold,
                text,
            } => {
                letters(&mut page, face, (x * zoom, y * zoom), (size * zoom, *bold), text);
            }
        }
    }
    page
}

fn letters(page: &mut GrayImage, face: &Face, (x, y): (f32, f32), (size, bold): (f32, bool), text: &str) {
    let font = face.font(bold);
    let scale = Face::scale(font, size);
    let scaled = font.as_scaled(scale);
    let mut pen = x;
    for c in text.chars() {
        let id = font.glyph_id(c);
        if let Some(outline) = font.outline_glyph(id.with_scale_and_position(scale, point(pen, y))) {
            let bounds = outline.px_bounds();
            outline.draw(|dx, dy, cover| {
                let (px, py) = (
                    bounds.min.x as i64 + i64::from(dx),
                    bounds.min.y as i64 + i64::from(dy),
                );
                let inside = |at: i64, limit: u32| u32::try_from(at).ok().filter(|at| *at < limit);
                if let Some((px, py)) = inside(px, page.width()).zip(inside(py, page.height())) {
                    let Luma([under]) = *page.get_pixel(px, py);
                    let level = f32::from(under) * (1.0 - cover) + 28.0 * cover;
                    page.put_pixel(px, py, Luma([level as u8]));
                }
            });
        }
        pen += scaled.h_advance(id);
    }
}

fn disc(picture: &mut RgbImage, (cx, cy): (u32, u32), radius: u32, colour: Rgb<u8>) {
    for y in cy - radius..=cy + radius {
        for x in cx - radius..=cx + radius {
            if x.abs_diff(cx).pow(2) + y.abs_diff(cy).pow(2) <= radius * radius {
                picture.put_pixel(x, y, colour);
            }
        }
    }
}

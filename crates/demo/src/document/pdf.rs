//! PDF with embedded, subset fonts.

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};

use super::face::Face;
use super::layout::{A4, Mark, lay_out};
use super::{Block, Source};

/// The pages of `blocks`, numbered when there are several.
pub fn make(source: Source<'_>, blocks: &[Block]) -> Result<Vec<u8>, String> {
    let face = Face::new()?;
    let regular = Font::new(dejavu::sans::regular().into(), 0).ok_or("the regular font is unreadable")?;
    let bold = Font::new(dejavu::sans::bold().into(), 0).ok_or("the bold font is unreadable")?;
    let settings = PageSettings::from_wh(A4.width, A4.height).ok_or("the page has no size")?;
    let mut document = Document::new();
    document.set_metadata(metadata(source));
    let pages = lay_out(&face, A4, blocks);
    for (at, marks) in pages.iter().enumerate() {
        let mut page = document.start_page_with(settings.clone());
        let mut surface = page.surface();
        for mark in marks {
            draw(&mut surface, mark, &regular, &bold);
        }
        if pages.len() > 1 {
            let text = format!("{} / {}", at + 1, pages.len());
            let mark = Mark::Text {
                x: A4.width / 2.0 - 8.0,
                y: A4.height - 28.0,
                size: 8.0,
                bold: false,
                text,
            };
            draw(&mut surface, &mark, &regular, &bold);
        }
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|error| format!("{error:?}"))
}

fn metadata(source: Source<'_>) -> Metadata {
    let day = source.made_on;
    let made = DateTime::new(day.year().unsigned_abs())
        .month(day.month().unsigned_abs())
        .day(day.day().unsigned_abs())
        .hour(8)
        .minute(0)
        .second(0)
        .utc_offset_hour(1)
        .utc_offset_minute(0);
    Metadata::new()
        .title(source.name.to_owned())
        .language(source.language.code().to_owned())
        .creation_date(made)
}

fn draw(surface: &mut Surface<'_>, mark: &Mark, regular: &Font, bold: &Font) {
    match mark {
        Mark::Text {
            x,
            y,
            size,
            bold: heavy,
            text,
        } => {
            surface.set_fill(Some(grey(0.08)));
            let font = if *heavy { bold } else { regular };
            surface.draw_text(
                Point::from_xy(*x, *y),
                font.clone(),
                *size,
                text,
                false,
                TextDirection::Auto,
            );
        }
        Mark::Bar(x, y, width, height, shade) => {
            surface.set_fill(Some(grey(*shade)));
            let mut path = PathBuilder::new();
            if let Some(rect) = Rect::from_xywh(*x, *y, *width, *height) {
                path.push_rect(rect);
            }
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
    }
}

fn grey(shade: f32) -> Fill {
    let level = (shade * 255.0) as u8;
    Fill {
        paint: rgb::Color::new(level, level, level).into(),
        ..Fill::default()
    }
}

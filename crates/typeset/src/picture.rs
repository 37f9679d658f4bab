//! Small pictures of attachments.

use std::io::Cursor;

use data_encoding::BASE64;
use image::{ImageFormat, ImageReader, Limits};

/// Longest side of what is printed, in pixels.
const LONGEST: u32 = 320;

/// Longest side of what is read.
const LONGEST_READ: u32 = 8_000;

/// Most memory that reading takes.
const MEMORY: u64 = 48 << 20;

/// The picture anew, small, as a JPEG without anything else in it; nothing if it is not a PNG or JPEG.
///
/// Made anew, so that no stranger's colour profile or broken file gets into an archive format.
pub fn small(base64: &str) -> Option<Vec<u8>> {
    let bytes = BASE64.decode(base64.as_bytes()).ok()?;
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    if !matches!(reader.format()?, ImageFormat::Png | ImageFormat::Jpeg) {
        return None;
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_READ);
    limits.max_image_height = Some(LONGEST_READ);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let picture = reader.decode().ok()?;
    let picture = if picture.width().max(picture.height()) > LONGEST {
        picture.thumbnail(LONGEST, LONGEST)
    } else {
        picture
    };
    let mut out = Cursor::new(Vec::new());
    on_paper(&picture.to_rgba8())
        .write_to(&mut out, ImageFormat::Jpeg)
        .ok()?;
    Some(out.into_inner())
}

/// The picture on white, since paper shines through nothing.
fn on_paper(picture: &image::RgbaImage) -> image::RgbImage {
    let mut paper = image::RgbImage::new(picture.width(), picture.height());
    for (ink, below) in picture.pixels().zip(paper.pixels_mut()) {
        let [red, green, blue, alpha] = ink.0;
        let over = |ink: u8| {
            let (ink, alpha) = (u32::from(ink), u32::from(alpha));
            u8::try_from((ink * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
        };
        below.0 = [over(red), over(green), over(blue)];
    }
    paper
}

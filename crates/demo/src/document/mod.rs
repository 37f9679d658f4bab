//! Makes the attached files from the markup of a thread's blocks.

mod docx;
mod face;
mod layout;
mod markup;
mod pdf;
mod picture;
mod xlsx;

pub use markup::{Block, blocks};

use jiff::civil::Date;

use crate::script::{Kind, Language};

/// What a document is made of.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// File name, which is also its title.
    pub name: &'a str,
    /// Markup, see `texts/FORMAT.md`.
    pub text: &'a str,
    /// Language of the text.
    pub language: Language,
    /// Day it was made.
    pub made_on: Date,
}

/// The bytes of the file; the error is what the library in question said.
pub fn make(kind: Kind, source: Source<'_>) -> Result<Vec<u8>, String> {
    let blocks = blocks(source.text);
    match kind {
        Kind::Pdf => pdf::make(source, &blocks),
        Kind::Docx => docx::make(&blocks).map_err(|error| error.to_string()),
        Kind::Xlsx => xlsx::make(source, &blocks).map_err(|error| error.to_string()),
        Kind::Csv => Ok(csv(&blocks)),
        Kind::Txt => Ok(source.text.replace('\n', "\r\n").into_bytes()),
        Kind::Png => picture::screenshot(source.name, &blocks),
        Kind::Jpg => picture::photo(source.name, &blocks),
    }
}

/// The media type of a file.
pub fn media_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Pdf => "application/pdf",
        Kind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Kind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Kind::Csv => "text/csv; charset=utf-8",
        Kind::Txt => "text/plain; charset=utf-8",
        Kind::Png => "image/png",
        Kind::Jpg => "image/jpeg",
    }
}

/// Tables as the bookkeeping programs of the region export them: semicolons, UTF-8 with a byte-order mark.
fn csv(blocks: &[Block]) -> Vec<u8> {
    let mut text = String::from("\u{feff}");
    for block in blocks {
        let Block::Table(rows) = block else { continue };
        for row in rows {
            let cells: Vec<String> = row.iter().map(|cell| csv_cell(cell)).collect();
            text.push_str(&cells.join(";"));
            text.push_str("\r\n");
        }
    }
    text.into_bytes()
}

fn csv_cell(cell: &str) -> String {
    if cell.contains([';', '"']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

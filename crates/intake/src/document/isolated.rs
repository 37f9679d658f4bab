//! Documents whose readers may panic, loop or take all memory when the document is made to do harm.
//!
//! Call these only in a child process with limits on its time and memory.

use std::io::Cursor;

use calamine::{Data, Reader};

use super::{DocumentError, damaged};

/// The text of a PDF.
///
/// # Errors
/// When it is damaged or encrypted.
pub fn pdf_text(bytes: &[u8]) -> Result<String, DocumentError> {
    pdf_extract::extract_text_from_mem(bytes).map_err(|error| {
        let reason = error.to_string();
        if reason.to_ascii_lowercase().contains("encrypt") {
            DocumentError::Encrypted
        } else {
            damaged(&reason)
        }
    })
}

/// The cells of a spreadsheet in any of Excel's formats: tabs between them, a line for each row. At most about
/// `limit` bytes.
///
/// # Errors
/// When it is damaged or encrypted.
pub fn sheet_text(bytes: &[u8], limit: usize) -> Result<String, DocumentError> {
    let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| {
        let reason = error.to_string();
        if reason.to_ascii_lowercase().contains("password") {
            DocumentError::Encrypted
        } else {
            damaged(&reason)
        }
    })?;
    let mut out = String::new();
    for (_, cells) in book.worksheets() {
        for row in cells.rows() {
            if out.len() >= limit {
                return Ok(out);
            }
            let texts: Vec<String> = row.iter().map(cell).collect();
            let line = texts.join("\t");
            if !line.trim().is_empty() {
                out.push_str(line.trim_end());
                out.push('\n');
            }
        }
    }
    Ok(out)
}

/// A cell as it would be searched for; a date as its day.
fn cell(cell: &Data) -> String {
    match cell {
        Data::DateTime(date) => {
            let (year, month, day, hour, minute, ..) = date.to_ymd_hms_milli();
            if hour == 0 && minute == 0 {
                format!("{year:04}-{month:02}-{day:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
            }
        }
        other => other.to_string(),
    }
}

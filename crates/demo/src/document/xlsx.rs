//! Spreadsheets with numbers, dates and formulas that have their values stored.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Workbook, Worksheet, XlsxError,
};

use super::markup::{number, shown};
use super::{Block, Source};

/// Every `# heading` begins a sheet of that name; paragraphs and tables follow each other down its rows.
pub fn make(source: Source<'_>, blocks: &[Block]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let day = source.made_on;
    let made = ExcelDateTime::from_ymd(
        day.year().unsigned_abs(),
        day.month().unsigned_abs(),
        day.day().unsigned_abs(),
    )?;
    book.set_properties(
        &DocProperties::new()
            .set_title(source.name)
            .set_creation_datetime(&made),
    );
    let mut sheets: Vec<(Worksheet, u32)> = Vec::new();
    for block in blocks {
        if let Block::Heading(1, name) = block {
            let mut sheet = Worksheet::new();
            sheet.set_name(sheet_name(name))?;
            sheets.push((sheet, 0));
            continue;
        }
        if sheets.is_empty() {
            sheets.push((Worksheet::new(), 0));
        }
        if let Some((sheet, row)) = sheets.last_mut() {
            *row = write(sheet, *row, block)?;
        }
    }
    for (mut sheet, _) in sheets {
        sheet.autofit();
        book.push_worksheet(sheet);
    }
    book.save_to_buffer()
}

/// At most 31 characters, none that a sheet name may not have.
fn sheet_name(name: &str) -> String {
    name.chars()
        .map(|c| if "[]:*?/\\".contains(c) { '-' } else { c })
        .take(31)
        .collect()
}

/// Writes `block` from `row` on; gives the next free row.
fn write(sheet: &mut Worksheet, row: u32, block: &Block) -> Result<u32, XlsxError> {
    match block {
        Block::Table(rows) => {
            for (at, cells) in rows.iter().enumerate() {
                for (column, text) in cells.iter().enumerate() {
                    cell(sheet, (row + at as u32, column as u16), text, at == 0)?;
                }
            }
            Ok(row + rows.len() as u32)
        }
        Block::Heading(_, text) => {
            sheet.write_with_format(row, 0, text, &Format::new().set_bold())?;
            Ok(row + 1)
        }
        Block::Paragraph(text) | Block::Item(text) => {
            sheet.write(row, 0, text)?;
            Ok(row + 1)
        }
        Block::PageBreak => Ok(row + 1),
    }
}

fn cell(sheet: &mut Worksheet, (row, column): (u32, u16), text: &str, head: bool) -> Result<(), XlsxError> {
    if head {
        let format = Format::new()
            .set_bold()
            .set_background_color(0x00E7_EBF0)
            .set_align(FormatAlign::Center);
        sheet.write_with_format(row, column, text, &format)?;
    } else if let Some(formula) = text.strip_prefix('=') {
        let formula = formula.split(" -> ").next().unwrap_or(formula);
        let result = number(shown(text))
            .map(|value| value.to_string())
            .unwrap_or_default();
        let formula = Formula::new(formula).set_result(result);
        sheet.write_formula_with_format(row, column, formula, &Format::new().set_num_format("#,##0.00"))?;
    } else if let Some(value) = number(text) {
        let format = if text.ends_with('%') {
            "0%"
        } else if text.contains([',', '.']) {
            "#,##0.00"
        } else {
            "0"
        };
        sheet.write_number_with_format(row, column, value, &Format::new().set_num_format(format))?;
    } else if let Ok(day) = text.parse::<jiff::civil::Date>() {
        let date = ExcelDateTime::from_ymd(
            day.year().unsigned_abs(),
            day.month().unsigned_abs(),
            day.day().unsigned_abs(),
        )?;
        sheet.write_datetime_with_format(row, column, &date, &Format::new().set_num_format("yyyy-mm-dd"))?;
    } else {
        sheet.write(row, column, text)?;
    }
    Ok(())
}

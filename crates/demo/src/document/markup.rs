//! The markup of attachment blocks: headings, paragraphs, lists, tables, page breaks.

/// One element of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Level 1 or 2, and text.
    Heading(u8, String),
    /// Lines of a paragraph; line breaks are kept.
    Paragraph(String),
    /// An item of a list.
    Item(String),
    /// Rows of cells; the first is the head.
    Table(Vec<Vec<String>>),
    /// What follows begins a new page.
    PageBreak,
}

/// Reads the elements of `text`. Everything is something: there is no wrong markup.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut joins = false;
    for line in text.lines().map(str::trim_end) {
        let previous = blocks.last_mut().filter(|_| joins);
        joins = !line.is_empty();
        if line.is_empty() {
            continue;
        }
        if line == "---8<---" {
            blocks.push(Block::PageBreak);
        } else if let Some(text) = line.strip_prefix("## ") {
            blocks.push(Block::Heading(2, text.to_owned()));
        } else if let Some(text) = line.strip_prefix("# ") {
            blocks.push(Block::Heading(1, text.to_owned()));
        } else if let Some(text) = line.strip_prefix("- ") {
            blocks.push(Block::Item(text.to_owned()));
        } else if line.starts_with('|') {
            let cells: Vec<String> = line
                .trim_matches('|')
                .split('|')
                .map(|cell| cell.trim().to_owned())
                .collect();
            // A rule between head and body, as in Markdown, says nothing here.
            if cells
                .iter()
                .all(|cell| cell.contains('-') && cell.chars().all(|c| "-: ".contains(c)))
            {
                continue;
            }
            match previous {
                Some(Block::Table(rows)) => rows.push(cells),
                _ => blocks.push(Block::Table(vec![cells])),
            }
        } else {
            match previous {
                Some(Block::Paragraph(text) | Block::Item(text)) => {
                    text.push('\n');
                    text.push_str(line);
                }
                _ => blocks.push(Block::Paragraph(line.to_owned())),
            }
        }
    }
    blocks
}

/// A cell that says a number: `1 234,56`, `1,234.56`, `-12`, `23%`.
pub fn number(cell: &str) -> Option<f64> {
    let (digits, scale) = cell
        .strip_suffix('%')
        .map_or((cell, 1.0), |digits| (digits, 0.01));
    let mut digits: String = digits.chars().filter(|c| !c.is_whitespace()).collect();
    let comma = digits.rfind(',');
    let point = digits.rfind('.');
    match (comma, point) {
        (Some(comma), Some(point)) if comma < point => digits = digits.replace(',', ""),
        (Some(_), Some(_)) => digits = digits.replace('.', "").replace(',', "."),
        (Some(_), None) => digits = digits.replace(',', "."),
        _ => {}
    }
    let shape = |c: char| c.is_ascii_digit() || c == '.' || c == '-';
    // A telephone or tax number is not a quantity: those have no decimals and more than nine digits.
    let sensible = digits.contains('.') || digits.len() <= 9;
    let code = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    if digits.is_empty() || !sensible || code || !digits.chars().all(shape) {
        return None;
    }
    digits.parse::<f64>().ok().map(|value| value * scale)
}

/// Whether a table's column is set to the right: every cell below the head is a number, an amount or empty.
pub fn is_numeric(rows: &[Vec<String>], column: usize) -> bool {
    let mut numbers = 0;
    for cell in rows.iter().skip(1).filter_map(|row| row.get(column)) {
        let value = shown(cell);
        let amount = value
            .trim_end_matches(|c: char| c.is_alphabetic() || c == ' ' || c == '€' || c == '$' || c == '₽');
        let amount = amount.trim_start_matches(['€', '£', '$']);
        match number(amount) {
            Some(_) => numbers += 1,
            None if value.is_empty() || value == "-" || value == "–" => {}
            None => return false,
        }
    }
    numbers > 0
}

/// What is shown of a cell: of a formula, its value.
pub fn shown(cell: &str) -> &str {
    match cell.split_once(" -> ") {
        Some((formula, value)) if formula.starts_with('=') => value.trim(),
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_join_into_one_table_and_lines_into_one_paragraph() {
        let read = blocks("# Faktura\nod nas\ndla was\n\n| a | b |\n| 1 | 2 |\n\n- jeden\n- dwa");

        assert_eq!(read.len(), 5);
        assert_eq!(read[1], Block::Paragraph("od nas\ndla was".to_owned()));
        assert!(matches!(&read[2], Block::Table(rows) if rows.len() == 2));
    }

    #[test]
    fn amounts_are_numbers_and_tax_ids_are_not() {
        assert_eq!(number("1 234,56"), Some(1234.56));
        assert_eq!(number("1,234.56"), Some(1234.56));
        assert_eq!(number("-12"), Some(-12.0));
        assert_eq!(number("23%"), Some(0.23));
        assert_eq!(number("9990070078"), None);
        assert_eq!(number("0387"), None);
        assert_eq!(number("2025-03-31"), None);
    }

    #[test]
    fn of_a_formula_its_value_is_shown() {
        assert_eq!(shown("=SUM(B2:B5) -> 1 234,56"), "1 234,56");
        assert_eq!(shown("A -> B"), "A -> B");
    }
}

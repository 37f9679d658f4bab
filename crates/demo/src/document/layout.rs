//! Sets blocks on pages, the same for PDF and pictures. All lengths are points, from the top left corner.

use super::face::Face;
use super::markup::{Block, is_numeric, shown};

/// The paper.
#[derive(Debug, Clone, Copy)]
pub struct Sheet {
    /// Width of the page.
    pub width: f32,
    /// Height of the page.
    pub height: f32,
    /// Empty border on all sides.
    pub margin: f32,
    /// Size of running text.
    pub size: f32,
}

/// A4.
pub const A4: Sheet = Sheet {
    width: 595.0,
    height: 842.0,
    margin: 57.0,
    size: 9.5,
};

/// Something to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// Text from its baseline's left end.
    Text {
        /// Left end.
        x: f32,
        /// Baseline.
        y: f32,
        /// Height of an em.
        size: f32,
        /// Weight.
        bold: bool,
        /// The words.
        text: String,
    },
    /// A filled rectangle: left, top, width, height, grey (0 black, 1 white).
    Bar(f32, f32, f32, f32, f32),
}

/// Marks of each page.
pub fn lay_out(face: &Face, sheet: Sheet, blocks: &[Block]) -> Vec<Vec<Mark>> {
    let mut setter = Setter {
        face,
        sheet,
        pages: vec![Vec::new()],
        y: sheet.margin,
    };
    for block in blocks {
        match block {
            Block::Heading(1, text) => setter.lines(text, (sheet.size * 1.6, true), 0.0, ""),
            Block::Heading(_, text) => setter.lines(text, (sheet.size * 1.15, true), 0.0, ""),
            Block::Paragraph(text) => setter.lines(text, (sheet.size, false), 0.0, ""),
            Block::Item(text) => setter.lines(text, (sheet.size, false), 14.0, "•"),
            Block::Table(rows) => setter.table(rows),
            Block::PageBreak => setter.new_page(),
        }
    }
    setter.pages
}

struct Setter<'f> {
    face: &'f Face,
    sheet: Sheet,
    pages: Vec<Vec<Mark>>,
    y: f32,
}

impl Setter<'_> {
    fn draw(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    fn new_page(&mut self) {
        self.pages.push(Vec::new());
        self.y = self.sheet.margin;
    }

    fn make_room(&mut self, height: f32) {
        if self.y + height > self.sheet.height - self.sheet.margin {
            self.new_page();
        }
    }

    fn inner_width(&self) -> f32 {
        self.sheet.width - 2.0 * self.sheet.margin
    }

    /// Wrapped lines in `style` (size, bold), moved right by `indent`, with a `bullet` before the first.
    fn lines(&mut self, text: &str, style: (f32, bool), indent: f32, bullet: &str) {
        let (size, bold) = style;
        let lines = self.face.wrap(text, self.inner_width() - indent, style);
        let leading = size * 1.38;
        for (at, line) in lines.into_iter().enumerate() {
            self.make_room(leading);
            self.y += leading;
            let (x, y) = (self.sheet.margin, self.y);
            if at == 0 && !bullet.is_empty() {
                self.draw(Mark::Text {
                    x: x + 3.0,
                    y,
                    size,
                    bold,
                    text: bullet.to_owned(),
                });
            }
            if !line.is_empty() {
                self.draw(Mark::Text {
                    x: x + indent,
                    y,
                    size,
                    bold,
                    text: line,
                });
            }
        }
        self.y += if bullet.is_empty() {
            size * 0.75
        } else {
            size * 0.2
        };
    }

    fn table(&mut self, rows: &[Vec<String>]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths = self.column_widths(rows, columns);
        let right: Vec<bool> = (0..columns).map(|column| is_numeric(rows, column)).collect();
        for (at, row) in rows.iter().enumerate() {
            self.row(row, &widths, &right, at == 0);
        }
        self.y += self.sheet.size;
    }

    /// Each column as wide as its widest cell; when that is too much, the wide ones give way.
    fn column_widths(&self, rows: &[Vec<String>], columns: usize) -> Vec<f32> {
        const PADDING: f32 = 10.0;
        let mut widths = vec![0.0_f32; columns];
        for (at, row) in rows.iter().enumerate() {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = width.max(self.face.width(shown(cell), self.sheet.size * 0.92, at == 0) + PADDING);
            }
        }
        let total: f32 = widths.iter().sum();
        let available = self.inner_width();
        let widest = widths.iter().copied().fold(0.0_f32, f32::max);
        if total > available {
            let mut low = 20.0_f32;
            let mut high = widest;
            for _ in 0..24 {
                let cap = f32::midpoint(low, high);
                let sum: f32 = widths.iter().map(|width| width.min(cap)).sum();
                if sum > available { high = cap } else { low = cap }
            }
            widths.iter_mut().for_each(|width| *width = width.min(low));
        } else if let Some(first) = widths.first_mut() {
            *first += (available - total) * 0.6;
        }
        widths
    }

    fn row(&mut self, row: &[String], widths: &[f32], right: &[bool], head: bool) {
        let size = self.sheet.size * 0.92;
        let cells: Vec<Vec<String>> = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| self.face.wrap(shown(cell), width - 8.0, (size, head)))
            .collect();
        let leading = size * 1.3;
        let height = cells.iter().map(Vec::len).max().unwrap_or(1) as f32 * leading + 6.0;
        self.make_room(height);
        let (left, top, full) = (self.sheet.margin, self.y, widths.iter().sum());
        if head {
            self.draw(Mark::Bar(left, top, full, height, 0.92));
        }
        self.draw(Mark::Bar(left, top + height - 0.5, full, 0.5, 0.6));
        let mut x = left;
        for ((lines, width), right) in cells.into_iter().zip(widths).zip(right) {
            for (at, text) in lines.into_iter().enumerate() {
                let slack = width - 8.0 - self.face.width(&text, size, head);
                let shift = if *right { slack.max(0.0) } else { 0.0 };
                let y = top + 3.0 + leading * (at as f32 + 0.8);
                self.draw(Mark::Text {
                    x: x + 4.0 + shift,
                    y,
                    size,
                    bold: head,
                    text,
                });
            }
            x += width;
        }
        self.y += height;
    }
}

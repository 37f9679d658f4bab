//! Word documents: the smallest package that word processors open (ECMA-376, parts 1 and 2).

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;

use super::Block;
use super::markup::{is_numeric, shown};

const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;

const RELATIONSHIPS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

/// The document; it has no time stamps inside, so the same blocks give the same bytes.
pub fn make(blocks: &[Block]) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let files = [
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", RELATIONSHIPS),
        ("word/document.xml", &body(blocks)),
    ];
    for (name, content) in files {
        zip.start_file(
            name,
            SimpleFileOptions::default().last_modified_time(zip::DateTime::default()),
        )?;
        zip.write_all(content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn body(blocks: &[Block]) -> String {
    let mut xml = String::from(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#,
    );
    for block in blocks {
        match block {
            Block::Heading(level, text) => {
                let size = if *level == 1 { 32 } else { 26 };
                xml.push_str(&paragraph(text, &format!("<w:b/><w:sz w:val=\"{size}\"/>"), ""));
            }
            Block::Paragraph(text) => xml.push_str(&paragraph(text, "", "")),
            Block::Item(text) => {
                xml.push_str(&paragraph(
                    &format!("• {text}"),
                    "",
                    "<w:ind w:left=\"360\" w:hanging=\"200\"/>",
                ));
            }
            Block::Table(rows) => xml.push_str(&table(rows)),
            Block::PageBreak => xml.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"),
        }
    }
    xml.push_str("<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr></w:body></w:document>");
    xml
}

fn paragraph(text: &str, run: &str, properties: &str) -> String {
    let lines: Vec<String> = text
        .lines()
        .map(|line| format!("<w:t xml:space=\"preserve\">{}</w:t>", escape(line)))
        .collect();
    let spacing = "<w:spacing w:after=\"120\"/>";
    format!(
        "<w:p><w:pPr>{spacing}{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>{}</w:r></w:p>",
        lines.join("<w:br/>")
    )
}

fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let side = |name: &str| format!("<w:{name} w:val=\"single\" w:sz=\"4\" w:color=\"999999\"/>");
    let borders: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .map(side)
        .concat();
    let mut xml = format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{}</w:tblGrid>",
        "<w:gridCol/>".repeat(columns)
    );
    for (at, row) in rows.iter().enumerate() {
        xml.push_str("<w:tr>");
        for column in 0..columns {
            let text = row.get(column).map_or("", |cell| shown(cell));
            let run = if at == 0 { "<w:b/>" } else { "" };
            let side = if is_numeric(rows, column) {
                "<w:jc w:val=\"right\"/>"
            } else {
                ""
            };
            xml.push_str(&format!("<w:tc><w:tcPr/>{}</w:tc>", paragraph(text, run, side)));
        }
        xml.push_str("</w:tr>");
    }
    xml.push_str("</w:tbl>");
    xml
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

//! The text of attached documents.

use std::io::{Cursor, Write};

use kronika_intake::document::{self, DocumentError};
use zip::write::SimpleFileOptions;

use crate::shared::{corpus, files};

const LIMIT: usize = 1 << 20;

fn text(name: &str, bytes: &[u8]) -> String {
    document::text("application/octet-stream", name, bytes, LIMIT)
        .unwrap()
        .unwrap()
}

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn word_documents_give_their_paragraphs_and_tables() {
    let document = r#"<w:document xmlns:w="w"><w:p><w:r><w:t>Umowa nr 5 &amp; za&#322;.</w:t></w:r></w:p>
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
        <w:p><w:r><w:delText>gone</w:delText><w:t>end</w:t></w:r></w:p></w:document>"#;

    let text = text("umowa.docx", &package(&[("word/document.xml", document)]));

    assert_eq!(text, "Umowa nr 5 & zał.\na\tb\nend\n");
}

#[test]
fn spreadsheets_give_their_cells_row_by_row() {
    let strings = "<sst><si><t>Imię</t></si><si><r><t>Ja</t></r><r><t>n</t></r></si></sst>";
    let sheet = r#"<worksheet><sheetData><row><c t="s"><v>0</v></c><c><v>12.5</v></c></row>
        <row><c t="s"><v>1</v></c><c t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>"#;

    let text = text(
        "a.xlsx",
        &package(&[
            ("xl/sharedStrings.xml", strings),
            ("xl/worksheets/sheet1.xml", sheet),
        ]),
    );

    assert_eq!(text, "Imię\t12.5\nJan\tx\n");
}

#[test]
fn slides_and_open_documents_give_their_text() {
    let slide = r#"<p:sld><a:p><a:r><a:t>Plan</a:t></a:r></a:p></p:sld>"#;
    let odt = r#"<o:c><text:h>T</text:h><text:p>a<text:tab/>b<text:line-break/>c<text:s/>d</text:p></o:c>"#;

    assert_eq!(
        text("a.pptx", &package(&[("ppt/slides/slide1.xml", slide)])),
        "Plan\n"
    );
    assert_eq!(text("a.odt", &package(&[("content.xml", odt)])), "T\na\tb\nc d\n");
}

#[test]
fn rtf_gives_its_text_in_the_charsets_of_its_fonts() {
    let rtf = br"{\rtf1\ansi\ansicpg1250{\fonttbl{\f0\fcharset238 Arial;}{\f1\fcharset204 Arial;}}{\*\generator x;}\f0 za\'bf\'f3\'b3\'e6\par{\f1 \'cf\'f0\'e8}\u322?\tab x\par}";

    assert_eq!(text("a.rtf", rtf), "zażółć\nПриł\tx\n");
}

#[test]
fn calendars_and_messages_give_their_words() {
    let ics =
        "BEGIN:VCALENDAR\r\nSUMMARY:Spotkanie\\, Kra\r\n ków\r\nATTENDEE;CN=Jan:mailto:jan@x.pl\r\nUID:1\r\n";

    assert_eq!(text("a.ics", ics.as_bytes()), "Spotkanie, Kraków\nJan jan@x.pl\n");
    assert_eq!(text("a.eml", b"Subject: S\nFrom: a@b\n\nbody\n"), "S\n\nbody");
    assert_eq!(text("a.html", "<p>Zażółć<br>x".as_bytes()), "Zażółć\nx");
    assert_eq!(text("a.csv", b"\xEF\xBB\xBFa;b"), "a;b");
}

#[test]
fn a_bomb_is_unpacked_no_further_than_its_text_is_wanted() {
    let bomb = format!("<w:p><w:t>{}</w:t></w:p>", "a".repeat(50 << 20));

    let text = document::text("", "a.docx", &package(&[("word/document.xml", &bomb)]), 1000)
        .unwrap()
        .unwrap();

    assert!(text.len() <= 1000);
}

#[test]
fn what_may_do_harm_is_left_to_a_process_of_its_own() {
    for (name, bytes) in [
        ("a.pdf", b"%PDF-1.7".as_slice()),
        ("a.xls", b"\xD0\xCF\x11\xE0"),
        ("a.bin", b"%PDF-1.4"),
    ] {
        assert!(
            matches!(
                document::text("", name, bytes, LIMIT),
                Err(DocumentError::NeedsIsolation)
            ),
            "{name}"
        );
    }
    assert!(matches!(
        document::text("image/png", "a.png", b"\x89PNG\r\n", LIMIT),
        Ok(None)
    ));
}

#[test]
fn every_document_of_the_corpus_gives_text_or_a_reason() {
    let Some(folder) = corpus("media-docs") else {
        return;
    };
    let (mut read, mut refused, mut empty) = (0, 0, 0);

    for path in files(&folder) {
        let bytes = std::fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy();
        match document::text("application/octet-stream", &name, &bytes, LIMIT) {
            Ok(Some(text)) if text.trim().is_empty() => {
                empty += 1;
                println!("empty: {name}");
            }
            Ok(Some(text)) => {
                read += 1;
                assert!(text.len() <= LIMIT);
                if std::env::var_os("SHOW").is_some() {
                    println!("=== {name}\n{}", text.chars().take(300).collect::<String>());
                }
            }
            Ok(None) => {}
            Err(DocumentError::NeedsIsolation) => refused += 1,
            Err(reason) => println!("{name}: {reason}"),
        }
    }

    println!("{read} read, {empty} empty, {refused} left to isolation");
    assert!(read > 90);
}

#[test]
fn old_spreadsheets_and_pdf_are_read_in_isolation() {
    let Some(folder) = corpus("media-docs") else {
        return;
    };
    let file = |name: &str| {
        std::fs::read(
            files(&folder)
                .into_iter()
                .find(|path| path.ends_with(name))
                .unwrap(),
        )
        .unwrap()
    };

    let sheet = document::isolated::sheet_text(&file("testEXCEL.xls"), LIMIT).unwrap();
    let pdf = document::isolated::pdf_text(&file("testPDFVarious.pdf")).unwrap();

    assert!(sheet.contains("Numbers and their Squares"), "{sheet}");
    assert!(pdf.contains("Footnote"), "{pdf}");
}

//! Reads the archive's four kinds of mailbox, and the words of attachments.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::LazyLock;

use calamine::{Reader, Xlsx};
use mail_parser::{MessageParser, MimeHeaders};
use tempfile::TempDir;
use zip::ZipArchive;

/// A message as a mailbox keeps it.
pub struct Stored {
    /// Whose mailbox.
    pub mailbox: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A generated archive.
pub struct Archive {
    /// Where it is.
    pub folder: TempDir,
    /// All copies of all messages.
    pub messages: Vec<Stored>,
    /// `archive.toml`.
    pub description: toml::Table,
}

/// The archive that all tests look at.
pub fn archive() -> &'static Archive {
    static ARCHIVE: LazyLock<Archive> = LazyLock::new(Archive::generate);
    &ARCHIVE
}

impl Archive {
    /// Generates and reads one.
    pub fn generate() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        kronika_demo::generate(folder.path()).expect("an archive");
        let mut messages = Vec::new();
        let mut keep = |mailbox: &str, bytes: Vec<u8>| {
            messages.push(Stored {
                mailbox: mailbox.to_owned(),
                bytes,
            })
        };
        walk(&folder.path().join("ewa"), &mut |path, bytes| {
            if !path.ends_with("maildirfolder") {
                keep("ewa", bytes);
            }
        });
        walk(&folder.path().join("biuro"), &mut |_, bytes| keep("biuro", bytes));
        mboxrd(
            &fs::read(folder.path().join("marek.mbox")).expect("an mbox"),
            &mut |bytes| keep("marek", bytes),
        );
        let zip = fs::read(folder.path().join("biuro-archiwum-2025.zip")).expect("a ZIP file");
        for (_, bytes) in unzip(&zip) {
            keep("biuro", bytes);
        }
        let description = fs::read_to_string(folder.path().join("archive.toml")).expect("a description");
        Self {
            folder,
            messages,
            description: description.parse().expect("TOML"),
        }
    }
}

/// Calls `each` with every file below `folder`.
pub fn walk(folder: &Path, each: &mut dyn FnMut(&Path, Vec<u8>)) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(&path, each);
        } else {
            each(&path, fs::read(&path).expect("a file"));
        }
    }
}

fn mboxrd(bytes: &[u8], each: &mut dyn FnMut(Vec<u8>)) {
    let mut messages: Vec<Vec<u8>> = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b"From ") {
            messages.push(Vec::new());
            continue;
        }
        let quotes = line.iter().take_while(|byte| **byte == b'>').count();
        let quoted = quotes > 0 && line[quotes..].starts_with(b"From ");
        if let Some(message) = messages.last_mut() {
            message.extend(&line[usize::from(quoted)..]);
        }
    }
    for mut message in messages {
        // The empty line before the next `From ` belongs to the mailbox, not to the message.
        message.pop();
        each(message);
    }
}

fn unzip(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a ZIP file");
    let mut files = Vec::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).expect("an entry");
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("its content");
        files.push((file.name().expect("its name").into_owned(), content));
    }
    files
}

/// An attachment with its name.
pub struct Attached {
    /// Message-ID of its message and its file name.
    pub name: (String, String),
    /// Its text; nothing for pictures, which only have to open.
    pub text: Option<String>,
}

/// Every attachment of every message once, with its text.
pub fn attachments() -> &'static [Attached] {
    static ATTACHMENTS: LazyLock<Vec<Attached>> = LazyLock::new(|| {
        let mut found = BTreeMap::new();
        for stored in &archive().messages {
            let Some(message) = MessageParser::new().parse(&stored.bytes) else {
                continue;
            };
            let Some(id) = message.message_id() else { continue };
            for part in message.attachments() {
                let Some(name) = part.attachment_name() else {
                    continue;
                };
                let text = || text(name, part.contents());
                found.entry((id.to_owned(), name.to_owned())).or_insert_with(text);
            }
        }
        found
            .into_iter()
            .map(|(name, text)| Attached { name, text })
            .collect()
    });
    &ATTACHMENTS
}

fn text(name: &str, bytes: &[u8]) -> Option<String> {
    Some(match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("pdf") => pdf_extract::extract_text_from_mem(bytes).expect("a readable PDF"),
        Some("docx") => {
            let files = unzip(bytes);
            let (_, body) = files
                .iter()
                .find(|(name, _)| name == "word/document.xml")
                .expect("a body");
            String::from_utf8_lossy(body)
                .split('<')
                .filter_map(|tag| tag.split_once('>'))
                .map(|(_, text)| text)
                .collect()
        }
        Some("xlsx") => {
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a spreadsheet");
            let sheets = book.worksheets();
            let cells = sheets.iter().flat_map(|(_, range)| range.rows().flatten());
            cells.map(|cell| format!("{cell} ")).collect()
        }
        Some("csv") => String::from_utf8_lossy(bytes).replace(';', " "),
        Some("txt") => String::from_utf8_lossy(bytes).into_owned(),
        Some("png" | "jpg") => {
            image::load_from_memory(bytes).expect("a picture");
            return None;
        }
        // Nobody makes such files: the test that counts words will say so.
        _ => String::new(),
    })
}

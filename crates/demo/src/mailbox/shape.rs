//! The four shapes a mailbox is stored in.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::Item;

/// A Maildir with its `.Sent` folder; file names carry the time of delivery and the flags, lines end in LF.
pub fn maildir(root: &Path, items: &[Item]) -> io::Result<()> {
    for folder in ["cur", "new", "tmp", ".Sent/cur", ".Sent/new", ".Sent/tmp"] {
        fs::create_dir_all(root.join(folder))?;
    }
    fs::write(root.join(".Sent/maildirfolder"), "")?;
    for item in items {
        let (folder, flags) = match (item.sent, item.unread) {
            (true, _) => (".Sent/cur", ":2,S"),
            (false, true) => ("new", ""),
            (false, false) => ("cur", ":2,S"),
        };
        let name = format!(
            "{}.M{}P1.lipowa7{flags}",
            item.at.timestamp().as_second(),
            item.name
        );
        fs::write(root.join(folder).join(name), line_feeds(&item.bytes))?;
    }
    Ok(())
}

/// One mboxrd file: `From ` lines between messages, and a `>` before every body line that looks like one.
pub fn mboxrd(path: &Path, items: &[Item]) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    for item in items {
        let sender = if item.return_path.is_empty() {
            "MAILER-DAEMON"
        } else {
            &item.return_path
        };
        let utc = item.at.with_time_zone(jiff::tz::TimeZone::UTC);
        writeln!(out, "From {sender} {}", utc.strftime("%a %b %e %H:%M:%S %Y"))?;
        let text = line_feeds(&item.bytes);
        for line in text.split_inclusive(|byte| *byte == b'\n') {
            let unquoted = line.iter().position(|byte| *byte != b'>').unwrap_or(0);
            if line[unquoted..].starts_with(b"From ") {
                out.write_all(b">")?;
            }
            out.write_all(line)?;
        }
        if !text.ends_with(b"\n") {
            out.write_all(b"\n")?;
        }
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// A folder of `.eml` files, received and sent apart, by month.
pub fn folder(root: &Path, items: &[Item]) -> io::Result<()> {
    for item in items {
        let path = root.join(eml_path(item));
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, &item.bytes)?;
    }
    Ok(())
}

/// A ZIP file of the same.
pub fn zip(path: &Path, items: &[Item]) -> io::Result<()> {
    let mut zip = ZipWriter::new(BufWriter::new(File::create(path)?));
    for item in items {
        let at = item.at.datetime();
        let changed = zip::DateTime::from_date_and_time(
            at.year().unsigned_abs(),
            at.month().unsigned_abs(),
            at.day().unsigned_abs(),
            at.hour().unsigned_abs(),
            at.minute().unsigned_abs(),
            at.second().unsigned_abs(),
        )
        .unwrap_or_default();
        zip.start_file(
            eml_path(item),
            SimpleFileOptions::default().last_modified_time(changed),
        )?;
        zip.write_all(&item.bytes)?;
    }
    zip.finish()?.flush()
}

fn eml_path(item: &Item) -> String {
    let folder = if item.sent { "wyslane" } else { "odebrane" };
    format!(
        "{folder}/{}/{}-{}.eml",
        item.at.strftime("%Y-%m"),
        item.at.strftime("%Y%m%d-%H%M"),
        item.name
    )
}

/// CRLF made LF, as mail servers store messages on Unix.
fn line_feeds(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for (at, byte) in bytes.iter().enumerate() {
        if *byte != b'\r' || bytes.get(at + 1) != Some(&b'\n') {
            out.push(*byte);
        }
    }
    out
}

//! Puts letters into mailboxes the way mail servers and exports do: Maildir, mboxrd, a folder and a ZIP of `.eml`.

mod shape;
mod trace;

use std::path::Path;

use jiff::Zoned;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use crate::letter::Letter;
use crate::script::Raw;

/// The shared mailbox's older mail was moved to a ZIP file before this day.
const ARCHIVED_BEFORE: Date = date(2025, 7, 1);
/// Mail that arrived on the last days is still unread.
const UNREAD_FROM: Date = date(2026, 11, 19);

/// One message in one mailbox.
#[derive(Debug)]
pub struct Item {
    /// When it came or went.
    pub at: Zoned,
    /// Whether the mailbox's owner sent it.
    pub sent: bool,
    /// Whether nobody has opened it.
    pub unread: bool,
    /// Address for the `From ` line of an mbox; empty for none.
    pub return_path: String,
    /// Stable name for files.
    pub name: String,
    /// The message with its trace fields, lines ended by CRLF.
    pub bytes: Vec<u8>,
}

/// The mailboxes of the archive.
#[derive(Debug, Default)]
pub struct Mailboxes {
    ewa: Vec<Item>,
    marek: Vec<Item>,
    biuro: Vec<Item>,
}

impl Mailboxes {
    /// Delivers every letter and broken message to the mailboxes that keep it.
    pub fn deliver(letters: &[Letter<'_>], raws: &[Raw]) -> Self {
        let mut boxes = Self::default();
        for letter in letters {
            for kept in &letter.kept_by {
                let item = Item {
                    at: letter.at.clone(),
                    sent: kept.sent,
                    unread: !kept.sent && letter.at.date() >= UNREAD_FROM,
                    return_path: letter.return_path.clone(),
                    name: trace::file_name(&letter.message_id, &kept.mailbox),
                    bytes: trace::traced(letter, kept),
                };
                boxes.take(&kept.mailbox, item);
            }
        }
        let zone = TimeZone::get("Europe/Warsaw").unwrap_or(TimeZone::UTC);
        for raw in raws {
            let Ok(at) = raw.at.to_zoned(zone.clone()) else {
                continue;
            };
            let item = Item {
                at,
                sent: false,
                unread: false,
                return_path: String::new(),
                name: trace::file_name(&raw.file, &raw.kept_by),
                bytes: raw.bytes.clone(),
            };
            boxes.take(&raw.kept_by, item);
        }
        for items in [&mut boxes.ewa, &mut boxes.marek, &mut boxes.biuro] {
            items.sort_by(|a, b| (&a.at, &a.name).cmp(&(&b.at, &b.name)));
        }
        boxes
    }

    fn take(&mut self, mailbox: &str, item: Item) {
        match mailbox {
            "ewa" => self.ewa.push(item),
            "marek" => self.marek.push(item),
            _ => self.biuro.push(item),
        }
    }

    /// How many messages there are, counting each copy.
    pub fn len(&self) -> usize {
        self.ewa.len() + self.marek.len() + self.biuro.len()
    }

    /// Writes `ewa/` (Maildir), `marek.mbox`, `biuro/` and `biuro-archiwum-2025.zip` into `out`.
    pub fn store(&self, out: &Path) -> std::io::Result<()> {
        shape::maildir(&out.join("ewa"), &self.ewa)?;
        shape::mboxrd(&out.join("marek.mbox"), &self.marek)?;
        let cut = self
            .biuro
            .partition_point(|item| item.at.date() < ARCHIVED_BEFORE);
        let (old, new) = self.biuro.split_at(cut);
        shape::zip(&out.join("biuro-archiwum-2025.zip"), old)?;
        shape::folder(&out.join("biuro"), new)
    }
}

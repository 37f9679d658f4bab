//! Each record opened, and its parts hashed again.

use kronika_tlog::commitment;

use super::page::Entry;
use super::rows::{self, Expected};
use super::{Depth, Report, VerifyError};
use crate::archive::Archive;
use crate::interaction::Recorded;
use crate::interaction::read::decode;
use crate::journal::act::{Act, Meta};
use crate::journal::append::{Appended, part};
use crate::journal::load::{Opened, open_row, original};
use crate::secrecy::RecordKey;
use crate::storage::Conn;

/// Checks the records of a page, and the rows that were made from them. Gives the acts that could be opened.
pub async fn check(
    archive: &Archive,
    conn: &mut Conn,
    page: Vec<Entry>,
    (depth, report): (Depth, &mut Report),
) -> Result<Vec<Appended>, VerifyError> {
    let mut acts = Vec::new();
    for entry in page {
        let name = match entry.place {
            Some(place) => format!("entry {}", place.position),
            None => format!("the waiting record {}", entry.record_id),
        };
        let Ok(row) = entry.record else {
            if entry.place.is_none() {
                report.blame(format!("{name} is gone"));
            }
            continue;
        };
        let Some(key) = key_of(archive, &entry.wraps, (&name, report)).await else {
            continue;
        };
        match open_row(&archive.config.origin, row, key) {
            Err(error) => report.blame(format!("{name}: {error}")),
            Ok(opened) => acts.extend(check_one(archive, opened, &name, (depth, report)).await),
        }
    }
    let expected: Vec<Expected<'_>> = acts.iter().filter_map(Expected::of).collect();
    rows::compare(conn, &expected, report).await?;
    Ok(acts)
}

/// The record's key. Each of its wraps must open: the others may be gone one day.
async fn key_of(
    archive: &Archive,
    wraps: &[(i64, Vec<u8>)],
    (name, report): (&str, &mut Report),
) -> Option<RecordKey> {
    let mut key = None;
    for wrap in wraps {
        match archive.keyring.unwrap(std::slice::from_ref(wrap)).await {
            Ok(opened) => key = key.or(Some(opened)),
            Err(error) => report.blame(format!("{name}: {error}")),
        }
    }
    if wraps.is_empty() {
        report.blame(format!("{name}: its key is gone"));
    }
    key
}

async fn check_one(
    archive: &Archive,
    mut opened: Opened,
    name: &str,
    (depth, report): (Depth, &mut Report),
) -> Option<Appended> {
    let parts = opened.row.parts.clone();
    if commitment::commit_record(&parts).ok() != Some(opened.row.commitment) {
        report.blame(format!("{name}: its parts are not those that were committed to"));
    }
    if parts.first() != Some(&part(&opened.salt, 0, "meta", &opened.meta_bytes)) {
        report.blame(format!("{name}: its metadata is not what was committed to"));
    }
    let bytes = match original(archive, &mut opened).await {
        Err(error) => {
            report.blame(format!("{name}: its original cannot be read: {error}"));
            None
        }
        Ok(bytes) => bytes,
    };
    if let Some(bytes) = &bytes {
        report.originals += 1;
        report.bytes += bytes.len() as u64;
        if opened.row.content_size != bytes.len() {
            report.blame(format!("{name}: the table's size is not that of its original"));
        }
        if parts.get(1) != Some(&part(&opened.salt, 1, "original", bytes)) {
            report.blame(format!("{name}: its original is not what was committed to"));
        }
    }
    let meta = opened.meta();
    if depth == Depth::Deep
        && let Ok(Meta {
            act: Act::Interaction(recorded),
            ..
        }) = &meta
        && let Some(bytes) = &bytes
    {
        check_parts(&opened, recorded, bytes, (name, report));
    }
    match meta {
        Err(error) => {
            report.blame(format!("{name}: {error}"));
            None
        }
        Ok(meta) => {
            if opened.row.captured_at != meta.captured_at {
                report.blame(format!(
                    "{name}: the table's capture time is not what was committed to"
                ));
            }
            Some(Appended {
                record: opened.row.id,
                commitment: opened.row.commitment,
                meta,
            })
        }
    }
}

/// The parts of a message, decoded from the original by the facts committed with them. Facts, original and the parts'
/// hashes are held together by the commitment, so this finds only what was committed wrongly, by a fault of ours.
fn check_parts(opened: &Opened, recorded: &Recorded, bytes: &[u8], (name, report): (&str, &mut Report)) {
    for (number, facts) in (2..).zip(&recorded.parts) {
        report.parts = report.parts.map(|compared| compared + 1);
        let decoded = decode(facts, bytes).unwrap_or_default();
        let expected = part(&opened.salt, number, &format!("part/{}", facts.number), &decoded);
        if opened.row.parts.get(usize::from(number)) != Some(&expected) {
            report.blame(format!(
                "{name}: its part {} is not what was committed to",
                facts.number
            ));
        }
    }
}

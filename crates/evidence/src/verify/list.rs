//! The list of items, and that there is nothing which no item names.

use std::collections::BTreeSet;
use std::io::{Read, Seek};

use sha2::{Digest, Sha256};

use super::bag::Hashes;
use super::{ClaimName, Findings, Opened, VerifyError};
use crate::item::{Line, MAX_LINE, csv_header};
use crate::layout;

/// Most bytes of the list.
const MAX_LIST: u64 = 1 << 26;

/// The lines of the list, as bytes: read when it is their turn.
pub struct List(Vec<u8>);

impl List {
    /// All lines, each with its number from 1.
    pub fn lines(&self) -> impl Iterator<Item = (u64, Option<Line>)> {
        let lines = self.0.split_inclusive(|byte| *byte == b'\n');
        (1..)
            .zip(lines)
            .map(|(number, line)| (number, parse(number, line)))
    }
}

/// A line, if it is spelled as it would be written.
fn parse(number: u64, line: &[u8]) -> Option<Line> {
    let json = line.strip_suffix(b"\n").filter(|json| json.len() <= MAX_LINE)?;
    let parsed: Line = serde_json::from_slice(json).ok()?;
    let is_as_written = serde_json::to_vec(&parsed).is_ok_and(|written| written == json);
    (is_as_written && parsed.number == number).then_some(parsed)
}

/// Reads the list, and compares both of its forms.
pub fn check<R: Read + Seek>(
    opened: &mut Opened<'_, R>,
    found: &mut Findings,
    hashes: &Hashes,
) -> Result<List, VerifyError> {
    let claim = found.claim(ClaimName::Openings);
    let list = List(opened.read(layout::ITEMS, MAX_LIST, claim)?.unwrap_or_default());
    let mut csv = Sha256::new_with_prefix(csv_header());
    for (number, line) in list.lines() {
        match line {
            Some(line) => csv.update(line.to_csv()),
            None => claim.wrong(format!(
                "{}: line {number} is not that of item {number}",
                layout::ITEMS
            )),
        }
    }
    if hashes.get(layout::ITEMS_CSV) != Some(&csv.finalize().into()) {
        claim.wrong(format!(
            "{} does not say the same as {}",
            layout::ITEMS_CSV,
            layout::ITEMS
        ));
    }
    Ok(list)
}

/// Finds files that neither an item names nor the package has anyway.
pub fn check_strays<R: Read + Seek>(opened: &Opened<'_, R>, found: &mut Findings, named: &BTreeSet<String>) {
    let claim = found.claim(ClaimName::Integrity);
    let counted = counted(opened);
    for name in opened.names("data/") {
        if !named.contains(&name) && !counted.contains(&name) && !is_known(&name) {
            claim.wrong(format!("{name} is a file that no item names"));
        }
    }
}

/// Files that are only counted: as many names as there are such files, so that one left out makes another a stray.
fn counted<R: Read + Seek>(opened: &Opened<'_, R>) -> BTreeSet<String> {
    let volumes = opened.names(layout::REPORTS).len();
    let conversations = opened.names(layout::CONVERSATIONS).len();
    let reports = (1..=volumes).map(|number| layout::report(number, volumes));
    reports
        .chain((1..=conversations).map(layout::conversation))
        .collect()
}

fn is_known(name: &str) -> bool {
    let files = [
        layout::COMPLETENESS,
        layout::CUSTODY,
        layout::ITEMS,
        layout::ITEMS_CSV,
        layout::TOMBSTONES,
        layout::CHECKPOINT,
        layout::KEY,
        layout::POLICY,
    ];
    // What is in these folders is looked at by itself.
    let folders = [layout::DKIM, layout::OLDER, layout::LEAVES, layout::TIMESTAMPS];
    files.contains(&name) || folders.iter().any(|folder| name.starts_with(folder))
}

//! Writing a package. What would not verify is refused, so that nobody finds out only in court.

mod bagged;
mod error;
mod item;

use std::io::{Seek, Write};

use kronika_tlog::checkpoint::Checkpoint;
use kronika_tlog::note::Note;
use kronika_tlog::tile::Bundle;

use crate::item::csv_header;
use crate::package::{Journal, Package, Saved, Source, Timestamp};
use crate::{bag, layout};
use bagged::Bagged;
pub use error::{Unfit, WriteError};

/// What a stranger reads first, in four languages, in the order of [`layout::README`].
const README: [&str; 4] = [
    include_str!("../../texts/README.en.txt"),
    include_str!("../../texts/README.pl.txt"),
    include_str!("../../texts/README.ru.txt"),
    include_str!("../../texts/README.sk.txt"),
];

/// The check without Kronika.
const CHECK: &str = include_str!("../../texts/check.py");

/// Writes a package and gives back what was written to. Originals are asked for one by one and never held whole.
///
/// # Errors
/// If reading or writing fails, or something given does not fit the rest; what was written by then is no package.
pub fn write<W: Write + Seek>(package: &Package, source: &mut impl Source, out: W) -> Result<W, WriteError> {
    let mut bag = Bagged::new(out, &package.folder, package.made_at);
    write_tag_files(&mut bag, package)?;
    write_lists(&mut bag, package)?;
    for (number, item) in (1..).zip(&package.items) {
        item::write_original(&mut bag, source, number, item)?;
    }
    for (number, item) in (1..).zip(&package.items) {
        item::write_parts(&mut bag, source, number, item)?;
    }
    for (number, item) in (1..).zip(&package.items) {
        item::write_proof(&mut bag, number, item)?;
    }
    write_journal(&mut bag, &package.journal, source)?;
    write_reports(&mut bag, &package.reports)?;
    bag.add(layout::TOMBSTONES, &lines(&package.tombstones)?)?;
    bag.finish()
}

fn write_tag_files<W: Write + Seek>(bag: &mut Bagged<W>, package: &Package) -> Result<(), WriteError> {
    for (name, text) in layout::README.into_iter().zip(README) {
        bag.add(name, text.as_bytes())?;
    }
    let info = bag::info(&package.organisation, &package.description, package.made_at);
    bag.add(layout::BAG_INFO, info.as_bytes())?;
    bag.add(layout::BAGIT, bag::BAGIT.as_bytes())?;
    bag.add(layout::CHECK, CHECK.as_bytes())
}

fn write_lists<W: Write + Seek>(bag: &mut Bagged<W>, package: &Package) -> Result<(), WriteError> {
    let completeness = serde_json::to_vec_pretty(&package.completeness)?;
    bag.add(layout::COMPLETENESS, &completeness)?;
    for (number, conversation) in (1..).zip(&package.conversations) {
        bag.add(&layout::conversation(number), conversation)?;
    }
    bag.add(layout::CUSTODY, &lines(&package.custody)?)?;
    let mut keys: Vec<&Saved> = package.dkim.iter().collect();
    keys.sort_by(|one, other| one.name.cmp(&other.name));
    for Saved { name, content } in keys {
        bag.add(&format!("{}{name}", layout::DKIM), content)?;
    }
    let (mut csv, mut json) = (csv_header().to_owned(), Vec::new());
    for (number, item) in (1..).zip(&package.items) {
        let line = item::line(number, item)?;
        csv.push_str(&line.to_csv());
        serde_json::to_writer(&mut json, &line)?;
        json.push(b'\n');
    }
    bag.add(layout::ITEMS_CSV, csv.as_bytes())?;
    bag.add(layout::ITEMS, &json)
}

fn write_journal<W: Write + Seek>(
    bag: &mut Bagged<W>,
    journal: &Journal,
    source: &mut impl Source,
) -> Result<(), WriteError> {
    bag.add(layout::CHECKPOINT, journal.checkpoint.as_bytes())?;
    for (number, note) in (1..).zip(&journal.older) {
        bag.add(&layout::older(number), note.as_bytes())?;
    }
    bag.add(layout::KEY, format!("{}\n", journal.key.trim_end()).as_bytes())?;
    if journal.with_leaves {
        let checkpoint: Checkpoint = Note::parse(journal.checkpoint.as_bytes())?.text().parse()?;
        for bundle in Bundle::all(checkpoint.head().size) {
            bag.add(&layout::leaves(bundle), &source.leaves(bundle)?)?;
        }
    }
    bag.add(layout::POLICY, journal.policy.as_bytes())?;
    for (number, Timestamp { token, container }) in (1..).zip(&journal.timestamps) {
        if let Some(container) = container {
            bag.add(&layout::token_container(number), container)?;
        }
        bag.add(&layout::token(number), token)?;
    }
    if !journal.chain.is_empty() {
        bag.add(layout::CHAIN, journal.chain.as_bytes())?;
    }
    for (number, crl) in (1..).zip(&journal.crls) {
        bag.add(&layout::crl(number), crl)?;
    }
    Ok(())
}

/// Writes the report's volumes in the order of their names, in which 10 comes before 2.
fn write_reports<W: Write + Seek>(bag: &mut Bagged<W>, reports: &[Vec<u8>]) -> Result<(), WriteError> {
    let name = |number| layout::report(number, reports.len());
    let mut named: Vec<_> = (1..)
        .zip(reports)
        .map(|(number, pdf)| (name(number), pdf))
        .collect();
    named.sort();
    for (name, pdf) in named {
        bag.add(&name, pdf)?;
    }
    Ok(())
}

/// One JSON value a line.
fn lines<T: serde::Serialize>(values: &[T]) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = Vec::new();
    for value in values {
        serde_json::to_writer(&mut bytes, value)?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

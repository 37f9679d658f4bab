//! The list of items: one line an item, as JSON and as CSV.
//!
//! Everything in a line follows from what is proven: the leaf, the proof, the disclosed metadata. [`Line::of`] makes it
//! from those, so that whoever verifies can compare.

use kronika_tlog::commitment::Leaf;
use serde::{Deserialize, Serialize};

use crate::metadata::Metadata;
use crate::opening::Opening;
use crate::{instant, layout};

/// Most bytes of one line.
pub const MAX_LINE: usize = 1 << 20;

/// One line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// In the package, from 1.
    pub number: u64,
    /// The original; empty if it is not disclosed.
    pub file: String,
    /// What was done, as the metadata calls it.
    pub act: String,
    /// When it happened by its own account.
    pub claimed_at: String,
    /// When the archive learned of it.
    pub captured_at: String,
    /// When it was sealed in the journal.
    pub logged_at: String,
    /// Its place in the journal, from 0.
    pub journal_index: u64,
    /// `inbound`, `outbound` or `internal`.
    pub direction: String,
    /// Who it is from.
    pub from: String,
    /// Who it is to, parted by spaces.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// Length of the original.
    pub size: Option<u64>,
    /// SHA-256 of the original.
    pub sha256: String,
    /// Names of the disclosed parts.
    pub disclosed: Vec<String>,
    /// Names of the withheld parts.
    pub withheld: Vec<String>,
}

/// The first line of the CSV.
const COLUMNS: &str = "number,file,act,claimed_at,captured_at,logged_at,journal_index,direction,from,to,subject,size,\
                       sha256,disclosed,withheld\n";

impl Line {
    /// The line of an item.
    pub fn of(number: u64, index: u64, leaf: &Leaf, opening: &Opening, meta: Option<&Metadata>) -> Line {
        let has_original = opening.opened.iter().any(|part| part.name == layout::ORIGINAL);
        let mut line = Line {
            number,
            file: if has_original {
                layout::part(number, layout::ORIGINAL)
            } else {
                String::new()
            },
            logged_at: instant::text(instant::of_leaf(leaf.logged_at)),
            journal_index: index,
            disclosed: opening.opened.iter().map(|part| part.name.clone()).collect(),
            withheld: opening.withheld.iter().map(|hole| hole.name.clone()).collect(),
            ..Line::default()
        };
        let Some(meta) = meta else { return line };
        line.act = meta.act().to_owned();
        line.captured_at = instant::text(meta.captured_at);
        if let Some(facts) = meta.facts() {
            line.claimed_at = facts.claimed_at.map_or_else(String::new, instant::text);
            line.from = facts.from();
            line.to = facts.to();
            line.direction = facts.direction;
            line.subject = facts.subject;
            line.size = facts.size;
            line.sha256 = facts.sha256.unwrap_or_default();
        }
        line
    }

    /// The line in `items.csv` (RFC 4180, but for line feeds alone).
    pub fn to_csv(&self) -> String {
        let size = self.size.map_or_else(String::new, |size| size.to_string());
        let values = [
            &self.number.to_string(),
            &self.file,
            &self.act,
            &self.claimed_at,
            &self.captured_at,
            &self.logged_at,
            &self.journal_index.to_string(),
            &self.direction,
            &self.from,
            &self.to,
            &self.subject,
            &size,
            &self.sha256,
            &self.disclosed.join(" "),
            &self.withheld.join(" "),
        ];
        let values: Vec<String> = values.iter().map(|value| field(value)).collect();
        values.join(",") + "\n"
    }
}

/// The first line of `items.csv`.
pub fn csv_header() -> &'static str {
    COLUMNS
}

/// A value in quotes where it needs them. One that a spreadsheet would take for a formula gets an apostrophe in front.
fn field(value: &str) -> String {
    let is_formula = value.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let value = if is_formula {
        format!("'{value}")
    } else {
        value.to_owned()
    };
    if value.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value
    }
}

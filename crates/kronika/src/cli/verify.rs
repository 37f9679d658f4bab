//! `kronika verify` and `kronika rebuild`

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::output::grouped;
use super::{Common, Failure, Finding};
use crate::archive::rebuild::rebuild;
use crate::journal::verify::{Depth, Report, verify_to};

/// Check the whole archive: journal, checkpoints, originals, tables
#[derive(Args)]
#[command(
    after_help = "Recomputes the journal's tree from the records, compares every signed checkpoint, decrypts \
    every original and hashes it again, compares every row with what was committed, and \
    makes every table that comes from the journal once more and compares it; nobody records while that is compared. Of \
    the search index it checks \
    that every interaction is in it. With --deep also what is derived from the originals: that each part of a message \
    alone is what was committed to, and that the index holds the very words of each; this takes about as long as \
    importing did.\n\n\
    Examples:\n  kronika verify\n  kronika verify --deep\n  kronika verify --json | jq .verdict\n\n\
    Exit status: 0 sound, 1 damaged, 2 it could not be checked."
)]
pub struct Verify {
    #[command(flatten)]
    common: Common,
    /// Also check every part of a message by itself, and the search index word by word
    #[arg(long, visible_alias = "words")]
    deep: bool,
}

impl Verify {
    pub async fn run(self) -> Result<Finding, Failure> {
        let archive = self.common.open().await?;
        let bar = bar(self.common.json);
        let depth = if self.deep { Depth::Deep } else { Depth::Records };
        let report = verify_to(&archive, depth, |progress| {
            let words = progress.report.words;
            bar.set_length(if words.is_some() {
                progress.report.rows
            } else {
                progress.total
            });
            bar.set_position(words.unwrap_or(progress.report.entries));
            true
        })
        .await;
        bar.finish_and_clear();
        let report = report.map_err(|error| Failure::new(error.to_string()))?;
        show(&report, self.common.json)?;
        Ok(if report.is_sound() {
            Finding::Fine
        } else {
            Finding::NeedsALook
        })
    }
}

fn bar(json: bool) -> ProgressBar {
    let bar = if json {
        ProgressBar::hidden()
    } else {
        ProgressBar::new(0)
    };
    if let Ok(style) =
        ProgressStyle::with_template("{bar:30.cyan/dim} {percent:>3}%  {pos} of {len}, {eta} left")
    {
        bar.set_style(style);
    }
    bar
}

fn show(report: &Report, json: bool) -> Result<(), Failure> {
    let verdict = if report.is_sound() { "sound" } else { "damaged" };
    if json {
        let mut value = serde_json::to_value(report)?;
        value["verdict"] = json!(verdict);
        say!("{value}");
        return Ok(());
    }
    let line = |count: u64, what: &str| say!("{:>12}  {what}", grouped(count));
    line(report.entries, "journal entries, the tree recomputed from them");
    line(
        report.pending,
        "entries recorded and waiting for the next checkpoint",
    );
    line(report.checkpoints, "signed checkpoints compared with the tree");
    if report.timestamps > 0 {
        line(
            report.timestamps,
            "timestamps checked against the authorities' certificates",
        );
    }
    line(report.tiles, "stored tiles compared with the tree");
    line(report.originals, "originals decrypted and hashed again");
    line(report.rows, "interactions' rows compared with what was committed");
    match (report.parts, report.words) {
        (Some(parts), Some(words)) => {
            line(parts, "parts of messages decoded and hashed again");
            line(
                words,
                "interactions' words in the search index compared with their text",
            );
        }
        _ => say!(
            "{:>12}  single parts and the search index's words were not compared (--deep does)",
            "-"
        ),
    }
    show_strays(report);
    let megabytes = report.bytes as f64 / 1e6;
    say!(
        "{megabytes:>10.1} MB in {:.1} s, {:.0} MB/s",
        report.seconds,
        report.rate() / 1e6
    );
    for damage in &report.damage {
        say!("  DAMAGED: {damage}");
    }
    let more = report.damaged - report.damage.len() as u64;
    if more > 0 {
        say!("  and {} more", grouped(more));
    }
    say!(
        "{}",
        if report.is_sound() {
            "Sound."
        } else {
            "Damaged. Restore what is named above from a backup."
        }
    );
    Ok(())
}

fn show_strays(report: &Report) {
    match report.strays {
        None => say!("{:>12}  the objects could not be listed; the log says why", "-"),
        Some(strays) if strays.objects > 0 => {
            say!(
                "{:>12}  objects that no record refers to, as a crash or a running import leaves; no damage",
                grouped(strays.objects)
            );
            say!(
                "{:>10.1} MB taken by them; `kronika objects clean` removes what is older than a day",
                strays.bytes as f64 / 1e6
            );
        }
        Some(_) => (),
    }
}

/// Make the tables and the search index again from the journal and the originals
#[derive(Args)]
#[command(after_help = "Example:\n  kronika rebuild --data /srv/kronika")]
pub struct Rebuild {
    #[command(flatten)]
    common: Common,
}

impl Rebuild {
    pub async fn run(self) -> Result<Finding, Failure> {
        let archive = self.common.open().await?;
        let bar = bar(self.common.json);
        let records = rebuild(&archive, |done, total| {
            bar.set_length(total);
            bar.set_position(done);
        })
        .await?;
        bar.finish_and_clear();
        if self.common.json {
            say!("{}", json!({"records": records}));
        } else {
            say!("Rebuilt from {} records.", grouped(records));
        }
        Ok(Finding::Fine)
    }
}

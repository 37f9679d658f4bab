//! `kronika import`

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::output::{grouped, padded};
use super::{Common, Failure, Finding};
use crate::archive::Archive;
use crate::channel::email::import::{Progress, Report, Tally, import};
use crate::channel::email::quarantine::COMMAND_LINE;
use crate::channel::email::walk::{LARGEST, Walk, Walked};
use crate::interaction::extract::extract_waiting;

/// Record mail from files: .eml, mbox, Maildir, and .zip, .tar or .tar.zst of those
#[derive(Args)]
#[command(
    after_help = "What is known is passed over, so a stopped import is continued by starting it again.\n\n\
    Examples:\n  kronika import ~/Maildir\n  kronika import old-mail.mbox archive-2019.zip\n  \
    kronika import --json ./export | tail -1\n\n\
    Exit status: 0 all is in, 1 something was quarantined or the import was stopped, 2 it could not be done."
)]
pub struct Import {
    #[command(flatten)]
    common: Common,
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Leave messages larger than this many megabytes where they are
    #[arg(long, value_name = "MB", default_value_t = LARGEST / (1024 * 1024))]
    largest: usize,
}

impl Import {
    pub async fn run(self) -> Result<Finding, Failure> {
        if let Some(missing) = self.paths.iter().find(|path| !path.exists()) {
            return Err(Failure::new(format!(
                "{} does not exist; check the path",
                missing.display()
            )));
        }
        let archive = self.common.open().await?;
        let walked = Arc::new(Walked::default());
        stop_on_interrupt(&walked);
        let walk = Walk {
            paths: self.paths,
            import: COMMAND_LINE,
            connector: "import".to_owned(),
            hidden: None,
            largest: self.largest.saturating_mul(1024 * 1024),
        };
        let sealing = archive.clone();
        // When it fails, so does sealing at the end, and that is said.
        let sealer = tokio::spawn(async move { sealing.sealer.run_until_failure(&sealing).await });
        let bar = Bar::new(self.common.json);
        let report = import(&archive, walk, walked, |progress| bar.show(progress)).await;
        bar.end();
        sealer.abort();
        let _ = sealer.await;
        let report = report?;
        archive.sealer.seal(&archive).await?;
        read_attachments(&archive, self.common.json).await?;
        archive.db.settle().await?;
        show(&report, self.common.json)?;
        let fine = report.quarantined == 0 && !report.stopped;
        Ok(if fine { Finding::Fine } else { Finding::NeedsALook })
    }
}

/// Reads the attachments that need a process of their own, so that they are found too.
async fn read_attachments(archive: &Archive, json: bool) -> Result<(), Failure> {
    let bar = if json {
        ProgressBar::hidden()
    } else {
        ProgressBar::new_spinner()
    };
    let read = extract_waiting(archive, |done| {
        bar.set_message(format!("{} attachments read", grouped(done)))
    })
    .await;
    bar.finish_and_clear();
    read.map_err(|error| Failure::new(error.to_string()))?;
    Ok(())
}

/// The first Ctrl-C ends the import after the batch at hand; a second one ends the program.
fn stop_on_interrupt(walked: &Arc<Walked>) {
    let walked = walked.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            walked.stop.store(true, Ordering::Relaxed);
            eprintln!(
                "\nStopping after the messages at hand; start again to continue. Ctrl-C once more ends at once."
            );
        }
        if tokio::signal::ctrl_c().await.is_ok() {
            std::process::exit(2);
        }
    });
}

struct Bar {
    bar: Option<ProgressBar>,
}

impl Bar {
    fn new(json: bool) -> Bar {
        let bar = (!json).then(|| {
            let bar = ProgressBar::new(0);
            if let Ok(style) = ProgressStyle::with_template("{bar:30.cyan/dim} {percent:>3}%  {msg}") {
                bar.set_style(style);
            }
            bar
        });
        Bar { bar }
    }

    fn show(&self, progress: &Progress) {
        let Some(bar) = &self.bar else { return };
        bar.set_length(progress.total_bytes.max(1));
        bar.set_position(progress.bytes);
        let remaining = progress.remaining().map_or_else(String::new, |remaining| {
            format!(", {} left", indicatif::HumanDuration(remaining))
        });
        let report = &progress.report;
        bar.set_message(format!(
            "{} found, {} recorded, {:.0}/s{remaining}",
            grouped(report.found),
            grouped(report.recorded),
            progress.rate()
        ));
    }

    fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn show(report: &Report, json: bool) -> Result<(), Failure> {
    if json {
        say!("{}", serde_json::to_string(report)?);
        return Ok(());
    }
    let line = |name: &str, number: u64, note: &str| {
        say!("{}{:>12}  {note}", padded(name, 16), grouped(number));
    };
    line("Found", report.found, "");
    line("Recorded", report.recorded, "");
    let again = match report.seen_again {
        0 => String::new(),
        seen => format!(
            "{} of them seen in a new place, which is now recorded",
            grouped(seen)
        ),
    };
    line("Already there", report.already, &again);
    line("Quarantined", report.quarantined, "");
    for Tally {
        reason,
        count,
        example,
    } in &report.reasons
    {
        say!(
            "  {:>8} × {reason}
             e.g. {example}",
            grouped(*count)
        );
    }
    if report.stopped {
        say!("Stopped before the end. Start the same import again to continue.");
    }
    Ok(())
}

//! Parting a report into volumes, so that each can be made in some 300 MB of memory and opened on any machine.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::model::{Exhibit, Report, Volume};

/// Most exhibits of a volume.
pub const MAX_EXHIBITS: usize = 400;

/// Most that a volume weighs, unless one exhibit alone weighs more. Weights are what typesetting takes of memory, in
/// kilobytes, as measured.
const MAX_WEIGHT: usize = 220_000;

/// What an exhibit weighs besides what it says: its box, its line in the timeline.
const EXHIBIT: usize = 520;

/// What an attachment weighs.
const ATTACHMENT: usize = 60;

/// What a line of text weighs.
const LINE: usize = 3;

/// What a thousand characters weigh.
const THOUSAND: usize = 60;

/// What a line of the log weighs.
const LOG_LINE: usize = 75;

/// Parts a report into volumes. Numbers of exhibits go on from one to the next.
///
/// Each volume has the parties, the proof and the explanations, so that it can be read alone. Agreements and lines of the
/// log stand with their exhibits; what concerns no exhibit stands in the first volume.
pub fn split(report: Report) -> Vec<Report> {
    let plan = plan(&report);
    if plan.len() <= 1 {
        return vec![report];
    }
    let of = u32::try_from(plan.len()).unwrap_or(u32::MAX);
    (1..)
        .zip(plan)
        .map(|(number, range)| volume(&report, range, Volume { number, of }))
        .collect()
}

/// Which exhibits go into which volume, by their places in [`Report::exhibits`].
pub fn plan(report: &Report) -> Vec<Range<usize>> {
    let mut lines = BTreeMap::<u64, usize>::new();
    for number in report.log.iter().filter_map(|line| line.exhibit) {
        *lines.entry(number).or_default() += 1;
    }
    let mut volumes = Vec::new();
    let (mut start, mut weight) = (0, 0);
    for (place, exhibit) in report.exhibits.iter().enumerate() {
        let lines = lines.get(&exhibit.number).copied().unwrap_or_default();
        let next = weigh(exhibit) + LOG_LINE * lines;
        let is_full = place - start >= MAX_EXHIBITS || weight + next > MAX_WEIGHT;
        if place > start && is_full {
            volumes.push(start..place);
            (start, weight) = (place, 0);
        }
        weight += next;
    }
    volumes.push(start..report.exhibits.len());
    volumes
}

fn weigh(exhibit: &Exhibit) -> usize {
    let text = exhibit.text.as_deref().unwrap_or_default();
    let lines = LINE * text.lines().count() + THOUSAND * text.len() / 1_000;
    EXHIBIT + lines + ATTACHMENT * (exhibit.attachments.len() + exhibit.withheld.len())
}

fn volume(report: &Report, range: Range<usize>, volume: Volume) -> Report {
    let exhibits = report.exhibits.get(range).unwrap_or_default().to_vec();
    let numbers: BTreeSet<u64> = exhibits.iter().map(|exhibit| exhibit.number).collect();
    let is_first = volume.number == 1;
    let here = |number: &u64| numbers.contains(number);
    let agreements = report
        .agreements
        .iter()
        .filter(|agreement| here(&agreement.exhibit));
    let log = report.log.iter();
    let log = log.filter(|line| line.exhibit.as_ref().map_or(is_first, here));
    Report {
        language: report.language,
        time_zone: report.time_zone.clone(),
        organisation: report.organisation.clone(),
        purpose: report.purpose.clone(),
        recipient: report.recipient.clone(),
        made_at: report.made_at,
        made_by: report.made_by.clone(),
        package: report.package.clone(),
        volume: Some(volume),
        parties: report.parties.clone(),
        holes: if is_first {
            report.holes.clone()
        } else {
            Vec::new()
        },
        agreements: agreements.cloned().collect(),
        log: log.cloned().collect(),
        exhibits,
        proof: report.proof.clone(),
    }
}

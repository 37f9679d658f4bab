//! Large reports are parted, and nothing is lost or shown twice.

use kronika_report::Report;
use kronika_report::model::{Language, Volume};
use kronika_report::volume::{MAX_EXHIBITS, plan, split};

use crate::support::{made, report, text};

/// A report of so many exhibits, each as the first of the sample.
fn of(count: u64) -> Report {
    let mut report = report(Language::En);
    let first = report.exhibits[0].clone();
    report.exhibits = (1..=count)
        .map(|number| {
            let mut exhibit = first.clone();
            exhibit.number = number;
            exhibit
        })
        .collect();
    report
}

#[test]
fn a_small_report_is_one_volume_without_a_number() {
    let volumes = split(report(Language::En));

    assert_eq!(volumes, [report(Language::En)]);
}

#[test]
fn every_exhibit_is_in_one_volume_and_numbers_go_on() {
    let volumes = split(of(1_000));

    let numbers: Vec<u64> = volumes
        .iter()
        .flat_map(|volume| &volume.exhibits)
        .map(|exhibit| exhibit.number)
        .collect();
    assert_eq!(numbers, (1..=1_000).collect::<Vec<u64>>());
    let names: Vec<Option<Volume>> = volumes.iter().map(|volume| volume.volume).collect();
    let name = |number| Some(Volume { number, of: 3 });
    assert_eq!(names, [name(1), name(2), name(3)]);
    assert!(volumes.iter().all(|volume| volume.exhibits.len() <= MAX_EXHIBITS));
}

#[test]
fn lines_of_the_log_and_agreements_stand_with_their_exhibits() {
    let mut whole = of(500);
    let mut line = whole.log[0].clone();
    line.exhibit = Some(450);
    whole.log.push(line);
    whole.agreements[0].exhibit = 450;
    let (log, agreements, holes) = (whole.log.len(), whole.agreements.len(), whole.holes.len());

    let volumes = split(whole);

    assert_eq!(volumes.len(), 2);
    assert_eq!(volumes[1].log.len(), 1);
    assert_eq!(volumes[0].log.len(), log - 1);
    assert_eq!(
        (volumes[0].agreements.len(), volumes[1].agreements.len()),
        (agreements - 1, 1)
    );
    assert_eq!((volumes[0].holes.len(), volumes[1].holes.len()), (holes, 0));
}

#[test]
fn very_long_texts_make_small_volumes() {
    let mut report = of(12);
    for exhibit in &mut report.exhibits {
        exhibit.text = Some("long ".repeat(60_000));
    }

    let plan = plan(&report);

    assert_eq!(plan.iter().map(ExactSizeIterator::len).sum::<usize>(), 12);
    assert!(
        plan.len() == 2 && plan.iter().all(|range| !range.is_empty()),
        "{plan:?}"
    );
}

#[test]
fn a_report_without_exhibits_is_still_one() {
    let volumes = split(of(0));

    assert_eq!(volumes.len(), 1);
    made(&Report {
        agreements: Vec::new(),
        log: Vec::new(),
        ..volumes[0].clone()
    });
}

#[test]
fn a_volume_says_which_it_is() {
    let mut second = report(Language::Pl);
    second.volume = Some(Volume { number: 2, of: 3 });
    second.exhibits.drain(..6);
    second.holes.clear();
    second.agreements.clear();
    let folder = made(&second);

    let Some(text) = text(&folder) else { return };
    assert!(text.contains("Tom 2 z 3"));
    assert!(text.contains("6 dowodów, nr 7–12"));
    assert!(text.contains("Wykaz znajduje się w pierwszym tomie."));
    assert!(text.contains("pdfdetach -saveall data/report-2.pdf"));
}

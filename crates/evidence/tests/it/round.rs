//! What is written can be verified.

use kronika_evidence::verify::{ClaimName, Overall, Status};
use kronika_evidence::{Options, WriteError};

use crate::journal::{Archive, NOW, judge, judge_by, problems, statuses};
use crate::repack::unpack;

#[test]
fn a_package_proves_what_it_holds() {
    let archive = Archive::new(300);
    let bytes = archive.write(&archive.whole());

    let verdict = judge(&archive, &bytes);

    assert_eq!(problems(&verdict), "");
    assert_eq!(verdict.overall, Overall::Sound);
    assert_eq!(verdict.items.len(), 60);
    let statuses = statuses(&verdict);
    for name in ClaimName::ALL {
        let is_without = matches!(name, ClaimName::Timestamps | ClaimName::Origin);
        let expected = if is_without {
            Status::NotChecked
        } else {
            Status::Holds
        };
        assert_eq!(statuses[&name], expected, "{name:?}");
    }
    let item = &verdict.items[1];
    assert_eq!(item.logged_at, "2026-11-01T00:06:00Z");
    assert_eq!(
        item.absent_at.as_deref(),
        Some("2026-11-01T00:04:00Z"),
        "the older checkpoint was without it"
    );
    assert_eq!(item.present_by.as_deref(), Some("2026-11-01T05:00:00Z"));
    let first = &verdict.items[0];
    assert_eq!(
        first.present_by.as_deref(),
        Some("2026-11-01T00:04:00Z"),
        "the older checkpoint has it"
    );
    assert_eq!(first.absent_at, None);
}

#[test]
fn the_same_package_is_the_same_bytes() {
    let archive = Archive::new(30);

    assert_eq!(archive.write(&archive.whole()), archive.write(&archive.whole()));
}

#[test]
fn without_a_policy_the_verdict_says_that_the_key_is_the_packages_own() {
    let archive = Archive::new(30);
    let bytes = archive.write(&archive.whole());

    let verdict = judge_by(
        &bytes,
        &Options {
            now: NOW,
            ..Options::default()
        },
    );

    assert_eq!(verdict.overall, Overall::Sound);
    let checkpoint = &verdict.claims[ClaimName::Checkpoint as usize];
    assert!(
        checkpoint
            .sentences
            .iter()
            .any(|sentence| sentence.contains("the package's own"))
    );
    assert_eq!(checkpoint.keys, [archive.key.verifier().to_string()]);
}

#[test]
fn without_leaves_older_checkpoints_are_not_used() {
    let archive = Archive::new(30);
    let mut package = archive.whole();
    package.journal.with_leaves = false;

    let verdict = judge(&archive, &archive.write(&package));

    assert_eq!(problems(&verdict), "");
    assert_eq!(verdict.overall, Overall::Sound);
    assert_eq!(statuses(&verdict)[&ClaimName::Leaves], Status::NotChecked);
    assert!(verdict.items.iter().all(|item| item.absent_at.is_none()));
}

#[test]
fn an_item_under_an_older_checkpoint_is_proven_by_that_one() {
    let archive = Archive::new(30);
    let mut package = archive.whole();
    package.items[0].proof = archive.proof(1, 4);

    let verdict = judge(&archive, &archive.write(&package));

    assert_eq!(problems(&verdict), "");
    assert_eq!(verdict.overall, Overall::Sound);
}

#[test]
fn an_empty_package_is_sound_and_says_nothing_of_a_client() {
    let archive = Archive::new(3);
    let mut package = archive.package(Vec::new());
    package.completeness.clear();
    package.journal.older.clear();

    let verdict = judge(&archive, &archive.write(&package));

    assert_eq!(problems(&verdict), "");
    assert_eq!(verdict.overall, Overall::Sound);
    assert_eq!(statuses(&verdict)[&ClaimName::Completeness], Status::NotChecked);
}

#[test]
fn what_would_not_verify_is_not_written() {
    let mut archive = Archive::new(30);
    let package = archive.whole();
    archive.records[2].parts[1].1[40] ^= 1;
    let mut originals = crate::journal::Originals {
        archive: &archive,
        items: &package.items,
    };

    let refused = kronika_evidence::write(&package, &mut originals, std::io::Cursor::new(Vec::new()));

    assert!(matches!(refused, Err(WriteError::Unfit { number: 3, .. })));
}

#[test]
fn a_report_in_volumes_and_conversations_go_along() {
    let archive = Archive::new(30);
    let mut package = archive.whole();
    package.reports = (1..=11)
        .map(|number| format!("%PDF {number}").into_bytes())
        .collect();

    let bytes = archive.write(&package);

    assert_eq!(judge(&archive, &bytes).overall, Overall::Sound);
    let files = unpack(&bytes);
    for number in 1..=11 {
        assert_eq!(
            files[&format!("data/report-{number}.pdf")],
            format!("%PDF {number}").into_bytes()
        );
    }
    assert_eq!(files["data/conversations/000002.vcon.json"], b"{\"vcon\":2}");
}

#[test]
fn a_package_needs_neither_report_nor_conversations() {
    let archive = Archive::new(30);
    let mut package = archive.whole();
    package.reports.clear();
    package.conversations.clear();

    let bytes = archive.write(&package);

    assert_eq!(judge(&archive, &bytes).overall, Overall::Sound);
    assert!(
        !unpack(&bytes)
            .keys()
            .any(|name| name.contains("report") || name.contains("conversation"))
    );
}

//! Giving out a part of what there is, and saying what is missing.

use kronika_evidence::verify::{ClaimName, Overall, Status};
use kronika_evidence::{Options, Tombstone};

use crate::journal::{Archive, NOW, judge, judge_by, problems, statuses};
use crate::repack::{forge, replace, unpack};

#[test]
fn one_attachment_is_disclosed_and_the_rest_withheld() {
    let archive = Archive::new(30);
    let items = vec![archive.item_of(&archive.records[3], &["part/1.2"])];
    let bytes = archive.write(&archive.package(items));

    let verdict = judge(&archive, &bytes);

    assert_eq!(problems(&verdict), "");
    assert_eq!(verdict.overall, Overall::Sound);
    assert_eq!(verdict.items[0].disclosed, ["part/1.2"]);
    let secret = |name: &str| format!("{name}: a secret of others");
    assert_eq!(
        verdict.items[0].withheld,
        [secret("meta"), secret("original"), secret("part/1")]
    );
    let files = unpack(&bytes);
    assert_eq!(files["data/parts/000001/part-1.2.bin"], b"attachment 4");
    let leaked = |content: &[u8]| String::from_utf8_lossy(content).contains("anna@client");
    assert!(
        !files.values().any(|content| leaked(content)),
        "nothing else of the record is in the package"
    );
}

#[test]
fn a_withheld_part_can_be_disclosed_later_and_fits() {
    let archive = Archive::new(30);
    let record = &archive.records[3];
    let first = archive.write(&archive.package(vec![archive.item_of(record, &["meta", "part/1"])]));
    let second =
        archive.write(&archive.package(vec![archive.item_of(record, &["meta", "part/1", "part/1.2"])]));

    let parts = |bytes: &[u8]| {
        let opening = unpack(bytes)["data/proofs/000001.opening.json"].clone();
        serde_json::from_slice::<serde_json::Value>(&opening).unwrap()["parts"].clone()
    };

    assert_eq!(parts(&first), parts(&second));
    assert_eq!(judge(&archive, &second).overall, Overall::Sound);
}

#[test]
fn another_attachment_in_its_place_is_noticed() {
    let archive = Archive::new(30);
    let items = vec![archive.item_of(&archive.records[3], &["part/1.2"])];
    let mut files = unpack(&archive.write(&archive.package(items)));
    files.insert("data/parts/000001/part-1.2.bin".into(), b"attachment 5".to_vec());

    let verdict = judge(&archive, &forge(&files));

    assert_eq!(statuses(&verdict)[&ClaimName::Openings], Status::Fails);
}

#[test]
fn a_part_cannot_be_called_what_another_is() {
    let archive = Archive::new(30);
    let items = vec![archive.item_of(&archive.records[3], &["meta", "part/1.2"])];
    let mut files = unpack(&archive.write(&archive.package(items)));
    replace(
        &mut files,
        "data/proofs/000001.opening.json",
        "\"name\": \"part/1\"",
        "\"name\": \"part/9\"",
    );

    let verdict = judge(&archive, &forge(&files));

    assert!(
        problems(&verdict).contains("is called part/9, but is part/1"),
        "{}",
        problems(&verdict)
    );
}

#[test]
fn holes_need_a_reason_and_the_chain_goes_around_them() {
    let archive = Archive::new(30);
    let mut items: Vec<_> = archive
        .records
        .iter()
        .map(|record| archive.item(record))
        .collect();
    items.remove(2);
    let mut package = archive.package(items);
    let verdict = judge(&archive, &archive.write(&package));
    assert_eq!(problems(&verdict), "");
    let completeness = &verdict.claims[ClaimName::Completeness as usize];
    assert!(
        completeness.sentences[0].starts_with("Client 000000000000a: numbers 1 to 6, of which 1 are holes")
    );

    package.completeness[0].records[2].hole = Some(" ".into());
    let without_reason = judge(&archive, &archive.write(&package));
    assert_eq!(statuses(&without_reason)[&ClaimName::Completeness], Status::Fails);

    package.completeness[0].records[2].hole = Some("about another matter".into());
    package.completeness[0].records[2].commitment = "00".repeat(32);
    let of_something_else = judge(&archive, &archive.write(&package));
    assert_eq!(
        statuses(&of_something_else)[&ClaimName::Completeness],
        Status::Fails
    );
    assert_eq!(
        statuses(&of_something_else)[&ClaimName::Leaves],
        Status::Fails,
        "nothing such is in the journal"
    );
}

#[test]
fn a_record_cannot_be_left_out_of_the_numbers() {
    let archive = Archive::new(30);
    let mut package = archive.package(
        archive.records[..2]
            .iter()
            .map(|record| archive.item(record))
            .collect(),
    );
    let all = package.completeness[0].records.clone();
    for forget in 0..2 {
        package.completeness[0].records = all.clone();
        package.completeness[0].records.remove(forget);
        let verdict = judge(&archive, &archive.write(&package));
        assert_eq!(
            statuses(&verdict)[&ClaimName::Completeness],
            Status::Fails,
            "without {forget}"
        );
    }
    package.completeness[0].records = all[..1].to_vec();
    package.completeness[0].to = 1;
    let verdict = judge(&archive, &archive.write(&package));
    assert_eq!(
        statuses(&verdict)[&ClaimName::Completeness],
        Status::Fails,
        "number 2 is an item"
    );
}

#[test]
fn a_tombstone_stands_for_an_entry_of_the_journal() {
    let archive = Archive::new(30);
    let mut package = archive.whole();
    let mut tombstone = Tombstone {
        journal_index: 2,
        commitment: format!("{:x}", archive.leaves[2].commitment),
        erased: true,
        by: Some("the owner".into()),
        at: Some("2026-11-20T10:00:00Z".into()),
        reason: "asked for by the person concerned".into(),
    };
    package.tombstones = vec![tombstone.clone()];
    assert_eq!(problems(&judge(&archive, &archive.write(&package))), "");

    tombstone.journal_index = 3;
    package.tombstones = vec![tombstone];
    let verdict = judge(&archive, &archive.write(&package));
    assert_eq!(statuses(&verdict)[&ClaimName::Leaves], Status::Fails);
}

#[test]
fn a_package_by_its_own_policy_says_so_of_the_witnesses() {
    let archive = Archive::new(7);
    let verdict = judge_by(
        &archive.write(&archive.whole()),
        &Options {
            now: NOW,
            ..Options::default()
        },
    );

    let witnesses = &verdict.claims[ClaimName::Witnesses as usize];
    assert_eq!(witnesses.status, Status::Holds);
    assert!(
        witnesses
            .sentences
            .iter()
            .any(|sentence| sentence.contains("the package's own"))
    );
}

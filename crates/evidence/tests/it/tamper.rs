//! Everything that can be done to a package, and that it is noticed.

use std::io::Cursor;

use kronika_evidence::container::Reader;
use kronika_evidence::verify::{ClaimName, Overall, Status};
use kronika_evidence::{Options, VerifyError, verify};
use kronika_tlog::cosignature::CosigningKey;
use kronika_tlog::note::SigningKey;

use crate::journal::{Archive, NOW, ORIGIN, judge, judge_by, problems, statuses};
use crate::repack::{Files, forge, pack, replace, unpack};

fn small() -> (Archive, Vec<u8>) {
    let archive = Archive::new(7);
    let bytes = archive.write(&archive.whole());
    (archive, bytes)
}

/// Whether reading every file finds nothing wrong. What this finds, verifying finds as well: it reads all files first.
fn reads_well(bytes: &[u8]) -> bool {
    let Ok(mut reader) = Reader::open(Cursor::new(bytes)) else {
        return false;
    };
    let entries = reader.entries();
    entries
        .iter()
        .all(|entry| reader.copy(&entry.name, |_| ()).is_ok())
}

#[test]
fn every_changed_byte_is_noticed() {
    let (_, mut bytes) = small();
    assert!(reads_well(&bytes));

    for at in 0..bytes.len() {
        for change in [1, 0x20, 0x80] {
            bytes[at] ^= change;
            assert!(
                !reads_well(&bytes),
                "byte {at} of {} was changed by {change:#x}",
                bytes.len()
            );
            bytes[at] ^= change;
        }
    }
}

#[test]
fn a_changed_byte_makes_the_verdict_damaged_or_the_file_no_package() {
    let (archive, mut bytes) = small();
    let policy = archive.policy();
    let policy = kronika_tlog::policy::Policy::parse(policy.as_bytes()).unwrap();
    let options = Options {
        policy: Some(policy),
        roots: Vec::new(),
        now: NOW,
    };

    // A prime stride meets every kind of byte there is, in every file.
    for at in (0..bytes.len()).step_by(97) {
        bytes[at] ^= 4;
        match verify(Cursor::new(&bytes), &options) {
            Ok(verdict) => assert_eq!(verdict.overall, Overall::Damaged, "byte {at}"),
            Err(error) => assert!(
                matches!(error, VerifyError::NotAPackage) && at < 2,
                "byte {at}: {error}"
            ),
        }
        bytes[at] ^= 4;
    }
}

#[test]
fn a_package_cut_off_or_added_to_is_damaged() {
    let (archive, bytes) = small();

    for length in [bytes.len() - 1, bytes.len() - 22, bytes.len() / 2, 30, 4] {
        assert_eq!(
            judge(&archive, &bytes[..length]).overall,
            Overall::Damaged,
            "cut off at {length}"
        );
    }
    for more in ["\0", "PK", "\n"] {
        let longer = [&bytes, more.as_bytes()].concat();
        assert_eq!(
            judge(&archive, &longer).overall,
            Overall::Damaged,
            "{more:?} behind"
        );
    }
}

#[test]
fn no_file_can_be_dropped() {
    let (archive, bytes) = small();
    let files = unpack(&bytes);

    for name in files.keys() {
        let mut fewer = files.clone();
        fewer.remove(name);
        assert_eq!(
            judge(&archive, &pack(&fewer)).overall,
            Overall::Damaged,
            "without {name}"
        );
    }
}

#[test]
fn no_file_that_proves_something_can_be_dropped_even_from_the_manifests() {
    let (archive, bytes) = small();
    let files = unpack(&bytes);
    // By the archive's word, as the verdict and the README say, or of use to people only.
    let is_free = |name: &str| {
        !name.starts_with("data/")
            || name == "data/custody.jsonl"
            || name.starts_with("data/report")
            || name.starts_with("data/conversations/")
            || name.starts_with("data/dkim/")
            || name.starts_with("data/proofs/checkpoints/")
    };

    for name in files.keys().filter(|name| !is_free(name)) {
        let mut fewer = files.clone();
        fewer.remove(name);
        let verdict = judge(&archive, &forge(&fewer));
        let is_noticed = verdict.overall == Overall::Damaged
            || (name.starts_with("data/proofs/leaves")
                && statuses(&verdict)[&ClaimName::Leaves] != Status::Holds);
        assert!(is_noticed, "without {name}");
    }
}

#[test]
fn volumes_and_conversations_are_numbered_without_gaps() {
    let (archive, bytes) = small();
    let files = unpack(&bytes);
    let pdf = b"%PDF".to_vec();
    let vcon = b"{}".to_vec();
    let cases = [
        ("beside the only volume", "data/report-2.pdf", pdf.clone()),
        ("under a name like it", "data/report-01.pdf", pdf.clone()),
        ("of another kind", "data/reports.txt", pdf),
        ("after a gap", "data/conversations/000004.vcon.json", vcon.clone()),
        ("under another name", "data/conversations/3.vcon.json", vcon),
    ];

    for (what, name, content) in cases {
        let mut more = files.clone();
        more.insert(name.into(), content);
        assert_eq!(
            judge(&archive, &forge(&more)).overall,
            Overall::Damaged,
            "{what}: {name}"
        );
    }
}

#[test]
fn no_file_can_be_added_renamed_or_exchanged() {
    let (archive, bytes) = small();
    let files = unpack(&bytes);

    for added in [
        "data/originals/000099.eml",
        "data/x",
        "data/proofs/000001.extra",
        "NOTE.txt",
        "data/proofs/leaves/001",
        "data/proofs/timestamps/note.txt",
        "data/proofs/timestamps/001.asics",
    ] {
        let mut more = files.clone();
        more.insert(added.into(), b"x".to_vec());
        assert_eq!(judge(&archive, &pack(&more)).overall, Overall::Damaged, "{added}");
        assert_eq!(
            judge(&archive, &forge(&more)).overall,
            Overall::Damaged,
            "{added} with manifests"
        );
    }
    for (one, other) in [
        ("data/originals/000001.eml", "data/originals/000002.eml"),
        ("data/proofs/000001.tlog-proof", "data/proofs/000002.tlog-proof"),
        ("data/proofs/000001.meta.json", "data/proofs/000002.meta.json"),
        (
            "data/proofs/000001.opening.json",
            "data/proofs/000002.opening.json",
        ),
        ("data/proofs/checkpoint", "data/proofs/checkpoints/000001"),
    ] {
        let mut exchanged = files.clone();
        exchanged.insert(one.into(), files[other].clone());
        exchanged.insert(other.into(), files[one].clone());
        assert_eq!(
            judge(&archive, &pack(&exchanged)).overall,
            Overall::Damaged,
            "{one}"
        );
        assert_eq!(
            judge(&archive, &forge(&exchanged)).overall,
            Overall::Damaged,
            "{one} with manifests"
        );
    }
    let mut renamed = files.clone();
    let original = renamed.remove("data/originals/000002.eml").unwrap();
    renamed.insert("data/originals/000003.eml".into(), original);
    assert_eq!(judge(&archive, &forge(&renamed)).overall, Overall::Damaged);
}

/// What an opponent can change in text, with manifests that fit.
const CHANGES: [(&str, &str, &str, ClaimName); 13] = [
    (
        "data/originals/000001.eml",
        "1,000 euros",
        "9,000 euros",
        ClaimName::Openings,
    ),
    (
        "data/proofs/000001.meta.json",
        "inbound",
        "outbound",
        ClaimName::Openings,
    ),
    (
        "data/proofs/000001.opening.json",
        "\"salt\": \"",
        "\"salt\": \"0",
        ClaimName::Openings,
    ),
    (
        "data/proofs/000001.opening.json",
        "\"leaf\": \"0102",
        "\"leaf\": \"0103",
        ClaimName::Inclusion,
    ),
    (
        "data/proofs/000001.tlog-proof",
        "index 1",
        "index 2",
        ClaimName::Inclusion,
    ),
    ("data/items.jsonl", "Offer", "Refusal", ClaimName::Openings),
    ("data/items.csv", "Offer", "Refusal", ClaimName::Openings),
    (
        "data/items.jsonl",
        "\"journal_index\":1",
        "\"journal_index\":0",
        ClaimName::Openings,
    ),
    ("data/proofs/checkpoint", "\n7\n", "\n8\n", ClaimName::Checkpoint),
    (
        "data/proofs/checkpoints/000001",
        "\n4\n",
        "\n3\n",
        ClaimName::Checkpoint,
    ),
    (
        "data/completeness.json",
        "\"to\": 2",
        "\"to\": 3",
        ClaimName::Completeness,
    ),
    (
        "data/completeness.json",
        "\"item\": 1",
        "\"item\": 2",
        ClaimName::Completeness,
    ),
    ("data/proofs/key.txt", "+AWV", "+AWX", ClaimName::Checkpoint),
];

#[test]
fn changes_with_manifests_that_fit_are_noticed_by_what_is_proven() {
    let (archive, bytes) = small();
    let files = unpack(&bytes);

    for (name, old, new, claim) in CHANGES {
        let mut changed: Files = files.clone();
        // The key begins otherwise than is written above.
        let key = String::from_utf8(files["data/proofs/key.txt"].clone()).unwrap();
        let middle = key
            .rsplit_once('+')
            .map(|(_, key)| format!("+{}", &key[..3]))
            .unwrap();
        let (old, new) = if old == "+AWV" {
            (middle.as_str(), "+AAA")
        } else {
            (old, new)
        };
        replace(&mut changed, name, old, new);
        let verdict = judge(&archive, &forge(&changed));
        assert_eq!(verdict.overall, Overall::Damaged, "{name}: {old}");
        assert_eq!(
            statuses(&verdict)[&claim],
            Status::Fails,
            "{name}: {old}: {}",
            problems(&verdict)
        );
    }
}

#[test]
fn another_key_is_no_key_of_the_archive() {
    let mut other = Archive::new(7);
    other.key = SigningKey::from_seed(ORIGIN, &[99; 32]).unwrap();
    let forged = other.write(&other.whole());

    let by_itself = judge_by(
        &forged,
        &Options {
            now: NOW,
            ..Options::default()
        },
    );
    assert_eq!(
        by_itself.overall,
        Overall::Sound,
        "a forger can make a whole journal"
    );
    let verdict = judge(&Archive::new(7), &forged);

    assert_eq!(
        verdict.overall,
        Overall::Damaged,
        "but not with the key that was given out"
    );
    assert_eq!(statuses(&verdict)[&ClaimName::Checkpoint], Status::Fails);
    assert_eq!(statuses(&verdict)[&ClaimName::Inclusion], Status::NotChecked);
}

#[test]
fn another_witness_is_no_witness() {
    let mut other = Archive::new(7);
    other.witness = CosigningKey::from_seed("witness.example/a", &[99; 32]).unwrap();

    let verdict = judge(&Archive::new(7), &other.write(&other.whole()));

    assert_eq!(statuses(&verdict)[&ClaimName::Checkpoint], Status::Holds);
    assert_eq!(statuses(&verdict)[&ClaimName::Witnesses], Status::Fails);
    assert_eq!(verdict.overall, Overall::Damaged);
}

#[test]
fn a_proof_of_another_archive_proves_nothing_here() {
    let (archive, bytes) = small();
    let mut other = Archive::new(7);
    other.key = SigningKey::from_seed("kronika.archive/ffffffffffffffff", &[7; 32]).unwrap();
    let mut files = unpack(&bytes);
    let text = archive.proof(1, 7).to_string();
    let (path, _) = text.split_once("\n\n").unwrap();
    let foreign =
        kronika_tlog::checkpoint::Checkpoint::new("kronika.archive/ffffffffffffffff", other.head(7)).unwrap();
    let foreign = kronika_tlog::note::Note::sign(foreign.to_string(), &other.key).unwrap();
    files.insert(
        "data/proofs/000001.tlog-proof".into(),
        format!("{path}\n\n{foreign}").into(),
    );

    let verdict = judge(&archive, &forge(&files));

    assert_eq!(verdict.overall, Overall::Damaged);
    assert_eq!(statuses(&verdict)[&ClaimName::Inclusion], Status::Fails);
}

#[test]
fn a_forked_journal_is_noticed_by_the_older_checkpoint() {
    let mut archive = Archive::new(30);
    let before = archive.checkpoint(10).to_string();
    archive.leaves[8].logged_at += 1;
    let mut package = archive.whole();
    package.journal.older = vec![before];

    let verdict = judge(&archive, &archive.write(&package));

    assert_eq!(statuses(&verdict)[&ClaimName::Leaves], Status::Fails);
    assert!(problems(&verdict).contains("forked"));
}

#[test]
fn leaves_that_go_back_in_time_are_noticed() {
    let mut archive = Archive::new(30);
    archive.leaves[20].logged_at -= 600_000;
    let verdict = judge(&archive, &archive.write(&archive.whole()));

    assert_eq!(statuses(&verdict)[&ClaimName::Leaves], Status::Fails);
    assert!(problems(&verdict).contains("entry 20 was logged before"));
}

#[test]
fn an_entry_dated_after_others_saw_it_is_noticed() {
    let mut archive = Archive::new(7);
    archive.leaves[6].logged_at += 3_600_000;
    let verdict = judge(&archive, &archive.write(&archive.whole()));

    assert_eq!(statuses(&verdict)[&ClaimName::Time], Status::Fails);
}

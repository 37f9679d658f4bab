//! Things of another archive put into a package, or shown in the place of ours.

use kronika_evidence::verify::{ClaimName, Overall, Status, receipt};
use kronika_evidence::{Options, Receipt};
use kronika_tlog::note::SigningKey;
use kronika_tlog::policy::Policy;

use crate::authority::{Authority, judge_with};
use crate::journal::{Archive, NOW, judge, judge_by, statuses};
use crate::receipt::given_by;
use crate::repack::{Files, forge, pack, unpack};

/// Another archive under a key of its own, with a package of its own.
fn stranger() -> (Archive, Files) {
    let mut stranger = Archive::new(30);
    stranger.key = SigningKey::from_seed("kronika.archive/ffffffffffffffff", &[9; 32]).unwrap();
    let mut package = stranger.whole();
    package.reports = vec![b"%PDF of another archive".to_vec()];
    package.conversations = package
        .conversations
        .iter()
        .map(|_| b"{\"vcon\":9}".to_vec())
        .collect();
    let files = unpack(&stranger.write(&package));
    (stranger, files)
}

/// What stands in a package by the archive's word alone, or for the eye; README and CLAIMS.md say so.
fn is_only_for_reading(name: &str) -> bool {
    let files = ["data/custody.jsonl", "bag-info.txt", "README.txt"];
    let folders = ["data/report", "data/conversations/", "data/dkim/"];
    files.contains(&name)
        || folders.iter().any(|folder| name.starts_with(folder))
        || !name.starts_with("data/")
}

#[test]
fn no_file_of_another_archives_package_passes_for_ours() {
    let archive = Archive::new(7);
    let own = unpack(&archive.write(&archive.whole()));
    let (_, theirs) = stranger();
    let differing = own.iter().filter(|(name, content)| {
        let other = theirs.get(*name);
        other.is_some_and(|other| other != *content)
    });
    let mut exchanged = 0;

    for (name, _) in differing {
        let mut files = own.clone();
        files.insert(name.clone(), theirs[name].clone());
        assert_eq!(judge(&archive, &pack(&files)).overall, Overall::Damaged, "{name}");
        if name == "data/proofs/policy" {
            // Whoever was given a policy beforehand asks no other; to whoever was not, this one is of another journal.
            let options = Options {
                now: NOW,
                ..Options::default()
            };
            assert_ne!(
                judge_by(&forge(&files), &options).overall,
                Overall::Sound,
                "{name}"
            );
        } else if !is_only_for_reading(name) {
            let forged = judge(&archive, &forge(&files));
            assert_eq!(
                forged.overall,
                Overall::Damaged,
                "{name} under manifests that fit"
            );
        }
        exchanged += 1;
    }
    assert!(exchanged > 10, "only {exchanged} files differ");
}

/// What no signature covers is held by the manifests alone: the hash of the whole package that was noted when it was made
/// is what tells.
#[test]
fn a_report_and_a_conversation_of_another_package_fit_once_the_manifests_do() {
    let archive = Archive::new(7);
    let own = unpack(&archive.write(&archive.whole()));
    let (_, theirs) = stranger();

    for name in ["data/report.pdf", "data/conversations/000001.vcon.json"] {
        let mut files = own.clone();
        assert_ne!(own[name], theirs[name]);
        files.insert(name.to_owned(), theirs[name].clone());

        assert_eq!(judge(&archive, &pack(&files)).overall, Overall::Damaged, "{name}");
        assert_eq!(
            judge(&archive, &forge(&files)).overall,
            Overall::Sound,
            "{name} proves nothing"
        );
    }
}

#[test]
fn the_whole_journal_of_another_archive_does_not_stand_for_our_items() {
    let archive = Archive::new(7);
    let mut files = unpack(&archive.write(&archive.whole()));
    let (stranger, theirs) = stranger();
    let names: Vec<String> = theirs
        .keys()
        .filter(|name| name.starts_with("data/proofs/"))
        .cloned()
        .collect();
    for name in names {
        files.insert(name.clone(), theirs[&name].clone());
    }

    for judging in [&archive, &stranger] {
        assert_eq!(judge(judging, &forge(&files)).overall, Overall::Damaged);
    }
}

#[test]
fn a_receipt_of_another_archive_is_none_of_ours() {
    let archive = Archive::new(40);
    let mut stranger = Archive::new(40);
    stranger.key = SigningKey::from_seed("kronika.archive/ffffffffffffffff", &[9; 32]).unwrap();
    let ours = Options {
        policy: Some(Policy::parse(archive.policy().as_bytes()).unwrap()),
        roots: Vec::new(),
        now: NOW,
    };
    let (good, original) = given_by(&archive, 2);
    let (theirs, _) = given_by(&stranger, 2);
    let overall = |one: &Receipt| {
        let file = one.to_file().unwrap();
        receipt(file.as_bytes(), Some(&original), &ours).unwrap().overall
    };

    assert_eq!(overall(&good), Overall::Sound);
    assert_eq!(overall(&theirs), Overall::Damaged, "its key is not ours");
    let posing = Receipt {
        key: good.key.clone(),
        ..theirs
    };
    assert_eq!(overall(&posing), Overall::Damaged, "under our key");
}

#[test]
fn another_authoritys_token_over_the_same_checkpoint_is_not_believed() {
    let (Some(authority), Some(other)) = (Authority::new(), Authority::new()) else {
        return;
    };
    let archive = Archive::new(7);
    let own = unpack(&archive.write(&authority.stamped(&archive)));
    let theirs = unpack(&archive.write(&other.stamped(&archive)));
    let (token, chain) = (
        "data/proofs/timestamps/001.tst",
        "data/proofs/timestamps/chain.pem",
    );

    for names in [vec![token], vec![token, chain]] {
        let mut files = own.clone();
        for name in &names {
            files.insert((*name).to_owned(), theirs[*name].clone());
        }
        let verdict = judge_with(&archive, authority.roots(), &forge(&files));
        assert_eq!(
            statuses(&verdict)[&ClaimName::Timestamps],
            Status::Fails,
            "{names:?}"
        );
    }
}

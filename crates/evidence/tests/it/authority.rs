//! Timestamps by an authority made with OpenSSL.

use std::path::Path;
use std::process::Command;

use kronika_evidence::verify::{ClaimName, Overall, Status};
use kronika_evidence::{Options, Package, Timestamp, Verdict};
use kronika_timestamp::{Certificate, Imprint, Request, Response};
use kronika_tlog::policy::Policy;

use crate::journal::{Archive, NOW, judge, judge_by, problems, statuses};
use crate::repack::{forge, replace, unpack};

/// As in the tests of timestamps.
const CONFIG: &str = include_str!("../../../timestamp/tests/it/authority.cnf");

/// A folder with a root and a unit under it.
pub struct Authority(tempfile::TempDir);

impl Authority {
    /// `None`, said aloud, without OpenSSL.
    pub fn new() -> Option<Authority> {
        if Command::new("openssl").arg("version").output().is_err() {
            eprintln!("SKIPPED: no openssl");
            return None;
        }
        let authority = Authority(tempfile::tempdir().unwrap());
        for (name, content) in [
            ("authority.cnf", CONFIG),
            ("index.txt", ""),
            ("serial", "F7000001"),
            ("tsserial", "01"),
        ] {
            std::fs::write(authority.folder().join(name), content).unwrap();
        }
        for name in ["root", "tsa"] {
            authority.must(&format!(
                "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out {name}.key"
            ));
        }
        authority.must(
            "req -x509 -new -key root.key -out root.pem -days 9999 -config authority.cnf -extensions root -subj /CN=root",
        );
        authority.must("req -new -key tsa.key -out tsa.csr -config authority.cnf -subj /CN=tsa");
        authority.must(
            "ca -batch -notext -config authority.cnf -cert root.pem -keyfile root.key -in tsa.csr -out tsa.pem -extensions \
             tsa -startdate 20200101000000Z -enddate 20991231235959Z",
        );
        Some(authority)
    }

    pub fn folder(&self) -> &Path {
        self.0.path()
    }

    fn must(&self, arguments: &str) {
        let arguments = arguments.split_whitespace();
        let output = Command::new("openssl")
            .args(arguments)
            .current_dir(&self.0)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    /// A token over these bytes.
    pub fn stamp(&self, data: &[u8]) -> Vec<u8> {
        let request = Request::new(Imprint::sha256(data), 0x1234_5678);
        std::fs::write(self.folder().join("request"), request.to_der()).unwrap();
        self.must(
            "ts -reply -config authority.cnf -section unit -queryfile request -signer tsa.pem -inkey tsa.key -out answer",
        );
        let answer = std::fs::read(self.folder().join("answer")).unwrap();
        Response::parse(&answer)
            .unwrap()
            .into_token()
            .unwrap()
            .as_bytes()
            .to_vec()
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder().join(name)).unwrap()
    }

    pub fn roots(&self) -> Vec<Certificate> {
        Certificate::from_pem(&self.read("root.pem")).unwrap()
    }

    /// A package with a timestamp over the checkpoint and one over the older one.
    pub fn stamped(&self, archive: &Archive) -> Package {
        let mut package = archive.whole();
        let over = |note: &str| Timestamp {
            token: self.stamp(note.as_bytes()),
            container: None,
        };
        package.journal.timestamps = vec![over(&package.journal.checkpoint), over(&package.journal.older[0])];
        package.journal.chain = self.read("tsa.pem");
        package
    }
}

/// The verdict of somebody who knows policy and roots, on whatever day it is.
pub fn judge_with(archive: &Archive, roots: Vec<Certificate>, bytes: &[u8]) -> Verdict {
    let policy = Policy::parse(archive.policy().as_bytes()).unwrap();
    // The authority of the tests goes by the system's clock.
    judge_by(
        bytes,
        &Options {
            policy: Some(policy),
            roots,
            now: i64::MAX / 2,
        },
    )
}

#[test]
fn a_timestamp_bounds_when_the_items_were_there() {
    let Some(authority) = Authority::new() else { return };
    let archive = Archive::new(30);
    let bytes = archive.write(&authority.stamped(&archive));

    let verdict = judge_with(&archive, authority.roots(), &bytes);

    let claim = &verdict.claims[ClaimName::Timestamps as usize];
    assert_eq!(claim.status, Status::Holds, "{:?}", claim.problems);
    assert_eq!(claim.keys, ["CN=tsa under CN=root"]);
    assert_eq!(
        claim
            .sentences
            .iter()
            .filter(|sentence| sentence.contains("CN=tsa stamped"))
            .count(),
        2
    );
}

#[test]
fn a_timestamp_is_not_checked_without_roots_and_fails_under_others() {
    let (Some(authority), Some(other)) = (Authority::new(), Authority::new()) else {
        return;
    };
    let archive = Archive::new(7);
    let bytes = archive.write(&authority.stamped(&archive));

    let unchecked = judge(&archive, &bytes);
    assert_eq!(statuses(&unchecked)[&ClaimName::Timestamps], Status::NotChecked);
    assert_eq!(unchecked.overall, Overall::Sound);
    let refused = judge_with(&archive, other.roots(), &bytes);
    assert_eq!(statuses(&refused)[&ClaimName::Timestamps], Status::Fails);
}

#[test]
fn a_container_for_other_programs_may_lie_beside_its_token() {
    let Some(authority) = Authority::new() else { return };
    let archive = Archive::new(7);
    let mut package = authority.stamped(&archive);
    package.journal.timestamps[0].container = Some(b"a container".to_vec());

    let verdict = judge_with(&archive, authority.roots(), &archive.write(&package));

    let claim = &verdict.claims[ClaimName::Timestamps as usize];
    assert_eq!(claim.status, Status::Holds, "{:?}", claim.problems);
    assert!(
        claim
            .sentences
            .iter()
            .any(|sentence| sentence.contains("were not looked into"))
    );
}

#[test]
fn a_timestamp_over_something_else_is_noticed() {
    let Some(authority) = Authority::new() else { return };
    let archive = Archive::new(7);
    let mut package = authority.stamped(&archive);
    package.journal.timestamps[0].token = authority.stamp(b"something else");

    for roots in [Vec::new(), authority.roots()] {
        let verdict = judge_with(&archive, roots, &archive.write(&package));
        assert!(problems(&verdict).contains("it stamps none of the checkpoints"));
    }
}

#[test]
fn a_changed_token_or_chain_is_noticed() {
    let Some(authority) = Authority::new() else { return };
    let archive = Archive::new(7);
    let files = unpack(&archive.write(&authority.stamped(&archive)));
    let name = "data/proofs/timestamps/001.tst";

    for at in (0..files[name].len()).step_by(41) {
        let mut changed = files.clone();
        changed.get_mut(name).unwrap()[at] ^= 1;
        let verdict = judge_with(&archive, authority.roots(), &forge(&changed));
        let claim = &verdict.claims[ClaimName::Timestamps as usize];
        // Certificates beside the signer's carry no weight; everything else does.
        let is_harmless = claim
            .sentences
            .iter()
            .filter(|sentence| sentence.contains("CN=tsa stamped"))
            .count()
            == 2;
        assert!(claim.status == Status::Fails || is_harmless, "byte {at}");
    }
    let mut changed = files.clone();
    replace(
        &mut changed,
        "data/proofs/timestamps/chain.pem",
        "BEGIN CERTIFICATE-----\nM",
        "BEGIN CERTIFICATE-----\nA",
    );
    let verdict = judge_with(&archive, authority.roots(), &forge(&changed));
    assert_eq!(statuses(&verdict)[&ClaimName::Timestamps], Status::Fails);
}

#[test]
fn a_token_from_the_future_is_refused() {
    let Some(authority) = Authority::new() else { return };
    let archive = Archive::new(7);
    let bytes = archive.write(&authority.stamped(&archive));
    let policy = Policy::parse(archive.policy().as_bytes()).unwrap();
    let long_ago = Options {
        policy: Some(policy),
        roots: authority.roots(),
        now: NOW - 400 * 86_400_000_000,
    };

    assert_eq!(
        statuses(&judge_by(&bytes, &long_ago))[&ClaimName::Timestamps],
        Status::Fails
    );
}

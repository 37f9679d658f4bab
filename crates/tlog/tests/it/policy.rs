use kronika_tlog::TreeHead;
use kronika_tlog::checkpoint::Checkpoint;
use kronika_tlog::cosignature::CosigningKey;
use kronika_tlog::note::{KeyError, Note, NoteError, Role, Signature, SigningKey, VerifierKey};
use kronika_tlog::policy::{LineError, Policy, PolicyError, Unendorsed};

use crate::cosignature::sigsum_note;
use crate::support::{sha256, shared, shared_json, unhex32};

const LOG: &str = "log.example/a";

fn log() -> SigningKey {
    SigningKey::from_seed(LOG, &[0; 32]).unwrap()
}

fn witness(number: u8) -> CosigningKey {
    CosigningKey::from_seed(&format!("w{number}.example"), &[number; 32]).unwrap()
}

/// Lines that define the log and witnesses `w1` to `w6`.
fn definitions() -> String {
    let witness = |number| {
        format!(
            "witness w{number} {} https://w{number}.example/\n",
            witness(number).verifier()
        )
    };
    format!(
        "log {}\n{}",
        log().verifier(),
        (1..=6).map(witness).collect::<String>()
    )
}

fn policy(rest: &str) -> Result<Policy, PolicyError> {
    format!("{}{rest}", definitions()).parse()
}

/// The log's checkpoint, cosigned by these witnesses.
fn cosigned(witnesses: &[u8]) -> Note {
    let text = Checkpoint::new(LOG, TreeHead::EMPTY).unwrap().to_string();
    let mut note = Note::sign(text.clone(), &log()).unwrap();
    for number in witnesses {
        note.add(
            witness(*number)
                .cosign(&text, 1_000 + u64::from(*number))
                .unwrap(),
        )
        .unwrap();
    }
    note
}

fn is_quorum(policy: &Policy, witnesses: &[u8]) -> bool {
    match policy.endorse(&cosigned(witnesses)) {
        Ok(endorsed) => {
            let times: Vec<_> = endorsed.cosigned.iter().map(|by| by.at - 1_000).collect();
            assert_eq!(
                times,
                witnesses
                    .iter()
                    .map(|number| u64::from(*number))
                    .collect::<Vec<_>>()
            );
            true
        }
        Err(refused) => {
            assert_eq!(
                refused,
                Unendorsed::NoQuorum {
                    cosigned: witnesses.len()
                }
            );
            false
        }
    }
}

#[test]
fn the_specs_example_of_two_groups_asks_for_two_of_one_and_one_of_the_other() {
    let policy = policy(
        "group X-witnesses 2 w1 w2 w3\n\
         group Y-witnesses any w4 w5 w6\n\
         group X-and-Y all X-witnesses Y-witnesses\n\
         quorum X-and-Y\n",
    )
    .unwrap();

    for bits in 0_u8..64 {
        let witnesses: Vec<_> = (1..=6).filter(|number| bits >> (number - 1) & 1 == 1).collect();
        let in_x = witnesses.iter().filter(|number| **number <= 3).count();
        let in_y = witnesses.len() - in_x;
        assert_eq!(
            is_quorum(&policy, &witnesses),
            in_x >= 2 && in_y >= 1,
            "{witnesses:?}"
        );
    }
    assert!(!policy.trusts_logs_alone());
    assert_eq!(
        policy.witnesses()[0].url.as_ref().unwrap().to_string(),
        "https://w1.example/"
    );
}

#[test]
fn a_quorum_may_be_one_witness_or_none() {
    let one = policy("quorum w2\n").unwrap();
    assert!(is_quorum(&one, &[2]) && is_quorum(&one, &[1, 2]));
    assert!(!is_quorum(&one, &[]) && !is_quorum(&one, &[1, 3, 4, 5, 6]));

    let none = policy("quorum none\n").unwrap();
    assert!(none.trusts_logs_alone() && is_quorum(&none, &[]) && is_quorum(&none, &[5]));
}

#[test]
fn a_member_of_a_group_may_be_the_quorum_itself() {
    let policy = policy("group g all w1 w2\nquorum w1\n").unwrap();
    assert!(is_quorum(&policy, &[1]) && !is_quorum(&policy, &[2]));
}

#[test]
fn the_policy_of_the_sigsum_test_network_accepts_its_proof() {
    let Some(builtin) = shared("public/sigsum-test-2025-3.builtin-policy") else {
        return;
    };
    let Some(proof) = shared_json("public/sigsum-real-proof.json") else {
        return;
    };
    let text: String = builtin.lines().map(|line| sigsum_line(line) + "\n").collect();
    let policy: Policy = text.parse().unwrap();
    assert_eq!((policy.logs().len(), policy.witnesses().len()), (2, 8));

    let endorsed = policy.endorse(&sigsum_note(&proof)).unwrap();

    assert_eq!(endorsed.cosigned.len(), 8);
    assert_eq!(
        endorsed.log.url.as_ref().unwrap().to_string(),
        "https://serviceberry.tlog.stagemole.eu"
    );
}

/// Sigsum writes bare keys where C2SP writes vkeys; all else is the same.
fn sigsum_line(line: &str) -> String {
    let words: Vec<_> = line.split_whitespace().collect();
    let vkey = |name: &str, role, key: &str| VerifierKey::new(name, role, &unhex32(key)).unwrap();
    match *words.as_slice() {
        ["log", key, url] => {
            let origin = format!("sigsum.org/v1/tree/{}", sha256(&unhex32(key)));
            format!("log {} {url}", vkey(&origin, Role::Signer, key))
        }
        ["witness", name, key] => format!("witness {name}\t{}", vkey(name, Role::Cosigner, key)),
        _ => line.to_owned(),
    }
}

#[test]
fn comments_tabs_and_octets_beyond_ascii_are_allowed() {
    let key = witness(1);
    let mut text = b"  # comment \xff\xfe\n\t\n".to_vec();
    text.extend_from_slice(format!("log\t{}\n", log().verifier()).as_bytes());
    text.extend_from_slice(b" witness \xe9 ");
    text.extend_from_slice(format!("{}\t\nquorum ", key.verifier()).as_bytes());
    text.extend_from_slice(b"\xe9 \n");

    let policy = Policy::parse(&text).unwrap();

    assert_eq!(policy.witnesses()[0].name.as_bytes(), b"\xe9");
    assert!(policy.endorse(&cosigned(&[1])).is_ok() && policy.endorse(&cosigned(&[2])).is_err());
}

#[test]
fn wrong_lines_are_named() {
    use LineError::*;
    let first = definitions().lines().count() + 1;
    let error = |rest: &str| match policy(rest).err().unwrap() {
        PolicyError::Line { number, error } => (number - first, error),
        other => unreachable!("{other}"),
    };
    let threshold = |stated: &str| Threshold {
        stated: stated.to_owned(),
        members: 2,
    };

    assert_eq!(error("quorum nobody\n").0, 0);
    assert!(matches!(error("group g any w1 g\n").1, Undefined { .. }));
    assert!(matches!(error("group g any none\n").1, Undefined { .. }));
    assert!(matches!(error("group none any w1\n").1, NameTwice { .. }));
    assert!(matches!(error("group w1 any w2\n").1, NameTwice { .. }));
    assert!(matches!(error("group g any w1 w1\n").1, MemberTwice { .. }));
    assert!(matches!(
        error("\ngroup g any w1\ngroup h any w2 w1\n"),
        (2, MemberTwice { .. })
    ));
    for stated in ["0", "3", "02", "+1", "most", "-1", "18446744073709551617"] {
        assert_eq!(error(&format!("group g {stated} w1 w2\n")).1, threshold(stated));
    }
    assert_eq!(
        error("group g any\n").1,
        Threshold {
            stated: "any".to_owned(),
            members: 0
        }
    );
    assert_eq!(error("quorum w1\nquorum w1\n"), (1, QuorumTwice));
    assert_eq!(error("quorum\n").1, Form);
    assert_eq!(error("quorum w1 w2\n").1, Form);
    assert_eq!(error("Quorum w1\n").1, Form);
    assert_eq!(error("quorum\u{a0}w1\n").1, Form);
    assert_eq!(error("quorum w1\r\n").1, ControlCharacter { byte: b'\r' });
    assert_eq!(error("# \u{7f}\n").1, ControlCharacter { byte: 0x7f });
    assert_eq!(policy("").err(), Some(PolicyError::NoQuorum));
    assert_eq!(policy("quorum none").err(), Some(PolicyError::Unfinished));
    assert_eq!(Policy::parse(b"").err(), Some(PolicyError::Unfinished));
}

#[test]
fn keys_must_have_the_right_role_and_stand_once() {
    let error = |line: String| match policy(&line).err().unwrap() {
        PolicyError::Line { error, .. } => error,
        other => unreachable!("{other}"),
    };
    let roles = (Role::Cosigner, Role::Signer);

    let as_log = error(format!("log {}\n", witness(7).verifier()));
    assert_eq!(
        as_log,
        KeyError::OtherRole {
            found: roles.0,
            expected: roles.1
        }
        .into()
    );
    let as_witness = error(format!("witness w7 {}\n", log().verifier()));
    assert_eq!(
        as_witness,
        KeyError::OtherRole {
            found: roles.1,
            expected: roles.0
        }
        .into()
    );
    // The same key under another name is still the same key.
    let renamed = CosigningKey::from_seed("renamed.example", &[1; 32]).unwrap();
    assert!(matches!(
        error(format!("witness w7 {}\n", renamed.verifier())),
        LineError::KeyTwice { .. }
    ));
    let renamed = SigningKey::from_seed("renamed.example", &[0; 32]).unwrap();
    assert!(matches!(
        error(format!("log {}\n", renamed.verifier())),
        LineError::KeyTwice { .. }
    ));
}

#[test]
fn a_checkpoint_needs_its_own_log_and_no_wrong_signature() {
    let policy = policy("quorum w1\n").unwrap();
    let text = cosigned(&[]).text().to_owned();

    let mut unsigned = Note::sign(
        text.clone(),
        &SigningKey::from_seed("x.example", &[9; 32]).unwrap(),
    )
    .unwrap();
    assert_eq!(policy.endorse(&unsigned), Err(NoteError::NotSigned.into()));
    unsigned.add(witness(1).cosign(&text, 5).unwrap()).unwrap();
    assert_eq!(
        policy.endorse(&unsigned),
        Err(Unendorsed::NotSignedByLog {
            origin: LOG.to_owned()
        })
    );

    let other = Note::sign(text.replace(LOG, "x.example"), &log()).unwrap();
    assert_eq!(
        policy.endorse(&other),
        Err(Unendorsed::UnknownLog {
            origin: "x.example".to_owned()
        })
    );

    // A witness the quorum does not need still may not sign wrongly.
    let mut spoiled = cosigned(&[1]);
    spoiled
        .add(Signature::by(witness(6).verifier(), vec![1; 72]).unwrap())
        .unwrap();
    assert!(matches!(
        policy.endorse(&spoiled),
        Err(Unendorsed::Note(NoteError::WrongSignature { .. }))
    ));
}

#[test]
fn a_log_may_change_its_key_while_both_are_believed() {
    let newer = SigningKey::from_seed(LOG, &[99; 32]).unwrap();
    let policy = policy(&format!("log {}\nquorum none\n", newer.verifier())).unwrap();
    let text = cosigned(&[]).text().to_owned();

    for key in [log(), newer] {
        let note = Note::sign(text.clone(), &key).unwrap();
        assert_eq!(&policy.endorse(&note).unwrap().log.key, key.verifier());
    }
}

use ed25519_dalek::Signer;
use kronika_tlog::cosignature::{CosigningKey, MAX_TIME, TimeError, signed_message};
use kronika_tlog::note::{Note, NoteError, Role, Signature, VerifierKey};
use kronika_tlog::witness::monitoring_path;

use crate::support::{NOTES, bytes32, json, key, list, shared_json, string};

#[test]
fn our_cosignatures_are_reproduced_byte_for_byte() {
    let vectors = json(NOTES);
    let witnesses = ["w1", "w2"].map(|witness| {
        let name = string(&vectors[witness]["name"]);
        CosigningKey::from_seed(name, &bytes32(&vectors[witness]["seed"])).unwrap()
    });
    let keys = witnesses.each_ref().map(|witness| witness.verifier().clone());
    assert_eq!(keys, ["w1", "w2"].map(|witness| key(&vectors[witness]["vkey"])));

    for case in list(&vectors["checkpoints"]) {
        let recorded = Note::parse(string(&case["cosigned_note"]).as_bytes()).unwrap();
        let times: Vec<_> = recorded
            .verify(&keys)
            .unwrap()
            .into_iter()
            .map(|by| by.cosigned_at.unwrap())
            .collect();
        assert_eq!(
            signed_message(recorded.text(), times[0]),
            string(&case["w1_signed_message"])
        );

        let mut note = Note::parse(string(&case["log_signed_note"]).as_bytes()).unwrap();
        for (witness, (time, line)) in witnesses
            .iter()
            .zip(times.into_iter().zip(["w1_line", "w2_line"]))
        {
            let cosignature = witness.cosign(note.text(), time).unwrap();
            assert_eq!(format!("{cosignature}\n"), string(&case[line]));
            note.add(cosignature).unwrap();
        }
        assert_eq!(note, recorded);
        assert_eq!(note.to_string(), string(&case["cosigned_note"]));
    }
}

#[test]
fn cosignatures_of_the_sunlight_tests_are_good_beside_a_foreign_tree_head_signature() {
    let Some(vectors) = shared_json("public/cosignature-v1.json") else {
        return;
    };
    for case in list(&vectors) {
        let key = key(&case["vkey"]);
        let note = Note::parse(string(&case["note"]).as_bytes()).unwrap();
        let verified = note.verify([&key]).unwrap();

        assert_eq!(
            (verified.len(), verified[0].cosigned_at),
            (1, case["time"].as_u64())
        );
        assert_eq!(note.to_string(), string(&case["note"]));
        if let Some(path) = case["origin_sha256_hex_path"].as_str() {
            let origin = note.text().lines().next().unwrap();
            assert_eq!(monitoring_path(origin), format!("{path}/checkpoint"));
        }
    }
}

/// A proof from a running log: eight witnesses of eight operators, 4 February 2026.
#[test]
fn eight_live_witnesses_of_a_sigsum_log_are_good() {
    let Some(proof) = shared_json("public/sigsum-real-proof.json") else {
        return;
    };
    let note = sigsum_note(&proof);
    let mut keys = sigsum_witnesses(&proof);
    keys.push(sigsum_log(&proof));

    let verified = note.verify(&keys).unwrap();

    assert_eq!(verified.len(), 9);
    assert_eq!(
        verified
            .iter()
            .filter(|by| by.cosigned_at == Some(1_770_193_051))
            .count(),
        8
    );
}

pub fn sigsum_log(proof: &serde_json::Value) -> VerifierKey {
    let origin = string(&proof["checkpoint_text"]).lines().next().unwrap();
    VerifierKey::new(origin, Role::Signer, &bytes32(&proof["log_pub"])).unwrap()
}

pub fn sigsum_witnesses(proof: &serde_json::Value) -> Vec<VerifierKey> {
    let key = |case: &serde_json::Value| {
        VerifierKey::new(string(&case["name"]), Role::Cosigner, &bytes32(&case["pub"])).unwrap()
    };
    list(&proof["cosignatures"]).iter().map(key).collect()
}

/// The proof's checkpoint as the signed note it stands for.
pub fn sigsum_note(proof: &serde_json::Value) -> Note {
    let signature = crate::support::unhex(string(&proof["log_signature"]));
    let mut lines = vec![Signature::by(&sigsum_log(proof), signature).unwrap()];
    for (case, key) in list(&proof["cosignatures"]).iter().zip(sigsum_witnesses(proof)) {
        let time = case["time"].as_u64().unwrap().to_be_bytes();
        let bytes = [time.as_slice(), &crate::support::unhex(string(&case["sig"]))].concat();
        lines.push(Signature::by(&key, bytes).unwrap());
    }
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    Note::parse(format!("{}\n{lines}", string(&proof["checkpoint_text"])).as_bytes()).unwrap()
}

#[test]
fn a_cosignature_has_a_time_and_only_a_possible_one() {
    let witness = CosigningKey::from_seed("w.example", &[3; 32]).unwrap();

    for time in [0, MAX_TIME + 1, u64::MAX] {
        assert_eq!(witness.cosign("text\n", time), Err(TimeError { time }));
    }
    for time in [1, MAX_TIME] {
        assert_eq!(
            witness.cosign("text\n", time).unwrap().bytes()[..8],
            time.to_be_bytes()
        );
    }
}

#[test]
fn a_well_signed_cosignature_with_an_impossible_time_is_refused() {
    let secret = ed25519_dalek::SigningKey::from_bytes(&[3; 32]);
    let witness = CosigningKey::from_seed("w.example", &[3; 32]).unwrap();
    let check = |time: u64| {
        let signature = secret.sign(signed_message("text\n", time).as_bytes()).to_bytes();
        let bytes = [time.to_be_bytes().as_slice(), &signature].concat();
        let line = Signature::by(witness.verifier(), bytes).unwrap();
        Note::parse(format!("text\n\n{line}\n").as_bytes())
            .unwrap()
            .verify([witness.verifier()])
            .is_ok()
    };

    assert!(check(1) && check(MAX_TIME));
    assert!(!check(0) && !check(MAX_TIME + 1));
}

#[test]
fn every_changed_bit_of_a_cosignature_is_noticed() {
    let witness = CosigningKey::from_seed("w.example", &[3; 32]).unwrap();
    let good = witness.cosign("text\n", 1_790_000_000).unwrap();
    let check = |text: &str, bytes: Vec<u8>| {
        let line = Signature::by(witness.verifier(), bytes).unwrap();
        Note::parse(format!("{text}\n{line}\n").as_bytes())
            .unwrap()
            .verify([witness.verifier()])
            .map(drop)
    };

    assert_eq!(check("text\n", good.bytes().to_vec()), Ok(()));
    let wrong = Err(NoteError::WrongSignature {
        name: "w.example".to_owned(),
    });
    for bit in 0..good.bytes().len() * 8 {
        let mut bytes = good.bytes().to_vec();
        bytes[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(check("text\n", bytes), wrong, "bit {bit}");
    }
    for length in 1..good.bytes().len() {
        assert_eq!(
            check("text\n", good.bytes()[..length].to_vec()),
            wrong,
            "{length} bytes"
        );
    }
    assert_eq!(check("test\n", good.bytes().to_vec()), wrong);
}

#[test]
fn a_plain_signature_is_no_cosignature_even_with_the_same_secret() {
    let witness = CosigningKey::from_seed("w.example", &[3; 32]).unwrap();
    let as_log = VerifierKey::new("w.example", Role::Signer, witness.verifier().as_bytes()).unwrap();
    let cosignature = witness.cosign("text\n", 1).unwrap();

    assert_ne!(as_log.id(), witness.verifier().id());
    let relabelled = Signature::by(&as_log, cosignature.bytes()[8..].to_vec()).unwrap();
    let note = Note::parse(format!("text\n\n{relabelled}\n").as_bytes()).unwrap();
    assert_eq!(
        note.verify([&as_log]),
        Err(NoteError::WrongSignature {
            name: "w.example".to_owned()
        })
    );
    assert_eq!(note.verify([witness.verifier()]), Err(NoteError::NotSigned));
}

use kronika_tlog::Hash;
use kronika_tlog::note::{Note, VerifierKey};
use kronika_tlog::policy::Policy;
use kronika_tlog::proof::{HashLineError, Proof, ProofFileError, Unproven};
use kronika_tlog::tree::{self, prove_inclusion};

use crate::cosignature::{sigsum_log, sigsum_note, sigsum_witnesses};
use crate::support::{CHECKPOINT, Memory, NOTES, PROOF, entry, hash, hashes, json, shared_json, string};

fn policy() -> Policy {
    let vectors = json(NOTES);
    let vkey = |who: &str| string(&vectors[who]["vkey"]).to_owned();
    let (log, w1, w2) = (vkey("log"), vkey("w1"), vkey("w2"));
    format!("log {log}\nwitness w1 {w1}\nwitness w2 {w2}\ngroup both all w1 w2\nquorum both\n")
        .parse()
        .unwrap()
}

fn example() -> Proof {
    Proof::parse(PROOF.as_bytes()).unwrap()
}

#[test]
fn the_example_proves_its_entry_and_is_reproduced() {
    let policy = policy();
    let endorsed = example().verify(&Hash::leaf(&entry(12_345)), &policy).unwrap();

    assert_eq!(endorsed.checkpoint.origin(), "archive.example/org/7f3a");
    assert_eq!(endorsed.log, &policy.logs()[0]);
    let times: Vec<_> = endorsed
        .cosigned
        .iter()
        .map(|by| (by.witness.name.to_string(), by.at))
        .collect();
    assert_eq!(
        times,
        [("w1".to_owned(), 1_790_000_063), ("w2".to_owned(), 1_790_000_066)]
    );

    let made = Proof {
        extra: None,
        index: 12_345,
        path: prove_inclusion(12_345, 70_000, &mut Memory::of_entries(70_000)).unwrap(),
        checkpoint: Note::parse(CHECKPOINT.as_bytes()).unwrap(),
    };
    assert_eq!(made.to_string(), PROOF);
    assert_eq!(made, example());
    assert_eq!(PROOF, string(&json(NOTES)["tlog_proof_12345"]));
}

#[test]
fn a_proof_proves_no_other_entry() {
    let policy = policy();
    for index in [0, 12_344, 12_346, 69_999] {
        let refused = example().verify(&Hash::leaf(&entry(index)), &policy);
        assert!(
            matches!(
                refused,
                Err(Unproven::NotIncluded(tree::ProofError::WrongRoot { .. }))
            ),
            "{index}"
        );
    }
}

#[test]
fn every_changed_byte_of_a_proof_is_noticed() {
    let policy = policy();
    let leaf = Hash::leaf(&entry(12_345));
    for at in 0..PROOF.len() {
        let mut changed = PROOF.as_bytes().to_vec();
        changed[at] ^= 1;
        let believed = Proof::parse(&changed).is_ok_and(|proof| proof.verify(&leaf, &policy).is_ok());
        assert!(!believed, "byte {at}");
    }
}

#[test]
fn extra_data_comes_back_and_is_believed_by_nobody() {
    for extra in [&b""[..], b"hint", &[0; 1000]] {
        let proof = Proof {
            extra: Some(extra.to_vec()),
            ..example()
        };
        assert_eq!(Proof::parse(proof.to_string().as_bytes()), Ok(proof.clone()));
        assert!(proof.verify(&Hash::leaf(&entry(12_345)), &policy()).is_ok());
    }
}

#[test]
fn malformed_proofs_are_refused() {
    let replaced = |from: &str, to: &str| Proof::parse(PROOF.replacen(from, to, 1).as_bytes()).err();
    let line = "Tgi/BfSyGAkVQqOg5VCAEuPA39qOO2Cv9RlYVvOgkZc=\n";

    assert_eq!(Proof::parse(b"\xff\n\n").err(), Some(ProofFileError::NotUtf8));
    assert_eq!(Proof::parse(b"").err(), Some(ProofFileError::NoBlankLine));
    assert_eq!(replaced("@v1", "@v2"), Some(ProofFileError::OtherFormat));
    assert_eq!(
        replaced("index 12345", "index 012345"),
        Some(ProofFileError::Index)
    );
    assert_eq!(replaced("index 12345", "index"), Some(ProofFileError::Index));
    assert_eq!(replaced("index 12345\n", ""), Some(ProofFileError::Index));
    assert_eq!(
        replaced("index 12345", "extra !\nindex 12345"),
        Some(ProofFileError::Extra)
    );
    assert_eq!(
        replaced("index 12345", "extra \nextra \nindex 12345"),
        Some(ProofFileError::Index)
    );
    assert!(matches!(
        replaced("Tgi/", "Tgi"),
        Some(ProofFileError::Path(HashLineError::Hash(_)))
    ));
    assert_eq!(
        replaced(line, &line.repeat(64)),
        Some(ProofFileError::Path(HashLineError::TooMany))
    );
    assert!(matches!(replaced("\u{2014}", "-"), Some(ProofFileError::Note(_))));
}

/// Sigsum's own proof format differs, but log, tree and cosignatures are the same; so is this file.
#[test]
fn a_real_sigsum_proof_holds_as_a_proof_file() {
    let Some(sigsum) = shared_json("public/sigsum-real-proof.json") else {
        return;
    };
    let proof = Proof {
        extra: None,
        index: sigsum["index"].as_u64().unwrap(),
        path: hashes(&sigsum["path"]),
        checkpoint: sigsum_note(&sigsum),
    };
    let file = proof.to_string();
    let lines = |(number, key): (usize, &VerifierKey)| format!("witness w{number} {key}\n");
    let witnesses: String = sigsum_witnesses(&sigsum).iter().enumerate().map(lines).collect();
    let policy = format!(
        "log {}\n{witnesses}group all all w0 w1 w2 w3 w4 w5 w6 w7\nquorum all\n",
        sigsum_log(&sigsum)
    );
    let policy: Policy = policy.parse().unwrap();

    let leaf = Hash::leaf(&crate::support::unhex(string(&sigsum["leaf_data"])));
    assert_eq!(leaf, hash(&sigsum["leaf_hash"]));
    let endorsed = Proof::parse(file.as_bytes())
        .unwrap()
        .verify(&leaf, &policy)
        .unwrap();
    assert_eq!(
        (endorsed.checkpoint.head().root, endorsed.cosigned.len()),
        (hash(&sigsum["root"]), 8)
    );
}

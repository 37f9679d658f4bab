//! Receipts: they hold for their original alone, and no change of one goes unnoticed.

use kronika_evidence::opening::Opening;
use kronika_evidence::verify::{Overall, receipt};
use kronika_evidence::{Options, Receipt};

use data_encoding::HEXLOWER;
use kronika_evidence::opening::{Hole, Opened};

use kronika_tlog::policy::Policy;

use crate::journal::{Archive, NOW};

/// The receipt of one of an archive's records, and its original.
fn given(place: usize) -> (Receipt, Vec<u8>) {
    given_by(&Archive::new(40), place)
}

pub fn given_by(archive: &Archive, place: usize) -> (Receipt, Vec<u8>) {
    let record = &archive.records[place];
    let item = archive.item(record);
    let original = (1, "original".to_owned(), record.salt.part(1));
    let receipt = Receipt {
        proof: item.proof,
        key: archive.key.verifier().to_string(),
        opening: Opening {
            leaf: HEXLOWER.encode(&item.leaf.to_bytes()),
            parts: item.parts.iter().map(|part| format!("{part:x}")).collect(),
            opened: vec![Opened {
                number: original.0,
                name: original.1,
                salt: HEXLOWER.encode(original.2.as_bytes()),
            }],
            withheld: vec![Hole {
                number: 0,
                name: "meta".to_owned(),
                reason: "the archive's own".to_owned(),
            }],
        },
    };
    (receipt, record.parts[1].1.clone())
}

/// By somebody who was given nothing beforehand.
fn verdict(file: &[u8], original: Option<&[u8]>) -> Option<Overall> {
    verdict_by(&Options::default(), file, original)
}

fn verdict_by(options: &Options, file: &[u8], original: Option<&[u8]>) -> Option<Overall> {
    receipt(file, original, options)
        .ok()
        .map(|verdict| verdict.overall)
}

#[test]
fn a_receipt_holds_for_its_original_alone() {
    let (receipt, original) = given(2);
    let file = receipt.to_file().unwrap();

    assert_eq!(verdict(file.as_bytes(), Some(&original)), Some(Overall::Sound));
    assert_eq!(verdict(file.as_bytes(), None), Some(Overall::CouldNotCheck));
    assert_eq!(
        verdict(file.as_bytes(), Some(b"another letter")),
        Some(Overall::Damaged)
    );
}

/// A receipt without the one thing in it that nothing proves: the words on why a part is not opened.
fn proven(file: &[u8]) -> Option<(String, Opening)> {
    let Receipt {
        proof,
        key,
        mut opening,
    } = Receipt::parse(file).ok()?;
    for hole in &mut opening.withheld {
        hole.reason.clear();
    }
    Some((format!("{key}\n{proof}"), opening))
}

/// Who was given the policy looks at its keys and the witnesses' lines, who was not at the receipt's own key.
#[test]
fn every_flipped_byte_of_a_receipt_is_noticed() {
    let (receipt, original) = given(0);
    let file = receipt.to_file().unwrap().into_bytes();
    let policy = Policy::parse(Archive::new(40).policy().as_bytes()).unwrap();
    let given_out = Options {
        policy: Some(policy),
        roots: Vec::new(),
        now: NOW,
    };
    for at in 0..file.len() {
        let mut flipped = file.clone();
        flipped[at] ^= 1;

        let is_sound = [&given_out, &Options::default()]
            .iter()
            .all(|options| verdict_by(options, &flipped, Some(&original)) == Some(Overall::Sound));

        let is_irrelevant = proven(&flipped) == proven(&file);
        assert!(!is_sound || is_irrelevant, "byte {at} was not noticed");
    }
}

#[test]
fn a_bare_proof_is_no_receipt() {
    let (bare, original) = given(1);

    let refused = receipt(
        bare.proof.to_string().as_bytes(),
        Some(&original),
        &Options::default(),
    )
    .unwrap_err();

    assert!(refused.to_string().contains("opens nothing"), "{refused}");
}

#[test]
fn an_opening_of_another_record_is_refused() {
    let (mut receipt, original) = given(1);
    receipt.opening = Opening {
        leaf: receipt.opening.leaf,
        ..given(2).0.opening
    };

    assert_eq!(
        verdict(receipt.to_file().unwrap().as_bytes(), Some(&original)),
        Some(Overall::Damaged)
    );
}

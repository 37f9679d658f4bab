//! What "a good Ed25519 signature" means here, pinned with the edge cases of C2SP CCTV.
//!
//! Refused: A or R of small order, and A, R or S not in canonical spelling. Accepted: A or R with a component of small
//! order, where the equation without cofactor holds. An honest signer never makes either kind.

use std::collections::BTreeMap;

use kronika_tlog::note::{KeyError, Role, VerifierKey};

use crate::support::{bytes32, list, shared_json, string, unhex};

#[test]
fn of_914_edge_cases_only_points_of_mixed_order_are_accepted() {
    let Some(vectors) = shared_json("public/cctv-ed25519vectors.json") else {
        return;
    };
    assert_eq!(list(&vectors).len(), 914);
    let mut accepted = BTreeMap::new();
    for case in list(&vectors) {
        let key = VerifierKey::new("cctv.example", Role::Signer, &bytes32(&case["key"]));
        let signature = unhex(string(&case["sig"]));
        if key.is_ok_and(|key| key.has_signed(string(&case["msg"]).as_bytes(), &signature)) {
            let flags: Vec<_> = case["flags"]
                .as_array()
                .into_iter()
                .flatten()
                .map(string)
                .collect();
            *accepted.entry(flags.join(" ")).or_insert(0) += 1;
        }
    }

    let expected = [
        ("", 1),
        ("low_order_component_A", 7),
        ("low_order_component_R low_order_component_A", 35),
    ];
    assert_eq!(
        accepted,
        expected.map(|(flags, count)| (flags.to_owned(), count)).into()
    );
}

#[test]
fn keys_in_other_spellings_are_refused_whatever_their_order() {
    // y and y + p name the same point; both fit 255 bits only for y below 19.
    for sign in [0x00, 0x80] {
        for y in 0..19 {
            let mut spelled_plainly = [0; 32];
            spelled_plainly[0] = y;
            spelled_plainly[31] = sign;
            let mut spelled_otherwise = [0xff; 32];
            spelled_otherwise[0] = 0xed + y;
            spelled_otherwise[31] = 0x7f | sign;

            let [plain, other] = [spelled_plainly, spelled_otherwise]
                .map(|key| VerifierKey::new("a.example", Role::Signer, &key));
            assert_eq!(other, Err(KeyError::NotAKey), "y = {y} + p");
            // y = 3 and others are points of large order, so the plain spelling is a key.
            assert!(plain.is_ok() || ![3, 4, 5, 6, 9, 10].contains(&y), "y = {y}");
        }
    }
}

#[test]
fn keys_of_small_order_are_refused() {
    let mut minus_one = [0xff; 32];
    (minus_one[0], minus_one[31]) = (0xec, 0x7f);
    let mut one = [0; 32];
    one[0] = 1;
    for key in [[0; 32], one, minus_one] {
        assert_eq!(
            VerifierKey::new("a.example", Role::Signer, &key),
            Err(KeyError::NotAKey),
            "{key:?}"
        );
    }
}

#[test]
fn a_signature_of_another_length_is_no_signature() {
    let key = VerifierKey::new("a.example", Role::Signer, &{
        let mut generator = [0x66; 32];
        generator[0] = 0x58;
        generator
    });
    for length in [0, 1, 63, 65, 128] {
        assert!(
            !key.as_ref().unwrap().has_signed(b"message", &vec![0; length]),
            "{length} bytes"
        );
    }
}

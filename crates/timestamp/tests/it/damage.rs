//! Every bit of good tokens, flipped: each is noticed, or is shown not to matter.

use std::ops::Range;

use kronika_timestamp::{Token, Trust, Verified};

use crate::authority::Authority;
use crate::support::{DATA, EC, RSA, check};

fn find(bytes: &[u8], pattern: &[u8]) -> usize {
    let mut found = bytes
        .windows(pattern.len())
        .enumerate()
        .filter(|(_, window)| *window == pattern);
    let at = found.next().unwrap().0;
    assert!(found.next().is_none(), "one place only");
    at
}

/// What is not signed and decides nothing.
fn irrelevant(token: &[u8]) -> Vec<(&'static str, Range<usize>)> {
    let set = find(token, &[2, 1, 3, 0x31]) + 3;
    let sid = find(token, &[2, 1, 1, 0x30]) + 3;
    let length = |at: usize| usize::from(token[at + 1]);
    vec![
        // The digest algorithm is announced for who reads the token in one go; its parameter says nothing.
        (
            "parameter of the digest algorithm",
            set + length(set)..set + 2 + length(set),
        ),
        // Only says where to look for the certificate; the signed attributes name it by its hash. Names are compared
        // without case.
        ("signer identifier", sid..sid + 2 + length(sid)),
    ]
}

/// Every bit of a byte.
const ALL: [u8; 8] = [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80];

/// Flips bits of each byte and gives the places where that is not noticed. What is accepted must say the same.
fn unnoticed(token: &[u8], trust: &Trust, bits: &[u8]) -> Vec<usize> {
    let original: Verified = check(token, DATA, trust).unwrap();
    let mut places = Vec::new();
    for at in 0..token.len() {
        for bit in bits {
            let mut damaged = token.to_vec();
            damaged[at] ^= bit;
            if let Ok(verified) = check(&damaged, DATA, trust) {
                assert_eq!(verified, original, "byte {at}");
                places.push(at);
            }
        }
    }
    places.dedup();
    places
}

#[test]
fn every_flipped_bit_of_a_token_is_noticed_unless_it_is_not_signed() {
    for (vectors, bits) in [(EC, ALL.as_slice()), (RSA, &[0x01, 0x80])] {
        let token = Token::parse(vectors.response).unwrap().as_bytes().to_vec();
        let ranges = irrelevant(&token);

        for at in unnoticed(&token, &vectors.trust(), bits) {
            assert!(
                ranges.iter().any(|(_, range)| range.contains(&at)),
                "byte {at} was flipped unnoticed"
            );
        }
    }
}

#[test]
fn a_certificate_that_is_not_used_may_be_damaged() {
    let bytes = EC.two_certificates;
    let token = Token::parse(bytes).unwrap();
    let (bare, trust) = (token.as_bytes(), EC.trust());
    // The anchor that the caller has is used, never the copy in the token.
    let root = trust.anchors[0].as_bytes();
    let at = find(bare, root);
    let mut ranges = irrelevant(bare);
    ranges.push(("root", at..at + root.len()));

    let places = unnoticed(bare, &trust, &[0x01]);
    for at in &places {
        assert!(
            ranges.iter().any(|(_, range)| range.contains(at)),
            "byte {at} was flipped unnoticed"
        );
    }
    assert!(places.len() > root.len() / 2, "most of the root's copy");
}

#[test]
fn a_damaged_answer_is_refused_or_is_still_granted() {
    let answer = EC.response;
    let token = Token::parse(answer).unwrap();
    let head = answer.len() - token.as_bytes().len();

    let places: Vec<_> = unnoticed(answer, &EC.trust(), &[0x01])
        .into_iter()
        .filter(|at| *at < head)
        .collect();
    // The status: 0 is granted, 1 is granted with changes.
    assert_eq!(places, [8]);
}

#[test]
fn no_part_of_a_token_is_a_token() {
    let token = Token::parse(EC.response).unwrap();
    for bytes in [token.as_bytes(), EC.response] {
        for length in 0..bytes.len() {
            assert!(
                check(&bytes[..length], DATA, &EC.trust()).is_err(),
                "{length} bytes"
            );
        }
        let longer = [bytes, &[0]].concat();
        assert!(check(&longer, DATA, &EC.trust()).is_err(), "something follows");
    }
}

/// What we accept, OpenSSL accepts. It minds less: versions, and how the signature says that it was made.
#[test]
fn openssl_notices_no_damage_that_we_do_not() {
    let Some(authority) = Authority::new("damage") else {
        return;
    };
    authority.write("ec.pem", EC.root);
    authority.write("stamped", DATA);
    let token = Token::parse(EC.response).unwrap().as_bytes().to_vec();
    let accepts = |damaged: &[u8]| {
        let ours = check(damaged, DATA, &EC.trust()).is_ok();
        (
            ours,
            authority.openssl_accepts(damaged, "-data stamped -CAfile ec.pem -attime 1795317282"),
        )
    };
    assert_eq!(accepts(&token), (true, true));
    let signature = token.len() - 72;
    let header = find(&token, &[2, 1, 3, 0x31])..find(&token, &[2, 1, 3, 0x31]) + 3;
    let ignored = |at: usize| header.contains(&at) || at > find(&token, &[2, 1, 1, 0x30]) && at < signature;

    let stride: usize = std::env::var("DAMAGE_STRIDE").map_or(11, |stride| stride.parse().unwrap());
    for at in (0..token.len()).step_by(stride) {
        let mut damaged = token.clone();
        damaged[at] ^= 1;
        let (ours, openssl) = accepts(&damaged);
        assert!(
            ours == openssl || !ours && ignored(at),
            "byte {at}: {ours}, OpenSSL {openssl}"
        );
    }
}

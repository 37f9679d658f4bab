//! Parsers meet arbitrary bytes, and bytes that are almost right: nothing panics.

use kronika_timestamp::asic::Container;
use kronika_timestamp::{Certificate, Crl, Response, Token};
use proptest::prelude::*;

use crate::support::{DATA, EC, EXAMPLE_ASIC, RSA, check};

/// Gives the bytes to everything that reads bytes.
fn read_everything(bytes: &[u8]) {
    Response::parse(bytes).ok();
    Token::parse(bytes).ok();
    Certificate::from_der(bytes).ok();
    Crl::from_der(bytes).ok();
    Container::parse(bytes).ok();
    for vectors in [RSA, EC] {
        check(bytes, DATA, &vectors.trust()).ok();
    }
    Certificate::from_file(bytes).ok();
    Crl::from_file(bytes).ok();
}

fn samples() -> Vec<Vec<u8>> {
    let certificate = Certificate::from_pem(RSA.authority).unwrap().remove(0);
    vec![
        RSA.response.to_vec(),
        EC.response.to_vec(),
        EC.two_certificates.to_vec(),
        Token::parse(EC.response).unwrap().as_bytes().to_vec(),
        certificate.as_bytes().to_vec(),
        EC.root.as_bytes().to_vec(),
        EXAMPLE_ASIC.to_vec(),
    ]
}

/// A good file with a few pieces cut out, doubled, overwritten or turned around.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let edit = (any::<prop::sample::Index>(), 0..40_usize, any::<u8>(), 0..5);
    (prop::sample::select(samples()), prop::collection::vec(edit, 1..6)).prop_map(|(mut bytes, edits)| {
        for (place, length, byte, action) in edits {
            let start = place.index(bytes.len() + 1);
            let range = start..bytes.len().min(start + length);
            match action {
                0 => drop(bytes.drain(range)),
                1 => bytes.insert(start, byte),
                2 => bytes.extend_from_within(range),
                3 => bytes[range].reverse(),
                _ => bytes.iter_mut().skip(start).take(1).for_each(|old| *old = byte),
            }
        }
        bytes
    })
}

#[test]
fn deep_nesting_harms_nothing() {
    // Each level says how much follows; none is read deeper than the shape of a token asks.
    let mut nested = Vec::new();
    for _ in 0..20_000 {
        let length = nested.len();
        let mut outer = vec![0x30, 0x83];
        outer.extend(&(length as u32).to_be_bytes()[1..]);
        if length < 0x10000 {
            outer = [&[0x30, 0x82][..], &(length as u16).to_be_bytes()].concat();
        }
        nested.splice(0..0, outer);
    }
    read_everything(&nested);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_harm_nothing(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        read_everything(&bytes);
    }

    #[test]
    fn damaged_files_harm_nothing(bytes in damaged()) {
        read_everything(&bytes);
    }
}

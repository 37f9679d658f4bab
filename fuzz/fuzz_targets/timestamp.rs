//! Answers of timestamp authorities, tokens, certificates, revocation lists and containers.
#![no_main]

use std::sync::LazyLock;

use kronika_timestamp::asic::Container;
use kronika_timestamp::{Certificate, Crl, Expected, Stamped, Token, Trust, verify};
use libfuzzer_sys::fuzz_target;

const DATA: &[u8] = include_bytes!("../../crates/timestamp/tests/vectors/data.txt");
const ROOTS: &str = concat!(
    include_str!("../../crates/timestamp/tests/vectors/rsa/ca.crt"),
    include_str!("../../crates/timestamp/tests/vectors/ec/ca.crt"),
);

/// 2030, when the vectors are valid.
const AT: i64 = 1_893_456_000_000_000;

static TRUST: LazyLock<Trust> = LazyLock::new(|| Trust {
    anchors: Certificate::from_pem(ROOTS).expect("the vectors are certificates"),
    ..Trust::default()
});

fuzz_target!(|bytes: &[u8]| {
    let expected = Expected {
        stamped: Stamped::Data(DATA),
        nonce: None,
        policies: &[],
    };
    if let Ok(token) = Token::parse(bytes) {
        let _ = verify(&token, &expected, &TRUST, AT);
    }
    let _ = Certificate::from_file(bytes);
    let _ = Crl::from_file(bytes);
    let _ = Container::parse(bytes);
});

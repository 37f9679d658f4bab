//! Tokens of other authorities and by other software.

use kronika_timestamp::{Certificate, HashAlgorithm, SignatureError, TimestampError, Token, Trust};

use crate::support::{check, shared};

const FOLDER: &str = "public/rfc3161-client-fixtures";

fn fixture(name: &str) -> Option<Vec<u8>> {
    shared(&format!("{FOLDER}/{name}"))
}

/// The certificates of a file: the last is the root, the others are intermediates.
fn chain(name: &str) -> Option<Trust> {
    let mut intermediates = Certificate::from_file(&fixture(name)?).unwrap();
    Some(Trust {
        anchors: intermediates.pop().into_iter().collect(),
        intermediates,
        ..Trust::default()
    })
}

#[test]
fn tokens_of_sigstore_are_accepted_with_every_hash() {
    let Some(trust) = chain("sigstage/ts_chain.pem") else {
        return;
    };
    for (name, algorithm) in [
        ("sha256", HashAlgorithm::Sha256),
        ("sha384", HashAlgorithm::Sha384),
        ("sha512", HashAlgorithm::Sha512),
    ] {
        let answer = fixture(&format!("sigstage/response-{name}.tsr")).unwrap();
        let verified = check(&answer, b"hello", &trust).unwrap();
        assert_eq!(verified.hash_algorithm, algorithm);
        assert_eq!(verified.authority, "CN=sigstore-tsa,O=sigstore.dev");
    }
    let answer = fixture("sigstage/response-no-embedded-cert.tsr").unwrap();
    let unsigned = Trust {
        intermediates: Vec::new(),
        ..trust.clone()
    };
    assert_eq!(
        check(&answer, b"hello", &unsigned),
        Err(TimestampError::NoCertificate)
    );
    assert!(check(&answer, b"hello", &trust).is_ok());

    let wrong = fixture("sigstage/response-invalid-signature.tsr").unwrap();
    let refused = check(&wrong, b"hello", &trust).unwrap_err();
    assert_eq!(refused, TimestampError::Signature(SignatureError::Wrong));
}

#[test]
fn certificates_slipped_in_change_nothing() {
    let Some(trust) = chain("test_tsa/ts_chain.pem") else {
        return;
    };
    let [plain, injected] =
        ["response", "response-injected-certs"].map(|name| fixture(&format!("test_tsa/{name}.tsr")).unwrap());
    let count = |answer: &[u8]| Token::parse(answer).unwrap().certificates().len();
    assert!(count(&injected) > count(&plain));

    let stamped = Token::parse(&plain).unwrap().info().hash().to_vec();
    let imprint = kronika_timestamp::Imprint::from_hash(HashAlgorithm::Sha512, &stamped).unwrap();
    for answer in [plain, injected] {
        let expected = kronika_timestamp::Expected {
            stamped: kronika_timestamp::Stamped::Imprint(&imprint),
            nonce: Some(0x36A4_4F9F_4A39_1FD3),
            policies: &[],
        };
        let token = Token::parse(&answer).unwrap();
        let verified = kronika_timestamp::verify(&token, &expected, &trust, crate::support::now()).unwrap();
        assert_eq!(verified.authority, "CN=Test TSA Timestamping,O=local");
        assert_eq!(verified.chain.len(), 3);
    }
}

#[test]
fn a_token_of_a_commercial_authority_is_accepted() {
    let Some(trust) = chain("identrust/ts_chain.pem") else {
        return;
    };
    let answer = fixture("identrust/issue-104.tsr").unwrap();
    let verified = check(&answer, b"hello", &trust).unwrap();

    assert_eq!(
        verified.anchor,
        "CN=IdenTrust Commercial Root CA 1,O=IdenTrust,C=US"
    );
    assert_eq!(verified.gen_time, 1_741_683_128_000_000);
}

#[test]
fn a_token_whose_certificates_have_expired_since_says_so() {
    let Some(trust) = chain("sigstore.mock/ts_chain.pem") else {
        return;
    };
    let answer = fixture("sigstore.mock/response-expired.tsr").unwrap();
    let payload = fixture("sigstore.mock/payload").unwrap();

    let verified = check(&answer, &payload, &trust).unwrap();

    // 1 February 2023, and 1 January 2024.
    assert_eq!(verified.gen_time, 1_675_209_600_000_000);
    assert_eq!(verified.valid_until, 1_704_067_200_000_000);
}

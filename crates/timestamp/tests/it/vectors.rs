use kronika_timestamp::verify::CLOCK_TOLERANCE;
use kronika_timestamp::{Certificate, HashAlgorithm, Malformed, Response, TimestampError, Token, verify};

use crate::support::{DATA, EC, RSA, check, now, over};

#[test]
fn good_tokens_are_accepted_and_say_what_they_say() {
    for vectors in [RSA, EC] {
        let verified = check(vectors.response, DATA, &vectors.trust()).unwrap();

        // 22 November 2026, 03:14:42 UTC.
        assert_eq!(verified.gen_time, 1_795_317_282_000_000);
        assert_eq!(verified.accuracy.unwrap().micros, 1_000_000);
        assert_eq!(verified.earliest(), verified.gen_time - 1_000_000);
        assert_eq!(verified.latest(), verified.gen_time + 1_000_000);
        assert_eq!(verified.hash_algorithm, HashAlgorithm::Sha256);
        assert_eq!(verified.policy.to_string(), "1.3.6.1.4.1.99999.1");
        assert_eq!(verified.chain.len(), 2);
        assert!(
            verified.authority.contains("CN=Test TSA Unit"),
            "{}",
            verified.authority
        );
        assert!(
            verified.anchor.contains("CN=Test TSA Root"),
            "{}",
            verified.anchor
        );
        // 19 November 2036, 03:14:42 UTC: the authority's certificate ends before the root's.
        assert_eq!(verified.valid_until, 2_110_677_282_000_000);
        assert!(!verified.revocation_checked, "nobody gave a list");
    }
}

#[test]
fn a_bare_token_is_the_one_in_the_answer() {
    for vectors in [RSA, EC] {
        let token = Response::parse(vectors.response).unwrap().into_token().unwrap();
        let bare = Token::parse(token.as_bytes()).unwrap();

        assert_eq!(bare.as_bytes(), token.as_bytes());
        assert!(vectors.response.ends_with(token.as_bytes()));
        assert!(check(bare.as_bytes(), DATA, &vectors.trust()).is_ok());
    }
}

#[test]
fn certificates_may_come_in_any_order() {
    for vectors in [RSA, EC] {
        let token = Token::parse(vectors.two_certificates).unwrap();
        assert_eq!(token.certificates().len(), 2);
        assert!(check(vectors.two_certificates, DATA, &vectors.trust()).is_ok());
    }
}

#[test]
fn a_token_without_certificates_needs_them_from_elsewhere() {
    for vectors in [RSA, EC] {
        let mut trust = vectors.trust();
        let refused = check(vectors.without_certificates, DATA, &trust).unwrap_err();
        assert_eq!(refused, TimestampError::NoCertificate);

        trust.intermediates = Certificate::from_pem(vectors.authority).unwrap();
        assert!(check(vectors.without_certificates, DATA, &trust).is_ok());
    }
}

#[test]
fn an_authority_may_itself_be_the_anchor() {
    let verified = check(EC.response, DATA, &crate::support::trust(EC.authority)).unwrap();
    assert_eq!(verified.chain.len(), 1);
    assert_eq!(verified.anchor, verified.authority);
}

#[test]
fn other_data_is_refused() {
    assert_eq!(
        check(RSA.response, b"other", &RSA.trust()),
        Err(TimestampError::OtherData)
    );
}

#[test]
fn tokens_of_the_authority_of_others_are_refused() {
    assert!(matches!(
        check(RSA.response, DATA, &EC.trust()),
        Err(TimestampError::Untrusted(_))
    ));
    assert!(matches!(
        check(EC.response, DATA, &RSA.trust()),
        Err(TimestampError::Untrusted(_))
    ));
}

#[test]
fn tokens_from_the_future_are_refused() {
    let token = Token::parse(EC.response).unwrap();
    let made = token.info().gen_time();
    let at = |at| verify(&token, &over(DATA), &EC.trust(), at);

    assert!(at(made - CLOCK_TOLERANCE).is_ok());
    let refused = at(made - CLOCK_TOLERANCE - 1).unwrap_err();
    let said = "the token is dated 2026-11-22T03:14:42Z, but it is 2026-11-22T03:09:41Z";
    assert_eq!(refused.to_string(), said);
    assert!(at(now()).is_ok());
}

#[test]
fn what_is_too_long_is_not_read() {
    let long = vec![0x30; (1 << 20) + 1];
    let refused = Token::parse(&long).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the token has 1048577 bytes, more than 1048576"
    );
    assert!(matches!(Response::parse(&long), Err(Malformed::TooLong { .. })));
}

#[test]
fn files_of_certificates_are_pem_or_der() {
    let [root] = Certificate::from_pem(RSA.root).unwrap().try_into().unwrap();
    let lines = RSA.root.replace("\n", "\r\n");
    let one_line = |text: &str| {
        let body: String = text.lines().filter(|line| !line.starts_with('-')).collect();
        format!("# a root\n-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n")
    };

    for file in [
        root.as_bytes(),
        RSA.root.as_bytes(),
        lines.as_bytes(),
        one_line(RSA.root).as_bytes(),
    ] {
        assert_eq!(Certificate::from_file(file).unwrap(), std::slice::from_ref(&root));
    }
    let both = RSA.root.to_owned() + EC.root;
    assert_eq!(Certificate::from_file(both.as_bytes()).unwrap().len(), 2);
    assert_eq!(Certificate::from_file(b"no certificate").unwrap(), []);
    let cut = &RSA.root[..RSA.root.len() - 10];
    assert_eq!(
        Certificate::from_file(cut.as_bytes()).unwrap_err().to_string(),
        "the certificate is not PEM"
    );
    assert!(Certificate::from_file(&root.as_bytes()[1..]).is_err());
}

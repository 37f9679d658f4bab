//! Every kind of key and hash, in the token and in the chain; OpenSSL agrees wherever it can.

use kronika_timestamp::{SignatureError, TimestampError};

use crate::authority::{Authority, DATA, LONG, P_256, P_384, P_521, RSA, RSA_PSS};
use crate::support::check;

/// A token by a unit with this key, under a root with that one.
fn token(test: &str, root: &str, unit: &str, section: &str) -> Option<(Authority, Vec<u8>)> {
    let authority = Authority::with_key(test, root)?;
    authority.issue("tsa", unit, "tsa", LONG);
    let answer = authority.answer_as("tsa", section, &crate::authority::request().to_der());
    Some((authority, answer))
}

#[test]
fn tokens_by_every_kind_of_key_are_accepted() {
    for (test, root, unit, section) in [
        ("p256", P_256, P_256, "unit"),
        ("p384", P_521, P_384, "unit_sha512_id"),
        ("p521", P_384, P_521, "unit_sha1_id"),
        ("p521-sha256", RSA, P_521, "unit"),
        ("rsa", P_256, RSA, "unit"),
        ("rsa-sha512", P_256, RSA, "unit_sha1_id"),
    ] {
        let Some((authority, answer)) = token(test, root, unit, section) else {
            return;
        };

        let verified = check(&answer, DATA, &authority.trust()).unwrap();
        assert_eq!(
            (verified.authority.as_str(), verified.anchor.as_str()),
            ("CN=tsa", "CN=root"),
            "{test}"
        );
        assert!(
            authority.openssl_accepts(&answer, "-data data -CAfile root.pem"),
            "{test}"
        );

        assert_eq!(
            check(&answer, b"other", &authority.trust()),
            Err(TimestampError::OtherData)
        );
        authority.write("other", "other");
        assert!(
            !authority.openssl_accepts(&answer, "-data other -CAfile root.pem"),
            "{test}"
        );
    }
}

#[test]
fn the_accuracy_and_fractions_of_a_second_are_read() {
    let Some((authority, answer)) = token("accuracy", P_256, P_256, "unit") else {
        return;
    };
    let before = crate::support::now();
    let verified = check(&answer, DATA, &authority.trust()).unwrap();

    assert_eq!(verified.accuracy.unwrap().micros, 1_500_100);
    assert_eq!(verified.gen_time % 1000, 0, "to the millisecond");
    assert!((before - verified.gen_time).abs() < 60_000_000, "just now");
}

/// OpenSSL makes no timestamps with PSS, so these are signed as CMS; `openssl cms` checks the signature in its place.
#[test]
fn pss_is_accepted_with_the_parameters_it_states() {
    let Some(authority) = Authority::with_unit("pss") else {
        return;
    };
    authority.issue("pss", RSA_PSS, "tsa", LONG);
    authority.issue("rsa", RSA, "tsa", LONG);
    let request = crate::authority::request().to_der();
    let good = authority.answer_as("tsa", "unit_anonymous", &request);

    for (unit, options) in [
        ("pss", "-md sha256 -keyopt rsa_padding_mode:pss"),
        (
            "pss",
            "-md sha512 -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:32",
        ),
        ("rsa", "-md sha256 -keyopt rsa_padding_mode:pss"),
        (
            "rsa",
            "-md sha384 -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:20",
        ),
        (
            "rsa",
            "-md sha512 -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:0",
        ),
    ] {
        let anew = authority.sign_anew(
            &good,
            &format!("-cades -signer {unit}.pem -inkey {unit}.key {options}"),
        );
        let verified = check(&anew, DATA, &authority.trust());
        assert_eq!(verified.unwrap().authority, format!("CN={unit}"), "{options}");
        authority
            .must("cms -verify -inform DER -in anew -CAfile root.pem -purpose timestampsign -out /dev/null");

        let mut wrong = anew;
        let last = wrong.len() - 1;
        wrong[last] ^= 1;
        let refused = check(&wrong, DATA, &authority.trust()).unwrap_err();
        assert_eq!(
            refused,
            TimestampError::Signature(SignatureError::Wrong),
            "{options}"
        );
    }
}

#[test]
fn pss_that_hashes_in_two_ways_is_refused() {
    let Some(authority) = Authority::with_unit("pss-mixed") else {
        return;
    };
    authority.issue("rsa", RSA, "tsa", LONG);
    let good = authority.answer_as("tsa", "unit_anonymous", &crate::authority::request().to_der());

    let mixed = "-cades -signer rsa.pem -inkey rsa.key -md sha256 -keyopt rsa_padding_mode:pss \
                 -keyopt rsa_mgf1_md:sha1";
    let refused = check(&authority.sign_anew(&good, mixed), DATA, &authority.trust()).unwrap_err();
    assert!(
        matches!(
            refused,
            TimestampError::Signature(SignatureError::Algorithm { .. })
        ),
        "{refused}"
    );
}

#[test]
fn a_chain_signed_with_pss_is_accepted() {
    let Some(authority) = Authority::with_key("pss-root", RSA_PSS) else {
        return;
    };
    authority.issue("tsa", P_256, "tsa", LONG);
    let answer = authority.stamp("tsa");

    assert_eq!(check(&answer, DATA, &authority.trust()).unwrap().chain.len(), 2);
    assert!(authority.openssl_accepts(&answer, "-data data -CAfile root.pem"));
}

#[test]
fn keys_that_can_be_broken_are_refused() {
    let Some(authority) = Authority::new("weak") else {
        return;
    };
    authority.issue(
        "short",
        "-algorithm RSA -pkeyopt rsa_keygen_bits:1024",
        "tsa",
        LONG,
    );
    authority.issue(
        "other-curve",
        "-algorithm EC -pkeyopt ec_paramgen_curve:secp256k1",
        "tsa",
        LONG,
    );

    let refused = check(&authority.stamp("short"), DATA, &authority.trust()).unwrap_err();
    assert_eq!(
        refused,
        TimestampError::Signature(SignatureError::RsaSize { bits: 1024 })
    );
    let refused = check(&authority.stamp("other-curve"), DATA, &authority.trust()).unwrap_err();
    let said = "the token's signature: its key is on a curve that is not supported: 1.3.132.0.10";
    assert_eq!(refused.to_string(), said);
}

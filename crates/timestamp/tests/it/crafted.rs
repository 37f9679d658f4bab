//! Tokens that no good authority makes: the statement of a good one, signed anew in ways that do not count.

use kronika_timestamp::{Malformed, TimestampError, Token};

use crate::authority::{Authority, DATA, LONG, P_256, request};
use crate::support::check;

fn anonymous(test: &str) -> Option<(Authority, Vec<u8>)> {
    let authority = Authority::with_unit(test)?;
    let good = authority.answer_as("tsa", "unit_anonymous", &request().to_der());
    Some((authority, good))
}

const OPTIONS: &str = "-data data -CAfile root.pem";

#[test]
fn a_token_has_one_signer() {
    let Some((authority, good)) = anonymous("two-signers") else {
        return;
    };
    authority.issue("second", P_256, "tsa", LONG);
    let by_one = authority.sign_anew(&good, "-cades -signer tsa.pem -inkey tsa.key -md sha256");
    assert!(check(&by_one, DATA, &authority.trust()).is_ok());
    assert!(authority.openssl_accepts(&by_one, OPTIONS));

    let by_two = "-cades -signer tsa.pem -inkey tsa.key -signer second.pem -inkey second.key -md sha256";
    let by_two = authority.sign_anew(&good, by_two);
    let refused = check(&by_two, DATA, &authority.trust()).unwrap_err();
    assert_eq!(
        refused,
        TimestampError::Malformed(Malformed::Signers { found: 2 })
    );
    assert!(!authority.openssl_accepts(&by_two, OPTIONS));
}

#[test]
fn a_signer_may_be_known_by_its_key() {
    let Some((authority, good)) = anonymous("key-id") else {
        return;
    };
    let anew = authority.sign_anew(&good, "-cades -keyid -signer tsa.pem -inkey tsa.key -md sha384");
    assert!(check(&anew, DATA, &authority.trust()).is_ok());
}

#[test]
fn a_token_must_name_its_certificate_under_the_signature() {
    let Some((authority, good)) = anonymous("no-ess") else {
        return;
    };
    let anew = authority.sign_anew(&good, "-signer tsa.pem -inkey tsa.key -md sha256");
    let refused = check(&anew, DATA, &authority.trust()).unwrap_err();
    assert_eq!(refused, TimestampError::NoSigningCertificate);
    assert!(!authority.openssl_accepts(&anew, OPTIONS));
}

#[test]
fn a_token_must_have_signed_attributes() {
    let Some((authority, good)) = anonymous("no-attributes") else {
        return;
    };
    let anew = authority.sign_anew(&good, "-noattr -signer tsa.pem -inkey tsa.key -md sha256");
    assert!(matches!(Token::parse(&anew), Err(TimestampError::Malformed(_))));
    assert!(!authority.openssl_accepts(&anew, OPTIONS));
}

/// The same name, serial number and key, but another certificate: only the hash under the signature tells them apart.
#[test]
fn another_certificate_of_the_same_key_is_refused() {
    let Some(authority) = Authority::with_unit("substitute") else {
        return;
    };
    let answer = authority.stamp("tsa");
    authority.write("index.txt", "");
    authority.write("serial", "F7000001");
    authority.issue_by("root", "tsa", "tsa_both_usages", LONG);
    authority.must("x509 -in tsa.pem -outform DER -out substitute.der");
    let mut trust = authority.trust();
    trust.intermediates = authority.certificates("tsa");

    let token = Token::parse(&answer).unwrap();
    let original = token.certificates()[0].as_bytes();
    let substitute = authority.read("substitute.der");
    assert_ne!(original, substitute);
    // The token's own certificate is made unreadable, so that only the substitute is left.
    let at = answer
        .windows(original.len())
        .position(|window| window == original)
        .unwrap();
    let mut without = answer.clone();
    without[at + 4] = 0x31;
    assert_eq!(
        check(&without, DATA, &trust),
        Err(TimestampError::OtherCertificate)
    );

    assert!(
        check(&answer, DATA, &trust).is_ok(),
        "with its own, the token is good"
    );
}

/// What is named besides the signer's certificate must be in the chain.
#[test]
fn named_certificates_are_those_of_the_chain() {
    let Some(authority) = Authority::new("named-chain") else {
        return;
    };
    authority.issue("middle", P_256, "intermediate", LONG);
    authority.issue("stranger", P_256, "intermediate", LONG);
    authority.make_key("tsa", P_256);
    authority.issue_by("middle", "tsa", "tsa", LONG);
    authority.write("request", request().to_der());
    let mut trust = authority.trust();
    trust.intermediates = authority.certificates("middle");
    let answer_with = |chain: &str| {
        authority.write("chain.pem", chain);
        authority.must(
            "ts -reply -config authority.cnf -section unit_sha512_id -queryfile request -signer tsa.pem \
             -inkey tsa.key -chain chain.pem -out answer",
        );
        authority.read("answer")
    };

    let answer = answer_with(&authority.text("middle.pem"));
    assert!(check(&answer, DATA, &trust).is_ok());
    let more = authority.text("middle.pem") + &authority.text("stranger.pem");
    let answer = answer_with(&more);
    // OpenSSL sorts out what does not belong when it makes a token: then there is nothing to refuse.
    let openssl = authority.openssl_accepts(&answer, OPTIONS);
    assert_eq!(check(&answer, DATA, &trust).is_ok(), openssl);
}

#[test]
fn a_token_made_by_another_than_it_says_is_refused() {
    let Some(authority) = Authority::with_unit("other-name") else {
        return;
    };
    authority.issue("other", P_256, "tsa", LONG);
    // This statement names its authority: `tsa`.
    let named = authority.stamp("tsa");
    let anew = authority.sign_anew(&named, "-cades -signer other.pem -inkey other.key -md sha256");

    let refused = check(&anew, DATA, &authority.trust()).unwrap_err().to_string();
    let said = "the signer CN=other may not make timestamps: the token gives its authority another name than the \
                certificate";
    assert_eq!(refused, said);
    assert!(!authority.openssl_accepts(&anew, OPTIONS));
}

#[test]
fn signed_data_that_is_no_timestamp_is_refused() {
    let Some(authority) = Authority::with_unit("no-timestamp") else {
        return;
    };
    authority
        .must("cms -sign -binary -nodetach -in data -signer tsa.pem -inkey tsa.key -outform DER -out signed");
    let refused = Token::parse(&authority.read("signed")).unwrap_err();
    let said = "the content is of type 1.2.840.113549.1.7.1, not a timestamp";
    assert_eq!(refused.to_string(), said);
}

//! Whose tokens are believed. OpenSSL, asked at the time of the token, decides alike, except where a test says so.

use kronika_timestamp::verify::{ChainError, UsageError};
use kronika_timestamp::{TimestampError, Trust, Verified};

use crate::authority::{Authority, DATA, EXPIRED, LONG, P_256};
use crate::support::check;

fn usage_error(result: Result<Verified, TimestampError>) -> UsageError {
    match result {
        Err(TimestampError::NotAnAuthority { error, .. }) => error,
        other => panic!("{other:?}"),
    }
}

fn chain_error(result: Result<Verified, TimestampError>) -> ChainError {
    match result {
        Err(TimestampError::Untrusted(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn certificates_for_other_purposes_are_refused() {
    let Some(authority) = Authority::with_unit("purpose") else {
        return;
    };
    let good = authority.answer_as("tsa", "unit_anonymous", &crate::authority::request().to_der());
    // OpenSSL does not answer with such certificates, so they sign its statement anew.
    let stamp = |name: &str| {
        authority.issue(name, P_256, name, LONG);
        let anew = authority.sign_anew(
            &good,
            &format!("-cades -signer {name}.pem -inkey {name}.key -md sha256"),
        );
        let openssl = authority.openssl_accepts(&anew, "-data data -CAfile root.pem");
        (check(&anew, DATA, &authority.trust()), openssl)
    };

    let (both, openssl) = stamp("tsa_both_usages");
    assert!(both.is_ok() && openssl, "{both:?}");
    for (name, expected) in [
        ("tsa_encipherment", UsageError::KeyUsage),
        ("tsa_not_critical", UsageError::NotCritical),
        ("tsa_no_purpose", UsageError::NoPurpose),
    ] {
        let (refused, openssl) = stamp(name);
        assert_eq!(usage_error(refused), expected);
        assert!(!openssl, "{name}");
    }
    for name in ["tsa_two_purposes", "tsa_other_purpose"] {
        let (refused, openssl) = stamp(name);
        assert!(matches!(usage_error(refused), UsageError::OtherPurposes { .. }));
        assert!(!openssl, "{name}");
    }
    let (refused, openssl) = stamp("tsa_critical");
    assert!(matches!(
        usage_error(refused),
        UsageError::CriticalExtension { .. }
    ));
    assert!(!openssl);
}

#[test]
fn a_certificate_that_was_not_valid_when_the_token_was_made_is_refused() {
    let Some(authority) = Authority::new("expired") else {
        return;
    };
    authority.issue("old", P_256, "tsa", EXPIRED);
    authority.issue("new", P_256, "tsa", ("20900101000000Z", "20990101000000Z"));

    for unit in ["old", "new"] {
        let answer = authority.stamp(unit);
        let refused = chain_error(check(&answer, DATA, &authority.trust()));
        assert!(matches!(refused, ChainError::NotValid { .. }), "{refused}");
        assert!(!authority.openssl_accepts(&answer, "-data data -CAfile root.pem"));
    }
    let said = check(&authority.stamp("old"), DATA, &authority.trust())
        .unwrap_err()
        .to_string();
    let expected = "the authority is not trusted: the certificate of CN=old is valid from 2020-01-01T00:00:00Z to \
                    2021-01-01T00:00:00Z, not at 20";
    assert!(said.starts_with(expected), "{said}");
}

#[test]
fn an_unknown_root_is_refused_even_under_a_known_name() {
    let Some(authority) = Authority::with_unit("root-one") else {
        return;
    };
    let Some(other) = Authority::with_unit("root-two") else {
        return;
    };
    let answer = authority.stamp("tsa");

    let refused = chain_error(check(&answer, DATA, &other.trust()));
    assert!(matches!(refused, ChainError::Signature { .. }), "{refused}");
    assert!(!other.openssl_accepts(&answer, "-data data -CAfile root.pem"));

    let nobody = chain_error(check(&answer, DATA, &Trust::default()));
    let expected = "there is no certificate of CN=root, who issued that of CN=tsa, and it is not an anchor";
    assert_eq!(nobody.to_string(), expected);

    // A root of the right name that did not sign does not hide the one that did.
    let mut both = other.trust();
    both.anchors.extend(authority.trust().anchors);
    assert!(check(&answer, DATA, &both).is_ok());
}

/// An authority whose unit is below one or two intermediates, the last of them made with `extensions`.
fn below(test: &str, extensions: &str) -> Option<(Authority, Vec<u8>)> {
    let authority = Authority::new(test)?;
    authority.issue("middle", P_256, extensions, LONG);
    authority.make_key("tsa", P_256);
    authority.issue_by("middle", "tsa", "tsa", LONG);
    let answer = authority.stamp("tsa");
    Some((authority, answer))
}

const OPTIONS: &str = "-data data -CAfile root.pem -untrusted middle.pem";

#[test]
fn intermediates_are_taken_from_the_caller_or_from_the_token() {
    let Some((authority, answer)) = below("intermediate", "intermediate") else {
        return;
    };
    let mut trust = authority.trust();
    let refused = chain_error(check(&answer, DATA, &trust));
    assert!(matches!(refused, ChainError::NoIssuer { .. }), "{refused}");
    assert!(!authority.openssl_accepts(&answer, "-data data -CAfile root.pem"));

    trust.intermediates = authority.certificates("middle");
    assert_eq!(check(&answer, DATA, &trust).unwrap().chain.len(), 3);
    assert!(authority.openssl_accepts(&answer, OPTIONS));

    authority.write("request", crate::authority::request().to_der());
    authority.must(
        "ts -reply -config authority.cnf -section unit_sha512_id -queryfile request -signer tsa.pem -inkey tsa.key \
         -chain middle.pem -out answer",
    );
    let answer = authority.read("answer");
    assert_eq!(check(&answer, DATA, &authority.trust()).unwrap().chain.len(), 3);
    assert!(authority.openssl_accepts(&answer, "-data data -CAfile root.pem"));
    let middle = Trust {
        anchors: authority.certificates("middle"),
        ..Trust::default()
    };
    assert_eq!(
        check(&answer, DATA, &middle).unwrap().anchor,
        "CN=middle",
        "any certificate may be an anchor"
    );
}

#[test]
fn certificates_that_may_not_issue_others_do_not() {
    for extensions in ["intermediate_no_signing", "tsa"] {
        let Some((authority, answer)) = below(&format!("issue-{extensions}"), extensions) else {
            return;
        };
        let mut trust = authority.trust();
        trust.intermediates = authority.certificates("middle");
        let refused = chain_error(check(&answer, DATA, &trust));
        assert!(matches!(refused, ChainError::MayNotIssue { .. }), "{refused}");
        assert!(!authority.openssl_accepts(&answer, OPTIONS));

        // Nor does it help to make it an anchor.
        trust.anchors = authority.certificates("middle");
        assert!(matches!(
            chain_error(check(&answer, DATA, &trust)),
            ChainError::MayNotIssue { .. }
        ));
    }
}

#[test]
fn an_intermediate_for_other_purposes_is_refused_though_openssl_would_not_mind() {
    let Some((authority, answer)) = below("issue-purpose", "intermediate_other_purpose") else {
        return;
    };
    let mut trust = authority.trust();
    trust.intermediates = authority.certificates("middle");
    assert!(matches!(
        chain_error(check(&answer, DATA, &trust)),
        ChainError::MayNotIssue { .. }
    ));
}

#[test]
fn an_intermediate_with_something_critical_and_unknown_is_refused() {
    let Some((authority, answer)) = below("issue-critical", "intermediate_critical") else {
        return;
    };
    let mut trust = authority.trust();
    trust.intermediates = authority.certificates("middle");
    assert!(matches!(
        chain_error(check(&answer, DATA, &trust)),
        ChainError::CriticalExtension { .. }
    ));
    assert!(!authority.openssl_accepts(&answer, OPTIONS));
}

#[test]
fn a_path_is_not_longer_than_its_certificates_allow() {
    let Some((authority, direct)) = below("path", "intermediate_last") else {
        return;
    };
    let mut trust = authority.trust();
    trust.intermediates = authority.certificates("middle");
    assert!(
        check(&direct, DATA, &trust).is_ok(),
        "one authority directly below"
    );
    assert!(authority.openssl_accepts(&direct, OPTIONS));

    authority.make_key("lower", P_256);
    authority.issue_by("middle", "lower", "intermediate", LONG);
    authority.make_key("unit", P_256);
    authority.issue_by("lower", "unit", "tsa", LONG);
    let answer = authority.stamp("unit");
    trust.intermediates.extend(authority.certificates("lower"));
    let refused = chain_error(check(&answer, DATA, &trust));
    let subject = "CN=middle".to_owned();
    assert_eq!(refused, ChainError::PathLength { subject, limit: 0 });
    authority.write(
        "both.pem",
        authority.text("middle.pem") + &authority.text("lower.pem"),
    );
    assert!(!authority.openssl_accepts(&answer, "-data data -CAfile root.pem -untrusted both.pem"));
}

#[test]
fn certificates_that_issue_each_other_lead_nowhere() {
    let Some(authority) = Authority::new("circle") else {
        return;
    };
    authority.issue("one", P_256, "intermediate", LONG);
    authority.make_key("two", P_256);
    authority.issue_by("one", "two", "intermediate", LONG);
    authority.write("kept.pem", authority.text("two.pem"));
    authority.issue_by("two", "one", "intermediate", LONG);
    authority.make_key("tsa", P_256);
    authority.issue_by("one", "tsa", "tsa", LONG);
    let answer = authority.stamp("tsa");
    let mut trust = Trust {
        intermediates: authority.certificates("one"),
        ..Trust::default()
    };
    trust.intermediates.extend(authority.certificates("kept"));

    assert!(matches!(
        chain_error(check(&answer, DATA, &trust)),
        ChainError::NoIssuer { .. }
    ));
}

#[test]
fn the_search_for_a_chain_ends() {
    let Some(authority) = Authority::new("maze") else {
        return;
    };
    // Many certificates of one name and key that issue each other: each could follow each.
    authority.make_key("maze", P_256);
    authority.issue_by("root", "maze", "intermediate", LONG);
    let mut trust = Trust::default();
    for _ in 0..30 {
        authority.issue_by("maze", "maze", "intermediate", LONG);
        trust.intermediates.extend(authority.certificates("maze"));
    }
    authority.make_key("tsa", P_256);
    authority.issue_by("maze", "tsa", "tsa", LONG);

    let refused = chain_error(check(&authority.stamp("tsa"), DATA, &trust));
    assert!(
        matches!(refused, ChainError::TooLong | ChainError::TooManyTries),
        "{refused}"
    );
}

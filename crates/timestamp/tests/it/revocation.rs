//! Revoked certificates, by RFC 3161 §4: what was stamped before stays good only if the key was given up, not lost.

use kronika_timestamp::certificate::Reason;
use kronika_timestamp::{Crl, TimestampError, Trust, Verified};

use crate::authority::{Authority, DATA, LONG, P_256};
use crate::support::check;

const BEFORE: &str = "200101000000Z";
const AFTER: &str = "400101000000Z";

fn with_list(authority: &Authority, list: &str) -> Trust {
    Trust {
        crls: Crl::from_pem(list).unwrap(),
        ..authority.trust()
    }
}

fn reason(result: Result<Verified, TimestampError>) -> Reason {
    match result {
        Err(TimestampError::Revoked { reason, .. }) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_key_that_was_given_up_leaves_what_it_signed_before() {
    let Some(authority) = Authority::with_unit("given-up") else {
        return;
    };
    let answer = authority.stamp("tsa");
    for (name, expected) in [
        ("unspecified", Reason::Unspecified),
        ("affiliationChanged", Reason::AffiliationChanged),
        ("superseded", Reason::Superseded),
        ("cessationOfOperation", Reason::CessationOfOperation),
    ] {
        let later = authority.revoke(&[("tsa", AFTER, Some(name))]);
        let verified = check(&answer, DATA, &with_list(&authority, &later)).unwrap();
        assert!(verified.revocation_checked, "{name}");

        let earlier = authority.revoke(&[("tsa", BEFORE, Some(name))]);
        assert_eq!(
            reason(check(&answer, DATA, &with_list(&authority, &earlier))),
            expected
        );
    }
}

#[test]
fn a_key_that_may_have_been_lost_takes_all_it_signed_with_it() {
    let Some(authority) = Authority::with_unit("lost") else {
        return;
    };
    let answer = authority.stamp("tsa");
    for (name, expected) in [
        (None, Reason::Unstated),
        (Some("keyCompromise"), Reason::KeyCompromise),
        (Some("CACompromise"), Reason::CaCompromise),
    ] {
        for date in [BEFORE, AFTER] {
            let list = authority.revoke(&[("tsa", date, name)]);
            assert_eq!(
                reason(check(&answer, DATA, &with_list(&authority, &list))),
                expected,
                "{date}"
            );
        }
    }
    let list = authority.revoke(&[("tsa", BEFORE, None)]);
    let refused = check(&answer, DATA, &with_list(&authority, &list)).unwrap_err();
    let said = "the certificate of CN=tsa was revoked at 2020-01-01T00:00:00Z, reason not stated";
    assert_eq!(refused.to_string(), said);
}

#[test]
fn lists_of_others_and_of_other_certificates_say_nothing() {
    let Some(authority) = Authority::with_unit("other-list") else {
        return;
    };
    let Some(namesake) = Authority::with_unit("namesake-list") else {
        return;
    };
    authority.issue("second", P_256, "tsa", LONG);
    let answer = authority.stamp("tsa");

    let list = authority.revoke(&[("second", BEFORE, None)]);
    assert!(
        check(&answer, DATA, &with_list(&authority, &list))
            .unwrap()
            .revocation_checked
    );

    // A root of the same name, whose list has the same serial number on it.
    let forged = namesake.revoke(&[("tsa", BEFORE, None)]);
    let verified = check(&answer, DATA, &with_list(&authority, &forged)).unwrap();
    assert!(!verified.revocation_checked);
}

#[test]
fn a_revoked_intermediate_takes_the_token_with_it() {
    let Some(authority) = Authority::new("revoked-intermediate") else {
        return;
    };
    authority.issue("middle", P_256, "intermediate", LONG);
    authority.make_key("tsa", P_256);
    authority.issue_by("middle", "tsa", "tsa", LONG);
    let answer = authority.stamp("tsa");

    let list = authority.revoke(&[]);
    let mut trust = with_list(&authority, &list);
    trust.intermediates = authority.certificates("middle");
    let verified = check(&answer, DATA, &trust).unwrap();
    assert!(
        !verified.revocation_checked,
        "there is no list by the intermediate"
    );

    let list = authority.revoke(&[("middle", AFTER, Some("keyCompromise"))]);
    trust.crls = Crl::from_pem(&list).unwrap();
    assert_eq!(reason(check(&answer, DATA, &trust)), Reason::KeyCompromise);
}

#[test]
fn a_list_from_before_the_token_does_not_show_that_nothing_was_revoked() {
    let Some(authority) = Authority::with_unit("old-list") else {
        return;
    };
    let answer = authority.stamp("tsa");
    authority.must(
        "ca -config authority.cnf -gencrl -crl_lastupdate 200101000000Z -crl_nextupdate 200201000000Z -out old.crl",
    );
    let list = authority.text("old.crl");

    assert!(
        !check(&answer, DATA, &with_list(&authority, &list))
            .unwrap()
            .revocation_checked
    );
}

#[test]
fn a_list_speaks_only_of_the_certificates_that_it_is_about() {
    let Some(authority) = Authority::with_unit("partial-list") else {
        return;
    };
    let answer = authority.stamp("tsa");
    let checked = |section: &str, revoked: bool| {
        let revoked = [("tsa", AFTER, Some("keyCompromise"))]
            .into_iter()
            .filter(|_| revoked);
        authority.revoke(&revoked.collect::<Vec<_>>());
        authority.must(&format!(
            "ca -config authority.cnf -gencrl -crlexts {section} -out partial.crl"
        ));
        let list = authority.text("partial.crl");
        check(&answer, DATA, &with_list(&authority, &list)).map(|verified| verified.revocation_checked)
    };

    assert_eq!(checked("list_users", false), Ok(true));
    assert_eq!(checked("list_authorities", false), Ok(false));
    assert_eq!(checked("list_some_reasons", false), Ok(false));
    assert_eq!(
        checked("list_elsewhere", false),
        Ok(false),
        "the certificate does not name that place"
    );
    assert_eq!(
        checked("list_critical", false),
        Ok(false),
        "it may be about anything"
    );
    for section in [
        "list_users",
        "list_authorities",
        "list_some_reasons",
        "list_critical",
    ] {
        assert!(
            checked(section, true).is_err(),
            "{section}: who is on it is revoked"
        );
    }
    assert_eq!(
        checked("list_indirect", true),
        Ok(false),
        "its entries may be another issuer's"
    );
}

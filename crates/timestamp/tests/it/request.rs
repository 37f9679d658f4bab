use kronika_timestamp::response::{Failure, Status};
use kronika_timestamp::{
    HashAlgorithm, Imprint, ObjectIdentifier, Request, Response, TimestampError, verify,
};

use crate::authority::{Authority, DATA};
use crate::support::{self, EC, RSA, hex, now};

#[test]
fn a_request_is_the_one_openssl_writes() {
    // OpenSSL chose the nonces: they are in its requests, before the three bytes of certReq.
    for vectors in [RSA, EC] {
        let theirs = vectors.request;
        let nonce = &theirs[theirs.len() - 11..theirs.len() - 3];
        let nonce = u64::from_be_bytes(nonce.try_into().unwrap());
        // RSA's begins with a bit of 1 and has a zero before it; EC's does not.
        let ours = Request::new(Imprint::sha256(support::DATA), nonce).to_der();

        assert_eq!(hex(&ours), hex(theirs));
    }
}

#[test]
fn openssl_reads_every_kind_of_request() {
    let Some(authority) = Authority::new("request") else {
        return;
    };
    let policy = ObjectIdentifier::new("1.2.840.113556.1.8000.2554.4000000000.65535").unwrap();
    for algorithm in [
        HashAlgorithm::Sha256,
        HashAlgorithm::Sha384,
        HashAlgorithm::Sha512,
    ] {
        for nonce in [0, 1, 0x7f, 0x80, 0xff, 0x100, u64::MAX >> 1, u64::MAX] {
            let request = Request::new(Imprint::of(algorithm, DATA), nonce);
            for request in [request.clone(), request.under(policy)] {
                authority.write("request", request.to_der());
                let text = authority.must("ts -query -in request -text").stdout;
                let text = String::from_utf8(text).unwrap();

                let stated = text.lines().find_map(|line| line.strip_prefix("Nonce: 0x"));
                assert_eq!(u64::from_str_radix(stated.unwrap(), 16), Ok(nonce), "{text}");
                let name = algorithm.to_string().to_lowercase().replace('-', "");
                assert!(text.contains(&format!("Hash Algorithm: {name}")), "{text}");
                assert!(text.contains("Certificate required: yes"), "{text}");
            }
        }
    }
}

#[test]
fn a_hash_has_the_length_of_its_kind() {
    let hash = HashAlgorithm::Sha384.hash(DATA);
    assert_eq!(
        Imprint::from_hash(HashAlgorithm::Sha384, &hash).unwrap(),
        Imprint::of(HashAlgorithm::Sha384, DATA)
    );

    let refused = Imprint::from_hash(HashAlgorithm::Sha256, &hash).unwrap_err();
    assert_eq!(refused.to_string(), "SHA-256 has 32 bytes, not 48");
}

#[test]
fn an_answer_is_believed_only_for_its_request() {
    let Some(authority) = Authority::with_unit("nonce") else {
        return;
    };
    let other_policy = ObjectIdentifier::new("1.2.3.4.5").unwrap();
    let request = Request::new(Imprint::of(HashAlgorithm::Sha512, DATA), 7).under(other_policy);
    let token = Response::parse(&authority.answer("tsa", &request.to_der()))
        .unwrap()
        .into_token()
        .unwrap();
    let trust = authority.trust();

    let verified = verify(&token, &request.expected(), &trust, now()).unwrap();
    assert_eq!(verified.policy, other_policy);
    assert_eq!(verified.hash_algorithm, HashAlgorithm::Sha512);

    let refused = |request: Request| verify(&token, &request.expected(), &trust, now()).unwrap_err();
    let same = Imprint::of(HashAlgorithm::Sha512, DATA);
    assert_eq!(
        refused(Request::new(same.clone(), 8)),
        TimestampError::Nonce { expected: 8 }
    );
    assert_eq!(
        refused(Request::new(same, 7).under(ObjectIdentifier::new("1.2.3.4.1").unwrap())),
        TimestampError::Policy { found: other_policy }
    );
    assert_eq!(
        refused(Request::new(Imprint::of(HashAlgorithm::Sha512, b"other"), 7)),
        TimestampError::OtherData
    );
    assert!(matches!(
        refused(Request::new(Imprint::sha256(DATA), 7)),
        TimestampError::ImprintAlgorithm { .. }
    ));
}

#[test]
fn a_token_without_a_nonce_does_not_answer_a_request_with_one() {
    let Some(authority) = Authority::with_unit("no-nonce") else {
        return;
    };
    authority.must("ts -query -data data -sha256 -no_nonce -cert -out asked");
    let answer = authority.answer("tsa", &authority.read("asked"));

    assert!(support::check(&answer, DATA, &authority.trust()).is_ok());
    let token = Response::parse(&answer).unwrap().into_token().unwrap();
    let request = Request::new(Imprint::sha256(DATA), 0);
    let refused = verify(&token, &request.expected(), &authority.trust(), now()).unwrap_err();
    assert_eq!(refused, TimestampError::Nonce { expected: 0 });
}

#[test]
fn a_refusal_says_why() {
    let Some(authority) = Authority::with_unit("refusal") else {
        return;
    };
    let unknown = ObjectIdentifier::new("1.2.3.4.9").unwrap();
    let request = Request::new(Imprint::sha256(DATA), 1).under(unknown);

    let response = Response::parse(&authority.answer("tsa", &request.to_der())).unwrap();

    assert_eq!(response.status(), Status::Rejection);
    assert_eq!(response.failures(), [Failure::UnacceptedPolicy]);
    let said = response.into_token().unwrap_err().to_string();
    assert_eq!(
        said,
        "the authority answered no: it does not support the policy, \"Requested policy is not supported.\""
    );
}

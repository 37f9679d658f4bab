//! Tokens and statements with something put in, taken out or changed, with all lengths made right again.

use std::time::{Duration, Instant};

use kronika_timestamp::{Certificate, Crl, Malformed, TimestampError, Token, Trust};

use crate::authority::{Authority, DATA, request};
use crate::support::{self, EC, check};

/// A piece of DER: its tag, and either its content or what it consists of.
#[derive(Debug, Clone)]
enum Piece {
    Of(u8, Vec<Piece>),
    Leaf(u8, Vec<u8>),
}

impl Piece {
    fn read(bytes: &[u8]) -> Piece {
        let [piece] = Piece::read_all(bytes).try_into().unwrap();
        piece
    }

    fn read_all(mut bytes: &[u8]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        while let [tag, length, rest @ ..] = bytes {
            let long = usize::from(length.saturating_sub(0x80));
            let (digits, rest) = rest.split_at(long);
            let short = if long == 0 { usize::from(*length) } else { 0 };
            let length = digits
                .iter()
                .fold(short, |length, digit| length << 8 | usize::from(*digit));
            let (content, rest) = rest.split_at(length);
            pieces.push(match tag & 0x20 {
                0 => Piece::Leaf(*tag, content.to_vec()),
                _ => Piece::Of(*tag, Piece::read_all(content)),
            });
            bytes = rest;
        }
        pieces
    }

    fn to_bytes(&self) -> Vec<u8> {
        let (tag, content) = match self {
            Piece::Of(tag, pieces) => (*tag, pieces.iter().flat_map(Piece::to_bytes).collect()),
            Piece::Leaf(tag, content) => (*tag, content.clone()),
        };
        let length = content.len().to_be_bytes();
        let digits = &length[length.iter().position(|byte| *byte != 0).unwrap_or(7)..];
        let head = match content.len() {
            0..0x80 => vec![tag, digits[0]],
            _ => [&[tag, 0x80 | digits.len() as u8], digits].concat(),
        };
        [head, content].concat()
    }

    /// The pieces in it, reached by their numbers.
    fn pieces(&mut self, path: &[usize]) -> &mut Vec<Piece> {
        let Piece::Of(_, pieces) = self else {
            panic!("nothing is in {self:?}")
        };
        match path {
            [] => pieces,
            [first, rest @ ..] => pieces[*first].pieces(rest),
        }
    }
}

const DATA_OF_VECTORS: &[u8] = support::DATA;

/// Where the signed data is in a bare token.
const SIGNED_DATA: [usize; 2] = [1, 0];

/// A bare token of the vectors with its signed data changed.
fn changed(change: impl Fn(&mut Vec<Piece>)) -> Vec<u8> {
    let mut token = Piece::read(Token::parse(EC.response).unwrap().as_bytes());
    change(token.pieces(&SIGNED_DATA));
    token.to_bytes()
}

#[test]
fn a_token_is_rebuilt_as_it_was() {
    assert_eq!(changed(|_| {}), Token::parse(EC.response).unwrap().as_bytes());
}

#[test]
fn what_is_not_signed_is_not_believed_and_does_no_harm() {
    let good = check(EC.response, DATA_OF_VECTORS, &EC.trust()).unwrap();
    let unsigned = Piece::read(&[0xa1, 9, 0x30, 7, 6, 1, 42, 0x31, 2, 5, 0]);
    let with_attribute = changed(|fields| {
        let signer = fields.last_mut().unwrap().pieces(&[0]);
        signer.push(unsigned.clone());
    });
    let with_other_certificates = changed(|fields| {
        let certificates = fields[3].pieces(&[]);
        certificates.insert(0, Piece::read(&[0xa1, 2, 5, 0]));
        certificates.insert(0, Piece::read(&[0x30, 2, 5, 0]));
    });

    for token in [with_attribute, with_other_certificates] {
        assert_eq!(check(&token, DATA_OF_VECTORS, &EC.trust()), Ok(good.clone()));
    }
}

#[test]
fn a_token_has_one_signer_and_not_the_same_one_twice() {
    let refused = |token: Vec<u8>| check(&token, DATA_OF_VECTORS, &EC.trust()).unwrap_err();
    let twice = changed(|fields| {
        let signers = fields.last_mut().unwrap().pieces(&[]);
        signers.push(signers[0].clone());
    });
    assert_eq!(
        refused(twice),
        TimestampError::Malformed(Malformed::Signers { found: 2 })
    );
    let never = changed(|fields| fields.last_mut().unwrap().pieces(&[]).clear());
    assert_eq!(
        refused(never),
        TimestampError::Malformed(Malformed::Signers { found: 0 })
    );
}

#[test]
fn each_signed_attribute_is_there_once() {
    let attributes = |change: fn(&mut Vec<Piece>)| {
        let token = changed(|fields| change(fields.last_mut().unwrap().pieces(&[0, 3])));
        check(&token, DATA_OF_VECTORS, &EC.trust()).unwrap_err()
    };
    // contentType, signingTime, messageDigest, signingCertificateV2.
    for number in [0, 2] {
        let missing = attributes(if number == 0 {
            |all| drop(all.remove(0))
        } else {
            |all| drop(all.remove(2))
        });
        assert!(
            matches!(
                missing,
                TimestampError::Malformed(Malformed::Attribute { found: 0, .. })
            ),
            "{missing}"
        );
        let twice = attributes(if number == 0 {
            |all| all.push(all[0].clone())
        } else {
            |all| all.push(all[2].clone())
        });
        assert!(
            matches!(
                twice,
                TimestampError::Malformed(Malformed::Attribute { found: 2, .. })
            ),
            "{twice}"
        );
    }
    let without_certificate = attributes(|all| drop(all.remove(3)));
    assert_eq!(without_certificate, TimestampError::NoSigningCertificate);
    // What does not matter to a timestamp is signed all the same.
    let without_signing_time = attributes(|all| drop(all.remove(1)));
    assert!(matches!(without_signing_time, TimestampError::Signature(_)));
}

#[test]
fn more_than_anybody_needs_is_refused() {
    let many = changed(|fields| {
        let certificates = fields[3].pieces(&[]);
        certificates.extend(vec![certificates[0].clone(); 32]);
    });
    let refused = check(&many, DATA_OF_VECTORS, &EC.trust()).unwrap_err();
    assert_eq!(refused.to_string(), "more than 32 of certificates in the token");
}

/// Reading a set of n names may take n² steps: the most that fits must not keep anybody waiting.
#[test]
fn names_of_hundreds_of_parts_are_read_in_time() {
    let part = |number: u16| {
        let value = number.to_be_bytes().iter().map(|byte| byte % 0x80).collect();
        Piece::Of(0x30, vec![Piece::Leaf(6, vec![42]), Piece::Leaf(12, value)])
    };
    let with_name_of = |parts: u16| {
        let name = Piece::Of(0x30, vec![Piece::Of(0x31, (0..parts).rev().map(part).collect())]);
        let [certificate] = Certificate::from_pem(EC.authority).unwrap().try_into().unwrap();
        let mut certificate = Piece::read(certificate.as_bytes());
        certificate.pieces(&[0])[5] = name;
        certificate
    };
    assert!(Certificate::from_der(&with_name_of(450).to_bytes()).is_ok());
    let refused = Certificate::from_der(&with_name_of(460).to_bytes()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the name of the certificate's subject has 4148 bytes, more than 4096"
    );

    let token = changed(|fields| fields[3].pieces(&[]).extend(vec![with_name_of(450); 31]));
    let started = Instant::now();
    assert!(check(&token, DATA_OF_VECTORS, &EC.trust()).is_ok());
    assert!(
        started.elapsed() < Duration::from_secs(10),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn revocation_lists_in_the_token_count() {
    let Some(authority) = Authority::with_unit("lists-inside") else {
        return;
    };
    let answer = authority.stamp("tsa");
    let with_list = |list: &str| {
        let mut token = Piece::read(Token::parse(&answer).unwrap().as_bytes());
        let [list] = Crl::from_pem(list).unwrap().try_into().unwrap();
        let lists = Piece::Of(0xa1, vec![Piece::read(list.as_bytes())]);
        token.pieces(&SIGNED_DATA).insert(4, lists);
        check(&token.to_bytes(), DATA, &authority.trust())
    };

    assert!(with_list(&authority.revoke(&[])).unwrap().revocation_checked);
    let lost = with_list(&authority.revoke(&[("tsa", "400101000000Z", Some("keyCompromise"))]));
    assert!(matches!(lost, Err(TimestampError::Revoked { .. })));
}

/// The authority signs another statement than a good one.
fn says(
    test: &str,
    change: impl Fn(&mut Vec<Piece>),
) -> Option<Result<kronika_timestamp::Verified, TimestampError>> {
    let authority = Authority::with_unit(test)?;
    let good = authority.answer_as("tsa", "unit_anonymous", &request().to_der());
    let mut statement = Piece::read(&authority.statement(&good));
    change(statement.pieces(&[]));
    let token = authority.sign(
        &statement.to_bytes(),
        "-cades -signer tsa.pem -inkey tsa.key -md sha256",
    );
    let trust: Trust = authority.trust();
    Some(check(&token, DATA, &trust))
}

#[test]
fn a_good_authority_that_says_something_else_is_not_believed() {
    let extension = |critical: u8| {
        let extension = [0x30, 10, 6, 3, 42, 3, 4, 1, 1, critical, 4, 0];
        Piece::Of(0xa1, vec![Piece::read(&extension)])
    };
    let Some(unchanged) = says("says-same", |_| {}) else {
        return;
    };
    assert!(unchanged.is_ok());
    let harmless = says("says-more", |fields| fields.push(extension(0))).unwrap();
    assert!(harmless.is_ok());

    let critical = says("says-critical", |fields| fields.push(extension(0xff)))
        .unwrap()
        .unwrap_err();
    assert_eq!(
        critical.to_string(),
        "the token has the critical extension 1.2.3.4, which is not understood"
    );
    let version = says("says-version", |fields| fields[0] = Piece::Leaf(2, vec![2])).unwrap();
    assert_eq!(
        version.unwrap_err().to_string(),
        "the token's statement has version 2"
    );
    let sha1 = says("says-sha1", |fields| {
        let algorithm = Piece::read(&[0x30, 7, 6, 5, 0x2b, 14, 3, 2, 26]);
        fields[2] = Piece::Of(0x30, vec![algorithm, Piece::Leaf(4, vec![7; 20])]);
    });
    assert_eq!(
        sha1.unwrap().unwrap_err().to_string(),
        "the stamped hash is made with 1.3.14.3.2.26"
    );
}

#[test]
fn times_are_read_in_the_one_form_that_they_may_have() {
    let at = |text: &str| {
        let mut token = Piece::read(Token::parse(EC.response).unwrap().as_bytes());
        let content = token.pieces(&[1, 0, 2, 1]);
        let Piece::Leaf(4, statement) = &content[0] else {
            panic!("an OCTET STRING")
        };
        let mut statement = Piece::read(statement);
        statement.pieces(&[])[4] = Piece::Leaf(0x18, text.as_bytes().to_vec());
        content[0] = Piece::Leaf(4, statement.to_bytes());
        Token::parse(&token.to_bytes()).map(|token| token.info().gen_time())
    };

    assert_eq!(at("19700101000000Z"), Ok(0));
    assert_eq!(at("20261122031442.5Z"), Ok(1_795_317_282_500_000));
    assert_eq!(at("20261122031442.000001Z"), Ok(1_795_317_282_000_001));
    assert_eq!(at("20261122031442.1234567Z"), Ok(1_795_317_282_123_456));
    assert_eq!(at("99991231235959.999999Z"), Ok(253_402_300_799_999_999));
    for wrong in [
        "20261122031442",
        "20261122031442+0100",
        "20261122031442.Z",
        "20261122031442.1.2Z",
        "20261122031442,5Z",
        "2026112203144Z",
        "202611220314422Z",
        "20261322031442Z",
        "20260230031442Z",
        "20261122031460Z",
        "2026112203144aZ",
        "19691231235959Z",
        "Z",
        "",
    ] {
        assert!(
            matches!(at(wrong), Err(TimestampError::Malformed(Malformed::Time { .. }))),
            "{wrong:?}"
        );
    }
}

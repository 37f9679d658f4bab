use kronika_tlog::cosignature::CosigningKey;
use kronika_tlog::note::{
    KeyError, MAX_SIGNATURES, Note, NoteError, Role, Signature, SignatureError, SigningKey, VerifierKey,
};
use proptest::prelude::*;

use crate::support::{bytes32, key, list, shared_json, string};

const TEXT: &str = "archive.example/log\n7\n\nwith a blank line\n";

fn signer(name: &str) -> SigningKey {
    SigningKey::from_seed(name, &[7; 32]).unwrap()
}

fn signed() -> String {
    Note::sign(TEXT.to_owned(), &signer("archive.example/log"))
        .unwrap()
        .to_string()
}

#[test]
fn published_notes_are_believed_and_reproduced() {
    let Some(vectors) = shared_json("public/signed-notes.json") else {
        return;
    };
    for case in list(&vectors["valid"]) {
        let file = string(&case["note"]);
        let note = Note::parse(file.as_bytes()).unwrap();
        assert_eq!(note.to_string(), file);
        if let Some(vkey) = case["vkey"].as_str() {
            let key: VerifierKey = vkey.parse().unwrap();
            assert_eq!(note.verify([&key]).unwrap()[0].key, &key);
            assert_eq!(key.to_string(), vkey);
        }
        let skey = case["skey"].as_str().map(|skey| SigningKey::parse(skey).unwrap());
        let seed = case.get("seed_hex").map(bytes32);
        let name = note.signatures()[0].name();
        let from_seed = seed.map(|seed| SigningKey::from_seed(name, &seed).unwrap());
        if let Some(key) = skey.or(from_seed) {
            assert_eq!(
                Note::sign(note.text().to_owned(), &key).unwrap().to_string(),
                file
            );
            assert_eq!(
                SigningKey::parse(&key.to_private_text()).unwrap().verifier(),
                key.verifier()
            );
        }
    }
}

#[test]
fn bad_keys_are_refused_and_so_is_every_piece_and_neighbour_of_a_good_one() {
    let Some(vectors) = shared_json("public/signed-notes.json") else {
        return;
    };
    let cases = list(&vectors["bad_vkeys"]);
    let errors: Vec<_> = cases
        .iter()
        .map(|case| string(&case["vkey"]).parse::<VerifierKey>().err())
        .collect();
    assert_eq!(errors[0], Some(KeyError::NotBase64));
    assert_eq!(errors[1], Some(KeyError::UnknownType { byte: 0x65 }));

    let good = string(&cases[2]["vkey"]);
    key(&cases[2]["vkey"]);
    for start in 0..good.len() {
        for end in start..=good.len() {
            let piece = &good[start..end];
            assert!(piece == good || piece.parse::<VerifierKey>().is_err(), "{piece}");
        }
    }
    for at in 0..good.len() {
        let mut bytes = good.as_bytes().to_vec();
        bytes[at] += 1;
        let neighbour = String::from_utf8(bytes).unwrap();
        assert!(neighbour.parse::<VerifierKey>().is_err(), "{neighbour}");
    }
}

#[test]
fn a_key_may_contain_pluses_in_its_base64() {
    let key = (0_u8..=255).map(|byte| {
        SigningKey::from_seed("a.example", &[byte; 32])
            .unwrap()
            .verifier()
            .to_string()
    });
    let with_plus: Vec<_> = key.filter(|vkey| vkey.matches('+').count() > 2).collect();

    assert!(!with_plus.is_empty());
    for vkey in with_plus {
        assert_eq!(vkey.parse::<VerifierKey>().unwrap().to_string(), vkey);
    }
}

#[test]
fn impossible_names_are_refused() {
    for name in [
        "",
        "a b",
        "a+b",
        "a\u{a0}b",
        "a\u{2003}",
        "a\n",
        "a\u{1}b",
        "\u{3000}",
    ] {
        assert_eq!(
            SigningKey::from_seed(name, &[1; 32]).err(),
            Some(KeyError::Name),
            "{name:?}"
        );
    }
    SigningKey::from_seed("zażółć.example/журнал", &[1; 32]).unwrap();
}

#[test]
fn a_secret_key_is_not_shown_and_not_taken_for_another_role() {
    let key = signer("archive.example/log");
    let cosigner = CosigningKey::from_seed("w.example", &[7; 32]).unwrap();

    assert!(
        !format!("{key:?} {cosigner:?}").contains("BwcH"),
        "no seed in {key:?}"
    );
    assert!(key.to_private_text().contains("BwcH"));
    let wrong = CosigningKey::parse(&key.to_private_text());
    assert_eq!(
        wrong.err(),
        Some(KeyError::OtherRole {
            found: Role::Signer,
            expected: Role::Cosigner
        })
    );
    let wrong = SigningKey::parse(&cosigner.to_private_text());
    assert_eq!(
        wrong.err(),
        Some(KeyError::OtherRole {
            found: Role::Cosigner,
            expected: Role::Signer
        })
    );
    assert_eq!(
        SigningKey::parse(&key.verifier().to_string()).err(),
        Some(KeyError::Form)
    );
}

#[test]
fn malformed_notes_are_refused() {
    let good = signed();
    let text = |text: &str| format!("{text}\n\u{2014} a.example AAAAAAE=\n");
    let refused = |bytes: &[u8]| Note::parse(bytes).unwrap_err();
    let refused_line = |line: &str| refused(format!("abc\n\n{line}\n").as_bytes());

    assert_eq!(refused(b""), NoteError::NoBlankLine);
    assert_eq!(refused(b"abc"), NoteError::NoBlankLine);
    assert_eq!(refused(b"abc\n\n"), NoteError::NoSignature);
    assert_eq!(refused(text("abc").as_bytes()), NoteError::NoBlankLine);
    assert_eq!(refused(good.trim_end().as_bytes()), NoteError::NoSignature);
    assert_eq!(
        refused(&good.as_bytes()[..good.len() - 2]),
        NoteError::NoSignature
    );
    assert_eq!(
        refused(good.replacen('7', "\r", 1).as_bytes()),
        NoteError::ControlCharacter { at: 20 }
    );
    assert_eq!(refused(b"abc\xff\n\n"), NoteError::NotUtf8);
    assert_eq!(refused_line("- a.example AAAAAAE="), SignatureError::Form.into());
    assert_eq!(
        refused_line("\u{2014} a.exampleAAAAAAE="),
        SignatureError::Form.into()
    );
    assert_eq!(
        refused_line("\u{2014} a AAAAAAE=\nabc"),
        SignatureError::Form.into()
    );
    assert_eq!(refused_line("\u{2014} a+b AAAAAAE="), SignatureError::Name.into());
    assert_eq!(refused_line("\u{2014}  AAAAAAE="), SignatureError::Name.into());
    assert_eq!(
        refused_line("\u{2014} a b AAAAAAE="),
        SignatureError::NotBase64.into()
    );
    assert_eq!(
        refused_line("\u{2014} a AAAAAAE"),
        SignatureError::NotBase64.into()
    );
    assert_eq!(
        refused_line("\u{2014} a AAAAAAF="),
        SignatureError::NotBase64.into()
    );
    assert_eq!(
        refused_line("\u{2014} a AAAAAA=="),
        SignatureError::TooShort.into()
    );

    assert_eq!(Note::parse(text("abc\n").as_bytes()).unwrap().text(), "abc\n");
    assert_eq!(
        Note::sign("abc".to_owned(), &signer("a")),
        Err(NoteError::Unfinished)
    );
    assert_eq!(
        Note::sign("a\tb\n".to_owned(), &signer("a")),
        Err(NoteError::ControlCharacter { at: 1 })
    );
}

#[test]
fn lines_of_unknown_keys_are_ignored_even_if_half_known() {
    let known = signer("archive.example/log");
    let same_name = SigningKey::from_seed("archive.example/log", &[8; 32]).unwrap();
    let mut note = Note::parse(signed().as_bytes()).unwrap();
    note.add(same_name.sign(TEXT)).unwrap();
    let same_id = format!("{note}").replacen("archive.example/log AA", "other.example/log AA", 1);

    for file in [note.to_string(), same_id] {
        let note = Note::parse(file.as_bytes()).unwrap();
        let verified = note.verify([known.verifier()]).unwrap();
        assert_eq!(verified.len(), 1);
        assert_eq!(verified[0].key, known.verifier());
    }
    let stranger = signer("stranger.example");
    assert_eq!(note.verify([stranger.verifier()]), Err(NoteError::NotSigned));
    assert_eq!(note.verify([]), Err(NoteError::NotSigned));
}

#[test]
fn a_wrong_signature_of_a_known_key_spoils_the_note() {
    let (first, second) = (signer("first.example"), signer("second.example"));
    let mut note = Note::sign(TEXT.to_owned(), &first).unwrap();
    note.add(Signature::by(second.verifier(), vec![1; 64]).unwrap())
        .unwrap();

    let wrong = NoteError::WrongSignature {
        name: "second.example".to_owned(),
    };
    assert_eq!(note.verify([first.verifier(), second.verifier()]), Err(wrong));
    assert_eq!(note.verify([first.verifier()]).unwrap().len(), 1);
}

#[test]
fn a_key_that_signs_twice_spoils_the_note() {
    let key = signer("archive.example/log");
    let line = key.sign(TEXT).to_string();
    let twice = Note::parse(format!("{TEXT}\n{line}\n{line}\n").as_bytes()).unwrap();

    let error = NoteError::SignedTwice {
        name: "archive.example/log".to_owned(),
    };
    assert_eq!(twice.verify([key.verifier()]), Err(error));
}

#[test]
fn two_keys_that_cannot_be_told_apart_are_no_basis_for_belief() {
    // Found by trying: these two seeds give keys with the same four-byte id.
    let [first, second] = [12_842_u64, 15_818].map(|number| {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&number.to_be_bytes());
        SigningKey::from_seed("a.example", &seed).unwrap()
    });
    let note = Note::sign(TEXT.to_owned(), &first).unwrap();

    assert_eq!(first.verifier().id(), second.verifier().id());
    assert!(note.verify([first.verifier()]).is_ok());
    let wrong = NoteError::WrongSignature {
        name: "a.example".to_owned(),
    };
    assert_eq!(note.verify([second.verifier()]), Err(wrong));
    let ambiguous = NoteError::AmbiguousKey {
        name: "a.example".to_owned(),
    };
    assert_eq!(note.verify([first.verifier(), second.verifier()]), Err(ambiguous));
}

#[test]
fn adding_a_signature_replaces_the_one_by_the_same_key() {
    let key = signer("archive.example/log");
    let mut note = Note::sign(TEXT.to_owned(), &key).unwrap();

    note.add(key.sign(TEXT)).unwrap();

    assert_eq!(note.to_string(), signed());
}

#[test]
fn many_signatures_are_accepted_but_not_any_number() {
    let with = |count: usize| {
        let lines: String = (0..count)
            .map(|i| format!("\u{2014} w{i}.example AAAAAAE=\n"))
            .collect();
        Note::parse(format!("{}{lines}", signed()).as_bytes())
    };
    let key = signer("archive.example/log");

    assert_eq!(
        with(MAX_SIGNATURES - 1)
            .unwrap()
            .verify([key.verifier()])
            .unwrap()
            .len(),
        1
    );
    assert_eq!(with(MAX_SIGNATURES), Err(NoteError::TooManySignatures));
    let another = signer("another.example").sign(TEXT);
    assert_eq!(
        with(MAX_SIGNATURES - 1).unwrap().add(another),
        Err(NoteError::TooManySignatures)
    );
}

#[test]
fn every_changed_byte_of_a_note_is_noticed() {
    let key = signer("archive.example/log");
    let file = signed().into_bytes();

    for at in 0..file.len() {
        for bit in 0..8 {
            let mut changed = file.clone();
            changed[at] ^= 1 << bit;
            let believed = Note::parse(&changed).and_then(|note| note.verify([key.verifier()]).map(drop));
            assert!(believed.is_err(), "byte {at}, bit {bit}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_can_be_signed_and_comes_back(lines in prop::collection::vec("[^\u{0}-\u{1f}]{0,40}", 1..6), seed: [u8; 32]) {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let key = SigningKey::from_seed("any.example/log", &seed).unwrap();

        let file = Note::sign(text.clone(), &key).unwrap().to_string();
        let note = Note::parse(file.as_bytes()).unwrap();

        prop_assert_eq!(note.text(), text);
        prop_assert!(note.verify([key.verifier()]).is_ok());
        prop_assert_eq!(note.to_string(), file);
    }
}

use std::io::{Cursor, Write};

use kronika_timestamp::asic::{AsicError, CONTENT_TYPE, Container};
use kronika_timestamp::{Token, Trust};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::authority::{Authority, DATA, request};
use crate::support::{self, EXAMPLE_ASIC, RSA, check};

fn container() -> Container {
    Container {
        name: "checkpoint".to_owned(),
        data: support::DATA.to_vec(),
        tokens: vec![Token::parse(RSA.response).unwrap().as_bytes().to_vec()],
    }
}

/// A ZIP file with these entries.
fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn accepts_every_layer(container: &Container, trust: &Trust) -> bool {
    container
        .layers()
        .all(|(stamped, token)| check(token, stamped, trust).is_ok())
}

#[test]
fn a_container_is_read_as_it_was_written() {
    let bytes = container().to_bytes().unwrap();

    assert_eq!(Container::parse(&bytes).unwrap(), container());
    assert_eq!(bytes, container().to_bytes().unwrap(), "always the same bytes");
    assert!(accepts_every_layer(&container(), &RSA.trust()));
}

#[test]
fn the_type_comes_first_and_can_be_read_without_unpacking() {
    let bytes = container().to_bytes().unwrap();

    assert_eq!(&bytes[..4], b"PK\x03\x04");
    assert_eq!(&bytes[8..10], [0, 0], "stored");
    assert_eq!(&bytes[28..30], [0, 0], "no extra field");
    assert_eq!(&bytes[30..38], b"mimetype");
    assert_eq!(&bytes[38..38 + CONTENT_TYPE.len()], CONTENT_TYPE.as_bytes());
}

#[test]
fn a_container_of_another_program_is_read() {
    let read = Container::parse(EXAMPLE_ASIC).unwrap();

    assert_eq!(read.name, "checkpoint.txt");
    assert_eq!(read.data, support::DATA);
    assert!(accepts_every_layer(&read, &RSA.trust()));
}

#[test]
fn each_renewal_stamps_the_token_before_it() {
    let Some(authority) = Authority::with_unit("renewal") else {
        return;
    };
    let token = |answer: &[u8]| Token::parse(answer).unwrap().as_bytes().to_vec();
    let first = token(&authority.stamp("tsa"));
    let again = kronika_timestamp::Request::new(kronika_timestamp::Imprint::sha256(&first), 2);
    let second = token(&authority.answer("tsa", &again.to_der()));
    let container = Container {
        name: "data".to_owned(),
        data: DATA.to_vec(),
        tokens: vec![first.clone(), second],
    };

    let read = Container::parse(&container.to_bytes().unwrap()).unwrap();
    assert_eq!(read, container);
    assert!(accepts_every_layer(&read, &authority.trust()));

    let not_a_renewal = Container {
        tokens: vec![
            first.clone(),
            token(&authority.answer("tsa", &request().to_der())),
        ],
        ..container
    };
    assert!(!accepts_every_layer(&not_a_renewal, &authority.trust()));
    let layers: Vec<_> = not_a_renewal.layers().map(|(stamped, _)| stamped).collect();
    assert_eq!(layers, [DATA, &first]);
}

#[test]
fn what_is_no_such_container_is_refused() {
    let token = container().tokens.remove(0);
    let kind = ("mimetype", CONTENT_TYPE.as_bytes());
    let tst = ("META-INF/timestamp.tst", token.as_slice());
    let refused = |entries: &[(&str, &[u8])]| Container::parse(&zip(entries)).unwrap_err();

    assert!(matches!(Container::parse(b"PK"), Err(AsicError::Zip(_))));
    assert!(matches!(refused(&[("a", b"x"), tst]), AsicError::Zip(_)));
    assert!(matches!(
        refused(&[("mimetype", b"text/plain"), ("a", b"x"), tst]),
        AsicError::OtherType { .. }
    ));
    let longer = format!("{CONTENT_TYPE} ");
    assert!(matches!(
        refused(&[("mimetype", longer.as_bytes()), ("a", b"x"), tst]),
        AsicError::TooLong { .. }
    ));
    assert!(matches!(refused(&[kind, tst]), AsicError::DataFiles { found: 0 }));
    assert!(matches!(
        refused(&[kind, ("a", b"x"), ("b", b"y"), tst]),
        AsicError::DataFiles { found: 2 }
    ));
    assert!(matches!(
        refused(&[kind, ("a", b"x")]),
        AsicError::Tokens { found: 0 }
    ));
    for name in ["../a", "/a", "a/b", "a\\b", "C:a", ".a", "a\n"] {
        assert!(
            matches!(refused(&[kind, (name, b"x"), tst]), AsicError::Name { .. }),
            "{name:?}"
        );
    }
    let many: Vec<_> = (0..200).map(|number| format!("META-INF/{number}")).collect();
    let mut entries = vec![kind, ("a", b"x".as_slice()), tst];
    entries.extend(many.iter().map(|name| (name.as_str(), b"x".as_slice())));
    assert!(matches!(refused(&entries), AsicError::Entries { found: 203 }));
}

#[test]
fn what_unpacks_to_more_than_it_should_is_refused() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    zip.start_file("mimetype", SimpleFileOptions::default()).unwrap();
    zip.write_all(CONTENT_TYPE.as_bytes()).unwrap();
    zip.start_file("a", options).unwrap();
    zip.write_all(b"x").unwrap();
    zip.start_file("META-INF/timestamp.tst", options).unwrap();
    zip.write_all(&vec![0; (1 << 20) + 1]).unwrap();
    let bomb = zip.finish().unwrap().into_inner();
    assert!(bomb.len() < 5_000);

    assert!(matches!(Container::parse(&bomb), Err(AsicError::TooLong { .. })));
}

#[test]
fn what_cannot_be_a_container_is_not_written() {
    let without = Container {
        tokens: vec![],
        ..container()
    };
    assert!(matches!(without.to_bytes(), Err(AsicError::Tokens { found: 0 })));
    let elsewhere = Container {
        name: "../checkpoint".to_owned(),
        ..container()
    };
    assert!(matches!(elsewhere.to_bytes(), Err(AsicError::Name { .. })));
    let long = Container {
        data: vec![0; (1 << 24) + 1],
        ..container()
    };
    assert_eq!(
        long.to_bytes().unwrap_err().to_string(),
        "checkpoint is longer than 16777216 bytes"
    );
    assert!(matches!(
        Container::parse(&vec![0; (1 << 25) + 1]),
        Err(AsicError::TooLong { .. })
    ));
}

//! Mailboxes in all their formats.

use kronika_intake::mbox::{self, MboxError, Message, Variant};

use crate::shared::corpus;

const LIMIT: usize = 1 << 20;

fn split(bytes: &[u8]) -> Vec<Message> {
    mbox::messages(bytes, LIMIT).map(Result::unwrap).collect()
}

fn bodies(messages: &[Message]) -> Vec<String> {
    let body = |m: &Message| {
        String::from_utf8_lossy(&m.bytes)
            .split_once("\n\n")
            .map(|(_, body)| body.to_owned())
    };
    messages
        .iter()
        .map(|message| body(message).unwrap_or_default())
        .collect()
}

#[test]
fn an_mboxo_is_split_and_unquoted() {
    let file = b"From a@b Sat Jan  3 01:05:34 2026\nSubject: 1\n\n>From here\n\nFrom c@d Sat Jan  3 01:05:35 2026\nSubject: 2\n\ntwo\n\n";

    let messages = split(file);

    assert_eq!(bodies(&messages), ["From here\n", "two\n"]);
    assert_eq!(messages[0].variant, Variant::Mboxo);
    assert_eq!(messages[1].offset, 58);
}

#[test]
fn an_mboxrd_loses_one_mark_of_each_quotation() {
    let file = b"From a@b Sat Jan  3 01:05:34 2026\nSubject: 1\n\n>From x\n>>From y\n>>>From z\n> From w\n\n";

    let messages = split(file);

    assert_eq!(bodies(&messages), ["From x\n>From y\n>>From z\n> From w\n"]);
    assert_eq!(messages[0].variant, Variant::Mboxrd);
}

#[test]
fn content_length_decides_where_it_is_true() {
    let body = "From here on\n\nFrom me Sat Jan  3 01:05:34 2026\nSubject: not a message\n\n";
    let file = format!(
        "From a@b Sat Jan  3 01:05:34 2026\nSubject: 1\nContent-Length: {}\n\n{body}\nFrom c@d Sat Jan  3 01:05:35 2026\nSubject: 2\n\ntwo\n",
        body.len()
    );

    let messages = split(file.as_bytes());

    assert_eq!(bodies(&messages), [body, "two\n"]);
    assert_eq!(messages[0].variant, Variant::Mboxcl2);
}

#[test]
fn an_mboxcl_is_unquoted() {
    let body = ">From here on\n";
    let file = format!(
        "From a@b Sat Jan  3 01:05:34 2026\nContent-Length: {}\n\n{body}\n",
        body.len()
    );

    let messages = split(file.as_bytes());

    assert_eq!(bodies(&messages), ["From here on\n"]);
    assert_eq!(messages[0].variant, Variant::Mboxcl);
}

#[test]
fn a_content_length_that_lies_is_not_believed() {
    let message = |length| format!("From a@b Sat Jan  3 01:05:34 2026\nContent-Length: {length}\n\nbody\n\n");
    let file: String = [3, 60, 1_000_000, usize::MAX].map(message).concat();

    assert_eq!(bodies(&split(file.as_bytes())), ["body\n"; 4]);
}

#[test]
fn a_line_of_a_text_that_begins_with_from_splits_nothing() {
    let file = b"From a@b Sat Jan  3 01:05:34 2026\nSubject: 1\n\nHi,\n\nFrom 10:30 on we are closed.\nFrom now on: no\n\n";

    assert_eq!(split(file).len(), 1);
}

#[test]
fn line_endings_of_windows_are_kept() {
    let file = b"From a@b Sat Jan  3 01:05:34 2026\r\nSubject: 1\r\n\r\n>From x\r\n\r\nFrom - Sat Jan  3 01:05:34 2026\r\nSubject: 2\r\n\r\ny\r\n";

    let messages = split(file);

    assert_eq!(messages[0].bytes, b"Subject: 1\r\n\r\nFrom x\r\n");
    assert_eq!(messages[1].bytes, b"Subject: 2\r\n\r\ny\r\n");
}

#[test]
fn a_message_that_is_too_large_does_not_hide_the_next() {
    let large = format!(
        "From a@b Sat Jan  3 01:05:34 2026\nSubject: 1\n\n{}\n",
        "x\n".repeat(LIMIT)
    );
    let file = format!("{large}\nFrom c@d Sat Jan  3 01:05:35 2026\nSubject: 2\n\ntwo\n");

    let messages: Vec<_> = mbox::messages(file.as_bytes(), LIMIT).collect();

    assert!(matches!(
        messages[0],
        Err(MboxError::TooLarge {
            offset: 0,
            limit: LIMIT
        })
    ));
    assert_eq!(messages[1].as_ref().unwrap().bytes, b"Subject: 2\n\ntwo\n");
    assert_eq!(messages.len(), 2);
}

#[test]
fn what_is_no_mailbox_is_said_to_be_none() {
    for file in [
        b"".as_slice(),
        b"\n\n",
        b"Subject: x\n\nbody\n",
        b"\x89PNG\r\n\x1a\n",
    ] {
        let messages: Vec<_> = mbox::messages(file, LIMIT).collect();
        assert!(
            matches!(messages.as_slice(), [Err(MboxError::NotMbox)]),
            "{messages:?}"
        );
    }
}

#[test]
fn the_same_messages_are_found_where_another_reader_found_them() {
    let Some(folder) = corpus("mail-hard") else { return };
    for (name, expected) in [
        ("simple", 3),
        ("unmunged", 3),
        ("issue1189", 4),
        ("content-length", 29),
    ] {
        let path = folder.join(format!("mail-hard/mimekit/mbox/{name}.mbox.txt"));
        let bytes = std::fs::read(path).unwrap();
        let messages = split(&bytes);
        let offsets = folder.join(format!("mail-hard/mimekit/mbox/{name}.unix-offsets.json"));
        if let Ok(json) = std::fs::read_to_string(offsets)
            && !bytes.contains(&b'\r')
        {
            let theirs: Vec<u64> = json
                .lines()
                .filter_map(|line| line.trim().strip_prefix("\"mboxMarkerOffset\": "))
                .map(|number| number.trim_end_matches(',').parse().unwrap())
                .collect();
            assert_eq!(
                messages.iter().map(|m| m.offset).collect::<Vec<_>>(),
                theirs,
                "{name}"
            );
        }
        assert_eq!(messages.len(), expected, "{name}");
    }
}

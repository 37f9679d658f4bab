//! Noise, and good messages made bad: nothing panics, everything ends, and every part can be decoded.

use std::io::Cursor;
use std::ops::ControlFlow;

use kronika_intake::container::{self, Limits};
use kronika_intake::{document, mail, mbox};
use proptest::prelude::*;

/// Everything that is done with a message.
fn read(raw: &[u8]) {
    let Ok(message) = mail::capture(raw) else { return };
    for part in &message.parts {
        assert!(
            part.range.start <= part.range.end && part.range.end <= raw.len(),
            "{part:?}"
        );
        assert_eq!(mail::decode(part, raw).len(), part.size, "{part:?}");
        assert_eq!(part.transfer.to_string().parse(), Ok(part.transfer));
    }
    let reading = mail::reading(raw, &message);
    assert_eq!(
        reading.blocks.last().map_or(0, |block| block.range.end),
        reading.text.len()
    );
    for block in &reading.blocks {
        assert!(reading.text.is_char_boundary(block.range.start));
    }
    if let Some(html) = reading.html {
        let clean = mail::sanitised(&html, &|id| Some(id.to_owned())).html;
        assert!(!clean.to_lowercase().contains("<script"));
    }
    assert_eq!(
        mail::capture(raw).as_ref(),
        Ok(&message),
        "the same bytes give the same facts"
    );
}

/// The building blocks of bad mail.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let words = [
        "From: ",
        "To: a@b, \"x",
        "Subject: =?utf-8?Q?=C5",
        "?= =?koi8-r?B?",
        "Content-Type: ",
        "multipart/mixed; boundary=b",
        "message/rfc822",
        "text/html",
        "text/plain; format=flowed; delsp=yes",
        "; charset=utf-7",
        "; charset=iso-2022-jp",
        "application/ms-tnef",
        "\n\n",
        "\r\n",
        "\n--b\n",
        "\n--b--\n",
        "Content-Transfer-Encoding: base64\n",
        "quoted-printable",
        "=\n",
        "=C",
        "begin 644 x\n",
        "#0V%T\n",
        "end\n",
        "> ",
        ">From ",
        "From x Mon Jan  1 00:00:00 2024\n",
        "On x wrote:\n",
        "-- \n",
        "<p>",
        "<blockquote>",
        "<!--",
        "<img src=cid:x>",
        "<style>",
        "&#",
        "&amp;",
        "filename*0*=utf-8''%C5",
        "Date: 1 Jan",
        "Content-Length: 5\n",
        "+AGE-",
        "<",
        ">",
        "(",
        ")",
        "\\",
        "\0",
        "{\\rtf1",
        "\\u",
        "\\'",
    ];
    prop_oneof![
        6 => prop::sample::select(words.to_vec()).prop_map(|word| word.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..40),
    ]
}

fn noise() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..600),
        prop::collection::vec(piece(), 0..60).prop_map(|pieces| pieces.concat()),
        prop::collection::vec(piece(), 0..60)
            .prop_map(|pieces| [b"From: a@b\n".to_vec(), pieces.concat()].concat()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_can_be_tried_as_a_message(raw in noise()) {
        read(&raw);
    }

    #[test]
    fn any_bytes_can_be_tried_as_a_mailbox(raw in noise(), limit in 1_usize..400) {
        for file in [raw.clone(), [b"From x\n".to_vec(), raw].concat()] {
            let total: usize = mbox::messages(file.as_slice(), limit).flatten().map(|message| message.bytes.len()).sum();
            prop_assert!(total <= file.len());
        }
    }

    #[test]
    fn any_bytes_can_be_tried_as_an_archive_or_a_document(raw in noise()) {
        let mut skip = |_: container::Entry<'_>| ControlFlow::Continue(());
        let _ = container::visit_zip(Cursor::new(&raw), Limits::default(), &mut skip);
        let _ = container::visit_tar_zst(raw.as_slice(), Limits::default(), &mut skip);
        let _ = container::visit_tar(raw.as_slice(), Limits::default(), &mut skip);
        for name in ["a.txt", "a.rtf", "a.html", "a.ics", "a.eml", "a.docx", "a.xlsx"] {
            let _ = document::text("", name, &raw, 300).map(|text| assert!(text.is_none_or(|text| text.len() <= 300)));
        }
    }
}

#[test]
fn good_messages_made_bad_are_read_or_refused() {
    let Some(folder) = crate::shared::corpus("mail-hard") else {
        return;
    };
    let mut state = 7_u64;
    let mut random = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    for path in crate::shared::files(&folder).iter().step_by(3) {
        let mut raw = std::fs::read(path).unwrap();
        raw.truncate(30_000);
        for _ in 0..1 + raw.len() / 500 {
            let at = random(raw.len());
            match random(4) {
                0 => raw.truncate(raw.len().max(100) - random(50)),
                1 => raw.insert(at.min(raw.len()), b"\n-=<\"\0"[random(6)]),
                _ if raw.is_empty() => {}
                2 => drop(raw.remove(at.min(raw.len() - 1))),
                _ => {
                    let at = at.min(raw.len() - 1);
                    raw[at] ^= 1 << random(8);
                }
            }
        }
        read(&raw);
    }
}

#[test]
fn messages_made_to_be_slow_are_not() {
    let attacks: [(&str, &str, &str); 16] = [
        ("From: a@b\nTo: ", "<", ""),
        ("From: a@b\nTo: ", "a@b:", ""),
        ("From: a@b\nTo: ", "\"x\"(", ""),
        ("From: a@b\nTo: ", "=?a?Q?", ""),
        ("Subject: ", "=?utf-8?Q?=C5?= ", ""),
        ("From: a@b\n", "x\n", ""),
        ("From: a@b\n\n", "begin 644 x\n", ""),
        ("From: a@b\n\n", "On x\n", ""),
        ("From: a@b\n\n", "From: x\n", ""),
        (
            "From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n",
            "--b\nContent-Type: multipart/mixed; boundary=b\n\n",
            "",
        ),
        (
            "From: a@b\nContent-Type: message/rfc822\n\n",
            "Content-Type: message/rfc822\n\n",
            "",
        ),
        ("From: a@b\nContent-Type: text/html\n\n", "<!--", ""),
        ("From: a@b\nContent-Type: text/html\n\n", "<font size=1><b>", ""),
        ("From: a@b\nContent-Type: text/html\n\n<p ", "a=1 ", ">"),
        ("From: a@b\nContent-Type: text/html\n\n", "<style></", ""),
        ("From: a@b\nContent-Type: x/y", "; a*0*=%", ""),
    ];
    for (start, repeated, end) in attacks {
        let raw = format!("{start}{}{end}", repeated.repeat(500_000 / repeated.len()));
        let started = std::time::Instant::now();
        read(raw.as_bytes());
        assert!(
            started.elapsed().as_secs() < 5,
            "{:?} for {start:?} {repeated:?}",
            started.elapsed()
        );
    }
}

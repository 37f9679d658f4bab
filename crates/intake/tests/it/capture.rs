//! What is taken from a message, case by case.

use kronika_intake::mail::{self, Captured, Nature, Part, PartKind, Role, Transfer, Unreadable};

fn capture(raw: &str) -> Captured {
    mail::capture(raw.as_bytes()).unwrap()
}

fn part<'a>(message: &'a Captured, number: &str) -> &'a Part {
    message
        .parts
        .iter()
        .find(|part| part.number == number)
        .unwrap_or_else(|| panic!("no {number}: {:?}", message.parts))
}

fn content(raw: &str, number: &str) -> String {
    String::from_utf8(mail::decode(part(&capture(raw), number), raw.as_bytes()).into_owned()).unwrap()
}

const NESTED: &str = "From: a@b\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\npreamble\n--x\n\
    Content-Type: multipart/alternative; boundary=\"y\"\n\n--y\n\nplain\n--y\nContent-Type: text/html\n\n<p>html\n--y--\n\
    --x\nContent-Type: message/rfc822\n\nSubject: inner\nContent-Type: multipart/mixed; boundary=z\n\n--z\n\ninner text\n\
    --z\nContent-Type: image/png; name=\"C:\\pics\\a.png\"\nContent-Transfer-Encoding: base64\n\naGk=\n--z--\n\n--x--\nepilogue\n";

#[test]
fn parts_are_numbered_as_imap_numbers_them() {
    let message = capture(NESTED);

    let numbers: Vec<_> = message
        .parts
        .iter()
        .map(|part| (part.number.as_str(), part.kind))
        .collect();
    assert_eq!(
        numbers,
        [
            ("headers", PartKind::Headers),
            ("1.1", PartKind::Text),
            ("1.2", PartKind::Html),
            ("2", PartKind::Nested),
            ("2.1", PartKind::Text),
            ("2.2", PartKind::Attachment),
        ]
    );
    assert_eq!(content(NESTED, "1.1"), "plain");
    assert_eq!(content(NESTED, "2.2"), "hi");
    assert_eq!(part(&message, "2.2").filename.as_deref(), Some("a.png"));
    assert_eq!(part(&message, "2.2").size, 2);
    assert!(content(NESTED, "2").starts_with("Subject: inner\n"));
    assert_eq!(message.preview, "plain");
}

#[test]
fn a_message_cut_off_keeps_what_is_there() {
    let cut = &NESTED[..NESTED.find("aGk=").unwrap() + 2];

    assert_eq!(content(cut, "1.2"), "<p>html");
    assert_eq!(content(cut, "2.2"), "h");
}

#[test]
fn a_multipart_without_its_boundary_is_still_divided() {
    let raw = "From: a@b\nContent-Type: multipart/mixed\n\n--q\n\none\n--q\n\ntwo\n--q--\n";

    assert_eq!(
        (content(raw, "1"), content(raw, "2")),
        ("one".into(), "two".into())
    );
}

#[test]
fn transfer_encodings_are_undone_by_their_rules_even_when_broken() {
    let decoded = |encoding: &str, body: &str| {
        content(
            &format!("From: a@b\nContent-Transfer-Encoding: {encoding}\n\n{body}"),
            "1",
        )
    };

    assert_eq!(
        decoded("quoted-printable", "a=3D=3db \t\nsoft=\n er=  \nno=zz=4"),
        "a==b\nsoft erno=zz=4"
    );
    assert_eq!(decoded("BASE64", "a G\nk!="), "hi");
    assert_eq!(decoded("base64", "aGk=\nfooter of a list"), "hi");
    assert_eq!(decoded("base64", "aGkx"), "hi1");
    assert_eq!(decoded("base64", "aGkxM"), "hi1");
    assert_eq!(decoded("base64", "aGkxMj"), "hi12");
    assert_eq!(decoded("x-uuencode", "begin 644 a\n#0V%T\n`\nend\n"), "Cat");
    assert_eq!(decoded("of my own", "as it is"), "as it is");
}

#[test]
fn transfers_have_names_that_are_read_back() {
    for name in [
        "identity",
        "quoted-printable",
        "base64",
        "uuencode",
        "tnef:base64:7",
    ] {
        assert_eq!(name.parse::<Transfer>().unwrap().to_string(), name);
    }
    assert!("tnef:uuencode:1".parse::<Transfer>().is_err());
}

#[test]
fn files_within_plain_text_are_found() {
    let raw = "From: a@b\n\nHello\nbegin 644 cat.txt\n#0V%T\n`\nend\nBye\nbegin 644 of the story\n";

    let message = capture(raw);

    assert_eq!(content(raw, "1.1"), "Cat");
    assert_eq!(part(&message, "1.1").filename.as_deref(), Some("cat.txt"));
    assert_eq!(part(&message, "1.1").container.as_deref(), Some("1"));
    assert_eq!(message.parts.len(), 3);
}

#[test]
fn file_names_are_decoded_and_lead_nowhere() {
    let name = |parameters: &str| {
        let raw =
            format!("From: a@b\nContent-Type: image/png\nContent-Disposition: attachment; {parameters}\n\n");
        part(&capture(&raw), "1").filename.clone().unwrap_or_default()
    };

    assert_eq!(
        name("filename*=utf-8'pl'za%C5%BC%C3%B3%C5%82%C4%87.pdf"),
        "zażółć.pdf"
    );
    assert_eq!(
        name("filename*0*=utf-8''za%C5;\n filename*1*=%BC; filename*2=\".pdf\""),
        "zaż.pdf"
    );
    assert_eq!(name("filename*1=b.pdf; filename*0=a"), "ab.pdf");
    assert_eq!(name("filename=\"=?koi8-r?B?xM/HLnBkZg==?=\""), "дог.pdf");
    assert_eq!(name("filename=\"../../etc/pass\\\"wd\""), "pass\"wd");
    assert_eq!(name("filename=C:\\temp\\my file.doc"), "my file.doc");
    assert_eq!(name("filename=\"a\u{202E}gpj.exe\""), "agpj.exe");
    assert_eq!(name("filename=\"..\""), "");
}

#[test]
fn everybody_in_the_address_fields_is_named() {
    let message = capture(
        "From: \"Żak, Jan\" <JAN@X.pl>\nTo: team: a@b, (Ann) c@d;, =?utf-8?Q?Kowal,_J?= <j@k>\nCc: Only Name\n\
         Bcc: <@relay:e@f>\nReply-To: broken <g@h, i@j\nSender: k@l (Kay (the) L)\n\n",
    );

    let found: Vec<_> = message
        .participants
        .iter()
        .map(|p| (p.role, p.name.as_str(), p.address.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            (Role::From, "Żak, Jan", "jan@x.pl"),
            (Role::To, "", "a@b"),
            (Role::To, "Ann", "c@d"),
            (Role::To, "Kowal, J", "j@k"),
            (Role::Cc, "Only Name", ""),
            (Role::Bcc, "", "e@f"),
            (Role::ReplyTo, "broken", "g@h"),
            (Role::ReplyTo, "", "i@j"),
            (Role::Sender, "Kay (the) L", "k@l"),
        ]
    );
}

#[test]
fn the_claimed_time_is_the_dates_unless_it_is_absurd() {
    let at = |date: &str| capture(&format!("From: a@b\nDate: {date}\n\n")).claimed_at;

    assert_eq!(at("Mon, 5 Jan 2026 10:00:00 +0100"), Some(1_767_603_600_000_000));
    assert_eq!(at("5 Jan 26 09:00 GMT"), Some(1_767_603_600_000_000));
    assert_eq!(
        at("Monday, 05-Jan-2026 (a comment) 04:00:00 EST"),
        Some(1_767_603_600_000_000)
    );
    assert_eq!(at("2026 Jan 5 9:00:00"), Some(1_767_603_600_000_000));
    assert_eq!(at("Mon Jan  5 09:00:00 2026"), Some(1_767_603_600_000_000));
    assert_eq!(at("Wed, 31 Dec 2025 23:59:60 Z"), Some(1_767_225_600_000_000));
    assert_eq!(at("Thu, 1 Jan 1970 00:00:00 +0000"), None);
    assert_eq!(at("Mon, 5 Jan 3026 10:00:00 +0100"), None);
    for absurd in [
        "yesterday",
        "30 Feb 2026 10:00 Z",
        "5 Jan 2026 25:00 Z",
        "5 Jan 2026",
        "5 Jan 2026 10:00 +9900",
    ] {
        assert_eq!(at(absurd), None, "{absurd}");
    }
}

#[test]
fn threads_are_told_by_their_ids() {
    let message =
        capture("Message-ID:\n <a@b>\nIn-Reply-To: <c@d> (see there)\nReferences: <e@f>\n <c@d>\n\n");

    assert_eq!(message.message_id.as_deref(), Some("a@b"));
    assert_eq!(message.in_reply_to, ["c@d"]);
    assert_eq!(message.references, ["e@f", "c@d"]);
}

#[test]
fn the_sort_of_a_message_is_told_by_its_header() {
    let nature = |fields: &str| capture(&format!("From: a@b\n{fields}\n\nx")).nature;

    assert_eq!(nature("Subject: x"), Nature::Personal);
    assert_eq!(nature("List-Unsubscribe: <mailto:x@y>"), Nature::Newsletter);
    assert_eq!(nature("Precedence: bulk"), Nature::Newsletter);
    assert_eq!(
        nature("Auto-Submitted: auto-replied\nPrecedence: bulk"),
        Nature::AutoReply
    );
    assert_eq!(nature("Auto-Submitted: no"), Nature::Personal);
    assert_eq!(
        nature("Content-Type: multipart/report; report-type=delivery-status; boundary=x"),
        Nature::Bounce
    );
    assert_eq!(
        nature("Content-Type: text/calendar; method=REQUEST"),
        Nature::Invitation
    );
}

#[test]
fn two_deliveries_of_a_message_are_the_same_content() {
    let one = "From: a@b\nTo: c@d\nSubject: x\n y\nMessage-ID: <1>\n\nDear,\n\nFrom here\n>From there\n";
    let another = "Received: by z\r\nReturn-Path: <a@b>\r\nMessage-ID: <1>\r\nSubject: x   y\r\nTo: c@d\r\nFrom: a@b\r\nX-Y: z\r\n\
        Status: RO\r\n\r\nDear,\r\n\r\n>From here\r\nFrom there\r\n\r\n";

    assert_eq!(capture(one).content_id, capture(another).content_id);
    for other in [
        one.replace("a@b", "a@c"),
        one.replace("here", "Here"),
        one.replace("x\n y", "x z"),
        one.replace("Dear,\n", "Dear,"),
    ] {
        assert_ne!(capture(one).content_id, capture(&other).content_id, "{other}");
    }
}

#[test]
fn the_identity_of_content_never_changes() {
    let id = capture("From: a@b\nSubject: x\n\nbody\n").content_id;
    let hex: String = id.iter().map(|byte| format!("{byte:02x}")).collect();

    assert_eq!(
        hex,
        "5238fe8403bdc9161419fc2904ff94563d03d9031b6ca7181cd9553a40124caa"
    );
}

#[test]
fn what_is_no_message_is_said_why() {
    let reason = |raw: &[u8]| mail::capture(raw).unwrap_err();

    assert_eq!(reason(b""), Unreadable::Empty);
    assert_eq!(reason(b" \r\n\n"), Unreadable::Empty);
    assert_eq!(reason(b"just some words\nand more\n"), Unreadable::NoHeader);
    assert_eq!(reason(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Unreadable::Binary);
    assert_eq!(Unreadable::NoHeader.code(), "no-header");
}

#[test]
fn a_damaged_header_is_read_as_far_as_it_goes() {
    let message = capture(
        ">From a@b Mon\nReceived: x\nbroken line\nSubject : old style\nFrom: a@b\nnot a header at all\n\nbody",
    );

    assert_eq!(message.subject, "old style");
    assert_eq!(message.participants[0].address, "a@b");
}

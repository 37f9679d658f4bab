//! What the demonstration archive promises, looked at from outside: only the files it wrote.

mod stored;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::civil::{Date, Weekday, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use mail_parser::{Message, MessageParser, PartType};
use stored::{Archive, Attached, archive};

#[test]
fn there_are_twelve_clients_and_about_five_hundred_messages() {
    let ids: BTreeSet<String> = readable()
        .iter()
        .filter_map(|message| message.message_id().map(str::to_owned))
        .collect();

    let summary = kronika_demo::check().expect("the texts are right");

    assert_eq!(summary.clients, 12);
    assert!(
        (400..=480).contains(&summary.messages),
        "{} messages",
        summary.messages
    );
    assert_eq!(summary.copies, archive().messages.len(), "every copy is stored");
    assert_eq!(
        ids.len() + 2,
        summary.messages,
        "all but the two broken messages have an id of their own"
    );
}

#[test]
fn two_runs_write_the_same_bytes() {
    let again = Archive::generate();

    let first = files(archive().folder.path());
    let second = files(again.folder.path());

    assert_eq!(
        first.keys().collect::<Vec<_>>(),
        second.keys().collect::<Vec<_>>()
    );
    for (name, bytes) in &first {
        assert!(second.get(name) == Some(bytes), "{name} differs between two runs");
    }
}

#[test]
fn a_folder_that_is_not_empty_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("mine.txt"), "mine").expect("a file");

    let refused = kronika_demo::generate(folder.path());

    assert!(matches!(refused, Err(kronika_demo::DemoError::NotEmpty(_))));
    assert_eq!(files(folder.path()).len(), 1, "nothing was written beside it");
}

#[test]
fn every_character_set_and_encoding_goes_over_the_wire() {
    for word in ["utf-8", "iso-8859-2", "windows-1250", "windows-1251", "koi8-r"] {
        assert!(count(&format!("charset={word}")) >= 3, "{word} is rare");
    }
    for word in ["quoted-printable", "base64", "8bit", "7bit"] {
        assert!(
            count(&format!("Content-Transfer-Encoding: {word}")) >= 3,
            "{word} is rare"
        );
    }
}

#[test]
fn every_kind_of_message_occurs() {
    let kinds = [
        "method=REQUEST",
        "method=REPLY",
        "method=CANCEL",
        "report-type=delivery-status",
        "report-type=disposition-notification",
        "Disposition-Notification-To:",
        "Auto-Submitted: auto-replied",
        "Content-Type: message/rfc822",
        "List-Unsubscribe:",
        "multipart/alternative",
        "multipart/related",
        "Importance: high",
        "application/pdf",
        "wordprocessingml",
        "spreadsheetml",
        "text/csv",
        "image/png",
        "image/jpeg",
    ];

    for kind in kinds {
        assert!(count(kind) > 0, "no {kind}");
    }
}

#[test]
fn every_message_is_dated_within_the_two_years_and_mostly_in_office_hours() {
    let zone = TimeZone::get("Europe/Warsaw").expect("the zone is bundled");
    let (first, last): (Date, Date) = (date(2024, 11, 25), date(2026, 11, 20));
    let mut outside = 0;

    let messages = readable();
    for message in &messages {
        let at = sent_at(message).to_zoned(zone.clone());
        assert!(
            (first..=last).contains(&at.date()),
            "{} at {at}",
            message.subject().unwrap_or("")
        );
        outside += usize::from(!in_office_hours(&at));
    }

    assert!(
        outside * 5 < messages.len(),
        "{outside} of {} outside office hours",
        messages.len()
    );
}

#[test]
fn a_reply_is_later_than_what_it_answers() {
    let messages = readable();
    let sent: BTreeMap<&str, Timestamp> = messages
        .iter()
        .filter_map(|message| Some((message.message_id()?, sent_at(message))))
        .collect();
    let mut replies = 0;

    for message in &messages {
        let Some(answered) = message.in_reply_to().as_text() else {
            continue;
        };
        let before = sent.get(answered).copied();
        // Mail between people whose mailboxes are not kept is answered without being in the archive.
        if let Some(before) = before {
            replies += 1;
            assert!(before <= sent_at(message), "{}", message.subject().unwrap_or(""));
        }
    }

    assert!(replies > 250, "{replies} replies");
}

#[test]
fn copies_of_a_message_differ_only_in_how_they_arrived() {
    let mut copies: BTreeMap<String, Vec<(String, Vec<u8>)>> = BTreeMap::new();
    for stored in &archive().messages {
        let Some(message) = MessageParser::new().parse(&stored.bytes) else {
            continue;
        };
        let Some(id) = message.message_id() else { continue };
        copies
            .entry(id.to_owned())
            .or_default()
            .push((stored.mailbox.clone(), without_trace(&stored.bytes)));
    }

    let several: Vec<_> = copies.values().filter(|copies| copies.len() > 1).collect();

    assert!(several.len() > 60, "{} messages are kept twice", several.len());
    for copies in several {
        let boxes: BTreeSet<&String> = copies.iter().map(|(mailbox, _)| mailbox).collect();
        assert_eq!(boxes.len(), copies.len(), "a mailbox keeps a message once");
        assert!(copies.iter().all(|(_, bytes)| *bytes == copies[0].1));
    }
}

#[test]
fn no_text_is_garbled() {
    for message in readable() {
        for part in &message.parts {
            if let PartType::Text(text) | PartType::Html(text) = &part.body {
                assert!(!text.contains('\u{fffd}'), "{}", message.subject().unwrap_or(""));
            }
        }
        assert!(!message.subject().unwrap_or("").contains(['\u{fffd}', '=']));
    }
}

#[test]
fn nobody_real_is_written_to() {
    for message in readable() {
        for part in &message.parts {
            let PartType::Text(text) = &part.body else {
                continue;
            };
            // Calendar lines are folded anywhere.
            let text = text.replace("\r\n ", "").replace("\n ", "");
            for (at, _) in text.match_indices('@') {
                let domain: String = text[at + 1..]
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || "-.".contains(*c))
                    .collect();
                let domain = domain.trim_end_matches('.');
                assert!(domain.is_empty() || domain.ends_with(".example"), "{domain}");
            }
        }
    }
}

#[test]
fn every_attachment_opens_and_says_something() {
    let all = stored::attachments();

    for Attached { name, text } in all {
        let words = text.as_ref().map(|text| text.split_whitespace().count());
        assert!(
            words.is_none_or(|words| words >= 8),
            "{name:?} says {words:?} words"
        );
    }

    assert!(all.len() > 100, "{} attachments", all.len());
}

#[test]
fn polish_slovak_and_russian_can_be_read_out_of_the_pdfs() {
    let pdfs = stored::attachments()
        .iter()
        .filter(|attached| attached.name.1.ends_with(".pdf"));
    let text: String = pdfs.filter_map(|attached| attached.text.as_deref()).collect();

    for word in [
        "Wynagrodzenie",
        "Sprzedawca",
        "zastrzeżenia",
        "Účtovníctvo",
        "Dodatok",
        "зарплата",
        "каждый",
    ] {
        assert!(text.contains(word), "no PDF says {word}");
    }
}

#[test]
fn two_messages_cannot_be_read() {
    let broken: Vec<_> = archive()
        .messages
        .iter()
        .filter(|stored| parsed(&stored.bytes).is_none())
        .collect();

    assert_eq!(broken.len(), 2);
}

#[test]
fn the_description_knows_everyone_who_belongs_to_a_client() {
    let description = &archive().description;
    let clients = description["client"].as_array().expect("clients");
    let domains: Vec<&str> = clients
        .iter()
        .flat_map(|client| strings(&client["domains"]))
        .collect();
    let known: Vec<&str> = clients
        .iter()
        .flat_map(|client| client["addresses"].as_array().expect("addresses"))
        .filter_map(|contact| contact["address"].as_str())
        .collect();

    assert_eq!(clients.len(), 12);
    assert_eq!(strings(&description["own_domains"]), ["lipowa7.example"]);
    assert_eq!(strings(&description["own_addresses"]).len(), 6);
    for message in readable() {
        let from = sender(&message);
        let domain = from.rsplit_once('@').map_or("", |(_, domain)| domain);
        assert!(
            !domains.contains(&domain) || known.contains(&from.as_str()),
            "{from} is not described"
        );
    }
    for address in known {
        assert!(
            readable().iter().any(|message| mentions(message, address)),
            "{address} never appears"
        );
    }
}

/// Every stored message that is not one of the broken ones.
fn readable() -> Vec<Message<'static>> {
    archive()
        .messages
        .iter()
        .filter_map(|stored| parsed(&stored.bytes))
        .collect()
}

fn parsed(bytes: &'static [u8]) -> Option<Message<'static>> {
    let message = MessageParser::new().parse(bytes)?;
    (message.message_id().is_some() && message.date().is_some()).then_some(message)
}

fn sent_at(message: &Message<'_>) -> Timestamp {
    let seconds = message.date().expect("a date").to_timestamp();
    Timestamp::from_second(seconds).expect("a time within range")
}

fn in_office_hours(at: &Zoned) -> bool {
    !matches!(at.weekday(), Weekday::Saturday | Weekday::Sunday) && (7..19).contains(&at.hour())
}

fn sender(message: &Message<'_>) -> String {
    message
        .from()
        .and_then(|from| from.first())
        .and_then(|from| from.address())
        .unwrap_or("")
        .to_owned()
}

fn mentions(message: &Message<'_>, address: &str) -> bool {
    let named = [message.from(), message.to(), message.cc()];
    named
        .into_iter()
        .flatten()
        .any(|list| list.iter().any(|who| who.address() == Some(address)))
}

fn strings(value: &toml::Value) -> Vec<&str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(toml::Value::as_str)
        .collect()
}

/// How many stored messages contain `word`, not counting what is encoded.
fn count(word: &str) -> usize {
    let word = word.as_bytes();
    let contains = |bytes: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    archive()
        .messages
        .iter()
        .filter(|stored| contains(&stored.bytes))
        .count()
}

/// The message from its own first header on, line ends made LF.
fn without_trace(bytes: &[u8]) -> Vec<u8> {
    let plain: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != b'\r').collect();
    let start = plain
        .windows(11)
        .position(|window| window == b"Message-ID:")
        .unwrap_or(0);
    plain[start..].to_vec()
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    stored::walk(folder, &mut |path, bytes| {
        found.insert(
            path.strip_prefix(folder).expect("below").display().to_string(),
            bytes,
        );
    });
    found
}

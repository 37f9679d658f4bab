//! Every file of the corpora of hard mail.

use kronika_intake::mail::{self, PartKind};
use kronika_intake::mbox;

use crate::shared::{corpus, files};

#[test]
fn every_file_of_the_hard_corpora_is_captured_or_unreadable_for_a_reason() {
    let Some(folder) = corpus("mail-hard") else { return };
    let (mut captured, mut unreadable) = (0, 0);

    for path in files(&folder) {
        let raw = std::fs::read(&path).unwrap();
        match mail::capture(&raw) {
            Ok(message) => {
                captured += 1;
                assert_eq!(message.parts[0].kind, PartKind::Headers);
                for part in &message.parts {
                    assert!(part.range.end <= raw.len(), "{}: {part:?}", path.display());
                    assert_eq!(
                        mail::decode(part, &raw).len(),
                        part.size,
                        "{}: {part:?}",
                        path.display()
                    );
                }
                assert!(message.parts.len() > 1, "{}", path.display());
            }
            Err(reason) => {
                unreadable += 1;
                assert_ne!(
                    path.extension().and_then(|e| e.to_str()),
                    Some("eml"),
                    "{}: {reason}",
                    path.display()
                );
            }
        }
    }

    println!("{captured} captured, {unreadable} unreadable");
    assert!(captured > 1000);
}

#[test]
fn every_file_of_the_hard_corpora_can_be_tried_as_a_mailbox() {
    let Some(folder) = corpus("mail-hard") else { return };

    for path in files(&folder) {
        let raw = std::fs::read(&path).unwrap();
        let messages: Vec<_> = mbox::messages(raw.as_slice(), 1 << 20).collect();
        let bytes: usize = messages.iter().flatten().map(|message| message.bytes.len()).sum();
        assert!(bytes <= raw.len(), "{}", path.display());
        if path.to_string_lossy().ends_with("mbox.txt") {
            println!("{}: {} messages", path.display(), messages.len());
        }
    }
}

#[test]
fn the_blocks_of_every_reading_are_its_whole_text() {
    let Some(folder) = corpus("mail-hard") else { return };

    for path in files(&folder) {
        let raw = std::fs::read(&path).unwrap();
        let Ok(message) = mail::capture(&raw) else {
            continue;
        };
        let reading = mail::reading(&raw, &message);
        let mut at = 0;
        for block in &reading.blocks {
            assert_eq!(block.range.start, at, "{}", path.display());
            at = block.range.end;
        }
        assert_eq!(at, reading.text.len(), "{}", path.display());
        if std::env::var_os("SHOW").is_some() {
            println!("=== {}\n[{}]", path.display(), message.preview);
            for block in &reading.blocks {
                println!("--{:?}\n{}", block.kind, &reading.text[block.range.clone()]);
            }
        }
    }
}

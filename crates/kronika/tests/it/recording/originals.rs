//! What was captured comes back byte for byte.

use kronika::interaction::record::Outcome;

use crate::on_each_database;
use crate::support::{incompressible, mail};

const INLINE: &str = "SELECT COUNT(*) FROM record WHERE sealed_content IS NOT NULL";
const OBJECTS: &str = "SELECT COUNT(*) FROM record WHERE content_object IS NOT NULL";

on_each_database! {
    async fn a_small_original_comes_back_from_the_database(archive: TestArchive) {
        let mail = mail("Umowa najmu").body("Zażółć gęślą jaźń.\nДоговор.\n").attach("a.bin", &incompressible(1, 9_000));
        let key = archive.record(&mail).await;

        assert_eq!(archive.original(key).await, mail.bytes());
        assert_eq!((archive.number(INLINE).await, archive.number(OBJECTS).await), (1, 0));
        archive.is_sound().await;
    }

    async fn a_large_original_comes_back_from_the_object_store(archive: TestArchive) {
        let large = mail("Plans").id("1@x").attach("plan.bin", &incompressible(2, 300_000));
        let key = archive.record(&large).await;

        assert_eq!(archive.original(key).await, large.bytes());
        assert_eq!((archive.number(INLINE).await, archive.number(OBJECTS).await), (0, 1));
        archive.is_sound().await;
    }

    /// Long, but small once compressed.
    async fn a_long_text_stays_in_the_database(archive: TestArchive) {
        let long = mail("Minutes").body(&"We agreed on the following.\n".repeat(20_000));
        let key = archive.record(&long).await;

        assert_eq!(archive.original(key).await, long.bytes());
        assert_eq!((archive.number(INLINE).await, archive.number(OBJECTS).await), (1, 0));
    }

    async fn what_cannot_be_read_is_kept_as_it_is_and_said_to_be_so(archive: TestArchive) {
        let originals: [&[u8]; 3] = [b"", b"\0\0\0\x01\xff\xfe", b"\n\n\n"];
        for original in originals {
            let outcome = archive.record_bytes("office", original).await;

            let Outcome::Unreadable(key) = outcome else { panic!("{original:?}: {outcome:?}") };
            assert_eq!(archive.original(key).await, original);
            assert!(archive.row(key).await.unreadable.is_some());
        }
        archive.is_sound().await;
    }

    /// NUL and other control characters cannot be stored as text by every database.
    async fn hostile_text_is_recorded_on_every_database(archive: TestArchive) {
        let nul = "=?utf-8?Q?a=00b=01c?=";
        let hostile = mail("x")
            .header("Subject", nul)
            .from(&format!("{nul} <\"a\0b\"@client.example>"))
            .id("i\0d@x")
            .header("References", "<r\0ef@x>")
            .body("body \0 with \u{1} control \u{2} characters \u{feff}\u{202e}");
        let key = archive.record_bytes("of\u{1}fice", &hostile.bytes()).await;

        let (Outcome::Recorded(key) | Outcome::Unreadable(key)) = key else { panic!("{key:?}") };
        assert_eq!(archive.original(key).await, hostile.bytes());
        archive.is_sound().await;
    }

    async fn a_message_of_very_many_parts_is_recorded(archive: TestArchive) {
        let mut many = mail("Parts");
        for n in 0..1_500 {
            many = many.attach(&format!("{n}.txt"), b"x");
        }
        let outcome = archive.record_in("office", &many).await;

        let (Outcome::Recorded(key) | Outcome::Unreadable(key)) = outcome else { panic!("{outcome:?}") };
        assert_eq!(archive.original(key).await, many.bytes());
        archive.is_sound().await;
    }

    async fn a_message_of_very_deep_parts_is_recorded(archive: TestArchive) {
        let depth = 300;
        let mut text = String::from("From: a@client.example\r\nSubject: Deep\r\n");
        for n in 0..depth {
            text.push_str(&format!("Content-Type: multipart/mixed; boundary=\"b{n}\"\r\n\r\n--b{n}\r\n"));
        }
        text.push_str("Content-Type: text/plain\r\n\r\nat last\r\n");
        for n in (0..depth).rev() {
            text.push_str(&format!("--b{n}--\r\n"));
        }
        let outcome = archive.record_bytes("office", text.as_bytes()).await;

        let (Outcome::Recorded(key) | Outcome::Unreadable(key)) = outcome else { panic!("{outcome:?}") };
        assert_eq!(archive.original(key).await, text.as_bytes());
        archive.is_sound().await;
    }
}

//! Mail that other programs' tests are proud of: broken, huge, ancient, hostile. All of it is kept.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use kronika::archive::id::RecordId;
use kronika::channel::email::import::{Report, import};
use kronika::channel::email::quarantine::COMMAND_LINE;
use kronika::channel::email::walk::{LARGEST, Walk, Walked};
use kronika::journal::load;
use sha2::{Digest, Sha256};

use crate::on_each_database;
use crate::support::{TestArchive, shared};

const CORPUS: &str = "corpora/mail-hard.tar.zst";

/// Imports and, beside it, notes what the walk hands over: every message's hash.
async fn imported(archive: &TestArchive, path: &Path) -> Report {
    let walk = walk(path);
    import(&archive.archive, walk, Arc::new(Walked::default()), |_| ())
        .await
        .unwrap()
}

fn walk(path: &Path) -> Walk {
    Walk {
        import: COMMAND_LINE,
        paths: vec![path.to_owned()],
        connector: "import".to_owned(),
        hidden: None,
        largest: LARGEST,
    }
}

/// What there is to be found: hash → length of every message, and how many things are refused.
fn there(path: &Path) -> (BTreeMap<[u8; 32], usize>, u64, u64) {
    let (send, mut receive) = tokio::sync::mpsc::channel(2);
    let walk = walk(path);
    let walking = std::thread::spawn(move || walk.run(&Arc::new(Walked::default()), send));
    let (mut messages, mut found, mut refused) = (BTreeMap::new(), 0, 0);
    while let Some(batch) = receive.blocking_recv() {
        refused += batch.refused.len() as u64;
        found += batch.found.len() as u64;
        for message in batch.found {
            messages.insert(Sha256::digest(&message.bytes).into(), message.bytes.len());
        }
    }
    walking.join().unwrap();
    (messages, found, refused)
}

on_each_database! {
    async fn every_message_of_a_hard_corpus_is_kept_byte_for_byte(archive: TestArchive) {
        let Some(corpus) = shared(CORPUS) else { return };
        let (messages, found, refused) = tokio::task::block_in_place(|| there(&corpus));
        assert!(messages.len() > 1_000, "the corpus is not what it was: {}", messages.len());

        let report = imported(&archive, &corpus).await;

        assert_eq!(report.found, found + refused);
        assert_eq!(report.found, report.recorded + report.already + report.quarantined);
        assert!(!report.stopped);
        let unreadable = archive.number("SELECT COUNT(*) FROM interaction WHERE unreadable IS NOT NULL").await;
        assert_eq!(report.quarantined, refused + unreadable.unsigned_abs());
        let mut kept = BTreeMap::new();
        for record in archive.numbers("SELECT id FROM record WHERE content_size > 0 OR kind = 2").await {
            let mut opened = archive.opened(RecordId(record)).await;
            if let Some(original) = load::original(&archive, &mut opened).await.unwrap() {
                kept.insert(Sha256::digest(&original).into(), original.len());
            }
        }
        assert_eq!(kept.len(), messages.len(), "as many originals as there are different messages");
        assert_eq!(kept, messages);
        archive.is_sound().await;

        let again = imported(&archive, &corpus).await;

        assert_eq!((again.found, again.recorded), (report.found, 0));
        assert_eq!(again.already, found, "also what could not be read is known");
        assert_eq!(archive.sealer.seal(&archive).await.unwrap(), 0, "nothing new was recorded");
    }
}

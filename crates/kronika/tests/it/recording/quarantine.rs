//! What could not be taken in stays on a list until it is in or let go.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use kronika::archive::id::AccountId;
use kronika::channel::email::import::import;
use kronika::channel::email::quarantine::{self, COMMAND_LINE, Kept, Whose};
use kronika::channel::email::reason::Reason;
use kronika::channel::email::walk::{LARGEST, Refused, Walk, Walked};

use crate::on_each_database;
use crate::support::{TestArchive, mail};

async fn import_folder(archive: &TestArchive, folder: &Path) {
    let walk = Walk {
        paths: vec![folder.to_owned()],
        import: COMMAND_LINE,
        connector: "import".to_owned(),
        hidden: None,
        largest: LARGEST,
    };
    import(&archive.archive, walk, Arc::new(Walked::default()), |_| {})
        .await
        .unwrap();
}

async fn kept(archive: &TestArchive) -> Vec<Kept> {
    quarantine::list(&mut archive.db.read().await.unwrap(), Whose::Everyones, 100)
        .await
        .unwrap()
}

on_each_database! {
    async fn what_was_refused_is_listed_until_it_could_be_taken_in(archive: TestArchive) {
        let folder = tempfile::tempdir().unwrap();
        let broken = folder.path().join("offer.zip");
        fs::write(&broken, b"PK\x03\x04 cut off").unwrap();
        fs::write(folder.path().join("picture.bin"), [0xff; 400]).unwrap();

        import_folder(&archive, folder.path()).await;
        import_folder(&archive, folder.path()).await;

        let listed = kept(&archive).await;
        let mut reasons: Vec<Reason> = listed.iter().map(|kept| kept.reason).collect();
        reasons.sort_by_key(|reason| reason.code());
        assert_eq!(reasons, [Reason::DamagedArchive, Reason::NotMail], "each once, however often it was tried");

        fs::remove_file(&broken).unwrap();
        fs::write(folder.path().join("offer.eml"), mail("Offer").bytes()).unwrap();
        archive.pass(60);
        import_folder(&archive, folder.path()).await;

        let listed = kept(&archive).await;
        assert_eq!(listed.len(), 1, "{listed:?}");
        assert!(listed[0].source.ends_with("picture.bin"));
        let nobodys = quarantine::count(&mut archive.db.read().await.unwrap(), Whose::Of(AccountId(1))).await;
        assert_eq!(nobodys.unwrap(), 0, "the server's files are not a member's business");
        quarantine::dismiss(&archive, listed[0].id).await.unwrap();
        assert!(kept(&archive).await.is_empty());
    }

    async fn uploads_keep_their_refusals_apart(archive: TestArchive) {
        let refused = [Refused { source: "a.pst".to_owned(), reason: Reason::Outlook }];
        for upload in [7, 8] {
            quarantine::keep(&archive, upload, &refused).await.unwrap();
        }

        quarantine::forget_import(&archive, 7).await.unwrap();

        let listed = kept(&archive).await;
        assert_eq!(listed.iter().map(|kept| kept.import).collect::<Vec<_>>(), [8]);
        let conn = &mut archive.db.read().await.unwrap();
        assert_eq!(quarantine::count_of(conn, 8).await.unwrap(), 1);
        assert_eq!(quarantine::count(conn, Whose::Everyones).await.unwrap(), 1);
    }
}

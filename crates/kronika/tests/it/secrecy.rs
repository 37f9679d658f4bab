//! What lies on the disk says nothing, and opens only with the archive's own keys.

use std::fs;
use std::path::{Path, PathBuf};

use kronika::archive::{Archive, ArchiveError, Placement};
use kronika::assignment::act::{assign, ignore, unassign};
use kronika::client::AddressKind;
use kronika::on_db;
use kronika::secrecy::{KeyFileError, Unlock};
use kronika::storage::StorageError;
use zeroize::Zeroizing;

use crate::on_each_database;
use crate::support::{TestArchive, fresh_schema, incompressible, mail};

/// A word that stands in a subject, a body, a name, a file name and a reason, and nowhere else in the world.
const MARK: &str = "Wielorybnik";

/// Every file below a folder with its bytes.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.clone(), fs::read(&path).unwrap()));
        }
    }
    found
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes
        .windows(word.len())
        .any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
}

/// Opens the archive in a folder, of which the caller expects that it fails.
async fn refused(folder: &Path) -> ArchiveError {
    match Archive::open(folder, &Unlock::default()).await {
        Ok(_) => panic!("it opened"),
        Err(error) => error,
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for (path, bytes) in files(from) {
        let target = to.join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, bytes).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_on_the_disk_can_be_read() {
    let archive = TestArchive::on_sqlite().await;
    let client = archive
        .client(MARK, &[&format!("{MARK}@client.example")], &[])
        .await;
    let marked = mail(MARK)
        .body(&format!("{MARK} {}", MARK.repeat(200)))
        .attach(&format!("{MARK}.txt"), MARK.as_bytes());
    let key = archive.record(&marked.id("1@x")).await;
    assign(&archive, key, (client, MARK), MARK).await.unwrap();
    let large = [incompressible(1, 100_000), MARK.repeat(5_000).into_bytes()].concat();
    archive
        .record(&mail(MARK).id("2@x").attach(&format!("{MARK}.bin"), &large))
        .await;
    archive.sealer.seal(&archive).await.unwrap();
    assert_eq!(archive.search(MARK).await.len(), 2);

    let files = files(archive.path());

    let names: Vec<String> = files
        .iter()
        .map(|(path, _)| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert!(
        names.contains(&"archive.sqlite-wal".to_owned()),
        "the write-ahead log was looked at too: {names:?}"
    );
    assert!(
        files
            .iter()
            .any(|(path, _)| path.parent().unwrap().starts_with(archive.path().join("objects")))
    );
    for (path, bytes) in &files {
        assert!(!holds(bytes, MARK), "{} holds what was recorded", path.display());
        assert!(
            !holds(bytes, "client.example"),
            "{} holds an address",
            path.display()
        );
    }
    let database = &files
        .iter()
        .find(|(path, _)| path.ends_with("archive.sqlite"))
        .unwrap()
        .1;
    assert!(
        !database.starts_with(b"SQLite format 3"),
        "the file as a whole is encrypted"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn originals_in_postgresql_are_encrypted() {
    const CONTENT: &str =
        "SELECT COALESCE(STRING_AGG(ENCODE(sealed_meta || COALESCE(sealed_content, ''), 'hex'), ''), '')
        FROM record";
    let archive = TestArchive::on_postgres().await;
    archive.record(&mail("Lease").body(MARK)).await;
    let mut conn = archive.db.read().await.unwrap();
    let conn = &mut conn;

    let kronika::storage::Conn::Postgres(postgres) = conn else {
        panic!("it is on PostgreSQL")
    };
    let hex: String = sqlx::query_scalar(CONTENT)
        .fetch_one(&mut **postgres)
        .await
        .unwrap();

    let stored = data_encoding::HEXLOWER.decode(hex.as_bytes()).unwrap();
    assert!(stored.len() > 500 && !holds(&stored, MARK) && !holds(&stored, "Lease"));
}

#[test]
fn only_the_owner_of_the_keys_may_read_them() {
    use std::os::unix::fs::PermissionsExt;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let archive = runtime.block_on(TestArchive::on_sqlite());
    let keys = archive.path().join("keys");

    assert_eq!(fs::metadata(&keys).unwrap().permissions().mode() & 0o777, 0o700);
    for (path, _) in files(&keys) {
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", path.display());
    }
    runtime.block_on(async { drop(archive) });
}

on_each_database! {
    async fn a_missing_foreign_or_damaged_key_file_is_named(archive: TestArchive) {
        archive.record(&mail("Lease")).await;
        let key = archive.path().join("keys/archive.key");
        let own = fs::read(&key).unwrap();
        fs::remove_file(&key).unwrap();
        let missing = refused(archive.path()).await;
        assert!(matches!(missing, ArchiveError::Key(KeyFileError::Missing { .. })), "{missing}");
        fs::write(&key, "something else").unwrap();
        let damaged = refused(archive.path()).await;
        assert!(matches!(damaged, ArchiveError::Key(KeyFileError::NotAKeyFile { .. })), "{damaged}");

        let stranger = TestArchive::on_sqlite().await;
        fs::copy(stranger.path().join("keys/archive.key"), &key).unwrap();
        let wrong = refused(archive.path()).await;

        let named = matches!(wrong, ArchiveError::Storage(StorageError::WrongKey) | ArchiveError::Keyring(_));
        assert!(named, "{wrong}");
        fs::write(&key, own).unwrap();
        archive.opened_again().await.is_sound().await;
    }

    /// On PostgreSQL nothing else would stop records from being written under keys that are not the archive's.
    async fn another_archives_whole_folder_of_keys_is_refused(archive: TestArchive) {
        archive.record(&mail("Lease")).await;
        archive.sealer.seal(&archive).await.unwrap();
        let stranger = TestArchive::on_sqlite().await;
        let (keys, aside) = (archive.path().join("keys"), archive.path().join("own keys"));
        fs::rename(&keys, &aside).unwrap();
        copy(&stranger.path().join("keys"), &keys);

        let wrong = refused(archive.path()).await;

        let named = matches!(
            wrong,
            ArchiveError::Storage(StorageError::WrongKey) | ArchiveError::OtherKeys { .. }
        );
        assert!(named, "{wrong}");
        fs::remove_dir_all(&keys).unwrap();
        fs::rename(aside, keys).unwrap();
        archive.opened_again().await.is_sound().await;
    }

    async fn a_database_of_a_newer_program_is_left_alone(archive: TestArchive) {
        let mut tx = archive.db.begin().await.unwrap();
        match &mut *tx {
            kronika::storage::Conn::Sqlite(c) => {
                sqlx::query("PRAGMA user_version = 999").execute(&mut **c).await.unwrap();
            }
            kronika::storage::Conn::Postgres(c) => {
                const SQL: &str = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                    VALUES (999, 'from the future', true, '', 0)";
                sqlx::query(SQL).execute(&mut **c).await.unwrap();
            }
        }
        tx.commit().await.unwrap();

        let newer = refused(archive.path()).await;

        assert!(matches!(newer, ArchiveError::Storage(StorageError::Newer { found: 999, .. })), "{newer}");
        assert!(newer.to_string().contains("999"), "{newer}");
    }

    /// An archive that lost its tables must not go on with empty ones and sign a second history.
    async fn a_lost_database_is_not_made_anew(archive: TestArchive) {
        match &archive.config.postgres {
            None => fs::remove_file(archive.path().join("archive.sqlite")).unwrap(),
            Some(place) => {
                let mut tx = archive.db.begin().await.unwrap();
                let drop = sqlx::AssertSqlSafe(format!("DROP SCHEMA {} CASCADE", place.schema));
                on_db!(tx, c => sqlx::query(drop).execute(c).await.map(std::mem::drop)).unwrap();
                tx.commit().await.unwrap();
            }
        }

        let lost = refused(archive.path()).await;

        assert!(matches!(lost, ArchiveError::Storage(StorageError::Missing(_))), "{lost}");
        assert!(!archive.path().join("archive.sqlite").exists());
        let again = refused(archive.path()).await;
        assert!(matches!(again, ArchiveError::Storage(StorageError::Missing(_))), "{again}");
    }

    /// The common key opens what belongs to nobody, a client's key what belongs to that client, and nothing more.
    async fn the_key_of_a_record_is_under_the_keys_of_those_it_belongs_to(archive: TestArchive) {
        let wraps = "SELECT k.kek_id FROM record_key k JOIN interaction i ON i.record_id = k.record_id ORDER BY 1";
        let (anna, bank) = (archive.client("Anna", &[], &[]).await, archive.client("Bank", &[], &[]).await);
        let lease = mail("Lease").id("1@x");
        let key = archive.record(&lease).await;
        archive.record_bytes("ewa", &[b"Received: x\r\n".as_slice(), &lease.bytes()].concat()).await;
        assert_eq!(archive.numbers(wraps).await, [0]);

        archive.address(anna, AddressKind::Email, "anna@client.example").await;
        assert_eq!(archive.numbers(wraps).await, [anna.0]);
        assign(&archive, key, (bank, ""), "ewa").await.unwrap();
        assert_eq!(archive.numbers(wraps).await, [anna.0, bank.0]);
        unassign(&archive, key, (anna, ""), "ewa").await.unwrap();
        assert_eq!(archive.numbers(wraps).await, [bank.0]);
        assert_eq!(archive.original(key).await, lease.bytes());
        unassign(&archive, key, (bank, ""), "ewa").await.unwrap();
        assert_eq!(archive.numbers(wraps).await, [0]);
        ignore(&archive, key, "", "ewa").await.unwrap();

        let copies = "SELECT DISTINCT k.kek_id FROM record_key k JOIN sighting s ON s.record_id = k.record_id ORDER BY 1";
        assert_eq!(archive.numbers(copies).await, [0], "the copy went the same way");
        assert_eq!(archive.original(key).await, lease.bytes());
        archive.is_sound().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_passphrase_is_asked_for_and_only_the_right_one_opens() {
    let folder = tempfile::tempdir().unwrap();
    let with = |words: &str| Unlock {
        passphrase: Some(Zeroizing::new(words.to_owned())),
    };
    drop(
        Archive::create(folder.path(), &with("correct horse"), Placement::default())
            .await
            .unwrap(),
    );

    assert!(Archive::open(folder.path(), &with("correct horse")).await.is_ok());
    let wrong = Archive::open(folder.path(), &with("wrong horse"))
        .await
        .err()
        .unwrap();
    assert!(
        matches!(wrong, ArchiveError::Key(KeyFileError::WrongPassphrase)),
        "{wrong}"
    );
    let none = refused(folder.path()).await;
    assert!(
        matches!(none, ArchiveError::Key(KeyFileError::PassphraseNeeded)),
        "{none}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_archive_is_never_made_over_another() {
    let place = fresh_schema();
    let placement = || Placement {
        postgres: Some(place.clone()),
        s3: None,
    };
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let archive = Archive::create(first.path(), &Unlock::default(), placement())
        .await
        .unwrap();

    let same_schema = Archive::create(second.path(), &Unlock::default(), placement())
        .await
        .err()
        .unwrap();
    assert!(
        matches!(same_schema, ArchiveError::Storage(StorageError::Occupied(_))),
        "{same_schema}"
    );
    let same_folder = Archive::create(first.path(), &Unlock::default(), Placement::default())
        .await
        .err()
        .unwrap();
    assert!(
        matches!(same_folder, ArchiveError::Exists { .. }),
        "{same_folder}"
    );
    fs::rename(
        first.path().join("kronika.toml"),
        second.path().join("kronika.toml"),
    )
    .unwrap();
    let headless = Archive::create(first.path(), &Unlock::default(), Placement::default())
        .await
        .err()
        .unwrap();
    assert!(matches!(headless, ArchiveError::Headless { .. }), "{headless}");
    fs::rename(
        second.path().join("kronika.toml"),
        first.path().join("kronika.toml"),
    )
    .unwrap();

    assert!(
        Archive::create(second.path(), &Unlock::default(), Placement::default())
            .await
            .is_ok(),
        "a failure left nothing"
    );
    kronika::journal::verify::verify(&archive, |_| true)
        .await
        .unwrap();
    assert!(Archive::open(first.path(), &Unlock::default()).await.is_ok());
}

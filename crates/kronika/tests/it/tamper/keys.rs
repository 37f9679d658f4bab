//! The key store, which is a file of its own, and the wrapped keys in the tables.

use std::fs;
use std::path::Path;

use kronika::archive::Archive;
use kronika::archive::id::{ClientId, InteractionKey, RecordId};
use kronika::journal::load;
use kronika::journal::verify::verify;
use kronika::on_db;
use kronika::secrecy::Unlock;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};

use super::{damage, filled};
use crate::on_each_database;
use crate::support::TestArchive;

async fn store(archive: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(archive.join("keys/keys.sqlite"));
    options.connect().await.unwrap()
}

async fn wrapped(store: &mut SqliteConnection, client: ClientId) -> Vec<u8> {
    let sql = "SELECT wrapped FROM kek WHERE id = $1";
    sqlx::query_scalar(sql)
        .bind(client.0)
        .fetch_one(store)
        .await
        .unwrap()
}

async fn put(store: &mut SqliteConnection, client: ClientId, wrapped: Vec<u8>) {
    let sql = "UPDATE kek SET wrapped = $2 WHERE id = $1";
    let done = sqlx::query(sql).bind(client.0).bind(wrapped).execute(store).await;
    assert_eq!(done.unwrap().rows_affected(), 1);
}

/// What is done to the key of one client; another's may come into it.
#[derive(Debug, Clone, Copy)]
pub enum Done {
    Deleted,
    Swapped,
    Flipped(usize),
    CutOff,
}

pub const ALL: [Done; 5] = [
    Done::Deleted,
    Done::Swapped,
    Done::Flipped(0),
    Done::Flipped(39),
    Done::CutOff,
];

pub async fn harm(archive: &Path, (client, other): (ClientId, ClientId), done: Done) {
    let mut store = store(archive).await;
    let (own, others) = (
        wrapped(&mut store, client).await,
        wrapped(&mut store, other).await,
    );
    match done {
        Done::Deleted => {
            let sql = "DELETE FROM kek WHERE id = $1";
            sqlx::query(sql).bind(client.0).execute(&mut store).await.unwrap();
        }
        Done::Swapped => {
            put(&mut store, client, others).await;
            put(&mut store, other, own).await;
        }
        Done::Flipped(at) => {
            let mut flipped = own;
            flipped[at] ^= 1;
            put(&mut store, client, flipped).await;
        }
        Done::CutOff => put(&mut store, client, own[..own.len() - 8].to_vec()).await,
    }
    store.close().await.unwrap();
}

fn is_said(sentence: &str) -> bool {
    sentence.contains("is not in the key store") || sentence.contains("another archive's, or damaged")
}

/// Nothing of the message is given, neither its words nor others.
async fn opens_nothing(archive: &Archive, record: RecordId) {
    let conn = &mut archive.db.read().await.unwrap();
    match load::open(archive, conn, record).await {
        Ok(_) => panic!("it opened"),
        Err(error) => assert!(is_said(&error.to_string()), "{error}"),
    }
}

on_each_database! {
    async fn a_clients_key_that_is_gone_changed_or_anothers_opens_nothing_and_is_named(archive: TestArchive) {
        let clients = filled(&archive).await;
        let file = archive.path().join("keys/keys.sqlite");
        let whole = fs::read(&file).unwrap();
        let theirs = archive.numbers("SELECT interaction_key FROM assignment ORDER BY client_id").await[0];
        let record = RecordId(archive.row(InteractionKey(theirs)).await.record);
        for done in ALL {
            harm(archive.path(), clients, done).await;

            let harmed = archive.opened_again().await;
            opens_nothing(&harmed, record).await;
            let damage = damage(&harmed).await;
            assert!(damage.iter().any(|sentence| is_said(sentence)), "{done:?}: {damage:?}");

            drop(harmed);
            fs::write(&file, &whole).unwrap();
        }
        archive.opened_again().await.is_sound().await;
    }

    async fn every_flipped_byte_of_a_wrapped_key_is_named(archive: TestArchive) {
        filled(&archive).await;
        const FIND: &str = "SELECT k.record_id, k.wrapped FROM record_key k JOIN interaction i ON i.record_id = k.record_id
            ORDER BY k.record_id LIMIT 1";
        const PUT: &str = "UPDATE record_key SET wrapped = $2 WHERE record_id = $1";
        let mut reader = archive.db.read().await.unwrap();
        let conn = &mut reader;
        let (record, whole): (i64, Vec<u8>) = on_db!(conn, c => sqlx::query_as(FIND).fetch_one(c).await).unwrap();
        drop(reader);
        let put = async |bytes: Vec<u8>| {
            let mut tx = archive.db.begin().await.unwrap();
            on_db!(tx, c => sqlx::query(PUT).bind(record).bind(bytes).execute(c).await.map(drop)).unwrap();
            tx.commit().await.unwrap();
        };
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 1;
            put(flipped).await;

            opens_nothing(&archive, RecordId(record)).await;
            let damage = damage(&archive).await;
            assert!(damage.iter().any(|sentence| is_said(sentence)), "byte {at}: {damage:?}");
        }
        put(whole).await;
        archive.is_sound().await;
    }

    async fn the_key_store_of_another_archive_opens_nothing_and_is_named(archive: TestArchive) {
        filled(&archive).await;
        let (file, stranger) = (archive.path().join("keys/keys.sqlite"), TestArchive::on_sqlite().await);
        let own = fs::read(&file).unwrap();
        filled(&stranger).await;

        fs::copy(stranger.path().join("keys/keys.sqlite"), &file).unwrap();

        let said = match Archive::open(archive.path(), &Unlock::default()).await {
            Err(refused) => refused.to_string(),
            Ok(opened) => {
                let record = RecordId(archive.number("SELECT MAX(record_id) FROM interaction").await);
                opens_nothing(&opened, record).await;
                verify(&opened, |_| true).await.unwrap_err().to_string()
            }
        };
        assert!(said.contains("the key store is another archive's, or damaged"), "{said}");
        fs::write(&file, own).unwrap();
        archive.opened_again().await.is_sound().await;
    }
}

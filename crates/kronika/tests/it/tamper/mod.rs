//! What whoever has the tables, the objects, the keys or all of them can do to an archive, and that it is said.

pub mod history;
pub mod keys;
pub mod objects;
mod tables;
mod vouched;

use kronika::archive::Archive;
use kronika::archive::id::ClientId;
use kronika::journal::verify::verify;
use kronika::on_db;
use sqlx::AssertSqlSafe;

use crate::support::{TestArchive, mail};

/// Runs SQL that both databases understand, one statement after the other.
pub async fn change(archive: &Archive, sql: &str) {
    let mut tx = archive.db.begin().await.unwrap();
    for statement in sql.split(';') {
        let statement = AssertSqlSafe(statement.to_owned());
        on_db!(tx, c => sqlx::query(statement).execute(c).await.map(drop))
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
    tx.commit().await.unwrap();
}

/// What a verification finds.
pub async fn damage(archive: &Archive) -> Vec<String> {
    verify(archive, |_| true).await.unwrap().damage
}

/// Whether a verification finds this.
pub async fn names(archive: &Archive, word: &str, done: &str) {
    let damage = damage(archive).await;
    assert!(
        damage.iter().any(|sentence| sentence.contains(word)),
        "{done}: nothing of {word:?} in {damage:#?}"
    );
}

/// Two clients with a message each.
pub async fn filled(archive: &TestArchive) -> (ClientId, ClientId) {
    archive.own("lipowa7.example").await;
    let dab = archive.client("Stolarnia Dąb", &["anna@dab.example"], &[]).await;
    let bread = archive.client("Piekarnia", &["jan@piekarnia.example"], &[]).await;
    for from in ["anna@dab.example", "jan@piekarnia.example"] {
        let letter = mail("Cena na 2027").from(from).to("ewa@lipowa7.example");
        archive.record(&letter.id(from).body("500 zł")).await;
    }
    archive.sealer.seal(archive).await.unwrap();
    (dab, bread)
}

/// Tables as they are, so that they can be put back after each damage.
pub struct Kept(&'static [&'static str]);

impl Kept {
    pub async fn of(archive: &Archive, tables: &'static [&'static str]) -> Kept {
        for table in tables {
            change(
                archive,
                &format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}"),
            )
            .await;
        }
        Kept(tables)
    }

    pub async fn put_back(&self, archive: &Archive) {
        for table in self.0 {
            change(
                archive,
                &format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept_{table}"),
            )
            .await;
        }
    }
}

//! The tables and the index are made again from the journal and the originals, and nothing differs.

use kronika::archive::rebuild::rebuild;
use kronika::assignment::Field;
use kronika::assignment::act::{add_rule, assign, ignore, remove_own, restore, unassign};
use kronika::client::AddressKind;
use kronika::client::ClientFacts;
use kronika::client::act::{change, remove_address};
use kronika::interaction::record::Outcome;
use kronika::on_db;
use kronika::storage::Conn;
use kronika::user::act as accounts;
use sqlx::AssertSqlSafe;

use crate::on_each_database;
use crate::support::{TestArchive, mail};

/// Every table that is made from records.
const TABLES: [&str; 14] = [
    "client_file",
    "client_address",
    "client_thread",
    "client_tally",
    "client",
    "own_address",
    "assignment_rule",
    "account",
    "interaction",
    "participant",
    "attachment",
    "mail_thread",
    "assignment",
    "assignment_change",
];

async fn texts(archive: &TestArchive, sql: String) -> Vec<String> {
    let mut tx = archive.db.begin().await.unwrap();
    let rows = on_db!(tx, c => sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(c).await).unwrap();
    tx.commit().await.unwrap();
    rows
}

/// All rows of a table as text, sorted.
async fn rows(archive: &TestArchive, table: &str) -> Vec<String> {
    let conn = archive.db.read().await.unwrap();
    let sql = match conn {
        Conn::Postgres(_) => format!("SELECT t::text FROM {table} t ORDER BY 1"),
        Conn::Sqlite(_) => {
            let columns = format!("SELECT name FROM pragma_table_info('{table}') ORDER BY cid");
            let columns = texts(archive, columns).await;
            let quoted: Vec<String> = columns.iter().map(|column| format!("quote({column})")).collect();
            format!("SELECT {} FROM {table} ORDER BY 1", quoted.join(" || ',' || "))
        }
    };
    drop(conn);
    texts(archive, sql).await
}

/// All words of the search index with their places.
async fn words(archive: &TestArchive) -> Vec<String> {
    if archive.db.is_postgres() {
        return rows(archive, "search").await;
    }
    let mut tx = archive.db.begin().await.unwrap();
    let make = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.word USING fts5vocab('main', 'search', 'instance')";
    on_db!(tx, c => sqlx::query(AssertSqlSafe(make.to_owned())).execute(c).await.map(drop)).unwrap();
    tx.commit().await.unwrap();
    let all = "SELECT term || ' ' || doc || ' ' || col || ' ' || offset FROM temp.word ORDER BY 1";
    texts(archive, all.to_owned()).await
}

async fn everything(archive: &TestArchive) -> Vec<(String, Vec<String>)> {
    let mut all = Vec::new();
    for table in TABLES.into_iter().chain(["sighting"]) {
        all.push((table.to_owned(), rows(archive, table).await));
    }
    all.push(("words".to_owned(), words(archive).await));
    all
}

/// A bit of everything that can happen.
async fn history(archive: &TestArchive) {
    archive.own("lipowa7.example").await;
    let dab = archive
        .client("Stolarnia Dąb", &["anna@dab.example"], &["dab.example"])
        .await;
    let lipa = archive.client("Pod Lipą", &[], &[]).await;
    accounts::add(archive, "ewa", "correct horse battery", "pl")
        .await
        .unwrap();

    let office = "ewa@lipowa7.example";
    let offer = mail("Cena na 2027")
        .from("anna@dab.example")
        .to(office)
        .id("a@x")
        .on_day(1)
        .body("Umowa najmu");
    archive.record(&offer).await;
    archive
        .record_in("second mailbox", &offer.header("X-Seen", "again"))
        .await;
    let answer = mail("Re: Cena")
        .from(office)
        .to("jan@dab.example")
        .id("b@x")
        .answers(&["a@x"])
        .on_day(2);
    let answer = archive
        .record(&answer.attach("umowa.txt", b"czynsz najmu wynosi 500"))
        .await;
    // Two threads that a later message shows to be one.
    let stranger = "who@elsewhere.example";
    archive
        .record(&mail("One").from(stranger).to(office).id("c@x").on_day(3))
        .await;
    let second = archive
        .record(&mail("Two").from(stranger).to(office).id("d@x").on_day(4))
        .await;
    archive
        .record(
            &mail("Both")
                .from(stranger)
                .to(office)
                .id("e@x")
                .answers(&["c@x", "d@x"])
                .on_day(5),
        )
        .await;
    let broken = match archive.record_bytes("office", b"\0\x01\x02 nothing at all").await {
        Outcome::Unreadable(key) => key,
        other => panic!("{other:?}"),
    };

    assign(archive, second, (lipa, "by telephone"), "ewa")
        .await
        .unwrap();
    unassign(archive, answer, (dab, "it was about the café"), "ewa")
        .await
        .unwrap();
    assign(archive, answer, (lipa, ""), "ewa").await.unwrap();
    ignore(archive, broken, "noise", "ewa").await.unwrap();
    restore(archive, broken, "ewa").await.unwrap();
    archive
        .record(
            &mail("Zamówienie 7")
                .from("shop@elsewhere.example")
                .to(office)
                .id("f@x")
                .on_day(6),
        )
        .await;
    add_rule(archive, (Field::Subject, "zamowienie"), lipa, "ewa")
        .await
        .unwrap();
    archive
        .record(
            &mail("Zamówienie 8")
                .from("shop@elsewhere.example")
                .to(office)
                .id("g@x")
                .on_day(7),
        )
        .await;
    archive
        .address(lipa, AddressKind::Email, "who@elsewhere.example")
        .await;
    remove_address(archive, dab, (AddressKind::Email, "anna@dab.example"), "ewa")
        .await
        .unwrap();
    remove_own(archive, AddressKind::Domain, "lipowa7.example", "ewa")
        .await
        .unwrap();
    let facts = ClientFacts {
        name: "Stolarnia Dąb s.c.".into(),
        language: "pl".into(),
        ..ClientFacts::default()
    };
    change(archive, dab, facts, "ewa").await.unwrap();
}

on_each_database! {
    /// Whether its records are sealed or still wait.
    async fn rebuilding_changes_nothing(archive: TestArchive) {
        history(&archive).await;
        let before = everything(&archive).await;
        assert!(before.iter().all(|(table, rows)| !rows.is_empty() || table == "own_address"), "{before:?}");

        rebuild(&archive, |_, _| {}).await.unwrap();
        assert_eq!(everything(&archive).await, before, "while records wait to be sealed");
        archive.is_sound().await;
        rebuild(&archive, |_, _| {}).await.unwrap();

        assert_eq!(everything(&archive).await, before);
        assert_eq!(archive.search("czynszu").await.len(), 1, "an attachment's words are found again");
        archive.is_sound().await;
    }

    async fn the_tables_come_back_when_they_were_lost(archive: TestArchive) {
        history(&archive).await;
        let before = everything(&archive).await;
        for table in TABLES {
            texts(&archive, format!("DELETE FROM {table} RETURNING 'gone'")).await;
        }
        assert!(!kronika::journal::verify::verify(&archive, |_| true).await.unwrap().is_sound());

        rebuild(&archive, |_, _| {}).await.unwrap();

        assert_eq!(everything(&archive).await, before);
        archive.is_sound().await;
    }
}

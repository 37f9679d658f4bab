//! The tables and the index are made again from the journal and the originals, and nothing differs.

pub mod programs;

use kronika::access::act::{self as access, InteractionSight, NewGrant};
use kronika::access::log::{self, Look, LookKind};
use kronika::access::{Covers, Openness, Role, Sensitivity};
use kronika::archive::id::{AccountId, ClientId, InteractionKey};
use kronika::archive::rebuild::rebuild;
use kronika::assignment::Field;
use kronika::assignment::act::{add_rule, assign, ignore, remove_own, restore, unassign};
use kronika::client::AddressKind;
use kronika::client::ClientFacts;
use kronika::client::act::{change, remove_address};
use kronika::guideline::GuidelineText;
use kronika::guideline::act::{Reader, accept, issue, remind, withdraw};
use kronika::interaction::record::Outcome;
use kronika::interaction::reread::reread;
use kronika::on_db;
use kronika::storage::Conn;
use kronika::user::By;
use kronika::user::act as accounts;
use kronika::user::invitation::{self, Accept, Invite};
use kronika::user::openid::{Identity, Shown, act as openid};
use kronika::user::session::From;
use sqlx::AssertSqlSafe;

use crate::on_each_database;
use crate::support::{Mail, TestArchive, mail};

/// Every table that is made from records.
const TABLES: [&str; 35] = [
    "evidence",
    "evidence_client",
    "evidence_item",
    "client_file",
    "client_address",
    "client_thread",
    "client_tally",
    "client",
    "own_address",
    "assignment_rule",
    "account",
    "invitation",
    "openid_identity",
    "webhook",
    "guideline",
    "guideline_version",
    "guideline_acceptance",
    "guideline_reminder",
    "interaction",
    "interaction_moved",
    "participant",
    "attachment",
    "mail_thread",
    "assignment",
    "assignment_change",
    "team",
    "team_member",
    "client_team",
    "client_person",
    "interaction_person",
    "thread_sensitivity",
    "thread_person",
    "account_address",
    "access_grant",
    "log_entry",
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

const OFFICE: &str = "ewa@lipowa7.example";

fn letter(id: &str, day: u32, from: &str) -> Mail {
    mail(&format!("Letter {id}"))
        .from(from)
        .to(OFFICE)
        .id(id)
        .on_day(day)
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
    people(archive).await;
    let (answer, second, broken) = messages(archive).await;
    decisions(archive, (dab, lipa), (answer, second, broken)).await;
    who_sees_what(archive, (dab, lipa), (answer, second, broken)).await;
    changes(archive, (dab, lipa)).await;
}

fn somewhere() -> From {
    From {
        address: "10.0.0.1".into(),
        browser: String::new(),
    }
}

/// Accounts that come, change and go, and invitations of every ending.
async fn people(archive: &TestArchive) {
    let by = By::Console;
    let invite = |name| Invite {
        name,
        role: Role::Member,
        language: "pl",
    };
    let (_, token) = invitation::invite(archive, invite("jan"), by).await.unwrap();
    let accept = Accept {
        name: "",
        password: "four words that fit badly",
        language: "pl",
        from: somewhere(),
    };
    invitation::accept(archive, &token, accept).await.unwrap();
    accounts::set_role(archive, "jan", Role::Manager, by)
        .await
        .unwrap();
    accounts::remove(archive, "jan", by).await.unwrap();
    let (withdrawn, _) = invitation::invite(archive, invite("ola"), by).await.unwrap();
    invitation::withdraw(archive, withdrawn.id, by).await.unwrap();
    invitation::invite(archive, invite("ula"), by).await.unwrap();
    let (_, token) = invitation::invite(archive, invite("ela"), by).await.unwrap();
    let [office, other] = ["https://sso.example", "https://other.example"].map(|issuer| Shown {
        identity: Identity {
            issuer: issuer.into(),
            subject: "4711".into(),
        },
        called: "ela@lipowa7.example".into(),
        name: "ela".into(),
    });
    let ela = openid::accept(archive, &token, &office, ("pl", somewhere()))
        .await
        .unwrap();
    accounts::set_password(archive, "ela", "four words that fit badly", (by, None))
        .await
        .unwrap();
    openid::link(archive, &ela.account, &other).await.unwrap();
    openid::unlink(archive, &ela.account, &office.identity.issuer)
        .await
        .unwrap();
}

type Keys = (InteractionKey, InteractionKey, InteractionKey);

/// An answer, a message of a thread that turns out to be part of another, and one that cannot be read.
async fn messages(archive: &TestArchive) -> Keys {
    let offer = letter("a@x", 1, "anna@dab.example").body("Umowa najmu");
    archive.record(&offer).await;
    archive
        .record_in("second mailbox", &offer.header("X-Seen", "again"))
        .await;
    let answer = letter("b@x", 2, OFFICE).to("jan@dab.example").answers(&["a@x"]);
    let answer = archive
        .record(&answer.attach("umowa.txt", b"czynsz najmu wynosi 500"))
        .await;
    let stranger = "who@elsewhere.example";
    archive.record(&letter("c@x", 3, stranger)).await;
    let second = archive.record(&letter("d@x", 4, stranger)).await;
    archive
        .record(&letter("e@x", 5, stranger).answers(&["c@x", "d@x"]))
        .await;
    let unread = archive.record_unread(&letter("f@x", 6, stranger)).await;
    let read = reread(archive, unread, "ewa").await.unwrap();
    assert_ne!(read, unread, "a better reader understands it");
    match archive.record_bytes("office", b"\0\x01\x02 nothing at all").await {
        Outcome::Unreadable(broken) => (answer, second, broken),
        other => panic!("{other:?}"),
    }
}

async fn decisions(archive: &TestArchive, (dab, lipa): (ClientId, ClientId), (answer, second, broken): Keys) {
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
        .record(&letter("Zamówienie 7", 6, "shop@elsewhere.example"))
        .await;
    add_rule(archive, (Field::Subject, "zamowienie"), lipa, "ewa")
        .await
        .unwrap();
    archive
        .record(&letter("Zamówienie 8", 7, "shop@elsewhere.example"))
        .await;
}

/// Teams, a client of theirs, private mail, a restricted thread that another turns out to be part of, a grant.
async fn who_sees_what(
    archive: &TestArchive,
    (dab, lipa): (ClientId, ClientId),
    (answer, second, broken): Keys,
) {
    let jan = archive.account("jurek", Role::Member).await;
    let eve = archive.account("eve", Role::Expert).await;
    let ewa = archive.someone("ewa").await;
    let (office, gone) = (
        access::add_team(archive, "Office", "ewa").await.unwrap(),
        access::add_team(archive, "Gone", "ewa").await.unwrap(),
    );
    access::rename_team(archive, office, "The office", "ewa")
        .await
        .unwrap();
    access::set_members(archive, office, vec![jan], "ewa")
        .await
        .unwrap();
    access::remove_team(archive, gone, "ewa").await.unwrap();
    archive.sees(dab, Openness::Team, &[office], &[eve]).await;
    access::set_addresses(archive, jan, &["jan@lipowa7.example"], "ewa")
        .await
        .unwrap();
    let mine = letter("p@x", 8, "someone@private.example").to("jan@lipowa7.example");
    let mine = archive.record(&mine).await;
    archive
        .record(&letter("q@x", 8, "other@private.example").to("jan@lipowa7.example"))
        .await;
    assign(archive, mine, (lipa, ""), "ewa").await.unwrap();
    unassign(archive, mine, (lipa, ""), "ewa").await.unwrap();
    for key in [answer, second, broken] {
        let whole_thread = key != broken;
        let sight = InteractionSight {
            sensitivity: Sensitivity::Restricted,
            people: vec![jan],
            whole_thread,
        };
        access::set_sensitivity(archive, key, sight, &ewa).await.unwrap();
    }
    archive
        .record(&letter("r@x", 9, "anna@dab.example").answers(&["b@x", "d@x"]))
        .await;
    for covers in [Covers::Client(dab), Covers::Thread(answer)] {
        let (valid_from, valid_until) = (0, Some(i64::MAX));
        let new = NewGrant {
            account: eve,
            covers,
            valid_from,
            valid_until,
        };
        let grant = access::grant(archive, new, (&ewa).into()).await.unwrap();
        if covers == Covers::Client(dab) {
            access::end_grant(archive, grant, "ewa").await.unwrap();
        }
    }
    looked(archive, answer).await;
    guidelines(archive, jan).await;
    programs::webhooks(archive, &ewa).await;
    programs::package(archive, dab).await;
}

/// Somebody opened a message.
async fn looked(archive: &TestArchive, interaction: InteractionKey) {
    let look = Look {
        at: 7,
        by: "eve".to_owned(),
        kind: LookKind::Opened,
        client: None,
        interaction: Some(interaction),
        detail: String::new(),
    };
    log::act::write(archive, vec![look]).await.unwrap();
}

/// One accepted, asked for again, and one withdrawn.
async fn guidelines(archive: &TestArchive, reader: AccountId) {
    let text = |body: &str| GuidelineText::read("Calls", body, "Why?\n+ So\n- Not so").unwrap();
    let calls = issue(archive, None, text("Confirm in writing."), "ewa")
        .await
        .unwrap();
    let jan = Reader {
        account: reader,
        name: "jurek",
    };
    accept(archive, (calls, 1), &[Some(0)], jan).await.unwrap();
    issue(archive, Some(calls), text("Confirm within a day."), "ewa")
        .await
        .unwrap();
    remind(archive, calls, &[reader], "ewa").await.unwrap();
    let fax = issue(archive, None, text("Fax."), "ewa").await.unwrap();
    withdraw(archive, fax, "ewa").await.unwrap();
}

async fn changes(archive: &TestArchive, (dab, lipa): (ClientId, ClientId)) {
    archive
        .address(lipa, AddressKind::Email, "who@elsewhere.example")
        .await;
    let gone = (AddressKind::Email, "anna@dab.example");
    remove_address(archive, dab, gone, "ewa").await.unwrap();
    remove_own(archive, AddressKind::Domain, "lipowa7.example", "ewa")
        .await
        .unwrap();
    let facts = ClientFacts {
        name: "Stolarnia Dąb s.c.".into(),
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

//! An archive for one test, on either database, with helpers named like what a user does.

pub mod mail;
pub mod office;
pub mod people;
pub mod postgres;
pub mod program;
pub mod provider;
pub mod serving;

use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::tz::TimeZone;
use kronika::access::Scope;
use kronika::archive::clock::Clock;
use kronika::archive::config::PostgresConfig;
use kronika::archive::id::{ClientId, InteractionKey, RecordId};
use kronika::archive::{Archive, Placement};
use kronika::assignment::act as assign;
use kronika::client::act::{self as client, NewAddress};
use kronika::client::{AddressKind, ClientFacts};
use kronika::interaction::list::{Row, rows};
use kronika::interaction::prepare::{Incoming, Prepared, prepare};
use kronika::interaction::record::{Outcome, record};
use kronika::interaction::{PartFacts, Source};
use kronika::journal::act::Act;
use kronika::journal::append::Original;
use kronika::journal::load;
use kronika::journal::verify::{self, verify};
use kronika::on_db;
use kronika::search::query::Query;
use kronika::search::run::{Order, Page, find};
use kronika::secrecy::Unlock;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

pub use mail::{Mail, incompressible, mail, mbox};

/// Runs each test on SQLite and on a fresh schema of PostgreSQL.
#[macro_export]
macro_rules! on_each_database {
    ($($(#[doc = $doc:literal])* async fn $name:ident($archive:ident: TestArchive) $body:block)+) => {
        $(mod $name {
            #[allow(unused_imports)]
            use super::*;

            $(#[doc = $doc])*
            async fn holds($archive: $crate::support::TestArchive) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                holds($crate::support::TestArchive::on_sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                holds($crate::support::TestArchive::on_postgres().await).await;
            }
        })+
    };
}

/// An archive in a folder of its own. Its clock stands at noon of 22 November 2026 until moved.
pub struct TestArchive {
    pub archive: Arc<Archive>,
    folder: Arc<TempDir>,
    clock: Arc<AtomicI64>,
}

const NOON: i64 = 1_795_348_800_000_000;

impl Deref for TestArchive {
    type Target = Archive;
    fn deref(&self) -> &Archive {
        &self.archive
    }
}

/// Places where a new archive keeps its tables, for tests that make it themselves.
pub fn fresh_schema() -> PostgresConfig {
    let schema = format!("t_{}", data_encoding::HEXLOWER.encode(&rand::random::<[u8; 8]>()));
    PostgresConfig {
        url: postgres::url(),
        schema,
    }
}

impl TestArchive {
    pub async fn on_sqlite() -> TestArchive {
        TestArchive::placed(Placement::default()).await
    }

    pub async fn on_postgres() -> TestArchive {
        TestArchive::placed(Placement {
            postgres: Some(fresh_schema()),
            s3: None,
        })
        .await
    }

    pub async fn placed(placement: Placement) -> TestArchive {
        let folder = tempfile::tempdir().unwrap();
        let archive = Archive::create(folder.path(), &Unlock::default(), placement)
            .await
            .unwrap();
        TestArchive::around(archive, Arc::new(folder), Arc::new(AtomicI64::new(NOON)))
    }

    fn around(mut archive: Arc<Archive>, folder: Arc<TempDir>, clock: Arc<AtomicI64>) -> TestArchive {
        Arc::get_mut(&mut archive).expect("nobody else has it yet").clock = Clock::Set(clock.clone());
        TestArchive {
            archive,
            folder,
            clock,
        }
    }

    /// The archive in this folder.
    pub async fn at(folder: TempDir) -> TestArchive {
        let archive = Archive::open(folder.path(), &Unlock::default()).await.unwrap();
        TestArchive::around(archive, Arc::new(folder), Arc::new(AtomicI64::new(NOON)))
    }

    /// The same archive opened once more, as another program would.
    pub async fn opened_again(&self) -> TestArchive {
        let archive = Archive::open(self.folder.path(), &Unlock::default())
            .await
            .unwrap();
        TestArchive::around(archive, self.folder.clone(), self.clock.clone())
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn pass(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1_000_000, Ordering::Relaxed);
    }

    pub async fn client(&self, name: &str, emails: &[&str], domains: &[&str]) -> ClientId {
        let facts = ClientFacts {
            name: name.to_owned(),
            language: "en".to_owned(),
            ..ClientFacts::default()
        };
        let id = client::add(self, facts, "ewa").await.unwrap();
        for email in emails {
            self.address(id, AddressKind::Email, email).await;
        }
        for domain in domains {
            self.address(id, AddressKind::Domain, domain).await;
        }
        id
    }

    /// Adds an address and says how much of the inbox came along.
    pub async fn address(&self, id: ClientId, kind: AddressKind, value: &str) -> usize {
        let address = NewAddress {
            kind,
            value,
            name: "",
            role: "",
        };
        client::add_address(self, id, address, "ewa").await.unwrap()
    }

    pub async fn own(&self, domain: &str) {
        assign::add_own(self, AddressKind::Domain, domain, "ewa")
            .await
            .unwrap();
    }

    pub fn prepared(&self, mailbox: &str, bytes: &[u8]) -> Prepared {
        prepare(&self.config.origin, self.incoming(mailbox, bytes))
    }

    fn incoming(&self, mailbox: &str, bytes: &[u8]) -> Incoming {
        let external_id = data_encoding::HEXLOWER.encode(&Sha256::digest(bytes));
        let source = Source {
            connector: "test".to_owned(),
            mailbox: mailbox.to_owned(),
            external_id,
        };
        Incoming {
            source,
            captured_at: self.clock.load(Ordering::Relaxed),
            bytes: bytes.to_vec(),
        }
    }

    /// Records one message that lay in `mailbox`.
    pub async fn record_in(&self, mailbox: &str, mail: &Mail) -> Outcome {
        self.record_bytes(mailbox, &mail.bytes()).await
    }

    pub async fn record_bytes(&self, mailbox: &str, bytes: &[u8]) -> Outcome {
        record(self, vec![self.prepared(mailbox, bytes)]).await.unwrap()[0]
    }

    /// Records a message as a reader would have that did not understand it.
    pub async fn record_unread(&self, mail: &Mail) -> InteractionKey {
        let mut prepared = self.prepared("office", b"\0\x01 what no reader understands");
        let readable = self.prepared("office", &mail.bytes());
        prepared.source = readable.source;
        prepared.facts.digest = readable.facts.digest;
        prepared.facts.size = readable.facts.size;
        prepared.original = Original::prepare(&self.config.origin, &mail.bytes(), &[]);
        match record(self, vec![prepared]).await.unwrap()[0] {
            Outcome::Unreadable(key) => key,
            other => panic!("it could be read: {other:?}"),
        }
    }

    /// Records one new message.
    pub async fn record(&self, mail: &Mail) -> InteractionKey {
        match self.record_in("office", mail).await {
            Outcome::Recorded(key) => key,
            other => panic!("it was not new: {other:?}"),
        }
    }

    /// Records messages in one transaction.
    pub async fn record_batch(&self, mails: &[Mail]) -> Vec<Outcome> {
        let prepared = mails
            .iter()
            .map(|mail| self.prepared("office", &mail.bytes()))
            .collect();
        record(self, prepared).await.unwrap()
    }

    pub async fn row(&self, key: InteractionKey) -> Row {
        let mut conn = self.db.read().await.unwrap();
        rows(&mut conn, Scope::everything(), &[key])
            .await
            .unwrap()
            .pop()
            .expect("the interaction exists")
    }

    /// Names of the clients of an interaction.
    pub async fn clients_of(&self, key: InteractionKey) -> Vec<String> {
        self.row(key)
            .await
            .clients
            .into_iter()
            .map(|(_, name)| name)
            .collect()
    }

    /// What a query that is not being typed any more finds, newest first.
    pub async fn search(&self, text: &str) -> Vec<InteractionKey> {
        self.find(&format!("{text} "), Order::Newest).await
    }

    pub async fn find(&self, text: &str, order: Order) -> Vec<InteractionKey> {
        let query = Query::parse(text, &TimeZone::UTC);
        let mut conn = self.db.read().await.unwrap();
        find(
            &mut conn,
            Scope::everything(),
            &query,
            Page {
                order,
                before: None,
                limit: 100,
            },
        )
        .await
        .unwrap()
    }

    /// One number by SQL.
    pub async fn number(&self, sql: &'static str) -> i64 {
        number(self, sql).await
    }

    /// One column of numbers by SQL.
    pub async fn numbers(&self, sql: &'static str) -> Vec<i64> {
        let mut conn = self.db.read().await.unwrap();
        let conn = &mut conn;
        on_db!(conn, c => sqlx::query_scalar(sql).fetch_all(c).await).unwrap()
    }

    /// Every act so far, in order, with who did it.
    pub async fn acts(&self) -> Vec<(String, Act)> {
        let mut acts = Vec::new();
        for record in self.numbers("SELECT id FROM record ORDER BY id").await {
            let opened = self.opened(RecordId(record)).await;
            let meta = opened.meta().unwrap();
            acts.push((meta.by, meta.act));
        }
        acts
    }

    /// The record of an interaction, opened.
    pub async fn opened(&self, record: RecordId) -> load::Opened {
        let mut conn = self.db.read().await.unwrap();
        load::open(self, &mut conn, record).await.unwrap()
    }

    /// The parts of a message, as they were committed.
    pub async fn parts_of(&self, key: InteractionKey) -> Vec<PartFacts> {
        match self
            .opened(RecordId(self.row(key).await.record))
            .await
            .meta()
            .unwrap()
            .act
        {
            Act::Interaction(recorded) => recorded.parts,
            other => panic!("that is no message: {other:?}"),
        }
    }

    /// The stored original of an interaction.
    pub async fn original(&self, key: InteractionKey) -> Vec<u8> {
        let mut opened = self.opened(RecordId(self.row(key).await.record)).await;
        load::original(self, &mut opened)
            .await
            .unwrap()
            .expect("it has an original")
    }

    pub async fn is_sound(&self) -> verify::Report {
        is_sound(self).await
    }
}

/// One number by SQL.
pub async fn number(archive: &Archive, sql: &'static str) -> i64 {
    let mut conn = archive.db.read().await.unwrap();
    let conn = &mut conn;
    on_db!(conn, c => sqlx::query_scalar(sql).fetch_one(c).await).unwrap()
}

/// Seals what waits and lets the archive verify itself.
pub async fn is_sound(archive: &Archive) -> verify::Report {
    archive.sealer.seal(archive).await.unwrap();
    let report = verify(archive, |_| true).await.unwrap();
    assert!(report.is_sound(), "{:#?}", report.damage);
    assert_eq!(report.pending, 0);
    report
}

/// A file shared between checkouts; `None`, said aloud, when it is not there.
pub fn shared(name: &str) -> Option<std::path::PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("SKIPPED: {} is not there", path.display());
    None
}

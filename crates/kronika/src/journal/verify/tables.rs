//! The tables that are made from the journal, made once more in a place of their own and compared.
//!
//! In the archive's folder, in an encrypted file whose key nobody knows and which is gone in the end. What a
//! newer program may make otherwise (folded names, previews, counts, the state of texts) is not compared.

use futures::TryStreamExt;
use kronika_tlog::Hash;
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;
use tempfile::TempDir;
use zeroize::Zeroizing;

use super::files::Files;
use super::{Report, VerifyError};
use crate::archive::Archive;
use crate::archive::rebuild::Replay;
use crate::journal::act::Act;
use crate::journal::append::Appended;
use crate::on_db;
use crate::search::index::Words;
use crate::storage::{Conn, Db, Expect, Location, SqliteKey, StorageError, Tx, dialect};

/// Tables with the columns that the journal alone decides.
const TABLES: &[(&str, &[&str])] = &[
    (
        "client",
        &[
            "id",
            "name",
            "language",
            "city",
            "tax_id",
            "created_at",
            "openness",
        ],
    ),
    ("client_file", &["client_id", "number", "commitment"]),
    (
        "client_address",
        &["kind", "value", "client_id", "name", "role", "added_at"],
    ),
    ("own_address", &["kind", "value", "added_at"]),
    (
        "assignment_rule",
        &["id", "field", "needle", "client_id", "added_at"],
    ),
    ("account", &["id", "name", "role", "created_at", "removed_at"]),
    ("account_address", &["account_id", "address"]),
    (
        "invitation",
        &[
            "id",
            "name",
            "role",
            "made_by",
            "made_at",
            "expires_at",
            "ended_at",
        ],
    ),
    (
        "openid_identity",
        &["issuer", "subject", "account_id", "called", "linked_at"],
    ),
    (
        "api_token",
        &[
            "id",
            "account_id",
            "name",
            "scopes",
            "made_by",
            "made_at",
            "expires_at",
            "revoked_at",
        ],
    ),
    (
        "webhook",
        &[
            "id",
            "account_id",
            "name",
            "url",
            "events",
            "made_at",
            "removed_at",
        ],
    ),
    (
        "interaction",
        &[
            "interaction_key",
            "record_id",
            "original_record",
            "thread_key",
            "sensitivity",
            "ignored_for",
            "unreadable",
            "assigned_count",
        ],
    ),
    ("interaction_moved", &["old_key", "new_key"]),
    ("interaction_person", &["interaction_key", "account_id"]),
    (
        "attachment",
        &[
            "interaction_key",
            "position",
            "number",
            "filename",
            "media_type",
            "size",
        ],
    ),
    (
        "sighting",
        &[
            "interaction_key",
            "record_id",
            "connector",
            "mailbox",
            "external_id",
            "captured_at",
        ],
    ),
    (
        "assignment",
        &["client_id", "interaction_key", "why", "detail", "record_id"],
    ),
    (
        "assignment_change",
        &[
            "record_id",
            "interaction_key",
            "client_id",
            "change",
            "why",
            "detail",
            "changed_by",
            "changed_at",
        ],
    ),
    ("team", &["id", "name", "added_at"]),
    ("team_member", &["team_id", "account_id"]),
    ("client_team", &["client_id", "team_id"]),
    ("client_person", &["client_id", "account_id"]),
    (
        "access_grant",
        &[
            "id",
            "account_id",
            "covers",
            "client_id",
            "thread_key",
            "valid_from",
            "valid_until",
            "ended_at",
        ],
    ),
    (
        "log_entry",
        &[
            "record_id",
            "position",
            "happened_at",
            "by_name",
            "kind",
            "client_id",
            "interaction_key",
            "detail",
        ],
    ),
    ("guideline", &["id", "version", "title", "withdrawn_at"]),
    (
        "guideline_version",
        &["guideline_id", "version", "content", "issued_at", "issued_by"],
    ),
    (
        "guideline_acceptance",
        &["guideline_id", "version", "account_id", "accepted_at"],
    ),
    (
        "guideline_reminder",
        &[
            "guideline_id",
            "version",
            "account_id",
            "reminded_at",
            "reminded_by",
        ],
    ),
    (
        "evidence",
        &[
            "id",
            "choice",
            "items",
            "withheld",
            "purpose",
            "recipient",
            "encrypted_to",
            "reports",
            "sha256",
            "size",
            "made_by",
            "made_at",
        ],
    ),
    ("evidence_client", &["evidence_id", "client_id"]),
    ("evidence_item", &["evidence_id", "interaction_key"]),
    (
        "journal_timestamp",
        &["record_id", "size", "stamped_at", "authority"],
    ),
];

/// The tables being made again.
pub struct Tables {
    scratch: Tx,
    replay: Replay,
    files: Files,
    /// Entries that did not open: without them the tables cannot be made.
    unopened: usize,
    failure: Option<StorageError>,
    /// Longer than what is open in it.
    _folder: TempDir,
}

impl Tables {
    pub async fn begin(archive: &Archive) -> Result<Tables, VerifyError> {
        let folder = tempfile::Builder::new()
            .prefix("verifying-")
            .tempdir_in(&archive.folder);
        let folder = folder.map_err(VerifyError::Scratch)?;
        let key = SqliteKey(Zeroizing::new(rand::random::<[u8; 32]>()));
        let location = Location::File(folder.path().join("tables.sqlite"));
        let db = Db::open(&location, &key, Expect::Nothing).await?;
        Ok(Tables {
            scratch: db.begin().await?,
            replay: Replay::default(),
            files: Files::default(),
            unopened: 0,
            failure: None,
            _folder: folder,
        })
    }

    /// Takes the acts of so many entries, in their order.
    pub async fn take(&mut self, (acts, entries): (Vec<Appended>, usize), report: &mut Report) {
        self.unopened += entries.saturating_sub(acts.len());
        if self.unopened > 0 || self.failure.is_some() {
            return;
        }
        self.files.take(&acts, report);
        for act in acts {
            let words = is_replaced_one_day(&act).then(Words::default);
            if let Err(error) = self.replay.take(&mut self.scratch, act, words).await {
                self.failure = Some(error);
                return;
            }
        }
    }

    /// Compares all of them, when all acts were taken.
    pub async fn compare(mut self, conn: &mut Conn, report: &mut Report) -> Result<(), VerifyError> {
        if self.unopened == 0 && self.failure.is_none() {
            self.failure = std::mem::take(&mut self.replay)
                .finish(&mut self.scratch)
                .await
                .err();
        }
        match (self.unopened, self.failure.take()) {
            (0, None) => {
                std::mem::take(&mut self.files).finish(report);
                let salt: [u8; 32] = rand::random();
                for (table, columns) in TABLES {
                    let kept = summed(conn, (table, columns), &salt).await?;
                    let made = summed(&mut self.scratch, (table, columns), &salt).await?;
                    if kept != made {
                        report.blame(differs(table, kept.rows, made.rows));
                    }
                }
            }
            (0, Some(error)) => report.blame(format!(
                "the tables cannot be made again from the journal: {error}"
            )),
            (unopened, _) => report.blame(format!(
                "the tables cannot be compared with the journal: {unopened} of its entries do not open"
            )),
        }
        Ok(self.scratch.give_up().await?)
    }
}

/// Words are compared by themselves; but what could not be read leaves the index when it is read again, so it has to be
/// there.
fn is_replaced_one_day(act: &Appended) -> bool {
    match &act.meta.act {
        Act::Interaction(recorded) => recorded.unreadable.is_some(),
        Act::Reread { .. } => true,
        _ => false,
    }
}

fn differs(table: &str, kept: u64, made: u64) -> String {
    let how = match kept == made {
        true => format!("has other contents in its {kept} rows"),
        false => format!("has {kept} rows, and not {made}"),
    };
    format!("the table {table} is not what the journal gives: it {how}; `kronika rebuild` makes it again")
}

/// Rows in any order: how many, and the sum of their salted hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sum {
    rows: u64,
    hashes: u128,
}

async fn summed(
    conn: &mut Conn,
    (table, columns): (&str, &[&str]),
    salt: &[u8; Hash::SIZE],
) -> Result<Sum, StorageError> {
    // With its length before it, nothing in one column can pass for a part of the next.
    let columns: Vec<String> = columns
        .iter()
        .map(|column| {
            let text = match *column {
                "commitment" => dialect::hex(conn, column),
                _ => format!("CAST({column} AS TEXT)"),
            };
            format!("COALESCE(LENGTH({text}) || ':' || {text}, '-')")
        })
        .collect();
    let sql = format!("SELECT {} FROM {table}", columns.join(" || "));
    let mut sum = Sum { rows: 0, hashes: 0 };
    let mut add = |row: String| {
        let hash = Sha256::new().chain_update(salt).chain_update(row).finalize();
        let half = hash
            .iter()
            .take(16)
            .fold(0_u128, |all, byte| all << 8 | u128::from(*byte));
        sum.rows += 1;
        sum.hashes = sum.hashes.wrapping_add(half);
    };
    on_db!(conn, c => {
        let rows = sqlx::query_scalar::<_, String>(AssertSqlSafe(sql)).fetch(c);
        rows.try_for_each(|row| { add(row); std::future::ready(Ok(())) }).await
    })?;
    Ok(sum)
}

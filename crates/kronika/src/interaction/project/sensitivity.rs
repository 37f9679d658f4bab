//! Who sees a new interaction: as was decided of its thread, else by who took part.

use std::collections::{BTreeMap, HashMap, HashSet};

use sqlx::AssertSqlSafe;

use super::super::Recorded;
use crate::access::Sensitivity;
use crate::access::project::inherit;
use crate::archive::id::InteractionKey;
use crate::assignment::book::Own;
use crate::assignment::store::own;
use crate::on_db;
use crate::storage::bulk::placeholders;
use crate::storage::{Conn, StorageError};

/// What somebody decided, with the accounts that are named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decided {
    pub sensitivity: Sensitivity,
    pub people: Vec<i64>,
}

/// Who sees one interaction.
pub(super) struct Sight {
    pub sensitivity: Sensitivity,
    /// Whether somebody decided it.
    pub chosen: bool,
    /// Whether nobody of ours took part but people by their own addresses.
    pub personal: bool,
    pub people: Vec<i64>,
}

/// What is known when a batch is projected.
pub(super) struct Desk {
    /// By thread. Changed as threads turn out to be one, in the order of recording: how a batch is cut must not matter.
    threads: HashMap<i64, Decided>,
    /// Threads whose row must be written.
    changed: BTreeMap<i64, Option<Decided>>,
    mailboxes: HashSet<String>,
    own: Own,
}

/// How many values one IN list carries.
const AT_ONCE: usize = 400;

impl Desk {
    pub async fn open<'a>(
        conn: &mut Conn,
        new: impl Iterator<Item = &'a Recorded>,
    ) -> Result<Desk, StorageError> {
        const MAILBOXES: &str = "SELECT address FROM account_address";
        let mut threads: Vec<i64> = new
            .flat_map(|recorded| std::iter::once(&recorded.thread).chain(&recorded.joins))
            .map(|thread| thread.0)
            .collect();
        threads.sort_unstable();
        threads.dedup();
        let mailboxes: Vec<String> = on_db!(conn, c => sqlx::query_scalar(MAILBOXES).fetch_all(c).await)?;
        let own = match mailboxes.is_empty() {
            true => Own::default(),
            false => own(conn).await?,
        };
        Ok(Desk {
            threads: decided(conn, &threads).await?,
            changed: BTreeMap::new(),
            mailboxes: mailboxes.into_iter().collect(),
            own,
        })
    }

    /// Who sees the next interaction. `before` is what was decided of it when it could not be read yet.
    pub fn sight(&mut self, recorded: &Recorded, before: Option<&Decided>) -> Sight {
        self.join(recorded);
        let personal = self.is_personal(recorded);
        match before.or_else(|| self.threads.get(&recorded.thread.0)) {
            Some(decided) => Sight {
                sensitivity: decided.sensitivity,
                chosen: true,
                personal,
                people: decided.people.clone(),
            },
            None => Sight {
                sensitivity: match personal && recorded.assigned.is_empty() {
                    true => Sensitivity::Private,
                    false => Sensitivity::Team,
                },
                chosen: false,
                personal,
                people: Vec::new(),
            },
        }
    }

    /// Threads that are one are as sensitive as the most sensitive of them.
    fn join(&mut self, recorded: &Recorded) {
        for other in &recorded.joins {
            let Some(theirs) = self.threads.remove(&other.0) else {
                continue;
            };
            self.changed.insert(other.0, None);
            let ours = self.threads.get(&recorded.thread.0);
            if ours.is_none_or(|ours| ours.sensitivity < theirs.sensitivity) {
                self.changed.insert(recorded.thread.0, Some(theirs.clone()));
                self.threads.insert(recorded.thread.0, theirs);
            }
        }
    }

    fn is_personal(&self, recorded: &Recorded) -> bool {
        let mut ours = recorded
            .participants
            .iter()
            .map(|person| person.address.as_str())
            .filter(|address| self.mailboxes.contains(*address) || self.own.has(address))
            .peekable();
        ours.peek().is_some() && ours.all(|address| self.mailboxes.contains(address))
    }

    /// Writes what became of threads.
    pub async fn close(self, conn: &mut Conn) -> Result<(), StorageError> {
        const GONE: [&str; 2] = [
            "DELETE FROM thread_sensitivity WHERE thread_key = $1",
            "DELETE FROM thread_person WHERE thread_key = $1",
        ];
        for (thread, decided) in self.changed {
            match decided {
                Some(decided) => {
                    let key = InteractionKey(thread);
                    inherit(conn, key, decided.sensitivity, &decided.people).await?;
                }
                None => {
                    for sql in GONE {
                        on_db!(conn, c => sqlx::query(sql).bind(thread).execute(c).await.map(drop))?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// What was decided of these threads.
async fn decided(conn: &mut Conn, threads: &[i64]) -> Result<HashMap<i64, Decided>, StorageError> {
    const ANY: &str = "SELECT thread_key FROM thread_sensitivity LIMIT 1";
    let any: Option<i64> = on_db!(conn, c => sqlx::query_scalar(ANY).fetch_optional(c).await)?;
    let mut found: HashMap<i64, Decided> = HashMap::new();
    if any.is_none() {
        return Ok(found);
    }
    for some in threads.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT t.thread_key, t.sensitivity, p.account_id FROM thread_sensitivity t
            LEFT JOIN thread_person p ON p.thread_key = t.thread_key WHERE t.thread_key IN ({})
            ORDER BY t.thread_key, p.account_id",
            placeholders(0, some.len())
        );
        let rows: Vec<(i64, String, Option<i64>)> = on_db!(conn, c => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql));
            for thread in some {
                query = query.bind(*thread);
            }
            query.fetch_all(c).await
        })?;
        for (thread, name, person) in rows {
            let sensitivity = named(&name)?;
            let decided = found.entry(thread).or_insert(Decided {
                sensitivity,
                people: Vec::new(),
            });
            decided.people.extend(person);
        }
    }
    Ok(found)
}

/// What was decided of one interaction, if anything was.
pub(super) async fn decided_of(
    conn: &mut Conn,
    key: InteractionKey,
) -> Result<Option<Decided>, StorageError> {
    const SQL: &str =
        "SELECT sensitivity FROM interaction WHERE interaction_key = $1 AND sensitivity_chosen = 1";
    const PEOPLE: &str =
        "SELECT account_id FROM interaction_person WHERE interaction_key = $1 ORDER BY account_id";
    let name: Option<String> =
        on_db!(conn, c => sqlx::query_scalar(SQL).bind(key.0).fetch_optional(c).await)?;
    let Some(name) = name else { return Ok(None) };
    let people = on_db!(conn, c => sqlx::query_scalar(PEOPLE).bind(key.0).fetch_all(c).await)?;
    Ok(Some(Decided {
        sensitivity: named(&name)?,
        people,
    }))
}

fn named(name: &str) -> Result<Sensitivity, StorageError> {
    Sensitivity::named(name)
        .ok_or_else(|| StorageError::Inconsistent(format!("unknown sensitivity {name:?}")))
}

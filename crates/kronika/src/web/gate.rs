//! How often somebody may try to sign in, and how much work their tries may make.
//!
//! Tries are counted by where they come from, never by the name alone: no stranger can shut somebody else out. A
//! browser from which the account signed in before counts apart, even behind the same address.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::app::App;
use super::whence::{Whence, network};
use crate::archive::Archive;
use crate::archive::id::AccountId;
use crate::journal::act::Act;
use crate::journal::append::AppendError;
use crate::journal::perform::perform;
use crate::user::event::{Refused, SignInsRefused};
use crate::user::password;

const MINUTE: i64 = 60 * 1_000_000;
/// So many tries for one name may fail before the next one has to wait, a minute each time.
const FREE: u32 = 5;
/// Failures for one name are forgotten after this long.
const FORGOTTEN_AFTER: i64 = 15 * MINUTE;
/// So many tries for any names may fail from one address within a minute.
const FROM_ONE_ADDRESS: u32 = 60;
/// So many wrong codes after a right password may come from strangers within an hour.
const WRONG_CODES: u32 = 30;
/// Tries remembered at most.
const REMEMBERED: usize = 10_000;
/// So many passwords may wait to be checked.
const WAITING: usize = 48;
/// So many places are named in one record of what was refused.
const NAMED: usize = 100;

/// Where a try comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Place {
    Browser([u8; 32]),
    Address(IpAddr),
}

/// One try to sign in, or to prove again who one is.
#[derive(Debug, Clone)]
pub struct Try {
    place: Place,
    name: String,
    account: Option<AccountId>,
    address: String,
}

impl Try {
    pub fn new(app: &App, whence: &Whence, name: &str, account: Option<AccountId>) -> Try {
        let place = match whence.known_to(app, account) {
            Some(cookie) => Place::Browser(Sha256::digest(cookie.as_bytes()).into()),
            None => Place::Address(network(whence.address)),
        };
        Try {
            place,
            name: name.chars().take(100).collect(),
            account,
            address: whence.address.to_string(),
        }
    }

    fn is_known(&self) -> bool {
        matches!(self.place, Place::Browser(_))
    }
}

/// Why a try goes no further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// There were too many, or too much waits to be checked.
    TooMany,
    Wrong,
}

#[derive(Clone, Copy)]
struct Tally {
    count: u32,
    since: i64,
    last: i64,
}

/// Counts per key within a stretch of time.
struct Tallies<K> {
    of: Mutex<HashMap<K, Tally>>,
    forgotten_after: i64,
}

impl<K: Hash + Eq> Tallies<K> {
    fn new(forgotten_after: i64) -> Tallies<K> {
        Tallies {
            of: Mutex::default(),
            forgotten_after,
        }
    }

    /// Counts one more, unless `allows` says no.
    fn add(&self, key: K, now: i64, allows: impl Fn(&Tally) -> bool) -> bool {
        let mut of = locked(&self.of);
        if of.len() >= REMEMBERED {
            of.retain(|_, tally| now - tally.last < MINUTE);
        }
        if of.len() >= REMEMBERED {
            of.clear();
        }
        let fresh = Tally {
            count: 0,
            since: now,
            last: now,
        };
        let tally = of.entry(key).or_insert(fresh);
        if now - tally.since > self.forgotten_after {
            *tally = fresh;
        }
        if !allows(tally) {
            return false;
        }
        tally.count += 1;
        tally.last = now;
        true
    }

    /// What was counted was none.
    fn take_back(&self, key: &K) {
        if let Some(tally) = locked(&self.of).get_mut(key) {
            tally.count = tally.count.saturating_sub(1);
        }
    }

    fn forget(&self, key: &K) {
        locked(&self.of).remove(key);
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic elsewhere does not make counts wrong.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What was refused since the last report.
#[derive(Default)]
struct Ledger {
    since: i64,
    refused: HashMap<(Option<AccountId>, String), u64>,
    others: u64,
}

/// Counts tries of late, and lets only so many be checked at once.
pub struct Gate {
    names: Tallies<(Place, String)>,
    places: Tallies<Place>,
    codes: Tallies<AccountId>,
    ledger: Mutex<Ledger>,
    /// Checking a password takes memory and a core for a while, on purpose.
    strangers: Semaphore,
    /// Those we know do not queue behind strangers.
    known: Semaphore,
    waiting: Semaphore,
}

impl Default for Gate {
    fn default() -> Gate {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Gate {
            names: Tallies::new(FORGOTTEN_AFTER),
            places: Tallies::new(MINUTE),
            codes: Tallies::new(60 * MINUTE),
            ledger: Mutex::default(),
            strangers: Semaphore::new(cores),
            known: Semaphore::new(2),
            waiting: Semaphore::new(WAITING),
        }
    }
}

impl Gate {
    /// Checks a password, unless there were too many tries of late. With no account it takes as long.
    pub async fn check(
        &self,
        one: &Try,
        (given, stored): (String, Option<String>),
        now: i64,
    ) -> Result<(), Stopped> {
        let checked = match self.begin(one, now) {
            true => self.verify(one, (given, stored)).await,
            false => Err(Stopped::TooMany),
        };
        match checked {
            Ok(()) => {
                self.names.forget(&(one.place.clone(), one.name.clone()));
                self.places.take_back(&one.place);
            }
            Err(_) => self.note(one, now),
        }
        checked
    }

    /// Counts a try before it is known how it ends, so that many at once are no more than one after another.
    fn begin(&self, one: &Try, now: i64) -> bool {
        let key = (one.place.clone(), one.name.clone());
        let in_time = |tally: &Tally| tally.count < FREE || now - tally.last >= MINUTE;
        self.names.add(key, now, in_time) && self.allows(one, now)
    }

    async fn verify(&self, one: &Try, (given, stored): (String, Option<String>)) -> Result<(), Stopped> {
        let _turn = self.turn(one).await.ok_or(Stopped::TooMany)?;
        let fits = tokio::task::spawn_blocking(move || password::fits(&given, stored.as_deref())).await;
        if fits.is_ok_and(|fits| fits) {
            Ok(())
        } else {
            Err(Stopped::Wrong)
        }
    }

    async fn turn(&self, one: &Try) -> Option<SemaphorePermit<'_>> {
        if one.is_known() {
            return self.known.acquire().await.ok();
        }
        let _waiting = self.waiting.try_acquire().ok()?;
        self.strangers.acquire().await.ok()
    }

    /// Whether one more try of any kind may come from this place.
    pub fn allows(&self, one: &Try, now: i64) -> bool {
        let in_time = |tally: &Tally| tally.count < FROM_ONE_ADDRESS;
        self.places.add(one.place.clone(), now, in_time)
    }

    /// Whether one more code may be tried after the right password.
    pub fn allows_code(&self, one: &Try, now: i64) -> bool {
        let Some(account) = one.account.filter(|_| !one.is_known()) else {
            return true;
        };
        self.codes.add(account, now, |tally| tally.count < WRONG_CODES)
    }

    /// Notes a refusal for the next report.
    pub fn note(&self, one: &Try, now: i64) {
        let mut ledger = locked(&self.ledger);
        if ledger.refused.is_empty() && ledger.others == 0 {
            ledger.since = now;
        }
        let key = (one.account, one.address.clone());
        if ledger.refused.len() < NAMED || ledger.refused.contains_key(&key) {
            *ledger.refused.entry(key).or_insert(0) += 1;
        } else {
            ledger.others += 1;
        }
    }

    /// Records what was refused since the last time, in one act however much it was.
    pub async fn report(&self, archive: &Archive) -> Result<(), AppendError> {
        let Ledger {
            since,
            refused,
            others,
        } = std::mem::take(&mut *locked(&self.ledger));
        if refused.is_empty() && others == 0 {
            return Ok(());
        }
        let mut refused: Vec<Refused> = refused
            .into_iter()
            .map(|((account, from), count)| Refused { account, from, count })
            .collect();
        refused.sort_by(|one, other| other.count.cmp(&one.count).then(one.from.cmp(&other.from)));
        let act = Act::SignInsRefused(SignInsRefused {
            since,
            refused,
            others,
        });
        let mut tx = archive.db.begin_recording().await?;
        perform(archive, &mut tx, act, "kronika").await?;
        tx.commit().await?;
        archive.sealer.wake();
        Ok(())
    }

    /// Reports every minute, for as long as the server runs.
    pub async fn run(&self, archive: &Archive) {
        loop {
            tokio::time::sleep(std::time::Duration::from_secs(60)).await;
            if let Err(error) = self.report(archive).await {
                tracing::error!(%error, "refused sign-ins could not be recorded");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(place: Place, name: &str) -> Try {
        Try {
            place,
            name: name.to_owned(),
            account: Some(AccountId(1)),
            address: "10.0.0.1".to_owned(),
        }
    }

    fn at(last: u8) -> Place {
        Place::Address(IpAddr::from([10, 0, 0, last]))
    }

    #[test]
    fn too_many_failures_wait_but_only_where_they_came_from() {
        let gate = Gate::default();
        let (thief, owner) = (one(at(2), "ewa"), one(at(1), "ewa"));
        let known = one(Place::Browser([7; 32]), "ewa");
        for _ in 0..FREE {
            assert!(gate.begin(&thief, 0));
        }

        assert!(!gate.begin(&thief, MINUTE - 1));
        assert!(gate.begin(&thief, MINUTE + 1));
        assert!(!gate.begin(&thief, MINUTE + 2));
        assert!(gate.begin(&owner, 0));
        assert!(gate.begin(&known, 0));
    }

    #[test]
    fn one_address_does_not_try_a_thousand_names() {
        let gate = Gate::default();
        let tried = (0..1000)
            .filter(|n| gate.begin(&one(at(2), &format!("name {n}")), 0))
            .count();

        assert_eq!(tried, 60);
        assert!(gate.begin(&one(at(3), "name 1"), 0));
        assert!(gate.begin(&one(at(2), "name 5000"), 2 * MINUTE));
    }

    #[test]
    fn a_hundred_thousand_names_do_not_fill_the_memory() {
        let gate = Gate::default();
        for n in 0..100_000_u32 {
            gate.begin(&one(Place::Address(IpAddr::from(n.to_be_bytes())), "ewa"), 0);
            gate.note(&one(at(1), "x"), 0);
        }

        assert!(locked(&gate.names.of).len() <= REMEMBERED);
        assert!(locked(&gate.places.of).len() <= REMEMBERED);
    }

    #[tokio::test]
    async fn no_more_passwords_wait_than_can_be_checked_in_a_moment() {
        let gate = Gate::default();
        let stranger = one(at(2), "ewa");
        let busy = gate
            .strangers
            .acquire_many(gate.strangers.available_permits() as u32)
            .await;
        let _full = gate.waiting.acquire_many(WAITING as u32).await;

        assert!(gate.turn(&stranger).await.is_none());
        assert!(gate.turn(&one(Place::Browser([1; 32]), "ewa")).await.is_some());
        drop(busy);
    }
}

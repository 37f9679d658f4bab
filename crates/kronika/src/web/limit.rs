//! How many requests one person, or one address that nobody signed in from, may make.
//!
//! Generous to whoever reads and writes, and an end to whoever tries ids or fetches everything by a script. What
//! concerns passwords is counted by the [gate](super::gate).

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::Method;

use super::whence::network;
use crate::access::log::{Look, LookKind, act};
use crate::archive::Archive;
use crate::archive::id::AccountId;
use crate::journal::append::AppendError;

/// Keys remembered at most.
const REMEMBERED: usize = 10_000;
const MINUTE: Duration = Duration::from_secs(60);
/// So many of those who were refused are named in one record.
const NAMED: usize = 100;

/// Whoever makes requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    Account(AccountId),
    /// Nobody who is signed in, from there.
    Nobody(IpAddr),
}

/// What somebody may still do at once, and since when that is so.
#[derive(Clone, Copy)]
struct Allowance {
    left: f64,
    since: Instant,
    /// When it was last logged that there was none.
    told: Option<Instant>,
}

pub struct Limits {
    /// Requests of an account a minute; half as many of nobody from one address. As many may come at once as in half a
    /// minute, for a page opens with several.
    a_minute: f64,
    of: Mutex<HashMap<Who, Allowance>>,
    ledger: Mutex<Ledger>,
}

/// What was refused since the last report.
#[derive(Default)]
struct Ledger {
    /// By the account's name, if somebody was signed in, and where they were.
    refused: HashMap<(Option<String>, IpAddr), u64>,
    others: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits::a_minute(Limits::USUAL)
    }
}

impl Limits {
    pub const USUAL: u32 = 600;

    pub fn a_minute(requests: u32) -> Limits {
        Limits {
            a_minute: f64::from(requests.max(4)),
            of: Mutex::default(),
            ledger: Mutex::default(),
        }
    }

    /// Counts a request, or says how long the next one has to wait.
    pub fn count(&self, who: Who, now: Instant) -> Result<(), Duration> {
        let (who, a_minute) = match who {
            Who::Account(_) => (who, self.a_minute),
            Who::Nobody(address) => (Who::Nobody(network(address)), self.a_minute / 2.0),
        };
        // Somebody in a hurry opens many pages; a sign-in is a handful of requests from each desk of an office.
        let (most, a_second) = (a_minute.max(self.a_minute / 2.0) / 2.0, a_minute / 60.0);
        let mut of = self.of.lock().unwrap_or_else(PoisonError::into_inner);
        if of.len() >= REMEMBERED {
            // Whoever was silent for a minute has all of it back anyway.
            of.retain(|_, allowance| now.duration_since(allowance.since) < MINUTE);
        }
        if of.len() >= REMEMBERED {
            of.clear();
        }
        let allowance = of.entry(who).or_insert(Allowance {
            left: most,
            since: now,
            told: None,
        });
        let passed = now.duration_since(allowance.since).as_secs_f64();
        allowance.left = (allowance.left + passed * a_second).min(most);
        allowance.since = now;
        if allowance.left >= 1.0 {
            allowance.left -= 1.0;
            return Ok(());
        }
        if allowance
            .told
            .is_none_or(|told| now.duration_since(told) >= MINUTE)
        {
            allowance.told = Some(now);
            log(who);
        }
        Err(Duration::from_secs_f64((1.0 - allowance.left) / a_second))
    }
}

impl Limits {
    /// Notes a request that was refused for the next report.
    pub fn note(&self, by: Option<&str>, from: IpAddr) {
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (by.map(str::to_owned), from);
        if ledger.refused.len() < NAMED || ledger.refused.contains_key(&key) {
            *ledger.refused.entry(key).or_insert(0) += 1;
        } else {
            ledger.others += 1;
        }
    }

    /// Records what was refused since the last time, in one act however much it was.
    pub async fn report(&self, archive: &Archive) -> Result<(), AppendError> {
        let Ledger { refused, others } =
            std::mem::take(&mut *self.ledger.lock().unwrap_or_else(PoisonError::into_inner));
        let look = |by: Option<String>, detail| Look {
            at: archive.clock.now(),
            by: by.unwrap_or_else(|| "kronika".to_owned()),
            kind: LookKind::TooMany,
            client: None,
            interaction: None,
            detail,
        };
        let mut looks: Vec<Look> = refused
            .into_iter()
            .map(|((by, from), count)| look(by, format!("{count} × {from}")))
            .collect();
        looks.sort_by(|one, other| one.by.cmp(&other.by).then(one.detail.cmp(&other.detail)));
        if others > 0 {
            looks.push(look(None, format!("{others} × …")));
        }
        act::write(archive, looks).await
    }

    /// Reports every minute, for as long as the server runs.
    pub async fn run(&self, archive: &Archive) {
        loop {
            tokio::time::sleep(MINUTE).await;
            if let Err(error) = self.report(archive).await {
                tracing::error!(%error, "refused requests could not be recorded");
            }
        }
    }
}

/// At most once a minute for each. An address is not for the log.
fn log(who: Who) {
    match who {
        Who::Account(account) => tracing::warn!(account.id = account.0, "an account makes too many requests"),
        Who::Nobody(_) => tracing::warn!("one address makes too many requests"),
    }
}

/// Whether a request counts. Assets cost nothing, an open stream is one request however long it lasts, and attempts to
/// sign in are counted, and recorded, by the gate.
pub fn counts(method: &Method, path: &str) -> bool {
    let asset = path.starts_with("/assets/");
    let stream = path.ends_with("/events");
    let sign_in = method == Method::POST && path.starts_with("/sign-in");
    !(asset || stream || sign_in)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn granted(limits: &Limits, who: Who, now: Instant) -> usize {
        (0..10_000).filter(|_| limits.count(who, now).is_ok()).count()
    }

    #[test]
    fn whoever_asks_too_much_waits_and_nobody_else_does() {
        let (limits, now) = (Limits::a_minute(600), Instant::now());
        let (ewa, jan) = (Who::Account(AccountId(1)), Who::Account(AccountId(2)));
        let stranger = Who::Nobody(IpAddr::from([10, 0, 0, 1]));

        assert_eq!(granted(&limits, ewa, now), 300);
        assert_eq!(granted(&limits, jan, now), 300);
        assert_eq!(granted(&limits, stranger, now), 150);
        let wait = limits.count(ewa, now).unwrap_err();
        assert!(wait <= Duration::from_millis(101), "{wait:?}");
        assert_eq!(granted(&limits, ewa, now + Duration::from_secs(10)), 100);
        assert_eq!(granted(&limits, stranger, now + Duration::from_secs(10)), 50);
    }

    #[test]
    fn one_network_is_one_stranger_and_a_hundred_thousand_do_not_fill_the_memory() {
        let (limits, now) = (Limits::a_minute(4), Instant::now());
        let at = |text: &str| Who::Nobody(text.parse().unwrap());
        assert!(limits.count(at("2001:db8::1"), now).is_ok());
        assert!(limits.count(at("2001:db8::2"), now).is_err());
        for n in 0..100_000_u32 {
            let _ = limits.count(Who::Nobody(IpAddr::from(n.to_be_bytes())), now);
        }

        assert!(limits.of.lock().unwrap().len() <= REMEMBERED);
    }
}

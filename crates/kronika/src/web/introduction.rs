//! People on their way from one archive to another of the same instance: to be able to switch between the two, a person
//! says so in both, signed in to each. Remembered for a few minutes, in memory only.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

use crate::archive::id::AccountId;

/// So long it may take to get there (microseconds).
const GOOD_FOR: i64 = 10 * 60 * 1_000_000;
/// Introductions remembered at most.
const REMEMBERED: usize = 10_000;

/// Who came from where, and where to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Introduction {
    /// Names of archives on the instance.
    pub from: String,
    pub to: String,
    pub account: AccountId,
    /// What the person is called there.
    pub person: String,
    pub begun_at: i64,
}

#[derive(Default)]
pub struct Introductions {
    of: Mutex<HashMap<[u8; 32], Introduction>>,
}

impl Introductions {
    fn locked(&self) -> MutexGuard<'_, HashMap<[u8; 32], Introduction>> {
        self.of.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers one; gives the ticket to bring along, 256 bits.
    pub fn begin(&self, introduction: Introduction) -> String {
        let ticket = BASE64URL_NOPAD.encode(&rand::random::<[u8; 32]>());
        let now = introduction.begun_at;
        let mut of = self.locked();
        of.retain(|_, one| now - one.begun_at < GOOD_FOR);
        if of.len() < REMEMBERED {
            of.insert(hash(&ticket), introduction);
        }
        ticket
    }

    /// What a ticket says to the archive it is for; nothing when it is used up, too old, or for another.
    pub fn look(&self, ticket: &str, to: &str, now: i64) -> Option<Introduction> {
        let of = self.locked();
        let found = of.get(&hash(ticket))?;
        (found.to == to && now - found.begun_at < GOOD_FOR).then(|| found.clone())
    }

    /// The same, once.
    pub fn take(&self, ticket: &str, to: &str, now: i64) -> Option<Introduction> {
        let found = self.look(ticket, to, now)?;
        self.locked().remove(&hash(ticket)).map(|_| found)
    }
}

fn hash(ticket: &str) -> [u8; 32] {
    Sha256::digest(ticket.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_good_once_in_time_and_where_it_leads() {
        let introductions = Introductions::default();
        let one = Introduction {
            from: "office".to_owned(),
            to: "shop".to_owned(),
            account: AccountId(7),
            person: "ewa".to_owned(),
            begun_at: 1_000,
        };
        let ticket = introductions.begin(one.clone());

        assert_eq!(introductions.take(&ticket, "bakery", 2_000), None);
        assert_eq!(introductions.take("guessed", "shop", 2_000), None);
        assert_eq!(introductions.take(&ticket, "shop", 1_000 + GOOD_FOR), None);
        assert_eq!(introductions.look(&ticket, "shop", 2_000), Some(one.clone()));
        assert_eq!(introductions.take(&ticket, "shop", 2_000), Some(one));
        assert_eq!(introductions.take(&ticket, "shop", 2_000), None);
    }
}

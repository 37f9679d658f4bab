//! Between a right password and the second step: remembered for a few minutes, in memory only.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

use crate::archive::id::AccountId;

/// So long the second step may take (microseconds).
const GOOD_FOR: i64 = 5 * 60 * 1_000_000;
/// So many codes may be tried before the password is asked for again.
const TRIES: u32 = 5;
/// Steps remembered at most.
const REMEMBERED: usize = 10_000;

/// Somebody whose password was right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub account: AccountId,
    /// Where to go on to.
    pub next: String,
    begun_at: i64,
    tries: u32,
}

#[derive(Default)]
pub struct Steps {
    of: Mutex<HashMap<[u8; 32], Step>>,
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

impl Steps {
    fn locked(&self) -> MutexGuard<'_, HashMap<[u8; 32], Step>> {
        self.of.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers a right password; gives the token that the second step must bring, 256 bits.
    pub fn begin(&self, account: AccountId, next: &str, now: i64) -> String {
        let token = BASE64URL_NOPAD.encode(&rand::random::<[u8; 32]>());
        let mut of = self.locked();
        of.retain(|_, step| now - step.begun_at < GOOD_FOR);
        if of.len() < REMEMBERED {
            let step = Step {
                account,
                next: next.to_owned(),
                begun_at: now,
                tries: 0,
            };
            of.insert(hash(&token), step);
        }
        token
    }

    /// Takes one try of a step; nothing when it took too long or too many.
    pub fn try_once(&self, token: &str, now: i64) -> Option<Step> {
        let mut of = self.locked();
        let step = of.get_mut(&hash(token))?;
        step.tries += 1;
        let (step, over) = (
            step.clone(),
            step.tries > TRIES || now - step.begun_at >= GOOD_FOR,
        );
        if over {
            of.remove(&hash(token));
            return None;
        }
        Some(step)
    }

    pub fn end(&self, token: &str) {
        self.locked().remove(&hash(token));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_step_has_five_tries_and_five_minutes() {
        let steps = Steps::default();
        let token = steps.begin(AccountId(1), "/clients", 0);
        for _ in 0..TRIES {
            assert_eq!(steps.try_once(&token, 1).unwrap().next, "/clients");
        }
        assert!(steps.try_once(&token, 1).is_none());

        let token = steps.begin(AccountId(1), "", 0);
        assert!(steps.try_once(&token, GOOD_FOR).is_none());
        assert!(steps.try_once(&token, 1).is_none());
        assert!(steps.try_once("guess", 1).is_none());
        let token = steps.begin(AccountId(1), "", 0);
        steps.end(&token);
        assert!(steps.try_once(&token, 1).is_none());
    }
}

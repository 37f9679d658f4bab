//! Between the way to a provider and the way back: remembered for ten minutes, in memory only, and answered once.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use openidconnect::{Nonce, PkceCodeVerifier};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::archive::id::{AccountId, SessionId};
use crate::user::session::fresh_token;

/// So long the way there and back may take (microseconds).
const GOOD_FOR: i64 = 10 * 60 * 1_000_000;
/// So long somebody is taken for who they are after a provider said so.
const CONFIRMED_FOR: i64 = 10 * 60 * 1_000_000;
/// Remembered at most.
const REMEMBERED: usize = 10_000;

/// What somebody goes to a provider for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// To sign in, and go on to a path of ours.
    SignIn { next: String },
    /// To link who they are there with the account they are signed in to.
    Link { account: AccountId, session: SessionId },
    /// To show once more that they are who they are signed in as, since they have no password.
    Confirm { account: AccountId, session: SessionId },
    /// To make the account of an invitation.
    Accept { invitation: String },
}

/// Somebody who was sent to a provider.
pub struct Pending {
    pub purpose: Purpose,
    pub(super) provider: String,
    pub(super) nonce: Nonce,
    pub(super) verifier: PkceCodeVerifier,
    browser: [u8; 32],
    begun_at: i64,
}

/// Where a browser is to be sent, and the token it must bring back in a cookie.
pub struct Begun {
    pub url: String,
    pub browser: String,
}

/// What a browser is remembered by between there and back.
pub(super) struct Tokens {
    pub state: String,
    pub nonce: String,
    pub browser: String,
}

impl Tokens {
    pub fn fresh() -> Tokens {
        Tokens {
            state: fresh_token(),
            nonce: fresh_token(),
            browser: fresh_token(),
        }
    }
}

#[derive(Default)]
pub struct Pendings {
    of: Mutex<HashMap<[u8; 32], Pending>>,
    confirmed: Mutex<HashMap<SessionId, i64>>,
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Pendings {
    /// Remembers who was sent where; nothing is remembered when there are too many.
    pub(super) fn begin(
        &self,
        (provider, purpose): (&str, Purpose),
        tokens: &Tokens,
        verifier: PkceCodeVerifier,
        now: i64,
    ) {
        let mut of = locked(&self.of);
        of.retain(|_, pending| now - pending.begun_at < GOOD_FOR);
        if of.len() < REMEMBERED {
            let pending = Pending {
                purpose,
                provider: provider.to_owned(),
                nonce: Nonce::new(tokens.nonce.clone()),
                verifier,
                browser: hash(&tokens.browser),
                begun_at: now,
            };
            of.insert(hash(&tokens.state), pending);
        }
    }

    /// What a browser was sent for, once. Another browser's answer ends it as well: somebody else has its address.
    pub fn take(&self, provider: &str, state: &str, browser: &str, now: i64) -> Option<Pending> {
        let pending = locked(&self.of).remove(&hash(state))?;
        let same = pending.browser.ct_eq(&hash(browser));
        let fine = bool::from(same) && pending.provider == provider && now - pending.begun_at < GOOD_FOR;
        fine.then_some(pending)
    }

    /// Notes that a provider just said who is in a session.
    pub fn confirm(&self, session: SessionId, now: i64) {
        let mut confirmed = locked(&self.confirmed);
        confirmed.retain(|_, at| now - *at < CONFIRMED_FOR);
        if confirmed.len() < REMEMBERED {
            confirmed.insert(session, now);
        }
    }

    /// Whether a provider said of late who is in a session.
    pub fn is_confirmed(&self, session: SessionId, now: i64) -> bool {
        locked(&self.confirmed)
            .get(&session)
            .is_some_and(|at| now - at < CONFIRMED_FOR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun(pendings: &Pendings) -> Tokens {
        let tokens = Tokens::fresh();
        let next = "/clients".to_owned();
        let verifier = PkceCodeVerifier::new("v".repeat(43));
        pendings.begin(("sso", Purpose::SignIn { next }), &tokens, verifier, 0);
        tokens
    }

    #[test]
    fn an_answer_counts_once_for_ten_minutes_in_the_browser_that_asked() {
        let pendings = Pendings::default();
        let tokens = begun(&pendings);
        assert!(pendings.take("sso", &tokens.state, &tokens.browser, 1).is_some());
        assert!(pendings.take("sso", &tokens.state, &tokens.browser, 1).is_none());

        let tokens = begun(&pendings);
        assert!(
            pendings
                .take("sso", &tokens.state, &tokens.browser, GOOD_FOR)
                .is_none()
        );
        let tokens = begun(&pendings);
        assert!(pendings.take("sso", &tokens.state, "another", 1).is_none());
        assert!(
            pendings.take("sso", &tokens.state, &tokens.browser, 1).is_none(),
            "its address is known"
        );
        let tokens = begun(&pendings);
        assert!(
            pendings
                .take("other", &tokens.state, &tokens.browser, 1)
                .is_none()
        );
        assert!(pendings.take("sso", "guess", &tokens.browser, 1).is_none());
    }

    #[test]
    fn a_hundred_thousand_beginnings_do_not_fill_the_memory() {
        let pendings = Pendings::default();
        for _ in 0..REMEMBERED + 10 {
            begun(&pendings);
        }

        assert_eq!(locked(&pendings.of).len(), REMEMBERED);
    }

    #[test]
    fn a_confirmation_lasts_ten_minutes_and_is_of_one_session() {
        let pendings = Pendings::default();
        pendings.confirm(SessionId(1), 0);

        assert!(pendings.is_confirmed(SessionId(1), CONFIRMED_FOR - 1));
        assert!(!pendings.is_confirmed(SessionId(1), CONFIRMED_FOR));
        assert!(!pendings.is_confirmed(SessionId(2), 1));
    }
}

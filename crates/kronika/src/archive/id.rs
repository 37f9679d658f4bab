//! Identifiers: 64-bit, ordered by time, each kind its own type, written as 13 letters and digits.

use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicI64, Ordering};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An address that names nothing that could exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("that is not an identifier")]
pub struct NotAnId;

/// Lower-case base 32 without i, l, o and u (Crockford), most significant digit first.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

fn write_id(id: i64, to: &mut fmt::Formatter<'_>) -> fmt::Result {
    let bits = id.cast_unsigned();
    for place in (0..13).rev() {
        let digit = usize::try_from((bits >> (place * 5)) & 31).unwrap_or(0);
        write!(to, "{}", DIGITS[digit] as char)?;
    }
    Ok(())
}

fn read_id(text: &str) -> Result<i64, NotAnId> {
    if text.len() != 13 {
        return Err(NotAnId);
    }
    let mut bits: u128 = 0;
    for byte in text.bytes() {
        let digit = DIGITS.iter().position(|digit| *digit == byte).ok_or(NotAnId)?;
        bits = (bits << 5) | digit as u128;
    }
    u64::try_from(bits).map(u64::cast_signed).map_err(|_| NotAnId)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_id(self.0, to)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                read_id(text).map($name)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

id!(/// One record of the journal, in the order of recording.
    RecordId);
id!(/// An interaction, ordered by the time it *claims*, so that newest first is the key's own order.
    InteractionKey);
id!(/// A client.
    ClientId);
id!(/// An account of a person who signs in.
    AccountId);
id!(/// A guideline: one of the firm's rules of communication.
    GuidelineId);
id!(/// A package of evidence.
    EvidenceId);
id!(/// An invitation to make an account.
    InvitationId);
id!(/// A stay of a person who signed in, until they sign out or are signed out.
    SessionId);
id!(/// A passkey of an account.
    PasskeyId);
id!(/// A token with which a program acts as an account.
    ApiTokenId);
id!(/// A rule that assigns interactions to a client.
    RuleId);
id!(/// A team.
    TeamId);
id!(/// What an auditor or expert was given to see.
    GrantId);
id!(/// An address that is told what happens.
    WebhookId);
id!(/// One event on its way to one webhook.
    DeliveryId);

/// Bits below the milliseconds that tell ids of one millisecond apart.
const TIE_BITS: u32 = 20;

impl InteractionKey {
    /// The key for a claimed time (microseconds since 1970) with a tie-breaker; only its low 20 bits count.
    pub fn at(claimed_at: i64, tie: u32) -> InteractionKey {
        let tie = i64::from(tie & ((1 << TIE_BITS) - 1));
        InteractionKey((claimed_at.div_euclid(1000) << TIE_BITS) | tie)
    }

    /// The next key after this one, for when two interactions claim the same instant and tie.
    pub fn following(self) -> InteractionKey {
        InteractionKey(self.0 + 1)
    }

    /// The smallest key of an instant; every interaction claimed before it has a smaller one.
    pub fn first_at(claimed_at: i64) -> InteractionKey {
        InteractionKey::at(claimed_at, 0)
    }

    /// The claimed instant in microseconds, as far as the key tells (milliseconds).
    pub fn instant(self) -> i64 {
        (self.0 >> TIE_BITS) * 1000
    }
}

/// Gives out ids that never repeat and grow with time.
pub struct IdSource {
    last: AtomicI64,
}

impl Default for IdSource {
    fn default() -> Self {
        IdSource {
            last: AtomicI64::new(0),
        }
    }
}

impl IdSource {
    /// A fresh id at `now` (microseconds). Two programs on one archive are kept apart by random low bits.
    pub fn next(&self, now: i64) -> i64 {
        let random = i64::from(rand::random::<u32>() >> (32 - TIE_BITS));
        let fresh = (now.div_euclid(1000) << TIE_BITS) | random;
        let mut last = self.last.load(Ordering::Relaxed);
        loop {
            let next = fresh.max(last + 1);
            match self
                .last
                .compare_exchange_weak(last, next, Ordering::Relaxed, Ordering::Relaxed)
            {
                Ok(_) => return next,
                Err(newer) => last = newer,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_as_it_was_written_and_keeps_its_order() {
        for id in [0, 1, i64::MAX, i64::MIN, -1, 1_790_000_000_123 << 20] {
            let text = ClientId(id).to_string();
            assert_eq!(text.len(), 13);
            assert_eq!(text.parse::<ClientId>().unwrap().0, id);
        }
        assert!("".parse::<ClientId>().is_err());
        assert!("zzzzzzzzzzzzz".parse::<ClientId>().is_err(), "more than 64 bits");
        assert!("0000000000il0".parse::<ClientId>().is_err());
        let (earlier, later) = (InteractionKey::at(5_000, 9), InteractionKey::at(6_000, 1));
        assert!(earlier < later && earlier.to_string() < later.to_string());
        assert_eq!(
            InteractionKey::at(1_790_000_000_123_456, 77).instant(),
            1_790_000_000_123_000
        );
        assert_eq!(InteractionKey::at(-1, 0).instant(), -1000);
    }

    #[test]
    fn ids_never_repeat_within_one_instant() {
        let source = IdSource::default();
        let mut seen: Vec<i64> = (0..10_000).map(|_| source.next(1_000_000)).collect();
        assert!(seen.is_sorted());
        seen.dedup();
        assert_eq!(seen.len(), 10_000);
    }
}

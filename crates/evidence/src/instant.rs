//! Instants as text.

use jiff::Timestamp;

/// RFC 3339 in UTC, as many digits after the second as it takes; empty for what no calendar has.
pub fn text(microseconds: i64) -> String {
    Timestamp::from_microsecond(microseconds).map_or_else(|_| String::new(), |at| at.to_string())
}

/// A leaf's milliseconds.
pub fn of_leaf(milliseconds: u64) -> i64 {
    i64::try_from(milliseconds)
        .unwrap_or(i64::MAX)
        .saturating_mul(1000)
}

/// A cosignature's seconds.
pub fn of_cosignature(seconds: u64) -> i64 {
    i64::try_from(seconds)
        .unwrap_or(i64::MAX)
        .saturating_mul(1_000_000)
}

/// `2026-11-26`.
pub fn day(microseconds: i64) -> String {
    text(microseconds).chars().take(10).collect()
}

//! Where the time comes from, so that tests can set it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

#[derive(Clone, Default)]
pub enum Clock {
    #[default]
    System,
    /// Stands still until moved.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// Now, in microseconds since 1970 UTC.
    pub fn now(&self) -> i64 {
        match self {
            Clock::System => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |since| i64::try_from(since.as_micros()).unwrap_or(i64::MAX)),
            Clock::Set(at) => at.load(Ordering::Relaxed),
        }
    }
}

//! Looks on their way into the journal.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use super::{Look, LookKind, act};
use crate::archive::Archive;
use crate::archive::id::{ClientId, InteractionKey};
use crate::journal::append::AppendError;

/// The same look of the same person counts once in this time (microseconds).
const SAME_WITHIN: i64 = 10 * 60 * 1_000_000;
/// Looks wait this long for others, so that one act takes them all.
const GATHER: Duration = Duration::from_secs(10);
/// Looks in one act.
const AT_ONCE: usize = 2_000;
/// Looks that wait at most, and that are remembered as counted; beyond it the oldest are written first.
const WAITING: usize = 20_000;

/// Gathers looks and writes them in batches.
#[derive(Default)]
pub struct Watch {
    held: Mutex<Held>,
    wake: Notify,
    deaf: bool,
}

#[derive(Default)]
struct Held {
    waiting: Vec<Look>,
    counted: HashMap<Same, i64>,
}

/// What makes two looks the same.
type Same = (String, LookKind, Option<ClientId>, Option<InteractionKey>, String);

impl Watch {
    /// One that hears nothing, to measure what hearing costs. A test sees to it that nothing in the program makes one.
    pub fn deaf() -> Watch {
        Watch {
            deaf: true,
            ..Watch::default()
        }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        // A look is pushed whole or not at all.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a look. It is in the journal some seconds later.
    pub fn note(&self, look: Look) {
        if self.deaf {
            return;
        }
        let same = (
            look.by.clone(),
            look.kind,
            look.client,
            look.interaction,
            look.detail.clone(),
        );
        let mut held = self.held();
        if held.counted.len() >= WAITING {
            held.counted.retain(|_, at| look.at - *at < SAME_WITHIN);
        }
        match held.counted.get(&same) {
            Some(at) if look.at - *at < SAME_WITHIN => return,
            _ if held.counted.len() < WAITING => {
                held.counted.insert(same, look.at);
            }
            _ => (),
        }
        held.waiting.push(look);
        drop(held);
        self.wake.notify_one();
    }

    /// Writes what gets noted, for ever.
    pub async fn run(&self, archive: &Archive) {
        loop {
            self.wake.notified().await;
            tokio::time::sleep(GATHER).await;
            if let Err(error) = self.write(archive).await {
                tracing::error!(%error, "what was looked at could not be written");
                self.wake.notify_one();
            }
        }
    }

    /// The same for whoever is about to read the log; what cannot be written now is not in it yet.
    pub async fn catch_up(&self, archive: &Archive) {
        if let Err(error) = self.write(archive).await {
            tracing::error!(%error, "what was looked at could not be written");
        }
    }

    /// Writes everything noted so far. What could not be written waits for the next time.
    pub async fn write(&self, archive: &Archive) -> Result<(), AppendError> {
        loop {
            let some = {
                let mut held = self.held();
                let end = held.waiting.len().min(AT_ONCE);
                held.waiting.drain(..end).collect::<Vec<Look>>()
            };
            if some.is_empty() {
                return Ok(());
            }
            if let Err(error) = act::write(archive, some.clone()).await {
                let mut held = self.held();
                let room = WAITING.saturating_sub(held.waiting.len());
                held.waiting.splice(0..0, some.into_iter().take(room));
                return Err(error);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(by: &str, at: i64) -> Look {
        Look {
            at,
            by: by.to_owned(),
            kind: LookKind::Opened,
            client: Some(ClientId(1)),
            interaction: None,
            detail: String::new(),
        }
    }

    #[test]
    fn the_same_look_counts_once_in_a_while_and_another_person_is_another_look() {
        let watch = Watch::default();

        for at in [0, 1, SAME_WITHIN - 1] {
            watch.note(look("ewa", at));
        }
        watch.note(look("jan", 2));
        watch.note(look("ewa", SAME_WITHIN));

        let held = watch.held();
        let noted: Vec<(&str, i64)> = held
            .waiting
            .iter()
            .map(|look| (look.by.as_str(), look.at))
            .collect();
        assert_eq!(noted, [("ewa", 0), ("jan", 2), ("ewa", SAME_WITHIN)]);
    }
}

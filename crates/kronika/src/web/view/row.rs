//! One interaction as a line of a list.

use super::kinds::{Channel, Direction, Instant, Person, SealState};

/// The claimed and the recorded time may drift this far apart (in microseconds) before a clock mark says so.
const LATE: Instant = 24 * 3_600 * 1_000_000;

/// One interaction as a line of a list.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: String,
    /// When it happened, by its own claim.
    pub claimed_at: Instant,
    /// When it was recorded here.
    pub recorded_at: Instant,
    pub channel: Channel,
    pub direction: Direction,
    pub from: Person,
    pub to: Vec<Person>,
    /// The subject; without one the first words stand in its place.
    pub headline: String,
    /// The first words of what was said.
    pub snippet: String,
    pub attachments: u32,
    /// Older messages of the same thread that this line stands for.
    pub earlier: u32,
    /// In how many mailboxes or files it was seen.
    pub sightings: u32,
    pub seal: SealState,
}

impl Row {
    /// Whether it was recorded much later than it claims to have happened.
    pub fn late(&self) -> bool {
        self.recorded_at.saturating_sub(self.claimed_at) > LATE
    }

    /// The addressees beyond the first.
    pub fn others(&self) -> usize {
        self.to.len().saturating_sub(1)
    }
}

//! When each item was in the journal, by others' clocks.

use super::checkpoint::Journal;
use super::item::Item;
use super::leaves::Tree;
use super::{ClaimName, Findings};
use crate::instant;

/// By how much clocks may differ, in microseconds.
const TOLERANCE: i64 = 5 * 60 * 1_000_000;

/// Somebody outside saw the journal at a size.
pub struct Known {
    pub size: u64,
    /// Not before.
    pub earliest: i64,
    /// Not after.
    pub latest: i64,
    pub by: String,
}

/// Says that nothing could be done without a checkpoint.
pub fn not_checked(found: &mut Findings) {
    let claim = found.claim(ClaimName::Time);
    claim.say("It could not be checked without a signed checkpoint.");
}

/// Brackets each item, and compares with the archive's own clock.
pub fn check(found: &mut Findings, items: &mut [Item], (journal, tree): (&Journal, &Tree), known: &[Known]) {
    let claim = found.claim(ClaimName::Time);
    if known.is_empty() {
        claim.say("It could not be checked: no witness and no timestamp authority stands for a time, only the archive's clock.");
        return;
    }
    let mut unknown = 0;
    let is_in_tree = |item: &&mut Item| item.under.is_some_and(|head| tree.is_of(head, journal));
    for item in items.iter_mut().filter(is_in_tree) {
        let index = item.verdict.journal_index;
        let present = known
            .iter()
            .filter(|known| known.size > index)
            .min_by_key(|known| known.latest);
        let absent = known
            .iter()
            .filter(|known| known.size <= index)
            .max_by_key(|known| known.earliest);
        item.verdict.absent_at = absent.map(|absent| instant::text(absent.earliest));
        let Some(present) = present else {
            unknown += 1;
            continue;
        };
        item.verdict.present_by = Some(instant::text(present.latest));
        claim.rest_on(&present.by);
        let logged_at = item.leaf.map_or(0, |leaf| instant::of_leaf(leaf.logged_at));
        if logged_at > present.latest.saturating_add(TOLERANCE) {
            let number = item.verdict.number;
            claim.wrong(format!(
                "item {number} says to be logged later than others saw it in the journal"
            ));
        }
    }
    if unknown > 0 {
        claim.say(format!("For {unknown} items nobody outside stands for a time."));
    }
    claim.checked(
        "Each item has the moment by which others saw a checkpoint with it, and the moment at which the journal they saw did \
         not have it yet, as far as there are such. The latter tells when it was not yet in a checkpoint that left the house.",
    );
}

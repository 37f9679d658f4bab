//! The terms of the words seen last: a text repeats most of its words.

use std::cell::Cell;

use crate::word::{self, Setting};

/// A power of two. Full, they take half a megabyte a thread.
const SLOTS: usize = 4096;

thread_local! {
    static RECENT: Cell<Option<Cache>> = const { Cell::new(None) };
}

/// Lends out this thread's cache. What is called may itself analyse text: it then starts with an empty one.
pub(crate) fn with_recent(analyse: impl FnOnce(&mut Cache)) {
    let mut cache = RECENT.take().unwrap_or_default();
    analyse(&mut cache);
    RECENT.set(Some(cache));
}

/// A table in which a word's hash has one slot, and the latest word keeps it.
#[derive(Default)]
pub(crate) struct Cache(Vec<Slot>);

#[derive(Default, Clone)]
struct Slot {
    written: String,
    setting: Option<Setting>,
    /// Each followed by a line feed.
    terms: String,
}

impl Cache {
    /// The terms of a word, in the setting it stands in.
    pub(crate) fn terms(&mut self, written: &str, setting: Setting) -> impl Iterator<Item = &str> {
        if self.0.is_empty() {
            self.0.resize(SLOTS, Slot::default());
        }
        let slot = &mut self.0[hash(written) % SLOTS];
        if slot.setting != Some(setting) || slot.written != written {
            written.clone_into(&mut slot.written);
            slot.setting = Some(setting);
            slot.terms.clear();
            word::all_terms(written, setting, &mut slot.terms);
        }
        slot.terms.split_terminator('\n')
    }
}

/// FNV-1a, with its high bits mixed in.
fn hash(word: &str) -> usize {
    let hash = word.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash ^ hash >> 32) as usize
}

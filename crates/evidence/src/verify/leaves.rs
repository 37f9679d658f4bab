//! The whole journal, computed again from its leaves.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use kronika_tlog::commitment::{LEAF_BYTES, Leaf};
use kronika_tlog::tile::{Bundle, FULL_WIDTH, entries};
use kronika_tlog::tree::Frontier;
use kronika_tlog::{Hash, TreeHead};

use super::checkpoint::Journal;
use super::completeness::Holes;
use super::item::Item;
use super::{Claim, ClaimName, Findings, Opened, VerifyError};
use crate::layout;

/// Bytes of a full bundle: every leaf has two bytes of length in front.
const MAX_BUNDLE: u64 = FULL_WIDTH as u64 * (LEAF_BYTES as u64 + 2);

/// The checkpoints that were found to be of one tree.
pub struct Tree {
    confirmed: BTreeSet<(u64, Hash)>,
}

impl Tree {
    /// Whether a checkpoint is of the tree that the items are in.
    pub fn is_of(&self, head: TreeHead, journal: &Journal) -> bool {
        head == journal.checkpoint.head || self.confirmed.contains(&(head.size, head.root))
    }
}

/// Says that nothing could be done without a checkpoint.
pub fn not_checked(found: &mut Findings) {
    let claim = found.claim(ClaimName::Leaves);
    claim.say("It could not be checked without a signed checkpoint.");
}

/// Computes the tree from the leaves, if they are included.
pub fn check<R: Read + Seek>(
    opened: &mut Opened<'_, R>,
    found: &mut Findings,
    (journal, items, holes): (&Journal, &[Item], &Holes),
) -> Result<Tree, VerifyError> {
    let names: BTreeSet<String> = opened.names(layout::LEAVES).into_iter().collect();
    let mut tree = Tree {
        confirmed: BTreeSet::new(),
    };
    let claim = found.claim(ClaimName::Leaves);
    if names.is_empty() {
        claim.say(
            "It could not be checked: the leaves are not included. That holes and tombstones stand in the journal is then the \
             archive's word.",
        );
        note_unrelated(claim, journal);
        return Ok(tree);
    }
    let size = journal.checkpoint.head.size;
    let expected = Bundle::all(size)
        .take(names.len().saturating_add(1))
        .map(layout::leaves);
    if expected.collect::<BTreeSet<_>>() != names {
        claim.wrong(format!("the leaves are not those of a journal of {size} entries"));
        return Ok(tree);
    }
    let mut walk = Walk::new(journal, items, holes);
    for bundle in Bundle::all(size) {
        let name = layout::leaves(bundle);
        let Some(bytes) = opened.read(&name, MAX_BUNDLE, claim)? else {
            return Ok(tree);
        };
        if let Err(problem) = walk.take(&bytes, bundle.width()) {
            claim.wrong(format!("{name}: {problem}"));
            return Ok(tree);
        }
    }
    walk.finish(claim, &mut tree);
    Ok(tree)
}

/// Older checkpoints say nothing of the items when it cannot be seen that they are of the same journal.
fn note_unrelated(claim: &mut Claim, journal: &Journal) {
    if !journal.older.is_empty() {
        claim.say(
            "Without them, the older checkpoints cannot be seen to be of the same journal, and are not used.",
        );
    }
}

/// A walk over all leaves.
struct Walk<'a> {
    journal: &'a Journal,
    tree: Frontier,
    logged_at: u64,
    /// Roots of the older checkpoints that were met, by size.
    roots: BTreeMap<u64, Hash>,
    /// What must stand where: commitments of items and tombstones.
    expected: BTreeMap<u64, (String, Hash)>,
    /// Commitments of holes that were not met yet.
    holes: BTreeSet<Hash>,
    problems: Vec<String>,
}

impl<'a> Walk<'a> {
    fn new(journal: &'a Journal, items: &[Item], holes: &Holes) -> Walk<'a> {
        let tombstones = holes
            .tombstones
            .iter()
            .map(|(index, commitment)| (*index, (format!("the tombstone of entry {index}"), *commitment)));
        let mut expected: BTreeMap<_, _> = tombstones.collect();
        for item in items {
            if let Some(leaf) = item.leaf {
                let name = format!("item {}", item.verdict.number);
                expected.insert(item.verdict.journal_index, (name, leaf.commitment));
            }
        }
        let mut roots: BTreeMap<u64, Hash> = BTreeMap::new();
        roots.extend(
            journal
                .older
                .iter()
                .map(|checkpoint| (checkpoint.head.size, Hash::EMPTY)),
        );
        Walk {
            journal,
            tree: Frontier::new(),
            logged_at: 0,
            roots,
            expected,
            holes: holes.commitments.clone(),
            problems: Vec::new(),
        }
    }

    fn take(&mut self, bundle: &[u8], width: u16) -> Result<(), String> {
        let mut count = 0_u16;
        for entry in entries(bundle) {
            let entry = entry.map_err(|error| error.to_string())?;
            let leaf = Leaf::from_bytes(entry).map_err(|error| error.to_string())?;
            let index = self.tree.size();
            if leaf.logged_at < self.logged_at {
                self.problems
                    .push(format!("entry {index} was logged before the one in front of it"));
            }
            self.logged_at = leaf.logged_at;
            if let Some((name, commitment)) = self.expected.remove(&index)
                && commitment != leaf.commitment
            {
                self.problems
                    .push(format!("{name} is not what stands at {index} in the journal"));
            }
            self.holes.remove(&leaf.commitment);
            self.tree.push(leaf.hash());
            if let Some(root) = self.roots.get_mut(&self.tree.size()) {
                *root = self.tree.root();
            }
            count = count.saturating_add(1);
        }
        if count == width {
            Ok(())
        } else {
            Err(format!("{count} leaves instead of {width}"))
        }
    }

    fn finish(self, claim: &mut Claim, tree: &mut Tree) {
        let head = self.journal.checkpoint.head;
        claim.checked(format!(
            "All {} leaves were hashed again into one tree. They never go back in time by the archive's clock.",
            head.size
        ));
        for problem in self.problems {
            claim.wrong(problem);
        }
        if self.tree.head() != head {
            claim.wrong("the leaves do not give the root of the checkpoint");
            return;
        }
        for (name, _) in self.expected.into_values() {
            claim.wrong(format!("{name} lies beyond the checkpoint"));
        }
        for hole in &self.holes {
            claim.wrong(format!(
                "the hole with the commitment {hole:x} is nowhere in the journal"
            ));
        }
        for checkpoint in &self.journal.older {
            let TreeHead { size, root } = checkpoint.head;
            if self.roots.get(&size) == Some(&root) && size <= head.size {
                tree.confirmed.insert((size, root));
            } else {
                claim.wrong(format!(
                    "{} is not of this journal: the journal was forked",
                    checkpoint.file
                ));
            }
        }
        if !self.journal.older.is_empty() {
            claim.say("The older checkpoints are of the same tree: it has only grown since.");
        }
    }
}

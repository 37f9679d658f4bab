//! One language's word list, read in place: forms with the lemmas they belong to.
//!
//! The file is four lengths (32 bit, little-endian) and four parts, made by `generate/compile.py`:
//! three automata whose keys are a word's codes, a mark, and the two-byte number of a set of edits; and those sets.
//! 1. folded forms, 2. spellings that mean less than their folded form does, 3. endings, reversed, of unknown words.

use fst::raw::{Fst, Node};

const MARK: u8 = 1;
const LONGEST_ENDING: usize = 4;

pub(crate) struct Lexicon {
    forms: Fst<&'static [u8]>,
    spellings: Fst<&'static [u8]>,
    endings: Fst<&'static [u8]>,
    sets: &'static [u8],
}

impl Lexicon {
    /// Reads only the headers. `None` when the bytes are not such a file.
    pub(crate) fn open(bytes: &'static [u8]) -> Option<Self> {
        let mut rest = bytes.get(16..)?;
        let mut part = |index: usize| {
            let (part, after) = rest.split_at_checked(number(bytes, index)?)?;
            rest = after;
            Some(part)
        };
        Some(Self {
            forms: Fst::new(part(0)?).ok()?,
            spellings: Fst::new(part(1)?).ok()?,
            endings: Fst::new(part(2)?).ok()?,
            sets: part(3)?,
        })
    }

    /// The edits from a folded form to each of its lemmas.
    pub(crate) fn form(&self, folded: &[u8]) -> Option<Edits> {
        self.edits(marked(&self.forms, walk(&self.forms, folded)?)?)
    }

    /// The edits that this very spelling allows, when they are fewer than its folded form's.
    pub(crate) fn spelling(&self, exact: &[u8]) -> Option<Edits> {
        self.edits(marked(&self.spellings, walk(&self.spellings, exact)?)?)
    }

    /// What most words that end like this one need.
    pub(crate) fn guess(&self, folded: &[u8]) -> Option<Edits> {
        let mut node = self.endings.root();
        let mut found = marked(&self.endings, node);
        for &code in folded.iter().rev().take(LONGEST_ENDING) {
            let Some(next) = step(&self.endings, node, code) else {
                break;
            };
            node = next;
            found = marked(&self.endings, node).or(found);
        }
        self.edits(found?)
    }

    /// Calls `found` with up to `limit` forms that start with `prefix`, and their edits.
    pub(crate) fn complete(&self, prefix: &[u8], limit: usize, found: &mut dyn FnMut(&[u8], Edits)) {
        let Some(start) = walk(&self.forms, prefix) else {
            return;
        };
        let mut left = limit;
        let mut stack = vec![(start, prefix.to_vec())];
        while let Some((node, form)) = stack.pop() {
            for transition in node.transitions() {
                if transition.inp != MARK {
                    let mut longer = form.clone();
                    longer.push(transition.inp);
                    stack.push((self.forms.node(transition.addr), longer));
                } else if let Some(edits) = marked(&self.forms, node).and_then(|set| self.edits(set)) {
                    if left == 0 {
                        return;
                    }
                    left -= 1;
                    found(&form, edits);
                }
            }
        }
    }

    fn edits(&self, set: usize) -> Option<Edits> {
        let offsets = 1 + number(self.sets, 0)? + 1;
        let body = self.sets.get(offsets * 4..)?;
        Some(Edits(
            body.get(number(self.sets, 1 + set)?..number(self.sets, 2 + set)?)?,
        ))
    }
}

/// A set of edits, each of which makes one lemma of a form.
#[derive(Clone, Copy)]
pub(crate) struct Edits(&'static [u8]);

impl Iterator for Edits {
    type Item = Edit;

    fn next(&mut self) -> Option<Edit> {
        let (&[head, tail, length], rest) = self.0.split_first_chunk()?;
        let (ending, rest) = rest.split_at_checked(usize::from(length))?;
        self.0 = rest;
        Some(Edit {
            head: usize::from(head),
            tail: usize::from(tail),
            ending,
        })
    }
}

/// Drop `head` letters in front and `tail` letters behind, then append `ending`.
pub(crate) struct Edit {
    head: usize,
    tail: usize,
    pub(crate) ending: &'static [u8],
}

impl Edit {
    /// What stays of the form, unless the form is too short for this edit.
    pub(crate) fn kept<'a>(&self, folded: &'a [u8]) -> Option<&'a [u8]> {
        folded.get(self.head..folded.len().checked_sub(self.tail)?)
    }
}

fn number(bytes: &[u8], index: usize) -> Option<usize> {
    let (&four, _) = bytes.get(index * 4..)?.split_first_chunk()?;
    Some(u32::from_le_bytes(four) as usize)
}

fn walk<'f>(fst: &'f Fst<&'static [u8]>, codes: &[u8]) -> Option<Node<'f>> {
    codes
        .iter()
        .try_fold(fst.root(), |node, &code| step(fst, node, code))
}

fn step<'f>(fst: &'f Fst<&'static [u8]>, node: Node<'f>, code: u8) -> Option<Node<'f>> {
    Some(fst.node(node.transition_addr(node.find_input(code)?)))
}

/// The number behind the mark: two bytes of seven bits each.
fn marked<'f>(fst: &'f Fst<&'static [u8]>, node: Node<'f>) -> Option<usize> {
    let high_at = step(fst, node, MARK)?;
    let high = (!high_at.is_empty()).then(|| high_at.transition(0))?;
    let low_at = fst.node(high.addr);
    let low = (!low_at.is_empty()).then(|| low_at.transition(0))?;
    Some(usize::from(high.inp & 0x7F) << 7 | usize::from(low.inp & 0x7F))
}

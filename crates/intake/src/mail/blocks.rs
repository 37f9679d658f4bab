//! Telling what a sender wrote from what they quoted, so that a page can fold it. Nothing is ever cut: the blocks
//! of a text are the whole text.

use std::ops::Range;

use super::lead_in::{self, LeadIn};

/// What a run of lines is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// What the sender wrote.
    Own,
    /// An earlier message, quoted; 1 is the message answered, 2 what that one quoted.
    Quote { depth: u8 },
    /// What introduces a quoted or forwarded message: `On … wrote:`, `From: … Sent: …`.
    LeadIn,
    /// A message handed on, which the reader may not have seen.
    Forwarded,
    /// The sender's signature.
    Signature,
}

/// A run of lines of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub kind: BlockKind,
    /// Where the lines lie in the text, with their line ends.
    pub range: Range<usize>,
}

/// Above the first 64, one block for so many bytes of text: a text of more is noise, and its rest one block.
const BYTES_PER_BLOCK: usize = 64;

/// The blocks of a text; together they are the whole of it.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut found = Found {
        blocks: Vec::new(),
        limit: 64 + text.len() / BYTES_PER_BLOCK,
    };
    // What lines without a mark of their own are: changes at a signature and after an unmarked lead-in.
    let mut plain = BlockKind::Own;
    let mut at = 0;
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        let line = rest.split_inclusive('\n').next().unwrap_or(rest);
        let depth = quote_depth(line);
        let (kind, length) = match lead_in::at_start(rest).filter(|_| depth == 0) {
            Some(LeadIn::Attribution { length }) => {
                // Text after the quotation is the sender's own again.
                plain = if plain == BlockKind::Signature {
                    BlockKind::Own
                } else {
                    plain
                };
                (BlockKind::LeadIn, length)
            }
            Some(LeadIn::Reply { length }) => {
                plain = BlockKind::Quote { depth: 1 };
                (BlockKind::LeadIn, length)
            }
            Some(LeadIn::Forward { length }) => {
                plain = BlockKind::Forwarded;
                (BlockKind::LeadIn, length)
            }
            None if depth > 0 => (
                BlockKind::Quote {
                    depth: depth + depth_of(plain),
                },
                line.len(),
            ),
            None => {
                if plain == BlockKind::Own && lead_in::is_signature(line) {
                    plain = BlockKind::Signature;
                }
                (plain, line.len())
            }
        };
        let length = length.clamp(1, rest.len());
        found.add(kind, at..at + length, line.trim().is_empty());
        at += length;
    }
    found.blocks
}

fn depth_of(plain: BlockKind) -> u8 {
    match plain {
        BlockKind::Quote { depth } => depth,
        _ => 0,
    }
}

struct Found {
    blocks: Vec<Block>,
    limit: usize,
}

impl Found {
    /// Empty lines belong to what they follow.
    fn add(&mut self, kind: BlockKind, range: Range<usize>, empty: bool) {
        let full = self.blocks.len() >= self.limit;
        match self.blocks.last_mut() {
            Some(last) if last.kind == kind || empty || full => last.range.end = range.end,
            _ => self.blocks.push(Block { kind, range }),
        }
    }
}

/// The number of `>` a line starts with, spaces between them allowed.
fn quote_depth(line: &str) -> u8 {
    const MAX_DEPTH: u8 = 50;
    let mut depth = 0;
    for byte in line.bytes() {
        match byte {
            b'>' if depth < MAX_DEPTH => depth += 1,
            b' ' if depth > 0 => {}
            _ => break,
        }
    }
    // A mailbox's quoting of `From `, not a person's.
    if depth == 1 && line.starts_with(">From ") {
        0
    } else {
        depth
    }
}

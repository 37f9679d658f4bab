//! What of a record is shown, and what is kept back of it.

use kronika_evidence::Disclosed;
use kronika_evidence::opening::Hole;

use super::EvidenceError;
use super::choice::Withheld;
use crate::archive::id::InteractionKey;
use crate::interaction::PartFacts;
use crate::journal::load::Opened;

/// The name by which the message's own words are withheld, however many parts they are.
pub const TEXT: &str = "text";

/// What is shown of a record.
pub struct Shown<'a> {
    parts: &'a [PartFacts],
    /// Indexes of the parts that are kept back.
    hidden: Vec<usize>,
    /// Whether the metadata is. It quotes the beginning of the text and holds hashes and lengths of the whole, from which
    /// a short part could be guessed; so it is given only with the whole.
    meta: bool,
}

impl<'a> Shown<'a> {
    /// What holds a withheld part is withheld with it, and what is in it too; of the text no version is given when one is
    /// withheld. `hides_meta` keeps the metadata back in any case.
    pub fn of(
        parts: &'a [PartFacts],
        (withheld, interaction): (&Withheld, InteractionKey),
        hides_meta: bool,
    ) -> Result<Shown<'a>, EvidenceError> {
        let asked: Vec<&str> = withheld.parts_of(interaction).collect();
        let is_named = |part: &PartFacts| asked.contains(&part.number.as_str());
        let is_own_text = |part: &PartFacts| is_text(part) && !is_nested(part, parts);
        let hides_text =
            asked.contains(&TEXT) || parts.iter().any(|part| is_own_text(part) && is_named(part));
        let named: Vec<&PartFacts> = parts
            .iter()
            .filter(|part| is_named(part) || (hides_text && is_own_text(part)))
            .collect();
        let is_known = |asked: &&&str| **asked == TEXT || parts.iter().any(|part| part.number == **asked);
        if !asked.iter().all(|asked| is_known(&asked)) {
            return Err(EvidenceError::NoPart(interaction));
        }
        let is_hidden = |part: &PartFacts| named.iter().any(|named| touch(named, part));
        let places = (0..).zip(parts).filter(|(_, part)| is_hidden(part));
        let hidden: Vec<usize> = places.map(|(place, _)| place).collect();
        Ok(Shown {
            parts,
            meta: hidden.is_empty() && !hides_meta,
            hidden,
        })
    }

    /// Whether the original goes in as it is; then its parts need no word.
    pub fn is_whole(&self) -> bool {
        self.hidden.is_empty()
    }

    pub fn has_meta(&self) -> bool {
        self.meta
    }

    /// Whether who wrote what to whom can be read in what is given.
    pub fn tells(&self) -> bool {
        self.hidden.iter().all(|place| self.parts[*place].is_attachment())
    }

    pub fn disclosed(&self, opened: &Opened) -> Vec<Disclosed> {
        let part = |number: u16, name: String, size: usize| Disclosed {
            number,
            name,
            salt: opened.salt.part(number),
            size: size as u64,
        };
        let mut disclosed = Vec::new();
        if self.meta {
            disclosed.push(part(0, "meta".to_owned(), opened.meta_bytes.len()));
        }
        if self.is_whole() {
            disclosed.push(part(1, "original".to_owned(), opened.row.content_size));
            return disclosed;
        }
        for (number, facts) in (2..).zip(self.parts) {
            if !self.hidden.contains(&(usize::from(number) - 2)) {
                disclosed.push(part(number, format!("part/{}", facts.number), facts.size));
            }
        }
        disclosed
    }

    pub fn holes(&self, reason: &str) -> Vec<Hole> {
        let hole = |number: u16, name: String, reason: &str| Hole {
            number,
            name,
            reason: reason.to_owned(),
        };
        let mut holes = Vec::new();
        if !self.meta {
            holes.push(hole(
                0,
                "meta".to_owned(),
                "it tells of something that is withheld",
            ));
        }
        if self.is_whole() {
            return holes;
        }
        holes.push(hole(1, "original".to_owned(), "it holds a part that is withheld"));
        for (number, facts) in (2..).zip(self.parts) {
            if self.hidden.contains(&(usize::from(number) - 2)) {
                holes.push(hole(number, format!("part/{}", facts.number), reason));
            }
        }
        holes
    }
}

/// Whether a part is in a message within the message.
fn is_nested(part: &PartFacts, parts: &[PartFacts]) -> bool {
    let is_around = |other: &PartFacts| other.kind == "nested" && holds(&other.number, &part.number);
    parts.iter().any(is_around)
}

/// Whether a part is a version of the words of a message.
fn is_text(part: &PartFacts) -> bool {
    matches!(part.kind.as_str(), "text" | "html")
}

/// Whether a part's number is that of the other, or of something in it.
fn holds(outer: &str, inner: &str) -> bool {
    let rest = inner.strip_prefix(outer);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether one part is the other, holds it, or is in it.
fn touch(one: &PartFacts, other: &PartFacts) -> bool {
    holds(&one.number, &other.number)
        || holds(&other.number, &one.number)
        || (one.start < other.end && other.start < one.end)
}

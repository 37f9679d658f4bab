//! What opens a record's commitment: the hashes of all its parts, and the salts of those that are disclosed.

use data_encoding::HEXLOWER;
use kronika_tlog::Hash;
use kronika_tlog::commitment::{CommitError, Leaf, LeafError, PartSalt, commit_record};
use serde::{Deserialize, Serialize};

use crate::layout;
use crate::package::Item;

/// `NNNNNN.opening.json`. Hashes, salts and the leaf are in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The 42 bytes in the journal.
    pub leaf: String,
    /// Hashes of all parts, in order.
    pub parts: Vec<String>,
    /// The disclosed ones.
    pub opened: Vec<Opened>,
    /// The others, as far as they are not in a disclosed original anyway.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<Hole>,
}

/// A part that is disclosed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// Its number, from 0.
    pub number: u16,
    /// `meta`, `original`, `part/1.2`.
    pub name: String,
    /// What its hash was salted with.
    pub salt: String,
}

/// A part that is withheld; its hash stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hole {
    /// Its number, from 0.
    pub number: u16,
    /// Its name, by the word of whoever made the package unless the metadata is disclosed.
    pub name: String,
    /// Why it is withheld.
    pub reason: String,
}

/// An opening that was found to be whole: the parts give the commitment that is in the leaf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opens {
    /// The leaf.
    pub leaf: Leaf,
    /// Hashes of all parts.
    pub parts: Vec<Hash>,
}

impl Opening {
    /// What is written of an item.
    pub(crate) fn of(item: &Item) -> Opening {
        let opened = item.disclosed.iter().map(|part| Opened {
            number: part.number,
            name: part.name.clone(),
            salt: HEXLOWER.encode(part.salt.as_bytes()),
        });
        Opening {
            leaf: HEXLOWER.encode(&item.leaf.to_bytes()),
            parts: item.parts.iter().map(|hash| format!("{hash:x}")).collect(),
            opened: opened.collect(),
            withheld: item.withheld.clone(),
        }
    }

    /// Checks that the parts give the commitment in the leaf, and that every part is opened, withheld or in the
    /// opened original.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn check(&self) -> Result<Opens, OpeningError> {
        let leaf = HEXLOWER
            .decode(self.leaf.as_bytes())
            .map_err(|_| OpeningError::Leaf)?;
        let leaf = Leaf::from_bytes(&leaf)?;
        let parts: Option<Vec<Hash>> = self
            .parts
            .iter()
            .map(|part| bytes32(part).map(Hash::from))
            .collect();
        let parts = parts.ok_or(OpeningError::Parts)?;
        if commit_record(&parts)? != leaf.commitment {
            return Err(OpeningError::Commitment);
        }
        let opened = self.opened.iter().map(|part| (part.number, &part.name));
        let withheld = self.withheld.iter().map(|hole| (hole.number, &hole.name));
        for (number, name) in opened.chain(withheld) {
            if !is_name_of(number, name) {
                return Err(OpeningError::Name { number });
            }
        }
        let has_original = self.opened.iter().any(|part| part.name == layout::ORIGINAL);
        let told = self
            .opened
            .iter()
            .map(|part| part.number)
            .chain(self.withheld.iter().map(|hole| hole.number));
        let mut times = vec![0_usize; parts.len()];
        for number in told {
            *times
                .get_mut(usize::from(number))
                .ok_or(OpeningError::Number { number })? += 1;
        }
        for (number, times) in (0..).zip(times) {
            if times > 1 || (times == 0 && !(has_original && number > 1)) {
                return Err(OpeningError::Number { number });
            }
        }
        Ok(Opens { leaf, parts })
    }
}

impl Opened {
    /// The salt.
    ///
    /// # Errors
    /// If it is not 32 bytes in hexadecimal.
    pub fn salt(&self) -> Result<PartSalt, OpeningError> {
        bytes32(&self.salt)
            .map(PartSalt::from)
            .ok_or(OpeningError::Salt { number: self.number })
    }
}

/// The first two parts are the metadata and the original, all others are parts of the message.
fn is_name_of(number: u16, name: &str) -> bool {
    match number {
        0 => name == layout::META,
        1 => name == layout::ORIGINAL,
        _ => name.starts_with("part/"),
    }
}

/// 32 bytes in hexadecimal, in lower case.
pub(crate) fn bytes32(text: &str) -> Option<[u8; 32]> {
    HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok()
}

/// Why an opening opens nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpeningError {
    /// Not hexadecimal.
    #[error("the leaf is not in hexadecimal")]
    Leaf,
    /// Not a leaf.
    #[error(transparent)]
    NotALeaf(#[from] LeafError),
    /// A part's hash is not one.
    #[error("a part's hash is not 32 bytes in hexadecimal")]
    Parts,
    /// No record has that many parts, or none.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// The leaf commits to something else.
    #[error("the leaf does not commit to these parts")]
    Commitment,
    /// A part that is told of twice, or not at all, or does not exist.
    #[error("part {number} is not told of once: as opened or as withheld")]
    Number {
        /// The part.
        number: u16,
    },
    /// A part is called what another is.
    #[error("part {number} has a name that is not its own")]
    Name {
        /// The part.
        number: u16,
    },
    /// A salt is not one.
    #[error("the salt of part {number} is not 32 bytes in hexadecimal")]
    Salt {
        /// The part.
        number: u16,
    },
}

//! Signed notes (C2SP signed-note v1.0.0): text, a blank line, then signature lines.
//!
//! ```text
//! This is an example message.
//!
//! — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
//! ```

mod key;
mod secret;
mod signature;

pub use key::{KeyError, KeyId, Role, VerifierKey};
pub(crate) use secret::Secret;
pub use secret::SigningKey;
pub use signature::{Signature, SignatureError};

use std::fmt;

/// Most signature lines a note may have; C2SP asks that at least 16 be accepted.
pub const MAX_SIGNATURES: usize = 100;

/// A note as it was read or made: whether its signatures are good is for [`verify`](Note::verify) to say.
///
/// Parsing accepts one spelling only, so displaying gives the parsed bytes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<Signature>,
}

impl Note {
    /// Signs `text`, which ends in a newline.
    ///
    /// # Errors
    /// If `text` cannot be the text of a note.
    pub fn sign(text: String, key: &SigningKey) -> Result<Note, NoteError> {
        refuse_control_characters(text.as_bytes())?;
        if !text.ends_with('\n') {
            return Err(NoteError::Unfinished);
        }
        let signatures = vec![key.sign(&text)];
        Ok(Note { text, signatures })
    }

    /// Reads a signed note.
    ///
    /// # Errors
    /// If it is not UTF-8, has control characters other than newline, lacks the blank line, or has no, malformed or
    /// more than [`MAX_SIGNATURES`] signature lines.
    pub fn parse(bytes: &[u8]) -> Result<Note, NoteError> {
        let file = std::str::from_utf8(bytes).map_err(|_| NoteError::NotUtf8)?;
        refuse_control_characters(bytes)?;
        // The last blank line separates: the text may have blank lines itself.
        let newline = file.rfind("\n\n").ok_or(NoteError::NoBlankLine)?;
        let text = file[..=newline].to_owned();
        let lines = file[newline + 2..]
            .strip_suffix('\n')
            .ok_or(NoteError::NoSignature)?;
        if lines.split('\n').count() > MAX_SIGNATURES {
            return Err(NoteError::TooManySignatures);
        }
        let signatures = lines.split('\n').map(str::parse).collect::<Result<_, _>>()?;
        Ok(Note { text, signatures })
    }

    /// The signed text, with its final newline. Not to be believed before [`verify`](Note::verify).
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All signature lines, known and unknown, in the order of the note.
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// Adds a signature; one by the same key gives way, so that a key never signs twice.
    ///
    /// # Errors
    /// If the note already has [`MAX_SIGNATURES`].
    pub fn add(&mut self, signature: Signature) -> Result<(), NoteError> {
        self.signatures
            .retain(|present| !present.is_by_same_key(&signature));
        if self.signatures.len() >= MAX_SIGNATURES {
            return Err(NoteError::TooManySignatures);
        }
        self.signatures.push(signature);
        Ok(())
    }

    /// Checks the signatures by `known` keys and gives those found, in the order of the note; at least one.
    ///
    /// Lines of other keys are ignored, even if they share a name or an id with a known one.
    ///
    /// # Errors
    /// If no known key signed, if one of them signed wrongly or twice, or if two known keys cannot be told apart.
    pub fn verify<'k>(
        &self,
        known: impl IntoIterator<Item = &'k VerifierKey>,
    ) -> Result<Vec<Verified<'k>>, NoteError> {
        let known: Vec<_> = known.into_iter().collect();
        let mut verified: Vec<Verified<'k>> = Vec::new();
        for signature in &self.signatures {
            let mut keys = known.iter().filter(|key| signature.is_by(key));
            let Some(key) = keys.next() else { continue };
            let name = || signature.name().to_owned();
            if keys.any(|other| other != key) {
                return Err(NoteError::AmbiguousKey { name: name() });
            }
            if verified.iter().any(|earlier| earlier.key == *key) {
                return Err(NoteError::SignedTwice { name: name() });
            }
            let cosigned_at = key
                .check(&self.text, signature)
                .ok_or_else(|| NoteError::WrongSignature { name: name() })?;
            verified.push(Verified { key, cosigned_at });
        }
        if verified.is_empty() {
            Err(NoteError::NotSigned)
        } else {
            Ok(verified)
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures
            .iter()
            .try_for_each(|signature| writeln!(f, "{signature}"))
    }
}

/// A known key whose signature over the note is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified<'k> {
    /// The key that signed.
    pub key: &'k VerifierKey,
    /// For a [cosigner](Role::Cosigner): when, in seconds since 1970. Other signatures carry no time.
    pub cosigned_at: Option<u64>,
}

fn refuse_control_characters(bytes: &[u8]) -> Result<(), NoteError> {
    match bytes.iter().position(|byte| *byte < b' ' && *byte != b'\n') {
        Some(at) => Err(NoteError::ControlCharacter { at }),
        None => Ok(()),
    }
}

/// Why a note cannot be read or believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Not valid UTF-8.
    #[error("note is not UTF-8")]
    NotUtf8,
    /// A byte below 0x20 that is not a newline.
    #[error("note has a control character at byte {at}")]
    ControlCharacter {
        /// Position in the note.
        at: usize,
    },
    /// The text does not end in a newline.
    #[error("the text of the note does not end in a newline")]
    Unfinished,
    /// No blank line between text and signatures.
    #[error("note has no blank line before its signatures")]
    NoBlankLine,
    /// No finished line after the blank one.
    #[error("note has no complete signature line")]
    NoSignature,
    /// More than [`MAX_SIGNATURES`].
    #[error("note has more than {MAX_SIGNATURES} signatures")]
    TooManySignatures,
    /// A line after the blank one is not a signature.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// None of the known keys signed.
    #[error("note is not signed by a known key")]
    NotSigned,
    /// Name and id are those of a known key, but the signature is not.
    #[error("the signature of {name:?} is wrong")]
    WrongSignature {
        /// Name of the key.
        name: String,
    },
    /// A known key has more than one line.
    #[error("{name:?} signed twice")]
    SignedTwice {
        /// Name of the key.
        name: String,
    },
    /// Two different known keys have this name and id.
    #[error("two known keys are called {name:?} and have the same id")]
    AmbiguousKey {
        /// Name of both keys.
        name: String,
    },
}

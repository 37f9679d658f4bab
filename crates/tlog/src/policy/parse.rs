//! Reading policy files.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::{Group, Label, Log, Member, Policy, Witness};
use crate::note::{KeyError, Role, VerifierKey};
use crate::text;

/// The quorum without witnesses; no witness or group may be called so.
const NONE: &[u8] = b"none";

impl Policy {
    /// Reads a policy file.
    ///
    /// # Errors
    /// Names the first line that is wrong.
    pub fn parse(bytes: &[u8]) -> Result<Policy, PolicyError> {
        // A file that was cut off might name a quorum nobody chose.
        let lines = bytes.strip_suffix(b"\n").ok_or(PolicyError::Unfinished)?;
        let mut draft = Draft::default();
        for (number, line) in (1..).zip(lines.split(|byte| *byte == b'\n')) {
            draft
                .read(line)
                .map_err(|error| PolicyError::Line { number, error })?;
        }
        let quorum = draft.quorum.ok_or(PolicyError::NoQuorum)?;
        Ok(Policy {
            logs: draft.logs,
            witnesses: draft.witnesses,
            groups: draft.groups,
            quorum,
        })
    }
}

impl FromStr for Policy {
    type Err = PolicyError;

    fn from_str(text: &str) -> Result<Policy, PolicyError> {
        Policy::parse(text.as_bytes())
    }
}

/// What the lines so far have defined.
#[derive(Default)]
struct Draft {
    logs: Vec<Log>,
    witnesses: Vec<Witness>,
    groups: Vec<Group>,
    names: BTreeMap<Label, Name>,
    quorum: Option<Option<Member>>,
}

struct Name {
    member: Member,
    in_group: bool,
}

impl Draft {
    fn read(&mut self, line: &[u8]) -> Result<(), LineError> {
        if let Some(byte) = line
            .iter()
            .copied()
            .find(|byte| (*byte < b' ' && *byte != b'\t') || *byte == 0x7f)
        {
            return Err(LineError::ControlCharacter { byte });
        }
        let words: Vec<&[u8]> = line
            .split(|byte| matches!(byte, b' ' | b'\t'))
            .filter(|word| !word.is_empty())
            .collect();
        match *words.as_slice() {
            [] => Ok(()),
            [first, ..] if first.starts_with(b"#") => Ok(()),
            [b"log", key] => self.log(key, None),
            [b"log", key, url] => self.log(key, Some(url)),
            [b"witness", name, key] => self.witness(name, key, None),
            [b"witness", name, key, url] => self.witness(name, key, Some(url)),
            [b"group", name, threshold, ref members @ ..] => self.group(name, threshold, members),
            [b"quorum", name] => self.quorum(name),
            _ => Err(LineError::Form),
        }
    }

    fn log(&mut self, key: &[u8], url: Option<&[u8]>) -> Result<(), LineError> {
        let key = parse_key(key, Role::Signer)?;
        if self.logs.iter().any(|log| log.key.as_bytes() == key.as_bytes()) {
            return Err(LineError::KeyTwice {
                vkey: key.to_string(),
            });
        }
        self.logs.push(Log {
            key,
            url: url.map(label),
        });
        Ok(())
    }

    fn witness(&mut self, name: &[u8], key: &[u8], url: Option<&[u8]>) -> Result<(), LineError> {
        let key = parse_key(key, Role::Cosigner)?;
        if self
            .witnesses
            .iter()
            .any(|witness| witness.key.as_bytes() == key.as_bytes())
        {
            return Err(LineError::KeyTwice {
                vkey: key.to_string(),
            });
        }
        self.define(name, Member::Witness(self.witnesses.len()))?;
        self.witnesses.push(Witness {
            name: label(name),
            key,
            url: url.map(label),
        });
        Ok(())
    }

    fn group(&mut self, name: &[u8], threshold: &[u8], members: &[&[u8]]) -> Result<(), LineError> {
        let size = members.len();
        let stated = || String::from_utf8_lossy(threshold).into_owned();
        let threshold = match threshold {
            b"any" => Some(1),
            b"all" => Some(size),
            number => std::str::from_utf8(number)
                .ok()
                .and_then(text::from_decimal)
                .map(|k| k as usize),
        };
        let threshold = threshold
            .filter(|k| (1..=size).contains(k))
            .ok_or_else(|| LineError::Threshold {
                stated: stated(),
                members: size,
            })?;
        let members = members
            .iter()
            .map(|member| self.enlist(member))
            .collect::<Result<_, _>>()?;
        self.define(name, Member::Group(self.groups.len()))?;
        self.groups.push(Group { threshold, members });
        Ok(())
    }

    fn quorum(&mut self, name: &[u8]) -> Result<(), LineError> {
        if self.quorum.is_some() {
            return Err(LineError::QuorumTwice);
        }
        self.quorum = Some(if name == NONE {
            None
        } else {
            Some(self.find(name)?.member)
        });
        Ok(())
    }

    fn define(&mut self, name: &[u8], member: Member) -> Result<(), LineError> {
        if name == NONE || self.names.contains_key(&label(name)) {
            return Err(LineError::NameTwice { name: label(name) });
        }
        self.names.insert(
            label(name),
            Name {
                member,
                in_group: false,
            },
        );
        Ok(())
    }

    /// Makes a name a member of a group, which it may be of only one: so no witness counts twice.
    fn enlist(&mut self, name: &[u8]) -> Result<Member, LineError> {
        let found = self.find(name)?;
        if std::mem::replace(&mut found.in_group, true) {
            return Err(LineError::MemberTwice { name: label(name) });
        }
        Ok(found.member)
    }

    fn find(&mut self, name: &[u8]) -> Result<&mut Name, LineError> {
        self.names
            .get_mut(&label(name))
            .ok_or_else(|| LineError::Undefined { name: label(name) })
    }
}

fn label(bytes: &[u8]) -> Label {
    Label(bytes.to_vec())
}

fn parse_key(vkey: &[u8], role: Role) -> Result<VerifierKey, LineError> {
    let key: VerifierKey = std::str::from_utf8(vkey).map_err(|_| KeyError::Name)?.parse()?;
    if key.role() != role {
        return Err(KeyError::OtherRole {
            found: key.role(),
            expected: role,
        }
        .into());
    }
    Ok(key)
}

/// Why bytes are not a policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// A line is wrong.
    #[error("line {number} of the policy: {error}")]
    Line {
        /// Number of the line, from 1.
        number: usize,
        /// What is wrong with it.
        #[source]
        error: LineError,
    },
    /// The last line does not end in a newline, so the file may be cut off.
    #[error("the last line of the policy does not end in a newline")]
    Unfinished,
    /// No line says what the quorum is.
    #[error("the policy has no quorum line")]
    NoQuorum,
}

/// What is wrong with one line of a policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// A control character other than tab.
    #[error("control character {byte:#04x}")]
    ControlCharacter {
        /// The character.
        byte: u8,
    },
    /// Not one of the four kinds of line, or with too few or too many words.
    #[error("not a log, witness, group or quorum line")]
    Form,
    /// The key cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Two logs or two witnesses have the same key.
    #[error("the key {vkey} was given before")]
    KeyTwice {
        /// The second of them.
        vkey: String,
    },
    /// A name was defined before, or is `none`.
    #[error("the name {name} is taken")]
    NameTwice {
        /// The name.
        name: Label,
    },
    /// A name was not defined on an earlier line.
    #[error("the name {name} is not defined above")]
    Undefined {
        /// The name.
        name: Label,
    },
    /// A name is a member twice.
    #[error("{name} is already a member of a group")]
    MemberTwice {
        /// The name.
        name: Label,
    },
    /// Not `any`, `all`, or a number from 1 to the number of members.
    #[error("threshold {stated:?} of a group of {members}")]
    Threshold {
        /// What stands there.
        stated: String,
        /// Number of members.
        members: usize,
    },
    /// A second quorum line.
    #[error("the quorum was given before")]
    QuorumTwice,
}

//! What was found, for people and for programs.

use serde::Serialize;

/// Most problems that are listed with one claim; more are counted.
const MAX_PROBLEMS: usize = 200;

/// What a package was found to prove.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Name of the package's folder.
    pub package: String,
    /// All claims taken together.
    pub overall: Overall,
    /// One verdict for each claim, always all of them, in the order of [`ClaimName`].
    pub claims: Vec<Claim>,
    /// One verdict for each item.
    pub items: Vec<ItemVerdict>,
}

/// All claims taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Overall {
    /// Integrity, openings, inclusion and the checkpoint's signature hold, and nothing fails.
    Sound,
    /// At least one claim fails.
    Damaged,
    /// Nothing fails, but one of those four could not be checked.
    CouldNotCheck,
}

/// What a package claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimName {
    /// Every file is as it was packed; nothing is missing and nothing was added.
    Integrity,
    /// What is disclosed is what the journal committed to.
    Openings,
    /// The commitments are in the journal.
    Inclusion,
    /// The archive signed the checkpoint.
    Checkpoint,
    /// Enough outsiders saw the checkpoint.
    Witnesses,
    /// Timestamp authorities saw the checkpoint.
    Timestamps,
    /// When each item was there at the latest, and when it was not there yet.
    Time,
    /// The numbers in clients' files have no gap but the named ones.
    Completeness,
    /// The whole journal gives the checkpoint.
    Leaves,
    /// The mail comes from who it says.
    Origin,
}

impl ClaimName {
    /// All of them.
    pub const ALL: [ClaimName; 10] = [
        ClaimName::Integrity,
        ClaimName::Openings,
        ClaimName::Inclusion,
        ClaimName::Checkpoint,
        ClaimName::Witnesses,
        ClaimName::Timestamps,
        ClaimName::Time,
        ClaimName::Completeness,
        ClaimName::Leaves,
        ClaimName::Origin,
    ];

    /// The claim in a few words.
    pub fn title(self) -> &'static str {
        match self {
            ClaimName::Integrity => "Everything is here as it was packed",
            ClaimName::Openings => "What is disclosed is what the journal committed to",
            ClaimName::Inclusion => "The commitments are in the journal",
            ClaimName::Checkpoint => "The archive signed the journal's checkpoint",
            ClaimName::Witnesses => "Independent witnesses saw the checkpoint",
            ClaimName::Timestamps => "Timestamp authorities saw the checkpoint",
            ClaimName::Time => "When each item was there",
            ClaimName::Completeness => "Clients' files have no gap but the named ones",
            ClaimName::Leaves => "The whole journal gives the checkpoint",
            ClaimName::Origin => "The mail comes from who it says (DKIM)",
        }
    }

    /// Whether a package is worth nothing without it.
    fn is_essential(self) -> bool {
        self <= ClaimName::Checkpoint
    }
}

/// Whether a claim holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It was checked and is so.
    Holds,
    /// It was checked and is not so.
    Fails,
    /// It could not be checked; the sentences say why.
    NotChecked,
}

/// The verdict on one claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// Which.
    pub name: ClaimName,
    /// Whether it holds.
    pub status: Status,
    /// What it rests on, and what it does not say.
    pub sentences: Vec<String>,
    /// The keys and certificates it rests on.
    pub keys: Vec<String>,
    /// What does not hold.
    pub problems: Vec<String>,
    /// Problems beyond those listed.
    pub more_problems: usize,
}

impl Claim {
    /// Not checked so far.
    pub(super) fn new(name: ClaimName) -> Claim {
        Claim {
            name,
            status: Status::NotChecked,
            sentences: Vec::new(),
            keys: Vec::new(),
            problems: Vec::new(),
            more_problems: 0,
        }
    }

    /// Says that it was checked; it holds unless something was or will be found wrong.
    pub(super) fn checked(&mut self, sentence: impl Into<String>) {
        if self.status == Status::NotChecked {
            self.status = Status::Holds;
        }
        self.say(sentence);
    }

    pub(super) fn say(&mut self, sentence: impl Into<String>) {
        self.sentences.push(sentence.into());
    }

    pub(super) fn rest_on(&mut self, key: impl Into<String>) {
        let key = key.into();
        if !self.keys.contains(&key) {
            self.keys.push(key);
        }
    }

    pub(super) fn wrong(&mut self, problem: impl Into<String>) {
        self.status = Status::Fails;
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(problem.into());
        } else {
            self.more_problems += 1;
        }
    }
}

/// The verdict on one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemVerdict {
    /// Its number in the package.
    pub number: u64,
    /// Whether its opening and its inclusion hold.
    pub status: Status,
    /// Its place in the journal, from 0.
    pub journal_index: u64,
    /// When the archive says that it was sealed.
    pub logged_at: String,
    /// When it was not in the journal yet, if that is known.
    pub absent_at: Option<String>,
    /// When it was in the journal already, if that is known.
    pub present_by: Option<String>,
    /// Its parts that are disclosed.
    pub disclosed: Vec<String>,
    /// Its parts that are withheld, each with the reason.
    pub withheld: Vec<String>,
    /// What does not hold.
    pub problems: Vec<String>,
}

pub(super) fn overall(claims: &[Claim]) -> Overall {
    let fails = claims.iter().any(|claim| claim.status == Status::Fails);
    let mut essential = claims.iter().filter(|claim| claim.name.is_essential());
    if fails {
        Overall::Damaged
    } else if essential.all(|claim| claim.status == Status::Holds) {
        Overall::Sound
    } else {
        Overall::CouldNotCheck
    }
}

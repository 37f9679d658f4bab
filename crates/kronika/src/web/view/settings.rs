//! Settings: the journal, our own addresses, assignment rules.

use askama::Template;

use super::kinds::{Address, ClientName, Instant};
use super::page::Page;

/// `GET /settings/journal`
#[derive(Template)]
#[template(path = "settings/journal.html")]
pub struct JournalPage {
    pub page: Page,
    /// Entries.
    pub size: u64,
    pub origin: String,
    /// The verifier key, in the form of a signed note's key (name, hash, bytes).
    pub key: String,
    /// Entries that no checkpoint covers yet.
    pub waiting: u64,
    /// What keeps them from being signed.
    pub trouble: Option<Trouble>,
    /// None until something was recorded.
    pub checkpoint: Option<Checkpoint>,
    /// Those that are asked to cosign.
    pub witnesses: Vec<Witness>,
    /// Those that vouch for the time.
    pub authorities: Vec<Authority>,
    /// Why witnesses cannot be asked.
    pub policy_trouble: Option<String>,
    /// The last one, running or not.
    pub verification: Option<Verification>,
}

/// Why nothing is signed: the key of what to do, and what the server said.
#[derive(Clone, Debug)]
pub struct Trouble {
    pub code: &'static str,
    pub why: String,
}

/// Somebody who cosigns the journal's checkpoints.
#[derive(Clone, Debug)]
pub struct Witness {
    /// The name of its key.
    pub name: String,
    /// Entries it cosigned last; none yet.
    pub size: Option<u64>,
    pub answered_at: Option<Instant>,
    /// The key of a text about why the last try failed.
    pub trouble: Option<&'static str>,
}

/// Somebody who stamps the journal's checkpoints.
#[derive(Clone, Debug)]
pub struct Authority {
    pub name: String,
    pub answered_at: Option<Instant>,
    /// The key of a text about why the last try failed.
    pub trouble: Option<&'static str>,
}

/// The signed root of the journal.
#[derive(Clone, Debug)]
pub struct Checkpoint {
    pub signed_at: Instant,
    /// The whole signed note, as text.
    pub text: String,
}

/// The fragment that `GET /verifications/{id}/events` sends, as `progress` while it runs and as `done` at the end.
#[derive(Template)]
#[template(path = "settings/_verification.html")]
pub struct VerificationProgress {
    pub page: Page,
    pub verification: Verification,
}

/// A check of the whole journal.
#[derive(Clone, Debug)]
pub struct Verification {
    pub id: String,
    pub state: VerificationState,
}

/// How far a check has come.
#[derive(Clone, Debug)]
pub enum VerificationState {
    Running {
        stage: Stage,
        checked: u64,
        total: u64,
    },
    Holds {
        at: Instant,
        entries: u64,
        originals: u64,
    },
    /// Something does not match; each finding is a sentence in the person's language.
    Broken {
        at: Instant,
        findings: Vec<String>,
    },
}

/// What is being checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Leaves and tree up to the last checkpoint.
    Journal,
    /// Stored originals against the leaves.
    Originals,
}

impl Stage {
    fn key(self) -> &'static str {
        match self {
            Stage::Journal => "verification-journal",
            Stage::Originals => "verification-originals",
        }
    }
}

impl Verification {
    fn running(&self) -> bool {
        matches!(self.state, VerificationState::Running { .. })
    }
}

/// `GET /settings/addresses`
#[derive(Template)]
#[template(path = "settings/addresses.html")]
pub struct OurAddresses {
    pub page: Page,
    pub addresses: Vec<Address>,
    /// The key of a text that says what is wrong with what was sent.
    pub mistake: Option<&'static str>,
    /// What was sent, to be corrected.
    pub refused: String,
}

/// `GET /settings/rules`
#[derive(Template)]
#[template(path = "settings/rules.html")]
pub struct Rules {
    pub page: Page,
    pub rules: Vec<Rule>,
    pub mistake: Option<&'static str>,
}

/// What contains a text goes to a client.
#[derive(Clone, Debug)]
pub struct Rule {
    pub id: String,
    pub field: Field,
    pub contains: String,
    pub client: ClientName,
    /// How many interactions it has assigned.
    pub matched: u64,
}

/// Where a rule looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Subject,
    From,
    To,
}

impl Field {
    pub const ALL: [Field; 3] = [Field::Subject, Field::From, Field::To];

    /// As the form sends it.
    pub fn name(self) -> &'static str {
        match self {
            Field::Subject => "subject",
            Field::From => "from",
            Field::To => "to",
        }
    }

    /// The key of its text.
    pub fn key(self) -> &'static str {
        match self {
            Field::Subject => "field-subject",
            Field::From => "field-from",
            Field::To => "field-to",
        }
    }
}

//! What can happen in an archive. Every change is one of these acts, written once into the journal; the tables are
//! made from them, when they happen and again at `rebuild`.

use serde::{Deserialize, Serialize};

use crate::access::log::Look;
use crate::access::{Covers, Openness, Sensitivity};
use crate::archive::id::{
    AccountId, ApiTokenId, ClientId, GrantId, GuidelineId, InteractionKey, InvitationId, RecordId, RuleId,
    TeamId, WebhookId,
};
use crate::assignment::{Assigned, Field};
use crate::client::{AddressKind, ClientFacts};
use crate::evidence::Given;
use crate::guideline::GuidelineText;
use crate::interaction::{Recorded, Source};
use crate::user::event::{AccountEvent, InvitationEvent, SignInsRefused};
use crate::user::token::TokenScope;
use crate::webhook::WebhookChange;

/// The committed metadata of a record. Its exact bytes are hashed into the journal, so it is written once and never
/// re-serialised.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Meta {
    /// Version of this format.
    pub v: u8,
    /// When we learned of it: microseconds since 1970 UTC by our clock.
    pub captured_at: i64,
    /// Who did it: an account's name, or the program's part that acted by itself.
    pub by: String,
    /// The record's place in the file of each client it concerns.
    pub files: Vec<FilePlace>,
    pub act: Act,
}

/// A record's number in one client's file, and what came before it: "these are all the records with this client,
/// from 1 to n" can be proven from these.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FilePlace {
    pub client: ClientId,
    /// Counts from 1 without gaps.
    pub number: i64,
    /// Commitment of the client's record before this one, in hexadecimal; absent for number 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub previous: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// The first entry: the archive and its journal begin.
    Founded {
        origin: String,
        key: String,
    },
    /// Something was captured.
    Interaction(Box<Recorded>),
    /// The same content was seen again, somewhere else.
    Sighted {
        interaction: InteractionKey,
        source: Source,
        same_bytes: bool,
    },
    /// An original was read again by a newer reader; what it says replaces what was shown of it.
    Reread {
        replaces: InteractionKey,
        original: RecordId,
        recorded: Box<Recorded>,
    },
    ClientAdded {
        client: ClientId,
        facts: ClientFacts,
    },
    ClientChanged {
        client: ClientId,
        facts: ClientFacts,
    },
    AddressAdded {
        client: ClientId,
        kind: AddressKind,
        value: String,
        name: String,
        role: String,
        /// What had waited in the inbox and belongs to the client by this address.
        assigned: Vec<InteractionKey>,
    },
    AddressRemoved {
        client: ClientId,
        kind: AddressKind,
        value: String,
    },
    Assigned {
        interactions: Vec<InteractionKey>,
        to: Assigned,
    },
    Unassigned {
        interaction: InteractionKey,
        client: ClientId,
        reason: String,
    },
    Ignored {
        interaction: InteractionKey,
        reason: String,
    },
    Restored {
        interaction: InteractionKey,
    },
    OwnAddressAdded {
        kind: AddressKind,
        value: String,
    },
    OwnAddressRemoved {
        kind: AddressKind,
        value: String,
    },
    RuleAdded {
        rule: RuleId,
        field: Field,
        needle: String,
        client: ClientId,
        assigned: Vec<InteractionKey>,
    },
    RuleRemoved {
        rule: RuleId,
    },
    AccountAdded {
        account: AccountId,
        name: String,
        role: String,
    },
    GuidelineIssued {
        guideline: GuidelineId,
        /// Counts from 1.
        version: i64,
        text: GuidelineText,
    },
    GuidelineAccepted {
        guideline: GuidelineId,
        version: i64,
        account: AccountId,
        /// How many questions were answered, all of them rightly.
        questions: usize,
    },
    GuidelineReminded {
        guideline: GuidelineId,
        version: i64,
        accounts: Vec<AccountId>,
    },
    GuidelineWithdrawn {
        guideline: GuidelineId,
    },
    TeamAdded {
        team: TeamId,
        name: String,
    },
    TeamRenamed {
        team: TeamId,
        name: String,
    },
    TeamRemoved {
        team: TeamId,
    },
    /// Who is in a team from now on.
    TeamMembersSet {
        team: TeamId,
        members: Vec<AccountId>,
    },
    /// Who sees a client from now on.
    ClientAccessSet {
        client: ClientId,
        openness: Openness,
        teams: Vec<TeamId>,
        people: Vec<AccountId>,
    },
    /// Who sees these interactions from now on.
    SensitivitySet {
        interactions: Vec<InteractionKey>,
        /// When it was said of a whole thread: what comes later in it is as sensitive.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        thread: Option<InteractionKey>,
        sensitivity: Sensitivity,
        /// Who is named, when it is restricted.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        people: Vec<AccountId>,
    },
    /// An auditor or expert was given something to see, for a time.
    GrantMade {
        grant: GrantId,
        account: AccountId,
        covers: Covers,
        valid_from: i64,
        #[serde(skip_serializing_if = "Option::is_none", default)]
        valid_until: Option<i64>,
    },
    GrantEnded {
        grant: GrantId,
    },
    /// Which addresses are a person's own mailboxes from now on.
    AccountAddressesSet {
        account: AccountId,
        addresses: Vec<String>,
    },
    /// What people looked at, gathered for some seconds; by people from outside each by itself.
    Looked {
        looks: Vec<Look>,
    },
    /// What happened to an account since.
    Account {
        account: AccountId,
        event: AccountEvent,
    },
    Invitation {
        invitation: InvitationId,
        event: InvitationEvent,
    },
    /// A program may act as an account from now on, as far as the scopes go. The token itself is never part of it.
    TokenMade {
        token: ApiTokenId,
        account: AccountId,
        name: String,
        scopes: Vec<TokenScope>,
        expires_at: i64,
    },
    TokenRevoked {
        token: ApiTokenId,
    },
    /// A checkpoint was stamped by an authority that vouches for the time (RFC 3161).
    Timestamped {
        /// What we call the authority.
        authority: String,
        /// Entries under the checkpoint.
        size: u64,
        /// The checkpoint with its signatures, exactly as it was stamped.
        note: String,
        /// The token in DER, in base64.
        token: String,
        /// When at the latest, by the authority's clock (microseconds).
        stamped_at: i64,
    },
    /// A package of evidence was made.
    EvidenceMade(Box<Given>),
    /// Sign-ins that failed within a minute or so.
    SignInsRefused(SignInsRefused),
    /// What happened to a webhook. What it is told is no act.
    Webhook {
        webhook: WebhookId,
        change: WebhookChange,
    },
}

impl Act {
    /// The clients in whose files this act is numbered.
    pub fn clients(&self) -> Vec<ClientId> {
        match self {
            Act::Interaction(recorded) | Act::Reread { recorded, .. } => {
                recorded.assigned.iter().map(|assigned| assigned.client).collect()
            }
            Act::ClientAdded { client, .. }
            | Act::ClientChanged { client, .. }
            | Act::AddressAdded { client, .. }
            | Act::AddressRemoved { client, .. }
            | Act::Unassigned { client, .. }
            | Act::ClientAccessSet { client, .. }
            | Act::RuleAdded { client, .. } => vec![*client],
            Act::Assigned { to, .. } => vec![to.client],
            Act::EvidenceMade(given) => given.clients.clone(),
            Act::Founded { .. }
            | Act::Sighted { .. }
            | Act::Ignored { .. }
            | Act::Restored { .. }
            | Act::OwnAddressAdded { .. }
            | Act::OwnAddressRemoved { .. }
            | Act::RuleRemoved { .. }
            | Act::AccountAdded { .. }
            | Act::GuidelineIssued { .. }
            | Act::GuidelineAccepted { .. }
            | Act::GuidelineReminded { .. }
            | Act::GuidelineWithdrawn { .. }
            | Act::TeamAdded { .. }
            | Act::TeamRenamed { .. }
            | Act::TeamRemoved { .. }
            | Act::TeamMembersSet { .. }
            | Act::SensitivitySet { .. }
            | Act::GrantMade { .. }
            | Act::GrantEnded { .. }
            | Act::AccountAddressesSet { .. }
            | Act::Looked { .. }
            | Act::Account { .. }
            | Act::Invitation { .. }
            | Act::TokenMade { .. }
            | Act::TokenRevoked { .. }
            | Act::Timestamped { .. }
            | Act::SignInsRefused(_)
            | Act::Webhook { .. } => vec![],
        }
    }
}

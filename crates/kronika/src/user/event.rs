//! What can happen to accounts and invitations, as the journal says it. Secrets are never part of it.

use serde::{Deserialize, Serialize};

use crate::archive::id::{AccountId, PasskeyId, SessionId};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountEvent {
    RoleChanged {
        role: String,
    },
    /// It cannot sign in any more, and all its sessions ended.
    Removed,
    /// Somebody tried to remove it or to change its role, and was refused: it is the last owner's.
    OwnerKept,
    /// Other sessions ended.
    PasswordSet,
    FactorAdded {
        factor: Factor,
    },
    FactorRemoved {
        factor: Factor,
    },
    /// By somebody else, for a person who lost them.
    FactorsReset,
    /// Earlier ones do not work any more.
    RecoveryCodesMade,
    /// Whoever is this at a provider signs in to the account from now on.
    IdentityLinked {
        issuer: String,
        subject: String,
        /// What the provider called them then.
        called: String,
    },
    IdentityUnlinked {
        issuer: String,
        subject: String,
    },
    SignedIn {
        session: SessionId,
        /// The address they came from.
        from: String,
        with: Proof,
    },
    SignedOut {
        session: SessionId,
    },
    /// Ended from elsewhere than within them.
    SessionsEnded {
        sessions: Vec<SessionId>,
    },
}

/// What a person has beside a password.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Factor {
    /// Codes that change every 30 seconds.
    Authenticator,
    Passkey {
        passkey: PasskeyId,
        name: String,
    },
}

/// How a person showed who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    Password,
    PasswordAndCode,
    PasswordAndRecoveryCode,
    Passkey,
    Invitation,
    /// A provider's word.
    Openid,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationEvent {
    Made {
        /// Empty when whoever accepts it chooses the name.
        name: String,
        role: String,
        language: String,
        expires_at: i64,
    },
    Withdrawn,
    Accepted {
        account: AccountId,
    },
}

/// Failed sign-ins, counted: as many as a stranger likes must not become as many records.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignInsRefused {
    /// When the first of them happened.
    pub since: i64,
    pub refused: Vec<Refused>,
    /// More of them, from more places than are worth naming.
    #[serde(default)]
    pub others: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Refused {
    /// Absent when there is no such account. The name that was typed is not kept: it may be a password.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub account: Option<AccountId>,
    pub from: String,
    pub count: u64,
}

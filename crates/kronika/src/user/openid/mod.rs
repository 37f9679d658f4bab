//! Signing in with an account elsewhere, at a provider that the operator named (OpenID Connect).
//!
//! Who somebody is there is told by the issuer and the subject, and by nothing else: names and e-mail addresses change
//! hands. An identity lets in once it was linked to an account here; an address that looks alike links nothing.

pub mod act;
mod answer;
mod discovery;
pub mod pending;
pub mod provider;
pub mod store;
mod web;

use super::act::AccountError;
use crate::storage::StorageError;

pub use answer::Brought;
pub use pending::{Begun, Purpose};
pub use provider::{Provider, Providers};

/// Somebody at a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub issuer: String,
    pub subject: String,
}

/// What a provider said of somebody, once its signature was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub identity: Identity,
    /// What they are called there; for the eye only.
    pub called: String,
    /// What they may be called here, when an account is made.
    pub name: String,
}

/// Why a provider's word is not taken, or nothing was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Untold {
    #[error("the person did not consent")]
    Denied,
    #[error("the answer came too late, for the second time, or to another browser")]
    Late,
    #[error("the provider does not answer as it should")]
    Unreachable,
    #[error("the provider refused to talk to us")]
    Unheard,
    #[error("the code was used already, or is too old")]
    Code,
    #[error("the answer comes from another issuer")]
    Issuer,
    #[error("the token is not signed as it should be, or is meant for somebody else")]
    Token,
    #[error("the token is of another time: a clock is wrong")]
    Clock,
    #[error("the provider did not ask anew who somebody is")]
    Stale,
    #[error("the e-mail address is not of a domain that is let in")]
    Domain,
}

#[derive(Debug, thiserror::Error)]
pub enum OpenidError {
    #[error(transparent)]
    Untold(#[from] Untold),
    #[error("no account here is linked with that identity")]
    Unlinked,
    #[error("that identity is linked with somebody else's account")]
    Taken,
    #[error("the provider knows that person as somebody else")]
    SomebodyElse,
    #[error("the account has an identity at that provider already; unlink it first")]
    Linked,
    #[error("the invitation was used, withdrawn, or is older than a week")]
    Gone,
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl From<crate::journal::append::AppendError> for OpenidError {
    fn from(error: crate::journal::append::AppendError) -> OpenidError {
        OpenidError::Account(error.into())
    }
}

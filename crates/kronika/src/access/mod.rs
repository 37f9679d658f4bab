//! Who may do what: the one place that decides.

mod role;

pub use role::Role;

use crate::user::store::Account;

/// Something a person may or may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// See clients and interactions, search, download.
    Read,
    /// Bring messages in.
    Record,
    /// Add clients, decide what belongs to whom.
    Assign,
    /// Change settings; see and verify the journal.
    Configure,
}

/// The person lacks a right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{account} may not do that; ask an owner of the archive")]
pub struct Denied {
    pub account: String,
    pub right: Right,
}

/// Whether an account has a right. An owner has all; a role this program does not know has none.
pub fn may(account: &Account, right: Right) -> bool {
    match right {
        Right::Read | Right::Record | Right::Assign | Right::Configure => {
            Role::named(&account.role) == Some(Role::Owner)
        }
    }
}

/// Refuses an account that lacks a right.
pub fn require(account: &Account, right: Right) -> Result<(), Denied> {
    if may(account, right) {
        Ok(())
    } else {
        Err(Denied {
            account: account.name.clone(),
            right,
        })
    }
}

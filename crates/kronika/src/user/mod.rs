//! People who sign in.

pub mod act;
pub mod authenticator;
pub mod browser;
pub mod elsewhere;
pub mod event;
pub mod invitation;
pub mod list;
pub mod openid;
pub mod passkey;
pub mod password;
pub mod project;
pub mod recovery;
pub mod session;
pub mod store;
pub mod token;
mod weak;

use crate::access::Role;
use store::Account;

/// Who does something to accounts.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    /// Whoever may run commands on the archive's files.
    Console,
    Person(&'a Account),
}

impl By<'_> {
    /// As the journal names them.
    pub fn name(&self) -> &str {
        match self {
            By::Console => "kronika",
            By::Person(account) => &account.name,
        }
    }

    /// Owners make owners; whoever else manages people does not rise by it.
    pub fn may_give(&self, role: Role) -> bool {
        match self {
            By::Console => true,
            By::Person(account) => role != Role::Owner || Role::named(&account.role) == Some(Role::Owner),
        }
    }
}

//! A person as the rules see them.

use super::{Covers, Role, store};
use crate::archive::id::{AccountId, TeamId};
use crate::storage::{Conn, StorageError};
use crate::user::store::Account;

/// Someone signed in, with all that decides what they see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub account: AccountId,
    pub name: String,
    /// `None` for a role that this program does not know; then there is nothing they may do or see.
    pub role: Option<Role>,
    pub teams: Vec<TeamId>,
    /// Own mailboxes.
    pub addresses: Vec<String>,
    /// What grants cover that are valid now.
    pub grants: Vec<Covers>,
    /// Whether every client is open: then most people see all of them, and nothing need be looked up to know it.
    pub all_open: bool,
    /// Whether nothing in the archive is private or restricted.
    pub nothing_guarded: bool,
}

impl Person {
    /// The person of an account as of `now`. One query.
    pub async fn load(conn: &mut Conn, account: &Account, now: i64) -> Result<Person, StorageError> {
        let mut person = Person {
            account: account.id,
            name: account.name.clone(),
            role: Role::named(&account.role),
            teams: Vec::new(),
            addresses: Vec::new(),
            grants: Vec::new(),
            all_open: true,
            nothing_guarded: true,
        };
        for fact in store::facts_of(conn, account.id, now).await? {
            match fact {
                store::Fact::Team(team) => person.teams.push(team),
                store::Fact::Address(address) => person.addresses.push(address),
                store::Fact::Grant(covers) => person.grants.push(covers),
                store::Fact::SomeClosed => person.all_open = false,
                store::Fact::SomeGuarded => person.nothing_guarded = false,
            }
        }
        Ok(person)
    }

    /// Whether this person only sees what was granted, and every look is recorded.
    pub fn is_outside(&self) -> bool {
        self.role.is_some_and(Role::is_outside)
    }
}

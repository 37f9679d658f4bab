//! The archive as programs see it.

mod access;
mod again;
mod evidence;
mod guideline;
mod log;
mod pages;
mod people;
pub mod program;
mod rights;
mod rows;
mod token;

use kronika::access::Role;
use kronika::user::By;
use kronika::user::token::{NewToken, TokenScope, make};

use crate::support::TestArchive;

/// A token of a new account that is good for everything its role may.
pub async fn token_of(archive: &TestArchive, role: Role) -> String {
    archive.account(role.name(), role).await;
    token_for(archive, role.name(), &TokenScope::ALL).await
}

pub async fn token_for(archive: &TestArchive, account: &str, scopes: &[TokenScope]) -> String {
    let new = NewToken {
        account,
        name: "a test",
        scopes: scopes.to_vec(),
        days: 30,
    };
    make(archive, new, By::Console).await.unwrap().1
}

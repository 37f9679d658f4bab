//! Accounts: who gets in, who does not, and what the journal says about it.

mod command;
mod invitation;
mod passkey;
mod people;
mod second_step;
mod session;
mod sign_in;

use kronika::access::Role;
use kronika::journal::act::Act;
use kronika::user::By;
use kronika::user::act::{self, NewAccount};
use kronika::user::event::AccountEvent;

use crate::support::TestArchive;

pub const PASSWORD: &str = "four words that fit badly";

/// Held by tests that measure time, and by those that take all of it.
pub static QUIET: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Adds an account with that password.
pub async fn account(archive: &TestArchive, name: &str, role: Role) {
    let new = NewAccount {
        name,
        role,
        password: PASSWORD,
        language: "en",
    };
    act::add_as(archive, new, By::Console).await.unwrap();
}

/// What happened to accounts, in order, with who did it.
pub async fn events(archive: &TestArchive) -> Vec<(String, AccountEvent)> {
    let acts = archive.acts().await.into_iter();
    acts.filter_map(|(by, act)| match act {
        Act::Account { event, .. } => Some((by, event)),
        _ => None,
    })
    .collect()
}

/// Neither the journal nor a table says the secret.
pub async fn nowhere(archive: &TestArchive, secret: &str) {
    for (_, act) in archive.acts().await {
        assert!(!format!("{act:?}").contains(secret), "{act:?}");
    }
}

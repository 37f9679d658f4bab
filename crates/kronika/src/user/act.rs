//! Making, changing and removing accounts.

use super::event::AccountEvent;
use super::password::{self, PasswordError};
use super::store::{self, Account};
use super::{By, authenticator, passkey, session, weak};
use crate::access::Role;
use crate::archive::Archive;
use crate::archive::id::{AccountId, SessionId};
use crate::assignment::store as assignments;
use crate::journal::act::Act;
use crate::journal::append::AppendError;
use crate::journal::perform::perform;
use crate::secrecy::KeyringError;
use crate::storage::{Conn, StorageError, Tx};

#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    #[error("an account needs a name of letters, digits, dots or an e-mail address")]
    Name,
    #[error("the name {0} is taken; names are not used again, because the journal names people by them")]
    Exists(String),
    #[error("there is no account of the name {0}; `kronika user list` shows all")]
    Absent(String),
    #[error("the archive would be left without an owner; make somebody else an owner first")]
    LastOwner,
    #[error("only an owner of the archive makes, changes or removes owners; ask one")]
    OwnersOnly,
    #[error("the account has an authenticator already; take it away first")]
    FactorExists,
    #[error("nothing else lets that person in; set a password first")]
    LastWayIn,
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Append(#[from] AppendError),
    #[error(transparent)]
    Keyring(#[from] KeyringError),
}

/// An account about to be made.
pub struct NewAccount<'a> {
    pub name: &'a str,
    pub role: Role,
    pub password: &'a str,
    pub language: &'a str,
}

/// Makes an account that owns the archive.
pub async fn add(
    archive: &Archive,
    name: &str,
    password: &str,
    language: &str,
) -> Result<AccountId, AccountError> {
    let account = NewAccount {
        name,
        role: Role::Owner,
        password,
        language,
    };
    add_as(archive, account, By::Console).await
}

/// Makes an account of any role.
pub async fn add_as(archive: &Archive, new: NewAccount<'_>, by: By<'_>) -> Result<AccountId, AccountError> {
    let name = clean_name(new.name)?;
    if !by.may_give(new.role) {
        return Err(AccountError::OwnersOnly);
    }
    judge(&mut archive.db.read().await?, new.password, &name).await?;
    let hash = password::protect_aside(new.password).await?;
    let mut tx = archive.db.begin_recording().await?;
    let account = insert(archive, &mut tx, (&name, new.role), by.name()).await?;
    store::set_secret(&mut tx, account, &hash, new.language).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(account)
}

/// Records a new account within the caller's transaction.
pub(in crate::user) async fn insert(
    archive: &Archive,
    conn: &mut Conn,
    (name, role): (&str, Role),
    by: &str,
) -> Result<AccountId, AccountError> {
    if store::is_taken(conn, name).await? {
        return Err(AccountError::Exists(name.to_owned()));
    }
    let account = AccountId(archive.ids.next(archive.clock.now()));
    let act = Act::AccountAdded {
        account,
        name: name.to_owned(),
        role: role.name().to_owned(),
    };
    perform(archive, conn, act, by).await?;
    Ok(account)
}

/// A name as it is stored.
pub fn clean_name(name: &str) -> Result<String, AccountError> {
    let name = name.trim().to_lowercase();
    let fine = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@' | '+');
    if name.is_empty() || name.chars().count() > 100 || !name.chars().all(fine) {
        return Err(AccountError::Name);
    }
    Ok(name)
}

/// Refuses a password that somebody would guess of this person and firm.
pub async fn judge(conn: &mut Conn, password: &str, name: &str) -> Result<(), AccountError> {
    let own = assignments::own(conn).await?;
    let words: Vec<&str> = std::iter::once(name)
        .chain(own.domains.iter().map(String::as_str))
        .chain(own.addresses.iter().map(String::as_str))
        .collect();
    Ok(weak::judge(password, &words)?)
}

/// Sets a new password and ends all sessions of the account but the one that is kept.
pub async fn set_password(
    archive: &Archive,
    name: &str,
    password: &str,
    (by, kept): (By<'_>, Option<SessionId>),
) -> Result<(), AccountError> {
    let account = require(&mut archive.db.read().await?, name).await?;
    judge(&mut archive.db.read().await?, password, &account.name).await?;
    let hash = password::protect_aside(password).await?;
    let mut tx = archive.db.begin_recording().await?;
    note(archive, &mut tx, (account.id, AccountEvent::PasswordSet), by).await?;
    store::set_secret(&mut tx, account.id, &hash, &account.language).await?;
    session::end_all(&mut tx, account.id, kept).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(())
}

/// Gives an account another role. It counts from its next request on.
pub async fn set_role(archive: &Archive, name: &str, role: Role, by: By<'_>) -> Result<(), AccountError> {
    amend_role(archive, (name, role), by, |_| true).await.map(drop)
}

/// The same, if the role they have now is `still` what it should be; `false` when it is not.
pub async fn amend_role(
    archive: &Archive,
    (name, role): (&str, Role),
    by: By<'_>,
    still: impl FnOnce(&str) -> bool,
) -> Result<bool, AccountError> {
    let mut tx = archive.db.begin_recording().await?;
    let account = require(&mut tx, name).await?;
    let before = Role::named(&account.role);
    let unchanged = still(&account.role);
    if before == Some(role) || !unchanged {
        tx.give_up().await?;
        return Ok(unchanged);
    }
    if !by.may_give(role) || before.is_some_and(|before| !by.may_give(before)) {
        return Err(AccountError::OwnersOnly);
    }
    if is_last_owner(&mut tx, before).await? {
        return Err(keep_owner(archive, tx, account.id, by).await?);
    }
    let event = AccountEvent::RoleChanged {
        role: role.name().to_owned(),
    };
    note(archive, &mut tx, (account.id, event), by).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(true)
}

/// Removes an account: it cannot sign in any more, its sessions end, and what it signed in with is forgotten. What it
/// did stays in the journal under its name.
pub async fn remove(archive: &Archive, name: &str, by: By<'_>) -> Result<(), AccountError> {
    let mut tx = archive.db.begin_recording().await?;
    let account = require(&mut tx, name).await?;
    let role = Role::named(&account.role);
    if role.is_some_and(|role| !by.may_give(role)) {
        return Err(AccountError::OwnersOnly);
    }
    if is_last_owner(&mut tx, role).await? {
        return Err(keep_owner(archive, tx, account.id, by).await?);
    }
    note(archive, &mut tx, (account.id, AccountEvent::Removed), by).await?;
    store::forget_secrets(&mut tx, account.id).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(())
}

/// Takes away every second factor of a person who lost them: the password alone lets in again. Sessions end.
pub async fn reset_factors(archive: &Archive, name: &str, by: By<'_>) -> Result<(), AccountError> {
    let mut tx = archive.db.begin_recording().await?;
    let account = require(&mut tx, name).await?;
    if Role::named(&account.role).is_some_and(|role| !by.may_give(role)) {
        return Err(AccountError::OwnersOnly);
    }
    authenticator::forget(&mut tx, account.id).await?;
    passkey::forget(&mut tx, account.id).await?;
    session::end_all(&mut tx, account.id, None).await?;
    note(archive, &mut tx, (account.id, AccountEvent::FactorsReset), by).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(())
}

async fn require(conn: &mut Conn, name: &str) -> Result<Account, AccountError> {
    let found = store::by_name(conn, name).await?;
    found
        .map(|(account, _)| account)
        .ok_or_else(|| AccountError::Absent(name.to_owned()))
}

async fn is_last_owner(conn: &mut Conn, role: Option<Role>) -> Result<bool, StorageError> {
    Ok(role == Some(Role::Owner) && store::owners(conn).await? <= 1)
}

/// Records that somebody tried to take the last owner away; gives the refusal.
async fn keep_owner(
    archive: &Archive,
    mut tx: Tx,
    account: AccountId,
    by: By<'_>,
) -> Result<AccountError, AccountError> {
    note(archive, &mut tx, (account, AccountEvent::OwnerKept), by).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(AccountError::LastOwner)
}

/// Records what happened to an account within the caller's transaction.
pub(in crate::user) async fn note(
    archive: &Archive,
    conn: &mut Conn,
    (account, event): (AccountId, AccountEvent),
    by: By<'_>,
) -> Result<(), AppendError> {
    perform(archive, conn, Act::Account { account, event }, by.name()).await?;
    Ok(())
}

//! Making accounts.

use super::password::{self, PasswordError};
use super::store;
use crate::archive::Archive;
use crate::archive::id::AccountId;
use crate::journal::act::Act;
use crate::journal::append::AppendError;
use crate::journal::perform::perform;
use crate::storage::StorageError;

#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    #[error("an account needs a name of letters, digits, dots or an e-mail address")]
    Name,
    #[error("there is an account of the name {0} already; set its password with `kronika user password {0}`")]
    Exists(String),
    #[error("there is no account of the name {0}")]
    Absent(String),
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Append(#[from] AppendError),
}

/// Makes an account that owns the archive.
pub async fn add(
    archive: &Archive,
    name: &str,
    password: &str,
    language: &str,
) -> Result<AccountId, AccountError> {
    let name = name.trim().to_lowercase();
    let fine = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@' | '+');
    if name.is_empty() || !name.chars().all(fine) {
        return Err(AccountError::Name);
    }
    let hash = password::protect(password)?;
    let mut tx = archive.db.begin_recording().await?;
    if store::by_name(&mut tx, &name).await?.is_some() {
        return Err(AccountError::Exists(name));
    }
    let account = AccountId(archive.ids.next(archive.clock.now()));
    let act = Act::AccountAdded {
        account,
        name,
        role: "owner".to_owned(),
    };
    perform(archive, &mut tx, act, "kronika").await?;
    store::set_secret(&mut tx, account, &hash, language).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(account)
}

/// Sets a new password and signs the account out everywhere.
pub async fn set_password(archive: &Archive, name: &str, password: &str) -> Result<(), AccountError> {
    let hash = password::protect(password)?;
    let mut tx = archive.db.begin().await?;
    let found = store::by_name(&mut tx, name).await?;
    let (account, _) = found.ok_or_else(|| AccountError::Absent(name.to_owned()))?;
    store::set_secret(&mut tx, account.id, &hash, &account.language).await?;
    super::session::end_all(&mut tx, account.id).await?;
    tx.commit().await?;
    Ok(())
}

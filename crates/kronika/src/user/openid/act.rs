//! What a person can do with an identity: sign in, link it, unlink it, make an account by it.

use super::{Identity, OpenidError, Provider, Shown, store};
use crate::access::Role;
use crate::archive::Archive;
use crate::storage::{Conn, StorageError};
use crate::user::By;
use crate::user::act::{self, AccountError, note};
use crate::user::event::{AccountEvent, InvitationEvent, Proof};
use crate::user::invitation::{self, Invitation};
use crate::user::session::{self, From};
use crate::user::store::{self as accounts, Account};

/// Somebody who was let in, with the token of their session.
pub struct Entered {
    pub account: Account,
    pub token: String,
}

/// The account that an identity is linked with, unless it was removed.
pub async fn find(conn: &mut Conn, identity: &Identity) -> Result<Option<Account>, StorageError> {
    match store::account_of(conn, identity).await? {
        Some(account) => accounts::by_id(conn, account).await,
        None => Ok(None),
    }
}

/// Signs somebody in by their identity. Where the operator wants it so, whoever comes for the first time gets an
/// account; whoever was removed never does.
pub async fn enter(
    archive: &Archive,
    provider: &Provider,
    shown: &Shown,
    (language, from): (&str, From),
) -> Result<Entered, OpenidError> {
    let mut tx = archive.db.begin_recording().await?;
    let account = match (store::account_of(&mut tx, &shown.identity).await?, provider.role) {
        (Some(id), _) => accounts::by_id(&mut tx, id).await?,
        (None, Some(role)) => Some(make(archive, &mut tx, shown, (role, language)).await?),
        (None, None) => None,
    };
    let account = account.ok_or(OpenidError::Unlinked)?;
    let token = session::begin_within(archive, &mut tx, &account, (from, Proof::Openid)).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(Entered { account, token })
}

/// Makes an account for somebody whom the provider knows. A name that is taken is nobody's who comes from elsewhere.
async fn make(
    archive: &Archive,
    conn: &mut Conn,
    shown: &Shown,
    (role, language): (Role, &str),
) -> Result<Account, OpenidError> {
    let name = act::clean_name(&shown.name).map_err(|_| OpenidError::Unlinked)?;
    if accounts::is_taken(conn, &name).await? {
        return Err(OpenidError::Unlinked);
    }
    add(archive, conn, shown, (&name, role, language)).await
}

/// Makes an account that has an identity and no password.
async fn add(
    archive: &Archive,
    conn: &mut Conn,
    shown: &Shown,
    (name, role, language): (&str, Role, &str),
) -> Result<Account, OpenidError> {
    let id = act::insert(archive, conn, (name, role), name).await?;
    accounts::set_no_secret(conn, id, language).await?;
    let account = Account {
        id,
        name: name.to_owned(),
        role: role.name().to_owned(),
        language: language.to_owned(),
        theme: String::new(),
    };
    note_linked(archive, conn, &account, shown).await?;
    Ok(account)
}

async fn note_linked(
    archive: &Archive,
    conn: &mut Conn,
    account: &Account,
    shown: &Shown,
) -> Result<(), OpenidError> {
    let event = AccountEvent::IdentityLinked {
        issuer: shown.identity.issuer.clone(),
        subject: shown.identity.subject.clone(),
        called: shown.called.clone(),
    };
    Ok(note(archive, conn, (account.id, event), By::Person(account)).await?)
}

/// Links an identity with a person's own account. One that is linked with somebody else's is not.
pub async fn link(archive: &Archive, account: &Account, shown: &Shown) -> Result<(), OpenidError> {
    let mut tx = archive.db.begin_recording().await?;
    match find(&mut tx, &shown.identity).await? {
        Some(other) if other.id != account.id => return Err(OpenidError::Taken),
        Some(_) => return Ok(tx.give_up().await?),
        None => {}
    }
    let own = store::list(&mut tx, account.id).await?;
    if own.iter().any(|own| own.identity.issuer == shown.identity.issuer) {
        return Err(OpenidError::Linked);
    }
    note_linked(archive, &mut tx, account, shown).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(())
}

/// Unlinks a person's own identity at an issuer, unless nothing else lets them in. Sessions go on.
pub async fn unlink(archive: &Archive, account: &Account, issuer: &str) -> Result<(), OpenidError> {
    let mut tx = archive.db.begin_recording().await?;
    let own = store::list(&mut tx, account.id).await?;
    let Some(found) = own.into_iter().find(|own| own.identity.issuer == issuer) else {
        return Ok(tx.give_up().await?);
    };
    let lets_in = store::lets_in(archive, &found.identity);
    if lets_in && store::ways_in(archive, &mut tx, account.id).await? <= 1 {
        return Err(AccountError::LastWayIn.into());
    }
    let event = AccountEvent::IdentityUnlinked {
        issuer: found.identity.issuer,
        subject: found.identity.subject,
    };
    note(archive, &mut tx, (account.id, event), By::Person(account)).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(())
}

/// Makes the account of an invitation without a password and signs the person in. The name is the invitation's; where
/// it leaves the name open, the provider's.
pub async fn accept(
    archive: &Archive,
    token: &str,
    shown: &Shown,
    (language, from): (&str, From),
) -> Result<Entered, OpenidError> {
    let mut tx = archive.db.begin_recording().await?;
    let open = invitation::find(archive, &mut tx, token).await?;
    let open = open.ok_or(OpenidError::Gone)?;
    if find(&mut tx, &shown.identity).await?.is_some() {
        return Err(OpenidError::Taken);
    }
    let role = Role::named(&open.role).ok_or(OpenidError::Gone)?;
    let name = name_of(&open, shown)?;
    let account = add(archive, &mut tx, shown, (&name, role, language)).await?;
    let event = InvitationEvent::Accepted { account: account.id };
    invitation::note(archive, &mut tx, (open.id, event), &name).await?;
    invitation::forget_token(&mut tx, open.id).await?;
    let token = session::begin_within(archive, &mut tx, &account, (from, Proof::Openid)).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(Entered { account, token })
}

fn name_of(open: &Invitation, shown: &Shown) -> Result<String, OpenidError> {
    match open.name.is_empty() {
        true => Ok(act::clean_name(&shown.name)?),
        false => Ok(open.name.clone()),
    }
}

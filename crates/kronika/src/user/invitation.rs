//! Invitations: a link that makes one account, once, within a week.

use super::act::{self, AccountError};
use super::event::{InvitationEvent, Proof};
use super::session::{self, From, fresh_token, hash};
use super::store::{self, Account};
use super::{By, password};
use crate::access::Role;
use crate::archive::Archive;
use crate::archive::id::InvitationId;
use crate::journal::act::{Act, Meta};
use crate::journal::append::AppendError;
use crate::journal::perform::perform;
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// An invitation is good for this long: a week (microseconds).
const GOOD_FOR: i64 = 7 * 24 * 3600 * 1_000_000;

/// An invitation that was neither withdrawn nor accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub id: InvitationId,
    /// Empty when whoever accepts it chooses the name.
    pub name: String,
    pub role: String,
    pub language: String,
    pub made_by: String,
    pub expires_at: i64,
}

/// Whom to invite.
pub struct Invite<'a> {
    pub name: &'a str,
    pub role: Role,
    pub language: &'a str,
}

#[derive(Debug, thiserror::Error)]
pub enum InvitationError {
    #[error("that invitation was used, withdrawn, or is older than a week; ask for a new one")]
    Gone,
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Append(#[from] AppendError),
}

/// Makes an invitation and gives the token of its link, 256 bits; only its hash is kept. An earlier one for the same
/// name is withdrawn.
pub async fn invite(
    archive: &Archive,
    invite: Invite<'_>,
    by: By<'_>,
) -> Result<(Invitation, String), AccountError> {
    let name = act::clean_name(invite.name)?;
    if !by.may_give(invite.role) {
        return Err(AccountError::OwnersOnly);
    }
    let mut tx = archive.db.begin_recording().await?;
    if store::is_taken(&mut tx, &name).await? {
        return Err(AccountError::Exists(name));
    }
    withdraw_all_for(archive, &mut tx, &name, by).await?;
    let made = make(
        archive,
        &mut tx,
        Invite {
            name: &name,
            ..invite
        },
        by,
    )
    .await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(made)
}

/// Invites whoever has the server's console to own an archive that nobody has an account of yet; they choose their
/// name. Nothing when there is an account.
pub async fn invite_first_owner(archive: &Archive) -> Result<Option<String>, AccountError> {
    let mut tx = archive.db.begin_recording().await?;
    if store::count(&mut tx).await? > 0 {
        tx.give_up().await?;
        return Ok(None);
    }
    withdraw_all_for(archive, &mut tx, "", By::Console).await?;
    let invite = Invite {
        name: "",
        role: Role::Owner,
        language: "en",
    };
    let (_, token) = make(archive, &mut tx, invite, By::Console).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(Some(token))
}

/// Whether a link for the first owner is out that still works.
pub async fn is_first_owner_invited(archive: &Archive) -> Result<bool, StorageError> {
    let now = archive.clock.now();
    let open = list(&mut archive.db.read().await?).await?;
    Ok(open.iter().any(|one| one.name.is_empty() && one.expires_at > now))
}

async fn withdraw_all_for(
    archive: &Archive,
    conn: &mut Conn,
    name: &str,
    by: By<'_>,
) -> Result<(), AccountError> {
    for earlier in list(conn).await? {
        if earlier.name == name {
            note(archive, conn, (earlier.id, InvitationEvent::Withdrawn), by.name()).await?;
            forget_token(conn, earlier.id).await?;
        }
    }
    Ok(())
}

async fn make(
    archive: &Archive,
    conn: &mut Conn,
    invite: Invite<'_>,
    by: By<'_>,
) -> Result<(Invitation, String), AccountError> {
    const SQL: &str = "INSERT INTO local_invitation_secret (invitation_id, token_hash) VALUES ($1, $2)";
    let now = archive.clock.now();
    let made = Invitation {
        id: InvitationId(archive.ids.next(now)),
        name: invite.name.to_owned(),
        role: invite.role.name().to_owned(),
        language: invite.language.to_owned(),
        made_by: by.name().to_owned(),
        expires_at: now + GOOD_FOR,
    };
    let event = InvitationEvent::Made {
        name: made.name.clone(),
        role: made.role.clone(),
        language: made.language.clone(),
        expires_at: made.expires_at,
    };
    note(archive, conn, (made.id, event), by.name()).await?;
    let token = fresh_token();
    let (id, hash) = (made.id.0, hash(&token));
    on_db!(conn, c => sqlx::query(SQL).bind(id).bind(hash).execute(c).await.map(drop))?;
    Ok((made, token))
}

/// Withdraws an invitation: its link works no more.
pub async fn withdraw(archive: &Archive, id: InvitationId, by: By<'_>) -> Result<(), InvitationError> {
    let mut tx = archive.db.begin_recording().await?;
    let found = list(&mut tx).await?.into_iter().find(|open| open.id == id);
    let found = found.ok_or(InvitationError::Gone)?;
    if Role::named(&found.role).is_some_and(|role| !by.may_give(role)) {
        return Err(AccountError::OwnersOnly.into());
    }
    note(archive, &mut tx, (id, InvitationEvent::Withdrawn), by.name()).await?;
    forget_token(&mut tx, id).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(())
}

/// What an accepted invitation is turned into.
pub struct Accept<'a> {
    /// Counts only when the invitation leaves the name open.
    pub name: &'a str,
    pub password: &'a str,
    pub language: &'a str,
    pub from: From,
}

/// Makes the account of an invitation and signs the person in; gives the session's token. Works once: of two who come
/// at the same time, the second finds nothing.
pub async fn accept(archive: &Archive, token: &str, accept: Accept<'_>) -> Result<String, InvitationError> {
    let open = find(archive, &mut archive.db.read().await?, token).await?;
    let name = name_of(&open.ok_or(InvitationError::Gone)?, &accept)?;
    act::judge(&mut archive.db.read().await?, accept.password, &name).await?;
    let hash = password::protect_aside(accept.password)
        .await
        .map_err(AccountError::from)?;

    let mut tx = archive.db.begin_recording().await?;
    let open = find(archive, &mut tx, token)
        .await?
        .ok_or(InvitationError::Gone)?;
    let role = Role::named(&open.role).ok_or(InvitationError::Gone)?;
    let id = act::insert(archive, &mut tx, (&name, role), &name).await?;
    note(
        archive,
        &mut tx,
        (open.id, InvitationEvent::Accepted { account: id }),
        &name,
    )
    .await?;
    forget_token(&mut tx, open.id).await?;
    store::set_secret(&mut tx, id, &hash, accept.language).await?;
    let account = Account {
        id,
        name,
        role: open.role,
        language: accept.language.to_owned(),
        theme: String::new(),
    };
    let with = (accept.from, Proof::Invitation);
    let session = session::begin_within(archive, &mut tx, &account, with).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(session)
}

fn name_of(open: &Invitation, accept: &Accept<'_>) -> Result<String, AccountError> {
    if open.name.is_empty() {
        act::clean_name(accept.name)
    } else {
        Ok(open.name.clone())
    }
}

pub(in crate::user) async fn note(
    archive: &Archive,
    conn: &mut Conn,
    (invitation, event): (InvitationId, InvitationEvent),
    by: &str,
) -> Result<(), AppendError> {
    perform(archive, conn, Act::Invitation { invitation, event }, by).await?;
    Ok(())
}

/// The open invitation of a link's token, unless its time is over.
pub async fn find(
    archive: &Archive,
    conn: &mut Conn,
    token: &str,
) -> Result<Option<Invitation>, StorageError> {
    const SQL: &str = "SELECT invitation_id FROM local_invitation_secret WHERE token_hash = $1";
    let (hash, now) = (hash(token), archive.clock.now());
    let id: Option<i64> = on_db!(conn, c => sqlx::query_scalar(SQL).bind(hash).fetch_optional(c).await)?;
    let Some(id) = id else { return Ok(None) };
    let open = list(conn).await?;
    Ok(open
        .into_iter()
        .find(|open| open.id.0 == id && now <= open.expires_at))
}

/// All invitations that were neither withdrawn nor accepted, newest first.
pub async fn list(conn: &mut Conn) -> Result<Vec<Invitation>, StorageError> {
    const SQL: &str = "SELECT id, name, role, language, made_by, expires_at FROM invitation
        WHERE ended_at IS NULL ORDER BY id DESC";
    let rows: Vec<(i64, String, String, String, String, i64)> =
        on_db!(conn, c => sqlx::query_as(SQL).fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .map(|(id, name, role, language, made_by, expires_at)| Invitation {
            id: InvitationId(id),
            name,
            role,
            language,
            made_by,
            expires_at,
        })
        .collect())
}

pub(super) async fn insert(conn: &mut Conn, id: InvitationId, meta: &Meta) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO invitation (id, name, role, language, made_by, made_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let Act::Invitation {
        event:
            InvitationEvent::Made {
                name,
                role,
                language,
                expires_at,
            },
        ..
    } = &meta.act
    else {
        return Ok(());
    };
    let (name, role, language, by) = (name.clone(), role.clone(), language.clone(), meta.by.clone());
    on_db!(conn, c => sqlx::query(SQL).bind(id.0).bind(name).bind(role).bind(language).bind(by)
        .bind(meta.captured_at).bind(*expires_at).execute(c).await.map(drop))
}

pub(super) async fn set_ended(conn: &mut Conn, id: InvitationId, at: i64) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE invitation SET ended_at = $2 WHERE id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(id.0).bind(at).execute(c).await.map(drop))
}

pub(in crate::user) async fn forget_token(conn: &mut Conn, id: InvitationId) -> Result<(), StorageError> {
    const SQL: &str = "DELETE FROM local_invitation_secret WHERE invitation_id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(id.0).execute(c).await.map(drop))
}

//! How acts about people become rows.

use super::event::{AccountEvent, InvitationEvent};
use super::openid::{self, Identity};
use super::{invitation, store, token};
use crate::journal::act::{Act, Meta};
use crate::storage::{Conn, StorageError};

/// Changes the tables by an act about an account, an invitation or a token. Most of what happens to an account leaves no row.
pub async fn project(conn: &mut Conn, meta: &Meta) -> Result<(), StorageError> {
    match &meta.act {
        Act::AccountAdded { account, name, role } => {
            store::insert_account(conn, *account, name, role, meta.captured_at).await
        }
        Act::Account { account, event } => match event {
            AccountEvent::RoleChanged { role } => store::set_role(conn, *account, role).await,
            AccountEvent::IdentityLinked {
                issuer,
                subject,
                called,
            } => {
                let identity = identity(issuer, subject);
                openid::store::insert(conn, *account, (&identity, called), meta.captured_at).await
            }
            AccountEvent::IdentityUnlinked { issuer, subject } => {
                openid::store::remove(conn, *account, &identity(issuer, subject)).await
            }
            AccountEvent::Removed => store::set_removed(conn, *account, meta.captured_at).await,
            _ => Ok(()),
        },
        Act::Invitation { invitation, event } => match event {
            InvitationEvent::Made { .. } => invitation::insert(conn, *invitation, meta).await,
            InvitationEvent::Withdrawn | InvitationEvent::Accepted { .. } => {
                invitation::set_ended(conn, *invitation, meta.captured_at).await
            }
        },
        Act::TokenMade { .. } => token::insert(conn, meta).await,
        Act::TokenRevoked { token } => token::set_revoked(conn, *token, meta.captured_at).await,
        _ => Ok(()),
    }
}

fn identity(issuer: &str, subject: &str) -> Identity {
    Identity {
        issuer: issuer.to_owned(),
        subject: subject.to_owned(),
    }
}

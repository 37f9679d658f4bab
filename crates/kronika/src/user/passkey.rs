//! Passkeys: keys that a person's device keeps, and that show themselves by a signature after a finger, a face or a PIN.
//! One lets in without a password.
//!
//! Between the question to the browser and its answer the challenge is remembered in memory, for a few minutes.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, DiscoverableKey, Passkey, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Url, Uuid, Webauthn, WebauthnBuilder, WebauthnError,
};

use super::act::{AccountError, note};
use super::event::{AccountEvent, Factor};
use super::session::fresh_token;
use super::store::{self, Account};
use super::{By, openid};
use crate::archive::Archive;
use crate::archive::id::{AccountId, PasskeyId};
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// So long an answer may take (microseconds).
const GOOD_FOR: i64 = 5 * 60 * 1_000_000;
/// Questions remembered at most.
const REMEMBERED: usize = 10_000;
/// A name is cut to this many characters.
const LONGEST_NAME: usize = 60;
/// One person has at most so many.
const MOST: usize = 20;

#[derive(Debug, thiserror::Error)]
pub enum PasskeyError {
    #[error("passkeys need an address with a name; start the server with --public-url")]
    NoDomain,
    #[error("too much is going on at once; try again in a moment")]
    TooMany,
    #[error("the passkey's answer does not fit: {0}")]
    Refused(WebauthnError),
    #[error("the passkey's answer came too late, or answers nothing that was asked")]
    Over,
    #[error("no account has this passkey")]
    Unknown,
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// A question to a browser, and the token that its answer must bring.
pub struct Question {
    pub token: String,
    /// What the browser's script hands to the device.
    pub options: Value,
}

enum Asked {
    ToAdd(AccountId, Box<PasskeyRegistration>),
    ToEnter(Box<DiscoverableAuthentication>),
}

/// Asks for passkeys and checks them, for one address of the archive.
pub struct Passkeys {
    webauthn: Option<Webauthn>,
    asked: Mutex<HashMap<[u8; 32], (i64, Asked)>>,
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

impl Passkeys {
    /// For the address under which people reach the archive.
    pub fn at(url: &Url) -> Passkeys {
        let webauthn = url.domain().and_then(|domain| {
            let builder = WebauthnBuilder::new(domain, url).ok()?;
            builder.rp_name("Kronika").build().ok()
        });
        Passkeys {
            webauthn,
            asked: Mutex::default(),
        }
    }

    /// Whether the address has a name that passkeys can be bound to.
    pub fn are_possible(&self) -> bool {
        self.webauthn.is_some()
    }

    fn webauthn(&self) -> Result<&Webauthn, PasskeyError> {
        self.webauthn.as_ref().ok_or(PasskeyError::NoDomain)
    }

    fn locked(&self) -> MutexGuard<'_, HashMap<[u8; 32], (i64, Asked)>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn remember(&self, asked: Asked, now: i64) -> Result<String, PasskeyError> {
        let mut all = self.locked();
        all.retain(|_, (at, _)| now - *at < GOOD_FOR);
        if all.len() >= REMEMBERED {
            return Err(PasskeyError::TooMany);
        }
        let token = fresh_token();
        all.insert(hash(&token), (now, asked));
        Ok(token)
    }

    /// What was asked, once.
    fn take(&self, token: &str, now: i64) -> Option<Asked> {
        let (at, asked) = self.locked().remove(&hash(token))?;
        (now - at < GOOD_FOR).then_some(asked)
    }

    /// Asks the browser to make a passkey for an account.
    pub async fn ask_to_add(&self, archive: &Archive, account: &Account) -> Result<Question, PasskeyError> {
        let webauthn = self.webauthn()?;
        let known = keys(&mut archive.db.read().await?, account.id).await?;
        if known.len() >= MOST {
            return Err(PasskeyError::TooMany);
        }
        let known = known.iter().map(|(_, key)| key.cred_id().clone()).collect();
        let (options, state) = webauthn
            .start_passkey_registration(
                handle(archive, account.id),
                &account.name,
                &account.name,
                Some(known),
            )
            .map_err(PasskeyError::Refused)?;
        let mut options = value(&options)?;
        // Only a key that the device finds by itself lets in without a name, and a name that is typed would tell
        // strangers who has a passkey.
        options["publicKey"]["authenticatorSelection"]["residentKey"] = json!("required");
        options["publicKey"]["authenticatorSelection"]["requireResidentKey"] = json!(true);
        let asked = Asked::ToAdd(account.id, Box::new(state));
        let token = self.remember(asked, archive.clock.now())?;
        Ok(Question { token, options })
    }

    /// Adds the passkey that the browser made.
    pub async fn add(
        &self,
        archive: &Archive,
        account: &Account,
        (token, name): (&str, &str),
        made: &RegisterPublicKeyCredential,
    ) -> Result<(), PasskeyError> {
        let now = archive.clock.now();
        let state = match self.take(token, now) {
            Some(Asked::ToAdd(asked, state)) if asked == account.id => state,
            _ => return Err(PasskeyError::Over),
        };
        let key = self.webauthn()?.finish_passkey_registration(made, &state);
        let key = key.map_err(PasskeyError::Refused)?;
        let mut tx = archive.db.begin_recording().await?;
        let passkey = PasskeyId(archive.ids.next(now));
        let name = clean(name);
        insert(&mut tx, (passkey, account.id), (&name, &key), now).await?;
        let factor = Factor::Passkey { passkey, name };
        let event = (account.id, AccountEvent::FactorAdded { factor });
        note(archive, &mut tx, event, By::Person(account))
            .await
            .map_err(AccountError::from)?;
        tx.commit().await?;
        archive.sealer.wake();
        Ok(())
    }

    /// Asks any browser for any passkey of this archive.
    pub fn ask_to_enter(&self, now: i64) -> Result<Question, PasskeyError> {
        let (options, state) = self
            .webauthn()?
            .start_discoverable_authentication()
            .map_err(PasskeyError::Refused)?;
        let options = value(&options)?;
        let token = self.remember(Asked::ToEnter(Box::new(state)), now)?;
        Ok(Question { token, options })
    }

    /// Whose passkey answered. It counts its uses, so that a copy of it is noticed.
    pub async fn enter(
        &self,
        archive: &Archive,
        token: &str,
        shown: &PublicKeyCredential,
    ) -> Result<Account, PasskeyError> {
        let now = archive.clock.now();
        let Some(Asked::ToEnter(state)) = self.take(token, now) else {
            return Err(PasskeyError::Over);
        };
        let webauthn = self.webauthn()?;
        let named = webauthn.identify_discoverable_authentication(shown);
        let (handle_shown, credential) = named.map_err(PasskeyError::Refused)?;
        let mut tx = archive.db.begin().await?;
        let found = by_credential(&mut tx, credential).await?;
        let (id, account, mut key) = found.ok_or(PasskeyError::Unknown)?;
        if handle(archive, account) != handle_shown {
            return Err(PasskeyError::Unknown);
        }
        let checked =
            webauthn.finish_discoverable_authentication_v2(shown, *state, DiscoverableKey::from(&key));
        let checked = checked.map_err(PasskeyError::Refused)?;
        note_use(&mut tx, (id, &mut key), &checked, now).await?;
        let account = store::by_id(&mut tx, account).await?;
        tx.commit().await?;
        account.ok_or(PasskeyError::Unknown)
    }
}

/// What the device keeps as the person's number; it means nothing elsewhere.
fn handle(archive: &Archive, account: AccountId) -> Uuid {
    let digest = Sha256::new()
        .chain_update(archive.config.origin.as_bytes())
        .chain_update(account.0.to_be_bytes())
        .finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    Uuid::from_bytes(bytes)
}

fn clean(name: &str) -> String {
    let name: String = name.trim().chars().take(LONGEST_NAME).collect();
    if name.is_empty() { "–".to_owned() } else { name }
}

fn value(options: &impl serde::Serialize) -> Result<Value, StorageError> {
    serde_json::to_value(options).map_err(|error| unreadable(&error))
}

fn unreadable(error: &serde_json::Error) -> StorageError {
    StorageError::Inconsistent(format!("a passkey cannot be read or written: {error}"))
}

/// One line of a person's passkeys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub id: PasskeyId,
    pub name: String,
    pub added_at: i64,
    pub used_at: Option<i64>,
}

/// The passkeys of an account, in the order in which they were added.
pub async fn list(conn: &mut Conn, account: AccountId) -> Result<Vec<Listed>, StorageError> {
    const SQL: &str =
        "SELECT id, name, added_at, used_at FROM local_passkey WHERE account_id = $1 ORDER BY id";
    let rows: Vec<(i64, String, i64, Option<i64>)> =
        on_db!(conn, c => sqlx::query_as(SQL).bind(account.0).fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .map(|(id, name, added_at, used_at)| Listed {
            id: PasskeyId(id),
            name,
            added_at,
            used_at,
        })
        .collect())
}

/// Gives one of a person's own passkeys another name. Nothing happens to what is not theirs.
pub async fn rename(
    archive: &Archive,
    account: &Account,
    id: PasskeyId,
    name: &str,
) -> Result<(), AccountError> {
    const SQL: &str = "UPDATE local_passkey SET name = $3 WHERE id = $1 AND account_id = $2";
    let name = clean(name);
    let mut tx = archive.db.begin().await?;
    on_db!(tx, c => sqlx::query(SQL).bind(id.0).bind(account.id.0).bind(name).execute(c).await.map(drop))?;
    tx.commit().await?;
    Ok(())
}

/// Takes away one of a person's own passkeys, unless nothing else lets them in. Nothing happens to what is not theirs.
pub async fn remove(archive: &Archive, account: &Account, id: PasskeyId) -> Result<(), AccountError> {
    const SQL: &str = "DELETE FROM local_passkey WHERE id = $1 AND account_id = $2";
    let mut tx = archive.db.begin_recording().await?;
    let own = list(&mut tx, account.id).await?;
    let Some(found) = own.into_iter().find(|own| own.id == id) else {
        return Ok(tx.give_up().await?);
    };
    if openid::store::ways_in(archive, &mut tx, account.id).await? <= 1 {
        return Err(AccountError::LastWayIn);
    }
    on_db!(tx, c => sqlx::query(SQL).bind(id.0).bind(account.id.0).execute(c).await.map(drop))?;
    let factor = Factor::Passkey {
        passkey: id,
        name: found.name,
    };
    let event = (account.id, AccountEvent::FactorRemoved { factor });
    note(archive, &mut tx, event, By::Person(account)).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(())
}

async fn insert(
    conn: &mut Conn,
    (id, account): (PasskeyId, AccountId),
    (name, key): (&str, &Passkey),
    now: i64,
) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO local_passkey (id, account_id, name, credential_id, credential, added_at)
        VALUES ($1, $2, $3, $4, $5, $6)";
    let credential_id = key.cred_id().as_slice().to_vec();
    let credential = serde_json::to_string(key).map_err(|error| unreadable(&error))?;
    let name = name.to_owned();
    on_db!(conn, c => sqlx::query(SQL).bind(id.0).bind(account.0).bind(name).bind(credential_id).bind(credential)
        .bind(now).execute(c).await.map(drop))
}

async fn keys(conn: &mut Conn, account: AccountId) -> Result<Vec<(PasskeyId, Passkey)>, StorageError> {
    const SQL: &str = "SELECT id, credential FROM local_passkey WHERE account_id = $1";
    let rows: Vec<(i64, String)> = on_db!(conn, c => sqlx::query_as(SQL).bind(account.0).fetch_all(c).await)?;
    rows.into_iter()
        .map(|(id, key)| Ok((PasskeyId(id), read(&key)?)))
        .collect()
}

async fn by_credential(
    conn: &mut Conn,
    credential: &[u8],
) -> Result<Option<(PasskeyId, AccountId, Passkey)>, StorageError> {
    const SQL: &str = "SELECT id, account_id, credential FROM local_passkey WHERE credential_id = $1";
    let credential = credential.to_vec();
    let row: Option<(i64, i64, String)> =
        on_db!(conn, c => sqlx::query_as(SQL).bind(credential).fetch_optional(c).await)?;
    row.map(|(id, account, key)| Ok((PasskeyId(id), AccountId(account), read(&key)?)))
        .transpose()
}

fn read(key: &str) -> Result<Passkey, StorageError> {
    serde_json::from_str(key).map_err(|error| unreadable(&error))
}

async fn note_use(
    conn: &mut Conn,
    (id, key): (PasskeyId, &mut Passkey),
    checked: &AuthenticationResult,
    now: i64,
) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE local_passkey SET used_at = $2, credential = $3 WHERE id = $1";
    key.update_credential(checked);
    let credential = serde_json::to_string(key).map_err(|error| unreadable(&error))?;
    on_db!(conn, c => sqlx::query(SQL).bind(id.0).bind(now).bind(credential).execute(c).await.map(drop))
}

/// Takes away all passkeys of an account.
pub(super) async fn forget(conn: &mut Conn, account: AccountId) -> Result<(), StorageError> {
    const SQL: &str = "DELETE FROM local_passkey WHERE account_id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(account.0).execute(c).await.map(drop))
}

//! API tokens: a program acts as an account with one, as far as the token's scopes go, until a day.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::By;
use super::session::{fresh_token, hash};
use super::store::{self, Account};
use crate::archive::Archive;
use crate::archive::id::{AccountId, ApiTokenId};
use crate::journal::act::{Act, Meta};
use crate::journal::append::AppendError;
use crate::journal::perform::perform;
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// Tells what it is to whoever finds one, and to programs that look for forgotten secrets.
const PREFIX: &str = "kr_";
/// The last use is written down no more often than this (microseconds).
const NOTED_EVERY: i64 = 60 * 1_000_000;
const A_DAY: i64 = 24 * 3600 * 1_000_000;
/// A token is good for at most so many days: what nobody renews, nobody needs.
pub const MOST_DAYS: i64 = 366;
/// The longest name, in characters.
pub const LONGEST_NAME: usize = 60;

/// What a token is good for. It adds nothing to what its account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TokenScope {
    /// Look at, search and download.
    Read,
    /// Bring messages in.
    Record,
    /// Decide which client an interaction belongs to.
    Assign,
    /// Add and change clients, addresses, rules, webhooks and guidelines, and let the archive be verified.
    Manage,
    /// Say who is in the archive and who sees what: accounts, invitations, teams, grants.
    People,
}

impl TokenScope {
    pub const ALL: [TokenScope; 5] = [
        TokenScope::Read,
        TokenScope::Record,
        TokenScope::Assign,
        TokenScope::Manage,
        TokenScope::People,
    ];

    pub fn name(self) -> &'static str {
        match self {
            TokenScope::Read => "read",
            TokenScope::Record => "record",
            TokenScope::Assign => "assign",
            TokenScope::Manage => "manage",
            TokenScope::People => "people",
        }
    }

    /// The key of the text that says it.
    pub fn key(self) -> &'static str {
        match self {
            TokenScope::Read => "token-scope-read",
            TokenScope::Record => "token-scope-record",
            TokenScope::Assign => "token-scope-assign",
            TokenScope::Manage => "token-scope-manage",
            TokenScope::People => "token-scope-people",
        }
    }

    pub fn named(name: &str) -> Option<TokenScope> {
        TokenScope::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    #[error("a token needs a name of at most 60 characters that says what uses it")]
    Name,
    #[error("a token needs at least one scope: read, record, assign, manage or people")]
    NoScope,
    #[error("a token is good for 1 to 366 days; give a number of days between")]
    Days,
    #[error("there is no account {0}; `kronika user list` shows all")]
    NoAccount(String),
    #[error("there is no such token in use; `kronika token list` shows all")]
    Absent,
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Append(#[from] AppendError),
}

/// A token about to be made.
pub struct NewToken<'a> {
    /// The name of the account that it acts as.
    pub account: &'a str,
    pub name: &'a str,
    pub scopes: Vec<TokenScope>,
    pub days: i64,
}

/// What is kept of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    pub id: ApiTokenId,
    pub account: AccountId,
    pub name: String,
    pub scopes: Vec<TokenScope>,
    pub made_at: i64,
    pub expires_at: i64,
    pub used_at: Option<i64>,
}

/// Makes a token and gives it, 256 bits; only its hash is kept, so it is never shown again.
pub async fn make(
    archive: &Archive,
    new: NewToken<'_>,
    by: By<'_>,
) -> Result<(ApiToken, String), TokenError> {
    const SQL: &str = "INSERT INTO local_api_token_secret (token_id, token_hash) VALUES ($1, $2)";
    let name = new.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.contains('\0') {
        return Err(TokenError::Name);
    }
    let mut scopes = new.scopes;
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.is_empty() {
        return Err(TokenError::NoScope);
    }
    if !(1..=MOST_DAYS).contains(&new.days) {
        return Err(TokenError::Days);
    }
    let mut tx = archive.db.begin_recording().await?;
    let account = store::by_name(&mut tx, new.account).await?;
    let (account, _) = account.ok_or_else(|| TokenError::NoAccount(new.account.to_owned()))?;
    let now = archive.clock.now();
    let made = ApiToken {
        id: ApiTokenId(archive.ids.next(now)),
        account: account.id,
        name,
        scopes,
        made_at: now,
        expires_at: now + new.days * A_DAY,
        used_at: None,
    };
    perform(archive, &mut tx, act_of(&made), by.name()).await?;
    let token = format!("{PREFIX}{}", fresh_token());
    let (id, hash) = (made.id.0, hash(&token));
    on_db!(tx, c => sqlx::query(SQL).bind(id).bind(hash).execute(c).await.map(drop))?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok((made, token))
}

fn act_of(made: &ApiToken) -> Act {
    Act::TokenMade {
        token: made.id,
        account: made.account,
        name: made.name.clone(),
        scopes: made.scopes.clone(),
        expires_at: made.expires_at,
    }
}

/// Ends a token at once. A person ends their own; the console any.
pub async fn revoke(archive: &Archive, id: ApiTokenId, by: By<'_>) -> Result<(), TokenError> {
    let mut tx = archive.db.begin_recording().await?;
    let whose = match by {
        By::Console => None,
        By::Person(account) => Some(account.id),
    };
    let known = list(&mut tx, whose).await?;
    if !known.iter().any(|token| token.id == id) {
        return Err(TokenError::Absent);
    }
    perform(archive, &mut tx, Act::TokenRevoked { token: id }, by.name()).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(())
}

/// A token that was found, with the account that it acts as.
pub struct Found {
    pub token: ApiToken,
    pub account: Account,
    /// Whether its use is to be noted.
    pub note: bool,
}

const COLUMNS: &str = "t.id, t.account_id, t.name, t.scopes, t.made_at, t.expires_at, s.used_at";

type Row = (i64, i64, String, String, i64, i64, Option<i64>);

fn of_row(row: Row) -> ApiToken {
    let (id, account, name, scopes, made_at, expires_at, used_at) = row;
    ApiToken {
        id: ApiTokenId(id),
        account: AccountId(account),
        name,
        scopes: scopes.split(' ').filter_map(TokenScope::named).collect(),
        made_at,
        expires_at,
        used_at,
    }
}

/// Whose token it is, unless it expired, was revoked, or its account was removed.
pub async fn find(conn: &mut Conn, token: &str, now: i64) -> Result<Option<Found>, StorageError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM local_api_token_secret s JOIN api_token t ON t.id = s.token_id
        WHERE s.token_hash = $1 AND t.revoked_at IS NULL AND t.expires_at > $2"
    );
    if !token.starts_with(PREFIX) {
        return Ok(None);
    }
    let hash = hash(token);
    let row: Option<Row> = on_db!(conn, c => {
        sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(hash).bind(now).fetch_optional(c).await
    })?;
    let Some(token) = row.map(of_row) else {
        return Ok(None);
    };
    let account = store::by_id(conn, token.account).await?;
    Ok(account.map(|account| Found {
        note: token.used_at.is_none_or(|used_at| now - used_at > NOTED_EVERY),
        token,
        account,
    }))
}

/// Notes that a token was used.
pub async fn note_use(conn: &mut Conn, id: ApiTokenId, now: i64) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE local_api_token_secret SET used_at = $2 WHERE token_id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(id.0).bind(now).execute(c).await.map(drop))
}

/// Tokens that were not revoked, of one account or of everybody who was not removed; newest first. Those that expired
/// are among them.
pub async fn list(conn: &mut Conn, account: Option<AccountId>) -> Result<Vec<ApiToken>, StorageError> {
    let whose = account.map_or_else(
        || "1 = 1".to_owned(),
        |account| format!("t.account_id = {}", account.0),
    );
    let sql = format!(
        "SELECT {COLUMNS} FROM api_token t JOIN account a ON a.id = t.account_id
        LEFT JOIN local_api_token_secret s ON s.token_id = t.id
        WHERE t.revoked_at IS NULL AND a.removed_at IS NULL AND {whose} ORDER BY t.id DESC"
    );
    let rows: Vec<Row> = on_db!(conn, c => sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(c).await)?;
    Ok(rows.into_iter().map(of_row).collect())
}

pub(super) async fn insert(conn: &mut Conn, meta: &Meta) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO api_token (id, account_id, name, scopes, made_by, made_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let Act::TokenMade {
        token,
        account,
        name,
        scopes,
        expires_at,
    } = &meta.act
    else {
        return Ok(());
    };
    let scopes: Vec<&str> = scopes.iter().map(|scope| scope.name()).collect();
    let (name, scopes, by) = (name.clone(), scopes.join(" "), meta.by.clone());
    on_db!(conn, c => sqlx::query(SQL).bind(token.0).bind(account.0).bind(name).bind(scopes).bind(by)
        .bind(meta.captured_at).bind(*expires_at).execute(c).await.map(drop))
}

pub(super) async fn set_revoked(conn: &mut Conn, id: ApiTokenId, at: i64) -> Result<(), StorageError> {
    const SQL: &str = "UPDATE api_token SET revoked_at = $2 WHERE id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(id.0).bind(at).execute(c).await.map(drop))
}

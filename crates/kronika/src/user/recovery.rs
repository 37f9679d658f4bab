//! Recovery codes: for whoever lost what gives the second factor. Ten, each good once.

use sha2::{Digest, Sha256};

use super::By;
use super::act::{AccountError, note};
use super::event::AccountEvent;
use super::store::Account;
use crate::archive::Archive;
use crate::archive::id::AccountId;
use crate::on_db;
use crate::storage::{Conn, StorageError};

const CODES: usize = 10;

/// 80 bits in four groups: so many that a plain hash of one cannot be undone.
fn make_up() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let bits: [u8; 16] = rand::random();
    let letters: Vec<char> = bits
        .iter()
        .map(|bits| LETTERS[usize::from(bits % 32)] as char)
        .collect();
    letters
        .chunks(4)
        .map(|group| group.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join("-")
}

/// As it is kept. Case, spaces and dashes do not matter to whoever types it.
fn hash(account: AccountId, code: &str) -> Vec<u8> {
    let plain: String = code
        .to_lowercase()
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .collect();
    Sha256::new()
        .chain_update(account.0.to_be_bytes())
        .chain_update(plain.as_bytes())
        .finalize()
        .to_vec()
}

/// Makes ten new codes; earlier ones do not work any more. They are shown once and kept as hashes.
pub async fn renew(archive: &Archive, account: &Account) -> Result<Vec<String>, AccountError> {
    let mut tx = archive.db.begin_recording().await?;
    let codes = renew_within(archive, &mut tx, account).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(codes)
}

pub(super) async fn renew_within(
    archive: &Archive,
    conn: &mut Conn,
    account: &Account,
) -> Result<Vec<String>, AccountError> {
    const SQL: &str = "INSERT INTO local_recovery_code (account_id, code_hash) VALUES ($1, $2)";
    forget(conn, account.id).await?;
    let codes: Vec<String> = (0..CODES).map(|_| make_up()).collect();
    for code in &codes {
        let hash = hash(account.id, code);
        on_db!(conn, c => sqlx::query(SQL).bind(account.id.0).bind(hash).execute(c).await.map(drop))?;
    }
    let event = (account.id, AccountEvent::RecoveryCodesMade);
    note(archive, conn, event, By::Person(account)).await?;
    Ok(codes)
}

/// Uses up a code; says whether it was one. Of two who bring it at once, one is refused.
pub async fn spend(conn: &mut Conn, account: AccountId, code: &str) -> Result<bool, StorageError> {
    const SQL: &str = "DELETE FROM local_recovery_code WHERE account_id = $1 AND code_hash = $2";
    let hash = hash(account, code);
    let spent = on_db!(conn, c => sqlx::query(SQL).bind(account.0).bind(hash).execute(c).await
        .map(|done| done.rows_affected()))?;
    Ok(spent > 0)
}

/// How many are left.
pub async fn left(conn: &mut Conn, account: AccountId) -> Result<i64, StorageError> {
    const SQL: &str = "SELECT COUNT(*) FROM local_recovery_code WHERE account_id = $1";
    on_db!(conn, c => sqlx::query_scalar(SQL).bind(account.0).fetch_one(c).await)
}

pub(super) async fn forget(conn: &mut Conn, account: AccountId) -> Result<(), StorageError> {
    const SQL: &str = "DELETE FROM local_recovery_code WHERE account_id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(account.0).execute(c).await.map(drop))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_be_typed_in_any_case_and_without_its_dashes() {
        let (account, other) = (AccountId(7), AccountId(8));
        let code = make_up();

        assert_eq!(code.len(), 19);
        let typed = code.to_uppercase().replace('-', " ");
        assert_eq!(hash(account, &typed), hash(account, &code));
        assert_ne!(hash(other, &code), hash(account, &code));
        assert_ne!(make_up(), code);
    }
}

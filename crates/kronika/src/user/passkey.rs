//! Passkeys: keys that a person's device keeps and shows by a signature.

use crate::archive::id::AccountId;
use crate::on_db;
use crate::storage::{Conn, StorageError};

pub(super) async fn forget(conn: &mut Conn, account: AccountId) -> Result<(), StorageError> {
    const SQL: &str = "DELETE FROM local_passkey WHERE account_id = $1";
    on_db!(conn, c => sqlx::query(SQL).bind(account.0).execute(c).await.map(drop))
}

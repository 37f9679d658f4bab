//! The packages that were made.

use sqlx::FromRow;

use crate::archive::id::ClientId;
use crate::journal::act::Act;
use crate::journal::append::Appended;
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// A package that was made.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Row {
    pub client_id: i64,
    pub items: i64,
    pub purpose: String,
    pub recipient: String,
    pub sha256: String,
    pub size: i64,
    pub made_by: String,
    pub made_at: i64,
}

/// All of them, or those of one client, newest first.
pub async fn list(conn: &mut Conn, client: Option<ClientId>) -> Result<Vec<Row>, StorageError> {
    const SQL: &str =
        "SELECT client_id, items, purpose, recipient, sha256, size, made_by, made_at FROM evidence
        WHERE $1 = 0 OR client_id = $1 ORDER BY made_at DESC, record_id DESC";
    let client = client.map_or(0, |client| client.0);
    on_db!(conn, c => sqlx::query_as(SQL).bind(client).fetch_all(c).await)
}

pub async fn project(conn: &mut Conn, appended: &Appended) -> Result<(), StorageError> {
    const SQL: &str = "INSERT INTO evidence
        (record_id, client_id, items, purpose, recipient, sha256, size, made_by, made_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let Act::EvidenceMade {
        client,
        items,
        purpose,
        recipient,
        sha256,
        size,
    } = &appended.meta.act
    else {
        return Ok(());
    };
    on_db!(conn, c => {
        sqlx::query(SQL)
            .bind(appended.record.0)
            .bind(client.0)
            .bind(items.cast_signed())
            .bind(purpose)
            .bind(recipient)
            .bind(sha256)
            .bind(size.cast_signed())
            .bind(&appended.meta.by)
            .bind(appended.meta.captured_at)
            .execute(c)
            .await
            .map(drop)
    })
}

//! How tokens become rows.

use crate::journal::act::Act;
use crate::journal::append::Appended;
use crate::on_db;
use crate::storage::{Conn, StorageError};

pub async fn project(conn: &mut Conn, appended: &Appended) -> Result<(), StorageError> {
    const SQL: &str =
        "INSERT INTO journal_timestamp (record_id, size, stamped_at, authority) VALUES ($1, $2, $3, $4)";
    let Act::Timestamped {
        authority,
        size,
        stamped_at,
        ..
    } = &appended.meta.act
    else {
        return Ok(());
    };
    on_db!(conn, c => {
        sqlx::query(SQL)
            .bind(appended.record.0)
            .bind(size.cast_signed())
            .bind(*stamped_at)
            .bind(authority)
            .execute(c)
            .await
            .map(drop)
    })
}

//! Numbered migrations, two files of one name; a released one never changes.

use sqlx::migrate::{Migrate, Migrator};
use sqlx::{PgPool, SqliteConnection};

use super::StorageError;

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// Whether the tables are those of this program, answered by one number: opening must be quick.
pub(super) async fn is_current(conn: &mut SqliteConnection) -> Result<bool, StorageError> {
    let found: i64 = sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(&mut *conn)
        .await?;
    refuse_newer(found, newest(&SQLITE))?;
    Ok(found == newest(&SQLITE))
}

pub(super) async fn bring_up_to_date_sqlite(conn: &mut SqliteConnection) -> Result<(), StorageError> {
    if is_current(conn).await? {
        return Ok(());
    }
    run(&SQLITE, conn).await?;
    let mark = format!("PRAGMA user_version = {}", newest(&SQLITE));
    sqlx::query(sqlx::AssertSqlSafe(mark)).execute(&mut *conn).await?;
    Ok(())
}

pub(super) async fn bring_up_to_date_postgres(pool: &PgPool) -> Result<(), StorageError> {
    let mut conn = pool.acquire().await?;
    run(&POSTGRES, &mut *conn).await
}

async fn run<C: Migrate>(migrator: &Migrator, conn: &mut C) -> Result<(), StorageError> {
    match migrator.run_direct(None, conn, false).await {
        Err(sqlx::migrate::MigrateError::VersionMissing(found)) => Err(StorageError::Newer {
            found,
            known: newest(migrator),
        }),
        other => Ok(other?),
    }
}

fn refuse_newer(found: i64, known: i64) -> Result<(), StorageError> {
    if found > known {
        Err(StorageError::Newer { found, known })
    } else {
        Ok(())
    }
}

fn newest(migrator: &Migrator) -> i64 {
    migrator
        .iter()
        .map(|migration| migration.version)
        .max()
        .unwrap_or(0)
}

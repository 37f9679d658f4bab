//! Many rows by few statements: the same multi-row INSERT on both databases.

use sqlx::AssertSqlSafe;

use super::{Conn, StorageError};
use crate::on_db;

/// One value of a row, typed also when it is absent: PostgreSQL wants to know the type of a NULL.
#[derive(Clone, Copy)]
pub enum Value<'a> {
    Int(i64),
    MaybeInt(Option<i64>),
    Text(&'a str),
    MaybeText(Option<&'a str>),
    Bytes(&'a [u8]),
    MaybeBytes(Option<&'a [u8]>),
}

/// Statements of these sizes stay prepared, so a batch of any length costs few distinct texts.
const ROWS_AT_ONCE: [usize; 3] = [64, 8, 1];

/// Inserts rows into `table (columns)`. `suffix` is put behind the values, e.g. an `ON CONFLICT` clause.
pub async fn insert(
    conn: &mut Conn,
    target: (&'static str, &[&'static str]),
    rows: &[Vec<Value<'_>>],
    suffix: &'static str,
) -> Result<(), StorageError> {
    let (table, columns) = target;
    let mut left = rows;
    for size in ROWS_AT_ONCE {
        while left.len() >= size {
            let (now, later) = left.split_at(size);
            let sql = statement(table, columns, size, suffix);
            on_db!(conn, c => bound(sqlx::query(AssertSqlSafe(sql)), now).execute(c).await.map(drop))?;
            left = later;
        }
    }
    Ok(())
}

fn statement(table: &str, columns: &[&str], rows: usize, suffix: &str) -> String {
    let mut sql = format!("INSERT INTO {table} ({}) VALUES ", columns.join(", "));
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 1..=columns.len() {
            let comma = if column == 1 { "" } else { ", " };
            sql.push_str(&format!("{comma}${}", row * columns.len() + column));
        }
        sql.push(')');
    }
    sql.push(' ');
    sql.push_str(suffix);
    sql
}

fn bound<'q, D>(
    mut query: sqlx::query::Query<'q, D, D::Arguments>,
    rows: &[Vec<Value<'_>>],
) -> sqlx::query::Query<'q, D, D::Arguments>
where
    D: sqlx::Database,
    i64: sqlx::Encode<'q, D> + sqlx::Type<D>,
    String: sqlx::Encode<'q, D> + sqlx::Type<D>,
    Vec<u8>: sqlx::Encode<'q, D> + sqlx::Type<D>,
    Option<i64>: sqlx::Encode<'q, D> + sqlx::Type<D>,
    Option<String>: sqlx::Encode<'q, D> + sqlx::Type<D>,
    Option<Vec<u8>>: sqlx::Encode<'q, D> + sqlx::Type<D>,
{
    for value in rows.iter().flatten() {
        query = match *value {
            Value::Int(value) => query.bind(value),
            Value::MaybeInt(value) => query.bind(value),
            Value::Text(value) => query.bind(value.to_owned()),
            Value::MaybeText(value) => query.bind(value.map(str::to_owned)),
            Value::Bytes(value) => query.bind(value.to_owned()),
            Value::MaybeBytes(value) => query.bind(value.map(<[u8]>::to_owned)),
        };
    }
    query
}

/// `$1, $2, …` for an IN list of `count` values starting after `before` other parameters.
pub fn placeholders(before: usize, count: usize) -> String {
    (1..=count)
        .map(|n| format!("${}", before + n))
        .collect::<Vec<_>>()
        .join(", ")
}

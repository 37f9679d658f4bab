//! The words of the search index against the originals they came from. Every original is read again for it, so it is
//! done only when asked for.

use super::{Progress, VerifyError};
use crate::archive::Archive;
use crate::archive::id::InteractionKey;
use crate::interaction::extract::indexed_words;
use crate::on_db;
use crate::search::held::Held;
use crate::storage::{Conn, StorageError};

/// Interactions at a time.
const PAGE: i64 = 256;

/// Compares all of them; `show` gives `false` to end early.
pub async fn check(
    archive: &Archive,
    conn: &mut Conn,
    progress: &mut Progress,
    show: &mut impl FnMut(&Progress) -> bool,
) -> Result<(), VerifyError> {
    let mut held = Held::load(conn).await?;
    progress.report.words = Some(0);
    let mut after = i64::MIN;
    loop {
        let page = page(conn, after).await?;
        let Some(last) = page.last() else { break };
        after = last.0;
        for key in page {
            // What no longer opens was blamed with its record.
            let Ok(Some(words)) = indexed_words(archive, conn, key).await else {
                continue;
            };
            progress.report.words = progress.report.words.map(|compared| compared + 1);
            if !held.agrees(conn, key, &words).await? {
                let what = format!("interaction {key}: the search index holds other words than its text");
                progress.report.blame(what);
            }
        }
        if !show(progress) {
            return Ok(());
        }
    }
    let stray = held.stray(conn).await?;
    if stray > 0 {
        progress
            .report
            .blame(format!("{stray} rows of the search index without an interaction"));
    }
    Ok(())
}

async fn page(conn: &mut Conn, after: i64) -> Result<Vec<InteractionKey>, StorageError> {
    const SQL: &str = "SELECT interaction_key FROM interaction WHERE interaction_key > $1 ORDER BY interaction_key LIMIT $2";
    let keys: Vec<i64> =
        on_db!(conn, c => sqlx::query_scalar(SQL).bind(after).bind(PAGE).fetch_all(c).await)?;
    Ok(keys.into_iter().map(InteractionKey).collect())
}

//! The timestamps, each checked again against the certificates that are believed.

use data_encoding::BASE64;
use kronika_tlog::checkpoint::Checkpoint;
use kronika_tlog::note::Note;

use super::{Report, VerifyError};
use crate::archive::Archive;
use crate::archive::id::RecordId;
use crate::journal::act::Act;
use crate::journal::load;
use crate::journal::timestamp::{self, store};
use crate::on_db;
use crate::storage::Conn;

pub async fn check(archive: &Archive, conn: &mut Conn, report: &mut Report) -> Result<(), VerifyError> {
    for row in store::all(conn).await? {
        report.timestamps += 1;
        let opened = match load::open(archive, conn, RecordId(row.record_id)).await {
            // What does not open was blamed with its record.
            Err(_) => continue,
            Ok(opened) => opened,
        };
        let Ok(Act::Timestamped {
            size,
            note,
            token,
            stamped_at,
            ..
        }) = opened.meta().map(|meta| meta.act)
        else {
            continue;
        };
        let name = format!("the timestamp over {size} entries");
        if (row.size.unsigned_abs(), row.stamped_at) != (size, stamped_at) {
            report.blame(format!("{name}: the table says something else than its entry"));
        }
        if !is_ours(archive, conn, size, &note).await? {
            report.blame(format!(
                "{name}: it stamps another checkpoint than the journal has"
            ));
        }
        let token = BASE64.decode(token.as_bytes()).unwrap_or_default();
        let authorities = &archive.config.timestamps.authority;
        match timestamp::check(authorities, &token, &note, archive.clock.now()) {
            Ok(verified) if verified.latest() == stamped_at => {}
            Ok(_) => report.blame(format!("{name}: the token names another time than its entry")),
            Err(error) => report.blame(format!("{name}: {error}")),
        }
    }
    Ok(())
}

/// Whether what was stamped is the journal's checkpoint of that size; the tree behind it was recomputed already.
async fn is_ours(archive: &Archive, conn: &mut Conn, size: u64, note: &str) -> Result<bool, VerifyError> {
    const SQL: &str = "SELECT note FROM journal_checkpoint WHERE size = $1";
    let kept: Option<String> = on_db!(conn, c => {
        sqlx::query_scalar(SQL).bind(size.cast_signed()).fetch_optional(c).await
    })?;
    let key = archive.sealer.verifier(archive).await?;
    let head = |note: &str| {
        let note = Note::parse(note.as_bytes()).ok()?;
        Some(Checkpoint::open(&note, &key).ok()?.head())
    };
    let stamped = head(note);
    Ok(stamped.is_some() && stamped == kept.as_deref().and_then(head))
}

//! Reading the text of attachments, after their message is recorded: in a process of its own, bounded in time and
//! memory, because readers of foreign documents can be made to loop or swell.

use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::prepare;
use super::read::{Whole, whole};
use crate::archive::Archive;
use crate::archive::id::InteractionKey;
use crate::journal::load::LoadError;
use crate::journal::store;
use crate::on_db;
use crate::search::index::{self, Words};
use crate::secrecy::Content;
use crate::storage::{Conn, StorageError};

#[derive(Debug, thiserror::Error)]
pub enum ExtractError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Load(#[from] LoadError),
}

/// At most this much text of one attachment is kept and searched.
pub const TEXT_LIMIT: usize = 1024 * 1024;
/// A document that takes longer has no text for us.
const TIME_LIMIT: Duration = Duration::from_secs(30);
/// Documents of more than this many bytes are not opened.
const SIZE_LIMIT: usize = 40 * 1024 * 1024;
/// What a stored text is bound to: it is derived, and no part of the record.
const BOUND_TO: &[u8] = b"kronika/attachment-text/v1";

/// Reads everything that waits. `show` is told how many attachments are done. Returns that number.
pub async fn extract_waiting(archive: &Archive, mut show: impl FnMut(u64)) -> Result<u64, ExtractError> {
    const SQL: &str = "SELECT DISTINCT interaction_key FROM attachment WHERE text_state = 'pending'
        ORDER BY interaction_key DESC LIMIT 50";
    let mut done = 0;
    loop {
        let mut conn = archive.db.read().await?;
        let conn = &mut conn;
        let keys: Vec<i64> = on_db!(conn, c => sqlx::query_scalar(SQL).fetch_all(c).await)?;
        if keys.is_empty() {
            return Ok(done);
        }
        for key in keys {
            done += extract(archive, conn, InteractionKey(key)).await?;
            show(done);
        }
    }
}

/// Keeps reading attachments while the server runs: at once when woken, and now and then in any case.
pub async fn run(archive: &Archive) {
    loop {
        if let Err(error) = extract_waiting(archive, |_| {}).await {
            tracing::error!(%error, "attachments could not be read");
        }
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
}

async fn extract(archive: &Archive, conn: &mut Conn, key: InteractionKey) -> Result<u64, ExtractError> {
    let Some(whole) = whole(archive, conn, key).await? else {
        return Ok(0);
    };
    let mut texts = Vec::new();
    for (position, part) in (0..).zip(whole.recorded.attachments()) {
        if super::read::text_state(part) == "pending" {
            let bytes = whole
                .part(&part.number)
                .map(|(_, bytes)| bytes.into_owned())
                .unwrap_or_default();
            texts.push((position, text_of(&part.media_type, &part.filename, bytes).await));
        }
    }
    save(archive, &whole, key, &texts).await?;
    Ok(texts.len() as u64)
}

type Text = Result<Option<String>, String>;

/// The text of one document, read by a child process.
async fn text_of(media_type: &str, filename: &str, bytes: Vec<u8>) -> Text {
    if bytes.len() > SIZE_LIMIT {
        return Err("it is too large to be read".to_owned());
    }
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut child = tokio::process::Command::new(program)
        .args(["extract-text", "--media-type", media_type, "--filename", filename])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| error.to_string())?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err("its reader could not be reached".to_owned());
    };
    let talk = async {
        let mut text = Vec::new();
        let mut output = output.take(TEXT_LIMIT as u64);
        // A reader may answer before it has taken everything; what it then refuses does not matter.
        let write = async move {
            let _ = input.write_all(&bytes).await;
        };
        let ((), read) = tokio::join!(write, output.read_to_end(&mut text));
        read.map_err(|error| error.to_string())?;
        let status = child.wait().await.map_err(|error| error.to_string())?;
        Ok::<_, String>((status, text))
    };
    let (status, text) = tokio::time::timeout(TIME_LIMIT, talk)
        .await
        .map_err(|_| "it takes too long to read".to_owned())??;
    match status.code() {
        Some(0) => Ok(Some(String::from_utf8_lossy(&text).replace('\0', " "))),
        Some(1) => Ok(None),
        _ => Err("it is damaged, encrypted, or asks for too much memory".to_owned()),
    }
}

/// Puts the texts into the search index and keeps them, sealed with the record's key.
async fn save(
    archive: &Archive,
    whole: &Whole,
    key: InteractionKey,
    texts: &[(i64, Text)],
) -> Result<(), ExtractError> {
    const STATE: &str = "UPDATE attachment SET text_state = $3 WHERE interaction_key = $1 AND position = $2";
    const KEEP: &str = "INSERT INTO local_attachment_text (interaction_key, position, sealed_text, failure)
        VALUES ($1, $2, $3, $4) ON CONFLICT (interaction_key, position)
        DO UPDATE SET sealed_text = excluded.sealed_text, failure = excluded.failure";
    let before = words(whole, &[]);
    let found: Vec<&str> = texts
        .iter()
        .filter_map(|(_, text)| text.as_ref().ok()?.as_deref())
        .collect();
    let after = words(whole, &found);
    let mut tx = archive.db.begin().await?;
    let wraps = store::wraps(&mut tx, whole.original_record).await?;
    let record_key = archive.keyring.unwrap(&wraps).await.map_err(LoadError::from)?;
    for (position, text) in texts {
        let (state, sealed, failure) = match text {
            Ok(Some(text)) => (
                "read",
                Some(record_key.seal(&Content::pack(text.as_bytes()), BOUND_TO)),
                None,
            ),
            Ok(None) => ("none", None, None),
            Err(why) => ("failed", None, Some(why.clone())),
        };
        on_db!(tx, c => sqlx::query(STATE).bind(key.0).bind(*position).bind(state).execute(c).await.map(drop))?;
        on_db!(tx, c => sqlx::query(KEEP).bind(key.0).bind(*position).bind(sealed).bind(failure)
            .execute(c).await.map(drop))?;
    }
    if before != after {
        index::remove(&mut tx, key, &before).await?;
        index::insert(&mut tx, &[(key, &after)]).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// What the index holds of a message, with these texts of its attachments.
fn words(whole: &Whole, texts: &[&str]) -> Words {
    prepare::read(&whole.original)
        .words
        .with_attachments(texts.iter().copied())
}

/// What the index should hold of an interaction; `None` when there is none of this key.
pub async fn indexed_words(
    archive: &Archive,
    conn: &mut Conn,
    key: InteractionKey,
) -> Result<Option<Words>, LoadError> {
    let Some(whole) = whole(archive, conn, key).await? else {
        return Ok(None);
    };
    if whole.recorded.unreadable.is_some() {
        return Ok(Some(Words::default()));
    }
    let read = kept_texts(archive, conn, key).await?;
    let texts: Vec<&str> = read.iter().map(|(_, text)| text.as_str()).collect();
    Ok(Some(words(&whole, &texts)))
}

/// The texts of an interaction's attachments, as far as they can be read, each with its file name.
pub async fn texts(
    archive: &Archive,
    conn: &mut Conn,
    whole: &Whole,
) -> Result<Vec<(String, String)>, LoadError> {
    let mut texts = prepare::document_texts(&prepare::read(&whole.original).facts, &whole.original);
    texts.extend(kept_texts(archive, conn, whole.recorded.interaction).await?);
    Ok(texts)
}

/// The texts that were read in a process of their own, each with its file name.
async fn kept_texts(
    archive: &Archive,
    conn: &mut Conn,
    key: InteractionKey,
) -> Result<Vec<(String, String)>, LoadError> {
    const SQL: &str = "SELECT a.filename, t.sealed_text, i.original_record FROM local_attachment_text t
        JOIN attachment a ON a.interaction_key = t.interaction_key AND a.position = t.position
        JOIN interaction i ON i.interaction_key = t.interaction_key
        WHERE t.interaction_key = $1 AND t.sealed_text IS NOT NULL ORDER BY t.position";
    let rows: Vec<(String, Vec<u8>, i64)> =
        on_db!(conn, c => sqlx::query_as(SQL).bind(key.0).fetch_all(c).await)?;
    let mut texts = Vec::with_capacity(rows.len());
    for (name, sealed, record) in rows {
        let wraps = store::wraps(conn, crate::archive::id::RecordId(record)).await?;
        let record_key = archive.keyring.unwrap(&wraps).await?;
        let text = Content::unpack(record_key.open(sealed, BOUND_TO)?)?;
        texts.push((name, String::from_utf8_lossy(&text).into_owned()));
    }
    Ok(texts)
}

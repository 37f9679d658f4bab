//! Writing looks into the journal.

use super::Look;
use crate::archive::Archive;
use crate::journal::act::Act;
use crate::journal::append::AppendError;
use crate::journal::perform::conclude;

/// Writes looks as one act. Durable once this returns.
pub async fn write(archive: &Archive, looks: Vec<Look>) -> Result<(), AppendError> {
    if looks.is_empty() {
        return Ok(());
    }
    let by = match looks.as_slice() {
        [one] => one.by.clone(),
        _ => "kronika".to_owned(),
    };
    let tx = archive.db.begin_recording().await?;
    conclude(archive, tx, Act::Looked { looks }, &by).await?;
    Ok(())
}

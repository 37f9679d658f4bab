//! Issuing, accepting and withdrawing guidelines, and reminding those who have not accepted.

use super::{GuidelineMistake, GuidelineText, store};
use crate::archive::Archive;
use crate::archive::id::{AccountId, GuidelineId};
use crate::journal::act::Act;
use crate::journal::append::AppendError;
use crate::journal::perform::conclude;
use crate::storage::StorageError;

#[derive(Debug, thiserror::Error)]
pub enum GuidelineError {
    #[error(transparent)]
    Mistake(#[from] GuidelineMistake),
    #[error("there is no such guideline, or it was withdrawn")]
    Absent,
    #[error("a newer version was issued meanwhile; read that one")]
    Outdated,
    #[error("not every question was answered rightly")]
    Wrong(Vec<usize>),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Append(#[from] AppendError),
}

/// Issues a guideline, or with `known` its next version, which everyone is asked to accept anew.
pub async fn issue(
    archive: &Archive,
    known: Option<GuidelineId>,
    text: GuidelineText,
    by: &str,
) -> Result<GuidelineId, GuidelineError> {
    let mut tx = archive.db.begin_recording().await?;
    let (guideline, version) = match known {
        None => (GuidelineId(archive.ids.next(archive.clock.now())), 1),
        Some(guideline) => {
            let newest = store::newest(&mut tx, guideline).await?;
            (guideline, newest.ok_or(GuidelineError::Absent)?.version + 1)
        }
    };
    let act = Act::GuidelineIssued {
        guideline,
        version,
        text,
    };
    conclude(archive, tx, act, by).await?;
    Ok(guideline)
}

/// Whoever accepts.
pub struct Reader<'a> {
    pub account: AccountId,
    pub name: &'a str,
}

/// Accepts the version that was read, when its test is passed. Accepting twice changes nothing.
pub async fn accept(
    archive: &Archive,
    (guideline, version): (GuidelineId, i64),
    answers: &[Option<usize>],
    reader: Reader<'_>,
) -> Result<(), GuidelineError> {
    let mut tx = archive.db.begin_recording().await?;
    let newest = store::newest(&mut tx, guideline)
        .await?
        .ok_or(GuidelineError::Absent)?;
    if newest.version != version {
        return Err(GuidelineError::Outdated);
    }
    let wrong = newest.text.wrong(answers);
    if !wrong.is_empty() {
        return Err(GuidelineError::Wrong(wrong));
    }
    let acceptances = store::acceptances(&mut tx, guideline).await?;
    let known = acceptances
        .iter()
        .any(|known| known.account == reader.account && known.version == version);
    if known {
        return Ok(tx.give_up().await?);
    }
    let act = Act::GuidelineAccepted {
        guideline,
        version,
        account: reader.account,
        questions: newest.text.questions.len(),
    };
    conclude(archive, tx, act, reader.name).await?;
    Ok(())
}

/// Reminds everyone of these who has not accepted the newest version. Gives how many that is.
pub async fn remind(
    archive: &Archive,
    guideline: GuidelineId,
    readers: &[AccountId],
    by: &str,
) -> Result<usize, GuidelineError> {
    let mut tx = archive.db.begin_recording().await?;
    let newest = store::newest(&mut tx, guideline)
        .await?
        .ok_or(GuidelineError::Absent)?;
    let version = newest.version;
    let acceptances = store::acceptances(&mut tx, guideline).await?;
    let accepted = |account: &AccountId| {
        acceptances
            .iter()
            .any(|known| known.account == *account && known.version == version)
    };
    let accounts: Vec<AccountId> = readers
        .iter()
        .copied()
        .filter(|account| !accepted(account))
        .collect();
    let reminded = accounts.len();
    if reminded == 0 {
        tx.give_up().await?;
        return Ok(0);
    }
    let act = Act::GuidelineReminded {
        guideline,
        version,
        accounts,
    };
    conclude(archive, tx, act, by).await?;
    Ok(reminded)
}

/// Asks nobody for it any more. Who accepted which version stays known.
pub async fn withdraw(archive: &Archive, guideline: GuidelineId, by: &str) -> Result<(), GuidelineError> {
    let mut tx = archive.db.begin_recording().await?;
    store::newest(&mut tx, guideline)
        .await?
        .ok_or(GuidelineError::Absent)?;
    conclude(archive, tx, Act::GuidelineWithdrawn { guideline }, by).await?;
    Ok(())
}

//! Why something could not be taken in.

use std::io;

use kronika_intake::container::ContainerError;
use serde::{Deserialize, Serialize};

/// Each with its remedy; the pages say it in the reader's language, by the [`code`](Reason::code).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    #[error("it does not exist; check the path")]
    Missing,
    #[error("it may not be read; give this user the right to read it")]
    Forbidden,
    #[error("the disk could not read it to its end; copy it again from where it came")]
    Broken,
    #[error("it is not a message, a mailbox or an archive of those; it was left where it is")]
    NotMail,
    #[error("it is no mailbox: it does not start with a `From ` line; it was left where it is")]
    NotMailbox,
    #[error("it is Outlook's own format; save the messages as .eml or mbox and import those")]
    Outlook,
    #[error("it is an archive within an archive; unpack it and import it by itself")]
    NestedArchive,
    #[error("the archive is damaged or cut off; what came before that was taken; fetch the archive again")]
    DamagedArchive,
    #[error(
        "the archive unpacks to far more than an archive of mail would; unpack it yourself and import the folder"
    )]
    Swollen,
    #[error("a message in it is larger than allowed; import it with --largest and a number of megabytes")]
    TooLarge,
    #[error("it could not be read as a message; it is kept as it is, in the inbox")]
    Unreadable,
    #[error("the import failed; what was recorded before that is kept; start it again")]
    Failed,
}

impl Reason {
    pub fn of_file(error: &io::Error) -> Reason {
        match error.kind() {
            io::ErrorKind::NotFound => Reason::Missing,
            io::ErrorKind::PermissionDenied => Reason::Forbidden,
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => Reason::DamagedArchive,
            _ => Reason::Broken,
        }
    }

    pub fn of_archive(error: &ContainerError) -> Reason {
        match error {
            ContainerError::Damaged { .. } => Reason::DamagedArchive,
            ContainerError::TooManyEntries { .. }
            | ContainerError::TooLarge { .. }
            | ContainerError::Bomb { .. } => Reason::Swollen,
        }
    }

    const ALL: [Reason; 12] = [
        Reason::Missing,
        Reason::Forbidden,
        Reason::Broken,
        Reason::NotMail,
        Reason::NotMailbox,
        Reason::Outlook,
        Reason::NestedArchive,
        Reason::DamagedArchive,
        Reason::Swollen,
        Reason::TooLarge,
        Reason::Unreadable,
        Reason::Failed,
    ];

    /// The reason of a [`code`](Reason::code); one this program does not know is a failure like any other.
    pub fn of_code(code: &str) -> Reason {
        let known = Reason::ALL.into_iter().find(|reason| reason.code() == code);
        known.unwrap_or(Reason::Failed)
    }

    /// The key of its text.
    pub fn code(self) -> &'static str {
        match self {
            Reason::Missing => "refused-missing",
            Reason::Forbidden => "refused-forbidden",
            Reason::Broken => "refused-broken",
            Reason::NotMail => "refused-not-mail",
            Reason::NotMailbox => "refused-not-mailbox",
            Reason::Outlook => "refused-outlook",
            Reason::NestedArchive => "refused-nested-archive",
            Reason::DamagedArchive => "refused-damaged-archive",
            Reason::Swollen => "refused-swollen",
            Reason::TooLarge => "refused-too-large",
            Reason::Unreadable => "refused-unreadable",
            Reason::Failed => "refused-failed",
        }
    }
}

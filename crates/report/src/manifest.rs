//! The list of a volume's exhibits, as it is attached to the PDF.

use serde::Serialize;

use crate::model::{Attachment, Exhibit, Report, Times, Volume};

/// Its file name in the PDF.
pub const FILE_NAME: &str = "manifest.json";

/// What a volume shows, for programs.
#[derive(Debug, Serialize)]
pub struct Manifest<'a> {
    /// The version of this form.
    pub kronika_report: u32,
    /// File name of the package.
    pub package: &'a str,
    /// When the report was made, in microseconds since 1970 UTC.
    pub made_at: i64,
    /// Which volume.
    pub volume: Option<Volume>,
    /// The journal's checkpoint.
    pub checkpoint: Checkpoint<'a>,
    /// The exhibits.
    pub exhibits: Vec<Listed<'a>>,
}

/// The checkpoint that the package rests on.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct Checkpoint<'a> {
    pub origin: &'a str,
    pub size: u64,
    pub root: &'a str,
}

/// An exhibit.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct Listed<'a> {
    pub number: u64,
    pub file: Option<&'a str>,
    pub size: Option<u64>,
    pub sha256: Option<&'a str>,
    #[serde(flatten)]
    pub times: Times,
    pub subject: &'a str,
    pub attachments: Vec<ListedAttachment<'a>>,
}

/// An attachment.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct ListedAttachment<'a> {
    pub name: &'a str,
    pub file: Option<&'a str>,
    pub size: u64,
    pub sha256: &'a str,
}

impl Manifest<'_> {
    /// The list of a report's exhibits.
    pub fn of(report: &Report) -> Manifest<'_> {
        Manifest {
            kronika_report: 1,
            package: &report.package,
            made_at: report.made_at,
            volume: report.volume,
            checkpoint: Checkpoint {
                origin: &report.proof.origin,
                size: report.proof.size,
                root: &report.proof.root,
            },
            exhibits: report.exhibits.iter().map(listed).collect(),
        }
    }
}

fn listed(exhibit: &Exhibit) -> Listed<'_> {
    let original = exhibit.original.as_ref();
    Listed {
        number: exhibit.number,
        file: original.map(|file| file.path.as_str()),
        size: original.map(|file| file.size),
        sha256: original.map(|file| file.sha256.as_str()),
        times: exhibit.times,
        subject: &exhibit.subject,
        attachments: exhibit.attachments.iter().map(listed_attachment).collect(),
    }
}

fn listed_attachment(attachment: &Attachment) -> ListedAttachment<'_> {
    ListedAttachment {
        name: &attachment.name,
        file: attachment.path.as_deref(),
        size: attachment.size,
        sha256: &attachment.sha256,
    }
}

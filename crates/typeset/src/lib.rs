//! Typesets the report of an evidence package (`kronika-report` says what is in it) as a PDF/A-3u, tagged, with all fonts
//! in it and the list of its exhibits attached. It asks nothing of the system: no fonts, no network, no clock.
//!
//! Texts of others reach the typesetter as data of a JSON file, never as markup, after [`text`] made them printable.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod font;
mod picture;
mod sheet;
mod text;
mod time;
mod words;
mod world;

use typst::diag::SourceDiagnostic;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use font::Fonts;
use kronika_report::model::Report;
use text::Care;
use world::Pages;

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A time zone that no table has.
    #[error("there is no time zone called {0:?}")]
    TimeZone(String),
    /// An instant that no calendar has.
    #[error("{0} microseconds since 1970 is no instant that a report can be made at")]
    MadeAt(i64),
    /// Numbers that do not ascend.
    #[error("the exhibits' numbers must ascend, but {after} comes after {before}")]
    Numbers {
        /// The one before.
        before: u64,
        /// The one after it.
        after: u64,
    },
    /// A volume that there cannot be.
    #[error("volume {number} of {of} cannot be")]
    Volume {
        /// Which.
        number: u32,
        /// Of how many.
        of: u32,
    },
    /// What never should be: the pages could not be made.
    #[error("the pages could not be made: {0}")]
    Typesetter(String),
}

impl ReportError {
    /// Whether what was given is to blame, and not the typesetter.
    pub fn is_refusal(&self) -> bool {
        !matches!(self, ReportError::Typesetter(_))
    }
}

/// Makes the report, or the volume of it, as a PDF/A-3u.
///
/// # Errors
/// If the time zone is not known or numbers are out of order. Texts are never the reason.
pub fn typeset(report: &Report) -> Result<Vec<u8>, ReportError> {
    check(report)?;
    let fonts = Fonts::embedded();
    let mut made = make(report, &fonts, Care::Usual);
    for care in [Care::NoMarks, Care::Plain] {
        match made {
            // Some fonts lack what others have, so a mark can be left without its letter. Rather plain than not at all.
            Err(ReportError::Typesetter(_)) => {
                typst::comemo::evict(0);
                made = make(report, &fonts, care);
            }
            other => return other,
        }
    }
    made
}

fn check(report: &Report) -> Result<(), ReportError> {
    if let Some(volume) = report.volume
        && (volume.number == 0 || volume.number > volume.of)
    {
        let (number, of) = (volume.number, volume.of);
        return Err(ReportError::Volume { number, of });
    }
    let numbers = report.exhibits.iter().map(|exhibit| exhibit.number);
    let mut pairs = numbers.clone().zip(numbers.skip(1));
    match pairs.find(|(before, after)| before >= after) {
        Some((before, after)) => Err(ReportError::Numbers { before, after }),
        None => Ok(()),
    }
}

fn make(report: &Report, fonts: &Fonts, care: Care) -> Result<Vec<u8>, ReportError> {
    let made_at = time::date(report.made_at).ok_or(ReportError::MadeAt(report.made_at))?;
    let pages = Pages::of(report, fonts, care)?;
    let document: PagedDocument = typst::compile(&pages).output.map_err(|errors| failure(&errors))?;
    // What layout remembered is of no use to the export.
    typst::comemo::evict(0);
    let standards =
        PdfStandards::new(&[PdfStandard::A_3u]).map_err(|error| failed(error.message().to_string()))?;
    let options = PdfOptions {
        timestamp: Some(Timestamp::new_utc(made_at)),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|errors| failure(&errors))
}

fn failure(errors: &[SourceDiagnostic]) -> ReportError {
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    failed(messages.join("; "))
}

fn failed(message: String) -> ReportError {
    ReportError::Typesetter(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFICE: &[u8] = include_bytes!("../tests/fixtures/office.json");

    /// No text is known that would need more care than usual, so it is tried here.
    #[test]
    fn a_report_can_be_made_with_any_care() {
        let mut report: Report = serde_json::from_slice(OFFICE).expect("the sample is a report");
        report.exhibits.truncate(1);
        report.exhibits[0].text = Some("a\u{338} ж\u{483} \u{5d0}\u{5bc} \u{1f600} \u{6f22}".to_owned());
        let fonts = Fonts::embedded();
        for care in [Care::Usual, Care::NoMarks, Care::Plain] {
            let pdf = make(&report, &fonts, care);
            assert!(pdf.is_ok_and(|pdf| pdf.starts_with(b"%PDF")), "{care:?}");
        }
    }
}

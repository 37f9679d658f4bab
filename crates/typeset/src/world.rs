//! All that the typesetter may see: the page's form, the report as data, its pictures. No file, no network, no clock.

use std::collections::BTreeMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::font::Fonts;
use super::sheet::Sheet;
use super::text::{Care, Printer};
use super::{ReportError, failed};
use kronika_report::manifest::{FILE_NAME, Manifest};
use kronika_report::model::Report;

/// The pages' form: how they look, without any text.
const FORM: [(&str, &str); 3] = [
    ("report.typ", include_str!("../templates/report.typ")),
    ("style.typ", include_str!("../templates/style.typ")),
    ("exhibit.typ", include_str!("../templates/exhibit.typ")),
];

/// A report that is ready to be typeset.
pub struct Pages<'a> {
    library: LazyHash<Library>,
    fonts: &'a Fonts,
    main: FileId,
    files: BTreeMap<String, Bytes>,
}

impl Pages<'_> {
    /// Puts everything into its place.
    pub fn of<'a>(report: &Report, fonts: &'a Fonts, care: Care) -> Result<Pages<'a>, ReportError> {
        let mut pictures = BTreeMap::new();
        let sheet = Sheet::of(report, &Printer { fonts, care }, &mut pictures)?;
        let json = |result: serde_json::Result<Vec<u8>>| result.map_err(|error| failed(error.to_string()));
        let sheet = json(serde_json::to_vec(&sheet))?;
        let manifest = json(serde_json::to_vec_pretty(&Manifest::of(report)))?;
        let mut files: BTreeMap<String, Bytes> = pictures
            .into_iter()
            .map(|(name, picture)| (name, Bytes::new(picture)))
            .collect();
        files.insert("sheet.json".to_owned(), Bytes::new(sheet));
        files.insert(FILE_NAME.to_owned(), Bytes::new(manifest));
        for (name, source) in FORM {
            files.insert(name.to_owned(), Bytes::from_string(source));
        }
        let main = VirtualPath::new("report.typ").map_err(|_| failed("report.typ is no path".to_owned()))?;
        Ok(Pages {
            library: LazyHash::new(Library::default()),
            fonts,
            main: RootedPath::new(VirtualRoot::Project, main).intern(),
            files,
        })
    }
}

impl World for Pages<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let text = self.file(id)?;
        let text = text.as_str().map_err(|_| FileError::InvalidUtf8)?;
        Ok(Source::new(id, text.to_owned()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let name = id.get().vpath().get_without_slash();
        let found = self.files.get(name).cloned();
        found.ok_or_else(|| FileError::NotFound(name.into()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

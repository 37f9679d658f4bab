//! Zip archives.

use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use ::zip::ZipArchive;
use ::zip::read::read_zipfile_from_stream;

use super::meter::Meter;
use super::{ContainerError, Entry, Limits};

type Visit<'v> = dyn FnMut(Entry<'_>) -> ControlFlow<()> + 'v;

/// Shows each file of a zip archive to `visit`, until it breaks. An archive that has lost its directory, which is
/// at its end, is read from its start as far as it goes.
///
/// # Errors
/// When a limit is exceeded, or when the archive is damaged; what could be read has been shown.
pub fn visit_zip<R: Read + Seek>(
    mut reader: R,
    limits: Limits,
    visit: &mut dyn FnMut(Entry<'_>) -> ControlFlow<()>,
) -> Result<(), ContainerError> {
    let damaged = |entries| move |source: io::Error| ContainerError::Damaged { entries, source };
    let size = reader.seek(SeekFrom::End(0)).map_err(damaged(0))?;
    let meter = Meter::new(limits);
    meter.add_packed(size);
    match ZipArchive::new(&mut reader) {
        Ok(archive) => by_directory(archive, limits, &meter, visit),
        Err(error) => {
            reader.seek(SeekFrom::Start(0)).map_err(damaged(0))?;
            let entries = from_start(&mut reader, limits, &meter, visit)?;
            Err(damaged(entries)(error.into()))
        }
    }
}

fn by_directory<R: Read + Seek>(
    mut archive: ZipArchive<R>,
    limits: Limits,
    meter: &Meter,
    visit: &mut Visit<'_>,
) -> Result<(), ContainerError> {
    if archive.len() > limits.entries {
        return Err(ContainerError::TooManyEntries {
            limit: limits.entries,
        });
    }
    for index in 0..archive.len() {
        let path = archive
            .name_for_index(index)
            .and_then(|name| Some(name.ok()?.into_owned()))
            .unwrap_or_default();
        let broken = match archive.by_index(index) {
            Ok(file) if file.is_dir() => continue,
            Ok(file) => visit(Entry {
                path,
                content: &mut meter.unpacked(file),
            }),
            // Encrypted, or packed in a way of its own.
            Err(error) => visit(Entry {
                path,
                content: &mut Failing(Some(error.into())),
            }),
        };
        if let Some(exceeded) = meter.exceeded() {
            return Err(exceeded);
        }
        if broken.is_break() {
            break;
        }
    }
    Ok(())
}

/// Reads entry by entry without the directory; gives how many there were.
fn from_start<R: Read>(
    reader: &mut R,
    limits: Limits,
    meter: &Meter,
    visit: &mut Visit<'_>,
) -> Result<usize, ContainerError> {
    let mut shown = 0;
    while shown < limits.entries
        && let Ok(Some(file)) = read_zipfile_from_stream(reader)
    {
        if file.is_dir() {
            continue;
        }
        let path = String::from_utf8_lossy(file.name_raw()).into_owned();
        let broken = visit(Entry {
            path,
            content: &mut meter.unpacked(file),
        });
        if let Some(exceeded) = meter.exceeded() {
            return Err(exceeded);
        }
        shown += 1;
        if broken.is_break() {
            break;
        }
    }
    Ok(shown)
}

/// The content of an entry that can't be read.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(self.0.take().unwrap_or_else(|| io::ErrorKind::InvalidData.into()))
    }
}

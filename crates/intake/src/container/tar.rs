//! Tar archives, plain and compressed with zstd.

use std::io::{self, Read};
use std::ops::ControlFlow;

use super::meter::Meter;
use super::{ContainerError, Entry, Limits};

/// The base 2 logarithm of the largest zstd window accepted: 128 MiB, as `zstd -d` accepts it without being asked.
const WINDOW_LOG: u32 = 27;

/// Shows each file of a tar archive to `visit`, until it breaks.
///
/// # Errors
/// When a limit is exceeded, or when the archive is damaged; what came before has been shown.
pub fn visit_tar<R: Read>(
    reader: R,
    limits: Limits,
    visit: &mut dyn FnMut(Entry<'_>) -> ControlFlow<()>,
) -> Result<(), ContainerError> {
    let meter = Meter::new(limits);
    // Uncompressed: it can't unpack to more than its size.
    meter.add_packed(u64::MAX);
    entries(meter.unpacked(reader), limits, &meter, visit)
}

/// Shows each file of a tar archive compressed with zstd to `visit`, until it breaks.
///
/// # Errors
/// As [`visit_tar`].
pub fn visit_tar_zst<R: Read>(
    reader: R,
    limits: Limits,
    visit: &mut dyn FnMut(Entry<'_>) -> ControlFlow<()>,
) -> Result<(), ContainerError> {
    let meter = Meter::new(limits);
    let damaged = |source| ContainerError::Damaged { entries: 0, source };
    let mut decoder = zstd::Decoder::new(meter.packed(reader)).map_err(damaged)?;
    decoder.window_log_max(WINDOW_LOG).map_err(damaged)?;
    entries(meter.unpacked(decoder), limits, &meter, visit)
}

fn entries<R: Read>(
    reader: R,
    limits: Limits,
    meter: &Meter,
    visit: &mut dyn FnMut(Entry<'_>) -> ControlFlow<()>,
) -> Result<(), ContainerError> {
    let mut shown = 0;
    let error = |source: io::Error, entries| {
        meter
            .exceeded()
            .unwrap_or(ContainerError::Damaged { entries, source })
    };
    let mut archive = ::tar::Archive::new(reader);
    let mut long_name = None;
    // Raw: else a name as long as the archive likes would be read into memory.
    for entry in archive.entries().map_err(|source| error(source, 0))?.raw(true) {
        let mut entry = entry.map_err(|source| error(source, shown))?;
        let kind = entry.header().entry_type();
        if kind.is_gnu_longname() || kind.is_pax_local_extensions() {
            long_name =
                read_name(&mut entry, kind.is_gnu_longname()).map_err(|source| error(source, shown))?;
            continue;
        }
        if !kind.is_file() {
            continue;
        }
        if shown == limits.entries {
            return Err(ContainerError::TooManyEntries {
                limit: limits.entries,
            });
        }
        let path = long_name
            .take()
            .unwrap_or_else(|| String::from_utf8_lossy(&entry.path_bytes()).into_owned());
        let mut content = Whole {
            left: entry.size(),
            reader: &mut entry,
        };
        let broken = visit(Entry {
            path,
            content: &mut content,
        })
        .is_break();
        if let Some(exceeded) = meter.exceeded() {
            return Err(exceeded);
        }
        if broken {
            return Ok(());
        }
        shown += 1;
    }
    Ok(())
}

/// The path that an extension entry gives the file after it: the GNU way as it is, the POSIX way among records
/// such as `30 path=a/long/name\n`.
fn read_name(entry: &mut dyn Read, gnu: bool) -> io::Result<Option<String>> {
    const MAX_BYTES: u64 = 64 * 1024;
    let mut bytes = Vec::new();
    entry.take(MAX_BYTES).read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let path = |record: &str| record.split_once(" path=").map(|(_, path)| path.to_owned());
    Ok(if gnu {
        Some(text.trim_end_matches('\0').to_owned())
    } else {
        text.lines().find_map(path)
    })
}

/// A reader that must give so many bytes: the end of the archive is not the end of its last file.
struct Whole<R> {
    left: u64,
    reader: R,
}

impl<R: Read> Read for Whole<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        if read == 0 && self.left > 0 && !buffer.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}

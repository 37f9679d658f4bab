//! Paths of tiles and bundles below a log's prefix.

use std::fmt;
use std::str::FromStr;

use super::{Bundle, FULL_WIDTH, Tile};
use crate::text;

/// A level number must stay below this in a path.
const LEVELS: u64 = 64;

/// Anything a log serves as a file. Displayed and parsed as the path below the log's prefix, without leading slash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource {
    /// `checkpoint`, text/plain; charset=utf-8.
    Checkpoint,
    /// `tile/<L>/<N>[.p/<W>]`, application/octet-stream.
    Tile(Tile),
    /// `tile/entries/<N>[.p/<W>]`, application/octet-stream.
    Entries(Bundle),
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Resource::Checkpoint => f.write_str("checkpoint"),
            Resource::Tile(tile) => tile.fmt(f),
            Resource::Entries(bundle) => bundle.fmt(f),
        }
    }
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tile/{}/", self.level)?;
        write_place(f, self.index, self.width)
    }
}

impl fmt::Display for Bundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("tile/entries/")?;
        write_place(f, self.index, self.width)
    }
}

impl FromStr for Resource {
    type Err = PathError;

    fn from_str(path: &str) -> Result<Resource, PathError> {
        if path == "checkpoint" {
            return Ok(Resource::Checkpoint);
        }
        let refused = || PathError {
            path: path.to_owned(),
        };
        let (kind, place) = path
            .strip_prefix("tile/")
            .and_then(|rest| rest.split_once('/'))
            .ok_or_else(refused)?;
        let (index, width) = parse_place(place).ok_or_else(refused)?;
        if kind == "entries" {
            return Ok(Resource::Entries(Bundle { index, width }));
        }
        let level = text::from_decimal(kind).filter(|level| *level < LEVELS);
        let level = level
            .and_then(|level| u8::try_from(level).ok())
            .ok_or_else(refused)?;
        Ok(Resource::Tile(Tile { level, index, width }))
    }
}

/// Writes `<N>[.p/<W>]`: three digits an element, all but the last marked `x`.
fn write_place(f: &mut fmt::Formatter<'_>, index: u64, width: u16) -> fmt::Result {
    let digits = index.to_string();
    let groups = digits.len().div_ceil(3);
    let padded = format!("{digits:0>width$}", width = groups * 3);
    for group in 0..groups {
        let mark = if group + 1 < groups { "x" } else { "" };
        let slash = if group > 0 { "/" } else { "" };
        write!(f, "{slash}{mark}{}", &padded[group * 3..group * 3 + 3])?;
    }
    if width < FULL_WIDTH {
        write!(f, ".p/{width}")
    } else {
        Ok(())
    }
}

/// Reads `<N>[.p/<W>]` into index and width.
fn parse_place(place: &str) -> Option<(u64, u16)> {
    let (number, width) = match place.split_once(".p/") {
        Some((number, width)) => (number, parse_width(width)?),
        None => (place, FULL_WIDTH),
    };
    let (leading, last) = number
        .rsplit_once('/')
        .map_or(("", number), |(leading, last)| (leading, last));
    let mut index = 0_u64;
    for element in leading.split('/').filter(|_| !leading.is_empty()) {
        index = append_group(index, element.strip_prefix('x')?)?;
        // A first element of zeros would give the same tile a second path.
        if index == 0 {
            return None;
        }
    }
    Some((append_group(index, last)?, width))
}

fn append_group(index: u64, group: &str) -> Option<u64> {
    if group.len() != 3 || !group.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    index.checked_mul(1000)?.checked_add(group.parse().ok()?)
}

fn parse_width(width: &str) -> Option<u16> {
    let width = u16::try_from(text::from_decimal(width)?).ok()?;
    (1..FULL_WIDTH).contains(&width).then_some(width)
}

/// The path names nothing a log serves.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path:?} is not the path of a checkpoint, tile or entry bundle")]
pub struct PathError {
    /// What was asked for.
    pub path: String,
}

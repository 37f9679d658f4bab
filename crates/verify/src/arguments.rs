//! What was asked for on the command line.

use std::ffi::OsString;
use std::path::PathBuf;

pub const USAGE: &str = "\
kronika-verify FILE [--original FILE] [--policy FILE] [--roots FILE] [--json]

  FILE            an evidence package, as a ZIP file, or a receipt (.tlog-proof)
  --original FILE what a receipt was given for, byte for byte
  --policy FILE   whose signatures count (C2SP tlog-policy), as you know it from elsewhere; without it the package's own
                  is used, which shows that the package agrees with itself, but not whose journal it is
  --roots FILE    root certificates of timestamp authorities (PEM or DER), from a list that you trust
  --json          the verdict for programs

No network is used. Exit status: 0 sound, 1 damaged, 2 it could not be checked.
";

pub enum Asked {
    Usage,
    Version,
    Verify(Arguments),
}

pub struct Arguments {
    pub file: PathBuf,
    pub original: Option<PathBuf>,
    pub policy: Option<PathBuf>,
    pub roots: Option<PathBuf>,
    pub as_json: bool,
}

impl Arguments {
    pub fn parse(given: impl Iterator<Item = OsString>) -> Result<Asked, String> {
        let mut given = given;
        let (mut file, mut original, mut policy, mut roots) = (None, None, None, None);
        let mut as_json = false;
        while let Some(argument) = given.next() {
            match argument.to_str() {
                Some("--help" | "-h") => return Ok(Asked::Usage),
                Some("--version") => return Ok(Asked::Version),
                Some("--json") => as_json = true,
                Some("--original") => set(&mut original, given.next(), "--original")?,
                Some("--policy") => set(&mut policy, given.next(), "--policy")?,
                Some("--roots") => set(&mut roots, given.next(), "--roots")?,
                Some(unknown) if unknown.starts_with('-') => {
                    return Err(format!("there is no option {unknown}"));
                }
                _ => set(&mut file, Some(argument), "FILE")?,
            }
        }
        Ok(Asked::Verify(Arguments {
            file: file.ok_or("no FILE was given")?,
            original,
            policy,
            roots,
            as_json,
        }))
    }
}

fn set(place: &mut Option<PathBuf>, value: Option<OsString>, name: &str) -> Result<(), String> {
    let value = value.ok_or_else(|| format!("{name} needs a file"))?;
    match place.replace(value.into()) {
        None => Ok(()),
        Some(_) => Err(format!("{name} was given twice")),
    }
}

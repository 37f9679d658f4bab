//! Reads sorted keys as lines of raw bytes and writes them as a finite-state set.

use std::io::{self, BufRead, BufWriter, Error, Write};

fn main() -> io::Result<()> {
    let mut set = fst::SetBuilder::new(BufWriter::new(io::stdout().lock())).map_err(Error::other)?;
    for key in io::stdin().lock().split(b'\n') {
        set.insert(key?).map_err(Error::other)?;
    }
    set.into_inner().map_err(Error::other)?.flush()
}

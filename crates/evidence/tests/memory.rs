//! A thousand mails take no more memory than one.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{self, BufReader, BufWriter, Read};

use kronika_evidence::verify::Overall;
use kronika_evidence::{Options, Source, verify, write};
use kronika_tlog::commitment::PartHasher;
use kronika_tlog::policy::Policy;
use kronika_tlog::tile::Bundle;

#[path = "it/journal.rs"]
#[allow(dead_code, reason = "the other tests use the rest")]
mod journal;

use journal::{Archive, NOW, Originals};

/// Bytes of each original.
const ORIGINAL: u64 = 200_000;

/// Most memory that writing and verifying 200 MB may take, in kilobytes.
const MOST: u64 = 100_000;

struct Endless<'a>(Originals<'a>);

impl Source for Endless<'_> {
    fn part(&mut self, _number: u64, _name: &str) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(io::repeat(b'x').take(ORIGINAL)))
    }

    fn leaves(&mut self, bundle: Bundle) -> io::Result<Vec<u8>> {
        self.0.leaves(bundle)
    }
}

#[test]
fn a_thousand_mails_are_written_and_verified_in_little_memory() {
    let archive = large();
    let package = archive.whole();
    let mut source = Endless(Originals {
        archive: &archive,
        items: &package.items,
    });
    let mut file = tempfile::tempfile().unwrap();

    write(&package, &mut source, BufWriter::new(&mut file)).unwrap();
    assert!(file.metadata().unwrap().len() > 1000 * ORIGINAL);
    let policy = Policy::parse(archive.policy().as_bytes()).unwrap();
    let options = Options {
        policy: Some(policy),
        roots: Vec::new(),
        now: NOW,
    };
    let verdict = verify(BufReader::new(&mut file), &options).unwrap();

    assert_eq!(journal::problems(&verdict), "");
    assert_eq!(verdict.overall, Overall::Sound);
    assert_eq!(verdict.items.len(), 1000);
    match peak() {
        Some(peak) => assert!(peak < MOST, "{peak} kB"),
        None => eprintln!("SKIPPED: this system does not say how much memory was used"),
    }
}

/// A thousand records whose originals are made up when they are asked for.
fn large() -> Archive {
    Archive::with_originals(5000, |salt| {
        let mut hasher = PartHasher::new(&salt.part(1), "original", ORIGINAL).unwrap();
        io::copy(&mut io::repeat(b'x').take(ORIGINAL), &mut Hashing(&mut hasher)).unwrap();
        (ORIGINAL, hasher.finish().unwrap())
    })
}

struct Hashing<'a>(&'a mut PartHasher);

impl io::Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The most memory that this process has had, in kilobytes.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

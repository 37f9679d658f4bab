//! Containers that an opponent made: refused, without panic and without much memory.

use std::io::{Cursor, Seek, SeekFrom, Write};

use kronika_evidence::container::{ContainerError, MAX_ENTRIES, Reader, Writer, WriterError, check_name};
use kronika_evidence::verify::{Overall, Status};
use kronika_evidence::{Options, VerifyError, verify};
use proptest::prelude::*;

use crate::journal::{Archive, NOW, judge};
use crate::repack::{forge, unpack};

/// A container of two files as it should be, to be spoilt.
fn two() -> Vec<u8> {
    let mut writer = Writer::new(Cursor::new(Vec::new()), NOW);
    writer.add("pack/aaaa.txt", b"one").unwrap();
    writer.add("pack/bbbb.txt", b"two").unwrap();
    writer.finish().unwrap().into_inner()
}

fn open(bytes: &[u8]) -> Result<Reader<Cursor<&[u8]>>, ContainerError> {
    Reader::open(Cursor::new(bytes))
}

/// Replaces a name in both headers by one of the same length.
fn renamed(old: &str, new: &str) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let mut bytes = two();
    let places: Vec<usize> = bytes
        .windows(old.len())
        .enumerate()
        .filter(|(_, at)| *at == old.as_bytes())
        .map(|(at, _)| at)
        .collect();
    assert_eq!(places.len(), 2);
    for at in places {
        bytes[at..at + new.len()].copy_from_slice(new.as_bytes());
    }
    bytes
}

#[test]
fn what_is_in_order_opens() {
    let bytes = two();
    let mut reader = open(&bytes).unwrap();

    assert_eq!(reader.folder(), "pack");
    assert_eq!(reader.read("bbbb.txt", 3).unwrap(), b"two");
    assert!(matches!(
        reader.read("bbbb.txt", 2),
        Err(ContainerError::TooLong { .. })
    ));
    assert!(matches!(
        reader.read("cccc.txt", 9),
        Err(ContainerError::Missing { .. })
    ));
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    for name in [
        "../etc/bbbb.x",
        "pack/../b.txt",
        "/ack/bbbb.txt",
        "pack\\bbbb.txt",
        "C:ck/bbbb.txt",
        "pack//bbb.txt",
        "pack/./bb.txt",
        "pack/bbbb.tx.",
        "pack/bb\0b.txt",
        "pack/bbbb.tx/",
        "pack/bb b.txt",
        "pack/bbbé.tx",
        "pack/COM1.txt",
    ] {
        let refused = open(&renamed("pack/bbbb.txt", name)).map(|_| ());
        assert!(
            matches!(refused, Err(ContainerError::Name(_))),
            "{name:?}: {refused:?}"
        );
    }
    assert!(check_name(&"a".repeat(201)).is_err());
    assert!(check_name("nul").is_err() && check_name("x/Aux.pdf").is_err() && check_name("").is_err());
    assert!(check_name("nullable/console.txt").is_ok());
}

#[test]
fn names_twice_out_of_order_or_in_two_folders_are_refused() {
    let twice = open(&renamed("pack/bbbb.txt", "pack/aaaa.txt")).map(|_| ());
    assert!(matches!(twice, Err(ContainerError::Order { .. })), "{twice:?}");
    let folded = open(&renamed("pack/aaaa.txt", "pack/BBBB.txt")).map(|_| ());
    assert!(matches!(folded, Err(ContainerError::Twice { .. })), "{folded:?}");
    let backwards = open(&renamed("pack/aaaa.txt", "pack/cccc.txt")).map(|_| ());
    assert!(
        matches!(backwards, Err(ContainerError::Order { .. })),
        "{backwards:?}"
    );
    let elsewhere = open(&renamed("pack/bbbb.txt", "puck/bbbb.txt")).map(|_| ());
    assert!(matches!(elsewhere, Err(ContainerError::Folder)), "{elsewhere:?}");
}

/// Sets bytes of the second header of the directory.
fn with_central(at: usize, value: &[u8]) -> Vec<u8> {
    let mut bytes = two();
    let header = bytes
        .windows(4)
        .rposition(|window| window == [0x50, 0x4B, 1, 2])
        .unwrap();
    bytes[header + at..header + at + value.len()].copy_from_slice(value);
    bytes
}

#[test]
fn links_encryption_compression_and_other_spellings_are_refused() {
    let encrypted = open(&with_central(8, &[1])).map(|_| ());
    assert!(
        matches!(encrypted, Err(ContainerError::Encrypted { .. })),
        "{encrypted:?}"
    );
    let compressed = open(&with_central(10, &[8])).map(|_| ());
    assert!(
        matches!(compressed, Err(ContainerError::Compressed { .. })),
        "{compressed:?}"
    );
    let mode = |mode: u32| (mode << 16).to_le_bytes();
    for (what, at, value) in [
        ("a symbolic link", 38, mode(0o120_777)),
        ("a folder", 38, mode(0o040_755)),
        ("an executable", 38, mode(0o100_755)),
        ("another disk", 32, [0, 0, 1, 0]),
        (
            "another size unpacked: a bomb",
            24,
            2_000_000_000_u32.to_le_bytes(),
        ),
        ("a place inside another file", 42, [3, 0, 0, 0]),
    ] {
        let refused = open(&with_central(at, &value)).map(|_| ());
        assert!(refused.is_err(), "{what}");
    }
}

#[test]
fn a_zip_by_another_program_is_damaged_and_says_why() {
    let archive = Archive::new(7);
    let files = unpack(&archive.write(&archive.whole()));
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in &files {
        let path = folder.path().join("pack").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    let script = "import shutil; shutil.make_archive('again', 'zip', '.', 'pack')";
    let done = std::process::Command::new("python3")
        .args(["-c", script])
        .current_dir(&folder)
        .status();
    if !done.is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED: no python3");
        return;
    }

    let verdict = judge(&archive, &std::fs::read(folder.path().join("again.zip")).unwrap());

    assert_eq!(verdict.overall, Overall::Damaged);
    assert_eq!(verdict.claims[0].status, Status::Fails);
    assert_eq!(verdict.claims[0].problems.len(), 1);
}

#[test]
fn an_end_that_promises_too_much_takes_no_memory() {
    let mut bytes = two();
    let end = bytes.len() - 22;
    for (at, value) in [
        (10, [0xFE, 0xFF]),
        (8, [0xFE, 0xFF]),
        (12, [0xFE, 0xFF]),
        (16, [0xFE, 0xFF]),
        (20, [1, 0]),
    ] {
        let before = bytes.clone();
        bytes[end + at..end + at + 2].copy_from_slice(&value);
        assert!(open(&bytes).is_err(), "at {at}");
        bytes = before;
    }
    // One for large containers, with 2^64 - 1 entries.
    let mut large = vec![0; 76];
    large[..4].copy_from_slice(&[0x50, 0x4B, 6, 6]);
    large[32..40].fill(0xFF);
    bytes.truncate(end);
    bytes.extend(large);
    bytes.extend([0x50, 0x4B, 5, 6, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
    bytes.extend([0xFF; 8]);
    bytes.extend([0; 2]);
    assert!(matches!(open(&bytes), Err(ContainerError::TooMany)));
}

/// Remembers only what the container is made of, so that entries can be far into it.
struct Far {
    at: u64,
    kept: std::collections::BTreeMap<u64, Vec<u8>>,
}

impl Write for Far {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if bytes.iter().any(|byte| *byte != 0) {
            self.kept.insert(self.at, bytes.to_vec());
        }
        self.at += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Seek for Far {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        if let SeekFrom::Start(at) = to {
            self.at = at;
        }
        Ok(self.at)
    }
}

#[test]
fn many_entries_have_the_end_of_large_containers() {
    let mut writer = Writer::new(Cursor::new(Vec::new()), NOW);
    for number in 0..MAX_ENTRIES {
        writer.add(&format!("pack/{number:06}"), b"").unwrap();
    }
    let refused = writer.add("pack/x", b"");
    assert!(matches!(refused, Err(WriterError::TooMany)));
    let bytes = writer.finish().unwrap().into_inner();

    let mut reader = open(&bytes).unwrap();

    assert_eq!(reader.entries().len() as u64, MAX_ENTRIES);
    assert_eq!(reader.read("099999", 0).unwrap(), b"");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("many.zip"), &bytes).unwrap();
    let script = "import zipfile; assert len(zipfile.ZipFile('many.zip').namelist()) == 100000";
    let done = std::process::Command::new("python3")
        .args(["-c", script])
        .current_dir(&folder)
        .status();
    assert!(
        done.map_or(true, |status| status.success()),
        "others read it as well"
    );
}

#[test]
fn writing_names_that_are_none_is_refused() {
    let mut writer = Writer::new(
        Far {
            at: 0,
            kept: Default::default(),
        },
        NOW,
    );
    writer.add("pack/b", b"").unwrap();

    assert!(matches!(
        writer.add("pack/b", b""),
        Err(WriterError::Order { .. })
    ));
    assert!(matches!(
        writer.add("pack/a", b""),
        Err(WriterError::Order { .. })
    ));
    assert!(matches!(writer.add("pack/../x", b""), Err(WriterError::Name(_))));
}

#[test]
fn what_is_no_package_is_not_called_a_damaged_one() {
    let options = Options {
        now: NOW,
        ..Options::default()
    };
    let judged = |bytes: &[u8]| verify(Cursor::new(bytes), &options);

    assert!(matches!(judged(b""), Err(VerifyError::NotAPackage)));
    assert!(matches!(judged(b"%PDF-1.7"), Err(VerifyError::NotAPackage)));
    assert!(matches!(
        judged(b"age-encryption.org/v1\n"),
        Err(VerifyError::Encrypted)
    ));
    assert!(matches!(
        judged(b"-----BEGIN AGE ENCRYPTED FILE-----\n"),
        Err(VerifyError::Encrypted)
    ));
}

#[test]
fn a_folder_that_only_a_container_has_is_damaged() {
    let archive = Archive::new(7);

    assert_eq!(judge(&archive, &two()).overall, Overall::Damaged);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Any bytes in any file of a package whose manifests fit: a verdict, never a panic.
    #[test]
    fn any_content_of_any_file_gets_a_verdict(at in any::<prop::sample::Index>(), start in any::<prop::sample::Index>(),
                                              content in prop::collection::vec(any::<u8>(), 0..80)) {
        let archive = Archive::new(7);
        let mut files = unpack(&archive.write(&archive.whole()));
        let name = at.get(&files.keys().cloned().collect::<Vec<_>>()).clone();
        let file = files.get_mut(&name).unwrap();
        let from = start.index(file.len() + 1);
        file.splice(from..(from + content.len()).min(file.len()), content);
        judge(&archive, &forge(&files));
    }

    #[test]
    fn any_bytes_get_a_verdict_or_a_refusal(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let options = Options { now: NOW, ..Options::default() };
        let _ = verify(Cursor::new([b"PK".as_slice(), &bytes].concat()), &options);
        let _ = verify(Cursor::new(bytes), &options);
    }
}

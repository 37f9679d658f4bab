//! Archives of files, good, damaged and hostile.

use std::io::{Cursor, Write};
use std::ops::ControlFlow;

use kronika_intake::container::{
    ContainerError, Entry, Format, Limits, maildir_path, sniff, visit_tar_zst, visit_zip,
};
use zip::write::SimpleFileOptions;

const FILES: [(&str, &str); 2] = [("a/1.eml", "From: a@b\n\nx"), ("b.mbox", "From x\n")];

fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tar_zst(files: &[(&str, &str)]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        builder
            .append_data(&mut header, name, content.as_bytes())
            .unwrap();
    }
    zstd::encode_all(builder.into_inner().unwrap().as_slice(), 1).unwrap()
}

type Seen = Vec<(String, Option<String>)>;

fn collect(seen: &mut Seen) -> impl FnMut(Entry<'_>) -> ControlFlow<()> + '_ {
    |entry| {
        let mut content = String::new();
        let read = entry.content.read_to_string(&mut content);
        seen.push((entry.path, read.is_ok().then_some(content)));
        ControlFlow::Continue(())
    }
}

fn expected(files: &[(&str, &str)]) -> Seen {
    files
        .iter()
        .map(|(name, content)| ((*name).to_owned(), Some((*content).to_owned())))
        .collect()
}

#[test]
fn the_files_of_an_archive_are_shown_in_order() {
    let (mut zip, mut tar) = (Seen::new(), Seen::new());

    visit_zip(
        Cursor::new(zipped(&FILES)),
        Limits::default(),
        &mut collect(&mut zip),
    )
    .unwrap();
    visit_tar_zst(
        tar_zst(&FILES).as_slice(),
        Limits::default(),
        &mut collect(&mut tar),
    )
    .unwrap();

    assert_eq!(zip, expected(&FILES));
    assert_eq!(tar, expected(&FILES));
}

#[test]
fn long_names_are_whole() {
    let name = format!("{}/x.eml", "folder".repeat(40));
    let mut seen = Seen::new();

    visit_tar_zst(
        tar_zst(&[(&name, "x")]).as_slice(),
        Limits::default(),
        &mut collect(&mut seen),
    )
    .unwrap();

    assert_eq!(seen, expected(&[(&name, "x")]));
}

#[test]
fn an_archive_cut_off_gives_its_good_files_and_then_an_error() {
    let mut state = 1_u32;
    let mut letter = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'a' + (state >> 24) as u8 % 26)
    };
    let large: String = (0..80_000).map(|_| letter()).collect();
    let files = [FILES[0], ("large", large.as_str())];
    for cut in [200, 5_000, 30_000] {
        let (mut zip, mut tar) = (Seen::new(), Seen::new());
        let (mut zip_bytes, mut tar_bytes) = (zipped(&files), tar_zst(&files));
        zip_bytes.truncate(zip_bytes.len() - cut);
        tar_bytes.truncate(tar_bytes.len() - cut);

        let zip_end = visit_zip(Cursor::new(zip_bytes), Limits::default(), &mut collect(&mut zip));
        let tar_end = visit_tar_zst(tar_bytes.as_slice(), Limits::default(), &mut collect(&mut tar));

        assert!(
            matches!(zip_end, Err(ContainerError::Damaged { .. })),
            "{zip_end:?}"
        );
        assert!(
            matches!(tar_end, Err(ContainerError::Damaged { .. })),
            "{tar_end:?}"
        );
        assert_eq!(zip[0], expected(&FILES)[0]);
        assert!(tar.first().is_none_or(|first| *first == expected(&FILES)[0]));
    }
}

#[test]
fn an_archive_that_unpacks_to_too_much_is_stopped() {
    let bomb = "\0".repeat(64 << 20);
    let files = [("bomb", bomb.as_str())];
    let small = Limits {
        total: 1 << 20,
        ..Limits::default()
    };
    let few = Limits {
        entries: 1,
        ..Limits::default()
    };

    let mut none = |entry: Entry<'_>| {
        let _ = std::io::copy(entry.content, &mut std::io::sink());
        ControlFlow::Continue(())
    };
    let zip = visit_zip(Cursor::new(zipped(&files)), Limits::default(), &mut none);
    let tar = visit_tar_zst(tar_zst(&files).as_slice(), Limits::default(), &mut none);
    let large = visit_zip(Cursor::new(zipped(&files)), small, &mut none);
    let many = visit_zip(Cursor::new(zipped(&FILES)), few, &mut none);

    assert!(matches!(zip, Err(ContainerError::Bomb { .. })), "{zip:?}");
    assert!(matches!(tar, Err(ContainerError::Bomb { .. })), "{tar:?}");
    assert!(matches!(large, Err(ContainerError::TooLarge { .. })), "{large:?}");
    assert!(
        matches!(many, Err(ContainerError::TooManyEntries { .. })),
        "{many:?}"
    );
}

#[test]
fn a_visitor_may_stop() {
    let mut seen = 0;

    visit_zip(Cursor::new(zipped(&FILES)), Limits::default(), &mut |_| {
        seen += 1;
        ControlFlow::Break(())
    })
    .unwrap();

    assert_eq!(seen, 1);
}

#[test]
fn files_are_known_by_their_first_bytes() {
    assert_eq!(sniff(&zipped(&FILES), "x"), Format::Zip);
    assert_eq!(sniff(&tar_zst(&FILES), "x"), Format::TarZst);
    assert_eq!(
        sniff(b"From a@b Mon Jan  1 00:00:00 2024\nFrom: x\n", "x"),
        Format::Mbox
    );
    assert_eq!(
        sniff(b"Return-Path: <a@b>\r\nSubject: x\r\n", "1234.M5P6"),
        Format::MailFile
    );
    assert_eq!(sniff(b"!BDN....", "old.pst"), Format::OutlookPst);
    assert_eq!(sniff(b"\xD0\xCF\x11\xE0\xA1", "a.msg"), Format::OutlookMsg);
    assert_eq!(
        sniff(b"Dear Anna,\nnote: this is a letter\n", "a.txt"),
        Format::Unknown
    );
}

#[test]
fn a_maildir_is_known_by_its_paths() {
    let path = |path: &str| maildir_path(path).map(|found| (found.folder, found.flags, found.temporary));

    assert_eq!(
        path("Maildir/cur/1.M2.host:2,FS"),
        Some(("INBOX".into(), "FS".into(), false))
    );
    assert_eq!(
        path("M/.Wys&AUI-ane.2024/new/1.M2.host"),
        Some(("Wysłane/2024".into(), String::new(), false))
    );
    assert_eq!(path("M/.R&-D/cur/1;2,S"), Some(("R&D".into(), "S".into(), false)));
    assert_eq!(
        path("Maildir/tmp/1.M2"),
        Some(("INBOX".into(), String::new(), true))
    );
    assert_eq!(path("mail/inbox/1.eml"), None);
}

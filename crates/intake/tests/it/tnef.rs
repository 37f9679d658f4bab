//! What Outlook wraps into winmail.dat.

use kronika_intake::mail;

use crate::shared::corpus;

#[test]
fn attachments_of_winmail_dat_are_what_another_reader_unpacked() {
    let Some(folder) = corpus("mail-hard") else { return };
    let folder = folder.join("mail-hard/mimekit/tnef");
    let (mut same, mut missing) = (0, Vec::new());

    for entry in std::fs::read_dir(&folder).unwrap() {
        let unpacked = entry.unwrap().path();
        let Ok(stream) = std::fs::read(unpacked.with_extension("tnef")) else {
            continue;
        };
        if !unpacked.is_dir() {
            continue;
        }
        let raw = [
            b"From: a@b\nContent-Type: application/ms-tnef\n\n".to_vec(),
            stream,
        ]
        .concat();
        let message = mail::capture(&raw).unwrap();
        let ours: Vec<_> = message
            .parts
            .iter()
            .filter(|part| part.container.is_some())
            .collect();
        for file in std::fs::read_dir(&unpacked).unwrap() {
            let file = file.unwrap();
            let name = file.file_name().to_string_lossy().into_owned();
            let expected = std::fs::read(file.path()).unwrap();
            if name.starts_with("message.") {
                continue;
            }
            // Theirs keep an object's interface, and lost the returns of text on the way into the corpus.
            let unreturned = |bytes: &[u8]| bytes.iter().copied().filter(|b| *b != b'\r').collect::<Vec<_>>();
            let is_expected = |content: &[u8]| {
                unreturned(content) == unreturned(&expected) || Some(content) == expected.get(16..)
            };
            if ours.iter().any(|part| is_expected(&mail::decode(part, &raw))) {
                same += 1;
            } else {
                missing.push(format!("{}/{name} {}", unpacked.display(), expected.len()));
            }
        }
        println!(
            "{}: {:?}",
            unpacked.display(),
            ours.iter()
                .map(|p| (&p.filename, &p.media_type, p.size))
                .collect::<Vec<_>>()
        );
    }

    assert!(
        same > 20 && missing.len() < 4,
        "{same} are the same, missing: {missing:#?}"
    );
}

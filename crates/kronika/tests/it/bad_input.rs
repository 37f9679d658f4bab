//! What people and disks do wrong, and what the program says to it: the exit status and one sentence.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use crate::support::program::{Installed, Said, kronika, said};
use crate::support::{incompressible, is_sound, mail, mbox, number};

/// Asserts the counts of an import, and that together they are what was found.
#[track_caller]
pub fn counts(said: &Said, recorded: u64, already: u64, quarantined: u64) {
    let report = said.json();
    let count = |name: &str| report[name].as_u64().unwrap_or_else(|| panic!("{name}: {said}"));
    assert_eq!(
        (count("recorded"), count("already"), count("quarantined")),
        (recorded, already, quarantined),
        "{said}"
    );
    assert_eq!(count("found"), recorded + already + quarantined, "{said}");
    assert_eq!(said.err, "", "{said}");
    let expected = if quarantined == 0 { 0 } else { 1 };
    assert_eq!(said.status, Some(expected), "{said}");
}

/// The reason a person sees for what was left where it is.
#[track_caller]
fn says(installed: &Installed, path: &Path, words: &str) {
    let said = installed.run(&["import", path.to_str().unwrap()]);
    assert_eq!(said.status, Some(1), "{said}");
    assert!(said.out.contains(words), "no {words:?}: {said}");
    let reason = said
        .out
        .lines()
        .find(|line| line.contains(" × "))
        .unwrap_or_default();
    assert!(!reason.is_empty(), "{said}");
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_mail_is_left_where_it_is_with_a_reason() {
    let installed = Installed::new().await;
    let photo = installed.file(
        "photo.jpg",
        &[b"\xff\xd8\xff\xe0".as_slice(), &incompressible(1, 5_000)].concat(),
    );
    counts(&installed.import(&photo), 0, 0, 1);
    says(
        &installed,
        &photo,
        "it is not a message, a mailbox or an archive of those",
    );

    let headless = installed.file(
        "no-from-line.mbox",
        b"Dear all,\nthis is just text.\n\nFrom here on it goes.\n",
    );
    counts(&installed.import(&headless), 0, 0, 1);

    let outlook = installed.file("old.pst", &[b"!BDN".as_slice(), &[0; 600]].concat());
    says(&installed, &outlook, "Outlook");
    assert!(photo.exists() && headless.exists() && outlook.exists());
    is_sound(&*installed.open().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mailbox_without_its_from_lines_is_one_message_and_an_empty_one_none() {
    let installed = Installed::new().await;
    let single = installed.file("single.mbox", &mail("Alone").bytes());
    counts(&installed.import(&single), 1, 0, 0);
    let nothing = installed.path("empty folder");
    fs::create_dir(&nothing).unwrap();
    counts(&installed.import(&nothing), 0, 0, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_truncated_zip_gives_what_is_whole_and_says_that_it_is_damaged() {
    let installed = Installed::new().await;
    let bytes = incompressible(1, 3_000);
    let mails: Vec<Vec<u8>> = (0..5)
        .map(|n| {
            mail(&format!("{n}"))
                .id(&format!("{n}@x"))
                .attach("a.bin", &bytes)
                .bytes()
        })
        .collect();
    let names: Vec<String> = (0..5).map(|n| format!("mail/{n}.eml")).collect();
    let entries: Vec<(&str, &[u8])> = names
        .iter()
        .map(String::as_str)
        .zip(mails.iter().map(Vec::as_slice))
        .collect();
    let whole = zip(&entries);
    let cut = installed.file("cut.zip", &whole[..whole.len() / 2]);
    let said = installed.import(&cut);
    assert_eq!(said.status, Some(1), "{said}");
    assert!(said.json()["quarantined"].as_u64() >= Some(1), "{said}");
    says(&installed, &cut, "fetch the archive again");

    let whole = installed.file("whole.zip", &whole);
    assert_eq!(installed.import(&whole).status, Some(0));
    let archive = installed.open().await;
    assert_eq!(number(&archive, "SELECT COUNT(*) FROM interaction").await, 5);
    is_sound(&archive).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_zip_bomb_is_stopped_before_it_fills_anything() {
    let installed = Installed::new().await;
    let bomb = [
        b"From: a@client.example\r\nSubject: Bomb\r\n\r\n".as_slice(),
        &vec![b'a'; 600 * 1024 * 1024],
    ]
    .concat();
    let packed = zip(&[("first.eml", &mail("First").bytes()), ("bomb.eml", &bomb)]);
    drop(bomb);
    assert!(packed.len() < 1024 * 1024);
    let bomb = installed.file("bomb.zip", &packed);

    let said = installed.import(&bomb);

    counts(&said, 1, 0, 1);
    let archive = installed.open().await;
    assert_eq!(number(&archive, "SELECT COUNT(*) FROM interaction").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_over_the_limit_is_left_and_taken_when_asked_for() {
    let installed = Installed::new().await;
    let big = mail("Big")
        .id("big@x")
        .attach("a.bin", &incompressible(1, 1_200_000));
    let mailbox = installed.file(
        "big.mbox",
        &mbox(&[mail("Small").id("s@x"), big.clone(), mail("Next").id("n@x")]),
    );
    let limited = installed.run(&["import", "--json", "--largest", "1", mailbox.to_str().unwrap()]);
    counts(&limited, 2, 0, 1);
    let text = installed.run(&["import", "--largest", "1", mailbox.to_str().unwrap()]);
    assert!(text.out.contains("import it with --largest"), "{text}");

    counts(&installed.import(&mailbox), 1, 2, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_that_may_not_be_read_is_named() {
    let installed = Installed::new().await;
    installed.file("mails/one.eml", &mail("One").id("1@x").bytes());
    let closed = installed.file("mails/closed/two.eml", &mail("Two").id("2@x").bytes());
    let closed = closed.parent().unwrap();
    fs::set_permissions(closed, fs::Permissions::from_mode(0o000)).unwrap();
    // Root reads everything, so somebody else must import.
    let Some(mut command) = as_somebody_else(&installed) else {
        counts(&installed.import(&installed.path("mails")), 1, 0, 1);
        return;
    };
    let refused = said(
        command
            .args(["import", "--json"])
            .arg(installed.path("mails"))
            .arg("--data")
            .arg(installed.data()),
    );
    fs::set_permissions(closed, fs::Permissions::from_mode(0o755)).unwrap();

    counts(&refused, 1, 0, 1);
}

/// The command as the user `nobody`, with an archive that is theirs; `None` when we are nobody special already.
fn as_somebody_else(installed: &Installed) -> Option<Command> {
    use std::os::unix::fs::{MetadataExt, chown};
    const NOBODY: u32 = 65_534;
    if fs::metadata(installed.data()).unwrap().uid() != 0 {
        return None;
    }
    let mut waiting = vec![installed.data()];
    while let Some(path) = waiting.pop() {
        chown(&path, Some(NOBODY), Some(NOBODY)).unwrap();
        waiting.extend(
            fs::read_dir(&path)
                .into_iter()
                .flatten()
                .map(|entry| entry.unwrap().path()),
        );
    }
    fs::set_permissions(installed.path(""), fs::Permissions::from_mode(0o755)).unwrap();
    // The program may lie where nobody else may look.
    let program = installed.path("kronika");
    fs::copy(env!("CARGO_BIN_EXE_kronika"), &program).unwrap();
    let mut command = Command::new(program);
    command.uid(NOBODY).gid(NOBODY).env_remove("KRONIKA_DATA");
    Some(command)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn links_in_a_circle_end() {
    let installed = Installed::new().await;
    installed.file("mails/one.eml", &mail("One").id("1@x").bytes());
    for link in ["mails/again", "mails/and again"] {
        std::os::unix::fs::symlink(installed.path("mails"), installed.path(link)).unwrap();
    }
    counts(&installed.import(&installed.path("mails")), 1, 0, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_does_not_exist_is_said_in_one_sentence() {
    let installed = Installed::new().await;
    installed
        .import(&installed.path("missing.mbox"))
        .refuses_with("missing.mbox does not exist; check the path");
    installed
        .run(&["client", "address", "Nobody", "--email", "a@b.example"])
        .refuses_with("there is no client \"Nobody\"");
    installed
        .run(&["client", "add", "Anna", "--domain", "gmail.com"])
        .refuses_with("anyone can have a mailbox at gmail.com");
    installed
        .run(&["client", "add", " "])
        .refuses_with("a client needs a name");
    let elsewhere = installed.path("elsewhere");
    let mut command = kronika();
    said(command.args(["search", "x", "--data"]).arg(&elsewhere)).refuses_with("there is no archive in");
    assert!(!elsewhere.exists(), "looking makes nothing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_that_are_missing_or_wrong_are_said_in_one_sentence() {
    let installed = Installed::new().await;
    let key = installed.data().join("keys/archive.key");
    let own = fs::read(&key).unwrap();
    fs::remove_file(&key).unwrap();
    installed
        .run(&["search", "x"])
        .refuses_with("is missing; put it back from your backup of the keys");
    fs::write(&key, "nonsense").unwrap();
    installed
        .run(&["search", "x"])
        .refuses_with("is not a key file of Kronika");
    fs::write(
        &key,
        format!(
            "kronika-archive-key-v1 {}\n",
            data_encoding::BASE64.encode(&[7; 32])
        ),
    )
    .unwrap();
    installed
        .run(&["search", "x"])
        .refuses_with("the archive's key does not open its database");
    fs::write(&key, own).unwrap();
    fs::remove_file(installed.data().join("keys/keys.sqlite")).unwrap();
    let lost = installed.import(&installed.file("a.eml", &mail("One").bytes()));
    lost.refuses_with("key store");
    fs::write(installed.data().join("kronika.toml"), "origin = 7").unwrap();
    installed
        .run(&["search", "x"])
        .refuses_with("kronika.toml cannot be understood");
}

#[test]
fn a_passphrase_opens_and_a_wrong_one_is_said_to_be_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let with = |passphrase: Option<&str>, arguments: &[&str]| {
        let mut command = kronika();
        command
            .args(arguments)
            .arg("--data")
            .arg(folder.path().join("data"));
        passphrase.map(|passphrase| command.env("KRONIKA_PASSPHRASE", passphrase));
        said(&mut command)
    };
    let made = with(Some("correct horse"), &["init", "--owner", "ewa", "--json"]);
    assert_eq!(made.status, Some(0), "{made}");
    assert!(made.json()["password"].as_str().unwrap().len() > 20);

    with(Some("wrong"), &["client", "list"]).refuses_with("that passphrase does not open the archive");
    with(None, &["client", "list"]).refuses_with("the archive is locked by a passphrase");
    assert_eq!(with(Some("correct horse"), &["client", "list"]).status, Some(0));
    with(Some("correct horse"), &["init"]).refuses_with("already holds an archive");
}

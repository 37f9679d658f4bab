//! The worker's arguments and exit statuses.

use std::process::Output;

use crate::support::{office, work};

fn refusal(done: &Output) -> String {
    assert!(done.stdout.is_empty(), "nothing is written");
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(said.starts_with("kronika-report: "), "{said}");
    said
}

#[test]
fn it_writes_to_a_file_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("out.pdf");

    let done = work(
        office().to_string().as_bytes(),
        &["--out", file.to_str().unwrap()],
    );

    assert_eq!(done.status.code(), Some(0));
    assert!(done.stdout.is_empty());
    assert!(std::fs::read(file).unwrap().starts_with(b"%PDF"));
}

#[test]
fn what_is_no_report_is_1() {
    for input in ["", "{}", "[]", "\u{feff}", "{\"language\":\"pl\"}"] {
        let done = work(input.as_bytes(), &[]);

        assert_eq!(done.status.code(), Some(1), "{input}");
        assert!(refusal(&done).contains("what was given is no report"));
    }
}

#[test]
fn a_field_that_nobody_would_print_is_1() {
    let mut report = office();
    report["exhibits"][0]["verdict"] = "genuine".into();

    let done = work(report.to_string().as_bytes(), &[]);

    assert_eq!(done.status.code(), Some(1));
    assert!(refusal(&done).contains("unknown field `verdict`"));
}

#[test]
fn what_cannot_be_is_1() {
    let (mut nowhere, mut twice, mut beyond, mut never) = (office(), office(), office(), office());
    nowhere["time_zone"] = "Europe/Kronika".into();
    twice["exhibits"][3]["number"] = 3.into();
    beyond["volume"] = serde_json::json!({ "number": 3, "of": 2 });
    never["made_at"] = i64::MAX.into();
    let cases = [
        (nowhere, "there is no time zone called \"Europe/Kronika\""),
        (twice, "the exhibits' numbers must ascend, but 3 comes after 3"),
        (beyond, "volume 3 of 2 cannot be"),
        (
            never,
            "9223372036854775807 microseconds since 1970 is no instant that a report can be made at",
        ),
    ];
    for (report, why) in cases {
        let done = work(report.to_string().as_bytes(), &[]);

        assert_eq!(done.status.code(), Some(1));
        assert!(refusal(&done).contains(why), "{why}");
    }
}

#[test]
fn arguments_and_files_that_cannot_be_are_2() {
    let unknown = work(b"", &["--colour"]);
    let missing = work(b"", &["--out"]);
    let nowhere = work(office().to_string().as_bytes(), &["--out", "/nowhere/at/all.pdf"]);

    for done in [unknown, missing, nowhere] {
        assert_eq!(done.status.code(), Some(2));
        refusal(&done);
    }
}

#[test]
fn it_tells_how_it_is_called() {
    let done = work(b"", &["--help"]);

    assert_eq!(done.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&done.stdout).starts_with("usage: kronika-report"));
}

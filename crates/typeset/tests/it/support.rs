//! The sample, the worker, and tools that look at what it makes.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use kronika_report::Report;
use kronika_report::model::Language;
use serde_json::Value;

/// Twelve exhibits of an accounting office's dispute with a client, in four languages.
const OFFICE: &str = include_str!("../fixtures/office.json");

/// The sample as its fields are.
pub fn office() -> Value {
    serde_json::from_str(OFFICE).unwrap()
}

/// The sample as the model has it.
pub fn report(language: Language) -> Report {
    let report: Report = serde_json::from_str(OFFICE).unwrap();
    Report { language, ..report }
}

/// The sample with its first exhibit alone, which says something else.
pub fn saying(subject: &str, text: &str) -> Report {
    let mut report = report(Language::En);
    report.exhibits.truncate(1);
    report.exhibits[0].subject = subject.to_owned();
    report.exhibits[0].text = Some(text.to_owned());
    report.agreements.clear();
    report.log.clear();
    report
}

/// Runs the worker on what is given to its standard input.
pub fn work(input: &[u8], arguments: &[&str]) -> Output {
    let mut worker = Command::new(env!("CARGO_BIN_EXE_kronika-report"))
        .args(arguments)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A worker that refuses its arguments does not read.
    let _ = worker.stdin.take().unwrap().write_all(input);
    worker.wait_with_output().unwrap()
}

/// A folder with `report.pdf`, as the worker makes it.
pub fn made(report: &Report) -> tempfile::TempDir {
    let done = work(&serde_json::to_vec(report).unwrap(), &[]);
    assert_eq!(
        done.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    assert!(done.stderr.is_empty());
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("report.pdf"), done.stdout).unwrap();
    folder
}

/// What a tool says of the PDF in a folder; `None`, said aloud, without the tool.
pub fn ask(folder: &tempfile::TempDir, tool: &str, arguments: &[&str]) -> Option<String> {
    let Ok(output) = Command::new(tool)
        .args(arguments)
        .current_dir(folder.path())
        .output()
    else {
        eprintln!("SKIPPED: no {tool}");
        return None;
    };
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{tool} {arguments:?}: {said}{errors}");
    Some(said)
}

/// The text of the PDF, on as few lines as it takes, without places where lines may end.
pub fn text(folder: &tempfile::TempDir) -> Option<String> {
    let text = ask(folder, "pdftotext", &["-layout", "report.pdf", "-"])?;
    let words: Vec<&str> = text.split_whitespace().collect();
    Some(words.join(" ").replace('\u{200b}', ""))
}

/// Whether qpdf finds the file sound.
pub fn assert_sound(folder: &tempfile::TempDir) {
    if let Some(said) = ask(folder, "qpdf", &["--check", "report.pdf"]) {
        assert!(
            said.contains("No syntax or stream encoding errors found"),
            "{said}"
        );
    }
    let bytes = std::fs::read(Path::new(folder.path()).join("report.pdf")).unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7"));
}

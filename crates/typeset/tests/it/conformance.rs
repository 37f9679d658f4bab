//! PDF/A-3u in every language: what it claims of itself, what is in it, what can be read out of it.

use kronika_report::model::Language;
use serde_json::Value;

use crate::support::{ask, assert_sound, made, office, report, text};

/// A few words of each language's pages, with its own letters.
const WORDS: [(Language, &[&str]); 4] = [
    (
        Language::En,
        &[
            "Evidence report",
            "For the court: what is proven",
            "Unchanged since",
            "26 November 2026 at 12:00:31 (+01:00)",
            "12 exhibits, nos. 1–12",
        ],
    ),
    (
        Language::Pl,
        &[
            "Raport dowodowy",
            "Dla sądu: co jest dowiedzione, a co nie",
            "Kto ręczy za dziennik",
            "26 listopada 2026, 12:00:31 (+01:00)",
            "12 dowodów, nr 1–12",
            "48 213 wpisów",
        ],
    ),
    (
        Language::Sk,
        &[
            "Dôkazná správa",
            "Pre súd: čo je dokázané a čo nie",
            "Kto ručí za denník",
            "26. novembra 2026 o 12:00:31 (+01:00)",
            "12 dôkazov, č. 1 – 12",
            "48 213 zápisov",
        ],
    ),
    (
        Language::Ru,
        &[
            "Отчёт о доказательствах",
            "Суду: что доказано, а что нет",
            "Кто ручается за журнал",
            "26 ноября 2026 г., 12:00:31 (+01:00)",
            "12 доказательств, № 1–12",
            "48 213 записей",
        ],
    ),
];

/// What was said, whatever the report's own language is.
const SAID: [&str; 4] = [
    "Pan Mazur: „Dobrze, to umawiamy się na dwa siedemset pięćdziesiąt.”",
    "čerpacie stanice, mýto a servis v Žiline",
    "Двое водителей (Лысенко и Ёлкин) сдали чеки только вчера",
    "The earlier ones showed the old VAT number",
];

#[test]
fn every_language_has_its_words_and_what_was_said() {
    for (language, words) in WORDS {
        let folder = made(&report(language));

        assert_sound(&folder);
        let Some(text) = text(&folder) else { return };
        for expected in words.iter().chain(&SAID) {
            let expected = expected.replace('\u{a0}', " ");
            assert!(
                text.contains(&expected),
                "{language:?}: {expected:?} is not in {text}"
            );
        }
        assert!(!text.contains('\u{fffd}'), "{language:?}: a letter is lost");
    }
}

#[test]
fn it_says_and_shows_that_it_is_for_archives() {
    let folder = made(&report(Language::Sk));

    let Some(info) = ask(&folder, "pdfinfo", &["report.pdf"]) else {
        return;
    };
    assert!(info.contains("Tagged:          yes"), "{info}");
    assert!(info.contains("Dôkazná správa"), "{info}");
    assert!(info.contains("Biuro Rachunkowe „Linia” Ewa Wrona"), "{info}");
    let meta = ask(&folder, "pdfinfo", &["-meta", "report.pdf"]).unwrap();
    assert!(meta.contains("<pdfaid:part>3</pdfaid:part>"), "{meta}");
    assert!(
        meta.contains("<pdfaid:conformance>U</pdfaid:conformance>"),
        "{meta}"
    );
    let fonts = ask(&folder, "pdffonts", &["report.pdf"]).unwrap();
    for font in fonts.lines().skip(2) {
        let marks: Vec<&str> = font.split_whitespace().rev().skip(2).take(3).collect();
        assert_eq!(
            marks,
            ["yes", "yes", "yes"],
            "not embedded, or without Unicode: {font}"
        );
    }
}

#[test]
fn the_list_of_exhibits_is_attached() {
    let folder = made(&report(Language::Pl));

    let Some(said) = ask(&folder, "pdfdetach", &["-saveall", "report.pdf"]) else {
        return;
    };
    assert!(said.is_empty(), "{said}");
    let list = std::fs::read(folder.path().join("manifest.json")).unwrap();
    let list: Value = serde_json::from_slice(&list).unwrap();
    let given = office();
    assert_eq!(list["kronika_report"], 1);
    assert_eq!(list["checkpoint"]["root"], given["proof"]["root"]);
    assert_eq!(list["exhibits"].as_array().unwrap().len(), 12);
    for (listed, exhibit) in list["exhibits"]
        .as_array()
        .unwrap()
        .iter()
        .zip(given["exhibits"].as_array().unwrap())
    {
        assert_eq!(listed["number"], exhibit["number"]);
        assert_eq!(listed["sha256"], exhibit["original"]["sha256"]);
        assert_eq!(listed["captured_at"], exhibit["times"]["captured_at"]);
    }
    assert_eq!(
        list["exhibits"][11]["file"],
        Value::Null,
        "what is withheld has no file"
    );
    assert_eq!(
        list["exhibits"][1]["attachments"][0]["sha256"],
        given["exhibits"][1]["attachments"][0]["sha256"]
    );
}

#[test]
fn what_is_withheld_is_named_and_not_shown() {
    let folder = made(&report(Language::En));

    let Some(text) = text(&folder) else { return };
    assert!(text.contains("Its text is not disclosed."));
    assert!(text.contains("The original is not disclosed."));
    assert!(text.contains("part/3 (salary_list.xlsx)"));
    assert!(text.contains("Upłynął okres przechowywania"));
    assert!(text.contains("No witness and no time-stamp authority saw it yet."));
}

#[test]
fn chapters_without_content_are_left_out() {
    let mut report = report(Language::En);
    report.agreements.clear();
    report.holes.clear();
    for exhibit in &mut report.exhibits {
        exhibit.withheld.clear();
    }
    let folder = made(&report);

    let Some(text) = text(&folder) else { return };
    assert!(!text.contains("What was agreed"));
    assert!(text.contains("Nothing that was chosen was withheld, and nothing erased."));
}

#[test]
fn the_same_document_makes_the_same_bytes() {
    let read = |folder: &tempfile::TempDir| std::fs::read(folder.path().join("report.pdf")).unwrap();

    let (one, other) = (made(&report(Language::En)), made(&report(Language::En)));

    assert!(read(&one) == read(&other));
}

#[test]
fn hashes_can_be_copied_in_one_piece() {
    let report = report(Language::En);
    let folder = made(&report);

    let Some(text) = text(&folder) else { return };
    for file in report
        .exhibits
        .iter()
        .filter_map(|exhibit| exhibit.original.as_ref())
    {
        assert!(text.contains(&file.sha256), "{}", file.path);
    }
}

//! What people and other programs read in a package: the report and the vCons.

use std::process::Command;
use std::sync::Arc;

use kronika::web::locale::Locale;
use kronika::web::wording::Worded;

use super::choice::files;
use super::*;

/// Whether the typesetter was built, which `cargo test --workspace` does.
pub fn is_built() -> bool {
    let own = std::env::current_exe().unwrap();
    let built = own
        .ancestors()
        .skip(1)
        .take(2)
        .any(|folder| folder.join("kronika-report").is_file());
    if !built {
        eprintln!("SKIPPED: kronika-report is not built; cargo build -p kronika-typeset");
    }
    built
}

fn text_of(pdf: &[u8], folder: &Path) -> String {
    let file = folder.join("report.pdf");
    std::fs::write(&file, pdf).unwrap();
    let said = Command::new("pdftotext")
        .arg(&file)
        .arg("-")
        .output()
        .expect("poppler-utils is installed");
    String::from_utf8(said.stdout).unwrap()
}

/// Everything of a package that can be read, its report and what is in its vCons among it.
pub fn read_all(package: &Path, folder: &Path) -> String {
    let mut read = String::new();
    for (name, content) in files(package) {
        read += &format!("{name}\n");
        match name.rsplit('.').next() {
            Some("pdf") => read += &text_of(&content, folder),
            Some("json") if name.contains("conversations") => {
                let vcon: serde_json::Value = serde_json::from_slice(&content).unwrap();
                let payload = vcon["payload"].as_str().unwrap();
                let payload = data_encoding::BASE64URL_NOPAD.decode(payload.as_bytes()).unwrap();
                read += &String::from_utf8(payload).unwrap();
            }
            _ => read += &String::from_utf8_lossy(&content),
        }
    }
    read
}

on_each_database! {
    async fn a_package_is_read_as_a_report_in_each_language(archive: TestArchive) {
        if !is_built() {
            return;
        }
        let client = filled(&archive).await;
        for (locale, word) in [
            (Locale::En, "district court"), (Locale::Pl, "Umowa"), (Locale::Sk, "Umowa"), (Locale::Ru, "Umowa"),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let request = Request { wording: Some(Arc::new(Worded(locale))), ..of(client) };

            let (package, given) = made(&archive, &request, folder.path()).await;

            assert_eq!(given.reports, 1);
            let verdict = checked(&package, &alone(&archive));
            assert_eq!(verdict.overall, Overall::Sound, "{:#?}", verdict.claims);
            let files = files(&package);
            let (_, pdf) = files.iter().find(|(name, _)| name == "data/report.pdf").expect("there is a report");
            let text = text_of(pdf, folder.path());
            assert!(text.contains(word) && text.contains("Stolarnia Dąb"), "{text}");
            assert!(text.contains("This is about Umowa 3"), "the full text of each message: {text}");
            assert!(!text.contains("Piekarnia"), "nothing of another client");
        }
    }

    async fn what_is_withheld_is_not_in_the_report_nor_in_a_conversation(archive: TestArchive) {
        let client = archive.client("Stolarnia Dąb", &["anna@dab.example"], &[]).await;
        let secret = archive.record(&mail("Margin").from("anna@dab.example").body("forty-two percent")).await;
        let letter = mail("Offer").from("anna@dab.example").body("between us: we would take 900");
        let offer = archive.record(&letter.attach("offer.txt", b"the price is 1000")).await;
        let folder = tempfile::tempdir().unwrap();
        let parts = archive.parts_of(offer).await;
        let text = parts.iter().filter(|part| !part.is_attachment()).map(|part| (offer, part.number.clone()));
        let mut request = Request { wording: Some(Arc::new(Worded(Locale::En))), ..of(client) };
        request.withheld = Withheld { reason: "calculations".to_owned(), ..Withheld::default() };
        request.withheld.interactions.insert(secret);
        request.withheld.parts.extend(text);

        let (package, _) = made(&archive, &request, folder.path()).await;

        let read = read_all(&package, folder.path());
        for hidden in ["forty-two", "between us", "Margin"] {
            assert!(!read.contains(hidden), "{hidden:?} can be read");
        }
        assert!(read.contains("calculations"));
    }

    async fn each_conversation_is_a_signed_vcon_once(archive: TestArchive) {
        let client = archive.client("Stolarnia Dąb", &["anna@dab.example"], &[]).await;
        let first = mail("Umowa").id("first@x").on_day(2).from("Anna <anna@dab.example>");
        archive.record(&first).await;
        archive.record(&mail("Re: Umowa").id("second@x").answers(&["first@x"]).on_day(3).from("anna@dab.example")).await;
        archive.record(&mail("Faktura").id("third@x").on_day(4).from("anna@dab.example")).await;
        let folder = tempfile::tempdir().unwrap();

        let (package, _) = made(&archive, &of(client), folder.path()).await;

        let vcons: Vec<serde_json::Value> = files(&package)
            .into_iter()
            .filter(|(name, _)| name.starts_with("data/conversations/"))
            .map(|(_, content)| serde_json::from_slice(&content).unwrap())
            .collect();
        assert_eq!(vcons.len(), 2);
        let payload = vcons[0]["payload"].as_str().unwrap();
        let payload = data_encoding::BASE64URL_NOPAD.decode(payload.as_bytes()).unwrap();
        let vcon: serde_json::Value = serde_json::from_slice(&payload).unwrap();
        assert_eq!(vcon["dialog"].as_array().unwrap().len(), 2, "{vcon}");
        assert_eq!(vcon["subject"], "Umowa");
        assert!(vcons[0]["signatures"][0]["signature"].is_string());
    }
}

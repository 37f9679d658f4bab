//! Every text in every language, and none too many.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Resource};
use kronika_report::model::Language;

/// The texts of a language, by key, and which values each needs.
fn texts(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let file = root().join("locales").join(language.code()).join("report.ftl");
    let source = std::fs::read_to_string(file).unwrap();
    let resource: Resource<String> = fluent_syntax::parser::parse(source).unwrap();
    let mut found = BTreeMap::new();
    for entry in resource.body {
        let Entry::Message(message) = entry else { continue };
        let written = format!("{:?}", message.value);
        let values = written
            .split("VariableReference { id: Identifier { name: \"")
            .skip(1);
        let values = values
            .filter_map(|after| after.split('"').next())
            .map(str::to_owned)
            .collect();
        let before = found.insert(message.id.name.clone(), values);
        assert!(
            before.is_none(),
            "{language:?}: {} is there twice",
            message.id.name
        );
    }
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_text_exists_in_every_language() {
    let english: BTreeSet<String> = texts(Language::En).into_keys().collect();
    for language in Language::ALL {
        let keys: BTreeSet<String> = texts(language).into_keys().collect();
        assert_eq!(keys, english, "{language:?}");
    }
}

#[test]
fn no_text_is_left_over() {
    let mut sources = String::new();
    for folder in ["src", "src/sheet", "templates"] {
        for file in std::fs::read_dir(root().join(folder)).unwrap() {
            let path = file.unwrap().path();
            if path.is_file() {
                sources += &read(&path);
            }
        }
    }
    let locales: String = Language::ALL
        .map(|language| read(&root().join("locales").join(language.code()).join("report.ftl")))
        .concat();
    for key in texts(Language::En).keys() {
        let made_up = ["expert-", "month", "number-group"]
            .iter()
            .any(|start| key.starts_with(start));
        let is_used = sources.contains(&format!("\"{key}\""))
            || sources.contains(&format!("words.{key}"))
            || locales.contains(&format!("{{ {key} }}"));
        assert!(is_used || made_up, "{key} is used nowhere");
    }
}

#[test]
fn counts_have_the_forms_that_the_language_has() {
    for (language, forms) in [
        (Language::En, ["one", "other"].as_slice()),
        (Language::Pl, ["one", "few", "many", "other"].as_slice()),
        (Language::Sk, ["one", "few", "many", "other"].as_slice()),
        (Language::Ru, ["one", "few", "many", "other"].as_slice()),
    ] {
        let file = root().join("locales").join(language.code()).join("report.ftl");
        let source = read(&file);
        for block in source.split("{ $count ->").skip(1) {
            let block = block.split("    }").next().unwrap();
            for form in forms {
                assert!(
                    block.contains(&format!("[{form}]")),
                    "{language:?} has no {form} in {block}"
                );
            }
        }
    }
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

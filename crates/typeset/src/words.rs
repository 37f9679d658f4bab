//! The report's own texts, in its language.

use std::collections::BTreeMap;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use kronika_report::model::Language;

/// A value in a text.
pub type Value<'a> = FluentValue<'a>;

/// The texts of one language.
pub struct Words {
    bundle: FluentBundle<FluentResource>,
    keys: Vec<String>,
}

impl Words {
    /// The texts of a language.
    pub fn of(language: Language) -> Words {
        let source = match language {
            Language::En => include_str!("../locales/en/report.ftl"),
            Language::Pl => include_str!("../locales/pl/report.ftl"),
            Language::Sk => include_str!("../locales/sk/report.ftl"),
            Language::Ru => include_str!("../locales/ru/report.ftl"),
        };
        let name: LanguageIdentifier = language.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![name]);
        // Marks around values would only be printed.
        bundle.set_use_isolating(false);
        // The texts are the program's own; a test sees that they are read without errors.
        let resource = match FluentResource::try_new(source.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
        let keys = source.lines().filter_map(key).map(str::to_owned).collect();
        Words { bundle, keys }
    }

    /// A text without values.
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// A text with values.
    pub fn say_with(&self, key: &str, values: &[(&str, Value<'_>)]) -> String {
        let args: FluentArgs = values.iter().cloned().collect();
        self.find(key, &args).unwrap_or_else(|| key.to_owned())
    }

    /// All texts that need no value, by their keys.
    pub fn plain(&self) -> BTreeMap<&str, String> {
        let nothing = FluentArgs::new();
        let found = self
            .keys
            .iter()
            .map(|key| (key.as_str(), self.find(key, &nothing)));
        found.filter_map(|(key, text)| Some((key, text?))).collect()
    }

    /// A text, if there is one and all its values are given.
    fn find(&self, key: &str, args: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(args), &mut errors);
        errors.is_empty().then(|| text.into_owned())
    }

    /// A count with its digits in groups: `48 213`.
    pub fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let group = self.say("number-group");
        let mut out = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) && digits.len() > 4 {
                out.push_str(&group);
            }
            out.push(digit);
        }
        out
    }

    /// A count of things: `48 213 bytes`.
    pub fn count(&self, key: &str, number: u64) -> String {
        let text = self.number(number);
        self.say_with(key, &[("count", number.into()), ("text", text.into())])
    }
}

/// The key that a line begins with.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(" =")?;
    key.starts_with(|first: char| first.is_ascii_lowercase())
        .then_some(key)
}

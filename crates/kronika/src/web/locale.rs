//! Texts in every language the interface speaks.
//!
//! Texts live in `locales/<language>/*.ftl`. A key exists in every language or in none; tests enforce it, so a page
//! never falls back to English halfway down.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use fluent_templates::fluent_bundle::{FluentResource, FluentValue, types::FluentNumber};
use fluent_templates::{FluentBundle, LanguageIdentifier, Loader, langid, static_loader};

static_loader! {
    static TEXTS = {
        locales: "locales",
        fallback_language: "en",
        // The macro takes a closure only.
        customise: |bundle| { prepare(bundle) },
    };
}

static EN: LanguageIdentifier = langid!("en");
static PL: LanguageIdentifier = langid!("pl");
static SK: LanguageIdentifier = langid!("sk");
static RU: LanguageIdentifier = langid!("ru");

/// A language the interface speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Locale {
    En,
    Pl,
    Sk,
    Ru,
}

impl Locale {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Locale; 4] = [Locale::En, Locale::Pl, Locale::Sk, Locale::Ru];

    /// The two-letter code, as in `<html lang>`, the settings form and the folder of texts.
    pub fn code(self) -> &'static str {
        match self {
            Locale::En => "en",
            Locale::Pl => "pl",
            Locale::Sk => "sk",
            Locale::Ru => "ru",
        }
    }

    /// What its speakers call it; never translated.
    pub fn own_name(self) -> &'static str {
        match self {
            Locale::En => "English",
            Locale::Pl => "Polski",
            Locale::Sk => "Slovenčina",
            Locale::Ru => "Русский",
        }
    }

    /// The locale of a code, with or without a region: `pl`, `pl-PL`.
    pub fn of_code(code: &str) -> Option<Locale> {
        let language = code.trim().split(['-', '_']).next()?;
        Locale::ALL
            .into_iter()
            .find(|locale| locale.code().eq_ignore_ascii_case(language))
    }

    /// The first language of an `Accept-Language` header (RFC 9110, 12.5.4) that the interface speaks, else English.
    ///
    /// Weights are not read: browsers list languages best first.
    pub fn of_header(header: &str) -> Locale {
        header
            .split(',')
            .filter_map(|range| range.split(';').next())
            .find_map(Locale::of_code)
            .unwrap_or(Locale::En)
    }

    /// A whole number with this language's digit grouping: `12,480` or `12 480`.
    pub fn number(self, value: u64) -> String {
        group(value as f64, self == Locale::En)
    }

    fn identifier(self) -> &'static LanguageIdentifier {
        match self {
            Locale::En => &EN,
            Locale::Pl => &PL,
            Locale::Sk => &SK,
            Locale::Ru => &RU,
        }
    }
}

/// The text of `key` in `locale`; arguments are added with [`Text::arg`].
pub fn t(locale: Locale, key: &'static str) -> Text {
    Text {
        locale,
        key,
        args: HashMap::new(),
    }
}

/// Whether any language has a text for `key`; for keys that come from error codes.
pub fn has(key: &str) -> bool {
    TEXTS.try_lookup(&EN, key).is_some()
}

/// A text that is looked up when it is shown.
pub struct Text {
    locale: Locale,
    key: &'static str,
    args: HashMap<Cow<'static, str>, FluentValue<'static>>,
}

impl Text {
    /// Fills a `{ $name }` of the text. Numbers choose the plural and are grouped by the language's rules.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl Arg) -> Text {
        self.args.insert(Cow::Borrowed(name), value.value());
        self
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&TEXTS.lookup_with_args(self.locale.identifier(), self.key, &self.args))
    }
}

/// What can stand in a text's place.
pub trait Arg {
    /// The value as Fluent takes it.
    fn value(&self) -> FluentValue<'static>;
}

impl<T: Arg + ?Sized> Arg for &T {
    fn value(&self) -> FluentValue<'static> {
        (**self).value()
    }
}

impl Arg for str {
    fn value(&self) -> FluentValue<'static> {
        FluentValue::from(self.to_owned())
    }
}

impl Arg for String {
    fn value(&self) -> FluentValue<'static> {
        FluentValue::from(self.clone())
    }
}

impl Arg for Text {
    fn value(&self) -> FluentValue<'static> {
        FluentValue::from(self.to_string())
    }
}

impl Arg for u64 {
    fn value(&self) -> FluentValue<'static> {
        FluentValue::Number(FluentNumber::from(*self))
    }
}

impl Arg for u32 {
    fn value(&self) -> FluentValue<'static> {
        u64::from(*self).value()
    }
}

impl Arg for usize {
    fn value(&self) -> FluentValue<'static> {
        FluentValue::Number(FluentNumber::from(*self))
    }
}

/// Names and addresses carry their own direction, so no isolation marks; numbers are grouped as the language does.
fn prepare(bundle: &mut FluentBundle<&'static FluentResource>) {
    bundle.set_use_isolating(false);
    let english = bundle.locales.first().is_some_and(|language| language == &EN);
    bundle.set_formatter(Some(if english { english_number } else { slavic_number }));
}

fn english_number<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    number_of(value).map(|number| group(number, true))
}

fn slavic_number<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    number_of(value).map(|number| group(number, false))
}

fn number_of(value: &FluentValue<'_>) -> Option<f64> {
    match value {
        FluentValue::Number(number) if number.value.fract() == 0.0 => Some(number.value),
        _ => None,
    }
}

/// CLDR 47 grouping: English groups by commas from four digits on; Polish groups by no-break spaces from five digits
/// on, which reads well in Slovak and Russian too.
fn group(value: f64, english: bool) -> String {
    let digits = format!("{value:.0}");
    if !english && digits.len() < 5 {
        return digits;
    }
    let separator = if english { ',' } else { '\u{a0}' };
    let mut grouped = String::with_capacity(digits.len() + 4);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

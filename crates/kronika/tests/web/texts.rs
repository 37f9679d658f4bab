use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};
use fluent_syntax::parser::parse;
use kronika::web::locale::{Locale, t};
use kronika::web::view::kinds::{AddressKind, Channel, Direction};

use super::sources::{files, quoted};

/// What a text mentions: its arguments, other texts, and the cases of each choice by number.
#[derive(Default)]
struct Message {
    arguments: BTreeSet<String>,
    texts: BTreeSet<String>,
    plurals: Vec<BTreeSet<String>>,
}

type Messages = BTreeMap<String, Message>;

fn messages(locale: Locale) -> Messages {
    let mut found = Messages::new();
    for (path, source) in files(&format!("locales/{}", locale.code()), "ftl") {
        let resource = parse(source).unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let mut read = Message::default();
            pattern(&message.value.unwrap(), &mut read);
            let again = found.insert(message.id.name.clone(), read);
            assert!(
                again.is_none(),
                "{} stands twice in {}",
                message.id.name,
                locale.code()
            );
        }
    }
    found
}

fn pattern(pattern: &Pattern<String>, into: &mut Message) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else {
            continue;
        };
        match expression {
            Expression::Inline(expression) => inline(expression, into),
            Expression::Select { selector, variants } => {
                inline(selector, into);
                variants
                    .iter()
                    .for_each(|variant| self::pattern(&variant.value, into));
                into.plurals.extend(categories(variants));
            }
        }
    }
}

fn inline(expression: &InlineExpression<String>, into: &mut Message) {
    match expression {
        InlineExpression::VariableReference { id } => _ = into.arguments.insert(id.name.clone()),
        InlineExpression::MessageReference { id, .. } => _ = into.texts.insert(id.name.clone()),
        _ => (),
    }
}

/// The plural categories of a choice; none when it is a choice between exact numbers only, such as months.
fn categories(variants: &[Variant<String>]) -> Option<BTreeSet<String>> {
    let named = variants.iter().filter_map(|variant| match &variant.key {
        VariantKey::Identifier { name } => Some(name.clone()),
        VariantKey::NumberLiteral { .. } => None,
    });
    Some(named.collect::<BTreeSet<_>>()).filter(|names| !names.is_empty())
}

#[test]
fn a_text_exists_in_every_language_with_the_same_arguments() {
    let english = messages(Locale::En);

    for locale in Locale::ALL {
        let other = messages(locale);
        let missing: Vec<_> = english.keys().filter(|key| !other.contains_key(*key)).collect();
        let surplus: Vec<_> = other.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(
            missing.is_empty() && surplus.is_empty(),
            "{}: lacks {missing:?}, has {surplus:?}",
            locale.code()
        );
        // Dates choose among the parts they are all given.
        for (key, message) in english
            .iter()
            .filter(|(key, _)| !key.starts_with("date-") && !key.starts_with("month"))
        {
            assert_eq!(
                other[key].arguments,
                message.arguments,
                "{key} in {}",
                locale.code()
            );
        }
    }
}

#[test]
fn a_choice_by_number_has_every_plural_of_its_language() {
    for locale in Locale::ALL {
        let wanted = match locale {
            Locale::En => ["one", "other"].as_slice(),
            Locale::Pl | Locale::Sk | Locale::Ru => ["few", "many", "one", "other"].as_slice(),
        };
        for (key, message) in messages(locale) {
            for plural in message.plurals {
                assert!(
                    plural.iter().eq(wanted),
                    "{key} in {} has {plural:?}",
                    locale.code()
                );
            }
        }
    }
}

#[test]
fn a_text_that_is_asked_for_exists_and_one_that_exists_is_asked_for() {
    let english = messages(Locale::En);
    let sources: Vec<_> = files("templates", "html")
        .into_iter()
        .chain(files("src", "rs"))
        .collect();

    for (path, source) in &sources {
        for key in quoted(source, ".t(\"") {
            assert!(english.contains_key(key), "{} asks for {key}", path.display());
        }
    }
    let mentioned: BTreeSet<_> = english.values().flat_map(|message| &message.texts).collect();
    for key in english.keys() {
        let literal = format!("\"{key}\"");
        // Refusals and mistakes are named by whoever refuses.
        let refusal = english.contains_key(&format!("{key}-fix")) || key.ends_with("-fix");
        let reserved = refusal || key.contains("mistake") || key.starts_with("sign-in-");
        let asked = mentioned.contains(key) || sources.iter().any(|(_, source)| source.contains(&literal));
        assert!(asked || reserved, "{key} is never shown");
    }
}

#[test]
fn no_template_speaks_for_itself() {
    // The name, signs that need no words, and what is typed as it is in every language.
    let allowed = [
        "Kronika", "Ctrl", "Enter", "j", "k", "o", "e", "a", "i", "g", "c", "K",
    ];
    for (path, source) in files("templates", "html") {
        let text = shown(&source);
        let words = text
            .split(|letter: char| !letter.is_alphabetic())
            .filter(|word| !word.is_empty());
        let own: Vec<_> = words.filter(|word| !allowed.contains(word)).collect();
        assert!(own.is_empty(), "{} says {own:?}", path.display());
    }
}

/// What a person would read of a template, were all its expressions empty: text and spoken attributes. Code in
/// `<code>` and the style of the frame are not words.
fn shown(template: &str) -> String {
    let mut text = without(template, "{#", "#}");
    for (opening, closing) in [
        ("{{", "}}"),
        ("{%", "%}"),
        ("<code", "</code>"),
        ("<style", "</style>"),
    ] {
        text = without(&text, opening, closing);
    }
    let spoken = ["title=\"", "aria-label=\"", "placeholder=\"", "alt=\""];
    let attributes: Vec<_> = spoken
        .iter()
        .flat_map(|name| quoted(&text, name))
        .map(str::to_owned)
        .collect();
    without(&text, "<", ">") + " " + &attributes.join(" ")
}

fn without(text: &str, opening: &str, closing: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(opening) {
        kept.push_str(before);
        kept.push(' ');
        rest = after.split_once(closing).map_or("", |(_, after)| after);
    }
    kept + rest
}

#[test]
fn an_icon_that_is_drawn_is_bundled() {
    let bundled: BTreeSet<_> = include_str!("../../ui/icons.txt").split_whitespace().collect();
    let templates = files("templates", "html");
    let drawn = templates.iter().flat_map(|(_, source)| quoted(source, "icon(\""));
    let kinds = Channel::ALL
        .map(Channel::icon)
        .into_iter()
        .chain(Direction::ALL.map(Direction::icon));

    for icon in drawn
        .chain(kinds)
        .chain([AddressKind::Email, AddressKind::Domain].map(AddressKind::icon))
    {
        assert!(bundled.contains(icon), "{icon} is not in ui/icons.txt");
    }
}

#[test]
fn plurals_and_numbers_follow_the_language() {
    let said = |locale, count: u64| t(locale, "client-total").arg("count", count).to_string();

    assert_eq!(said(Locale::En, 1), "1 client");
    assert_eq!(said(Locale::En, 12_480), "12,480 clients");
    assert_eq!(said(Locale::Pl, 1), "1 klient");
    assert_eq!(said(Locale::Pl, 5), "5 klientów");
    assert_eq!(said(Locale::Sk, 3), "3 klienti");
    assert_eq!(said(Locale::Sk, 12_480), "12\u{a0}480 klientov");
    assert_eq!(said(Locale::Ru, 21), "21 клиент");
    assert_eq!(said(Locale::Ru, 24), "24 клиента");
    assert_eq!(said(Locale::Ru, 11), "11 клиентов");
}

#[test]
fn the_browsers_first_known_language_is_spoken() {
    assert_eq!(Locale::of_header("de-DE,de;q=0.9,sk;q=0.8,en;q=0.7"), Locale::Sk);
    assert_eq!(Locale::of_header("ru-RU"), Locale::Ru);
    assert_eq!(Locale::of_header("ja, *"), Locale::En);
    assert_eq!(Locale::of_header(""), Locale::En);
}

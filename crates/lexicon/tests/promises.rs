//! Promises that hold for any text, and a fixture of everyday words that needs no shared data.

use std::collections::HashSet;

use kronika_lexicon::{LONGEST_TERM, document, fold, highlight, query, query_prefix, query_word};
use proptest::prelude::*;

fn terms(text: &str) -> HashSet<String> {
    let mut terms = HashSet::new();
    document(text, &mut |token| _ = terms.insert(token.term.to_owned()));
    terms
}

fn finds(typed: &str, text: &str) -> bool {
    let terms = terms(text);
    let words = query(typed);
    !words.is_empty()
        && words
            .iter()
            .all(|word| word.alternatives.iter().any(|term| terms.contains(term)))
}

#[track_caller]
fn assert_finds(typed: &str, text: &str) {
    assert!(
        finds(typed, text),
        "{typed:?} finds {text:?}: {:?} {:?}",
        query(typed),
        terms(text)
    );
}

/// Letters of the four languages, marks, digits, joiners, blanks, and sometimes anything at all.
fn texts() -> impl Strategy<Value = String> {
    let mixed = "[a-zA-Z0-9ąćęłńóśźżáäčďéíĺľňôŕšťúýžà-яА-ЯёЁ '’.,/@_+():\u{301}\u{306}\u{ad}\u{a0}\n-]{0,60}";
    prop_oneof![3 => mixed, 1 => "\\PC{0,40}", 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tokens_are_fit_to_be_indexed(text in texts()) {
        let mut last = None;
        document(&text, &mut |token| {
            assert!(!token.term.is_empty() && token.term.len() <= LONGEST_TERM);
            assert!(!token.term.contains(|letter: char| letter.is_whitespace() || letter.is_control() || "\"'`".contains(letter)));
            assert!(text.get(token.range.clone()).is_some_and(|word| !word.is_empty()), "{text:?} {:?}", token.range);
            assert!(last.is_none_or(|last| last <= token.position));
            last = Some(token.position);
        });
    }

    #[test]
    fn a_text_is_found_by_its_own_words(text in texts()) {
        let terms = terms(&text);
        for word in query(&text) {
            let found = word.alternatives.iter().any(|term| terms.contains(term));
            prop_assert!(found || word.alternatives.is_empty(), "{text:?}: {word:?} {terms:?}");
        }
        let all = query_word(&text);
        prop_assert_eq!(terms.is_empty(), !all.alternatives.iter().any(|term| terms.contains(term)));
    }

    #[test]
    fn highlights_are_in_order_and_apart(text in texts(), typed in texts()) {
        let ranges = highlight(&text, &query(&typed), true);
        prop_assert!(ranges.windows(2).all(|pair| pair[0].end <= pair[1].start));
        prop_assert!(ranges.iter().all(|range| text.get(range.clone()).is_some()));
    }

    #[test]
    fn folding_twice_changes_nothing(text in texts()) {
        let folded = fold(&text);
        prop_assert_eq!(fold(&folded), folded);
    }
}

#[test]
fn everyday_words_are_found_in_all_their_forms() {
    for line in include_str!("words.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let forms: Vec<&str> = line.split(' ').collect();
        let (typed, others) = forms.split_first().unwrap();
        for other in others {
            assert_finds(typed, other);
            assert_finds(other, typed);
            assert_finds(&fold(typed), other);
            assert_finds(&fold(other), typed);
        }
    }
}

#[test]
fn lookalikes_are_not_found() {
    for (typed, text) in [
        ("umowa", "umysł"),
        ("faktura", "faktor"),
        ("zmluva", "zmija"),
        ("cena", "cesta"),
        ("договор", "догорать"),
        ("счёт", "счастье"),
        ("contract", "contrast"),
        ("invoice", "invite"),
        ("płaca", "Łódź, plac"),
        ("sąd", "Łódź, sady"),
    ] {
        assert!(
            !finds(typed, text),
            "{typed} {text}: {:?} {:?}",
            query(typed),
            terms(text)
        );
    }
}

#[test]
fn languages_meet_where_their_words_do() {
    assert_finds("faktura", "Posielam vám faktúru za január.");
    assert_finds("faktúra", "W załączniku faktury za styczeń.");
}

#[test]
fn names_are_found_in_any_case() {
    for (typed, text) in [
        ("Bratislava", "v Bratislave"),
        ("Nováková", "s pani Novákovou"),
        ("Horvath", "od pána Horvátha"),
        ("Kowalczyk", "dla pana Kowalczyka"),
        ("Szymańska", "z panią Szymańską"),
        ("Иванов", "с Ивановым"),
        ("Kronika", "w Kronice"),
        ("Zentiva", "zo Zentivy"),
        ("Smith", "Mr Smith's letter"),
    ] {
        assert_finds(typed, text);
    }
}

#[test]
fn addresses_and_numbers_are_found_whole_and_in_parts() {
    let text = "Faktura FV/12/2026 z 12.03.2026 na 1 234,50 zł, anna.nowak@firma.pl, +48 600 100 200, NIP 526-10-40-828.";
    for typed in [
        "FV/12/2026",
        "fv-12-2026",
        "12/2026",
        "2026-03-12",
        "12. 3. 2026",
        "1234.50",
        "1234,5",
        "anna.nowak@firma.pl",
        "firma.pl",
        "Nowak",
        "600100200",
        "+48600100200",
        "600 100 200",
        "5261040828",
        "fv",
    ] {
        assert_finds(typed, text);
    }
    assert_finds("email", "e-mailem");
    assert!(!finds("FV/13/2026", text));
}

#[test]
fn a_phrase_is_a_row_of_positions() {
    let mut positions = Vec::new();
    document("Umowa nr FV/12/2026 z klientem", &mut |token| {
        positions.push((token.position, token.range.start))
    });
    positions.dedup();
    assert_eq!(positions.first(), Some(&(0, 0)));
    assert_eq!(positions.last(), Some(&(4, "Umowa nr FV/12/2026 z ".len())));
    assert_eq!(query("Umowa nr FV/12/2026 z klientem").len(), 5);
}

#[test]
fn what_is_found_lights_up() {
    let text = "Przesyłam fakturę, o której mowa w umowie. Faktury FV/12/2026 brak.";
    let lit = |typed: &str, prefix| -> Vec<&str> {
        highlight(text, &query(typed), prefix)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    };
    assert_eq!(lit("faktura", false), ["fakturę", "Faktury"]);
    assert_eq!(lit("umów FV/12/2026", false), ["umowie", "FV/12/2026"]);
    assert_eq!(lit("przes", true), ["Przesyłam"]);
}

#[test]
fn half_a_word_already_finds_its_lemma() {
    assert!(
        query_prefix("fakturz")
            .alternatives
            .contains(&"faktura".to_owned())
    );
    assert_eq!(query_prefix("fakt").folded_prefix, "fakt");
}

#[test]
fn nothing_is_found_by_nothing() {
    for typed in ["", " ", "…", "\u{301}", "---"] {
        assert!(query_word(typed).alternatives.is_empty(), "{typed:?}");
    }
}

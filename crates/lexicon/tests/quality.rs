//! How well a typed form finds the other forms of its word, on the shared word pairs (see their README for the method).

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;

use kronika_lexicon::{Language, document, document_in, query_word};

/// Weighted rows that matched, and all rows, by language, kind of pair and expectation.
type Shares = BTreeMap<(String, String, bool), (f64, f64)>;

struct Pair {
    language: Language,
    kind: String,
    query: String,
    document: String,
    expected: bool,
    weight: f64,
}

fn shared(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/search-eval").join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("SKIPPED: {} is missing", path.display());
    }
    text
}

fn pairs(name: &str) -> Option<Vec<Pair>> {
    let text = shared(&format!("{name}.tsv"))?;
    let kinds = if name == "curated" { String::new() } else { shared(&format!("{name}.kind"))? };
    let mut kinds = kinds.lines();
    let pairs = text.lines().map(|line| {
        let field: Vec<&str> = line.split('\t').collect();
        Pair {
            language: Language::ALL.into_iter().find(|language| language.code() == field[0]).unwrap(),
            kind: kinds.next().unwrap_or("curated").to_owned(),
            query: field[1].to_owned(),
            document: field[2].to_owned(),
            expected: field[3] == "1",
            weight: field[4].parse().unwrap(),
        }
    });
    Some(pairs.collect())
}

fn terms_of(analyse: impl Fn(&mut dyn FnMut(kronika_lexicon::Token))) -> HashSet<String> {
    let mut terms = HashSet::new();
    analyse(&mut |token| _ = terms.insert(token.term.to_owned()));
    terms
}

/// What matches when the language of the document's text is known, and when a word is all there is of it.
fn shares(pairs: &[Pair], language_known: bool) -> Shares {
    let mut queries: HashMap<&str, Vec<String>> = HashMap::new();
    let mut documents: HashMap<(Language, &str), HashSet<String>> = HashMap::new();
    let mut shares = Shares::new();
    for pair in pairs {
        let query = queries.entry(&pair.query).or_insert_with(|| query_word(&pair.query).alternatives);
        let document = documents.entry((pair.language, &pair.document)).or_insert_with(|| {
            terms_of(|sink| match language_known {
                true => document_in(pair.language, &pair.document, sink),
                false => document(&pair.document, sink),
            })
        });
        let matched = query.iter().any(|term| document.contains(term));
        if matched != pair.expected && std::env::var("SHOW_MISSES").is_ok() {
            eprintln!("MISS\t{}\t{}\t{}\t{}\t{:.0}\t{query:?}\t{document:?}", pair.language.code(), pair.kind, pair.query, pair.document, pair.weight);
        }
        let share = shares.entry((pair.language.code().to_owned(), pair.kind.clone(), pair.expected)).or_default();
        share.0 += if matched { pair.weight } else { 0.0 };
        share.1 += pair.weight;
    }
    for (key, (matched, all)) in &shares {
        println!("{key:?}: {:.4}", matched / all);
    }
    shares
}

fn check(name: &str, least: &dyn Fn(&str, &str) -> f64, most: f64) {
    let Some(pairs) = pairs(name) else { return };
    for language_known in [true, false] {
        println!("{name}, language known: {language_known}");
        for ((language, kind, expected), (matched, all)) in shares(&pairs, language_known) {
            let share = matched / all;
            let fits = if expected { share >= least(&language, &kind) } else { share <= most };
            assert!(fits, "{name} {language} {kind}: {share:.4}, language known: {language_known}");
        }
    }
}

#[test]
fn other_forms_are_found_and_lookalikes_are_not() {
    check("dev", &|_, _| 0.97, 0.005);
}

#[test]
fn forms_without_diacritics_and_rare_forms_are_found() {
    let least = |_: &str, kind: &str| match kind {
        "fold-query" | "fold-doc" => 0.97,
        _ => 0.0,
    };
    check("extra-dev", &least, 1.0);
}

#[test]
fn words_of_business_are_found() {
    check("curated", &|_, _| 0.99, 0.02);
}

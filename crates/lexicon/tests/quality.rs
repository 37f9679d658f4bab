//! How well a typed form finds the other forms of its word, on the shared word pairs (see their README for the method).

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;

use kronika_lexicon::{Language, document, fold, query_word};

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
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/search-eval")
        .join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("SKIPPED: {} is missing", path.display());
    }
    text
}

fn pairs(name: &str) -> Option<Vec<Pair>> {
    let text = shared(&format!("{name}.tsv"))?;
    let kinds = if name == "curated" {
        String::new()
    } else {
        shared(&format!("{name}.kind"))?
    };
    let mut kinds = kinds.lines();
    let pairs = text.lines().map(|line| {
        let field: Vec<&str> = line.split('\t').collect();
        Pair {
            language: Language::ALL
                .into_iter()
                .find(|language| language.code() == field[0])
                .expect("the language is one of the four"),
            kind: kinds.next().unwrap_or("curated").to_owned(),
            query: field[1].to_owned(),
            document: field[2].to_owned(),
            expected: field[3] == "1",
            weight: field[4].parse().expect("the weight is a number"),
        }
    });
    Some(pairs.collect())
}

/// What stands around the document's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Around {
    /// Nothing: neither the language nor whether diacritics are written can be seen.
    Nothing,
    /// A sentence of its language; written without diacritics when the word is meant to be.
    Sentence,
}

fn sentence(language: Language) -> &'static str {
    match language {
        Language::Polish => {
            "Dzień dobry, przesyłam w załączniku to, o co pan prosił, i czekam na odpowiedź: "
        }
        Language::Slovak => "Dobrý deň, v prílohe vám posielam to, o čo ste ma žiadali, a čakám na odpoveď: ",
        Language::Russian => "Добрый день, высылаю то, о чём вы просили, и жду ответа: ",
        Language::English => "Good morning, please find attached what you asked for: ",
    }
}

fn terms_of(pair: &Pair, around: Around) -> HashSet<String> {
    let mut text = match around {
        Around::Nothing => String::new(),
        Around::Sentence => sentence(pair.language).to_owned(),
    };
    if pair.kind == "fold-doc" {
        text = fold(&text);
    }
    let start = text.len();
    text.push_str(&pair.document);
    let mut terms = HashSet::new();
    document(&text, &mut |token| {
        if token.range.start >= start {
            terms.insert(token.term.to_owned());
        }
    });
    terms
}

fn shares(pairs: &[Pair], around: Around) -> Shares {
    let mut queries: HashMap<&str, Vec<String>> = HashMap::new();
    let mut documents: HashMap<(Language, bool, &str), HashSet<String>> = HashMap::new();
    let mut shares = Shares::new();
    for pair in pairs {
        let query = queries
            .entry(&pair.query)
            .or_insert_with(|| query_word(&pair.query).alternatives);
        let key = (pair.language, pair.kind == "fold-doc", pair.document.as_str());
        let document = documents.entry(key).or_insert_with(|| terms_of(pair, around));
        let matched = query.iter().any(|term| document.contains(term));
        if matched != pair.expected && std::env::var("SHOW_MISSES").is_ok() {
            let (code, kind, weight) = (pair.language.code(), &pair.kind, pair.weight);
            eprintln!(
                "MISS\t{code}\t{kind}\t{}\t{}\t{weight:.0}\t{query:?}\t{document:?}",
                pair.query, pair.document
            );
        }
        let share = shares
            .entry((pair.language.code().to_owned(), pair.kind.clone(), pair.expected))
            .or_default();
        share.0 += if matched { pair.weight } else { 0.0 };
        share.1 += pair.weight;
    }
    shares
}

fn check(name: &str, least: &dyn Fn(&str) -> f64, most: &dyn Fn(&str, Around) -> f64) {
    let Some(pairs) = pairs(name) else { return };
    for around in [Around::Sentence, Around::Nothing] {
        for ((language, kind, expected), (matched, all)) in shares(&pairs, around) {
            let share = matched / all;
            println!("{name} {around:?} {language} {kind} {expected}: {share:.4}");
            let fits = if expected {
                share >= least(&kind)
            } else {
                share <= most(&kind, around)
            };
            assert!(fits, "{name} {around:?} {language} {kind} {expected}: {share:.4}");
        }
    }
}

#[test]
fn other_forms_are_found_and_lookalikes_are_not() {
    check("dev", &|_| 0.98, &|_, _| 0.005);
}

#[test]
fn forms_without_diacritics_and_rare_forms_are_found() {
    let least = |kind: &str| match kind {
        "fold-query" | "fold-doc" => 0.97,
        "unimorph" | "ext" => 0.96,
        _ => 0.9,
    };
    // "diac" pairs differ by diacritics only and are chosen to be the worst.
    check("extra-dev", &least, &|kind, around| match (kind, around) {
        ("random", _) => 0.0005,
        (_, Around::Sentence) => 0.9,
        (_, Around::Nothing) => 1.0,
    });
}

#[test]
fn words_of_business_are_found() {
    // Of a word alone nobody knows whether its diacritics were left out: "sudu" may be "súdu".
    check("curated", &|_| 0.99, &|_, around| {
        if around == Around::Sentence { 0.02 } else { 0.03 }
    });
}

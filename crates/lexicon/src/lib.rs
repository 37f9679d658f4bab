//! Polish, Slovak, Russian and English text as search tokens.
//!
//! Whatever form of a word is typed, with or without diacritics, finds its other forms: a word stands for the set of
//! its folded lemmas. The same analysis makes the tokens of documents, the terms of queries and the highlights.
//! Nothing is read or unpacked at run time; the word lists lie in the program, ready to be searched in place.
//!
//! ```
//! use kronika_lexicon::{document, query};
//!
//! let mut terms = Vec::new();
//! document("Posielam faktúry č. FV/12/2026.", &mut |token| terms.push(token.term.to_owned()));
//!
//! let typed = query("fakturze FV-12-2026");
//! assert!(typed.iter().all(|word| word.alternatives.iter().any(|term| terms.contains(term))));
//! ```
//!
//! It does not know synonyms, does not correct spelling, and does not part compounds written as one word.

mod cache;
mod compound;
mod document;
mod language;
mod letters;
mod lexicon;
mod number;
mod query;
mod scan;
mod word;

pub use document::{LONGEST_TERM, Token, document, document_in};
pub use language::{Language, detect};
pub use letters::fold;
pub use query::{WordQuery, highlight, query, query_prefix, query_word};

/// Grows whenever a text gets other tokens than before: whoever stores tokens stores with them which version made them.
pub const VERSION: u16 = 1;

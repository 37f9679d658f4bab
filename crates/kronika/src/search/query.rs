//! What a person types into the search box.
//!
//! Words must all occur, in any form and anywhere; `"quoted words"` stand side by side; `-word` must not occur. The
//! word being typed also matches as a beginning. Filters: `from:` `to:` `client:` `channel:` `direction:`
//! `after:` `before:` (days, `2026-03-31`) `has:attachment`.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use kronika_lexicon::WordQuery;

use crate::interaction::{Channel, Direction};

/// A query, understood.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    pub terms: Vec<Term>,
    pub filters: Filters,
}

/// One thing that must, or must not, be found.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    pub words: Vec<WordQuery>,
    pub place: PlaceOf,
    /// The last word is still being typed.
    pub prefix: bool,
    pub excluded: bool,
}

/// Where a term must be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceOf {
    Anywhere,
    Sender,
    Receiver,
}

/// Conditions beside the words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filters {
    /// Part of a client's name, or its id.
    pub client: Option<String>,
    pub channel: Option<Channel>,
    pub direction: Option<Direction>,
    /// Claimed at or after this instant (microseconds).
    pub after: Option<i64>,
    /// Claimed before this instant.
    pub before: Option<i64>,
    pub attachment: bool,
}

impl Query {
    /// Understands what was typed. Days begin at midnight in `zone`.
    pub fn parse(text: &str, zone: &TimeZone) -> Query {
        let mut query = Query::default();
        let pieces = pieces(text);
        let last = pieces.len().saturating_sub(1);
        for (position, piece) in pieces.iter().enumerate() {
            let typing = position == last && !piece.quoted && !text.ends_with(char::is_whitespace);
            query.take(piece, typing, zone);
        }
        query
    }

    fn take(&mut self, piece: &Piece<'_>, typing: bool, zone: &TimeZone) {
        let place = match piece.filter {
            "" => PlaceOf::Anywhere,
            "from" => PlaceOf::Sender,
            "to" => PlaceOf::Receiver,
            filter if self.filters.set(filter, piece.text, zone) => return,
            // Not a filter after all, like the time in `10:30`.
            _ => return self.add(piece.whole, PlaceOf::Anywhere, (typing, piece.excluded)),
        };
        if piece.quoted || place != PlaceOf::Anywhere {
            self.add(piece.text, place, (typing, piece.excluded));
        } else {
            self.add_words(piece.text, (typing, piece.excluded));
        }
    }

    /// One term: side by side.
    fn add(&mut self, text: &str, place: PlaceOf, (typing, excluded): (bool, bool)) {
        let mut words = kronika_lexicon::query(text);
        if typing && let Some(last) = words.last_mut() {
            *last = completed(last);
        }
        if !words.is_empty() {
            self.terms.push(Term {
                words,
                place,
                prefix: typing,
                excluded,
            });
        }
    }

    /// A term for every word.
    fn add_words(&mut self, text: &str, (typing, excluded): (bool, bool)) {
        let words = kronika_lexicon::query(text);
        let last = words.len().saturating_sub(1);
        for (position, word) in words.into_iter().enumerate() {
            let prefix = typing && position == last;
            let word = if prefix { completed(&word) } else { word };
            self.terms.push(Term {
                words: vec![word],
                place: PlaceOf::Anywhere,
                prefix,
                excluded,
            });
        }
    }

    /// Whether nothing was asked.
    pub fn is_empty(&self) -> bool {
        self.terms.iter().all(|term| term.excluded) && self.filters == Filters::default()
    }

    /// The words to light up in what is shown.
    pub fn wanted(&self) -> Vec<WordQuery> {
        self.terms
            .iter()
            .filter(|term| !term.excluded)
            .flat_map(|term| term.words.clone())
            .collect()
    }

    /// Whether the last word is still being typed.
    pub fn typing(&self) -> bool {
        self.terms
            .last()
            .is_some_and(|term| term.prefix && !term.excluded)
    }
}

/// The word with what it may become.
fn completed(word: &WordQuery) -> WordQuery {
    let mut completed = kronika_lexicon::query_prefix(&word.folded_prefix);
    completed.alternatives.extend(word.alternatives.iter().cloned());
    completed.alternatives.sort();
    completed.alternatives.dedup();
    completed.folded_prefix.clone_from(&word.folded_prefix);
    completed
}

impl Filters {
    /// Takes `name:value`; false when it is none of ours or makes no sense.
    fn set(&mut self, name: &str, value: &str, zone: &TimeZone) -> bool {
        match name {
            "client" if !value.is_empty() => self.client = Some(value.to_owned()),
            "channel" => match Channel::named(value) {
                Some(channel) => self.channel = Some(channel),
                None => return false,
            },
            "direction" => match Direction::named(value) {
                Some(direction) => self.direction = Some(direction),
                None => return false,
            },
            "after" => match midnight(value, zone) {
                Some(instant) => self.after = Some(instant),
                None => return false,
            },
            "before" => match midnight(value, zone) {
                Some(instant) => self.before = Some(instant),
                None => return false,
            },
            "has" if value == "attachment" => self.attachment = true,
            _ => return false,
        }
        true
    }
}

/// The first instant of a day, in microseconds.
pub fn midnight(day: &str, zone: &TimeZone) -> Option<i64> {
    let date: Date = day.parse().ok()?;
    Some(date.to_zoned(zone.clone()).ok()?.timestamp().as_microsecond())
}

/// A word, a quoted phrase, or either behind `name:`.
struct Piece<'a> {
    filter: &'a str,
    text: &'a str,
    /// With its `name:`.
    whole: &'a str,
    quoted: bool,
    excluded: bool,
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (excluded, body) = match rest.strip_prefix('-') {
            Some(body) if body.starts_with(|c: char| !c.is_whitespace()) => (true, body),
            _ => (false, rest),
        };
        let name = body.split_once(':').map_or("", |(name, _)| name);
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase());
        let filter = if is_name { name } else { "" };
        let value = if is_name { &body[name.len() + 1..] } else { body };
        let (inside, quoted, after) = match value.strip_prefix('"') {
            Some(open) => match open.split_once('"') {
                Some((inside, after)) => (inside, true, after),
                None => (open, true, ""),
            },
            None => {
                let end = value.find(char::is_whitespace).unwrap_or(value.len());
                (&value[..end], false, &value[end..])
            }
        };
        let whole = &body[..body.len() - after.len()];
        pieces.push(Piece {
            filter,
            text: inside,
            whole,
            quoted,
            excluded,
        });
        rest = after.trim_start();
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Query {
        Query::parse(text, &TimeZone::UTC)
    }

    #[test]
    fn words_phrases_and_exclusions_are_told_apart() {
        let query = parse("umowa \"cena netto\" -leasing fakt");

        let shapes: Vec<(usize, bool, bool)> = query
            .terms
            .iter()
            .map(|term| (term.words.len(), term.excluded, term.prefix))
            .collect();
        assert_eq!(
            shapes,
            [
                (1, false, false),
                (2, false, false),
                (1, true, false),
                (1, false, true)
            ]
        );
        assert!(!parse("umowa ").terms[0].prefix, "a space ends the typing");
    }

    #[test]
    fn filters_are_taken_out_of_the_words() {
        let query = parse(
            "from:anna to:\"jan nowak\" client:dab after:2026-03-01 before:2026-04-01 has:attachment direction:inbound channel:email",
        );

        assert_eq!(query.terms.len(), 2);
        assert_eq!(
            (query.terms[0].place, query.terms[1].place),
            (PlaceOf::Sender, PlaceOf::Receiver)
        );
        assert_eq!(query.filters.client.as_deref(), Some("dab"));
        assert_eq!(query.filters.after, Some(1_772_323_200_000_000));
        assert!(query.filters.before.is_some() && query.filters.attachment);
        assert_eq!(query.filters.direction, Some(Direction::Inbound));
        assert_eq!(query.filters.channel, Some(Channel::Email));
    }

    #[test]
    fn what_only_looks_like_a_filter_is_searched() {
        assert_eq!(parse("after:yesterday").terms.len(), 1);
        assert_eq!(parse("re: hello").terms.len(), 2);
        assert!(parse("").is_empty() && parse("   ").is_empty() && parse("\"").is_empty());
        assert!(parse("-").is_empty());
    }
}

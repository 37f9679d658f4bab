//! Search as you type.
//!
//! Filters are words of the query, such as `channel:email` or `has:attachment`, so that a search is one line that can
//! be kept, sent and typed. The chips put such words in and take them out.

use askama::Template;

use super::kinds::{Channel, ClientName, Direction, Instant, Person};
use super::link::{Chip, link};
use super::page::Page;

/// What comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    #[default]
    Newest,
    Best,
}

impl Order {
    /// As the address carries it.
    pub fn name(self) -> &'static str {
        match self {
            Order::Newest => "newest",
            Order::Best => "best",
        }
    }
}

/// How many were found; counting stops at a thousand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    Exactly(u64),
    MoreThan(u64),
}

/// A stretch of text, with the words that were searched for told apart.
#[derive(Clone, Debug)]
pub struct Piece {
    pub text: String,
    pub found: bool,
}

/// One interaction that was found.
#[derive(Clone, Debug)]
pub struct Hit {
    pub id: String,
    pub claimed_at: Instant,
    pub channel: Channel,
    pub direction: Direction,
    pub from: Person,
    pub to: Option<Person>,
    pub client: Option<ClientName>,
    /// Empty when there is no subject; the excerpt then stands alone.
    pub headline: Vec<Piece>,
    pub excerpt: Vec<Piece>,
    /// The attachment the words are in; none when they are in the text.
    pub attachment: Option<String>,
}

/// `GET /search`
#[derive(Template)]
#[template(path = "search/show.html")]
pub struct SearchPage {
    pub page: Page,
    pub q: String,
    pub order: Order,
    pub found: Found,
    pub hits: Vec<Hit>,
    /// What to send as `after` for the next hits.
    pub next: Option<String>,
}

/// `GET /search/_results`
#[derive(Template)]
#[template(path = "search/_results.html")]
pub struct SearchResults {
    pub page: Page,
    pub q: String,
    pub order: Order,
    pub found: Found,
    pub hits: Vec<Hit>,
    pub next: Option<String>,
}

/// `GET /search/_results?after=…`: further hits alone.
#[derive(Template)]
#[template(path = "search/_hits.html")]
pub struct SearchHits {
    pub page: Page,
    pub q: String,
    pub order: Order,
    pub hits: Vec<Hit>,
    pub next: Option<String>,
}

impl SearchPage {
    fn narrowing(&self) -> Narrowing<'_> {
        Narrowing {
            q: &self.q,
            order: self.order,
        }
    }

    fn next_link(&self) -> Option<String> {
        next_link(&self.q, self.order, self.next.as_deref()?)
    }
}

impl SearchResults {
    fn narrowing(&self) -> Narrowing<'_> {
        Narrowing {
            q: &self.q,
            order: self.order,
        }
    }

    fn next_link(&self) -> Option<String> {
        next_link(&self.q, self.order, self.next.as_deref()?)
    }
}

impl SearchHits {
    fn next_link(&self) -> Option<String> {
        next_link(&self.q, self.order, self.next.as_deref()?)
    }
}

fn next_link(q: &str, order: Order, after: &str) -> Option<String> {
    Some(link(
        "/search/_results",
        &[("q", q), ("order", order.name()), ("after", after)],
    ))
}

/// The links that change a query by one word.
struct Narrowing<'a> {
    q: &'a str,
    order: Order,
}

impl Narrowing<'_> {
    fn chips(&self) -> Vec<Chip> {
        let words = [
            (Channel::Email.key(), Channel::Email.icon(), "channel:email"),
            (
                Direction::Inbound.key(),
                Direction::Inbound.icon(),
                "direction:inbound",
            ),
            (
                Direction::Outbound.key(),
                Direction::Outbound.icon(),
                "direction:outbound",
            ),
            (
                Direction::Internal.key(),
                Direction::Internal.icon(),
                "direction:internal",
            ),
            ("filter-attachment", "paperclip", "has:attachment"),
        ];
        words
            .into_iter()
            .map(|(key, icon, word)| self.chip(key, icon, word))
            .collect()
    }

    fn orders(&self) -> Vec<Chip> {
        let chip = |order: Order, key| Chip {
            key,
            icon: "",
            count: None,
            on: self.order == order,
            href: link("/search", &[("q", self.q), ("order", order.name())]),
        };
        vec![
            chip(Order::Newest, "order-newest"),
            chip(Order::Best, "order-best"),
        ]
    }

    fn chip(&self, key: &'static str, icon: &'static str, word: &str) -> Chip {
        let on = self.q.split_whitespace().any(|each| each == word);
        let href = link(
            "/search",
            &[("q", &toggled(self.q, word)), ("order", self.order.name())],
        );
        Chip {
            key,
            icon,
            count: None,
            on,
            href,
        }
    }
}

/// The query with `word` taken out if it is there, else put in, replacing another value of the same filter.
pub fn toggled(q: &str, word: &str) -> String {
    let filter = word.split_inclusive(':').next().unwrap_or(word);
    let present = q.split_whitespace().any(|each| each == word);
    let others = q.split_whitespace().filter(|each| !each.starts_with(filter));
    others
        .chain((!present).then_some(word))
        .collect::<Vec<_>>()
        .join(" ")
}

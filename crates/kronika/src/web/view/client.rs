//! Clients: the table, the form, and the page with the timeline.

use askama::Template;

use super::access::ClientSight;
use super::kinds::{Address, AddressKind, Channel, Direction, Instant};
use super::link::link;
use super::page::Page;
use super::timeline::{Counts, Line, Timeline};
use crate::access::Openness;
use crate::web::locale::Locale;

/// How the table is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By name, A to Z.
    Name,
    /// Last contact first.
    #[default]
    Last,
    /// Most interactions first.
    Count,
}

impl Sort {
    /// As the address carries it.
    pub fn name(self) -> &'static str {
        match self {
            Sort::Name => "name",
            Sort::Last => "-last",
            Sort::Count => "count",
        }
    }
}

/// The last thing that passed between a client and us.
#[derive(Clone, Debug)]
pub struct LastContact {
    pub at: Instant,
    pub channel: Channel,
    pub direction: Direction,
}

/// One line of the table.
#[derive(Clone, Debug)]
pub struct ClientRow {
    pub id: String,
    pub name: String,
    /// The address or domain to know the client by; empty when there is none.
    pub address: String,
    pub interactions: u64,
    pub last: Option<LastContact>,
}

/// `GET /clients`
#[derive(Template)]
#[template(path = "client/list.html")]
pub struct ClientList {
    pub page: Page,
    pub q: String,
    pub sort: Sort,
    /// How many clients there are in all, under no search.
    pub total: u64,
    pub rows: Vec<ClientRow>,
    /// What to send as `after` for the next lines.
    pub next: Option<String>,
}

/// `GET /clients/_rows`
#[derive(Template)]
#[template(path = "client/_rows.html")]
pub struct ClientRows {
    pub page: Page,
    pub q: String,
    pub sort: Sort,
    pub rows: Vec<ClientRow>,
    pub next: Option<String>,
}

impl ClientList {
    fn sorted(&self, sort: Sort) -> String {
        link("/clients", &[("q", &self.q), ("sort", sort.name())])
    }

    /// The value of `aria-sort` of a column.
    fn order(&self, sort: Sort) -> &'static str {
        match sort {
            sort if sort != self.sort => "none",
            Sort::Name => "ascending",
            Sort::Last | Sort::Count => "descending",
        }
    }

    fn next_links(&self) -> Option<(String, String)> {
        next_links(&self.q, self.sort, self.next.as_deref()?)
    }
}

impl ClientRows {
    fn next_links(&self) -> Option<(String, String)> {
        next_links(&self.q, self.sort, self.next.as_deref()?)
    }
}

/// Where the next lines are, as a page and as a fragment.
fn next_links(q: &str, sort: Sort, after: &str) -> Option<(String, String)> {
    let values = [("q", q), ("sort", sort.name()), ("after", after)];
    Some((link("/clients", &values), link("/clients/_rows", &values)))
}

/// Who a client is.
#[derive(Clone, Debug)]
pub struct ClientCard {
    pub id: String,
    pub name: String,
    pub city: String,
    /// NIP, IČO, ИНН or VAT number, as written.
    pub tax_id: String,
    /// The language the client is written to in.
    pub language: Option<Locale>,
    pub addresses: Vec<Address>,
    pub interactions: u64,
    pub first_at: Option<Instant>,
    pub last: Option<LastContact>,
}

/// `GET /clients/{id}`
#[derive(Template)]
#[template(path = "client/show.html")]
pub struct ClientPage {
    pub page: Page,
    pub client: ClientCard,
    pub counts: Counts,
    pub timeline: Timeline,
    /// Whether the shown stretch begins somewhere in the middle (`before=` in the address).
    pub from_the_middle: bool,
}

/// `GET /clients/new`, `GET /clients/{id}/edit`, and either again after a mistake.
#[derive(Template)]
#[template(path = "client/form.html")]
pub struct ClientForm {
    pub page: Page,
    /// None for a client that is being made.
    pub id: Option<String>,
    pub name: String,
    pub city: String,
    pub tax_id: String,
    pub language: Option<Locale>,
    pub addresses: Vec<Address>,
    /// The interaction the client is made from, which will be assigned to it.
    pub interaction: Option<String>,
    /// The key of a text that says what is wrong with what was sent.
    pub mistake: Option<&'static str>,
    /// The value the mistake is about, when it is one of the addresses.
    pub refused: Option<Address>,
    /// Who sees the client; none for a client that is being made, and for whoever may not change it.
    pub sight: Option<ClientSight>,
}

impl ClientForm {
    fn action(&self) -> String {
        self.id
            .as_ref()
            .map_or_else(|| "/clients".to_owned(), |id| format!("/clients/{id}"))
    }

    /// The form's field for an address of that kind.
    fn field(&self, address: &Address) -> &'static str {
        match address.kind {
            AddressKind::Email => "address",
            AddressKind::Domain => "domain",
        }
    }

    fn is_refused(&self, address: &Address) -> bool {
        self.refused.as_ref() == Some(address)
    }

    fn back(&self) -> String {
        match (&self.id, &self.interaction) {
            (Some(id), _) => format!("/clients/{id}"),
            (None, Some(interaction)) => format!("/interactions/{interaction}"),
            (None, None) => "/clients".to_owned(),
        }
    }
}

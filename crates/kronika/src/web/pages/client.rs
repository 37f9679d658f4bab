//! Clients: the table, one client with its timeline, adding and changing.

use std::collections::HashMap;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::row::{rows, single_rows};
use super::see;
use crate::access::Right;
use crate::archive::id::{ClientId, InteractionKey};
use crate::client::act::{self, ClientError, NewAddress};
use crate::client::list::{self, Asked, Sort};
use crate::client::store::{self, Client};
use crate::client::timeline::{self, Part};
use crate::client::{AddressKind, ClientFacts};
use crate::interaction::{self, Channel, Direction};
use crate::search::query::Query as Words;
use crate::search::run::{self, Order};
use crate::storage::Conn;
use crate::web::app::App;
use crate::web::fields::Fields;
use crate::web::locale::Locale;
use crate::web::refusal::Refusal;
use crate::web::view::client as view;
use crate::web::view::inbox::{Suggestion, Suggestions};
use crate::web::view::kinds::{self, Address, ClientName};
use crate::web::view::page::Place;
use crate::web::view::show as render;
use crate::web::view::timeline::{Counts, Filter, Timeline, TimelineRows};
use crate::web::visitor::SignedIn;

/// Lines on one page of the table, and of a timeline.
const LINES: usize = 60;

/// `GET /`
pub async fn home(_: SignedIn) -> Response {
    see("/clients")
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct TableAsked {
    q: String,
    sort: String,
    after: String,
}

impl TableAsked {
    fn sort(&self) -> (Sort, view::Sort) {
        match self.sort.as_str() {
            "name" => (Sort::Name, view::Sort::Name),
            "count" => (Sort::Count, view::Sort::Count),
            _ => (Sort::Last, view::Sort::Last),
        }
    }

    async fn lines(&self, conn: &mut Conn) -> Result<(Vec<view::ClientRow>, Option<String>), Refusal> {
        let offset: i64 = self.after.parse().unwrap_or(0);
        let limit = LINES as i64;
        let asked = Asked { text: self.q.clone(), sort: self.sort().0, offset, limit: limit + 1 };
        let mut clients = list::list(conn, &asked).await?;
        let next = (clients.len() > LINES).then(|| (offset + limit).to_string());
        clients.truncate(LINES);
        Ok((client_rows(conn, clients).await?, next))
    }
}

async fn client_rows(conn: &mut Conn, clients: Vec<Client>) -> Result<Vec<view::ClientRow>, Refusal> {
    let ids: Vec<ClientId> = clients.iter().map(|client| client.id).collect();
    let mut addresses = list::first_addresses(conn, &ids).await?;
    let mut last = last_contacts(conn, &clients).await?;
    Ok(clients
        .into_iter()
        .map(|client| view::ClientRow {
            id: client.id.to_string(),
            address: addresses.remove(&client.id).unwrap_or_default(),
            interactions: client.interaction_count.unsigned_abs(),
            last: client.last.and_then(|key| last.remove(&key)),
            name: client.facts.name,
        })
        .collect())
}

async fn last_contacts(
    conn: &mut Conn,
    clients: &[Client],
) -> Result<HashMap<InteractionKey, view::LastContact>, Refusal> {
    let keys: Vec<InteractionKey> = clients.iter().filter_map(|client| client.last).collect();
    let rows = interaction::list::rows(conn, &keys).await?;
    let contact = |row: &interaction::list::Row| view::LastContact {
        at: row.claimed_at.unwrap_or(row.captured_at),
        channel: super::row::channel(row.channel),
        direction: super::row::direction(row.direction),
    };
    let mut found: HashMap<_, _> = rows.iter().map(|row| (row.key, contact(row))).collect();
    // One interaction may be the last of several clients.
    let shared: Vec<_> = keys.iter().filter_map(|key| Some((*key, found.get(key)?.clone()))).collect();
    found.extend(shared);
    Ok(found)
}

/// `GET /clients`
pub async fn list(
    user: SignedIn,
    State(app): State<App>,
    Query(asked): Query<TableAsked>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Read)?;
    let page = user.page(&app, Place::Clients).await?;
    let conn = &mut app.archive.db.read().await?;
    let total = list::count(conn, "").await?.unsigned_abs();
    let (rows, next) = asked.lines(conn).await?;
    let sort = asked.sort().1;
    Ok(render(&view::ClientList { page, q: asked.q, sort, total, rows, next }))
}

/// `GET /clients/_rows`
pub async fn list_rows(
    user: SignedIn,
    State(app): State<App>,
    Query(asked): Query<TableAsked>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Read)?;
    let page = user.page(&app, Place::Clients).await?;
    let (rows, next) = asked.lines(&mut app.archive.db.read().await?).await?;
    let sort = asked.sort().1;
    Ok(render(&view::ClientRows { page, q: asked.q, sort, rows, next }))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct SuggestAsked {
    q: String,
    interaction: String,
}

/// `GET /clients/_suggest`: the likeliest first, for a picker.
pub async fn suggest(
    user: SignedIn,
    State(app): State<App>,
    Query(asked): Query<SuggestAsked>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Assign)?;
    let page = user.page(&app, Place::Elsewhere).await?;
    let conn = &mut app.archive.db.read().await?;
    let found = list::list(conn, &Asked { text: asked.q.clone(), sort: Sort::Last, offset: 0, limit: 9 }).await?;
    let likely = match (asked.q.trim().is_empty(), asked.interaction.parse::<InteractionKey>()) {
        (true, Ok(key)) => crate::assignment::suggest::clients(conn, key).await?,
        _ => Vec::new(),
    };
    let mut clients: Vec<Client> = Vec::new();
    for id in likely {
        clients.extend(store::find(conn, id).await?);
    }
    let known: Vec<ClientId> = clients.iter().map(|client| client.id).collect();
    clients.extend(found.into_iter().filter(|client| !known.contains(&client.id)));
    clients.truncate(9);
    let ids: Vec<ClientId> = clients.iter().map(|client| client.id).collect();
    let mut details = list::first_addresses(conn, &ids).await?;
    let options = clients
        .into_iter()
        .map(|client| Suggestion {
            detail: details.remove(&client.id).unwrap_or_default(),
            client: ClientName { id: client.id.to_string(), name: client.facts.name },
        })
        .collect();
    Ok(render(&Suggestions { page, options }))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct TimelineAsked {
    before: String,
    channel: String,
    direction: String,
    attachment: String,
    q: String,
    thread: String,
}

impl TimelineAsked {
    fn part(&self) -> Part {
        Part {
            channel: Channel::named(&self.channel),
            direction: Direction::named(&self.direction),
            attachment: !self.attachment.is_empty(),
        }
    }

    fn filter(&self) -> Filter {
        let part = self.part();
        Filter {
            channel: part.channel.map(super::row::channel),
            direction: part.direction.map(super::row::direction),
            attachment: part.attachment,
            q: self.q.clone(),
        }
    }

    fn before(&self) -> Option<InteractionKey> {
        self.before.parse().ok()
    }
}

/// `GET /clients/{client}`
pub async fn show(
    user: SignedIn,
    State(app): State<App>,
    Path(client): Path<ClientId>,
    Query(asked): Query<TimelineAsked>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Read)?;
    let page = user.page(&app, Place::Clients).await?;
    let conn = &mut app.archive.db.read().await?;
    let found = store::find(conn, client).await?.ok_or_else(Refusal::no_client)?;
    let counts = counts(conn, client).await?;
    let timeline = stretch(conn, &app, &page, client, &asked).await?;
    let card = card(conn, found).await?;
    let from_the_middle = asked.before().is_some();
    Ok(render(&view::ClientPage { page, client: card, counts, timeline, from_the_middle }))
}

/// `GET /clients/{client}/_timeline`
pub async fn timeline(
    user: SignedIn,
    State(app): State<App>,
    Path(client): Path<ClientId>,
    Query(asked): Query<TimelineAsked>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Read)?;
    let page = user.page(&app, Place::Clients).await?;
    let conn = &mut app.archive.db.read().await?;
    store::find(conn, client).await?.ok_or_else(Refusal::no_client)?;
    let timeline = match asked.thread.parse::<InteractionKey>() {
        Ok(last) => {
            let keys = timeline::earlier(conn, client, last).await?;
            Timeline::thread(&client.to_string(), single_rows(conn, &keys).await?)
        }
        Err(_) => stretch(conn, &app, &page, client, &asked).await?,
    };
    Ok(render(&TimelineRows { page, timeline }))
}

async fn stretch(
    conn: &mut Conn,
    app: &App,
    page: &crate::web::view::page::Page,
    client: ClientId,
    asked: &TimelineAsked,
) -> Result<Timeline, Refusal> {
    let (before, limit, part) = (asked.before(), LINES as i64 + 1, asked.part());
    let mut lines: Vec<(InteractionKey, i64)> = if !asked.q.trim().is_empty() {
        within(conn, app, client, asked).await?
    } else if part == Part::default() {
        let lines = timeline::threads(conn, client, before, limit).await?;
        lines.into_iter().map(|line| (line.key, line.earlier)).collect()
    } else {
        let lines = timeline::part(conn, client, part, (before, limit)).await?;
        lines.into_iter().map(|line| (line.key, line.earlier)).collect()
    };
    let more = lines.len() > LINES;
    lines.truncate(LINES);
    let next = lines.last().filter(|_| more).map(|(key, _)| key.to_string());
    let rows = rows(conn, &lines).await?;
    let previous = before.map(InteractionKey::instant);
    Ok(Timeline::new(page, &client.to_string(), asked.filter(), rows, previous).continued(next))
}

/// A search within one client.
async fn within(
    conn: &mut Conn,
    app: &App,
    client: ClientId,
    asked: &TimelineAsked,
) -> Result<Vec<(InteractionKey, i64)>, Refusal> {
    let mut query = Words::parse(&asked.q, &app.zone);
    query.filters.client = Some(client.to_string());
    let part = asked.part();
    query.filters.channel = part.channel.or(query.filters.channel);
    query.filters.direction = part.direction.or(query.filters.direction);
    query.filters.attachment |= part.attachment;
    let page = run::Page { order: Order::Newest, before: asked.before(), limit: LINES as i64 + 1 };
    Ok(run::find(conn, &query, page).await?.into_iter().map(|key| (key, 0)).collect())
}

async fn counts(conn: &mut Conn, client: ClientId) -> Result<Counts, Refusal> {
    let mut counts = Counts::default();
    let mut channels: Vec<(kinds::Channel, u64)> = Vec::new();
    for tally in timeline::tallies(conn, client).await? {
        let count = tally.count.unsigned_abs();
        match tally.direction {
            Direction::Inbound => counts.inbound += count,
            Direction::Outbound => counts.outbound += count,
            Direction::Internal => counts.internal += count,
        }
        counts.attachments += tally.attachments.unsigned_abs();
        let channel = super::row::channel(tally.channel);
        match channels.iter_mut().find(|(known, _)| *known == channel) {
            Some((_, known)) => *known += count,
            None => channels.push((channel, count)),
        }
    }
    counts.channels = channels;
    Ok(counts)
}

async fn card(conn: &mut Conn, client: Client) -> Result<view::ClientCard, Refusal> {
    let last = last_contacts(conn, std::slice::from_ref(&client)).await?.into_values().next();
    Ok(view::ClientCard {
        id: client.id.to_string(),
        language: Locale::of_code(&client.facts.language),
        addresses: addresses(conn, client.id).await?,
        interactions: client.interaction_count.unsigned_abs(),
        first_at: timeline::first(conn, client.id).await?.map(InteractionKey::instant),
        last,
        city: client.facts.city,
        tax_id: client.facts.tax_id,
        name: client.facts.name,
    })
}

async fn addresses(conn: &mut Conn, client: ClientId) -> Result<Vec<Address>, Refusal> {
    let addresses = store::addresses(conn, client).await?;
    Ok(addresses.into_iter().map(|address| Address { kind: kind(address.kind), value: address.value }).collect())
}

pub fn kind(kind: AddressKind) -> kinds::AddressKind {
    match kind {
        AddressKind::Email => kinds::AddressKind::Email,
        AddressKind::Domain => kinds::AddressKind::Domain,
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct NewAsked {
    from: String,
}

/// `GET /clients/new`
pub async fn new(
    user: SignedIn,
    State(app): State<App>,
    Query(asked): Query<NewAsked>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Assign)?;
    let page = user.page(&app, Place::Clients).await?;
    let mut form = form(page, None);
    if let Ok(key) = asked.from.parse::<InteractionKey>() {
        let conn = &mut app.archive.db.read().await?;
        let message = crate::assignment::suggest::newcomer(conn, key).await?;
        let message = message.ok_or_else(Refusal::no_interaction)?;
        form.name = message.name;
        form.language = Locale::of_code(&message.language);
        form.interaction = Some(asked.from);
        let address = |kind, value: Option<String>| value.map(|value| Address { kind, value });
        form.addresses.extend(address(kinds::AddressKind::Email, message.address));
        form.addresses.extend(address(kinds::AddressKind::Domain, message.domain));
    }
    Ok(render(&form))
}

/// `GET /clients/{client}/edit`
pub async fn edit(
    user: SignedIn,
    State(app): State<App>,
    Path(client): Path<ClientId>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Assign)?;
    let page = user.page(&app, Place::Clients).await?;
    let conn = &mut app.archive.db.read().await?;
    let found = store::find(conn, client).await?.ok_or_else(Refusal::no_client)?;
    let mut form = form(page, Some(client));
    form.addresses = addresses(conn, client).await?;
    form.language = Locale::of_code(&found.facts.language);
    (form.name, form.city, form.tax_id) = (found.facts.name, found.facts.city, found.facts.tax_id);
    Ok(render(&form))
}

fn form(page: crate::web::view::page::Page, client: Option<ClientId>) -> view::ClientForm {
    view::ClientForm {
        page,
        id: client.map(|client| client.to_string()),
        name: String::new(),
        city: String::new(),
        tax_id: String::new(),
        language: None,
        addresses: Vec::new(),
        interaction: None,
        mistake: None,
        refused: None,
    }
}

/// What the client form sends.
struct Sent {
    facts: ClientFacts,
    addresses: Vec<(AddressKind, String)>,
}

impl Sent {
    fn of(fields: &Fields) -> Sent {
        let emails = fields.all("address").map(|value| (AddressKind::Email, value.to_owned()));
        let domains = fields.all("domain").map(|value| (AddressKind::Domain, value.to_owned()));
        Sent {
            facts: ClientFacts {
                name: fields.text("name").to_owned(),
                language: fields.text("language").to_owned(),
                city: fields.text("city").to_owned(),
                tax_id: fields.text("tax_id").to_owned(),
            },
            addresses: emails.chain(domains).collect(),
        }
    }

    /// What is wrong with it, before anything is recorded: the key of a text, and the address it is about.
    fn mistake(&self, own: &crate::assignment::book::Own) -> Option<(&'static str, Option<Address>)> {
        if self.facts.name.trim().is_empty() {
            return Some(("client-mistake-name", None));
        }
        self.addresses.iter().find_map(|(address, value)| {
            let about = Some(Address { kind: kind(*address), value: value.clone() });
            match address.read(value) {
                Err(error) => Some((mistake_of(&error), about)),
                Ok(value) if own.has(&value) || own.domains.contains(&value) => {
                    Some(("client-mistake-address-ours", about))
                }
                Ok(_) => None,
            }
        })
    }

    async fn save_addresses(&self, app: &App, client: ClientId, by: &str) -> Result<(), ClientError> {
        for (kind, value) in &self.addresses {
            let address = NewAddress { kind: *kind, value, name: "", role: "" };
            act::add_address(&app.archive, client, address, by).await?;
        }
        Ok(())
    }
}

fn mistake_of(error: &crate::client::AddressError) -> &'static str {
    match error {
        crate::client::AddressError::PublicDomain(_) => "client-mistake-domain-public",
        crate::client::AddressError::NotAnAddress(_) | crate::client::AddressError::NotADomain(_) => {
            "client-mistake-address"
        }
    }
}

/// `POST /clients`
pub async fn create(user: SignedIn, State(app): State<App>, fields: Fields) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Assign)?;
    let sent = Sent::of(&fields);
    let own = crate::assignment::store::own(&mut app.archive.db.read().await?).await?;
    if let Some(mistake) = sent.mistake(&own) {
        return again(&user, &app, None, (sent, mistake), fields.text("interaction")).await;
    }
    let client = act::add(&app.archive, sent.facts.clone(), &user.account.name).await?;
    sent.save_addresses(&app, client, &user.account.name).await?;
    if let Ok(key) = fields.text("interaction").parse::<InteractionKey>() {
        let to = (client, "");
        crate::assignment::act::assign(&app.archive, key, to, &user.account.name).await?;
    }
    Ok(see(&format!("/clients/{client}")))
}

/// `POST /clients/{client}`
pub async fn change(
    user: SignedIn,
    State(app): State<App>,
    Path(client): Path<ClientId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Assign)?;
    let sent = Sent::of(&fields);
    let own = crate::assignment::store::own(&mut app.archive.db.read().await?).await?;
    if let Some(mistake) = sent.mistake(&own) {
        return again(&user, &app, Some(client), (sent, mistake), "").await;
    }
    let by = &user.account.name;
    act::change(&app.archive, client, sent.facts.clone(), by).await?;
    let kept: Vec<(AddressKind, String)> = sent
        .addresses
        .iter()
        .filter_map(|(kind, value)| Some((*kind, kind.read(value).ok()?)))
        .collect();
    let before = store::addresses(&mut app.archive.db.read().await?, client).await?;
    for gone in before.iter().filter(|address| !kept.contains(&(address.kind, address.value.clone()))) {
        act::remove_address(&app.archive, client, (gone.kind, &gone.value), by).await?;
    }
    sent.save_addresses(&app, client, by).await?;
    Ok(see(&format!("/clients/{client}")))
}

/// The form again, with what was sent and what is wrong with it.
async fn again(
    user: &SignedIn,
    app: &App,
    client: Option<ClientId>,
    (sent, (mistake, refused)): (Sent, (&'static str, Option<Address>)),
    interaction: &str,
) -> Result<Response, Refusal> {
    let mut form = form(user.page(app, Place::Clients).await?, client);
    let given = sent.addresses.into_iter().map(|(address, value)| Address { kind: kind(address), value });
    form.addresses = given.collect();
    form.language = Locale::of_code(&sent.facts.language);
    (form.name, form.city, form.tax_id) = (sent.facts.name, sent.facts.city, sent.facts.tax_id);
    form.interaction = (!interaction.is_empty()).then(|| interaction.to_owned());
    form.mistake = Some(mistake);
    form.refused = refused;
    Ok(render(&form))
}

/// `POST /clients/{client}/addresses`
pub async fn add_address(
    user: SignedIn,
    State(app): State<App>,
    Path(client): Path<ClientId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Assign)?;
    let kind = AddressKind::named(fields.text("kind")).ok_or_else(Refusal::bad_request)?;
    let address = NewAddress { kind, value: fields.text("value"), name: "", role: "" };
    match act::add_address(&app.archive, client, address, &user.account.name).await {
        Ok(_) => Ok(see(&format!("/clients/{client}"))),
        Err(error @ (ClientError::Address(_) | ClientError::OwnAddress(_))) => {
            let conn = &mut app.archive.db.read().await?;
            let found = store::find(conn, client).await?.ok_or_else(Refusal::no_client)?;
            let mut known: Vec<(AddressKind, String)> = store::addresses(conn, client)
                .await?
                .into_iter()
                .map(|address| (address.kind, address.value))
                .collect();
            known.push((kind, fields.text("value").to_owned()));
            let mistake = match &error {
                ClientError::Address(error) => mistake_of(error),
                _ => "client-mistake-address-ours",
            };
            let refused = Address { kind: self::kind(kind), value: fields.text("value").to_owned() };
            let sent = Sent { facts: found.facts, addresses: known };
            again(&user, &app, Some(client), (sent, (mistake, Some(refused))), "").await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /clients/{client}/addresses/remove`
pub async fn remove_address(
    user: SignedIn,
    State(app): State<App>,
    Path(client): Path<ClientId>,
    fields: Fields,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Assign)?;
    let kind = AddressKind::named(fields.text("kind")).ok_or_else(Refusal::bad_request)?;
    let address = (kind, fields.text("value"));
    act::remove_address(&app.archive, client, address, &user.account.name).await?;
    Ok(see(&format!("/clients/{client}")))
}

//! One client with its timeline.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::super::row::{self, rows, single_rows};
use super::{LINES, addresses, last_contacts};
use crate::access::Right;
use crate::archive::id::{ClientId, InteractionKey};
use crate::client::store::{self, Client};
use crate::client::timeline::{self, Part};
use crate::interaction::{Channel, Direction};
use crate::search::query::Query as Words;
use crate::search::run::{self, Order};
use crate::storage::Conn;
use crate::web::app::App;
use crate::web::asked::{Path, Query};
use crate::web::locale::Locale;
use crate::web::refusal::Refusal;
use crate::web::view::client as view;
use crate::web::view::kinds;
use crate::web::view::page::{Page, Place};
use crate::web::view::show as render;
use crate::web::view::timeline::{Counts, Filter, Timeline, TimelineRows};
use crate::web::visitor::SignedIn;

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
            channel: part.channel.map(row::channel),
            direction: part.direction.map(row::direction),
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
    Ok(render(&view::ClientPage {
        page,
        client: card,
        counts,
        timeline,
        from_the_middle,
    }))
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
    page: &Page,
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
    let page = run::Page {
        order: Order::Newest,
        before: asked.before(),
        limit: LINES as i64 + 1,
    };
    Ok(run::find(conn, &query, page)
        .await?
        .into_iter()
        .map(|key| (key, 0))
        .collect())
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
        let channel = row::channel(tally.channel);
        match channels.iter_mut().find(|(known, _)| *known == channel) {
            Some((_, known)) => *known += count,
            None => channels.push((channel, count)),
        }
    }
    counts.channels = channels;
    Ok(counts)
}

async fn card(conn: &mut Conn, client: Client) -> Result<view::ClientCard, Refusal> {
    let last = last_contacts(conn, std::slice::from_ref(&client))
        .await?
        .into_values()
        .next();
    Ok(view::ClientCard {
        id: client.id.to_string(),
        language: Locale::of_code(&client.facts.language),
        addresses: addresses(conn, client.id).await?,
        interactions: client.interaction_count.unsigned_abs(),
        first_at: timeline::first(conn, client.id)
            .await?
            .map(InteractionKey::instant),
        last,
        city: client.facts.city,
        tax_id: client.facts.tax_id,
        name: client.facts.name,
    })
}

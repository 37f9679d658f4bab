//! One client with its timeline.

use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::super::row::{self, rows, single_rows};
use super::{LINES, addresses, last_contacts};
use crate::access::{Right, Scope};
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
    let found = seen(&user, conn, client).await?;
    user.looks_at(&app, Some(client), None).await?;
    user.searches(&app, Some(client), &asked.q).await?;
    let desk = Desk {
        app: &app,
        page: &page,
        scope: user.scope(),
        client: &found,
    };
    let counts = counts(conn, desk.scope, &found).await?;
    let timeline = desk.stretch(conn, &asked).await?;
    let card = card(conn, desk.scope, &found).await?;
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
    let found = seen(&user, conn, client).await?;
    user.looks_at(&app, Some(client), None).await?;
    user.searches(&app, Some(client), &asked.q).await?;
    let desk = Desk {
        app: &app,
        page: &page,
        scope: user.scope(),
        client: &found,
    };
    let timeline = match asked.thread.parse::<InteractionKey>() {
        Ok(last) => {
            let keys = timeline::earlier(conn, desk.scope, &found, last).await?;
            Timeline::thread(&client.to_string(), single_rows(conn, desk.scope, &keys).await?)
        }
        Err(_) => desk.stretch(conn, &asked).await?,
    };
    Ok(render(&TimelineRows { page, timeline }))
}

/// The client as this person counts it, if they may see it.
async fn seen(user: &SignedIn, conn: &mut Conn, client: ClientId) -> Result<Client, Refusal> {
    user.must_see_client(conn, client).await?;
    let mut found = store::find(conn, client).await?.ok_or_else(Refusal::no_client)?;
    store::add_guarded(conn, user.scope(), std::slice::from_mut(&mut found)).await?;
    Ok(found)
}

/// What a stretch of a timeline is made with.
struct Desk<'a> {
    app: &'a App,
    page: &'a Page,
    scope: Scope<'a>,
    client: &'a Client,
}

impl Desk<'_> {
    async fn stretch(&self, conn: &mut Conn, asked: &TimelineAsked) -> Result<Timeline, Refusal> {
        let (scope, client) = (self.scope, self.client);
        let (before, limit, part) = (asked.before(), LINES as i64 + 1, asked.part());
        let mut lines: Vec<(InteractionKey, i64)> = if !asked.q.trim().is_empty() {
            self.within(conn, asked).await?
        } else if part == Part::default() {
            let lines = timeline::threads(conn, scope, client, (before, limit)).await?;
            lines.into_iter().map(|line| (line.key, line.earlier)).collect()
        } else {
            let lines = timeline::part(conn, scope, client, part, (before, limit)).await?;
            lines.into_iter().map(|line| (line.key, line.earlier)).collect()
        };
        let more = lines.len() > LINES;
        lines.truncate(LINES);
        let next = lines.last().filter(|_| more).map(|(key, _)| key.to_string());
        let rows = rows(conn, scope, &lines).await?;
        let previous = before.map(InteractionKey::instant);
        let id = client.id.to_string();
        Ok(Timeline::new(self.page, &id, asked.filter(), rows, previous).continued(next))
    }

    /// A search within the client.
    async fn within(
        &self,
        conn: &mut Conn,
        asked: &TimelineAsked,
    ) -> Result<Vec<(InteractionKey, i64)>, Refusal> {
        let mut query = Words::parse(&asked.q, &self.app.zone);
        query.filters.client = Some(self.client.id.to_string());
        let part = asked.part();
        query.filters.channel = part.channel.or(query.filters.channel);
        query.filters.direction = part.direction.or(query.filters.direction);
        query.filters.attachment |= part.attachment;
        let page = run::Page {
            order: Order::Newest,
            before: asked.before(),
            limit: LINES as i64 + 1,
        };
        let keys = run::find(conn, self.scope, &query, page).await?;
        Ok(keys.into_iter().map(|key| (key, 0)).collect())
    }
}

async fn counts(conn: &mut Conn, scope: Scope<'_>, client: &Client) -> Result<Counts, Refusal> {
    let mut counts = Counts::default();
    let mut channels: Vec<(kinds::Channel, u64)> = Vec::new();
    for tally in timeline::tallies(conn, scope, client).await? {
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

async fn card(conn: &mut Conn, scope: Scope<'_>, client: &Client) -> Result<view::ClientCard, Refusal> {
    let last = last_contacts(conn, scope, std::slice::from_ref(client))
        .await?
        .into_values()
        .next();
    Ok(view::ClientCard {
        id: client.id.to_string(),
        language: Locale::of_code(&client.facts.language),
        addresses: addresses(conn, client.id).await?,
        interactions: client.interaction_count.unsigned_abs(),
        first_at: timeline::first(conn, scope, client)
            .await?
            .map(InteractionKey::instant),
        last,
        city: client.facts.city.clone(),
        tax_id: client.facts.tax_id.clone(),
        name: client.facts.name.clone(),
    })
}

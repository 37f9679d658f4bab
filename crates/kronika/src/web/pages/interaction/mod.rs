//! One interaction: its page, its parts, its original, its proof.

mod files;

use axum::extract::State;
use axum::response::Response;
use kronika_intake::mail::{self, BlockKind};

pub use files::{html, original, part, proof};

use super::access::interaction_sight;
use super::inbox::{learnable, unreadable_reason};
use super::row::{channel, client_name, direction, single_rows};
use super::see;
use crate::access::{Right, Scope};
use crate::archive::id::InteractionKey;
use crate::assignment::{self, store as assignments};
use crate::interaction::read::{self, Whole, whole};
use crate::interaction::{PartFacts, Participant};
use crate::journal::prove::{Proven, prove};
use crate::storage::Conn;
use crate::web::app::App;
use crate::web::asked::Path;
use crate::web::refusal::Refusal;
use crate::web::view::interaction as view;
use crate::web::view::kinds::Person;
use crate::web::view::page::Place;
use crate::web::view::show as render;
use crate::web::visitor::SignedIn;

/// The interaction, if this person may see it; a look from outside is recorded.
async fn require(user: &SignedIn, app: &App, conn: &mut Conn, key: InteractionKey) -> Result<Whole, Refusal> {
    user.must_see(conn, key).await?;
    user.looks_at(app, None, Some(key)).await?;
    whole(&app.archive, conn, key)
        .await?
        .ok_or_else(Refusal::no_interaction)
}

/// `GET /interactions/{interaction}`
pub async fn show(
    user: SignedIn,
    State(app): State<App>,
    Path(key): Path<InteractionKey>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Read)?;
    let page = user.page(&app, Place::Elsewhere).await?;
    let conn = &mut app.archive.db.read().await?;
    if let Some(moved) = read::moved_to(conn, key).await? {
        user.must_see(conn, moved).await?;
        return Ok(see(&format!("/interactions/{moved}")));
    }
    let whole = require(&user, &app, conn, key).await?;
    let content = Content::of(&whole);
    let thread = read::thread_of(conn, user.scope(), key).await?;
    let proven = prove(&app.archive, conn, whole.record)
        .await?
        .ok_or_else(Refusal::no_interaction)?;
    let recorded = &whole.recorded;
    let shown = view::InteractionPage {
        page,
        id: key.to_string(),
        channel: channel(recorded.channel),
        direction: direction(recorded.direction),
        headline: recorded.subject.clone(),
        claimed_at: recorded.claimed_at.unwrap_or(whole.meta.captured_at),
        recorded_at: whole.meta.captured_at,
        participants: participants(conn, &user, &recorded.participants).await?,
        body: content.body,
        html: content.html,
        attachments: content.attachments,
        headers: headers(&whole),
        original: view::Original {
            bytes: recorded.size as u64,
            hash: recorded.sha256.clone(),
        },
        proof: proof_of(&app, proven).await?,
        sightings: sightings(conn, key).await?,
        thread: single_rows(conn, user.scope(), &thread).await?,
        standing: standing(conn, &user, key).await?,
        changes: changes(conn, user.scope(), key).await?,
        learnable: learnable(conn, key).await?,
        sight: interaction_sight(conn, &user, key, thread.len() + 1).await?,
    };
    Ok(render(&shown))
}

/// `GET /interactions/{interaction}/_open`
pub async fn open(
    user: SignedIn,
    State(app): State<App>,
    Path(key): Path<InteractionKey>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Read)?;
    let page = user.page(&app, Place::Elsewhere).await?;
    let whole = require(&user, &app, &mut app.archive.db.read().await?, key).await?;
    let Content {
        body,
        html,
        attachments,
    } = Content::of(&whole);
    Ok(render(&view::InteractionOpen {
        page,
        id: key.to_string(),
        body,
        html,
        attachments,
    }))
}

/// What there is to read.
struct Content {
    body: Vec<view::Block>,
    html: Option<view::HtmlBody>,
    attachments: Vec<view::Attachment>,
}

impl Content {
    fn of(whole: &Whole) -> Content {
        let attachments = whole.recorded.attachments().map(attachment).collect();
        let Some((_, reading)) = whole.read() else {
            return Content {
                body: Vec::new(),
                html: None,
                attachments,
            };
        };
        let body = reading
            .blocks
            .iter()
            .filter_map(|block| {
                Some((
                    block.kind,
                    reading.text.get(block.range.clone())?.trim_matches('\n'),
                ))
            })
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(kind, text)| match kind {
                BlockKind::Own | BlockKind::Forwarded => view::Block::Text(text.to_owned()),
                BlockKind::Quote { .. } | BlockKind::LeadIn => view::Block::Quote(text.to_owned()),
                BlockKind::Signature => view::Block::Signature(text.to_owned()),
            })
            .fold(Vec::new(), joined);
        let html = reading.html.as_deref().map(|html| {
            let blocked = mail::sanitised(html, &|_| None).blocked_remote;
            view::HtmlBody {
                remote: u32::try_from(blocked).unwrap_or(u32::MAX),
            }
        });
        Content {
            body,
            html,
            attachments,
        }
    }
}

/// A lead-in and the quotation it leads into fold together.
fn joined(mut blocks: Vec<view::Block>, next: view::Block) -> Vec<view::Block> {
    match (blocks.last_mut(), next) {
        (Some(view::Block::Quote(quote)), view::Block::Quote(more)) => {
            quote.push('\n');
            quote.push_str(&more);
        }
        (_, next) => blocks.push(next),
    }
    blocks
}

fn attachment(part: &PartFacts) -> view::Attachment {
    let named = !part.filename.is_empty();
    let name = if named {
        part.filename.clone()
    } else {
        format!("{} ({})", part.media_type, part.number)
    };
    view::Attachment {
        number: part.number.clone(),
        name,
        mime: part.media_type.clone(),
        bytes: part.size as u64,
        preview: preview(&part.media_type),
    }
}

/// What a browser may show of itself, without anything in it running.
fn preview(media_type: &str) -> view::Preview {
    match media_type {
        "image/png" | "image/jpeg" | "image/gif" | "image/webp" => view::Preview::Picture,
        "application/pdf" | "text/plain" => view::Preview::Document,
        _ => view::Preview::None,
    }
}

async fn participants(
    conn: &mut Conn,
    user: &SignedIn,
    people: &[Participant],
) -> Result<Vec<view::Participant>, Refusal> {
    let book = assignments::book(conn, people.iter(), &[]).await?;
    let mut shown = Vec::with_capacity(people.len());
    for person in people {
        let mut client = None;
        for known in book.addresses.get(&person.address).into_iter().flatten() {
            if client.is_none() && user.must_see_client(conn, *known).await.is_ok() {
                client = crate::client::store::find(conn, *known).await?;
            }
        }
        let part = match person.role.as_str() {
            "to" => view::Part::To,
            "cc" => view::Part::Cc,
            "bcc" => view::Part::Bcc,
            "reply_to" => view::Part::ReplyTo,
            _ => view::Part::From,
        };
        shown.push(view::Participant {
            part,
            person: Person {
                name: person.name.clone(),
                address: person.address.clone(),
            },
            ours: book.own.has(&person.address),
            client: client.map(|client| client_name(client.id, &client.facts.name)),
        });
    }
    Ok(shown)
}

fn headers(whole: &Whole) -> Vec<(String, String)> {
    whole
        .part("headers")
        .map(|(_, bytes)| mail::header_fields(&bytes))
        .unwrap_or_default()
}

async fn proof_of(app: &App, proven: Proven) -> Result<view::Proof, Refusal> {
    let key = app.archive.sealer.verifier_key(&app.archive).await?;
    let inclusion = proven.place.map(|place| view::Inclusion {
        index: place.index,
        size: place.head.size,
        root: format!("{:x}", place.head.root),
        path: place.path.iter().map(|hash| format!("{hash:x}")).collect(),
        signed_at: place.signed_at,
        origin: app.archive.config.origin.clone(),
        key,
        holds: place.holds,
    });
    Ok(view::Proof {
        leaf: format!("{:x}", proven.leaf.hash()),
        inclusion,
        witnessed: proven.witnessed.map(|witnessed| view::Witnessed {
            since: witnessed.since(),
            by: witnessed.by.into_iter().map(|(name, _)| name).collect(),
        }),
        stamped: proven.stamped.map(|stamped| view::Stamped {
            at: stamped.stamped_at,
            authority: stamped.authority,
        }),
        absent_at: proven.absent_at,
    })
}

async fn sightings(conn: &mut Conn, key: InteractionKey) -> Result<Vec<view::Sighting>, Refusal> {
    let sightings = read::sightings(conn, key).await?;
    Ok(sightings
        .into_iter()
        .map(|sighting| view::Sighting {
            source: sighting.mailbox,
            at: sighting.captured_at,
        })
        .collect())
}

async fn standing(conn: &mut Conn, user: &SignedIn, key: InteractionKey) -> Result<view::Standing, Refusal> {
    let history = assignments::history(conn, user.scope(), key).await?;
    let assigned: Vec<view::Assignment> = assignments::of_interaction(conn, user.scope(), key)
        .await?
        .into_iter()
        .map(|shown| {
            let last = history
                .iter()
                .rfind(|change| change.client_name == shown.client_name);
            view::Assignment {
                client: client_name(shown.client, &shown.client_name),
                why: why(
                    shown.why,
                    shown.detail,
                    last.map_or("", |change| &change.changed_by),
                ),
                at: last.map_or(0, |change| change.changed_at),
            }
        })
        .collect();
    if !assigned.is_empty() {
        return Ok(view::Standing::Assigned(assigned));
    }
    let rows = crate::interaction::list::rows(conn, user.scope(), &[key]).await?;
    Ok(match rows.into_iter().next() {
        Some(row) if row.unreadable.is_some() => view::Standing::Unreadable {
            reason: unreadable_reason(user, row.unreadable.as_deref().unwrap_or_default()),
        },
        Some(row) => match row.ignored_for {
            Some(reason) => view::Standing::Ignored { reason },
            None => view::Standing::Unassigned,
        },
        None => view::Standing::Unassigned,
    })
}

fn why(why: assignment::Why, detail: String, by: &str) -> view::Why {
    match why {
        assignment::Why::Address => view::Why::Address(detail),
        assignment::Why::Domain => view::Why::Domain(detail),
        assignment::Why::Thread => view::Why::Thread,
        assignment::Why::Rule => view::Why::Rule(detail),
        assignment::Why::Person => view::Why::Person {
            name: by.to_owned(),
            reason: detail,
        },
    }
}

async fn changes(
    conn: &mut Conn,
    scope: Scope<'_>,
    key: InteractionKey,
) -> Result<Vec<view::Change>, Refusal> {
    let history = assignments::history(conn, scope, key).await?;
    Ok(history
        .into_iter()
        .rev()
        .map(|change| {
            let client = client_name(change.client, &change.client_name);
            let reason = assignment::Why::named(&change.why).unwrap_or(assignment::Why::Person);
            view::Change {
                at: change.changed_at,
                act: match change.change.as_str() {
                    "removed" => view::Act::Removed(client),
                    _ => view::Act::Assigned(client),
                },
                why: why(reason, change.detail, &change.changed_by),
            }
        })
        .collect())
}

//! What was opened to whoever is from outside.

use axum::extract::State;
use axum::response::Response;

use crate::access::grant::{self, Extent, Grant, GrantState};
use crate::access::log::LookKind;
use crate::access::{Covers, Right};
use crate::archive::id::InteractionKey;
use crate::client::{list as clients, store as client};
use crate::interaction::list::rows;
use crate::storage::Conn;
use crate::web::app::App;
use crate::web::refusal::Refusal;
use crate::web::view::given as view;
use crate::web::view::page::Place;
use crate::web::view::show as render;
use crate::web::visitor::SignedIn;

/// `GET /grants`: where auditors and experts begin. For everybody else there is no such page.
pub async fn given(user: SignedIn, State(app): State<App>) -> Result<Response, Refusal> {
    if !user.person.is_outside() {
        return Err(Refusal::not_found());
    }
    user.must_be_allowed_to(Right::Read)?;
    user.log(&app, LookKind::Grants, (None, None), "").await?;
    let page = user.page(&app, Place::Grants).await?;
    let conn = &mut app.archive.db.read().await?;
    let mut given = Vec::new();
    for grant in grant::list_of(conn, user.account.id).await? {
        given.push(shown(conn, &user, grant, page.clock.now).await?);
    }
    given.sort_by_key(|one| rank(one.state));
    Ok(render(&view::GivenPage { page, given }))
}

/// What is open first.
fn rank(state: GrantState) -> u8 {
    match state {
        GrantState::Valid => 0,
        GrantState::Later => 1,
        GrantState::Over | GrantState::Ended => 2,
    }
}

async fn shown(conn: &mut Conn, user: &SignedIn, grant: Grant, now: i64) -> Result<view::Given, Refusal> {
    let state = grant.state(now);
    // The person was loaded a moment ago, and a grant may have begun or ended since: their sight decides.
    let open = state == GrantState::Valid && user.person.grants.contains(&grant.covers);
    let (covers, extent) = match open {
        true => {
            let extent = grant::extent(conn, user.scope(), grant.covers).await?;
            (named(conn, user, (grant.covers, extent)).await?, Some(extent))
        }
        false => (unseen(grant.covers), None),
    };
    Ok(view::Given {
        covers,
        extent: extent.map(amount),
        from: grant.valid_from,
        until: grant.ended_at.or(grant.valid_until),
        by: grant.by,
        state,
    })
}

fn amount(extent: Extent) -> view::Extent {
    let ends = extent.first.zip(extent.last);
    view::Extent {
        interactions: extent.interactions,
        counted: grant::COUNTED,
        period: ends.map(|(first, last)| (first.instant(), last.instant())),
    }
}

async fn named(
    conn: &mut Conn,
    user: &SignedIn,
    (covers, extent): (Covers, Extent),
) -> Result<view::GivenWhat, Refusal> {
    Ok(match covers {
        Covers::Everything => view::GivenWhat::Everything {
            clients: clients::count(conn, user.scope(), "").await?.unsigned_abs(),
        },
        Covers::Client(id) => match client::find(conn, id).await? {
            Some(client) => view::GivenWhat::Client {
                id: id.to_string(),
                name: client.facts.name,
            },
            None => unseen(covers),
        },
        Covers::Thread(_) => {
            let last: Vec<InteractionKey> = extent.last.into_iter().collect();
            match rows(conn, user.scope(), &last).await?.pop() {
                Some(row) => view::GivenWhat::Thread {
                    id: row.key.to_string(),
                    headline: row.subject,
                },
                // All of it is hidden from them: restricted to others, or of no client any more.
                None => unseen(covers),
            }
        }
    })
}

fn unseen(covers: Covers) -> view::GivenWhat {
    view::GivenWhat::Unseen(match covers {
        Covers::Everything => "grant-everything",
        Covers::Client(_) => "given-client",
        Covers::Thread(_) => "given-thread",
    })
}

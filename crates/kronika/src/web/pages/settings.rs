//! Settings: the journal, our own addresses, assignment rules.

use std::convert::Infallible;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::{Stream, StreamExt};
use kronika_tlog::policy::{Policy, Witness};

use super::row::client_name;
use super::see;
use crate::access::Right;
use crate::archive::id::{ClientId, RuleId, SessionId};
use crate::assignment::act::{self, AssignError};
use crate::assignment::{self, store as assignments};
use crate::client::{AddressKind, store as clients};
use crate::journal::store as journal_store;
use crate::journal::{cosign, timestamp};
use crate::user::session;
use crate::web::app::App;
use crate::web::asked::Path;
use crate::web::fields::Fields;
use crate::web::locale::{Locale, t};
use crate::web::refusal::Refusal;
use crate::web::view::kinds::Address;
use crate::web::view::page::{Page, Place};
use crate::web::view::settings as view;
use crate::web::view::show as render;
use crate::web::visitor::SignedIn;
use crate::web::work::VerifyState;

/// `GET /settings/journal`
pub async fn journal(user: SignedIn, State(app): State<App>) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Verify)?;
    let page = user.page(&app, Place::Settings).await?;
    let conn = &mut app.archive.db.read().await?;
    let checkpoint = journal_store::latest_checkpoint(conn).await?;
    let size = checkpoint.as_ref().map_or(0, |(size, _, _)| size.unsigned_abs());
    let verification = app
        .work
        .watch_verification()
        .map(|watched| verification(user.locale, &watched.borrow()));
    let (witnesses, policy_trouble) = match cosign::policy(&app.archive).await {
        Ok(None) => (Vec::new(), None),
        Ok(Some(policy)) => (witnesses(&policy, cosign::standings(conn).await?), None),
        Err(error) => (Vec::new(), Some(error.to_string())),
    };
    let authorities = authorities(&app, timestamp::store::standings(conn).await?);
    Ok(render(&view::JournalPage {
        authorities,
        witnesses,
        policy_trouble,
        page,
        size,
        waiting: journal_store::count_pending(conn).await?,
        trouble: app.archive.sealer.trouble().map(|trouble| view::Trouble {
            code: trouble.code,
            why: trouble.why,
        }),
        origin: app.archive.config.origin.clone(),
        key: app.archive.sealer.verifier_key(&app.archive).await?,
        checkpoint: checkpoint.map(|(_, signed_at, text)| view::Checkpoint { signed_at, text }),
        verification,
    }))
}

/// The authorities that the configuration names, with how things stand.
fn authorities(app: &App, standings: Vec<timestamp::store::Standing>) -> Vec<view::Authority> {
    let line = |authority: &timestamp::Authority| {
        let standing = standings.iter().find(|standing| standing.name == authority.name);
        let trouble = standing.and_then(|standing| standing.trouble.as_deref());
        view::Authority {
            name: authority.name.clone(),
            answered_at: standing.and_then(|standing| standing.answered_at),
            trouble: trouble.map(timestamp::StampError::known_code),
        }
    };
    app.archive.config.timestamps.authority.iter().map(line).collect()
}

/// The witnesses that the policy names, with how things stand.
fn witnesses(policy: &Policy, standings: Vec<cosign::Standing>) -> Vec<view::Witness> {
    let line = |witness: &Witness| {
        let key = witness.key.to_string();
        let standing = standings.iter().find(|standing| standing.witness == key);
        let trouble = standing.and_then(|standing| standing.trouble.as_deref());
        view::Witness {
            name: witness.key.name().to_owned(),
            size: standing
                .map(|standing| standing.size.unsigned_abs())
                .filter(|size| *size > 0),
            answered_at: standing.and_then(|standing| standing.answered_at),
            trouble: trouble.map(cosign::AskError::known_code),
        }
    };
    policy.witnesses().iter().map(line).collect()
}

/// `POST /verifications`
pub async fn verify(user: SignedIn, State(app): State<App>) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Verify)?;
    app.work.verify(&app.archive);
    Ok(see("/settings/journal"))
}

/// `GET /verifications/{id}/events`
pub async fn verification_events(
    user: SignedIn,
    State(app): State<App>,
    Path(id): Path<u64>,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Verify)?;
    let watched = app
        .work
        .watch_verification()
        .filter(|watched| watched.borrow().id == id);
    let mut watched = watched.ok_or_else(Refusal::not_found)?;
    let mut page = user.page(&app, Place::Settings).await?;
    let watching = app.clone();
    let events = async_stream::stream! {
        loop {
            let state = watched.borrow_and_update().clone();
            page.clock.now = app.archive.clock.now();
            let done = state.finished_at.is_some();
            yield Ok::<Event, Infallible>(verification_event(&page, &state, done));
            if done || watched.changed().await.is_err() {
                break;
            }
        }
    };
    Ok(stream(&watching, &user, events))
}

/// A stream of events that stays open while nothing happens, but no longer than the session of whoever watches.
pub fn stream(
    app: &App,
    user: &SignedIn,
    events: impl Stream<Item = Result<Event, Infallible>> + Send + 'static,
) -> Response {
    let over = session_over(app.clone(), user.session);
    Sse::new(events.take_until(Box::pin(over)))
        .keep_alive(KeepAlive::default())
        .into_response()
}

/// Waits until a session has ended, wherever that was done.
async fn session_over(app: App, session: SessionId) {
    loop {
        tokio::time::sleep(LOOKED_AFTER).await;
        if app.closed.load(Ordering::Relaxed) {
            return;
        }
        let Ok(mut conn) = app.archive.db.read().await else {
            continue;
        };
        let goes_on = session::goes_on(&mut conn, session, app.archive.clock.now()).await;
        if goes_on.is_ok_and(|goes_on| !goes_on) {
            return;
        }
    }
}

/// Whoever was signed out sees nothing new after this long, and a moment.
const LOOKED_AFTER: Duration = Duration::from_secs(2);

fn verification_event(page: &Page, state: &VerifyState, done: bool) -> Event {
    let verification = verification(page.locale(), state);
    let html = askama::Template::render(&view::VerificationProgress {
        page: page.clone(),
        verification,
    });
    Event::default()
        .event(if done { "done" } else { "progress" })
        .data(html.unwrap_or_default())
}

fn verification(locale: Locale, state: &VerifyState) -> view::Verification {
    let report = &state.report;
    let state_shown = match (state.finished_at, &state.failure) {
        (None, _) => view::VerificationState::Running {
            stage: view::Stage::Originals,
            checked: report.entries,
            total: state.total,
        },
        (Some(at), Some(failure)) => {
            let finding = t(locale, "verification-impossible").arg("why", failure.as_str());
            view::VerificationState::Broken {
                at,
                findings: vec![finding.to_string()],
            }
        }
        (Some(at), None) if report.is_sound() => view::VerificationState::Holds {
            at,
            entries: report.entries,
            originals: report.originals,
        },
        (Some(at), None) => view::VerificationState::Broken {
            at,
            findings: report.damage.clone(),
        },
    };
    view::Verification {
        id: state.id.to_string(),
        state: state_shown,
    }
}

/// `GET /settings/addresses`
pub async fn addresses(user: SignedIn, State(app): State<App>) -> Result<Response, Refusal> {
    own_addresses(&user, &app, None, String::new()).await
}

async fn own_addresses(
    user: &SignedIn,
    app: &App,
    mistake: Option<&'static str>,
    refused: String,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Configure)?;
    let page = user.page(app, Place::Settings).await?;
    let own = assignments::own(&mut app.archive.db.read().await?).await?;
    let of = |kind, values: std::collections::HashSet<String>| {
        let mut values: Vec<String> = values.into_iter().collect();
        values.sort();
        values.into_iter().map(move |value| Address { kind, value })
    };
    let domains = of(super::client::kind(AddressKind::Domain), own.domains);
    let addresses = domains
        .chain(of(super::client::kind(AddressKind::Email), own.addresses))
        .collect();
    Ok(render(&view::OurAddresses {
        page,
        addresses,
        mistake,
        refused,
    }))
}

/// `POST /settings/addresses`: what has an `@` with something before it is an address, else a domain.
pub async fn add_address(
    user: SignedIn,
    State(app): State<App>,
    fields: Fields,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Configure)?;
    let value = fields.text("value");
    let kind = AddressKind::named(fields.text("kind")).unwrap_or(match value.find('@') {
        Some(at) if at > 0 => AddressKind::Email,
        _ => AddressKind::Domain,
    });
    match act::add_own(&app.archive, kind, value, &user.account.name).await {
        Ok(()) => Ok(see("/settings/addresses")),
        Err(AssignError::Address(_)) => {
            own_addresses(&user, &app, Some("ours-mistake"), value.to_owned()).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /settings/addresses/remove`
pub async fn remove_address(
    user: SignedIn,
    State(app): State<App>,
    fields: Fields,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::Configure)?;
    let kind = AddressKind::named(fields.text("kind")).ok_or_else(Refusal::bad_request)?;
    act::remove_own(&app.archive, kind, fields.text("value"), &user.account.name).await?;
    Ok(see("/settings/addresses"))
}

/// `GET /settings/rules`
pub async fn rules(user: SignedIn, State(app): State<App>) -> Result<Response, Refusal> {
    rule_page(&user, &app, None).await
}

async fn rule_page(user: &SignedIn, app: &App, mistake: Option<&'static str>) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::ManageClients)?;
    let page = user.page(app, Place::Settings).await?;
    let conn = &mut app.archive.db.read().await?;
    let mut rules = Vec::new();
    for rule in assignments::rules(conn).await? {
        // What a rule looks for may tell of its client.
        if user.must_see_client(conn, rule.client).await.is_err() {
            continue;
        }
        let Some(client) = clients::find(conn, rule.client).await? else {
            continue;
        };
        rules.push(view::Rule {
            id: rule.id.to_string(),
            field: match rule.field {
                assignment::Field::Subject => view::Field::Subject,
                assignment::Field::From => view::Field::From,
                assignment::Field::To => view::Field::To,
            },
            matched: assignments::matched_by(conn, user.scope(), &rule).await?,
            contains: rule.needle,
            client: client_name(client.id, &client.facts.name),
        });
    }
    Ok(render(&view::Rules { page, rules, mistake }))
}

/// `POST /settings/rules`
pub async fn add_rule(user: SignedIn, State(app): State<App>, fields: Fields) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::ManageClients)?;
    let field = assignment::Field::named(fields.text("field")).ok_or_else(Refusal::bad_request)?;
    let contains = fields.text("contains");
    let (Ok(client), true) = (
        fields.text("client").parse::<ClientId>(),
        contains.chars().count() >= 2,
    ) else {
        return rule_page(&user, &app, Some("rules-mistake")).await;
    };
    act::add_rule(&app.archive, (field, contains), client, user.doer()).await?;
    Ok(see("/settings/rules"))
}

/// `POST /settings/rules/remove`
pub async fn remove_rule(
    user: SignedIn,
    State(app): State<App>,
    fields: Fields,
) -> Result<Response, Refusal> {
    user.must_be_allowed_to(Right::ManageClients)?;
    let rule: RuleId = fields.text("id").parse()?;
    act::remove_rule(&app.archive, rule, user.doer()).await?;
    Ok(see("/settings/rules"))
}

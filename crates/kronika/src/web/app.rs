//! The server's state and its routes.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::routing::{get, post};
use jiff::tz::TimeZone;
use tower_http::timeout::RequestBodyTimeoutLayer;

use super::gate::Gate;
use super::hall::Seat;
use super::limit::Limits;
use super::packages::Packages;
use super::pages::{
    access, client, evidence, guideline, import, inbox, interaction, invitation, log, people, reference,
    search, settings, sign_in, webhook, you,
};
use super::steps::Steps;
use super::upload::Uploads;
use super::work::Work;
use super::{api, assets, guard, health, visitor};
use crate::access::log::Watch;
use crate::archive::Archive;
use crate::instance::Public;
use crate::outgoing::Outgoing;
use crate::user::openid::Providers;
use crate::user::passkey::Passkeys;
use crate::webhook::courier::Courier;

/// What every handler works with.
#[derive(Clone)]
pub struct App {
    pub archive: Arc<Archive>,
    /// The zone in which days begin and times are shown.
    pub zone: TimeZone,
    /// Imports and verifications that run in the background.
    pub work: Work,
    /// Packages of evidence that are made or kept.
    pub packages: Packages,
    /// Looks on their way into the journal.
    pub watch: Arc<Watch>,
    /// Failed sign-ins of late.
    pub gate: Arc<Gate>,
    /// Requests of late.
    pub limits: Arc<Limits>,
    /// Uploads that are coming in.
    pub uploads: Uploads,
    /// Sign-ins that wait for their second step.
    pub steps: Arc<Steps>,
    /// Passkeys of that address, and what browsers were asked of them.
    pub passkeys: Arc<Passkeys>,
    /// The way to other servers.
    pub outgoing: Arc<Outgoing>,
    /// Providers with whose accounts people may sign in, and who was sent to one.
    pub providers: Arc<Providers>,
    /// Tells webhooks what happens.
    pub courier: Arc<Courier>,
    /// Where people reach the archive.
    pub public: Public,
    /// Its place among others, when the server answers for several.
    pub seat: Option<Seat>,
    /// Set once nobody is let in any more.
    pub closed: Arc<AtomicBool>,
    /// Whether browsers reach the server through TLS, its own or a proxy's, so that cookies may insist on it.
    pub behind_tls: bool,
    /// Whether the last address in `X-Forwarded-For` is a proxy's word.
    pub behind_proxy: bool,
}

/// An upload may be this large: a mailbox of many years.
const UPLOAD_LIMIT: usize = 4 * 1024 * 1024 * 1024;
/// Any other form.
const FORM_LIMIT: usize = 256 * 1024;
/// Whoever sends a form or a file sends some of it at least this often.
const SILENCE: Duration = Duration::from_secs(30);

/// Every route. Each handler asks `access` through the signed-in person; only the first few need nobody.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/assets/{file}", get(assets::show))
        .route("/health", get(health::show))
        .route("/sign-in", get(sign_in::show).post(sign_in::enter))
        .route("/sign-in/code", post(sign_in::code::enter))
        .route("/sign-in/passkey/begin", post(sign_in::passkey::begin))
        .route("/sign-in/passkey", post(sign_in::passkey::enter))
        .route("/sign-in/openid/{provider}", get(sign_in::openid::begin))
        .route("/sign-in/openid/{provider}/callback", get(sign_in::openid::back))
        .route("/sign-out", post(sign_in::leave))
        .route(
            "/invitations/{token}",
            get(invitation::show).post(invitation::accept),
        )
        .route(
            "/invitations/{token}/openid/{provider}",
            get(invitation::elsewhere),
        )
        .merge(client_routes())
        .merge(interaction_routes())
        .merge(evidence_routes())
        .merge(settings_routes())
        .merge(guideline_routes())
        .merge(access_routes())
        .merge(people_routes())
        .merge(you_routes())
        .merge(webhook_routes())
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .merge(import_routes())
        .fallback(super::refusal::no_such_page)
        .method_not_allowed_fallback(super::refusal::no_such_page)
        .layer(RequestBodyTimeoutLayer::new(SILENCE))
        .layer(from_fn(guard::same_site))
        .layer(from_fn_with_state(app.clone(), guard::our_host))
        .layer(from_fn_with_state(app.clone(), visitor::recognise))
        // Programs bring a token and no cookie: they pass neither the guard of forms nor the gate of people.
        .merge(api_routes(&app))
        .layer(from_fn_with_state(app.clone(), guard::headers))
        .with_state(app)
}

/// The API, behind the same guards as far as they concern programs.
fn api_routes(app: &App) -> Router<App> {
    api::router(app)
        .layer(RequestBodyTimeoutLayer::new(SILENCE))
        .layer(from_fn_with_state(app.clone(), guard::our_host))
        .layer(map_response(async |response| api::told(response)))
}

fn client_routes() -> Router<App> {
    Router::new()
        .route("/", get(client::home))
        .route("/clients", get(client::list).post(client::create))
        .route("/clients/_rows", get(client::list_rows))
        .route("/clients/_suggest", get(client::suggest))
        .route("/clients/new", get(client::new))
        .route("/clients/{client}", get(client::show).post(client::change))
        .route("/clients/{client}/_timeline", get(client::timeline))
        .route("/clients/{client}/edit", get(client::edit))
        .route("/clients/{client}/addresses", post(client::add_address))
        .route("/clients/{client}/addresses/remove", post(client::remove_address))
}

fn evidence_routes() -> Router<App> {
    Router::new()
        .route("/evidence", get(evidence::list).post(evidence::create))
        .route("/evidence/new", get(evidence::new))
        .route("/evidence/{evidence}", get(evidence::show))
        .route("/evidence/{evidence}/events", get(evidence::events))
        .route("/evidence/{evidence}/file", get(evidence::file))
}

fn interaction_routes() -> Router<App> {
    Router::new()
        .route("/interactions/{interaction}", get(interaction::show))
        .route("/interactions/{interaction}/_open", get(interaction::open))
        .route("/interactions/{interaction}/html", get(interaction::html))
        .route("/interactions/{interaction}/original", get(interaction::original))
        .route("/interactions/{interaction}/proof", get(interaction::proof))
        .route(
            "/interactions/{interaction}/parts/{number}",
            get(interaction::part),
        )
        .route("/interactions/{interaction}/assignments", post(inbox::assign))
        .route(
            "/interactions/{interaction}/assignments/{client}/remove",
            post(inbox::unassign),
        )
        .route("/interactions/{interaction}/ignore", post(inbox::ignore))
        .route("/interactions/{interaction}/restore", post(inbox::restore))
        .route("/interactions/{interaction}/retry", post(inbox::retry))
        .route("/inbox", get(inbox::list))
        .route("/inbox/_rows", get(inbox::rows))
        .route("/search", get(search::show))
        .route("/search/_results", get(search::results))
}

fn settings_routes() -> Router<App> {
    Router::new()
        .route("/settings/api", get(reference::show))
        .route("/settings/journal", get(settings::journal))
        .route("/verifications", post(settings::verify))
        .route("/verifications/{id}/events", get(settings::verification_events))
        .route(
            "/settings/addresses",
            get(settings::addresses).post(settings::add_address),
        )
        .route("/settings/addresses/remove", post(settings::remove_address))
        .route("/settings/rules", get(settings::rules).post(settings::add_rule))
        .route("/settings/rules/remove", post(settings::remove_rule))
}

fn webhook_routes() -> Router<App> {
    Router::new()
        .route("/settings/webhooks", get(webhook::list).post(webhook::make))
        .route(
            "/settings/webhooks/{webhook}",
            get(webhook::show).post(webhook::change),
        )
        .route("/settings/webhooks/{webhook}/pause", post(webhook::pause))
        .route("/settings/webhooks/{webhook}/resume", post(webhook::resume))
        .route("/settings/webhooks/{webhook}/secret", post(webhook::rotate))
        .route("/settings/webhooks/{webhook}/test", post(webhook::test))
        .route("/settings/webhooks/{webhook}/remove", post(webhook::remove))
        .route("/settings/webhooks/{webhook}/replay", post(webhook::replay_dead))
        .route(
            "/settings/webhooks/{webhook}/deliveries/{delivery}/replay",
            post(webhook::replay),
        )
}

fn people_routes() -> Router<App> {
    Router::new()
        .route("/settings/people", get(people::list))
        .route("/settings/people/invitations", post(people::invite))
        .route(
            "/settings/people/invitations/{invitation}/withdraw",
            post(people::withdraw),
        )
        .route("/settings/people/{account}/role", post(people::change_role))
        .route(
            "/settings/people/{account}/remove",
            get(people::ask_to_remove).post(people::remove),
        )
}

fn you_routes() -> Router<App> {
    Router::new()
        .route("/settings/you", get(you::show).post(you::change))
        .route("/settings/you/password", post(you::password::change))
        .route(
            "/settings/you/authenticator",
            get(you::authenticator::show).post(you::authenticator::begin),
        )
        .route(
            "/settings/you/authenticator/confirm",
            post(you::authenticator::confirm),
        )
        .route(
            "/settings/you/authenticator/remove",
            post(you::authenticator::remove),
        )
        .route(
            "/settings/you/recovery-codes",
            post(you::authenticator::renew_codes),
        )
        .route("/settings/you/passkeys", post(you::passkey::add))
        .route("/settings/you/passkeys/begin", post(you::passkey::begin))
        .route(
            "/settings/you/passkeys/{passkey}/rename",
            post(you::passkey::rename),
        )
        .route(
            "/settings/you/passkeys/{passkey}/remove",
            post(you::passkey::remove),
        )
        .route(
            "/settings/you/tokens",
            get(you::token::list).post(you::token::make),
        )
        .route("/settings/you/tokens/{token}/revoke", post(you::token::revoke))
        .route(
            "/settings/you/identities/{provider}/link",
            post(you::identity::link),
        )
        .route(
            "/settings/you/identities/{provider}/unlink",
            post(you::identity::unlink),
        )
        .route(
            "/settings/you/identities/{provider}/confirm",
            get(you::identity::confirm),
        )
        .route(
            "/settings/you/archives",
            get(you::elsewhere::list).post(you::elsewhere::introduce),
        )
        .route(
            "/settings/you/archives/join",
            get(you::elsewhere::ask).post(you::elsewhere::join),
        )
        .route("/settings/you/archives/leave", post(you::elsewhere::leave))
        .route("/settings/you/sessions/end", post(you::end_session))
        .route("/settings/you/sessions/end-others", post(you::end_others))
}

fn access_routes() -> Router<App> {
    Router::new()
        .route("/clients/{client}/access", post(access::set_client))
        .route(
            "/interactions/{interaction}/access",
            post(access::set_interaction),
        )
        .route("/settings/teams", get(access::teams).post(access::add_team))
        .route("/settings/teams/{team}", post(access::change_team))
        .route("/settings/teams/{team}/remove", post(access::remove_team))
        .route("/settings/mailboxes/{account}", post(access::set_mailboxes))
        .route("/settings/grants", get(access::grants).post(access::add_grant))
        .route("/settings/grants/{grant}/end", post(access::end_grant))
        .route("/grants", get(access::given))
        .route("/settings/rights", get(access::rights))
        .route("/settings/log", get(log::everything))
        .route("/clients/{client}/log", get(log::of_client))
        .route("/interactions/{interaction}/log", get(log::of_interaction))
}

fn guideline_routes() -> Router<App> {
    Router::new()
        .route("/guidelines", get(guideline::list).post(guideline::create))
        .route("/guidelines/new", get(guideline::new))
        .route(
            "/guidelines/{guideline}",
            get(guideline::show).post(guideline::change),
        )
        .route("/guidelines/{guideline}/edit", get(guideline::edit))
        .route("/guidelines/{guideline}/accept", post(guideline::accept))
        .route("/guidelines/{guideline}/remind", post(guideline::remind))
        .route("/guidelines/{guideline}/withdraw", post(guideline::withdraw))
}

fn import_routes() -> Router<App> {
    Router::new()
        .route(
            "/imports",
            get(import::list)
                .post(import::create)
                .layer(DefaultBodyLimit::max(UPLOAD_LIMIT)),
        )
        .route("/imports/{id}/retry", post(import::retry))
        .route("/imports/refused/{id}/dismiss", post(import::dismiss))
        .route("/imports/{id}", get(import::show))
        .route("/imports/{id}/events", get(import::events))
}

//! What somebody asks for, if they may see it: the same for pages and for the API.

use axum::http::StatusCode;

use super::app::App;
use super::refusal::Refusal;
use crate::access::decide::{ClientAccess, InteractionAccess};
use crate::access::log::{self, Look, LookKind};
use crate::access::store::{client_access, interaction_access};
use crate::access::{Person, Scope};
use crate::archive::id::{ClientId, InteractionKey};
use crate::storage::Conn;

/// Refuses a client that does not exist and one that this person may not see, alike.
pub async fn must_see_client(
    person: &Person,
    conn: &mut Conn,
    client: ClientId,
) -> Result<ClientAccess, Refusal> {
    let found = client_access(conn, client).await?;
    let seen = found.filter(|facts| Scope::of(person).sees_client(facts));
    seen.ok_or_else(Refusal::no_client)
}

/// Refuses an interaction that does not exist and one that this person may not see, alike.
pub async fn must_see(
    person: &Person,
    conn: &mut Conn,
    interaction: InteractionKey,
) -> Result<InteractionAccess, Refusal> {
    let found = interaction_access(conn, interaction).await?;
    let seen = found.filter(|facts| Scope::of(person).sees_interaction(facts));
    seen.ok_or_else(Refusal::no_interaction)
}

/// Notes a look, of this kind and with this detail. Of someone from outside it is recorded first: what cannot be
/// recorded is not shown to them.
pub async fn log(
    person: &Person,
    app: &App,
    (kind, detail): (LookKind, &str),
    (client, interaction): (Option<ClientId>, Option<InteractionKey>),
) -> Result<(), Refusal> {
    let look = Look {
        at: app.archive.clock.now(),
        by: person.name.clone(),
        kind,
        client,
        interaction,
        detail: detail.to_owned(),
    };
    if person.is_outside() {
        return log::act::write(&app.archive, vec![look])
            .await
            .map_err(|error| Refusal::internal(&error));
    }
    app.watch.note(look);
    Ok(())
}

/// Notes what somebody from outside searched for, with one client or everywhere; what others search for is their own
/// business.
pub async fn searched(
    person: &Person,
    app: &App,
    client: Option<ClientId>,
    words: &str,
) -> Result<(), Refusal> {
    let words = words.trim();
    if !person.is_outside() || words.is_empty() {
        return Ok(());
    }
    log(person, app, (LookKind::Searched, words), (client, None)).await
}

/// Notes what a person was refused, and where they looked for what is not there for them: guessing leaves a trace.
pub fn note_refusal(app: &App, by: &str, asked: &str, status: StatusCode) {
    let guessed = asked.contains("/clients/") || asked.contains("/interactions/");
    if status == StatusCode::FORBIDDEN || (status == StatusCode::NOT_FOUND && guessed) {
        app.watch.note(Look {
            at: app.archive.clock.now(),
            by: by.to_owned(),
            kind: LookKind::Refused,
            client: None,
            interaction: None,
            detail: asked[..asked.floor_char_boundary(200)].to_owned(),
        });
    }
}

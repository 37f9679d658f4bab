//! What somebody asks for, if they may see it: the same for pages and for the API.

use super::app::App;
use super::refusal::Refusal;
use crate::access::act::look;
use crate::access::decide::{ClientAccess, InteractionAccess};
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

/// Records that something is looked at, when it is by someone from outside. What cannot be recorded is not shown.
pub async fn looks_at(
    person: &Person,
    app: &App,
    seen: (Option<ClientId>, Option<InteractionKey>),
) -> Result<(), Refusal> {
    if person.is_outside() {
        look(&app.archive, person, seen).await?;
    }
    Ok(())
}

//! The decision for one thing, on its own facts: the same table as the scope, read the other way.

use super::reach::Clients;
use super::{Covers, Openness, Person, Right, Role, Sensitivity};
use crate::archive::id::{AccountId, ClientId, InteractionKey, TeamId};

/// What decides who sees a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientAccess {
    pub client: ClientId,
    pub openness: Openness,
    pub teams: Vec<TeamId>,
    pub people: Vec<AccountId>,
}

/// What decides who sees an interaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InteractionAccess {
    pub interaction: InteractionKey,
    pub thread: InteractionKey,
    pub sensitivity: Sensitivity,
    /// Who is named, when it is restricted.
    pub people: Vec<AccountId>,
    /// Addresses of everyone who took part.
    pub participants: Vec<String>,
    pub clients: Vec<ClientAccess>,
}

/// Whether a person has a right at all. What it may be done to, they must also see.
pub fn may_do(person: &Person, right: Right) -> bool {
    person.role.is_some_and(|role| role.has(right))
}

pub fn may_see_client(person: &Person, client: &ClientAccess) -> bool {
    let Some(role) = person.role else { return false };
    let named = client.people.contains(&person.account);
    let in_team =
        client.openness != Openness::Named && client.teams.iter().any(|team| person.teams.contains(team));
    match role.reach().clients {
        Clients::All => true,
        Clients::OpenOrTheirs => client.openness == Openness::Open || named || in_team,
        Clients::Theirs => named || in_team,
        Clients::Granted => person
            .grants
            .iter()
            .any(|covers| *covers == Covers::Everything || *covers == Covers::Client(client.client)),
    }
}

pub fn may_see_interaction(person: &Person, interaction: &InteractionAccess) -> bool {
    let Some(role) = person.role else { return false };
    let reach = role.reach();
    let named = interaction.people.contains(&person.account);
    match interaction.sensitivity {
        Sensitivity::Team => is_in_reach(person, interaction),
        Sensitivity::Private => reach.own_mail && took_part(person, interaction),
        Sensitivity::Restricted if reach.all_restricted => true,
        Sensitivity::Restricted if reach.clients == Clients::Granted => {
            named && is_in_reach(person, interaction)
        }
        Sensitivity::Restricted => named,
    }
}

/// Whether the person sees what the interaction belongs to.
fn is_in_reach(person: &Person, interaction: &InteractionAccess) -> bool {
    let Some(reach) = person.role.map(Role::reach) else {
        return false;
    };
    if interaction.clients.is_empty() {
        return reach.inbox;
    }
    let granted =
        reach.clients == Clients::Granted && person.grants.contains(&Covers::Thread(interaction.thread));
    granted
        || interaction
            .clients
            .iter()
            .any(|client| may_see_client(person, client))
}

fn took_part(person: &Person, interaction: &InteractionAccess) -> bool {
    interaction
        .participants
        .iter()
        .any(|address| person.addresses.contains(address))
}

/// What a person may make of who sees an interaction.
///
/// Whoever took part may open what is private to them; beyond that it takes the right to share. Only owners make
/// something private: nobody else can take out of an owner's sight what belongs to a client.
pub fn may_make(person: &Person, interaction: &InteractionAccess) -> Vec<Sensitivity> {
    if !may_see_interaction(person, interaction) {
        return Vec::new();
    }
    let theirs = interaction.sensitivity == Sensitivity::Private && may_do(person, Right::Assign);
    let shares = theirs || may_do(person, Right::Share);
    let owner = person.role == Some(Role::Owner);
    Sensitivity::ALL
        .into_iter()
        .filter(|sensitivity| match sensitivity {
            Sensitivity::Team | Sensitivity::Restricted => shares,
            Sensitivity::Private => owner,
        })
        .collect()
}

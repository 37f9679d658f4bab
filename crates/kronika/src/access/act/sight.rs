//! Saying who sees a client or an interaction.

use super::{AccessError, require_account, require_team};
use crate::access::decide::{ClientAccess, InteractionAccess, may_make, may_see_interaction};
use crate::access::{Openness, Person, Sensitivity, store};
use crate::archive::Archive;
use crate::archive::id::{AccountId, ClientId, InteractionKey, TeamId};
use crate::journal::act::Act;
use crate::journal::perform::perform;

/// Who shall see a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientSight {
    pub openness: Openness,
    pub teams: Vec<TeamId>,
    pub people: Vec<AccountId>,
}

/// Says who sees a client. Nothing is recorded when it is so already.
pub async fn set_client_access(
    archive: &Archive,
    client: ClientId,
    sight: ClientSight,
    by: &str,
) -> Result<(), AccessError> {
    amend_client_access(archive, client, by, |_| Some(sight))
        .await
        .map(drop)
}

/// Says who sees a client as `amend` says when it sees who does now; `false` when it says nothing.
pub async fn amend_client_access(
    archive: &Archive,
    client: ClientId,
    by: &str,
    amend: impl FnOnce(&ClientAccess) -> Option<ClientSight>,
) -> Result<bool, AccessError> {
    let mut tx = archive.db.begin_recording().await?;
    let now = store::client_access(&mut tx, client).await?;
    let now = now.ok_or(AccessError::NoClient(client))?;
    let Some(ClientSight {
        openness,
        mut teams,
        mut people,
    }) = amend(&now)
    else {
        tx.give_up().await?;
        return Ok(false);
    };
    teams.sort_unstable();
    teams.dedup();
    people.sort_unstable();
    people.dedup();
    let (mut old_teams, mut old_people) = (now.teams, now.people);
    old_teams.sort_unstable();
    old_people.sort_unstable();
    if (now.openness, &old_teams, &old_people) == (openness, &teams, &people) {
        tx.give_up().await?;
        return Ok(true);
    }
    for team in &teams {
        require_team(&mut tx, *team).await?;
    }
    for account in &people {
        require_account(&mut tx, *account).await?;
    }
    let act = Act::ClientAccessSet {
        client,
        openness,
        teams,
        people,
    };
    perform(archive, &mut tx, act, by).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(true)
}

/// Who shall see an interaction, or its whole thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InteractionSight {
    pub sensitivity: Sensitivity,
    /// Who is named, when it is restricted.
    pub people: Vec<AccountId>,
    pub whole_thread: bool,
}

/// Says who sees an interaction. Of its thread it takes along what the person may decide about.
pub async fn set_sensitivity(
    archive: &Archive,
    interaction: InteractionKey,
    sight: InteractionSight,
    person: &Person,
) -> Result<(), AccessError> {
    amend_sensitivity(archive, interaction, person, |_| Some(sight))
        .await
        .map(drop)
}

/// The same as `amend` says when it sees who sees the interaction now; `false` when it says nothing.
pub async fn amend_sensitivity(
    archive: &Archive,
    interaction: InteractionKey,
    person: &Person,
    amend: impl FnOnce(&InteractionAccess) -> Option<InteractionSight>,
) -> Result<bool, AccessError> {
    let mut tx = archive.db.begin_recording().await?;
    let everyone = store::people(&mut tx).await?;
    let facts = store::interaction_access(&mut tx, interaction).await?;
    let facts = facts.filter(|facts| may_see_interaction(person, facts));
    let facts = facts.ok_or(AccessError::NoInteraction(interaction))?;
    let Some(sight) = amend(&facts) else {
        tx.give_up().await?;
        return Ok(false);
    };
    if !may_make(person, &facts).contains(&sight.sensitivity) {
        return Err(AccessError::NotTheirs(person.name.clone()));
    }
    if !leaves_somebody(&everyone, &facts, sight.sensitivity) {
        return Err(AccessError::NobodyLeft(interaction));
    }
    let mut interactions = vec![interaction];
    if sight.whole_thread {
        for key in store::thread(&mut tx, facts.thread).await? {
            let other = store::interaction_access(&mut tx, key).await?;
            let along = other.is_some_and(|other| {
                may_make(person, &other).contains(&sight.sensitivity)
                    && leaves_somebody(&everyone, &other, sight.sensitivity)
            });
            if along && key != interaction {
                interactions.push(key);
            }
        }
    }
    let act = Act::SensitivitySet {
        interactions,
        thread: sight.whole_thread.then_some(facts.thread),
        sensitivity: sight.sensitivity,
        people: named(&everyone, sight)?,
    };
    perform(archive, &mut tx, act, &person.name).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(true)
}

/// Whether anybody at all would see an interaction: nobody could bring back what nobody sees.
fn leaves_somebody(everyone: &[store::Someone], facts: &InteractionAccess, sensitivity: Sensitivity) -> bool {
    let mut addresses = everyone.iter().flat_map(|someone| &someone.addresses);
    sensitivity != Sensitivity::Private || addresses.any(|address| facts.participants.contains(address))
}

/// Who is named: names count only where something is restricted.
fn named(everyone: &[store::Someone], sight: InteractionSight) -> Result<Vec<AccountId>, AccessError> {
    let mut people = match sight.sensitivity {
        Sensitivity::Restricted => sight.people,
        Sensitivity::Team | Sensitivity::Private => Vec::new(),
    };
    people.sort_unstable();
    people.dedup();
    match people
        .iter()
        .find(|id| everyone.iter().all(|known| known.id != **id))
    {
        Some(unknown) => Err(AccessError::NoAccount(*unknown)),
        None => Ok(people),
    }
}

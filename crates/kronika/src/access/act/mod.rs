//! What a person can do about who sees what.

mod sight;

pub use sight::{
    ClientSight, InteractionSight, amend_client_access, amend_sensitivity, set_client_access, set_sensitivity,
};

use super::{Covers, Doer, Role, grant, store};
use crate::archive::Archive;
use crate::archive::id::{AccountId, ClientId, GrantId, InteractionKey, TeamId};
use crate::client::{AddressError, AddressKind};
use crate::journal::act::Act;
use crate::journal::append::AppendError;
use crate::journal::perform::perform;
use crate::storage::{Conn, StorageError};

#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    #[error("a team needs a name of its own")]
    TeamName,
    #[error("there is no team {0}")]
    NoTeam(TeamId),
    #[error("there is no account {0}")]
    NoAccount(AccountId),
    #[error("client {0} does not exist")]
    NoClient(ClientId),
    #[error("interaction {0} does not exist")]
    NoInteraction(InteractionKey),
    #[error("{0} may not decide who sees this; ask an owner of the archive")]
    NotTheirs(String),
    #[error(
        "nobody would see interaction {0} any more: private is only what somebody's own mailbox took part in; restrict it instead"
    )]
    NobodyLeft(InteractionKey),
    #[error("a grant is for an auditor or an expert; other people see through their role and teams")]
    NotFromOutside,
    #[error("a grant must end after it begins, and an expert's must have an end")]
    NoEnd,
    #[error("{0} is the mailbox of somebody else")]
    AddressTaken(String),
    #[error(transparent)]
    Address(#[from] AddressError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Append(#[from] AppendError),
}

/// Performs one act on its own, when `check` finds nothing against it.
macro_rules! alone {
    ($archive:expr, $by:expr, |$tx:ident| $make:expr) => {{
        let mut $tx = $archive.db.begin_recording().await?;
        let act = $make;
        perform($archive, &mut $tx, act, $by).await?;
        $tx.commit().await?;
        $archive.sealer.wake();
    }};
}

async fn free_name(conn: &mut Conn, name: &str, but: Option<TeamId>) -> Result<String, AccessError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let folded = kronika_lexicon::fold(&name);
    let teams = store::teams(conn).await?;
    let taken = teams
        .iter()
        .any(|team| Some(team.id) != but && kronika_lexicon::fold(&team.name) == folded);
    if name.is_empty() || taken {
        return Err(AccessError::TeamName);
    }
    Ok(name)
}

async fn require_team(conn: &mut Conn, team: TeamId) -> Result<(), AccessError> {
    let teams = store::teams(conn).await?;
    let found = teams.iter().any(|known| known.id == team);
    found.then_some(()).ok_or(AccessError::NoTeam(team))
}

async fn require_account(conn: &mut Conn, account: AccountId) -> Result<store::Someone, AccessError> {
    let people = store::people(conn).await?;
    let found = people.into_iter().find(|person| person.id == account);
    found.ok_or(AccessError::NoAccount(account))
}

pub async fn add_team(archive: &Archive, name: &str, by: &str) -> Result<TeamId, AccessError> {
    let team = TeamId(archive.ids.next(archive.clock.now()));
    alone!(archive, by, |tx| Act::TeamAdded {
        team,
        name: free_name(&mut tx, name, None).await?,
    });
    Ok(team)
}

pub async fn rename_team(archive: &Archive, team: TeamId, name: &str, by: &str) -> Result<(), AccessError> {
    alone!(archive, by, |tx| {
        require_team(&mut tx, team).await?;
        let name = free_name(&mut tx, name, Some(team)).await?;
        Act::TeamRenamed { team, name }
    });
    Ok(())
}

/// Removes a team. Clients it alone had stay with the owners until someone else is named.
pub async fn remove_team(archive: &Archive, team: TeamId, by: &str) -> Result<(), AccessError> {
    alone!(archive, by, |tx| {
        require_team(&mut tx, team).await?;
        Act::TeamRemoved { team }
    });
    Ok(())
}

/// Says who is in a team.
pub async fn set_members(
    archive: &Archive,
    team: TeamId,
    members: Vec<AccountId>,
    by: &str,
) -> Result<(), AccessError> {
    alone!(archive, by, |tx| {
        require_team(&mut tx, team).await?;
        for account in &members {
            require_account(&mut tx, *account).await?;
        }
        Act::TeamMembersSet { team, members }
    });
    Ok(())
}

/// What can be changed of a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamFacts {
    pub name: String,
    pub members: Vec<AccountId>,
}

/// Changes a team's name and members as `amend` says when it sees what they are now: both or neither. `false` when it
/// says nothing.
pub async fn amend_team(
    archive: &Archive,
    team: TeamId,
    by: &str,
    amend: impl FnOnce(&store::Team) -> Option<TeamFacts>,
) -> Result<bool, AccessError> {
    let mut tx = archive.db.begin_recording().await?;
    let teams = store::teams(&mut tx).await?;
    let now = teams.into_iter().find(|known| known.id == team);
    let now = now.ok_or(AccessError::NoTeam(team))?;
    let Some(TeamFacts { name, mut members }) = amend(&now) else {
        tx.give_up().await?;
        return Ok(false);
    };
    let name = free_name(&mut tx, &name, Some(team)).await?;
    members.sort_unstable();
    members.dedup();
    if name == now.name && members == now.members {
        tx.give_up().await?;
        return Ok(true);
    }
    if name != now.name {
        perform(archive, &mut tx, Act::TeamRenamed { team, name }, by).await?;
    }
    if members != now.members {
        for account in &members {
            require_account(&mut tx, *account).await?;
        }
        perform(archive, &mut tx, Act::TeamMembersSet { team, members }, by).await?;
    }
    tx.commit().await?;
    archive.sealer.wake();
    Ok(true)
}

/// What an auditor or expert shall see, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewGrant {
    pub account: AccountId,
    /// A thread may be named by any interaction of it.
    pub covers: Covers,
    pub valid_from: i64,
    pub valid_until: Option<i64>,
}

pub async fn grant(archive: &Archive, new: NewGrant, by: Doer<'_>) -> Result<GrantId, AccessError> {
    let grant = GrantId(archive.ids.next(archive.clock.now()));
    alone!(archive, by.name, |tx| {
        let account = require_account(&mut tx, new.account).await?;
        if !account.role.is_some_and(Role::is_outside) {
            return Err(AccessError::NotFromOutside);
        }
        let endless = new.valid_until.is_none() && account.role == Some(Role::Expert);
        if endless || new.valid_until.is_some_and(|until| until <= new.valid_from) {
            return Err(AccessError::NoEnd);
        }
        let covers = match new.covers {
            Covers::Client(client) => {
                let found = store::client_access(&mut tx, client).await?;
                found.ok_or(AccessError::NoClient(client))?;
                new.covers
            }
            Covers::Thread(key) => {
                let found = store::interaction_access(&mut tx, key).await?;
                let found = found.filter(|facts| by.scope.sees_interaction(facts));
                Covers::Thread(found.ok_or(AccessError::NoInteraction(key))?.thread)
            }
            Covers::Everything => new.covers,
        };
        Act::GrantMade {
            grant,
            account: new.account,
            covers,
            valid_from: new.valid_from,
            valid_until: new.valid_until,
        }
    });
    Ok(grant)
}

/// Takes a grant back, now.
pub async fn end_grant(archive: &Archive, grant: GrantId, by: &str) -> Result<(), AccessError> {
    let mut tx = archive.db.begin_recording().await?;
    let grants = grant::list(&mut tx).await?;
    if !grants
        .iter()
        .any(|known| known.id == grant && known.ended_at.is_none())
    {
        return Ok(tx.give_up().await?);
    }
    perform(archive, &mut tx, Act::GrantEnded { grant }, by).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(())
}

/// Says which addresses are a person's own mailboxes: what is private to those who took part is seen by them. It
/// decides of what is recorded from now on what is private by itself.
pub async fn set_addresses(
    archive: &Archive,
    account: AccountId,
    given: &[&str],
    by: &str,
) -> Result<(), AccessError> {
    amend_addresses(archive, (account, given), by, |_| true)
        .await
        .map(drop)
}

/// The same, if what they are now is `still` what it should be; `false` when it is not.
pub async fn amend_addresses(
    archive: &Archive,
    (account, given): (AccountId, &[&str]),
    by: &str,
    still: impl FnOnce(&[String]) -> bool,
) -> Result<bool, AccessError> {
    let mut addresses = Vec::with_capacity(given.len());
    for address in given {
        addresses.push(AddressKind::Email.read(address)?);
    }
    addresses.sort_unstable();
    addresses.dedup();
    let mut tx = archive.db.begin_recording().await?;
    let now = require_account(&mut tx, account).await?;
    if !still(&now.addresses) {
        tx.give_up().await?;
        return Ok(false);
    }
    for other in store::people(&mut tx).await? {
        let shared = other.addresses.iter().find(|address| addresses.contains(address));
        if let (true, Some(address)) = (other.id != account, shared) {
            return Err(AccessError::AddressTaken(address.clone()));
        }
    }
    perform(
        archive,
        &mut tx,
        Act::AccountAddressesSet { account, addresses },
        by,
    )
    .await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(true)
}

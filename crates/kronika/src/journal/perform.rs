//! Performing an act: journal and tables change together, in one transaction.

use super::act::{Act, Meta};
use super::append::{AppendError, Appended, Appender, Draft};
use crate::archive::Archive;
use crate::storage::{Conn, StorageError, Tx};
use crate::{access, assignment, client, evidence, guideline, user, webhook};

/// Writes one act into the journal and changes the tables by it. The transaction stays the caller's to commit.
pub async fn perform(
    archive: &Archive,
    conn: &mut Conn,
    act: Act,
    by: &str,
) -> Result<Appended, AppendError> {
    let clients = act.clients();
    let mut appender = Appender::begin(archive, conn, &clients).await?;
    let appended = appender.append(Draft::of(act, by, archive.clock.now())).await?;
    appender.finish().await?;
    project(conn, &appended).await?;
    Ok(appended)
}

/// Performs the one act that a transaction was opened for: durable once this returns, and sealed soon after.
pub async fn conclude(archive: &Archive, mut tx: Tx, act: Act, by: &str) -> Result<Appended, AppendError> {
    let appended = perform(archive, &mut tx, act, by).await?;
    tx.commit().await?;
    archive.sealer.wake();
    Ok(appended)
}

/// Changes the tables by an act that is in the journal; also what `rebuild` does. Captures are projected in batches
/// by `interaction::project`.
pub async fn project(conn: &mut Conn, appended: &Appended) -> Result<(), StorageError> {
    tables(conn, appended).await?;
    access::log::project(conn, appended).await
}

async fn tables(conn: &mut Conn, appended: &Appended) -> Result<(), StorageError> {
    let Meta { captured_at, act, .. } = &appended.meta;
    match act {
        Act::Founded { .. } | Act::Looked { .. } => Ok(()),
        Act::Interaction(_) | Act::Sighted { .. } | Act::Reread { .. } => Ok(()),
        Act::ClientAdded { client, facts } => client::store::insert(conn, *client, facts, *captured_at).await,
        Act::ClientChanged { client, facts } => client::store::update(conn, *client, facts).await,
        Act::AddressAdded { .. } => client::store::add_address(conn, appended).await,
        Act::AddressRemoved { client, kind, value } => {
            client::store::remove_address(conn, *client, *kind, value).await
        }
        Act::Assigned { .. } | Act::Unassigned { .. } | Act::Ignored { .. } | Act::Restored { .. } => {
            assignment::project::project(conn, appended).await
        }
        Act::OwnAddressAdded { kind, value } => {
            assignment::project::add_own(conn, *kind, value, *captured_at).await
        }
        Act::OwnAddressRemoved { kind, value } => assignment::project::remove_own(conn, *kind, value).await,
        Act::RuleAdded { .. } => assignment::project::add_rule(conn, appended).await,
        Act::RuleRemoved { rule } => assignment::project::remove_rule(conn, *rule).await,
        Act::AccountAdded { .. }
        | Act::Account { .. }
        | Act::Invitation { .. }
        | Act::TokenMade { .. }
        | Act::TokenRevoked { .. }
        | Act::SignInsRefused(_) => user::project::project(conn, &appended.meta).await,
        Act::EvidenceMade(_) => evidence::store::project(conn, appended).await,
        Act::Timestamped { .. } => super::timestamp::project(conn, appended).await,
        Act::GuidelineIssued { .. }
        | Act::GuidelineAccepted { .. }
        | Act::GuidelineReminded { .. }
        | Act::GuidelineWithdrawn { .. } => guideline::store::project(conn, appended).await,
        Act::Webhook { .. } => webhook::project::project(conn, &appended.meta).await,
        Act::TeamAdded { .. }
        | Act::TeamRenamed { .. }
        | Act::TeamRemoved { .. }
        | Act::TeamMembersSet { .. }
        | Act::ClientAccessSet { .. }
        | Act::SensitivitySet { .. }
        | Act::GrantMade { .. }
        | Act::GrantEnded { .. }
        | Act::AccountAddressesSet { .. } => access::project::project(conn, appended).await,
    }
}

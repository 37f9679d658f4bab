//! The log's lines, made from acts.

use std::borrow::Cow;

use super::Look;
use crate::archive::id::{ClientId, InteractionKey};
use crate::evidence::Given;
use crate::journal::act::{Act, Meta};
use crate::journal::append::Appended;
use crate::storage::bulk::{self, Value};
use crate::storage::{Conn, StorageError};
use crate::user::event::{AccountEvent, InvitationEvent};
use crate::webhook::WebhookChange;

/// One line about to be written.
struct Line<'a> {
    at: i64,
    by: &'a str,
    kind: &'static str,
    client: Option<ClientId>,
    interaction: Option<InteractionKey>,
    detail: Cow<'a, str>,
}

/// What an act is called, whom it concerns, and what is worth saying of it.
type Said<'a> = (
    &'static str,
    Option<ClientId>,
    Option<InteractionKey>,
    Cow<'a, str>,
);

/// Writes the lines of an act. Captures have none: they are the timeline.
pub async fn project(conn: &mut Conn, appended: &Appended) -> Result<(), StorageError> {
    let meta = &appended.meta;
    let lines: Vec<Line<'_>> = match &meta.act {
        Act::Looked { looks } => looks.iter().map(Line::of).collect(),
        Act::EvidenceMade(given) => given_out(meta, given),
        act => said(act)
            .into_iter()
            .map(|(kind, client, interaction, detail)| Line {
                at: meta.captured_at,
                by: &meta.by,
                kind,
                client,
                interaction,
                detail,
            })
            .collect(),
    };
    let rows: Vec<Vec<Value<'_>>> = (0..)
        .zip(&lines)
        .map(|(position, line)| {
            vec![
                Value::Int(appended.record.0),
                Value::Int(position),
                Value::Int(line.at),
                Value::Text(line.by),
                Value::Text(line.kind),
                Value::MaybeInt(line.client.map(|client| client.0)),
                Value::MaybeInt(line.interaction.map(|key| key.0)),
                Value::Text(&line.detail),
            ]
        })
        .collect();
    let columns = [
        "record_id",
        "position",
        "happened_at",
        "by_name",
        "kind",
        "client_id",
        "interaction_key",
        "detail",
    ];
    bulk::insert(conn, ("log_entry", &columns), &rows, "").await
}

impl<'a> Line<'a> {
    fn of(look: &'a Look) -> Line<'a> {
        Line {
            at: look.at,
            by: &look.by,
            kind: look.kind.name(),
            client: look.client,
            interaction: look.interaction,
            detail: Cow::Borrowed(&look.detail),
        }
    }
}

/// A package is a line of each client it tells of, and of each interaction that is in it.
fn given_out<'a>(meta: &'a Meta, given: &'a Given) -> Vec<Line<'a>> {
    let line = |kind, client, interaction| Line {
        at: meta.captured_at,
        by: &meta.by,
        kind,
        client,
        interaction,
        detail: Cow::Borrowed(given.purpose.as_str()),
    };
    let clients = given.clients.iter();
    let mut lines: Vec<Line<'a>> = clients
        .map(|client| line("evidence-made", Some(*client), None))
        .collect();
    if lines.is_empty() {
        lines.push(line("evidence-made", None, None));
    }
    let items = given.interactions.iter();
    lines.extend(items.map(|interaction| line("evidence-given", None, Some(*interaction))));
    lines
}

fn said(act: &Act) -> Option<Said<'_>> {
    type Plain<'a> = (&'static str, Option<ClientId>, Option<InteractionKey>, &'a str);
    let (kind, client, interaction, detail): Plain<'_> = match act {
        Act::ClientAdded { client, .. } => ("client-added", Some(*client), None, ""),
        Act::ClientChanged { client, .. } => ("client-changed", Some(*client), None, ""),
        Act::AddressAdded { client, value, .. } => ("address-added", Some(*client), None, value),
        Act::AddressRemoved { client, value, .. } => ("address-removed", Some(*client), None, value),
        Act::ClientAccessSet { client, .. } => ("client-access-set", Some(*client), None, ""),
        Act::Assigned { interactions, to } => match interactions.as_slice() {
            [one] => ("assigned", Some(to.client), Some(*one), &to.detail),
            _ => ("assigned-many", Some(to.client), None, &to.detail),
        },
        Act::Unassigned {
            interaction,
            client,
            reason,
        } => ("unassigned", Some(*client), Some(*interaction), reason),
        Act::Ignored { interaction, reason } => ("ignored", None, Some(*interaction), reason),
        Act::Restored { interaction } => ("restored", None, Some(*interaction), ""),
        Act::SensitivitySet {
            interactions,
            sensitivity,
            ..
        } => (
            "sensitivity-set",
            None,
            interactions.first().copied(),
            sensitivity.name(),
        ),
        Act::RuleAdded { client, needle, .. } => ("rule-added", Some(*client), None, needle),
        Act::RuleRemoved { .. } => ("rule-removed", None, None, ""),
        Act::Timestamped { authority, .. } => ("timestamped", None, None, authority),
        Act::OwnAddressAdded { value, .. } => ("own-address-added", None, None, value),
        Act::OwnAddressRemoved { value, .. } => ("own-address-removed", None, None, value),
        Act::SignInsRefused(refused) => {
            let count = refused.others + refused.refused.iter().map(|one| one.count).sum::<u64>();
            return Some(("sign-ins-refused", None, None, Cow::Owned(count.to_string())));
        }
        other => {
            let (kind, detail) = of_people(other)
                .or_else(|| of_guidelines(other))
                .or_else(|| of_webhooks(other))?;
            (kind, None, None, detail)
        }
    };
    Some((kind, client, interaction, Cow::Borrowed(detail)))
}

fn of_people(act: &Act) -> Option<(&'static str, &str)> {
    Some(match act {
        Act::AccountAdded { name, .. } => ("account-added", name.as_str()),
        Act::Account { event, .. } => match event {
            AccountEvent::RoleChanged { role } => ("account-role-changed", role.as_str()),
            AccountEvent::Removed => ("account-removed", ""),
            AccountEvent::OwnerKept => ("account-owner-kept", ""),
            AccountEvent::PasswordSet => ("account-password-set", ""),
            AccountEvent::FactorAdded { .. } => ("account-factor-added", ""),
            AccountEvent::FactorRemoved { .. } => ("account-factor-removed", ""),
            AccountEvent::FactorsReset => ("account-factors-reset", ""),
            AccountEvent::RecoveryCodesMade => ("account-codes-made", ""),
            AccountEvent::IdentityLinked { called, .. } => ("account-identity-linked", called.as_str()),
            AccountEvent::IdentityUnlinked { .. } => ("account-identity-unlinked", ""),
            AccountEvent::SignedIn { from, .. } => ("account-signed-in", from.as_str()),
            AccountEvent::SignedOut { .. } => ("account-signed-out", ""),
            AccountEvent::SessionsEnded { .. } => ("account-sessions-ended", ""),
        },
        Act::Invitation { event, .. } => match event {
            InvitationEvent::Made { name, .. } => ("invitation-made", name.as_str()),
            InvitationEvent::Withdrawn => ("invitation-withdrawn", ""),
            InvitationEvent::Accepted { .. } => ("invitation-accepted", ""),
        },
        Act::TokenMade { name, .. } => ("token-made", name.as_str()),
        Act::TokenRevoked { .. } => ("token-revoked", ""),
        Act::TeamAdded { name, .. } => ("team-added", name.as_str()),
        Act::TeamRenamed { name, .. } => ("team-renamed", name.as_str()),
        Act::TeamRemoved { .. } => ("team-removed", ""),
        Act::TeamMembersSet { .. } => ("team-members-set", ""),
        Act::GrantMade { .. } => ("grant-made", ""),
        Act::GrantEnded { .. } => ("grant-ended", ""),
        Act::AccountAddressesSet { .. } => ("mailboxes-set", ""),
        _ => return None,
    })
}

fn of_guidelines(act: &Act) -> Option<(&'static str, &str)> {
    Some(match act {
        Act::GuidelineIssued { text, .. } => ("guideline-issued", text.title.as_str()),
        Act::GuidelineAccepted { .. } => ("guideline-accepted", ""),
        Act::GuidelineReminded { .. } => ("guideline-reminded", ""),
        Act::GuidelineWithdrawn { .. } => ("guideline-withdrawn", ""),
        _ => return None,
    })
}

fn of_webhooks(act: &Act) -> Option<(&'static str, &str)> {
    let Act::Webhook { change, .. } = act else {
        return None;
    };
    Some(match change {
        WebhookChange::Made { name, .. } => ("webhook-made", name.as_str()),
        WebhookChange::Changed { name, .. } => ("webhook-changed", name.as_str()),
        WebhookChange::Paused { .. } => ("webhook-paused", ""),
        WebhookChange::Resumed => ("webhook-resumed", ""),
        WebhookChange::SecretRotated => ("webhook-secret-rotated", ""),
        WebhookChange::Removed => ("webhook-removed", ""),
    })
}

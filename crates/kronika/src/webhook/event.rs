//! What a webhook can be told: made from acts, each time the same.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::Scope;
use crate::access::store::{client_access, interaction_access};
use crate::archive::id::{ClientId, InteractionKey};
use crate::assignment::Assigned;
use crate::journal::act::Act;
use crate::storage::{Conn, StorageError};

/// A kind of event
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub enum EventKind {
    /// A message was recorded.
    #[serde(rename = "interaction.recorded")]
    InteractionRecorded,
    /// A message that could not be read is readable now, under a new id.
    #[serde(rename = "interaction.reread")]
    InteractionReread,
    /// An interaction belongs to a client now.
    #[serde(rename = "interaction.assigned")]
    InteractionAssigned,
    /// An interaction belongs to a client no more.
    #[serde(rename = "interaction.unassigned")]
    InteractionUnassigned,
    /// An interaction was set aside from the inbox.
    #[serde(rename = "interaction.ignored")]
    InteractionIgnored,
    /// An interaction that was set aside is back.
    #[serde(rename = "interaction.restored")]
    InteractionRestored,
    /// There is a new client.
    #[serde(rename = "client.created")]
    ClientCreated,
    /// A client or what points at it was changed.
    #[serde(rename = "client.changed")]
    ClientChanged,
    /// Somebody asked for a test.
    #[serde(rename = "webhook.test")]
    Test,
}

impl EventKind {
    /// Those that can be chosen.
    pub const ALL: [EventKind; 8] = [
        EventKind::InteractionRecorded,
        EventKind::InteractionReread,
        EventKind::InteractionAssigned,
        EventKind::InteractionUnassigned,
        EventKind::InteractionIgnored,
        EventKind::InteractionRestored,
        EventKind::ClientCreated,
        EventKind::ClientChanged,
    ];

    /// The name in messages, forms and tables.
    pub fn name(self) -> &'static str {
        match self {
            EventKind::InteractionRecorded => "interaction.recorded",
            EventKind::InteractionReread => "interaction.reread",
            EventKind::InteractionAssigned => "interaction.assigned",
            EventKind::InteractionUnassigned => "interaction.unassigned",
            EventKind::InteractionIgnored => "interaction.ignored",
            EventKind::InteractionRestored => "interaction.restored",
            EventKind::ClientCreated => "client.created",
            EventKind::ClientChanged => "client.changed",
            EventKind::Test => "webhook.test",
        }
    }

    /// The key of the text that says it.
    pub fn key(self) -> &'static str {
        match self {
            EventKind::InteractionRecorded => "webhook-event-interaction-recorded",
            EventKind::InteractionReread => "webhook-event-interaction-reread",
            EventKind::InteractionAssigned => "webhook-event-interaction-assigned",
            EventKind::InteractionUnassigned => "webhook-event-interaction-unassigned",
            EventKind::InteractionIgnored => "webhook-event-interaction-ignored",
            EventKind::InteractionRestored => "webhook-event-interaction-restored",
            EventKind::ClientCreated => "webhook-event-client-created",
            EventKind::ClientChanged => "webhook-event-client-changed",
            EventKind::Test => "webhook-event-test",
        }
    }

    /// One of those that can be chosen, or a test.
    pub fn named(name: &str) -> Option<EventKind> {
        EventKind::ALL
            .into_iter()
            .chain([EventKind::Test])
            .find(|kind| kind.name() == name)
    }
}

/// Something that happened, and to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    pub kind: EventKind,
    pub interaction: Option<InteractionKey>,
    pub client: Option<ClientId>,
}

impl Event {
    fn of_interaction(kind: EventKind, interaction: InteractionKey) -> Event {
        Event {
            kind,
            interaction: Some(interaction),
            client: None,
        }
    }

    fn of_client(kind: EventKind, client: ClientId) -> Event {
        Event {
            kind,
            interaction: None,
            client: Some(client),
        }
    }

    fn assigned(interaction: InteractionKey, client: ClientId) -> Event {
        Event {
            kind: EventKind::InteractionAssigned,
            interaction: Some(interaction),
            client: Some(client),
        }
    }

    /// Whether everything it tells of is seen. What does not exist any more is not.
    pub async fn is_seen(&self, conn: &mut Conn, scope: Scope<'_>) -> Result<bool, StorageError> {
        if let Some(interaction) = self.interaction {
            let facts = interaction_access(conn, interaction).await?;
            if !facts.is_some_and(|facts| scope.sees_interaction(&facts)) {
                return Ok(false);
            }
        }
        if let Some(client) = self.client {
            let facts = client_access(conn, client).await?;
            return Ok(facts.is_some_and(|facts| scope.sees_client(&facts)));
        }
        Ok(true)
    }
}

/// What an act tells, in an order that stays: an event is known by its act and its number.
pub fn events_of(act: &Act) -> Vec<Event> {
    let recorded = |kind, interaction, assigned: &[Assigned]| {
        let assigned = assigned
            .iter()
            .map(|one| Event::assigned(interaction, one.client));
        let first = Event::of_interaction(kind, interaction);
        std::iter::once(first).chain(assigned).collect()
    };
    let with = |first: Option<Event>, interactions: &[InteractionKey], client| {
        let assigned = interactions.iter().map(|key| Event::assigned(*key, client));
        first.into_iter().chain(assigned).collect()
    };
    match act {
        Act::Interaction(it) => recorded(EventKind::InteractionRecorded, it.interaction, &it.assigned),
        Act::Reread { recorded: it, .. } => {
            recorded(EventKind::InteractionReread, it.interaction, &it.assigned)
        }
        Act::ClientAdded { client, .. } => vec![Event::of_client(EventKind::ClientCreated, *client)],
        Act::ClientChanged { client, .. } | Act::AddressRemoved { client, .. } => {
            vec![Event::of_client(EventKind::ClientChanged, *client)]
        }
        Act::AddressAdded { client, assigned, .. } => {
            let changed = Event::of_client(EventKind::ClientChanged, *client);
            with(Some(changed), assigned, *client)
        }
        Act::Assigned { interactions, to } => with(None, interactions, to.client),
        Act::RuleAdded { client, assigned, .. } => with(None, assigned, *client),
        Act::Unassigned {
            interaction, client, ..
        } => vec![Event {
            kind: EventKind::InteractionUnassigned,
            ..Event::assigned(*interaction, *client)
        }],
        Act::Ignored { interaction, .. } => {
            vec![Event::of_interaction(EventKind::InteractionIgnored, *interaction)]
        }
        Act::Restored { interaction } => {
            vec![Event::of_interaction(
                EventKind::InteractionRestored,
                *interaction,
            )]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_name_and_written_by_it() {
        for kind in EventKind::ALL.into_iter().chain([EventKind::Test]) {
            assert_eq!(EventKind::named(kind.name()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
        assert_eq!(EventKind::named("interaction.read"), None);
    }
}

//! Keeps telling webhooks what happened, while the server runs. Each webhook is told by itself: one that hangs or is
//! down keeps nobody else waiting.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use futures::stream;
use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::delivery::{self, Delivery};
use super::follow::follow;
use super::send::{Answer, message, send, tried};
use super::store::{self, KeyringOrStorage};
use super::{PausedFor, act};
use crate::access::Scope;
use crate::archive::Archive;
use crate::archive::id::WebhookId;
use crate::journal::load::LoadError;
use crate::outgoing::Outgoing;
use crate::storage::{StorageError, crash_point};

/// Another program may have sealed something, and what was tried may be due again: looked after this often.
const LOOKED_AFTER: Duration = Duration::from_secs(2);
/// Events that one webhook is told at the same time.
const IN_FLIGHT: usize = 4;
/// Deliveries that are looked up in one go.
const AT_ONCE: i64 = 32;
/// What was delivered long ago is looked for this often (microseconds).
const TIDIED_EVERY: i64 = 3600 * 1_000_000;

#[derive(Debug, thiserror::Error)]
pub enum CourierError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error(transparent)]
    Secret(#[from] KeyringOrStorage),
    #[error(transparent)]
    Act(#[from] act::WebhookError),
}

/// Tells webhooks.
pub struct Courier {
    archive: Arc<Archive>,
    outgoing: Arc<Outgoing>,
    /// Where people reach the archive: scheme, host and port.
    public: String,
    wake: Notify,
}

impl Courier {
    pub fn new(archive: Arc<Archive>, outgoing: Arc<Outgoing>, public: String) -> Courier {
        Courier {
            archive,
            outgoing,
            public,
            wake: Notify::new(),
        }
    }

    /// Says that something waits to be sent.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Tells what happens, for ever.
    pub async fn run(self: Arc<Self>) {
        let mut sealed = self.archive.sealer.watch();
        let mut lanes = JoinSet::new();
        let mut busy = HashSet::new();
        let mut tidied_at = 0;
        loop {
            let more = match self.begin_lanes(&mut lanes, &mut busy).await {
                Ok(more) => more,
                Err(error) => {
                    tracing::error!(%error, "webhooks could not be told");
                    false
                }
            };
            let now = self.archive.clock.now();
            if now - tidied_at > TIDIED_EVERY {
                tidied_at = now;
                if let Err(error) = self.tidy(now).await {
                    tracing::error!(%error, "old deliveries could not be forgotten");
                }
            }
            while let Some(Ok(webhook)) = lanes.try_join_next() {
                busy.remove(&webhook);
            }
            if more {
                continue;
            }
            tokio::select! {
                _ = sealed.changed() => {}
                () = self.wake.notified() => {}
                Some(ended) = lanes.join_next() => {
                    if let Ok(webhook) = ended {
                        busy.remove(&webhook);
                    }
                }
                () = tokio::time::sleep(LOOKED_AFTER) => {}
            }
        }
    }

    /// Reads the journal on, and begins to tell whoever has something due; whether there may be more to read.
    async fn begin_lanes(
        self: &Arc<Self>,
        lanes: &mut JoinSet<WebhookId>,
        busy: &mut HashSet<WebhookId>,
    ) -> Result<bool, CourierError> {
        let more = follow(&self.archive).await?;
        for webhook in self.due().await? {
            if busy.insert(webhook) {
                let courier = self.clone();
                lanes.spawn(async move {
                    if let Err(error) = courier.lane(webhook).await {
                        tracing::error!(%error, webhook.id = %webhook, "a webhook could not be told");
                        tokio::time::sleep(LOOKED_AFTER).await;
                    }
                    webhook
                });
            }
        }
        Ok(more)
    }

    /// Tells everything that is due, and comes back.
    pub async fn turn(&self) -> Result<(), CourierError> {
        while follow(&self.archive).await? {}
        for webhook in self.due().await? {
            self.lane(webhook).await?;
        }
        Ok(())
    }

    /// Webhooks that something is due for.
    async fn due(&self) -> Result<Vec<WebhookId>, StorageError> {
        let mut conn = self.archive.db.read().await?;
        let now = self.archive.clock.now();
        let mut due = Vec::new();
        for webhook in store::going_on(&mut conn).await? {
            let next = delivery::next_at(&mut conn, webhook.id).await?;
            let is_due = next.is_some_and(|next| next <= now);
            if is_due && store::person(&mut conn, &webhook, now).await?.is_some() {
                due.push(webhook.id);
            }
        }
        Ok(due)
    }

    async fn tidy(&self, now: i64) -> Result<(), StorageError> {
        let mut tx = self.archive.db.begin().await?;
        delivery::forget_old(&mut tx, now).await?;
        tx.commit().await
    }

    /// Tells one webhook everything that is due, as long as it goes on.
    async fn lane(&self, webhook: WebhookId) -> Result<(), CourierError> {
        loop {
            let due = {
                let mut conn = self.archive.db.read().await?;
                let now = self.archive.clock.now();
                delivery::due(&mut conn, webhook, (now, AT_ONCE)).await?
            };
            if due.is_empty() {
                return Ok(());
            }
            let mut told = stream::iter(due)
                .map(|delivery| self.tell(delivery))
                .buffer_unordered(IN_FLIGHT);
            let mut goes_on = true;
            while let Some(told) = told.next().await {
                goes_on &= told?;
            }
            if !goes_on {
                return Ok(());
            }
        }
    }

    /// Tells one event, if its webhook's account sees what it is about at this moment; whether the webhook goes on.
    async fn tell(&self, delivery: Delivery) -> Result<bool, CourierError> {
        let mut conn = self.archive.db.read().await?;
        let now = self.archive.clock.now();
        let Some(webhook) = store::still_going_on(&mut conn, delivery.webhook).await? else {
            return Ok(false);
        };
        let Some(person) = store::person(&mut conn, &webhook, now).await? else {
            return Ok(false);
        };
        if !delivery
            .event
            .is_seen(&mut conn, Scope::of(&person).later())
            .await?
        {
            drop(conn);
            let mut tx = self.archive.db.begin().await?;
            delivery::withdraw(&mut tx, delivery.id).await?;
            tx.commit().await?;
            return Ok(true);
        }
        let secrets = store::secrets(&self.archive, &mut conn, webhook.id).await?;
        drop(conn);
        let message = message(&delivery, &self.archive.config.origin, &self.public);
        let told = (delivery.event_id(), &message);
        let answer = send(&self.outgoing, (&webhook, &secrets), (&told.0, told.1), now).await;
        crash_point("told");
        self.note(&delivery, &answer).await?;
        if answer == Answer::Gone {
            act::pause(&self.archive, webhook.id, PausedFor::Gone, "kronika").await?;
            return Ok(false);
        }
        Ok(true)
    }

    async fn note(&self, delivery: &Delivery, answer: &Answer) -> Result<(), StorageError> {
        let tried = tried(delivery, answer, (self.archive.clock.now(), rand::random()));
        let (state, status) = (tried.state.name(), tried.status);
        tracing::debug!(delivery.id = %delivery.id, state, status, "a webhook was told");
        let mut tx = self.archive.db.begin().await?;
        delivery::note(&mut tx, delivery.id, tried).await?;
        tx.commit().await
    }
}

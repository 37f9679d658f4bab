//! Webhooks: who is told what happens, and what became of it.

use askama::Template;

use super::kinds::Instant;
use super::link::link;
use super::page::Page;

/// `GET /settings/webhooks`
#[derive(Template)]
#[template(path = "webhook/list.html")]
pub struct Webhooks {
    pub page: Page,
    pub lines: Vec<WebhookLine>,
    /// What is filled in.
    pub form: WebhookForm,
    /// The key of a text that says what is wrong with it.
    pub mistake: Option<&'static str>,
}

#[derive(Clone, Debug)]
pub struct WebhookLine {
    pub id: String,
    pub name: String,
    pub url: String,
    /// Whose it is, when it is somebody else's.
    pub of: Option<String>,
    pub standing: Standing,
    /// Dead letters, of one's own.
    pub dead: u64,
}

/// Whether it is told anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    On,
    Paused,
    /// The address said that it is gone.
    Gone,
}

/// Names and texts' keys of all kinds of events, and whether each is chosen.
#[derive(Clone, Debug, Default)]
pub struct WebhookForm {
    pub name: String,
    pub url: String,
    pub events: Vec<(&'static str, &'static str, bool)>,
}

/// `GET /settings/webhooks/{webhook}`
#[derive(Template)]
#[template(path = "webhook/show.html")]
pub struct WebhookPage {
    pub page: Page,
    pub webhook: WebhookLine,
    pub form: WebhookForm,
    pub outcome: Outcome,
    /// Newest first; none of somebody else's webhook.
    pub deliveries: Vec<Sent>,
    /// Whether only dead letters are shown.
    pub only_dead: bool,
    /// What to send as `before` for older ones.
    pub next: Option<String>,
}

/// What became of what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    None,
    /// A secret, shown this once.
    Secret(String),
    /// The key of a text that says what is wrong.
    Mistake(&'static str),
}

/// One event on its way.
#[derive(Clone, Debug)]
pub struct Sent {
    pub id: String,
    pub happened_at: Instant,
    /// The key of the event's text, and its name.
    pub event: (&'static str, &'static str),
    pub state: SentState,
    pub tries: u64,
    /// What the last try failed by.
    pub reason: Option<String>,
    pub status: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SentState {
    /// Until when.
    Waiting(Instant),
    /// When.
    Delivered(Instant),
    Dead,
}

impl Sent {
    /// The key of the text that says why it failed.
    fn why(&self) -> Option<&'static str> {
        Some(match self.reason.as_deref()? {
            "address" => "webhook-reason-address",
            "refused" => "webhook-reason-refused",
            "unknown" => "webhook-reason-unknown",
            "slow" => "webhook-reason-slow",
            "certificate" => "webhook-reason-certificate",
            "long" => "webhook-reason-long",
            "broken" => "webhook-reason-broken",
            "gone" => "webhook-reason-gone",
            "redirect" => "webhook-reason-redirect",
            "status" => "webhook-reason-status",
            _ => "webhook-reason-unreachable",
        })
    }
}

impl WebhookPage {
    fn older(&self) -> Option<String> {
        let before = self.next.as_deref()?;
        let state = if self.only_dead { "dead" } else { "" };
        let path = format!("/settings/webhooks/{}", self.webhook.id);
        Some(link(&path, &[("state", state), ("before", before)]))
    }
}

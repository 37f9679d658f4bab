//! What webhooks are told, described beside what programs may ask.

use serde_json::{Value, json};
use utoipa::ToSchema;

use super::shape::{Id, Moment};
use crate::webhook::event::EventKind;

/// What a webhook is told: ids and where to ask, never content
#[derive(ToSchema)]
#[allow(dead_code, reason = "it is only described")]
pub struct WebhookMessage {
    /// The same at every try, as in the header `webhook-id`.
    #[schema(example = "1hn8gq0k4t2ab-0")]
    id: String,
    r#type: EventKind,
    /// When it happened.
    timestamp: Moment,
    data: WebhookData,
}

/// What it is about
#[derive(ToSchema)]
#[allow(dead_code, reason = "it is only described")]
pub struct WebhookData {
    /// The archive’s own name, as in its checkpoints.
    #[schema(example = "kronika.archive/75e54d080fe82cb5")]
    archive: String,
    /// Where it stands in the journal; absent in a test. Events may come in another order.
    #[schema(minimum = 0)]
    entry: Option<u64>,
    interaction: Option<WebhookThing>,
    client: Option<WebhookThing>,
}

/// Something in the archive
#[derive(ToSchema)]
#[allow(dead_code, reason = "it is only described")]
pub struct WebhookThing {
    id: Id,
    /// Where the API answers about it.
    #[schema(example = "https://kronika.example/api/v1/clients/1hn8gq0k4t2ab")]
    url: String,
}

/// The section `webhooks` of the document.
pub fn described() -> Value {
    let header = |name: &str, text: &str| {
        json!({ "name": name, "in": "header", "required": true, "description": text,
            "schema": { "type": "string" } })
    };
    json!({ "event": { "post": {
        "tags": ["Webhooks"],
        "summary": "Something happened",
        "description": "Sent to the webhook’s address, at least once; signed as Standard Webhooks says.",
        "security": [],
        "parameters": [
            header("webhook-id", "The event; the same at every try."),
            header("webhook-timestamp", "When it was sent, in seconds since 1970."),
            header("webhook-signature", "`v1,` and HMAC-SHA256 of id, timestamp and body; several during a change of \
                the secret, with spaces between."),
        ],
        "requestBody": { "required": true, "content": { "application/json": {
            "schema": { "$ref": "#/components/schemas/WebhookMessage" } } } },
        "responses": {
            "2XX": { "description": "Taken" },
            "410": { "description": "Gone for good: the webhook is paused" },
            "default": { "description": "It is sent again later, not before Retry-After" },
        },
    }}})
}

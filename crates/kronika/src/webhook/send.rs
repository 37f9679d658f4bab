//! One try to tell one event.

use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, Request, StatusCode};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::Webhook;
use super::delivery::{Delivery, State, Tried};
use super::sign::{Secret, signatures};
use crate::outgoing::{Outgoing, OutgoingError};

/// Seconds between one try and the next: ten tries within little more than three days.
const PAUSES: [i64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
const A_SECOND: i64 = 1_000_000;
/// Nobody is waited for longer, whatever they ask for.
const LONGEST_PAUSE: i64 = 86_400;

/// What an address answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    Taken(u16),
    /// It is gone for good.
    Gone,
    Refused {
        status: u16,
        /// Seconds.
        wait: Option<i64>,
    },
    None(OutgoingError),
}

/// What is told: ids and where to ask, never content.
pub(super) fn message(delivery: &Delivery, archive: &str, public: &str) -> Value {
    let mut data = json!({ "archive": archive });
    if let Some(position) = delivery.position {
        data["entry"] = json!(position);
    }
    let thing = |path: &str, id: String| json!({ "id": id, "url": format!("{public}/api/v1/{path}/{id}") });
    if let Some(key) = delivery.event.interaction {
        data["interaction"] = thing("interactions", key.to_string());
    }
    if let Some(client) = delivery.event.client {
        data["client"] = thing("clients", client.to_string());
    }
    let happened = Timestamp::from_microsecond(delivery.happened_at).unwrap_or(Timestamp::MAX);
    json!({
        "id": delivery.event_id(),
        "type": delivery.event.kind.name(),
        "timestamp": happened.to_string(),
        "data": data,
    })
}

/// Tells it. `at` is now, in microseconds.
pub(super) async fn send(
    outgoing: &Outgoing,
    (webhook, secrets): (&Webhook, &[Secret]),
    (id, message): (&str, &Value),
    at: i64,
) -> Answer {
    let body = message.to_string().into_bytes();
    let seconds = at.div_euclid(A_SECOND);
    let request = Request::post(&webhook.url)
        .header(CONTENT_TYPE, "application/json")
        .header("webhook-id", id)
        .header("webhook-timestamp", seconds)
        .header("webhook-signature", signatures(secrets, id, seconds, &body))
        .body(body);
    let Ok(request) = request else {
        return Answer::None(OutgoingError::Malformed);
    };
    match outgoing.request(request).await {
        Err(error) => Answer::None(error),
        Ok(response) if response.status().is_success() => Answer::Taken(response.status().as_u16()),
        Ok(response) if response.status() == StatusCode::GONE => Answer::Gone,
        Ok(response) => Answer::Refused {
            status: response.status().as_u16(),
            wait: wait(response.headers(), at),
        },
    }
}

/// `Retry-After`, in seconds or as a date.
fn wait(headers: &HeaderMap, now: i64) -> Option<i64> {
    let asked = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let seconds = match asked.parse::<i64>() {
        Ok(seconds) => seconds,
        Err(_) => {
            let date = jiff::fmt::rfc2822::parse(asked).ok()?;
            date.timestamp().as_second() - now.div_euclid(A_SECOND)
        }
    };
    Some(seconds.clamp(0, LONGEST_PAUSE))
}

/// What a try makes of a delivery. `chance` is between 0 and 1.
pub(super) fn tried(delivery: &Delivery, answer: &Answer, (now, chance): (i64, f64)) -> Tried {
    let tries = delivery.tries + 1;
    let (status, reason, wait) = match answer {
        Answer::Taken(status) => {
            return Tried {
                state: State::Delivered,
                tries,
                next_at: now,
                tried_at: now,
                status: Some(i64::from(*status)),
                reason: None,
            };
        }
        Answer::Gone => (Some(410), "gone", None),
        Answer::Refused { status, wait } if (300..400).contains(status) => {
            (Some(i64::from(*status)), "redirect", *wait)
        }
        Answer::Refused { status, wait } => (Some(i64::from(*status)), "status", *wait),
        Answer::None(error) => (None, name(error), None),
    };
    let pause = usize::try_from(tries - 1).ok().and_then(|past| PAUSES.get(past));
    Tried {
        state: match pause {
            Some(_) => State::Waiting,
            None => State::Dead,
        },
        tries,
        next_at: now
            + pause.map_or(0, |pause| {
                spread(*pause, chance).max(wait.unwrap_or(0) * A_SECOND)
            }),
        tried_at: now,
        status,
        reason: Some(reason),
    }
}

/// A tenth more or less, so that not everything comes back in one moment.
fn spread(seconds: i64, chance: f64) -> i64 {
    (seconds as f64 * A_SECOND as f64 * (0.9 + 0.2 * chance)) as i64
}

/// What a failure is called in the table; its text is `webhook-reason-` and this.
fn name(error: &OutgoingError) -> &'static str {
    match error {
        OutgoingError::Malformed | OutgoingError::Scheme | OutgoingError::Credentials => "address",
        OutgoingError::Refused => "refused",
        OutgoingError::Unknown => "unknown",
        OutgoingError::TooSlow => "slow",
        OutgoingError::Certificate => "certificate",
        OutgoingError::TooLong => "long",
        OutgoingError::Broken => "broken",
        OutgoingError::Unreachable | OutgoingError::Settings(_) | OutgoingError::Authorities(_) => {
            "unreachable"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::id::{DeliveryId, RecordId, WebhookId};
    use crate::webhook::event::{Event, EventKind};

    fn delivery(tries: i64) -> Delivery {
        Delivery {
            id: DeliveryId(1),
            webhook: WebhookId(1),
            event: Event {
                kind: EventKind::Test,
                interaction: None,
                client: None,
            },
            record: RecordId(1),
            number: 0,
            position: None,
            happened_at: 0,
            state: State::Waiting,
            tries,
            next_at: 0,
            tried_at: None,
            status: None,
            reason: None,
        }
    }

    #[test]
    fn it_is_tried_ten_times_in_three_days_and_is_dead_then() {
        let refused = Answer::Refused {
            status: 500,
            wait: None,
        };
        let (mut now, mut tries) = (0, 0);
        loop {
            let next = tried(&delivery(tries), &refused, (now, 0.5));
            (now, tries) = (next.next_at, next.tries);
            if next.state == State::Dead {
                break;
            }
        }
        assert_eq!(tries, 10);
        assert_eq!(now / A_SECOND / 3600, 75);
    }

    #[test]
    fn chance_moves_a_try_by_a_tenth_at_most_and_whoever_asks_for_time_gets_it() {
        let none = Answer::None(OutgoingError::TooSlow);
        assert_eq!(tried(&delivery(1), &none, (0, 0.0)).next_at, 270 * A_SECOND);
        assert_eq!(tried(&delivery(1), &none, (0, 1.0)).next_at, 330 * A_SECOND);
        let wait = |seconds| Answer::Refused {
            status: 429,
            wait: Some(seconds),
        };
        assert_eq!(tried(&delivery(0), &wait(60), (0, 0.5)).next_at, 60 * A_SECOND);
        assert_eq!(tried(&delivery(0), &wait(1), (0, 0.5)).next_at, 5 * A_SECOND);
    }

    #[test]
    fn a_time_to_wait_is_read_in_both_forms() {
        let asked = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, value.parse().unwrap());
            wait(&headers, 784_111_770 * A_SECOND)
        };
        assert_eq!(asked("120"), Some(120));
        assert_eq!(asked("Sun, 06 Nov 1994 08:49:37 GMT"), Some(7));
        assert_eq!(asked("999999999"), Some(LONGEST_PAUSE));
        assert_eq!(asked("-5"), Some(0));
        assert_eq!(asked("soon"), None);
    }
}

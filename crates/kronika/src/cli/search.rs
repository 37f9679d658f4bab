//! `kronika search`

use std::io::Write;

use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;

use super::output::padded;
use super::{Common, Failure, Finding};
use crate::access::Scope;
use crate::interaction::list::{Row, rows};
use crate::search::query::Query;
use crate::search::run::{Order, Page, find};

/// Find interactions by what they say
#[derive(Args)]
#[command(
    after_help = "All words must occur, in any form, with or without diacritics.\n\
    Filters: from: to: client: channel: direction: after: before: has:attachment; \"a phrase\"; -without\n\n\
    Examples:\n  kronika search 'faktura za marzec'\n  kronika search 'from:anna \"cena netto\" after:2026-03-01'\n  \
    kronika search --json 'договор' | jq .subject\n\n\
    Exit status: 0 something was found, 1 nothing was, 2 it could not be done."
)]
pub struct Search {
    #[command(flatten)]
    common: Common,
    /// What to look for
    query: String,
    /// Best match first instead of newest first
    #[arg(long)]
    best: bool,
    /// How many hits at most
    #[arg(long, default_value_t = 20, value_name = "N")]
    limit: i64,
}

impl Search {
    pub async fn run(self) -> Result<Finding, Failure> {
        let archive = self.common.open().await?;
        let mut conn = archive.db.read().await?;
        let zone = local_zone();
        // What was given whole is not being typed any more.
        let query = Query::parse(&format!("{} ", self.query), &zone);
        let order = if self.best { Order::Best } else { Order::Newest };
        let keys = find(
            &mut conn,
            Scope::everything(),
            &query,
            Page {
                order,
                before: None,
                limit: self.limit,
            },
        )
        .await?;
        let found = rows(&mut conn, Scope::everything(), &keys).await?;
        let mut out = std::io::stdout().lock();
        for row in &found {
            let line = if self.common.json {
                json_line(row)
            } else {
                text_line(row, &zone)
            };
            writeln!(out, "{line}")?;
        }
        Ok(if found.is_empty() {
            Finding::NeedsALook
        } else {
            Finding::Fine
        })
    }
}

/// The machine's zone. Read directly: looking its name up means walking through the whole zone database.
pub fn local_zone() -> TimeZone {
    match (std::env::var_os("TZ"), std::fs::read("/etc/localtime")) {
        (None, Ok(rules)) => TimeZone::tzif("local", &rules).unwrap_or(TimeZone::UTC),
        (None, Err(_)) => TimeZone::UTC,
        (Some(_), _) => TimeZone::system(),
    }
}

fn json_line(row: &Row) -> String {
    json!({
        "id": row.key.to_string(),
        "channel": row.channel.name(),
        "direction": row.direction.name(),
        "claimed_at": row.claimed_at.and_then(|at| Timestamp::from_microsecond(at).ok()).map(|at| at.to_string()),
        "captured_at": Timestamp::from_microsecond(row.captured_at).ok().map(|at| at.to_string()),
        "from": { "name": row.from_name, "address": row.from_address },
        "to": row.to_line,
        "subject": row.subject,
        "preview": row.preview,
        "attachments": row.attachment_count,
        "clients": row.clients.iter().map(|(_, name)| name).collect::<Vec<_>>(),
    })
    .to_string()
}

fn text_line(row: &Row, zone: &TimeZone) -> String {
    let at = Timestamp::from_microsecond(row.claimed_at.unwrap_or(row.captured_at)).unwrap_or_default();
    let day = at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
    let from = if row.from_name.is_empty() {
        &row.from_address
    } else {
        &row.from_name
    };
    let from: String = from.chars().take(24).collect();
    let clip = if row.attachment_count > 0 { "+" } else { " " };
    format!("{}  {day}  {clip} {} {}", row.key, padded(&from, 25), row.subject)
}

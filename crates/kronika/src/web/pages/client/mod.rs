//! Clients: the table, one client with its timeline, adding and changing.

mod form;
mod list;
mod show;

pub use form::{add_address, change, create, edit, new, remove_address};
pub use list::{home, list, list_rows, suggest};
pub use show::{show, timeline};

use std::collections::HashMap;

use crate::access::Scope;
use crate::archive::id::{ClientId, InteractionKey};
use crate::client::AddressKind;
use crate::client::store::{self, Client};
use crate::interaction;
use crate::storage::Conn;
use crate::web::refusal::Refusal;
use crate::web::view::client as view;
use crate::web::view::kinds::{self, Address};

/// Lines on one page of the table, and of a timeline.
const LINES: usize = 60;

async fn last_contacts(
    conn: &mut Conn,
    scope: Scope<'_>,
    clients: &[Client],
) -> Result<HashMap<InteractionKey, view::LastContact>, Refusal> {
    let keys: Vec<InteractionKey> = clients.iter().filter_map(|client| client.last).collect();
    let rows = interaction::list::rows(conn, scope, &keys).await?;
    let contact = |row: &interaction::list::Row| view::LastContact {
        at: row.claimed_at.unwrap_or(row.captured_at),
        channel: super::row::channel(row.channel),
        direction: super::row::direction(row.direction),
    };
    let mut found: HashMap<_, _> = rows.iter().map(|row| (row.key, contact(row))).collect();
    // One interaction may be the last of several clients.
    let shared: Vec<_> = keys
        .iter()
        .filter_map(|key| Some((*key, found.get(key)?.clone())))
        .collect();
    found.extend(shared);
    Ok(found)
}

async fn addresses(conn: &mut Conn, client: ClientId) -> Result<Vec<Address>, Refusal> {
    let addresses = store::addresses(conn, client).await?;
    Ok(addresses
        .into_iter()
        .map(|address| Address {
            kind: kind(address.kind),
            value: address.value,
        })
        .collect())
}

pub fn kind(kind: AddressKind) -> kinds::AddressKind {
    match kind {
        AddressKind::Email => kinds::AddressKind::Email,
        AddressKind::Domain => kinds::AddressKind::Domain,
    }
}

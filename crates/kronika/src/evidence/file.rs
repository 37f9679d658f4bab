//! A client's file in a package: number by number, an item or a hole.

use std::collections::{BTreeMap, HashMap};

use kronika_evidence::{ClientFile, Item, Place, Tombstone};
use kronika_tlog::Hash;

use super::{EvidenceError, Request};
use crate::archive::Archive;
use crate::archive::id::{ClientId, RecordId};
use crate::journal::act::Act;
use crate::journal::load;
use crate::on_db;
use crate::storage::Conn;

/// Words that stand in a package for a number without an item.
pub const NO_INTERACTION: &str = "not an interaction";
pub const NOT_CHOSEN: &str = "an interaction that was not chosen";
pub const IN_PART: &str = "given in part, without its metadata";
pub const WITHHELD: &str = "withheld: ";

/// What is given of a client's file.
pub struct Given<'a> {
    pub items: &'a [Item],
    pub tombstones: &'a [Tombstone],
    /// Entries of the journal that the package is under.
    pub size: u64,
}

/// The numbers of a client's file: all of them when all is asked for, else from the first item to the last. `None` when no
/// item has a number there, as when everything was assigned to the client only later.
pub async fn of(
    archive: &Archive,
    conn: &mut Conn,
    client: ClientId,
    (request, given): (&Request, &Given<'_>),
) -> Result<Option<ClientFile>, EvidenceError> {
    let is_whole = request.choice.is_whole_client();
    let mut records = Vec::new();
    for record in records_of(conn, client, (is_whole, given)).await? {
        let opened = load::open(archive, conn, record).await?;
        let meta = opened.meta()?;
        let Some(place) = meta.files.iter().find(|place| place.client == client) else {
            continue;
        };
        records.push((place.number.unsigned_abs(), opened.row.commitment, meta.act));
    }
    let mut places = given.places(records);
    places.sort_by_key(|place| place.number);
    if !is_whole {
        places = between_items(places);
    }
    let (Some(first), Some(last)) = (places.first(), places.last()) else {
        return Ok(None);
    };
    Ok(Some(ClientFile {
        client: client.to_string(),
        from: first.number,
        to: last.number,
        records: places,
    }))
}

/// Records that the client's key opens, of the whole journal or of the stretch that the items are in.
async fn records_of(
    conn: &mut Conn,
    client: ClientId,
    (is_whole, given): (bool, &Given<'_>),
) -> Result<Vec<RecordId>, EvidenceError> {
    const SQL: &str = "SELECT k.record_id FROM record_key k JOIN journal_leaf l ON l.record_id = k.record_id
        WHERE k.kek_id = $1 AND l.position BETWEEN $2 AND $3 ORDER BY l.position";
    let places = given.items.iter().map(|item| item.proof.index.cast_signed());
    let (first, last) = match is_whole {
        true => (0, given.size.cast_signed() - 1),
        false => (
            places.clone().min().unwrap_or_default(),
            places.max().unwrap_or_default(),
        ),
    };
    let records: Vec<i64> = on_db!(conn, c => {
        sqlx::query_scalar(SQL).bind(client.0).bind(first).bind(last).fetch_all(c).await
    })?;
    Ok(records.into_iter().map(RecordId).collect())
}

impl Given<'_> {
    fn places(&self, records: Vec<(u64, Hash, Act)>) -> Vec<Place> {
        let items: HashMap<Hash, (u64, bool)> = (1..)
            .zip(self.items)
            .map(|(number, item)| (item.leaf.commitment, (number, item.meta.is_some())))
            .collect();
        let withheld: BTreeMap<&str, &str> = self
            .tombstones
            .iter()
            .map(|hole| (hole.commitment.as_str(), hole.reason.as_str()))
            .collect();
        let place = |(number, hash, act): (u64, Hash, Act)| {
            let commitment = format!("{hash:x}");
            let (item, hole) = match (items.get(&hash), withheld.get(commitment.as_str())) {
                (Some((item, true)), _) => (Some(*item), None),
                (Some((_, false)), _) => (None, Some(IN_PART.to_owned())),
                (None, Some(reason)) => (None, Some(format!("{WITHHELD}{reason}"))),
                (None, None) => (None, Some(why(&act))),
            };
            Place {
                number,
                commitment,
                item,
                hole,
            }
        };
        records.into_iter().map(place).collect()
    }
}

/// From the first item to the last, those given in part among them.
fn between_items(mut places: Vec<Place>) -> Vec<Place> {
    let is_given = |place: &Place| place.item.is_some() || place.hole.as_deref() == Some(IN_PART);
    let first = places.iter().position(is_given).unwrap_or_default();
    let last = places.iter().rposition(is_given).map_or(0, |last| last + 1);
    places.truncate(last);
    places.drain(..first.min(last));
    places
}

/// What kind of record stands where there is no item.
fn why(act: &Act) -> String {
    let value = serde_json::to_value(act).unwrap_or_default();
    let kind = value.as_object().and_then(|act| act.keys().next().cloned());
    match act {
        Act::Interaction(_) => NOT_CHOSEN.to_owned(),
        _ => format!("{NO_INTERACTION}: {}", kind.unwrap_or_default()),
    }
}

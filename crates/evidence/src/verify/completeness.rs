//! Clients' files: the numbers and the chain of commitments.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use kronika_tlog::Hash;

use super::item::Item;
use super::{Claim, ClaimName, Findings, Opened, VerifyError};
use crate::completeness::{ClientFile, Place, Tombstone};
use crate::layout;
use crate::opening::bytes32;

/// Most bytes of the numbers, and of the tombstones.
const MAX_BYTES: u64 = 1 << 24;

/// What is not in the package, but must be in the journal.
#[derive(Default)]
pub struct Holes {
    /// Commitments of holes in clients' files.
    pub commitments: BTreeSet<Hash>,
    /// Places and commitments of what was withheld or erased.
    pub tombstones: Vec<(u64, Hash)>,
}

/// Checks the numbers against the items' metadata.
pub fn check<R: Read + Seek>(
    opened: &mut Opened<'_, R>,
    found: &mut Findings,
    items: &[Item],
) -> Result<Holes, VerifyError> {
    let claim = found.claim(ClaimName::Completeness);
    let mut holes = Holes {
        tombstones: read_tombstones(opened, claim)?,
        ..Holes::default()
    };
    let Some(bytes) = opened.read(layout::COMPLETENESS, MAX_BYTES, claim)? else {
        return Ok(holes);
    };
    let files: Vec<ClientFile> = match serde_json::from_slice(&bytes) {
        Ok(files) => files,
        Err(error) => {
            claim.wrong(format!("{}: {error}", layout::COMPLETENESS));
            return Ok(holes);
        }
    };
    if files.is_empty() {
        claim.say("It was not checked: the package is about no client's file.");
    }
    let mut clients = BTreeSet::new();
    for file in &files {
        if !clients.insert(file.client.as_str()) {
            claim.wrong(format!("client {} is told of twice", file.client));
        }
        Chain::new(file, items).check(claim, &mut holes);
    }
    Ok(holes)
}

fn read_tombstones<R: Read + Seek>(
    opened: &mut Opened<'_, R>,
    claim: &mut Claim,
) -> Result<Vec<(u64, Hash)>, VerifyError> {
    let mut tombstones = Vec::new();
    let Some(bytes) = opened.read(layout::TOMBSTONES, MAX_BYTES, claim)? else {
        return Ok(tombstones);
    };
    for (number, line) in (1..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
        let tombstone = serde_json::from_slice::<Tombstone>(line).ok();
        let place = tombstone.and_then(|one| Some((one.journal_index, bytes32(&one.commitment)?.into())));
        match place {
            Some(place) => tombstones.push(place),
            None => claim.wrong(format!(
                "{}: line {number} is not a tombstone",
                layout::TOMBSTONES
            )),
        }
    }
    Ok(tombstones)
}

/// One client's file beside the items that say they are in it.
struct Chain<'a> {
    file: &'a ClientFile,
    /// Items by their number in the client's file: number in the package, commitment, previous commitment.
    items: BTreeMap<u64, (u64, Hash, Option<Hash>)>,
}

impl<'a> Chain<'a> {
    fn new(file: &'a ClientFile, items: &[Item]) -> Chain<'a> {
        let mut places = BTreeMap::new();
        for item in items {
            let Some(leaf) = item.leaf else { continue };
            for place in item.files.iter().filter(|place| place.client == file.client) {
                let previous = place.previous.as_deref().and_then(bytes32).map(Hash::from);
                places.insert(place.number, (item.verdict.number, leaf.commitment, previous));
            }
        }
        Chain { file, items: places }
    }

    fn check(&self, claim: &mut Claim, holes: &mut Holes) {
        let ClientFile {
            client,
            from,
            to,
            records,
        } = self.file;
        let told: BTreeMap<u64, &Place> = records.iter().map(|place| (place.number, place)).collect();
        let is_counted = *from > 0
            && from.checked_add(records.len() as u64) == to.checked_add(1)
            && told.first_key_value().is_none_or(|(first, _)| first == from)
            && told.last_key_value().is_none_or(|(last, _)| last == to)
            && told.len() == records.len();
        if !is_counted {
            claim.wrong(format!(
                "client {client}: the numbers from {from} to {to} are not all there once"
            ));
        }
        let mut missing = 0;
        for place in told.values() {
            if let Err(problem) = self.check_place(place, &told) {
                claim.wrong(format!("client {client}, number {}: {problem}", place.number));
            }
            if place.item.is_none() {
                missing += 1;
                holes
                    .commitments
                    .extend(bytes32(&place.commitment).map(Hash::from));
            }
        }
        for number in self.items.keys().filter(|number| !told.contains_key(*number)) {
            claim.wrong(format!(
                "client {client}: number {number} is an item, but is not told of"
            ));
        }
        claim.checked(format!(
            "Client {client}: numbers {from} to {to}, of which {missing} are holes with a reason. Number and commitment \
             of the record before are part of each item's proven metadata. That nothing came after number {to} is the \
             archive's word."
        ));
    }

    fn check_place(&self, place: &Place, told: &BTreeMap<u64, &Place>) -> Result<(), String> {
        let commitment = bytes32(&place.commitment).map(Hash::from);
        let commitment = commitment.ok_or("its commitment is not 32 bytes in hexadecimal")?;
        match (place.item, &place.hole, self.items.get(&place.number)) {
            (None, Some(reason), None) if !reason.trim().is_empty() => return Ok(()),
            (None, None, None) => return Err("it is missing, and no reason is given".to_owned()),
            (Some(item), None, Some((number, found, _))) if item == *number && commitment == *found => {}
            (Some(item), _, _) => return Err(format!("item {item} is not this record")),
            _ => return Err("it is called a hole, but has no reason or is an item".to_owned()),
        }
        let previous = self
            .items
            .get(&place.number)
            .and_then(|(_, _, previous)| *previous);
        let before = place.number.checked_sub(1).and_then(|number| told.get(&number));
        match (before, previous) {
            (None, None) if place.number == 1 => Ok(()),
            (None, Some(_)) if place.number > 1 => Ok(()),
            (Some(before), Some(previous))
                if bytes32(&before.commitment).map(Hash::from) == Some(previous) =>
            {
                Ok(())
            }
            _ => Err("it does not name the record before it".to_owned()),
        }
    }
}

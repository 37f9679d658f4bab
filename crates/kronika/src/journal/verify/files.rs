//! The clients' files: numbered without gaps, and each record names the one before it.

use std::collections::{BTreeMap, HashMap};

use data_encoding::HEXLOWER;
use kronika_tlog::Hash;

use super::Report;
use crate::archive::id::ClientId;
use crate::journal::append::Appended;

/// The files as far as they were read.
#[derive(Default)]
pub struct Files {
    heads: HashMap<ClientId, (i64, Hash)>,
    /// Records of which the one before was not met yet: programs whose clocks differ record out of order.
    early: BTreeMap<(ClientId, i64), Link>,
}

struct Link {
    previous: Option<String>,
    commitment: Hash,
}

impl Files {
    pub fn take(&mut self, acts: &[Appended], report: &mut Report) {
        for act in acts {
            for place in &act.meta.files {
                let link = Link {
                    previous: place.previous.clone(),
                    commitment: act.commitment,
                };
                if self.early.insert((place.client, place.number), link).is_some() {
                    report.blame(said(place.client, place.number, "is there twice"));
                }
                self.advance(place.client, report);
            }
        }
    }

    fn advance(&mut self, client: ClientId, report: &mut Report) {
        loop {
            let head = self.heads.get(&client);
            let number = head.map_or(1, |(number, _)| number + 1);
            let Some(link) = self.early.remove(&(client, number)) else {
                return;
            };
            if link.previous != head.map(|(_, before)| HEXLOWER.encode(before.as_bytes())) {
                report.blame(said(
                    client,
                    number,
                    "names another record before it than there is",
                ));
            }
            self.heads.insert(client, (number, link.commitment));
        }
    }

    /// Blames what never found its place.
    pub fn finish(self, report: &mut Report) {
        for (client, number) in self.early.into_keys() {
            report.blame(said(
                client,
                number,
                "names another record before it, which is missing",
            ));
        }
    }
}

fn said(client: ClientId, number: i64, what: &str) -> String {
    format!("number {number} in the file of client {client} {what}")
}

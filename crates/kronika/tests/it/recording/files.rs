//! Every client's file counts from one without gaps, each record naming the one before it.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use kronika::archive::id::{ClientId, RecordId};
use kronika::assignment::act::{assign, unassign};

use crate::on_each_database;
use crate::support::{TestArchive, mail};

/// Number → (commitment in the journal, commitment of the one before as the record says it), by client.
async fn files(archive: &TestArchive) -> BTreeMap<ClientId, BTreeMap<i64, (String, Option<String>)>> {
    let mut files: BTreeMap<ClientId, BTreeMap<i64, (String, Option<String>)>> = BTreeMap::new();
    for record in archive
        .numbers("SELECT record_id FROM journal_leaf ORDER BY position")
        .await
    {
        let opened = archive.opened(RecordId(record)).await;
        let commitment = HEXLOWER.encode(opened.row.commitment.as_bytes());
        for place in opened.meta().unwrap().files {
            let entry = (commitment.clone(), place.previous);
            let twice = files.entry(place.client).or_default().insert(place.number, entry);
            assert!(twice.is_none(), "number {} was given twice", place.number);
        }
    }
    files
}

/// Asserts that every file is a chain 1..n and gives the lengths.
pub async fn chained(archive: &TestArchive) -> BTreeMap<ClientId, usize> {
    let files = files(archive).await;
    for (client, file) in &files {
        let mut before = None;
        for (expected, (number, (commitment, previous))) in (1..).zip(file) {
            assert_eq!(*number, expected, "client {client} has a gap");
            assert_eq!(*previous, before, "client {client}, number {number}");
            before = Some(commitment.clone());
        }
    }
    files
        .into_iter()
        .map(|(client, file)| (client, file.len()))
        .collect()
}

on_each_database! {
    async fn files_count_from_one_and_are_chained_to_the_journal(archive: TestArchive) {
        let anna = archive.client("Anna", &["anna@client.example"], &[]).await;
        let bank = archive.client("Bank", &[], &["bank.example"]).await;
        archive.record(&mail("Alone").id("1@x")).await;
        archive.record_batch(&[
            mail("Both").id("2@x").cc("jan@bank.example"),
            mail("Alone again").id("3@x"),
            mail("Nobody's").id("4@x").from("bob@elsewhere.example"),
            mail("The bank's").id("5@x").from("jan@bank.example"),
        ])
        .await;
        let key = archive.record(&mail("Moved").id("6@x")).await;
        assign(&archive, key, (bank, ""), "ewa").await.unwrap();
        unassign(&archive, key, (anna, ""), "ewa").await.unwrap();
        archive.is_sound().await;

        let lengths = chained(&archive).await;

        // Anna: added, address, four messages, unassigned. Bank: added, domain, two messages, assigned.
        assert_eq!(lengths, BTreeMap::from([(anna, 7), (bank, 5)]));
        assert_eq!(archive.number("SELECT MAX(number) FROM client_file").await, 7);
    }

    /// A copy of what belongs to a client opens with the client's key, so that it goes when the client goes.
    async fn a_copy_of_a_clients_message_is_under_the_clients_key(archive: TestArchive) {
        const UNDER_INBOX: &str = "SELECT COUNT(*) FROM record_key k JOIN sighting s ON s.record_id = k.record_id
            WHERE k.kek_id = 0";
        let anna = archive.client("Anna", &["anna@client.example"], &[]).await;
        let plain = mail("Lease").id("lease@x");
        archive.record(&plain).await;

        archive.record_in("ewa", &plain).await;
        archive.record_bytes("jan", &[b"Received: from mx\r\n".as_slice(), &plain.bytes()].concat()).await;

        assert_eq!(archive.number("SELECT COUNT(*) FROM sighting").await, 3);
        assert_eq!(archive.number(UNDER_INBOX).await, 0, "the common key opens none of them");
        archive.is_sound().await;
        assert_eq!(chained(&archive).await[&anna], 3, "a copy has no number of its own");
    }
}

//! How long the newest 20 hits take in a program that has the archive open, as the server has: parsed, found and read.
//!
//! `KRONIKA_BENCH_ARCHIVE` names an archive of `bench/corpus.py synthetic`. Prints a line for each query:
//! what it is, median and 99th percentile in milliseconds, number of hits, with tabs between.

use std::path::Path;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use kronika::access::Scope;
use kronika::archive::{Archive, ArchiveError};
use kronika::interaction::list::rows;
use kronika::search::query::Query;
use kronika::search::run::{Order, Page, find};
use kronika::secrecy::Unlock;
use kronika::storage::{Conn, StorageError};

const QUERIES: [(&str, &str); 7] = [
    ("a word in half of all", "Kronikarz "),
    ("a word in one of 5,000", "Świętopełk "),
    ("a rare word typed without diacritics", "swietopelk "),
    ("two common words", "umowa faktura "),
    ("a word being typed", "fakt"),
    ("a phrase", "\"umowa faktura\""),
    ("a word of one sender", "from:client0.example umowa "),
];

const ROUNDS: usize = 500;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), ArchiveError> {
    let Ok(folder) = std::env::var("KRONIKA_BENCH_ARCHIVE") else {
        eprintln!("SKIPPED: KRONIKA_BENCH_ARCHIVE names no archive");
        return Ok(());
    };
    let archive = Archive::open(Path::new(&folder), &Unlock::default()).await?;
    let mut conn = archive.db.read().await?;
    for (what, text) in QUERIES {
        let hits = newest(&mut conn, text).await?;
        let mut taken = Vec::with_capacity(ROUNDS);
        for _ in 0..ROUNDS {
            let begun = Instant::now();
            newest(&mut conn, text).await?;
            taken.push(begun.elapsed());
        }
        taken.sort();
        let (median, slow) = (taken[ROUNDS / 2], taken[ROUNDS * 99 / 100]);
        println!("{what}\t{}\t{}\t{hits}", milliseconds(median), milliseconds(slow));
    }
    Ok(())
}

/// One search as a page does it; gives how many rows it would show.
async fn newest(conn: &mut Conn, text: &str) -> Result<usize, StorageError> {
    let query = Query::parse(text, &TimeZone::UTC);
    let keys = find(
        conn,
        Scope::everything(),
        &query,
        Page {
            order: Order::Newest,
            before: None,
            limit: 20,
        },
    )
    .await?;
    Ok(rows(conn, Scope::everything(), &keys).await?.len())
}

fn milliseconds(taken: Duration) -> f64 {
    taken.as_secs_f64() * 1e3
}

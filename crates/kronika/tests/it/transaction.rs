//! Transactions that are given up while the database is asked.

use std::future::Future;
use std::time::Duration;

use kronika::on_db;

use crate::on_each_database;
use crate::support::postgres;

/// Lets something run for a moment and then drops it, wherever it is.
async fn cut_off(what: impl Future, microseconds: u64) {
    let _ = tokio::time::timeout(Duration::from_micros(microseconds), what).await;
}

on_each_database! {
    async fn whoever_goes_away_at_any_moment_leaves_no_transaction_and_no_complaint(archive: TestArchive) {
        const CHANGE: &str = "UPDATE journal_checkpoint SET signed_at = signed_at WHERE size = 1";
        for moment in 0..60 {
            let at = moment * 25;
            cut_off(archive.db.begin(), at).await;
            for commit in [true, false] {
                let mut tx = archive.db.begin().await.unwrap();
                on_db!(tx, c => sqlx::query(CHANGE).execute(c).await.map(drop)).unwrap();
                match commit {
                    true => cut_off(tx.commit(), at).await,
                    false => cut_off(tx.give_up(), at).await,
                }
            }
            let mut failed = archive.db.begin().await.unwrap();
            let wrong = on_db!(failed, c => sqlx::query("SELECT nothing FROM nowhere").execute(c).await.map(drop));
            assert!(wrong.is_err());
            drop(failed);
        }

        // All connections are whole: as many transactions as there are, one after another and at once.
        for _ in 0..30 {
            let tx = archive.db.begin_recording().await.unwrap();
            tx.commit().await.unwrap();
        }
        archive.is_sound().await;
        if let (true, Some(log)) = (archive.db.is_postgres(), postgres::log()) {
            let complaints = log.lines().filter(|line| line.contains("no transaction in progress"));
            assert_eq!(complaints.count(), 0, "nothing was ended that had not begun");
        }
    }
}

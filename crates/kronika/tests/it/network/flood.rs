use std::net::IpAddr;

use axum::http::StatusCode;
use futures::StreamExt;
use kronika::access::Role;
use kronika::journal::act::Act;

use crate::account::{PASSWORD, QUIET, account};
use crate::on_each_database;
use crate::support::office::{Browser, Office};

/// As many as a botnet sends in a minute, here all at once.
const TRIES: u32 = 10_000;

on_each_database! {
    /// A thousand addresses try ten names each; only as many passwords are checked as fit in.
    async fn ten_thousand_sign_ins_at_once_are_refused_counted_and_in_nobodys_way(archive: TestArchive) {
        let _quiet = QUIET.lock().await;
        account(&archive, "ewa", Role::Owner).await;
        let office = Office::of(&archive);
        let mut ewa = Browser::at(1);
        office.sign_in(&mut ewa, "ewa", PASSWORD).await;
        let before = archive.acts().await.len();
        let tries = futures::stream::iter(0..TRIES).map(|n| {
            let office = &office;
            async move {
                let mut thief = Browser::at(2);
                thief.address = IpAddr::from([10, 1, (n % 1000 / 250) as u8, (n % 250) as u8]);
                let name = if n % 2 == 0 { "ewa".to_owned() } else { format!("name {n}") };
                let answer = office.sign_in(&mut thief, &name, &format!("my secret guess {n}")).await;
                assert!(thief.cookies.is_empty());
                answer.status
            }
        });
        let flood = tries.buffer_unordered(500).collect::<Vec<StatusCode>>();
        let work = async {
            for _ in 0..20 {
                assert_eq!(office.get(&mut ewa.clone(), "/clients").await.status, StatusCode::OK);
            }
            let again = office.sign_in(&mut ewa.clone(), "ewa", PASSWORD).await;
            assert_eq!(again.status, StatusCode::SEE_OTHER, "a browser we know gets in meanwhile");
        };

        let (answers, ()) = tokio::join!(flood, work);

        let slowed = answers.iter().filter(|status| **status == StatusCode::TOO_MANY_REQUESTS).count();
        let checked = answers.iter().filter(|status| **status == StatusCode::OK).count();
        assert_eq!(slowed + checked, TRIES as usize);
        assert!(slowed > checked, "{checked} passwords were checked");
        office.app.gate.report(&archive.archive).await.unwrap();
        let acts = archive.acts().await;
        let reports: Vec<_> = acts.iter().filter_map(|(_, act)| match act {
            Act::SignInsRefused(refused) => Some(refused),
            _ => None,
        }).collect();
        assert_eq!(reports.len(), 1, "one record, however many there were");
        assert!(reports[0].refused.len() <= 100);
        let counted: u64 = reports[0].refused.iter().map(|refused| refused.count).sum();
        assert_eq!(counted + reports[0].others, u64::from(TRIES));
        assert!(acts.len() - before <= 3, "the report, and what the owner did");
        crate::account::nowhere(&archive, "my secret guess").await;
        crate::account::nowhere(&archive, "name 1").await;
    }
}

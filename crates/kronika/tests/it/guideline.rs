//! The firm's rules of communication: who accepted which version, and who has yet to.

use kronika::archive::id::{AccountId, GuidelineId};
use kronika::guideline::act::{GuidelineError, Reader, accept, issue, remind, withdraw};
use kronika::guideline::{GuidelineText, store};
use kronika::user::act as accounts;

use crate::on_each_database;
use crate::support::TestArchive;

const TEST: &str = "May prices be agreed by private messenger?\n- Yes\n+ No";

fn text(body: &str, test: &str) -> GuidelineText {
    GuidelineText::read("Calls", body, test).unwrap()
}

async fn person(archive: &TestArchive, name: &str) -> AccountId {
    accounts::add(archive, name, "correct horse battery", "en")
        .await
        .unwrap()
}

async fn issued(archive: &TestArchive, test: &str) -> GuidelineId {
    issue(archive, None, text("Confirm in writing.", test), "ewa")
        .await
        .unwrap()
}

async fn agree(
    archive: &TestArchive,
    guideline: GuidelineId,
    version: i64,
    answers: &[Option<usize>],
    account: AccountId,
) -> Result<(), GuidelineError> {
    let reader = Reader { account, name: "jan" };
    accept(archive, (guideline, version), answers, reader).await
}

async fn open(archive: &TestArchive, account: AccountId) -> u64 {
    store::open_for(&mut archive.db.read().await.unwrap(), account)
        .await
        .unwrap()
}

on_each_database! {
    async fn everyone_is_asked_until_they_accept_and_anew_for_every_version(archive: TestArchive) {
        let jan = person(&archive, "jan").await;
        let guideline = issued(&archive, "").await;
        assert_eq!(open(&archive, jan).await, 1);

        agree(&archive, guideline, 1, &[], jan).await.unwrap();
        agree(&archive, guideline, 1, &[], jan).await.unwrap();
        assert_eq!(open(&archive, jan).await, 0);
        issue(&archive, Some(guideline), text("Confirm within a day.", ""), "ewa").await.unwrap();

        assert_eq!(open(&archive, jan).await, 1);
        assert!(matches!(agree(&archive, guideline, 1, &[], jan).await, Err(GuidelineError::Outdated)));
        agree(&archive, guideline, 2, &[], jan).await.unwrap();
        let conn = &mut archive.db.read().await.unwrap();
        let known = store::acceptances(conn, guideline).await.unwrap();
        let mut versions: Vec<i64> = known.iter().map(|one| one.version).collect();
        versions.sort_unstable();
        assert_eq!(versions, [1, 2], "who accepted the old one stays known");
        archive.is_sound().await;
    }

    async fn a_test_has_to_be_passed(archive: TestArchive) {
        let jan = person(&archive, "jan").await;
        let guideline = issued(&archive, TEST).await;

        let wrong = agree(&archive, guideline, 1, &[Some(0)], jan).await;
        assert!(matches!(wrong, Err(GuidelineError::Wrong(places)) if places == [0]));
        assert!(matches!(agree(&archive, guideline, 1, &[], jan).await, Err(GuidelineError::Wrong(_))));
        assert_eq!(open(&archive, jan).await, 1);

        agree(&archive, guideline, 1, &[Some(1)], jan).await.unwrap();
        assert_eq!(open(&archive, jan).await, 0);
    }

    async fn only_those_who_have_not_accepted_are_reminded(archive: TestArchive) {
        let (jan, ola) = (person(&archive, "jan").await, person(&archive, "ola").await);
        let guideline = issued(&archive, "").await;
        agree(&archive, guideline, 1, &[], jan).await.unwrap();

        assert_eq!(remind(&archive, guideline, &[jan, ola], "ewa").await.unwrap(), 1);

        let conn = &mut archive.db.read().await.unwrap();
        assert!(store::list(conn, jan).await.unwrap()[0].reminded_at.is_none());
        assert!(store::list(conn, ola).await.unwrap()[0].reminded_at.is_some());
        agree(&archive, guideline, 1, &[], ola).await.unwrap();
        assert_eq!(remind(&archive, guideline, &[jan, ola], "ewa").await.unwrap(), 0);
    }

    async fn what_was_withdrawn_is_asked_of_nobody(archive: TestArchive) {
        let jan = person(&archive, "jan").await;
        let guideline = issued(&archive, "").await;

        withdraw(&archive, guideline, "ewa").await.unwrap();

        assert_eq!(open(&archive, jan).await, 0);
        assert!(matches!(agree(&archive, guideline, 1, &[], jan).await, Err(GuidelineError::Absent)));
        assert!(matches!(withdraw(&archive, guideline, "ewa").await, Err(GuidelineError::Absent)));
        let conn = &mut archive.db.read().await.unwrap();
        assert!(store::list(conn, jan).await.unwrap()[0].withdrawn_at.is_some());
    }
}

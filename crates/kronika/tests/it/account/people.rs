use axum::http::StatusCode;
use kronika::access::Role;
use kronika::journal::act::Act;
use kronika::user::By;
use kronika::user::act::{self, AccountError};
use kronika::user::event::AccountEvent;
use kronika::user::invitation::{self, Invite};
use kronika::user::store;

use super::{PASSWORD, account, events};
use crate::on_each_database;
use crate::support::TestArchive;
use crate::support::office::{Browser, Office};

async fn id(archive: &TestArchive, name: &str) -> String {
    let mut conn = archive.db.read().await.unwrap();
    let (account, _) = store::by_name(&mut conn, name).await.unwrap().unwrap();
    account.id.to_string()
}

on_each_database! {
    async fn the_last_owner_stays(archive: TestArchive) {
        account(&archive, "ewa", Role::Owner).await;
        account(&archive, "jan", Role::Owner).await;
        let before = archive.acts().await.len();

        let (one, other) = tokio::join!(
            act::remove(&archive, "ewa", By::Console),
            act::set_role(&archive, "jan", Role::Member, By::Console)
        );

        assert_ne!(one.is_ok(), other.is_ok(), "not both at once");
        let refused = one.err().or(other.err()).unwrap();
        assert!(matches!(refused, AccountError::LastOwner), "{refused}");
        let after = archive.acts().await;
        assert_eq!(after.len(), before + 2, "one was done, and the other is recorded as refused");
        let kept = |act: &Act| matches!(act, Act::Account { event: AccountEvent::OwnerKept, .. });
        assert_eq!(after.iter().filter(|(_, act)| kept(act)).count(), 1);
        let mut conn = archive.db.read().await.unwrap();
        assert_eq!(store::owners(&mut conn).await.unwrap(), 1);
    }

    async fn the_page_changes_roles_and_removes_but_leaves_an_owner(archive: TestArchive) {
        account(&archive, "ewa", Role::Owner).await;
        account(&archive, "jan", Role::Member).await;
        let office = Office::of(&archive);
        let mut ewa = Browser::at(1);
        office.sign_in(&mut ewa, "ewa", PASSWORD).await;
        let (owner, member) = (id(&archive, "ewa").await, id(&archive, "jan").await);

        let fields = [("role", "member")];
        let kept = office.post(&mut ewa, &format!("/settings/people/{owner}/role"), &fields).await;
        assert_eq!(kept.status, StatusCode::CONFLICT);
        assert!(kept.text.contains("The archive needs an owner"));
        let kept = office.post(&mut ewa, &format!("/settings/people/{owner}/remove"), &[]).await;
        assert_eq!(kept.status, StatusCode::CONFLICT);
        let fields = [("role", "manager")];
        office.post(&mut ewa, &format!("/settings/people/{member}/role"), &fields).await;
        let asked = office.get(&mut ewa, &format!("/settings/people/{member}/remove")).await;
        assert!(asked.text.contains("Remove jan?"));
        let removed = office.post(&mut ewa, &format!("/settings/people/{member}/remove"), &[]).await;

        assert_eq!(removed.status, StatusCode::SEE_OTHER);
        let expected = [
            AccountEvent::RoleChanged { role: "manager".into() },
            AccountEvent::Removed,
        ];
        let said: Vec<_> = events(&archive).await.into_iter().filter(|(_, event)| expected.contains(event)).collect();
        assert_eq!(said, expected.map(|event| ("ewa".to_owned(), event)).to_vec());
        let again = office.post(&mut ewa, &format!("/settings/people/{member}/remove"), &[]).await;
        assert_eq!(again.status, StatusCode::NOT_FOUND);
        assert!(matches!(
            act::add(&archive, "jan", PASSWORD, "en").await,
            Err(AccountError::Exists(_))
        ), "a name names one person for ever");
    }

    async fn nobody_else_reaches_the_pages_about_people(archive: TestArchive) {
        account(&archive, "ewa", Role::Owner).await;
        account(&archive, "jan", Role::Member).await;
        let office = Office::of(&archive);
        let (mut jan, mut stranger) = (Browser::at(2), Browser::at(3));
        office.sign_in(&mut jan, "jan", PASSWORD).await;
        let owner = id(&archive, "ewa").await;
        let (open, _) = invitation::invite(
            &archive,
            Invite { name: "ola", role: Role::Member, language: "en" },
            By::Console,
        )
        .await
        .unwrap();
        let before = archive.acts().await.len();

        let pages = ["/settings/people".to_owned(), format!("/settings/people/{owner}/remove")];
        for path in &pages {
            let refused = office.get(&mut jan, path).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
            assert!(!refused.text.contains("ewa") && !refused.text.contains("ola"), "{path}");
            assert_eq!(office.get(&mut stranger, path).await.status, StatusCode::SEE_OTHER, "{path}");
        }
        let forms = [
            "/settings/people/invitations".to_owned(),
            format!("/settings/people/invitations/{}/withdraw", open.id),
            format!("/settings/people/{owner}/role"),
            format!("/settings/people/{owner}/remove"),
        ];
        let fields = [("name", "x"), ("role", "owner"), ("language", "en")];
        for path in &forms {
            assert_eq!(office.post(&mut jan, path, &fields).await.status, StatusCode::FORBIDDEN, "{path}");
            assert_eq!(office.post(&mut stranger, path, &fields).await.status, StatusCode::UNAUTHORIZED, "{path}");
        }
        assert_eq!(archive.acts().await.len(), before, "nothing happened");
    }

    async fn only_owners_make_change_and_remove_owners(archive: TestArchive) {
        account(&archive, "ewa", Role::Owner).await;
        account(&archive, "olga", Role::Owner).await;
        account(&archive, "adam", Role::Administrator).await;
        let (adam, _) = store::by_name(&mut archive.db.read().await.unwrap(), "adam").await.unwrap().unwrap();
        let by = By::Person(&adam);
        let before = archive.acts().await.len();

        let owner = Invite { name: "x", role: Role::Owner, language: "en" };
        let refused = [
            act::set_role(&archive, "adam", Role::Owner, by).await.err(),
            act::set_role(&archive, "ewa", Role::Member, by).await.err(),
            act::remove(&archive, "ewa", by).await.err(),
            act::reset_factors(&archive, "ewa", by).await.err(),
            invitation::invite(&archive, owner, by).await.err(),
        ];

        for refused in refused {
            assert!(matches!(refused, Some(AccountError::OwnersOnly)), "{refused:?}");
        }
        assert_eq!(archive.acts().await.len(), before);
    }
}

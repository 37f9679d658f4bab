use axum::http::StatusCode;
use kronika::access::Role;
use kronika::journal::act::Act;
use kronika::user::event::InvitationEvent;
use kronika::user::invitation::{self, Invite};
use kronika::user::{By, list};

use super::{PASSWORD, account, nowhere};
use crate::on_each_database;
use crate::support::TestArchive;
use crate::support::office::{Browser, Office};

const WEEK: i64 = 7 * 24 * 3600;

async fn invited(archive: &TestArchive, name: &str) -> String {
    let invite = Invite {
        name,
        role: Role::Member,
        language: "pl",
    };
    invitation::invite(archive, invite, By::Console).await.unwrap().1
}

fn chosen(password: &str) -> [(&str, &str); 2] {
    [("password", password), ("again", password)]
}

/// Whether nothing of the archive was shown and nothing was made.
async fn is_gone(office: &Office, path: &str) -> bool {
    let mut stranger = Browser::at(9);
    let shown = office.get(&mut stranger, path).await.status;
    let sent = office.post(&mut stranger, path, &chosen(PASSWORD)).await.status;
    stranger.cookies.is_empty() && shown == StatusCode::NOT_FOUND && sent == StatusCode::NOT_FOUND
}

on_each_database! {
    async fn an_invitation_makes_one_account_once(archive: TestArchive) {
        account(&archive, "ewa", Role::Owner).await;
        let office = Office::of(&archive);
        let mut ewa = Browser::at(1);
        office.sign_in(&mut ewa, "ewa", PASSWORD).await;
        let fields = [("name", "Marek"), ("role", "member"), ("language", "pl")];
        let made = office.post(&mut ewa, "/settings/people/invitations", &fields).await;
        let token = made.between("https://kronika.example/invitations/", "<");
        let path = format!("/invitations/{token}");
        let listed = office.get(&mut ewa, "/settings/people").await;
        assert!(listed.text.contains("marek") && !listed.text.contains(&token), "the link is shown once");

        let mut marek = Browser::at(2);
        let page = office.get(&mut marek, &path).await;
        assert!(page.text.contains("Nowe hasło") && page.text.contains("marek"));
        let weak = office.post(&mut marek, &path, &chosen("hasło12345")).await;
        assert!(weak.text.contains("To hasło łatwo odgadnąć") && marek.cookies.is_empty());
        let differ = office.post(&mut marek, &path, &[("password", PASSWORD), ("again", "x")]).await;
        assert!(differ.text.contains("Hasła nie są takie same"));
        let accepted = office.post(&mut marek, &path, &chosen(PASSWORD)).await;

        assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.text);
        assert_eq!(office.get(&mut marek, "/settings/you").await.status, StatusCode::OK);
        assert!(is_gone(&office, &path).await, "a used link makes nothing");
        let people = list::people(&mut archive.db.read().await.unwrap()).await.unwrap();
        assert_eq!(people.len(), 2);
        assert_eq!((people[1].name.as_str(), people[1].role.as_str()), ("marek", "member"));
        nowhere(&archive, &token).await;
        nowhere(&archive, PASSWORD).await;
        let ended = archive.acts().await.into_iter().any(|(by, act)| {
            by == "marek" && matches!(act, Act::Invitation { event: InvitationEvent::Accepted { .. }, .. })
        });
        assert!(ended, "the journal says who accepted");
        archive.is_sound().await;
    }

    async fn an_expired_withdrawn_replaced_or_guessed_link_makes_nothing(archive: TestArchive) {
        let office = Office::of(&archive);
        let expired = invited(&archive, "jan").await;
        archive.pass(WEEK + 1);
        let (withdrawn, token) = invitation::invite(
            &archive,
            Invite { name: "ola", role: Role::Member, language: "pl" },
            By::Console,
        )
        .await
        .unwrap();
        invitation::withdraw(&archive, withdrawn.id, By::Console).await.unwrap();
        let replaced = invited(&archive, "ula").await;
        let newest = invited(&archive, "ula").await;

        for token in [&expired, &token, &replaced, "guess", "", &"x".repeat(5000)] {
            let path = format!("/invitations/{token}");
            assert!(is_gone(&office, &path).await, "{path:.60}");
        }
        assert_eq!(archive.number("SELECT COUNT(*) FROM account").await, 0);
        let path = format!("/invitations/{newest}");
        assert_eq!(office.get(&mut Browser::at(1), &path).await.status, StatusCode::OK);
    }

    async fn of_two_who_come_with_one_link_one_gets_in(archive: TestArchive) {
        let token = invited(&archive, "jan").await;
        let office = Office::of(&archive);
        let path = format!("/invitations/{token}");
        let (mut one, mut other) = (Browser::at(1), Browser::at(2));
        let fields = chosen(PASSWORD);

        let (first, second) = tokio::join!(
            office.post(&mut one, &path, &fields),
            office.post(&mut other, &path, &fields)
        );

        let let_in = [first.status, second.status].iter().filter(|s| **s == StatusCode::SEE_OTHER).count();
        assert_eq!(let_in, 1);
        assert_eq!(archive.number("SELECT COUNT(*) FROM account").await, 1);
        archive.is_sound().await;
    }

    async fn whoever_has_the_console_makes_the_first_account_and_no_second_one(archive: TestArchive) {
        let earlier = invitation::invite_first_owner(&archive).await.unwrap().unwrap();
        let token = invitation::invite_first_owner(&archive).await.unwrap().unwrap();
        let office = Office::of(&archive);
        assert!(is_gone(&office, &format!("/invitations/{earlier}")).await, "a restart replaces the link");
        let path = format!("/invitations/{token}");
        let mut ewa = Browser::at(1);
        let nameless = office.post(&mut ewa, &path, &chosen(PASSWORD)).await;
        assert!(nameless.text.contains("A user name has letters"), "{}", nameless.text);

        let fields = [("name", "Ewa"), ("password", PASSWORD), ("again", PASSWORD)];
        let made = office.post(&mut ewa, &path, &fields).await;

        assert_eq!(made.status, StatusCode::SEE_OTHER);
        assert_eq!(office.get(&mut ewa, "/settings/people").await.status, StatusCode::OK);
        assert!(invitation::invite_first_owner(&archive).await.unwrap().is_none());
    }
}

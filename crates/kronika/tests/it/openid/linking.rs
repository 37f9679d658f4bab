use axum::http::StatusCode;
use kronika::access::Role;
use kronika::user::event::AccountEvent;
use kronika::user::invitation::{self, Invite};
use kronika::user::{By, list};

use super::{BEGIN, at_real, comes_back, ewa, is_in, last, links, office, unescaped};
use crate::account::{PASSWORD, account, nowhere};
use crate::on_each_database;
use crate::support::TestArchive;
use crate::support::office::{Browser, Office};
use crate::support::provider::Visit;

const UNLINK: &str = "/settings/you/identities/sso/unlink";
const CONFIRM: &str = "/settings/you/identities/sso/confirm";

async fn invited(archive: &TestArchive, name: &str) -> String {
    let invite = Invite {
        name,
        role: Role::Member,
        language: "pl",
    };
    let (_, token) = invitation::invite(archive, invite, By::Console).await.unwrap();
    token
}

/// Accepts an invitation at the provider; a browser that is signed in without any password.
async fn accepted(archive: &TestArchive, office: &Office, name: &str) -> Browser {
    let token = invited(archive, name).await;
    let mut browser = Browser::at(2);
    let from = format!("/invitations/{token}/openid/sso");
    let answer = comes_back(office, &mut browser, &from, name).await;
    assert_eq!(answer.location, "/", "{}", answer.text);
    assert!(is_in(office, &mut browser).await);
    browser
}

on_each_database! {
    async fn linking_and_unlinking_take_the_password_and_are_in_the_journal(archive: TestArchive) {
        let mut archive = archive;
        let Some(office) = at_real(&mut archive, |_| {}).await else { return };
        let mut browser = ewa(&office).await;
        let refused = office.post(&mut browser, "/settings/you/identities/sso/link", &[("current", "guess")]).await;
        assert!(refused.text.contains("The current password is wrong."));
        links(&office, &mut browser, "ewa.nowak", PASSWORD).await;
        let (by, event) = last(&archive).await;
        assert_eq!(by, "ewa");
        let AccountEvent::IdentityLinked { subject, called, .. } = event else { panic!("{event:?}") };
        assert_eq!((subject.as_str(), called.as_str()), ("ewa.nowak", "ewa.nowak@office.example"));

        let refused = office.post(&mut browser, UNLINK, &[("current", "guess")]).await;
        assert!(refused.text.contains("The current password is wrong."));
        let done = office.post(&mut browser, UNLINK, &[("current", PASSWORD)]).await;

        assert_eq!(done.location, "/settings/you?done=unlinked");
        assert!(matches!(last(&archive).await.1, AccountEvent::IdentityUnlinked { .. }));
        let answer = comes_back(&office, &mut Browser::at(3), BEGIN, "ewa.nowak").await;
        assert!(answer.text.contains("Nobody signs in here as this person."));
        archive.is_sound().await;
    }

    async fn an_identity_is_one_persons_and_a_person_has_one_at_a_provider(archive: TestArchive) {
        let mut archive = archive;
        let Some(office) = at_real(&mut archive, |_| {}).await else { return };
        account(&archive, "jan", Role::Member).await;
        let (mut first, mut jan) = (ewa(&office).await, Browser::at(2));
        office.sign_in(&mut jan, "jan", PASSWORD).await;
        links(&office, &mut first, "ewa.nowak", PASSWORD).await;

        let taken = links(&office, &mut jan, "ewa.nowak", PASSWORD).await;
        assert!(taken.text.contains("is linked with another account already"), "{}", taken.text);
        let second = links(&office, &mut first, "ewa.private", PASSWORD).await;
        assert!(second.text.contains("Unlink it first."), "{}", second.text);
        let same = links(&office, &mut first, "ewa.nowak", PASSWORD).await;
        assert_eq!(same.location, "/settings/you?done=identity");
        assert_eq!(archive.number("SELECT COUNT(*) FROM openid_identity").await, 1);
    }

    async fn a_link_is_made_only_in_the_session_that_asked_for_it(archive: TestArchive) {
        let mut archive = archive;
        let Some(office) = at_real(&mut archive, |_| {}).await else { return };
        account(&archive, "jan", Role::Member).await;
        let mut browser = ewa(&office).await;
        let sent = office.post(&mut browser, "/settings/you/identities/sso/link", &[("current", PASSWORD)]).await;
        let address = unescaped(&sent.between("class=\"button main\" href=\"", "\""));
        let back = Visit::new().sign_in(&address, "thief").await;
        // Somebody else signs in to the same browser before the answer comes.
        office.post(&mut browser, "/sign-out", &[]).await;
        office.sign_in(&mut browser, "jan", PASSWORD).await;

        let answer = office.get(&mut browser, &back).await;

        assert!(answer.text.contains("Begin again."), "{}", answer.text);
        assert_eq!(archive.number("SELECT COUNT(*) FROM openid_identity").await, 0);
    }

    async fn an_invitation_is_accepted_without_a_password(archive: TestArchive) {
        let mut archive = archive;
        let Some(office) = at_real(&mut archive, |_| {}).await else { return };
        let token = invited(&archive, "marek").await;
        let path = format!("/invitations/{token}");
        let mut marek = Browser::at(2);
        let page = office.get(&mut marek, &path).await;
        assert!(page.text.contains("Wejdź przez Office, bez hasła"), "{}", page.text);
        let answer = comes_back(&office, &mut marek, &format!("{path}/openid/sso"), "marek.w").await;
        assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/"));
        let page = office.get(&mut marek, "/settings/you").await;
        assert!(page.text.contains("<html lang=\"pl\"") && page.text.contains("Nie masz tu hasła"), "{}", page.text);

        let gone = office.get(&mut Browser::at(3), &format!("{path}/openid/sso")).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND, "it works once");
        assert_eq!(comes_back(&office, &mut Browser::at(3), BEGIN, "marek.w").await.location, "/");
        let guess = office.sign_in(&mut Browser::at(4), "marek", "").await;
        assert!(guess.text.contains("The user name or the password is wrong."));
        let people = list::people(&mut archive.db.read().await.unwrap()).await.unwrap();
        assert_eq!((people[1].name.as_str(), people[1].password), ("marek", false));
        nowhere(&archive, &token).await;
        archive.is_sound().await;
    }

    async fn of_two_who_accept_one_invitation_one_gets_in(archive: TestArchive) {
        let mut archive = archive;
        let Some(office) = at_real(&mut archive, |_| {}).await else { return };
        let token = invited(&archive, "marek").await;
        let path = format!("/invitations/{token}/openid/sso");
        let (mut one, mut other) = (Browser::at(2), Browser::at(3));
        let (to_one, to_other) = (office.get(&mut one, &path).await, office.get(&mut other, &path).await);
        let back_one = Visit::new().sign_in(&to_one.location, "one").await;
        let back_other = Visit::new().sign_in(&to_other.location, "other").await;

        let (first, second) =
            tokio::join!(office.get(&mut one, &back_one), office.get(&mut other, &back_other));

        let mut statuses = [first.status.as_u16(), second.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 404]);
        assert_eq!(archive.number("SELECT COUNT(*) FROM account").await, 2);
        archive.is_sound().await;
    }

    async fn whoever_has_no_password_shows_who_they_are_before_they_change_a_lock(archive: TestArchive) {
        let mut archive = archive;
        let Some(office) = at_real(&mut archive, |_| {}).await else { return };
        let mut marek = accepted(&archive, &office, "marek").await;
        let alone = office.post(&mut marek, UNLINK, &[]).await;
        assert!(alone.text.contains("Nic innego Cię nie wpuści."), "{}", alone.text);
        archive.pass(601);
        let new = [("new", PASSWORD), ("again", PASSWORD)];
        let asked = office.post(&mut marek, "/settings/you/password", &new).await;
        assert!(asked.text.contains("najpierw potwierdź u dostawcy"), "{}", asked.text);
        let token = [("name", "x"), ("scope", "read"), ("days", "1")];
        let asked = office.post(&mut marek, "/settings/you/tokens", &token).await;
        assert!(asked.text.contains("najpierw potwierdź u dostawcy"));

        archive.catch_up();
        let sent = office.get(&mut marek, CONFIRM).await;
        assert!(sent.location.contains("prompt=login") && sent.location.contains("max_age=0"), "{}", sent.location);
        let back = Visit::new().sign_in(&sent.location, "somebody.else").await;
        let other = office.get(&mut marek, &back).await;
        assert!(other.text.contains("Dostawca zna Cię jako kogoś innego"), "{}", other.text);
        archive.pass(601);
        let still = office.post(&mut marek, "/settings/you/password", &new).await;
        assert!(still.text.contains("najpierw potwierdź u dostawcy"), "it confirmed nothing");
        archive.catch_up();
        let confirmed = comes_back(&office, &mut marek, CONFIRM, "marek").await;
        assert_eq!(confirmed.location, "/settings/you?done=confirmed", "{}", confirmed.text);

        let set = office.post(&mut marek, "/settings/you/password", &new).await;
        assert_eq!(set.location, "/settings/you?done=password", "{}", set.text);
        let done = office.post(&mut marek, UNLINK, &[("current", PASSWORD)]).await;
        assert_eq!(done.location, "/settings/you?done=unlinked", "now something else lets in");
        assert_eq!(office.sign_in(&mut Browser::at(5), "marek", PASSWORD).await.status, StatusCode::SEE_OTHER);
        archive.is_sound().await;
    }

    async fn the_first_owner_may_come_from_the_provider(archive: TestArchive) {
        let mut archive = archive;
        let Some(issuer) = crate::support::provider::real() else { return };
        archive.catch_up();
        let providers = archive.provided_by(issuer, |_| {}).await;
        let office = office(&archive, &providers);
        let token = invitation::invite_first_owner(&archive).await.unwrap().unwrap();
        let mut browser = Browser::at(1);

        let answer = comes_back(&office, &mut browser, &format!("/invitations/{token}/openid/sso"), "zofia").await;

        assert_eq!(answer.location, "/", "{}", answer.text);
        let people = list::people(&mut archive.db.read().await.unwrap()).await.unwrap();
        assert_eq!((people[0].name.as_str(), people[0].role.as_str()), ("zofia", "owner"));
    }
}

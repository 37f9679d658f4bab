use axum::http::StatusCode;
use kronika::access::Role;
use kronika::user::event::{AccountEvent, Proof};
use kronika::user::{By, act, list};

use super::{BEGIN, at_real, comes_back, ewa, is_in, last, links, query, refused};
use crate::account::{PASSWORD, account, nowhere};
use crate::on_each_database;
use crate::support::office::{Browser, Office};
use crate::support::provider::{SECRET, Visit};

const UNLINKED: &str = "Nobody signs in here as this person.";

async fn is_refused(office: &Office, browser: &mut Browser, name: &str, sentence: &str) {
    let before = browser.cookies.clone();
    let answer = comes_back(office, browser, BEGIN, name).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.text.contains(sentence), "{}", answer.text);
    assert_eq!(browser.cookies, before, "no cookie is left");
}

on_each_database! {
    async fn whoever_linked_an_identity_signs_in_with_it(archive: TestArchive) {
        let mut archive = archive;
        let Some(office) = at_real(&mut archive, |_| {}).await else { return };
        let page = office.get(&mut Browser::at(1), "/sign-in").await;
        assert!(page.text.contains("Sign in with Office"));
        is_refused(&office, &mut Browser::at(2), "ewa.nowak", UNLINKED).await;
        let mut first = ewa(&office).await;
        let linked = links(&office, &mut first, "ewa.nowak", PASSWORD).await;
        assert_eq!(linked.location, "/settings/you?done=identity", "{}", linked.text);
        let page = office.get(&mut first, "/settings/you").await;
        assert!(page.text.contains("linked as ewa.nowak@office.example"), "{}", page.text);

        let mut second = Browser::at(2);
        let answer = comes_back(&office, &mut second, "/sign-in/openid/sso?next=%2Fsettings%2Fyou", "ewa.nowak").await;

        assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/settings/you"));
        assert!(is_in(&office, &mut second).await);
        let (by, event) = last(&archive).await;
        assert_eq!(by, "ewa");
        assert!(matches!(event, AccountEvent::SignedIn { with: Proof::Openid, ref from, .. } if from == "10.0.0.2"));
        is_refused(&office, &mut Browser::at(3), "somebody.else", UNLINKED).await;
        assert_eq!(refused(&archive, &office).await, 2);
        for secret in [SECRET, "access_token"] {
            nowhere(&archive, secret).await;
        }
        archive.is_sound().await;
    }

    async fn it_leads_only_to_our_own_pages(archive: TestArchive) {
        let mut archive = archive;
        let Some(office) = at_real(&mut archive, |_| {}).await else { return };
        links(&office, &mut ewa(&office).await, "ewa", PASSWORD).await;
        for next in ["https%3A%2F%2Fevil.example", "%2F%2Fevil.example", "%2F%5Cevil.example"] {
            let from = format!("{BEGIN}?next={next}");
            assert_eq!(comes_back(&office, &mut Browser::at(2), &from, "ewa").await.location, "/");
        }
        let mut signed_in = ewa(&office).await;
        assert_eq!(office.get(&mut signed_in, &format!("{BEGIN}?next=//evil.example")).await.location, "/");
    }

    async fn whoever_was_removed_is_told_what_everybody_unknown_is_told(archive: TestArchive) {
        let mut archive = archive;
        let Some(office) = at_real(&mut archive, |config| config.role = Some("member".into())).await else { return };
        account(&archive, "jan", Role::Member).await;
        let mut jan = Browser::at(2);
        office.sign_in(&mut jan, "jan", PASSWORD).await;
        links(&office, &mut jan, "jan.k", PASSWORD).await;
        act::remove(&archive, "jan", By::Console).await.unwrap();

        is_refused(&office, &mut Browser::at(2), "jan.k", UNLINKED).await;
        assert!(!is_in(&office, &mut jan).await);
        assert_eq!(list::people(&mut archive.db.read().await.unwrap()).await.unwrap().len(), 1);
    }

    async fn an_account_is_made_for_whoever_comes_only_where_the_operator_wants_it(archive: TestArchive) {
        let mut archive = archive;
        let Some(office) = at_real(&mut archive, |config| config.role = Some("member".into())).await else { return };
        let mut browser = Browser::at(2);
        let answer = comes_back(&office, &mut browser, BEGIN, "nowy").await;
        assert_eq!(answer.location, "/", "{}", answer.text);
        assert!(is_in(&office, &mut browser).await);
        // A name that is taken is not theirs because the provider says so.
        is_refused(&office, &mut Browser::at(3), "ewa", UNLINKED).await;
        assert!(comes_back(&office, &mut Browser::at(4), BEGIN, "nowy").await.location == "/");

        let people = list::people(&mut archive.db.read().await.unwrap()).await.unwrap();
        let told: Vec<_> = people.iter().map(|one| (one.name.as_str(), one.role.as_str(), one.password)).collect();
        assert_eq!(told, [("ewa", "owner", true), ("nowy", "member", false)]);
        archive.is_sound().await;
    }

    async fn people_from_elsewhere_are_kept_out_by_their_domain(archive: TestArchive) {
        let mut archive = archive;
        let change = |config: &mut kronika::archive::config::OpenidConfig| {
            config.domains = vec!["Elsewhere.example".into()];
            config.role = Some("member".into());
        };
        let Some(office) = at_real(&mut archive, change).await else { return };
        let sentence = "People with this e-mail address are not let in through this provider.";

        is_refused(&office, &mut Browser::at(2), "nowy", sentence).await;
        assert_eq!(archive.number("SELECT COUNT(*) FROM account").await, 1);
    }

    async fn an_answer_counts_once_and_only_in_the_browser_that_asked(archive: TestArchive) {
        let mut archive = archive;
        let Some(office) = at_real(&mut archive, |_| {}).await else { return };
        links(&office, &mut ewa(&office).await, "ewa", PASSWORD).await;
        let late = "This sign-in took too long, was used already, or began in another browser.";
        let mut browser = Browser::at(2);
        let sent = office.get(&mut browser, BEGIN).await;
        let back = Visit::new().sign_in(&sent.location, "ewa").await;
        let mut copy = browser.clone();

        let stolen = office.get(&mut Browser::at(3), &back).await;
        assert!(stolen.text.contains(late), "without the cookie it is nobody's");
        assert!(office.get(&mut browser, &back).await.text.contains(late), "and then it is void");

        let sent = office.get(&mut copy, BEGIN).await;
        let back = Visit::new().sign_in(&sent.location, "ewa").await;
        let mut again = copy.clone();
        assert_eq!(office.get(&mut copy, &back).await.location, "/");
        assert!(office.get(&mut again, &back).await.text.contains(late), "once");
        assert!(!again.cookies.iter().any(|(name, _)| name == "kronika"));

        // The same code with a state of its own.
        let mut replayer = Browser::at(4);
        let sent = office.get(&mut replayer, BEGIN).await;
        let state = query(&sent.location)["state"].clone();
        let code = query(&back)["code"].clone();
        let path = format!("{BEGIN}/callback?code={code}&state={state}");
        let answer = office.get(&mut replayer, &path).await;
        assert!(answer.text.contains("was used already or is too old"), "{}", answer.text);

        let mut slow = Browser::at(5);
        let sent = office.get(&mut slow, BEGIN).await;
        let back = Visit::new().sign_in(&sent.location, "ewa").await;
        archive.pass(601);
        assert!(office.get(&mut slow, &back).await.text.contains(late));
        assert_eq!(refused(&archive, &office).await, 5);
    }

    async fn whoever_cancels_at_the_provider_is_told_so(archive: TestArchive) {
        let mut archive = archive;
        let Some(office) = at_real(&mut archive, |_| {}).await else { return };
        let mut browser = Browser::at(2);
        browser.headers.push(("accept-language", "pl".into()));
        let sent = office.get(&mut browser, BEGIN).await;
        assert_eq!(query(&sent.location)["ui_locales"], "pl");
        let back = Visit::new().cancel(&sent.location).await;

        let answer = office.get(&mut browser, &back).await;

        assert!(answer.text.contains("Logowanie anulowano u dostawcy."), "{}", answer.text);
        assert_eq!(refused(&archive, &office).await, 1);
    }

    async fn one_address_does_not_begin_a_thousand_sign_ins(archive: TestArchive) {
        let mut archive = archive;
        let Some(office) = at_real(&mut archive, |_| {}).await else { return };
        let mut begun = 0;
        for _ in 0..100 {
            begun += usize::from(office.get(&mut Browser::at(2), BEGIN).await.status == StatusCode::SEE_OTHER);
        }
        assert_eq!(begun, 60);
        assert_eq!(office.get(&mut Browser::at(3), BEGIN).await.status, StatusCode::SEE_OTHER);
    }
}

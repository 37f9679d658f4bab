use axum::http::StatusCode;
use data_encoding::BASE32_NOPAD;
use kronika::access::Role;
use kronika::user::By;
use kronika::user::act;
use kronika::user::event::{AccountEvent, Factor, Proof};
use kronika::user::invitation;
use totp_rs::{Algorithm, Builder};

use super::{PASSWORD, account, events, nowhere};
use crate::on_each_database;
use crate::support::TestArchive;
use crate::support::office::{Answer, Browser, Office};

/// The phone of a person, with its own idea of the time.
struct Phone {
    secret: Vec<u8>,
}

impl Phone {
    fn shows(&self, archive: &TestArchive, ahead: i64) -> String {
        let seconds = archive.clock.now() / 1_000_000 + ahead;
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(6)
            .with_step_duration(30)
            .with_secret(self.secret.clone())
            .build_noncompliant()
            .generate(u64::try_from(seconds).unwrap())
            .to_string()
    }
}

/// Adds an authenticator on the pages; gives the phone and the recovery codes.
async fn enrolled(archive: &TestArchive, office: &Office, browser: &mut Browser) -> (Phone, Vec<String>) {
    let refused = office
        .post(browser, "/settings/you/authenticator", &[("current", "guess")])
        .await;
    assert!(refused.text.contains("The current password is wrong"));
    let begun = office
        .post(browser, "/settings/you/authenticator", &[("current", PASSWORD)])
        .await;
    assert_eq!(begun.location, "/settings/you/authenticator");
    let page = office.get(browser, "/settings/you/authenticator").await;
    assert!(page.text.contains("data:image/svg+xml;base64,"));
    let secret = page
        .between("<pre class=\"secret\" data-copy>", "<")
        .replace(' ', "");
    let phone = Phone {
        secret: BASE32_NOPAD.decode(secret.as_bytes()).unwrap(),
    };
    let wrong = office
        .post(
            browser,
            "/settings/you/authenticator/confirm",
            &[("code", "000000")],
        )
        .await;
    assert!(wrong.text.contains("This code is wrong"));
    let code = phone.shows(archive, 0);
    let done = office
        .post(browser, "/settings/you/authenticator/confirm", &[("code", &code)])
        .await;
    let codes = done.between("<pre class=\"secret\" data-copy>", "</pre>");
    nowhere(archive, &secret).await;
    (phone, codes.split_whitespace().map(str::to_owned).collect())
}

/// Gives the password; the page that asks for a code.
async fn first_step(office: &Office, browser: &mut Browser) -> String {
    let asked = office.sign_in(browser, "ewa", PASSWORD).await;
    assert_eq!(asked.status, StatusCode::OK);
    asked.between("name=\"step\" value=\"", "\"")
}

async fn second_step(office: &Office, browser: &mut Browser, step: &str, code: &str) -> Answer {
    office
        .post(browser, "/sign-in/code", &[("step", step), ("code", code)])
        .await
}

async fn ewa(archive: &TestArchive, office: &Office) -> Browser {
    account(archive, "ewa", Role::Owner).await;
    let mut ewa = Browser::at(1);
    office.sign_in(&mut ewa, "ewa", PASSWORD).await;
    ewa
}

fn is_in(browser: &Browser) -> bool {
    browser.cookies.iter().any(|(name, _)| name == "kronika")
}

on_each_database! {
    async fn with_an_authenticator_a_password_alone_lets_nobody_in(archive: TestArchive) {
        let office = Office::of(&archive);
        let mut ewa = ewa(&archive, &office).await;
        let (phone, codes) = enrolled(&archive, &office, &mut ewa).await;
        assert_eq!(codes.len(), 10);
        let mut other = Browser::at(2);

        let step = first_step(&office, &mut other).await;
        assert!(!is_in(&other));
        let used = second_step(&office, &mut other, &step, &phone.shows(&archive, 0)).await;
        assert!(used.text.contains("This code was used already"), "{}", used.text);
        let late = second_step(&office, &mut other, &step, &phone.shows(&archive, 240)).await;
        assert!(late.text.contains("Check that the clocks"), "{}", late.text);
        let wrong = second_step(&office, &mut other, &step, "123").await;
        assert!(wrong.text.contains("This code is wrong") && !is_in(&other));
        archive.pass(30);
        let right = second_step(&office, &mut other, &step, &phone.shows(&archive, 0)).await;
        assert_eq!(right.status, StatusCode::SEE_OTHER, "{}", right.text);
        assert!(is_in(&other));

        let again = second_step(&office, &mut Browser::at(3), &step, &phone.shows(&archive, 30)).await;
        assert!(again.text.contains("took too long or too many tries"), "a step is taken once");
        let said: Vec<AccountEvent> = events(&archive).await.into_iter().map(|(_, event)| event).collect();
        assert!(said.contains(&AccountEvent::FactorAdded { factor: Factor::Authenticator }));
        assert!(matches!(said.last(), Some(AccountEvent::SignedIn { with: Proof::PasswordAndCode, .. })));
        for code in &codes {
            nowhere(&archive, code).await;
        }
    }

    async fn each_recovery_code_lets_in_once(archive: TestArchive) {
        let office = Office::of(&archive);
        let mut ewa = ewa(&archive, &office).await;
        let (_, codes) = enrolled(&archive, &office, &mut ewa).await;
        let code = codes[3].to_uppercase();

        let step = first_step(&office, &mut Browser::at(2)).await;
        let mut other = Browser::at(2);
        second_step(&office, &mut other, &step, &code).await;
        assert!(is_in(&other));
        let step = first_step(&office, &mut Browser::at(3)).await;
        let mut third = Browser::at(3);
        let refused = second_step(&office, &mut third, &step, &code).await;
        assert!(refused.text.contains("This code is wrong") && !is_in(&third));

        let page = office.get(&mut ewa, "/settings/you").await;
        assert!(page.text.contains("9 recovery codes are left"));
        let renewed = office.post(&mut ewa, "/settings/you/recovery-codes", &[("current", PASSWORD)]).await;
        assert!(renewed.text.contains("Recovery codes"));
        second_step(&office, &mut third, &step, &codes[0]).await;
        assert!(!is_in(&third), "earlier codes went with the new ones");
    }

    async fn codes_cannot_be_guessed_one_after_another(archive: TestArchive) {
        let office = Office::of(&archive);
        let mut ewa = ewa(&archive, &office).await;
        let (phone, _) = enrolled(&archive, &office, &mut ewa).await;
        ewa.forget("kronika");
        archive.pass(60);
        let mut slowed = 0;
        for n in 0..12_u8 {
            let mut thief = Browser::at(100 + n);
            let step = first_step(&office, &mut thief).await;
            for guess in 0..7 {
                let answer = second_step(&office, &mut thief, &step, &format!("{guess:06}")).await;
                slowed += usize::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
                assert!(!is_in(&thief));
            }
        }
        assert_eq!(slowed, 12 * 5 - 30, "thirty guesses in an hour, and the password again after every fifth");

        let step = first_step(&office, &mut ewa).await;
        second_step(&office, &mut ewa, &step, &phone.shows(&archive, 0)).await;
        assert!(is_in(&ewa), "in a browser from which one signed in before, one still gets in");
    }

    async fn an_authenticator_is_removed_by_its_owner_or_reset_by_whoever_has_the_console(archive: TestArchive) {
        let office = Office::of(&archive);
        let mut ewa = ewa(&archive, &office).await;
        enrolled(&archive, &office, &mut ewa).await;
        let refused = office.post(&mut ewa, "/settings/you/authenticator/remove", &[("current", "guess")]).await;
        assert!(refused.text.contains("The current password is wrong"));
        office.post(&mut ewa, "/settings/you/authenticator/remove", &[("current", PASSWORD)]).await;
        let mut other = Browser::at(2);
        office.sign_in(&mut other, "ewa", PASSWORD).await;
        assert!(is_in(&other), "the password alone lets in again");

        archive.pass(60);
        enrolled(&archive, &office, &mut ewa).await;
        act::reset_factors(&archive, "ewa", By::Console).await.unwrap();

        assert_ne!(office.get(&mut ewa, "/settings/you").await.status, StatusCode::OK, "sessions ended");
        let mut third = Browser::at(3);
        office.sign_in(&mut third, "ewa", PASSWORD).await;
        assert!(is_in(&third));
        let said = events(&archive).await;
        assert!(said.contains(&("kronika".to_owned(), AccountEvent::FactorsReset)));
        assert!(said.contains(&("ewa".to_owned(), AccountEvent::FactorRemoved { factor: Factor::Authenticator })));
        assert!(invitation::invite_first_owner(&archive).await.unwrap().is_none());
    }
}

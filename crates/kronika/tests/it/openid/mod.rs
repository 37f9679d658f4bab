//! Signing in with an account elsewhere: at a real provider, and at one that lies.

mod command;
mod hostile;
mod linking;
mod signing_in;

use std::collections::HashMap;
use std::sync::Arc;

use kronika::access::Role;
use kronika::user::event::AccountEvent;
use kronika::user::openid::Providers;

use crate::account::{PASSWORD, account, events};
use crate::support::TestArchive;
use crate::support::office::{Answer, Browser, Office};
use crate::support::provider::{Visit, real};

pub const BEGIN: &str = "/sign-in/openid/sso";

/// An archive of somebody's with the real provider, and its clock as the provider's; nothing without one.
pub async fn at_real(
    archive: &mut TestArchive,
    change: impl FnOnce(&mut kronika::archive::config::OpenidConfig),
) -> Option<Office> {
    let issuer = real()?;
    archive.catch_up();
    let providers = archive.provided_by(issuer, change).await;
    account(archive, "ewa", Role::Owner).await;
    Some(office(archive, &providers))
}

pub fn office(archive: &TestArchive, providers: &Arc<Providers>) -> Office {
    Office::with(archive, |app| app.providers = providers.clone())
}

/// Goes from a page of ours to the provider, is somebody there, and comes back.
pub async fn comes_back(office: &Office, browser: &mut Browser, from: &str, name: &str) -> Answer {
    let sent = office.get(browser, from).await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    let back = Visit::new().sign_in(&sent.location, name).await;
    office.get(browser, &back).await
}

/// Links who is signed in with somebody at the provider.
pub async fn links(office: &Office, browser: &mut Browser, name: &str, password: &str) -> Answer {
    let path = "/settings/you/identities/sso/link";
    let sent = office.post(browser, path, &[("current", password)]).await;
    let address = sent.between("class=\"button main\" href=\"", "\"");
    let back = Visit::new().sign_in(&unescaped(&address), name).await;
    office.get(browser, &back).await
}

/// An address as it stands in a page.
pub fn unescaped(text: &str) -> String {
    text.replace("&#38;", "&").replace("&amp;", "&")
}

/// The fields of an address.
pub fn query(url: &str) -> HashMap<String, String> {
    let (_, query) = url.split_once('?').unwrap();
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// How many sign-ins were refused so far, as the journal has it once they are reported.
pub async fn refused(archive: &TestArchive, office: &Office) -> u64 {
    use kronika::journal::act::Act;
    office.app.gate.report(archive).await.unwrap();
    let acts = archive.acts().await.into_iter();
    acts.filter_map(|(_, act)| match act {
        Act::SignInsRefused(refused) => Some(refused.refused.iter().map(|one| one.count).sum::<u64>()),
        _ => None,
    })
    .sum()
}

/// The last thing that happened to an account, and who did it.
pub async fn last(archive: &TestArchive) -> (String, AccountEvent) {
    events(archive).await.pop().unwrap()
}

/// A browser in which ewa signed in with her password.
pub async fn ewa(office: &Office) -> Browser {
    let mut browser = Browser::at(1);
    office.sign_in(&mut browser, "ewa", PASSWORD).await;
    assert!(!browser.cookies.is_empty());
    browser
}

pub async fn is_in(office: &Office, browser: &mut Browser) -> bool {
    office.get(browser, "/settings/you").await.status == 200
}

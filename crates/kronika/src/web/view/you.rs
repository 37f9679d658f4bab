//! One's own language and theme, password, second step and sessions.

use askama::Template;

use super::kinds::Instant;
use super::page::{Page, Theme};
use crate::web::locale::Locale;

/// `GET /settings/you`
#[derive(Template)]
#[template(path = "settings/you.html")]
pub struct You {
    pub page: Page,
    /// The name one signs in with.
    pub user: String,
    /// Whether they have a password; else who they are is shown at a provider.
    pub password: bool,
    /// Whether a provider said of late who they are.
    pub confirmed: bool,
    /// Who they are at the providers that let in.
    pub identities: Vec<Identity>,
    /// Whether an authenticator's code is asked for.
    pub authenticator: bool,
    pub recovery_codes: u64,
    pub passkeys: Vec<Passkey>,
    pub passkeys_at: PasskeysAt,
    /// Last used first.
    pub sessions: Vec<Session>,
    /// The key of a text about what was just done.
    pub done: Option<&'static str>,
    pub mistake: Option<Mistake>,
}

/// What is wrong, and with which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mistake {
    pub part: Part,
    /// The key of a text.
    pub key: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Password,
    Authenticator,
    Identity,
}

/// A provider, and who one is there.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Its id, part of addresses.
    pub provider: String,
    pub name: String,
    /// What one is called there, and since when it lets in.
    pub linked: Option<(String, Instant)>,
}

#[derive(Clone, Debug)]
pub struct Passkey {
    pub id: String,
    pub name: String,
    pub added_at: Instant,
    pub used_at: Option<Instant>,
}

/// Where passkeys can be added: they are bound to the archive's own address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasskeysAt {
    Here,
    /// This page under the archive's own address.
    Elsewhere(String),
    /// The address is a bare number.
    Nowhere,
}

#[derive(Clone, Debug)]
pub struct Session {
    pub id: String,
    pub created_at: Instant,
    pub seen_at: Instant,
    pub address: String,
    /// The browser and the system it runs on; names, in no language. Empty when it did not say.
    pub browser: String,
    /// Whether it is the one this page was asked for in.
    pub is_this: bool,
}

impl You {
    fn password_key(&self) -> &'static str {
        match self.password {
            true => "you-password-change",
            false => "you-password-set",
        }
    }

    /// Where one can show who one is without a password, while that is needed.
    fn confirm_at(&self) -> impl Iterator<Item = &Identity> {
        let needed = !self.password && !self.confirmed;
        let linked = move |identity: &&Identity| needed && identity.linked.is_some();
        self.identities.iter().filter(linked)
    }

    fn mistake_with(&self, part: Part) -> Option<&'static str> {
        self.mistake
            .filter(|mistake| mistake.part == part)
            .map(|mistake| mistake.key)
    }
}

/// `GET /settings/you/authenticator`: what the app needs to know.
#[derive(Template)]
#[template(path = "settings/authenticator.html")]
pub struct AuthenticatorPage {
    pub page: Page,
    /// In groups of four, for typing.
    pub secret: String,
    /// The picture for the app's camera, as a `data:` address.
    pub picture: String,
    pub mistake: Option<&'static str>,
}

/// New recovery codes, shown this once.
#[derive(Template)]
#[template(path = "settings/recovery_codes.html")]
pub struct RecoveryCodes {
    pub page: Page,
    pub codes: Vec<String>,
    /// Whether they come with an authenticator that was just added.
    pub added: bool,
}

/// What a browser says about itself, in two names.
pub fn browser_words(agent: &str) -> String {
    let first = |names: &[(&str, &'static str)]| {
        names
            .iter()
            .find(|(mark, _)| agent.contains(mark))
            .map(|(_, name)| *name)
    };
    // Nearly everyone says to be Chrome and Safari as well, so those come last.
    let browser = first(&[
        ("YaBrowser", "Yandex"),
        ("OPR/", "Opera"),
        ("Vivaldi", "Vivaldi"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Edg", "Edge"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = first(&[
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Macintosh", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    let words: Vec<&str> = browser.into_iter().chain(system).collect();
    words.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_named_in_two_words() {
        let chrome = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36";
        assert_eq!(browser_words(chrome), "Chrome · Linux");
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0";
        assert_eq!(browser_words(edge), "Edge · Windows");
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
        assert_eq!(browser_words(phone), "Safari · iPhone");
        assert_eq!(browser_words("curl/8.0"), "");
    }
}

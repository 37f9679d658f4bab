//! The way in.

use askama::Template;

use super::page::Page;

/// `GET /sign-in`, and again after a mistake. `page.person` is none.
#[derive(Template)]
#[template(path = "sign_in.html")]
pub struct SignIn {
    pub page: Page,
    pub user: String,
    /// Where to go on to, a path of ours.
    pub next: String,
    /// Where one may sign in instead.
    pub elsewhere: Vec<Elsewhere>,
    /// Whether this is the address that passkeys are bound to.
    pub passkeys: bool,
    /// The key of a text that says why it did not work.
    pub mistake: Option<&'static str>,
}

/// A provider that lets in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    pub name: String,
    /// Where the way there begins.
    pub address: String,
}

/// On the way to a provider, after a form: browsers follow no redirect from a form to elsewhere.
#[derive(Template)]
#[template(path = "on_to.html")]
pub struct OnTo {
    pub page: Page,
    /// What the provider is called.
    pub name: String,
    pub address: String,
}

/// After a right password, when the account has an authenticator.
#[derive(Template)]
#[template(path = "sign_in_code.html")]
pub struct SignInCode {
    pub page: Page,
    /// Proof of the right password.
    pub step: String,
    pub mistake: Option<&'static str>,
}

/// `GET /invitations/{token}`, and again after a mistake.
#[derive(Template)]
#[template(path = "invitation.html")]
pub struct InvitationPage {
    pub page: Page,
    pub token: String,
    /// The name one will sign in with; empty when it is theirs to choose.
    pub name: String,
    /// What was chosen, to be corrected.
    pub chosen: String,
    /// Where one may show who one is, instead of choosing a password.
    pub elsewhere: Vec<Elsewhere>,
    pub mistake: Option<&'static str>,
}

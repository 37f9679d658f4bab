//! The providers that the operator named, and the way to them.

use openidconnect::core::{CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreProviderMetadata};
use openidconnect::{
    ClientId, ClientSecret, CsrfToken, IssuerUrl, LanguageTag, Nonce, PkceCodeChallenge, RedirectUrl, Scope,
};
use url::{Host, Url};

use super::discovery::Discovery;
use super::pending::{Pendings, Tokens};
use super::web::Web;
use super::{Begun, Purpose, Untold};
use crate::access::Role;
use crate::archive::Archive;
use crate::archive::config::OpenidConfig;
use crate::outgoing::{Outgoing, OutgoingError};
use crate::secrecy::KeyringError;

/// What is wrong with a `[[openid]]` section of `kronika.toml`.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    #[error(
        "kronika.toml: {0:?} is no id of a provider; give a short one of small letters, digits and dashes"
    )]
    Id(String),
    #[error("kronika.toml: there are two providers of the id {0}")]
    Twice(String),
    #[error("kronika.toml: the provider {0} needs a name, which people read on the button")]
    Name(String),
    #[error(
        "kronika.toml: the issuer of {0} is no address of a provider; give it exactly as the provider \
        writes it, with https (or http and allow_private = true)"
    )]
    Issuer(String),
    #[error(
        "kronika.toml: the role of {0} must be administrator, manager, member, auditor or expert; owners are made by owners"
    )]
    Role(String),
    #[error("kronika.toml: there is no provider {0}")]
    Absent(String),
    #[error("{0}")]
    Outgoing(#[from] OutgoingError),
    #[error(transparent)]
    Keyring(#[from] KeyringError),
}

/// One provider.
pub struct Provider {
    /// Part of addresses.
    pub id: String,
    /// What people read on the button.
    pub name: String,
    /// The role of accounts that are made for whoever comes from there; nobody gets one without it.
    pub role: Option<Role>,
    pub(super) issuer: IssuerUrl,
    pub(super) client: ClientId,
    pub(super) secret: Option<ClientSecret>,
    /// E-mail domains that are let in; all of them when there is none.
    pub(super) domains: Vec<String>,
    pub(super) web: Web,
    pub(super) discovery: Discovery,
}

/// All of them, and who was sent to one.
#[derive(Default)]
pub struct Providers {
    all: Vec<Provider>,
    pub pendings: Pendings,
}

/// The name of a client's secret in the keyring.
fn secret_name(id: &str) -> String {
    format!("openid/{id}")
}

impl Providers {
    /// Reads what the operator wrote into `kronika.toml`, and the secrets from the keyring.
    pub async fn load(archive: &Archive) -> Result<Providers, ProviderError> {
        let mut all: Vec<Provider> = Vec::new();
        for config in &archive.config.openid {
            if all.iter().any(|known| known.id == config.id) {
                return Err(ProviderError::Twice(config.id.clone()));
            }
            let secret = archive.keyring.find_secret(&secret_name(&config.id)).await?;
            let secret = secret.and_then(|secret| String::from_utf8(secret.to_vec()).ok());
            all.push(Provider::read(archive, config, secret)?);
        }
        Ok(Providers {
            all,
            pendings: Pendings::default(),
        })
    }

    pub fn all(&self) -> &[Provider] {
        &self.all
    }

    pub fn find(&self, id: &str) -> Option<&Provider> {
        self.all.iter().find(|provider| provider.id == id)
    }

    /// What a provider of an issuer is called; the issuer itself when the operator took it out.
    pub fn name_of<'a>(&'a self, issuer: &'a str) -> &'a str {
        let known = self.all.iter().find(|provider| provider.issuer() == issuer);
        known.map_or(issuer, |provider| &provider.name)
    }
}

/// Keeps the secret that a provider gave us, in the keyring. A running server takes it at its next start.
pub async fn keep_secret(archive: &Archive, id: &str, secret: &str) -> Result<(), ProviderError> {
    if !archive.config.openid.iter().any(|config| config.id == id) {
        return Err(ProviderError::Absent(id.to_owned()));
    }
    let kept = archive
        .keyring
        .replace_secret(&secret_name(id), secret.as_bytes())
        .await;
    Ok(kept?)
}

impl Provider {
    fn read(
        archive: &Archive,
        config: &OpenidConfig,
        secret: Option<String>,
    ) -> Result<Provider, ProviderError> {
        let id = config.id.clone();
        let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || id.len() > 40 || !id.chars().all(fine) {
            return Err(ProviderError::Id(id));
        }
        if config.name.trim().is_empty() {
            return Err(ProviderError::Name(id));
        }
        let role = match config.role.as_deref().map(Role::named) {
            None => None,
            Some(Some(role)) if role != Role::Owner => Some(role),
            Some(_) => return Err(ProviderError::Role(id)),
        };
        let mut outgoing = archive.config.outgoing.clone();
        let issuer = IssuerUrl::new(config.issuer.clone()).map_err(|_| ProviderError::Issuer(id.clone()))?;
        match (issuer.url().scheme(), host_of(issuer.url())) {
            ("https" | "http", Some(host)) if config.allow_private => outgoing.allow.push(host),
            ("https", Some(_)) => {}
            _ => return Err(ProviderError::Issuer(id)),
        }
        Ok(Provider {
            id,
            name: config.name.trim().to_owned(),
            role,
            issuer,
            client: ClientId::new(config.client.clone()),
            secret: secret.map(ClientSecret::new),
            domains: config
                .domains
                .iter()
                .map(|domain| domain.to_lowercase())
                .collect(),
            web: Web::new(Outgoing::new(&outgoing)?),
            discovery: Discovery::default(),
        })
    }

    pub fn issuer(&self) -> &str {
        self.issuer.as_str()
    }

    /// Whether the provider gave us a secret. Without one we are a public client.
    pub fn has_secret(&self) -> bool {
        self.secret.is_some()
    }

    /// Our address that the provider sends people back to.
    pub fn path_back(&self) -> String {
        format!("/sign-in/openid/{}/callback", self.id)
    }

    pub(super) async fn metadata(&self, now: i64) -> Result<CoreProviderMetadata, Untold> {
        self.discovery.metadata(&self.web, &self.issuer, now).await
    }

    /// Whether the provider answers, and says what it must.
    pub async fn check(&self, archive: &Archive) -> Result<(), Untold> {
        let metadata = self.metadata(archive.clock.now()).await?;
        match metadata.token_endpoint() {
            Some(_) if !metadata.jwks().keys().is_empty() => Ok(()),
            _ => Err(Untold::Unreachable),
        }
    }

    /// Sends somebody there. `back` is the whole address of [`path_back`](Self::path_back), `language` the one they
    /// read.
    pub async fn begin(
        &self,
        archive: &Archive,
        pendings: &Pendings,
        purpose: Purpose,
        (back, language): (&str, &str),
    ) -> Result<Begun, Untold> {
        let now = archive.clock.now();
        let metadata = self.metadata(now).await?;
        let back = RedirectUrl::new(back.to_owned()).map_err(|_| Untold::Unreachable)?;
        let anew = matches!(purpose, Purpose::Confirm { .. });
        let tokens = Tokens::fresh();
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (state, nonce) = (tokens.state.clone(), tokens.nonce.clone());
        let client = CoreClient::from_provider_metadata(metadata, self.client.clone(), None);
        let client = client.set_redirect_uri(back);
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .add_scope(Scope::new("email".to_owned()))
            .add_scope(Scope::new("profile".to_owned()))
            .add_ui_locale(LanguageTag::new(language.to_owned()))
            .set_pkce_challenge(challenge);
        if anew {
            request = request
                .add_prompt(CoreAuthPrompt::Login)
                .set_max_age(std::time::Duration::ZERO);
        }
        let (url, _, _) = request.url();
        if !matches!(url.scheme(), "https" | "http") {
            return Err(Untold::Unreachable);
        }
        pendings.begin((&self.id, purpose), &tokens, verifier, now);
        Ok(Begun {
            url: url.into(),
            browser: tokens.browser,
        })
    }
}

/// A host as the list of what is allowed has it.
fn host_of(url: &Url) -> Option<String> {
    Some(match url.host()? {
        Host::Domain(name) => name.to_owned(),
        Host::Ipv4(four) => four.to_string(),
        Host::Ipv6(six) => six.to_string(),
    })
}

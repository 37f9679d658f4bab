//! The way back from a provider: its code is exchanged for a token, and the token believed only after every check.

use openidconnect::core::{
    CoreClient, CoreClientAuthMethod, CoreErrorResponseType, CoreIdToken, CoreIdTokenClaims,
    CoreIdTokenVerifier, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreTokenResponse,
};
use openidconnect::{
    AuthType, AuthorizationCode, ClaimsVerificationError, Nonce, RedirectUrl, RequestTokenError,
    SignatureVerificationError, TokenResponse,
};

use super::pending::Pending;
use super::{Identity, Provider, Purpose, Shown, Untold};
use crate::archive::Archive;

/// Clocks may differ by so much (microseconds).
const SKEW: i64 = 60 * 1_000_000;
/// Whoever was asked anew who they are was so within this (seconds).
const ANEW: i64 = 10 * 60;
/// What is shown of a name is cut to this many characters.
const LONGEST: usize = 100;

/// What is signed by a key that only the provider has. A token signed by the secret that both know, or by nothing, is
/// not taken.
const SIGNED_BY: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// What a provider's redirect brings.
#[derive(Debug, Clone, Default, serde::Deserialize)]
pub struct Brought {
    #[serde(default)]
    pub state: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    error: String,
    /// Whose answer it is, if the provider says so (RFC 9207).
    #[serde(default)]
    iss: Option<String>,
}

impl Provider {
    /// Who came back, when everything fits. `back` is the address they were sent back to.
    pub async fn finish(
        &self,
        archive: &Archive,
        pending: Pending,
        brought: Brought,
        back: &str,
    ) -> Result<Shown, Untold> {
        if brought.iss.is_some_and(|iss| iss != self.issuer()) {
            return Err(Untold::Issuer);
        }
        match brought.error.as_str() {
            "" if brought.code.is_empty() => return Err(Untold::Unheard),
            "" => {}
            "access_denied" | "consent_required" | "interaction_required" | "login_required" => {
                return Err(Untold::Denied);
            }
            _ => return Err(Untold::Unheard),
        }
        let now = archive.clock.now();
        let metadata = self.metadata(now).await?;
        let Pending {
            purpose,
            nonce,
            verifier,
            ..
        } = pending;
        let code = (AuthorizationCode::new(brought.code), verifier);
        let answer = self.exchange(metadata.clone(), code, back).await?;
        let token = answer.id_token().ok_or(Untold::Token)?;
        let claims = self.believe(token, (&nonce, metadata), now).await?;
        if matches!(purpose, Purpose::Confirm { .. }) {
            let at = claims.auth_time().map(|at| at.timestamp());
            if at.is_some_and(|at| now / 1_000_000 - at > ANEW) {
                return Err(Untold::Stale);
            }
        }
        self.shown(&claims)
    }

    async fn exchange(
        &self,
        metadata: CoreProviderMetadata,
        (code, verifier): (AuthorizationCode, openidconnect::PkceCodeVerifier),
        back: &str,
    ) -> Result<CoreTokenResponse, Untold> {
        let back = RedirectUrl::new(back.to_owned()).map_err(|_| Untold::Unreachable)?;
        // By default a secret goes into the head; some providers take it in the form only.
        let methods = metadata.token_endpoint_auth_methods_supported();
        let basic = methods.is_none_or(|all| all.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let auth = if basic {
            AuthType::BasicAuth
        } else {
            AuthType::RequestBody
        };
        let client = CoreClient::from_provider_metadata(metadata, self.client.clone(), self.secret.clone())
            .set_auth_type(auth)
            .set_redirect_uri(back);
        let request = client.exchange_code(code).map_err(|_| Untold::Unreachable)?;
        let answer = request.set_pkce_verifier(verifier).request_async(&self.web).await;
        answer.map_err(|error| match error {
            RequestTokenError::ServerResponse(said) => match said.error() {
                CoreErrorResponseType::InvalidGrant => Untold::Code,
                why => {
                    tracing::warn!(provider = %self.id, why = %why.as_ref(), "a provider refused us");
                    Untold::Unheard
                }
            },
            RequestTokenError::Request(_) | RequestTokenError::Other(_) => Untold::Unreachable,
            // What is no token is not worth reading.
            RequestTokenError::Parse(..) => Untold::Token,
        })
    }

    /// Checks the signature, issuer, audience, time and nonce of a token. Keys are read again when its key is not known.
    async fn believe(
        &self,
        token: &CoreIdToken,
        (nonce, metadata): (&Nonce, CoreProviderMetadata),
        now: i64,
    ) -> Result<CoreIdTokenClaims, Untold> {
        let unknown =
            ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey);
        let mut checked = self.check_token(token, (nonce, &metadata), now);
        if checked.as_ref().is_err_and(|error| *error == unknown)
            && let Some(newer) = self.discovery.with_new_keys(&self.web, now).await?
        {
            checked = self.check_token(token, (nonce, &newer), now);
        }
        let claims = checked.map_err(|error| {
            let (untold, why) = untold(&error);
            tracing::warn!(provider = %self.id, why, "a provider's token was refused");
            untold
        })?;
        // Whoever the token was made for is us.
        match claims.authorized_party() {
            Some(party) if *party != self.client => Err(Untold::Token),
            _ => Ok(claims),
        }
    }

    fn check_token(
        &self,
        token: &CoreIdToken,
        (nonce, metadata): (&Nonce, &CoreProviderMetadata),
        now: i64,
    ) -> Result<CoreIdTokenClaims, ClaimsVerificationError> {
        let time = |micros: i64| chrono::DateTime::from_timestamp_micros(micros).unwrap_or_default();
        let verifier = CoreIdTokenVerifier::new_public_client(
            self.client.clone(),
            self.issuer.clone(),
            metadata.jwks().clone(),
        )
        .set_allowed_algs(SIGNED_BY)
        .set_time_fn(move || time(now - SKEW))
        .set_issue_time_verifier_fn(move |at| match at > time(now + SKEW) {
            true => Err("issued in the future".to_owned()),
            false => Ok(()),
        });
        token.claims(&verifier, nonce).cloned()
    }

    fn shown(&self, claims: &CoreIdTokenClaims) -> Result<Shown, Untold> {
        let subject = claims.subject().as_str().to_owned();
        let email = claims.email().map(|email| email.as_str());
        let verified = email.filter(|_| claims.email_verified() == Some(true));
        if !self.domains.is_empty() {
            let domain = verified.and_then(|email| email.rsplit_once('@'));
            let domain = domain.map(|(_, domain)| domain.to_lowercase());
            if !domain.is_some_and(|domain| self.domains.contains(&domain)) {
                return Err(Untold::Domain);
            }
        }
        if subject.is_empty() || subject.len() > 255 {
            return Err(Untold::Token);
        }
        let username = claims.preferred_username().map(|name| name.as_str());
        let called = email.or(username).unwrap_or(&subject);
        Ok(Shown {
            called: called.chars().filter(|c| !c.is_control()).take(LONGEST).collect(),
            name: username.or(verified).unwrap_or_default().to_owned(),
            identity: Identity {
                issuer: self.issuer().to_owned(),
                subject,
            },
        })
    }
}

/// What is wrong with a token, and the words of the log for it.
fn untold(error: &ClaimsVerificationError) -> (Untold, &'static str) {
    match error {
        ClaimsVerificationError::Expired(_) => (Untold::Clock, "of another time"),
        ClaimsVerificationError::InvalidIssuer(_) => (Untold::Issuer, "another issuer"),
        ClaimsVerificationError::InvalidAudience(_) => (Untold::Token, "for somebody else"),
        ClaimsVerificationError::InvalidNonce(_) => (Untold::Token, "for another sign-in"),
        ClaimsVerificationError::SignatureVerification(_) => (Untold::Token, "not signed as it should be"),
        _ => (Untold::Token, "not as it should be"),
    }
}

//! What a provider says of itself, and its keys: asked for when needed, and kept for an hour.

use openidconnect::core::{CoreJsonWebKeySet, CoreProviderMetadata};
use openidconnect::{DiscoveryError, IssuerUrl};
use tokio::sync::Mutex;

use super::Untold;
use super::web::Web;
use crate::outgoing::OutgoingError;

/// So long it is taken for true (microseconds).
const FRESH_FOR: i64 = 3600 * 1_000_000;
/// So long it is still used when the provider does not answer.
const USED_FOR: i64 = 24 * FRESH_FOR;
/// After a failure the provider is left alone for this long, so that nobody waits for it one after the other.
const QUIET_FOR: i64 = 5 * 1_000_000;
/// A key that is not known makes the keys be read again, this often at most.
const KEYS_EVERY: i64 = 60 * 1_000_000;

#[derive(Default)]
struct Known {
    metadata: Option<(CoreProviderMetadata, i64)>,
    failed: Option<(Untold, i64)>,
    keys_read_at: i64,
}

/// What is known of one provider.
#[derive(Default)]
pub struct Discovery {
    known: Mutex<Known>,
}

impl Discovery {
    /// What the provider says of itself. Whoever comes while it is being asked waits for the same answer.
    pub async fn metadata(
        &self,
        web: &Web,
        issuer: &IssuerUrl,
        now: i64,
    ) -> Result<CoreProviderMetadata, Untold> {
        let mut known = self.known.lock().await;
        let kept = known.metadata.clone();
        if let Some((metadata, _)) = kept.clone().filter(|(_, at)| now - at < FRESH_FOR) {
            return Ok(metadata);
        }
        let found = match known.failed {
            Some((why, at)) if now - at < QUIET_FOR => Err(why),
            _ => discover(web, issuer).await,
        };
        match found {
            Ok(metadata) => {
                *known = Known {
                    metadata: Some((metadata.clone(), now)),
                    failed: None,
                    keys_read_at: now,
                };
                Ok(metadata)
            }
            Err(why) => {
                known.failed.get_or_insert((why, now));
                if known.failed.is_some_and(|(_, at)| now - at >= QUIET_FOR) {
                    known.failed = Some((why, now));
                }
                let old = kept.filter(|(_, at)| now - at < USED_FOR);
                old.map(|(metadata, _)| metadata).ok_or(why)
            }
        }
    }

    /// The same with keys read again, since a token was signed by one that is not known; nothing when they were read a
    /// moment ago.
    pub async fn with_new_keys(&self, web: &Web, now: i64) -> Result<Option<CoreProviderMetadata>, Untold> {
        let mut known = self.known.lock().await;
        let Some((metadata, at)) = known.metadata.clone() else {
            return Ok(None);
        };
        if now - known.keys_read_at < KEYS_EVERY {
            return Ok(None);
        }
        known.keys_read_at = now;
        let keys = CoreJsonWebKeySet::fetch_async(metadata.jwks_uri(), web).await;
        let keys = keys.map_err(|error| untold(&error))?;
        let metadata = metadata.set_jwks(keys);
        known.metadata = Some((metadata.clone(), at));
        Ok(Some(metadata))
    }
}

async fn discover(web: &Web, issuer: &IssuerUrl) -> Result<CoreProviderMetadata, Untold> {
    let found = CoreProviderMetadata::discover_async(issuer.clone(), web).await;
    found.map_err(|error| untold(&error))
}

fn untold(error: &DiscoveryError<OutgoingError>) -> Untold {
    match error {
        DiscoveryError::Validation(_) => Untold::Issuer,
        _ => Untold::Unreachable,
    }
}

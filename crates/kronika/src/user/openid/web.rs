//! How a provider is asked: through the guard of what goes out.

use futures::future::BoxFuture;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};

use crate::outgoing::{Outgoing, OutgoingError};

pub struct Web(Outgoing);

impl Web {
    pub fn new(outgoing: Outgoing) -> Web {
        Web(outgoing)
    }

    /// Asks. What a proxy in between says when it reaches nobody is not the provider's word.
    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, OutgoingError> {
        let answer = self.0.request(request).await.inspect_err(|error| {
            tracing::warn!(%error, "a provider was not reached");
        })?;
        if answer.status().is_server_error() {
            tracing::warn!(status = answer.status().as_u16(), "a provider failed");
            return Err(OutgoingError::Broken);
        }
        Ok(answer)
    }
}

impl<'c> AsyncHttpClient<'c> for Web {
    type Error = OutgoingError;
    type Future = BoxFuture<'c, Result<HttpResponse, OutgoingError>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}

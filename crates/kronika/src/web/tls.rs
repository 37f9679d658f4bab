//! The certificate with which the server speaks TLS itself.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{Error, InconsistentKeys, ServerConfig};
use tokio_rustls::TlsAcceptor;

#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    #[error("the certificate {0} could not be read: {1}")]
    Certificate(PathBuf, pem::Error),
    #[error("the file {0} holds no certificate; give the chain in PEM form, the server's own first")]
    NoCertificate(PathBuf),
    #[error("the key {0} could not be read: {1}")]
    Key(PathBuf, pem::Error),
    #[error("the file {0} holds no private key; give it in PEM form, without a password")]
    NoKey(PathBuf),
    #[error("the key {key} does not belong to the certificate {certificate}")]
    Apart { certificate: PathBuf, key: PathBuf },
    #[error("the certificate cannot be used: {0}")]
    Unusable(Error),
}

/// Reads a certificate with its chain, and its key.
pub fn acceptor(certificate: &Path, key: &Path) -> Result<TlsAcceptor, TlsError> {
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect)
        .map_err(|error| TlsError::Certificate(certificate.to_owned(), error))?;
    if chain.is_empty() {
        return Err(TlsError::NoCertificate(certificate.to_owned()));
    }
    let private = PrivateKeyDer::from_pem_file(key).map_err(|error| match error {
        pem::Error::NoItemsFound => TlsError::NoKey(key.to_owned()),
        other => TlsError::Key(key.to_owned(), other),
    })?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(TlsError::Unusable)?
        .with_no_client_auth()
        .with_single_cert(chain, private)
        .map_err(|error| match error {
            Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => TlsError::Apart {
                certificate: certificate.to_owned(),
                key: key.to_owned(),
            },
            other => TlsError::Unusable(other),
        })?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

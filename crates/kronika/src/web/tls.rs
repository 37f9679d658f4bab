//! The certificate with which the server speaks TLS itself.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{Error, InconsistentKeys, ServerConfig};
use tokio::signal::unix::{SignalKind, signal};
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

/// How often it is looked whether the files are others.
const LOOKED_EVERY: Duration = Duration::from_secs(5);

/// A certificate with its key, read again whenever its files change: whatever renews it need not know of us.
pub struct Certificate {
    certificate: PathBuf,
    key: PathBuf,
    used: RwLock<TlsAcceptor>,
    /// The files as they were when last read, with success or without.
    read: Mutex<[Option<Mark>; 2]>,
}

/// What is another when a file is another: also when a link leads to another file.
type Mark = (u64, u64, Option<SystemTime>);

impl Certificate {
    /// Reads a certificate with its chain, and its key.
    pub fn read(certificate: &Path, key: &Path) -> Result<Certificate, TlsError> {
        let marks = [mark(certificate), mark(key)];
        Ok(Certificate {
            used: RwLock::new(acceptor(certificate, key)?),
            read: Mutex::new(marks),
            certificate: certificate.to_owned(),
            key: key.to_owned(),
        })
    }

    /// What new connections are greeted with.
    pub fn acceptor(&self) -> TlsAcceptor {
        self.used.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Follows the files for ever. A hangup (SIGHUP) has them read at once. What cannot be used is logged, once, and the
    /// certificate of before goes on being used: a renewal may write one file after the other.
    pub async fn follow(self: Arc<Certificate>) {
        let Ok(mut hangup) = signal(SignalKind::hangup()) else {
            return;
        };
        loop {
            let asked = tokio::select! {
                () = tokio::time::sleep(LOOKED_EVERY) => false,
                _ = hangup.recv() => true,
            };
            match self.renew(asked) {
                Ok(true) => tracing::warn!("the renewed certificate is used from now on"),
                Ok(false) => (),
                Err(error) => tracing::error!(%error, "the certificate of before goes on being used"),
            }
        }
    }

    /// Reads the files if they are others than before, or if `asked` to.
    fn renew(&self, asked: bool) -> Result<bool, TlsError> {
        let marks = [mark(&self.certificate), mark(&self.key)];
        let before = std::mem::replace(
            &mut *self.read.lock().unwrap_or_else(PoisonError::into_inner),
            marks,
        );
        if marks == before && !asked {
            return Ok(false);
        }
        let renewed = acceptor(&self.certificate, &self.key)?;
        *self.used.write().unwrap_or_else(PoisonError::into_inner) = renewed;
        Ok(true)
    }
}

fn mark(path: &Path) -> Option<Mark> {
    let about = std::fs::metadata(path).ok()?;
    Some((about.ino(), about.len(), about.modified().ok()))
}

fn acceptor(certificate: &Path, key: &Path) -> Result<TlsAcceptor, TlsError> {
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

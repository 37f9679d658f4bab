//! The one key everything else hangs on: 32 random bytes in a file, or derived from a passphrase by argon2id.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use data_encoding::BASE64;
use hkdf::Hkdf;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// First word of a key file that holds the key itself.
const PLAIN: &str = "kronika-archive-key-v1";
/// First word of a key file that holds what a passphrase needs beside itself: salt, costs and a check value.
const PASSPHRASE: &str = "kronika-archive-passphrase-v1";

/// argon2id: 256 MiB, three passes, one lane.
const MEMORY_KIB: u32 = 256 * 1024;
const PASSES: u32 = 3;

#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    #[error("the archive's key file {} is missing; put it back from your backup of the keys", path.display())]
    Missing { path: PathBuf },
    #[error("the key file {} could not be read or written: {error}", path.display())]
    File { path: PathBuf, error: std::io::Error },
    #[error("{} is not a key file of Kronika; put the right file there", path.display())]
    NotAKeyFile { path: PathBuf },
    #[error("the archive is locked by a passphrase; give it in KRONIKA_PASSPHRASE or with --passphrase-file")]
    PassphraseNeeded,
    #[error("that passphrase does not open the archive; check it and try again")]
    WrongPassphrase,
    #[error("the passphrase could not be turned into a key: {0}")]
    Derivation(String),
}

/// How the archive's key is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeySource {
    File,
    Passphrase,
}

/// What the person who opens the archive brings along.
#[derive(Default)]
pub struct Unlock {
    pub passphrase: Option<Zeroizing<String>>,
}

/// The archive's key. Never leaves memory except into its own file.
pub struct ArchiveKey {
    bytes: Zeroizing<[u8; 32]>,
}

impl ArchiveKey {
    /// Makes a new key and its file (mode 0600). Refuses to replace one that exists.
    pub fn create(path: &Path, unlock: &Unlock) -> Result<ArchiveKey, KeyFileError> {
        let (key, text) = match &unlock.passphrase {
            None => {
                let key = ArchiveKey {
                    bytes: Zeroizing::new(rand::random()),
                };
                let text = Zeroizing::new(format!("{PLAIN} {}\n", BASE64.encode(key.bytes.as_slice())));
                (key, text)
            }
            Some(passphrase) => {
                let salt: [u8; 16] = rand::random();
                let key = derive(passphrase, &salt, MEMORY_KIB, PASSES)?;
                let (salt, check) = (BASE64.encode(&salt), BASE64.encode(&key.check_value()));
                (
                    key,
                    Zeroizing::new(format!(
                        "{PASSPHRASE} m={MEMORY_KIB} t={PASSES} salt={salt} check={check}\n"
                    )),
                )
            }
        };
        write_new(path, text.as_bytes()).map_err(|error| KeyFileError::File {
            path: path.into(),
            error,
        })?;
        Ok(key)
    }

    /// Opens the key from its file, with the passphrase if the file asks for one.
    pub fn open(path: &Path, unlock: &Unlock) -> Result<ArchiveKey, KeyFileError> {
        let text = std::fs::read_to_string(path)
            .map(Zeroizing::new)
            .map_err(|error| match error.kind() {
                std::io::ErrorKind::NotFound => KeyFileError::Missing { path: path.into() },
                std::io::ErrorKind::InvalidData => KeyFileError::NotAKeyFile { path: path.into() },
                _ => KeyFileError::File {
                    path: path.into(),
                    error,
                },
            })?;
        let malformed = || KeyFileError::NotAKeyFile { path: path.into() };
        match text.trim().split_once(' ') {
            Some((PLAIN, key)) => {
                let bytes = BASE64.decode(key.as_bytes()).map_err(|_| malformed())?;
                let bytes: [u8; 32] = bytes.try_into().map_err(|_| malformed())?;
                Ok(ArchiveKey {
                    bytes: Zeroizing::new(bytes),
                })
            }
            Some((PASSPHRASE, fields)) => {
                let passphrase = unlock.passphrase.as_ref().ok_or(KeyFileError::PassphraseNeeded)?;
                let lock = PassphraseLock::parse(fields).ok_or_else(malformed)?;
                lock.open(passphrase)
            }
            _ => Err(malformed()),
        }
    }

    /// A key for one purpose; knowing it tells nothing of the others.
    pub fn derive(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        let mut derived = Zeroizing::new([0; 32]);
        Hkdf::<Sha256>::new(None, self.bytes.as_slice())
            .expand(purpose.as_bytes(), derived.as_mut_slice())
            .expect("HKDF-SHA256 gives up to 8,160 bytes");
        derived
    }

    fn check_value(&self) -> [u8; 32] {
        *self.derive("kronika/passphrase-check/v1")
    }
}

/// What a passphrase file holds.
struct PassphraseLock {
    memory_kib: u32,
    passes: u32,
    salt: Vec<u8>,
    check: Vec<u8>,
}

impl PassphraseLock {
    fn parse(fields: &str) -> Option<PassphraseLock> {
        let field = |name: &str| fields.split(' ').find_map(|field| field.strip_prefix(name));
        Some(PassphraseLock {
            memory_kib: field("m=")?.parse().ok()?,
            passes: field("t=")?.parse().ok()?,
            salt: BASE64.decode(field("salt=")?.as_bytes()).ok()?,
            check: BASE64.decode(field("check=")?.as_bytes()).ok()?,
        })
    }

    fn open(&self, passphrase: &str) -> Result<ArchiveKey, KeyFileError> {
        let key = derive(passphrase, &self.salt, self.memory_kib, self.passes)?;
        if key.check_value().ct_eq(&self.check).into() {
            Ok(key)
        } else {
            Err(KeyFileError::WrongPassphrase)
        }
    }
}

fn derive(passphrase: &str, salt: &[u8], memory_kib: u32, passes: u32) -> Result<ArchiveKey, KeyFileError> {
    let failed = |error: argon2::Error| KeyFileError::Derivation(error.to_string());
    let params = Params::new(memory_kib, passes, 1, Some(32)).map_err(failed)?;
    let mut bytes = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, bytes.as_mut_slice())
        .map_err(failed)?;
    Ok(ArchiveKey { bytes })
}

fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passphrase(words: &str) -> Unlock {
        Unlock {
            passphrase: Some(Zeroizing::new(words.to_owned())),
        }
    }

    #[test]
    fn a_key_file_opens_to_the_key_it_was_made_with_and_nobody_else_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("archive.key");

        let made = ArchiveKey::create(&path, &Unlock::default()).unwrap();

        let opened = ArchiveKey::open(&path, &Unlock::default()).unwrap();
        assert_eq!(made.derive("x"), opened.derive("x"));
        assert_ne!(made.derive("x"), opened.derive("y"));
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert!(
            ArchiveKey::create(&path, &Unlock::default()).is_err(),
            "a key is never replaced"
        );
    }

    #[test]
    fn a_passphrase_opens_only_what_it_locked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("archive.key");
        let made = ArchiveKey::create(&path, &passphrase("correct horse")).unwrap();

        let opened = ArchiveKey::open(&path, &passphrase("correct horse")).unwrap();

        assert_eq!(made.derive("x"), opened.derive("x"));
        assert!(matches!(
            ArchiveKey::open(&path, &passphrase("wrong")),
            Err(KeyFileError::WrongPassphrase)
        ));
        assert!(matches!(
            ArchiveKey::open(&path, &Unlock::default()),
            Err(KeyFileError::PassphraseNeeded)
        ));
    }

    #[test]
    fn a_missing_or_foreign_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("archive.key");
        assert!(matches!(
            ArchiveKey::open(&path, &Unlock::default()),
            Err(KeyFileError::Missing { .. })
        ));

        std::fs::write(&path, "not a key").unwrap();

        assert!(matches!(
            ArchiveKey::open(&path, &Unlock::default()),
            Err(KeyFileError::NotAKeyFile { .. })
        ));
    }
}

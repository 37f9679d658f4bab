//! Encryption of a package to whoever it is for (age, X25519): only they open it, not the mail servers on its way.

use std::fmt;
use std::io::{self, Read, Write};
use std::str::FromStr;

/// The key of whoever a package is for, `age1…`.
#[derive(Clone)]
pub struct Recipient(age::x25519::Recipient);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("that is not a key of age: it begins with age1 and is made with `age-keygen`")]
pub struct RecipientError;

impl FromStr for Recipient {
    type Err = RecipientError;

    fn from_str(text: &str) -> Result<Recipient, RecipientError> {
        text.trim().parse().map(Recipient).map_err(|_| RecipientError)
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(to)
    }
}

impl Recipient {
    /// Encrypts all of `from` into `to`.
    pub fn encrypt(&self, from: &mut impl Read, to: impl Write) -> io::Result<()> {
        let recipients = std::iter::once(&self.0 as &dyn age::Recipient);
        let encryptor = age::Encryptor::with_recipients(recipients).map_err(io::Error::other)?;
        let mut out = encryptor.wrap_output(to)?;
        io::copy(from, &mut out)?;
        out.finish()?.flush()
    }
}

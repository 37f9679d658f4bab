//! A firm or person the organisation serves.

pub mod act;
pub mod export;
pub mod list;
pub mod store;
pub mod timeline;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is known of a client beside its addresses.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ClientFacts {
    pub name: String,
    /// Language of what goes out to it: `pl`, `sk`, `ru` or `en`.
    pub language: String,
    #[serde(default)]
    pub city: String,
    /// NIP, IČO, ИНН or VAT number, as written.
    #[serde(default)]
    pub tax_id: String,
}

/// What points at a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AddressKind {
    Email,
    Domain,
}

impl AddressKind {
    pub fn name(self) -> &'static str {
        match self {
            AddressKind::Email => "email",
            AddressKind::Domain => "domain",
        }
    }

    pub fn named(name: &str) -> Option<AddressKind> {
        [AddressKind::Email, AddressKind::Domain]
            .into_iter()
            .find(|kind| kind.name() == name)
    }

    /// The value as it is stored and compared, or why it cannot be one.
    pub fn read(self, text: &str) -> Result<String, AddressError> {
        let text = text.trim().to_lowercase();
        let refused = |why: fn(String) -> AddressError| Err(why(text.clone()));
        match self {
            AddressKind::Email => match text.split_once('@') {
                Some((local, domain))
                    if !local.is_empty() && domain.contains('.') && !text.contains(char::is_whitespace) =>
                {
                    Ok(text)
                }
                _ => refused(AddressError::NotAnAddress),
            },
            AddressKind::Domain => {
                let domain = text.strip_prefix('@').unwrap_or(&text).to_owned();
                let whole = domain
                    .split('.')
                    .all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-'));
                if !whole || !domain.contains('.') {
                    return refused(AddressError::NotADomain);
                }
                if crate::assignment::public_domain::is_public(&domain) {
                    return refused(AddressError::PublicDomain);
                }
                if crate::assignment::public_domain::is_suffix(&domain) {
                    return refused(AddressError::Suffix);
                }
                Ok(domain)
            }
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    #[error("{0:?} is not an e-mail address; write it like anna@firm.example")]
    NotAnAddress(String),
    #[error("{0:?} is not a domain; write it like firm.example")]
    NotADomain(String),
    #[error("anyone can have a mailbox at {0}; give the client's full address instead")]
    PublicDomain(String),
    #[error(
        "{0} is not one firm's domain: many register theirs under it; give the whole domain, like firm.{0}"
    )]
    Suffix(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_people_write_them_or_refused_with_the_remedy() {
        assert_eq!(
            AddressKind::Email.read(" Anna@Firma.PL ").unwrap(),
            "anna@firma.pl"
        );
        assert_eq!(AddressKind::Domain.read("@Firma.PL").unwrap(), "firma.pl");
        assert!(matches!(
            AddressKind::Email.read("anna"),
            Err(AddressError::NotAnAddress(_))
        ));
        assert!(matches!(
            AddressKind::Domain.read("firma"),
            Err(AddressError::NotADomain(_))
        ));
        assert!(matches!(
            AddressKind::Domain.read("a..pl"),
            Err(AddressError::NotADomain(_))
        ));
        assert!(matches!(
            AddressKind::Domain.read("gmail.com"),
            Err(AddressError::PublicDomain(_))
        ));
        assert!(matches!(
            AddressKind::Domain.read("com.pl"),
            Err(AddressError::Suffix(_))
        ));
        assert_eq!(AddressKind::Domain.read("firma.com.pl").unwrap(), "firma.com.pl");
    }
}

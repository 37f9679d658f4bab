//! The office, its clients, and their people.

use serde::Deserialize;

use super::{Fault, NO_CLIENT, Problem};
use crate::mime::{Charset, Encoding};

/// A firm and its people, from `office.toml` or `client.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Folder name; empty for the office.
    #[serde(skip)]
    pub slug: String,
    /// Name of the firm.
    pub name: String,
    /// Language its people write.
    pub language: Language,
    /// Seat.
    pub city: String,
    /// Tax number with country prefix.
    pub tax_id: String,
    /// Mail domain, unless they use a free-mail service.
    pub domain: Option<String>,
    /// Character set of their mail program.
    #[serde(default)]
    pub mail_charset: Charset,
    /// Transfer encoding of their mail program.
    #[serde(default)]
    pub mail_encoding: Encoding,
    /// Its people.
    pub people: Vec<Person>,
}

/// Somebody who writes mail.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Name used in threads.
    pub key: String,
    /// Full name.
    pub name: String,
    /// Mail address.
    pub address: String,
    /// What they do there, in the client's language.
    #[serde(default)]
    pub role: String,
    /// Mail program, which decides how quotes and headers look.
    #[serde(default)]
    pub mailer: Mailer,
    /// Lines below `-- `; empty for none.
    #[serde(default)]
    pub signature: String,
    /// Language of their mail program when it is not the firm's.
    pub language: Option<Language>,
    /// Whether the archive keeps this mailbox.
    #[serde(default)]
    pub mailbox: bool,
}

/// The languages of the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    Pl,
    Sk,
    Ru,
    En,
}

impl Language {
    /// ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Pl => "pl",
            Self::Sk => "sk",
            Self::Ru => "ru",
            Self::En => "en",
        }
    }
}

/// The kinds of mail program told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mailer {
    #[default]
    Thunderbird,
    Outlook,
    Gmail,
    Phone,
}

impl Party {
    /// Reads `text` of `file`; the folder gives the slug.
    pub fn read(file: &str, text: &str) -> Result<Self, Fault> {
        let mut party: Self = toml::from_str(text).map_err(|error| {
            let line = error
                .span()
                .map_or(1, |span| text[..span.start].lines().count().max(1));
            Fault::new(file, line, Problem::Toml(error.message().to_owned()))
        })?;
        party.slug = file.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        match party.people.iter().find(|person| !is_example(&person.address)) {
            Some(person) => Err(Fault::new(file, 1, Problem::Address(person.address.clone()))),
            None => Ok(party),
        }
    }

    /// The person with this key.
    pub fn person(&self, key: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.key == key)
    }
}

/// Somebody at one end of a message.
#[derive(Debug, Clone)]
pub struct Somebody<'s> {
    /// Name shown, may be empty.
    pub name: String,
    /// Mail address.
    pub address: String,
    /// The firm and the person, unless written out in the thread.
    pub known: Option<(&'s Party, &'s Person)>,
}

impl<'s> Somebody<'s> {
    fn of(party: &'s Party, person: &'s Person) -> Self {
        Self {
            name: person.name.clone(),
            address: person.address.clone(),
            known: Some((party, person)),
        }
    }

    /// The staff key, if this is staff.
    pub fn staff_key(&self) -> Option<&'s str> {
        self.known
            .filter(|(party, _)| party.slug.is_empty())
            .map(|(_, person)| person.key.as_str())
    }

    /// The mail program; strangers are taken to use Gmail-like ones.
    pub fn mailer(&self) -> Mailer {
        self.known.map_or(Mailer::Gmail, |(_, person)| person.mailer)
    }

    /// Domain of the address.
    pub fn domain(&self) -> &str {
        self.address.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// Finds people by the names that threads use.
#[derive(Debug, Clone, Copy)]
pub struct Directory<'s> {
    office: &'s Party,
    clients: &'s [Party],
}

impl<'s> Directory<'s> {
    /// A directory of the office and all clients; no two keys may collide.
    pub fn new(office: &'s Party, clients: &'s [Party]) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        for client in clients {
            for (at, person) in client.people.iter().enumerate() {
                let taken = client.people[..at].iter().any(|other| other.key == person.key);
                if taken || office.person(&person.key).is_some() {
                    let file = format!("{}/client.toml", client.slug);
                    faults.push(Fault::new(&file, 1, Problem::SameKey(person.key.clone())));
                }
            }
        }
        if faults.is_empty() {
            Ok(Self { office, clients })
        } else {
            Err(faults)
        }
    }

    /// Who `name` is in a thread of the folder `slug`.
    pub fn find(&self, slug: &str, name: &str) -> Result<Somebody<'s>, Problem> {
        if let Some((shown, rest)) = name.split_once('<') {
            let address = rest.trim_end_matches('>').trim().to_owned();
            if !is_example(&address) {
                return Err(Problem::Address(address));
            }
            return Ok(Somebody {
                name: shown.trim().to_owned(),
                address,
                known: None,
            });
        }
        let (slug, key) = name.split_once('/').unwrap_or((slug, name));
        let clients = self.clients.iter().filter(|client| client.slug == slug);
        clients
            .chain([self.office])
            .find_map(|party| party.person(key).map(|person| Somebody::of(party, person)))
            .ok_or_else(|| Problem::Nobody(name.to_owned()))
    }

    /// The firm whose folder is `slug`; the office for mail that belongs to no client.
    pub fn party(&self, slug: &str) -> Option<&'s Party> {
        if slug == NO_CLIENT {
            return Some(self.office);
        }
        self.clients.iter().find(|client| client.slug == slug)
    }
}

/// Whether `address` is under a domain reserved for examples (RFC 2606).
fn is_example(address: &str) -> bool {
    address
        .split_once('@')
        .is_some_and(|(local, domain)| !local.is_empty() && domain.ends_with(".example"))
}

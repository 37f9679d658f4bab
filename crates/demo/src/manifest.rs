//! `archive.toml`: who the mail is about, so that the archive need not guess.

use serde::Serialize;

use crate::script::{Party, Person, Scripts};

/// The file's content.
#[derive(Debug, Serialize)]
pub struct Manifest<'s> {
    /// Name of the office.
    name: &'s str,
    /// Domains whose addresses are the office's own.
    own_domains: Vec<&'s str>,
    /// The staff's addresses.
    own_addresses: Vec<&'s str>,
    /// The staff.
    staff: Vec<Member<'s>>,
    /// The clients.
    client: Vec<Client<'s>>,
}

#[derive(Debug, Serialize)]
struct Member<'s> {
    key: &'s str,
    address: &'s str,
    name: &'s str,
    role: &'s str,
    /// Whether the archive keeps this mailbox.
    mailbox: bool,
}

#[derive(Debug, Serialize)]
struct Client<'s> {
    slug: &'s str,
    name: &'s str,
    language: &'static str,
    city: &'s str,
    tax_id: &'s str,
    domains: Vec<&'s str>,
    addresses: Vec<Contact<'s>>,
}

#[derive(Debug, Serialize)]
struct Contact<'s> {
    address: &'s str,
    name: &'s str,
    role: &'s str,
}

impl<'s> Manifest<'s> {
    /// Describes the parties of `scripts`.
    pub fn of(scripts: &'s Scripts) -> Self {
        let office = &scripts.office;
        let member = |person: &'s Person| Member {
            key: &person.key,
            address: &person.address,
            name: &person.name,
            role: &person.role,
            mailbox: person.mailbox,
        };
        Self {
            name: &office.name,
            own_domains: office.domain.as_deref().into_iter().collect(),
            own_addresses: office
                .people
                .iter()
                .map(|person| person.address.as_str())
                .collect(),
            staff: office.people.iter().map(member).collect(),
            client: scripts.clients.iter().map(client).collect(),
        }
    }

    /// The file's text.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        toml::to_string_pretty(self)
    }
}

fn contact(person: &Person) -> Contact<'_> {
    Contact {
        address: &person.address,
        name: &person.name,
        role: &person.role,
    }
}

fn client(party: &Party) -> Client<'_> {
    Client {
        slug: &party.slug,
        name: &party.name,
        language: party.language.code(),
        city: &party.city,
        tax_id: &party.tax_id,
        domains: party.domain.as_deref().into_iter().collect(),
        addresses: party.people.iter().map(contact).collect(),
    }
}

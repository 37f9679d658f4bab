//! Guesses for a person who assigns: likely clients, and what a new client would be called.

use super::public_domain::{domain_of, is_public};
use super::rule::participants;
use crate::archive::id::{ClientId, InteractionKey};
use crate::interaction::Participant;
use crate::on_db;
use crate::storage::{Conn, StorageError};

/// Who wrote an interaction from outside, or was written to.
pub async fn outsider(conn: &mut Conn, key: InteractionKey) -> Result<Option<Participant>, StorageError> {
    let own = super::store::own(conn).await?;
    let everyone = participants(conn, key).await?;
    Ok(everyone
        .into_iter()
        .find(|person| !person.address.is_empty() && !own.has(&person.address)))
}

/// What always assigning would teach: an address, and a domain unless anyone can have a mailbox there.
pub fn learnable(outsider: Option<&Participant>) -> (String, String) {
    let Some(person) = outsider else {
        return Default::default();
    };
    let domain = domain_of(&person.address)
        .filter(|domain| !is_public(domain))
        .unwrap_or_default();
    (person.address.clone(), domain.to_owned())
}

/// Clients who share people of the same domain, or the outsider's name, likeliest first.
pub async fn clients(conn: &mut Conn, key: InteractionKey) -> Result<Vec<ClientId>, StorageError> {
    const BY_DOMAIN: &str = "SELECT a.client_id FROM participant p
        JOIN assignment a ON a.interaction_key = p.interaction_key
        WHERE p.address LIKE '%@' || $1 GROUP BY a.client_id ORDER BY COUNT(*) DESC LIMIT 5";
    const BY_NAME: &str = "SELECT a.client_id FROM participant p
        JOIN assignment a ON a.interaction_key = p.interaction_key
        WHERE p.name = $1 GROUP BY a.client_id ORDER BY COUNT(*) DESC LIMIT 5";
    let Some(person) = outsider(conn, key).await? else {
        return Ok(Vec::new());
    };
    let (_, domain) = learnable(Some(&person));
    let mut found: Vec<i64> = Vec::new();
    for (sql, value) in [(BY_DOMAIN, domain), (BY_NAME, person.name)] {
        if !value.is_empty() {
            let some: Vec<i64> = on_db!(conn, c => sqlx::query_scalar(sql).bind(value).fetch_all(c).await)?;
            found.extend(some);
        }
    }
    let mut seen = std::collections::HashSet::new();
    Ok(found
        .into_iter()
        .filter(|client| seen.insert(*client))
        .map(ClientId)
        .collect())
}

/// A client made from a message, as far as the message tells.
pub struct Newcomer {
    pub name: String,
    pub language: String,
    pub address: Option<String>,
    pub domain: Option<String>,
}

/// Guesses a new client from a message; `None` when there is no such message.
pub async fn newcomer(conn: &mut Conn, key: InteractionKey) -> Result<Option<Newcomer>, StorageError> {
    const SQL: &str = "SELECT subject, preview FROM interaction WHERE interaction_key = $1";
    let row: Option<(String, String)> =
        on_db!(conn, c => sqlx::query_as(SQL).bind(key.0).fetch_optional(c).await)?;
    let Some((subject, preview)) = row else {
        return Ok(None);
    };
    let person = outsider(conn, key).await?;
    let (address, domain) = learnable(person.as_ref());
    let name = person.map(|person| {
        if person.name.is_empty() {
            person.address
        } else {
            person.name
        }
    });
    let language =
        kronika_lexicon::detect(&format!("{subject}\n{preview}")).map_or("", |language| language.code());
    let some = |text: String| (!text.is_empty()).then_some(text);
    Ok(Some(Newcomer {
        name: name.unwrap_or_default(),
        language: language.to_owned(),
        address: some(address),
        domain: some(domain),
    }))
}
